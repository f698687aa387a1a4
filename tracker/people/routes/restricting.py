"""Who alone may read a record: restricted to them by a manager, changed, and lifted."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.people.forms import LiftRestrictionForm, RestrictForm
from tracker.people.models import Person
from tracker.people.readers import list_possible_readers, list_readers
from tracker.people.routes.blueprint import carried_out, page_of, pages, person_of_page
from tracker.people.selectors import get_person
from tracker.people.services import lift_restriction, require_person, restrict_person
from tracker.staff.models import StaffMember
from tracker.staff.selectors import find_staff_by_email, is_open
from tracker.storage.tables import NoSuchRecordError, StaleVersionError
from tracker.web.forms import Form
from tracker.web.request import actor, now, reading


@pages.route("/people/<reference>/restrict", methods=["GET", "POST"])
@requires(Permission.RESTRICT_PERSON, forms=(RestrictForm,))
def restrict(reference: str) -> str | Response | tuple[str, int]:
    """Choose who alone may read the record, and whom others ask; or others in their place."""
    person, readers, offered = _opened(reference)
    form = RestrictForm(
        data={
            "version": person.version,
            "readers": tuple(one.reference for one in readers),
            "ask_whom": person.ask_whom or "",
        }
    )
    form.readers.offer([(one.reference, one.name) for one in offered])
    status = 200
    if form.validate_on_submit():
        others = named_by_address(form, form.addresses())

        def _restrict(session: Session) -> str:
            return restrict_person(session, form.request(person.reference, others), by=actor(), now=now()).reference

        try:
            if not form.others.errors and carried_out(form, "restrict", _restrict):
                flash("Only those you chose, Legal and those who audit can read this record now.", "success")
                stays = actor().reference in form.request(person.reference, others).readers
                return redirect(page_of(person) if stays else url_for("overview.home"), 303)
        except StaleVersionError:
            status = 409
            person, readers, _ = _opened(reference)
            on_record = {"readers": tuple(one.reference for one in readers), "ask_whom": person.ask_whom or ""}
            form.meet(person.version, on_record)
    return render_template("people/restrict.html", form=form, person=person, back=page_of(person)), status


@pages.route("/people/<reference>/lift-restriction", methods=["GET", "POST"])
@requires(Permission.RESTRICT_PERSON, forms=(LiftRestrictionForm,))
def lift(reference: str) -> str | Response | tuple[str, int]:
    """Open the record again to everybody who works with people, once that was confirmed."""
    person, readers, _ = _opened(reference, restricted=True)
    form = LiftRestrictionForm(data={"version": person.version})
    status = 200
    if form.validate_on_submit():

        def _lift(session: Session) -> str:
            return lift_restriction(session, form.request(person.reference), by=actor(), now=now()).reference

        try:
            if carried_out(form, "lift_restriction", _lift):
                flash("The restriction was lifted.", "success")
                return redirect(page_of(person), 303)
        except StaleVersionError:
            status = 409
            form.meet(_opened(reference)[0].version, {})
    page = render_template("people/lift.html", form=form, person=person, readers=readers, back=page_of(person))
    return page, status


def _opened(reference: str, *, restricted: bool = False) -> tuple[Person, list[StaffMember], list[StaffMember]]:
    """The record, who may read it alone, and who might. Raises as `require_person`, and where it must be restricted and is not."""
    with reading() as session:
        person = get_person(session, reference)
        require_person(session, person, Permission.RESTRICT_PERSON, by=actor(), now=now())
        if restricted and not person.restricted:
            raise NoSuchRecordError("this record is not restricted")
        readers = list_readers(session, person)
        offered = list_possible_readers(session, person, by=actor(), now=now())
    return person_of_page(reference), readers, offered


def named_by_address(form: Form, addresses: Iterable[str]) -> tuple[str, ...]:
    """References of those whose address was typed; where one is of nobody who works here, the form says which."""
    with reading() as session:
        found = [(address, find_staff_by_email(session, address)) for address in addresses]
    unknown = [address for address, member in found if member is None or not is_open(member, now())]
    if unknown:
        form.refuse("others", f"Nobody who works here signs in with {unknown[0]}")
    return tuple(member.reference for _, member in found if member is not None)
