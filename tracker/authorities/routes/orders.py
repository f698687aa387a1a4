"""A court's order: reported by a worker, recorded by Legal, its sealed copy seen by Legal."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.authorities.forms import OrderForm, SeenForm
from tracker.authorities.forms.orders import as_answers
from tracker.authorities.opening import open_authority
from tracker.authorities.routes.blueprint import back_from, called, carried_out, pages, who_may_be_named
from tracker.authorities.selectors import get_order
from tracker.authorities.services import (
    correct_court_order,
    record_court_order,
    record_order_seen,
    report_court_order,
)
from tracker.authorities.showing import rows_of_order, status_of_order
from tracker.authorities.unsealed import unsealed_orders
from tracker.people.models import Person
from tracker.people.services import open_in_passing
from tracker.policy.entitlement import Actor, PersonStanding, may_ask_for_check, may_open_person
from tracker.rulebook.selectors import limits_in_force
from tracker.web.request import actor, now, reading, transaction


@pages.route("/people/<reference>/orders/report", methods=["GET", "POST"])
@requires(Permission.REPORT_COURT_ORDER, forms=(OrderForm,))
def report_order(reference: str) -> str | Response:
    """Report a court's order, sealed copy to follow."""
    with transaction() as session:
        person = open_in_passing(
            session, reference, Permission.REPORT_COURT_ORDER, by=actor(), now=now(), allowed=_is_involved
        )
    form = _form_for(person)
    if form.validate_on_submit():

        def _report(session: Session) -> str:
            return report_court_order(session, form.request(), by=actor(), now=now()).reference

        made = carried_out(form, "order", _report)
        if made:
            flash("The order is reported. Legal has to see the sealed copy.", "success")
            return redirect(url_for("authorities.show_order", reference=made), 303)
    return render_template("authorities/report_order.html", form=form, person=person, hours=_hours())


@pages.route("/people/<reference>/orders/record", methods=["GET", "POST"])
@requires(Permission.RECORD_COURT_ORDER, forms=(OrderForm,))
def record_order(reference: str) -> str | Response:
    """Record a court's order whose sealed copy Legal has seen."""
    with transaction() as session:
        person = open_in_passing(
            session, reference, Permission.RECORD_COURT_ORDER, by=actor(), now=now(), allowed=may_open_person
        )
    form = _form_for(person)
    if form.validate_on_submit():

        def _record(session: Session) -> str:
            return record_court_order(session, form.request(), by=actor(), now=now()).reference

        made = carried_out(form, "order", _record)
        if made:
            flash("The order is recorded.", "success")
            return redirect(url_for("authorities.show_order", reference=made), 303)
    return render_template("authorities/record_order.html", form=form, person=person)


@pages.get("/orders")
@requires(Permission.RECORD_COURT_ORDER)
def orders() -> str:
    """The orders that were reported and whose sealed copy nobody has seen, with how long each can still be used."""
    with reading() as session:
        hours = limits_in_force(session, at=now()).limits.unsealed_order_hours
        rows = unsealed_orders(session, hours=hours, now=now())
    return render_template("authorities/orders.html", rows=rows, hours=hours)


@pages.route("/orders/<reference>/seen", methods=["GET", "POST"])
@requires(Permission.RECORD_COURT_ORDER, forms=(SeenForm,))
def order_seen(reference: str) -> str | Response:
    """Record that the sealed copy of a reported order was seen, and what it says where that is something else."""
    with transaction() as session:
        opened = open_authority(session, get_order(session, reference), by=actor(), now=now())
    with reading() as session:
        order = get_order(session, reference)
        form = SeenForm(data=as_answers(order, [person.reference for person in opened.persons]))
        family = [pair for person in opened.persons for pair in who_may_be_named(session, person)]
        named = {person.reference: called(person) for person in opened.persons}
        form.persons.offer(list({**dict(family), **named}.items()))
        status, rows = status_of_order(order, hours=_hours(), now=now()), rows_of_order(session, order, opened)
    if form.validate_on_submit():

        def _see(session: Session) -> str:
            if form.as_reported.value:
                return record_order_seen(session, reference, by=actor(), now=now()).reference
            return correct_court_order(session, reference, form.request(), by=actor(), now=now()).reference

        made = carried_out(form, "order_seen", _see)
        if made:
            flash("The sealed copy is recorded as seen.", "success")
            return redirect(url_for("authorities.show_order", reference=made), 303)
    back = back_from(opened)
    return render_template("authorities/order_seen.html", form=form, opened=opened, status=status, rows=rows, back=back)


def _form_for(person: Person) -> OrderForm:
    form = OrderForm(data={"persons": (person.reference,)})
    with reading() as session:
        form.persons.offer(who_may_be_named(session, person))
    return form


def _hours() -> int:
    with reading() as session:
        return limits_in_force(session, at=now()).limits.unsealed_order_hours


def _is_involved(by: Actor, standing: PersonStanding) -> bool:
    return any(may_ask_for_check(by, team, standing) for team in by.work_teams)
