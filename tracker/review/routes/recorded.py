"""Legal records what a court or a justice of the peace decided: an order, its sealed copy seen, a hearing. Never of their own check."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, require
from tracker.authorities.forms import HearingForm, OrderForm, SeenForm
from tracker.authorities.forms.orders import as_answers
from tracker.authorities.opening import open_authority
from tracker.authorities.routes.blueprint import back_from, carried_out, who_may_be_named
from tracker.authorities.routes.orders import hours_unsealed, order_form_for
from tracker.authorities.selectors import get_order, get_ripa, list_hearings
from tracker.authorities.services.orders import who_reported
from tracker.authorities.showing import rows_of_order, rows_of_ripa, status_of_order, status_of_ripa
from tracker.authorities.vocabulary import JpDecision
from tracker.people.selectors import called
from tracker.people.services import open_in_passing
from tracker.policy.entitlement import may_open_person
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.parties import may_record_about
from tracker.review.services import enter_corrected_order, enter_court_order, enter_jp_hearing, enter_order_seen
from tracker.storage.tables import saved_key
from tracker.web.request import actor, now, reading, transaction


@pages.route("/people/<reference>/orders/record", methods=["GET", "POST"])
@requires(Permission.RECORD_COURT_ORDER, forms=(OrderForm,))
def record_order(reference: str) -> str | Response:
    """Record a court's order whose sealed copy Legal has seen."""
    with transaction() as session:
        person = open_in_passing(
            session, reference, Permission.RECORD_COURT_ORDER, by=actor(), now=now(), allowed=may_open_person
        )
        apart = may_record_about(session, [person], by=actor())
    require(actor(), Permission.RECORD_COURT_ORDER, allowed=apart, about=reference)
    form = order_form_for(person)
    if form.validate_on_submit():

        def _record(session: Session) -> str:
            return enter_court_order(session, form.request(), by=actor(), now=now()).reference

        made = carried_out(form, "order", _record)
        if made:
            flash("The order is recorded.", "success")
            return redirect(url_for("authorities.show_order", reference=made), 303)
    return render_template("authorities/record_order.html", form=form, person=person)


@pages.route("/orders/<reference>/seen", methods=["GET", "POST"])
@requires(Permission.RECORD_COURT_ORDER, forms=(SeenForm,))
def order_seen(reference: str) -> str | Response:
    """Record that the sealed copy of a reported order was seen, and what it says where that is something else."""
    with transaction() as session:
        opened = open_authority(session, get_order(session, reference), by=actor(), now=now())
    with reading() as session:
        order = get_order(session, reference)
        apart = may_record_about(session, opened.persons, by=actor(), also=who_reported(order))
        require(actor(), Permission.RECORD_COURT_ORDER, allowed=apart, about=reference)
        form = SeenForm(data=as_answers(order, [person.reference for person in opened.persons]))
        family = [pair for person in opened.persons for pair in who_may_be_named(session, person)]
        named = {person.reference: called(person) for person in opened.persons}
        form.persons.offer(list({**dict(family), **named}.items()))
        status, rows = status_of_order(order, hours=hours_unsealed(), now=now()), rows_of_order(session, order, opened)
    if form.validate_on_submit():

        def _see(session: Session) -> str:
            if form.as_reported.value:
                return enter_order_seen(session, reference, by=actor(), now=now()).reference
            return enter_corrected_order(session, reference, form.request(), by=actor(), now=now()).reference

        made = carried_out(form, "order_seen", _see)
        if made:
            flash("The sealed copy is recorded as seen.", "success")
            return redirect(url_for("authorities.show_order", reference=made), 303)
    back = back_from(opened)
    return render_template("authorities/order_seen.html", form=form, opened=opened, status=status, rows=rows, back=back)


@pages.route("/authorisations/ripa/<reference>/hearing", methods=["GET", "POST"])
@requires(Permission.RECORD_JP_APPROVAL, forms=(HearingForm,))
def hearing(reference: str) -> str | Response:
    """Record what a justice of the peace decided on an authorisation."""
    with transaction() as session:
        opened = open_authority(session, get_ripa(session, reference), by=actor(), now=now())
    with reading() as session:
        authorisation = get_ripa(session, reference)
        apart = may_record_about(session, opened.persons, by=actor(), also=frozenset({authorisation.granted_by}))
        hearings = list_hearings(session, saved_key(authorisation))
    require(actor(), Permission.RECORD_JP_APPROVAL, allowed=apart, about=reference)
    form = HearingForm()
    form.explain(approved=any(one.decision == JpDecision.APPROVED for one in hearings))
    if form.validate_on_submit():

        def _record(session: Session) -> str:
            enter_jp_hearing(session, form.request(reference), by=actor(), now=now())
            return reference

        if carried_out(form, "hearing", _record):
            flash("The justice's decision is recorded.", "success")
            return redirect(url_for("authorities.show_ripa", reference=reference), 303)
    with reading() as session:
        authorisation = get_ripa(session, reference)
        status = status_of_ripa(session, authorisation, now=now())
        rows = rows_of_ripa(session, authorisation, opened)
    return render_template("authorities/hearing.html", form=form, opened=opened, status=status, rows=rows)
