"""Pages of authorities: a worker reports a court's order; those who may read an authority."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.authorities.forms import OrderForm
from tracker.authorities.opening import OpenedAuthority, open_authority
from tracker.authorities.selectors import get_non_ripa, get_order, get_ripa
from tracker.authorities.services import report_court_order
from tracker.authorities.showing import (
    rows_of_non_ripa,
    rows_of_order,
    rows_of_ripa,
    status_of_non_ripa,
    status_of_order,
    status_of_ripa,
)
from tracker.drafts.services import once
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import list_family
from tracker.people.services import open_in_passing
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.entitlement import Actor, PersonStanding, may_ask_for_check
from tracker.policy.periods import london_day
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.tables import saved_key
from tracker.web.request import actor, now, reading, transaction

pages = Blueprint("authorities", __name__)


@pages.route("/people/<reference>/orders/report", methods=["GET", "POST"])
@requires(Permission.REPORT_COURT_ORDER, forms=(OrderForm,))
def report_order(reference: str) -> str | Response:
    """Report a court's order, sealed copy to follow."""
    with transaction() as session:
        person = open_in_passing(
            session, reference, Permission.REPORT_COURT_ORDER, by=actor(), now=now(), allowed=_is_involved
        )
    with reading() as session:
        form = OrderForm(data={"persons": (person.reference,)})
        form.persons.offer(_who_may_be_named(session, person))
        hours = limits_in_force(session, at=now()).limits.unsealed_order_hours
    if form.validate_on_submit():
        made = _reported(form)
        if made:
            flash("The order is reported. Legal has to see the sealed copy.", "success")
            return redirect(url_for("authorities.show_order", reference=made), 303)
    return render_template("authorities/report_order.html", form=form, person=person, hours=hours)


@pages.route("/orders/<reference>")
@requires(Permission.OPEN_AUTHORITY)
def show_order(reference: str) -> str:
    """One order or direction of a court."""
    with transaction() as session:
        opened = open_authority(session, get_order(session, reference), by=actor(), now=now())
    with reading() as session:
        order = get_order(session, reference)
        hours = limits_in_force(session, at=now()).limits.unsealed_order_hours
        status = status_of_order(order, hours=hours, now=now())
        rows = rows_of_order(session, order, opened)
    return render_template("authorities/order.html", opened=opened, back=_back(opened), status=status, rows=rows)


@pages.route("/authorisations/ripa/<reference>")
@requires(Permission.OPEN_AUTHORITY)
def show_ripa(reference: str) -> str:
    """One RIPA authorisation."""
    with transaction() as session:
        opened = open_authority(session, get_ripa(session, reference), by=actor(), now=now())
    with reading() as session:
        authorisation = get_ripa(session, reference)
        status = status_of_ripa(session, authorisation, now=now())
        rows = rows_of_ripa(session, authorisation, opened)
    return render_template("authorities/ripa.html", opened=opened, back=_back(opened), status=status, rows=rows)


@pages.route("/authorisations/non-ripa/<reference>")
@requires(Permission.OPEN_AUTHORITY)
def show_non_ripa(reference: str) -> str:
    """One non-RIPA authorisation."""
    with transaction() as session:
        opened = open_authority(session, get_non_ripa(session, reference), by=actor(), now=now())
    with reading() as session:
        authorisation = get_non_ripa(session, reference)
        status = status_of_non_ripa(authorisation, now=now())
        rows = rows_of_non_ripa(session, authorisation, opened)
    return render_template("authorities/non_ripa.html", opened=opened, back=_back(opened), status=status, rows=rows)


def _back(opened: OpenedAuthority) -> str:
    """The page of somebody named; home, for who opens no people's records (the authorising officer)."""
    if opened.persons and has_permission(actor(), Permission.OPEN_PERSON):
        return url_for("overview.show_person", reference=opened.persons[0].reference)
    return url_for("overview.home")


def _is_involved(by: Actor, standing: PersonStanding) -> bool:
    return any(may_ask_for_check(by, team, standing) for team in by.work_teams)


def _who_may_be_named(session: Session, person: Person) -> list[tuple[str, str]]:
    """The person, and family and household whose records the actor may open."""
    members = group_of(session, saved_key(person)).members
    family = list_family(session, members, by=actor(), on=london_day(now()))
    others = {
        one.person.reference: f"{_called(one.person)} ({FAMILY_LINK_WORDS[one.kind]})"
        for one in family
        if one.person is not None
    }
    return list({person.reference: _called(person), **others}.items())


def _called(person: Person) -> str:
    return person.name or person.known_by or person.reference


def _reported(form: OrderForm) -> str | None:
    """The reference of the order; None where it cannot be recorded, and the form says why."""
    try:
        with transaction() as session:
            return once(
                session,
                form.submission.value,
                form="order",
                by=actor(),
                now=now(),
                do=lambda: report_court_order(session, form.request(), by=actor(), now=now()).reference,
            )
    except ProblemError as problem:
        form.refuse(problem.field if problem.field in form else "", problem.message)
        return None
