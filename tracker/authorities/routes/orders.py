"""A court's order reported by a worker, and those whose sealed copy nobody has seen. What Legal records is in `review`."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.authorities.forms import OrderForm
from tracker.authorities.routes.blueprint import carried_out, pages, who_may_be_named
from tracker.authorities.services import report_court_order
from tracker.authorities.unsealed import unsealed_orders
from tracker.people.models import Person
from tracker.people.services import open_in_passing
from tracker.policy.entitlement import Actor, PersonStanding, may_ask_for_check
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
    form = order_form_for(person)
    if form.validate_on_submit():

        def _report(session: Session) -> str:
            return report_court_order(session, form.request(), by=actor(), now=now()).reference

        made = carried_out(form, "order", _report)
        if made:
            flash("The order is reported. Legal has to see the sealed copy.", "success")
            return redirect(url_for("authorities.show_order", reference=made), 303)
    return render_template("authorities/report_order.html", form=form, person=person, hours=hours_unsealed())


@pages.get("/orders")
@requires(Permission.RECORD_COURT_ORDER)
def orders() -> str:
    """The orders that were reported and whose sealed copy nobody has seen, with how long each can still be used."""
    with reading() as session:
        hours = limits_in_force(session, at=now()).limits.unsealed_order_hours
        rows = unsealed_orders(session, hours=hours, now=now())
    return render_template("authorities/orders.html", rows=rows, hours=hours)


def order_form_for(person: Person) -> OrderForm:
    """The form of an order that names this person, and may name family and household too."""
    form = OrderForm(data={"persons": (person.reference,)})
    with reading() as session:
        form.persons.offer(who_may_be_named(session, person))
    return form


def hours_unsealed() -> int:
    """For how many hours an order that was only reported can be used."""
    with reading() as session:
        return limits_in_force(session, at=now()).limits.unsealed_order_hours


def _is_involved(by: Actor, standing: PersonStanding) -> bool:
    return any(may_ask_for_check(by, team, standing) for team in by.work_teams)
