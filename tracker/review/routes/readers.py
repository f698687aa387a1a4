"""Restricted records whose readers run out: which they are, and Legal says who reads one."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.people.forms import RestrictForm
from tracker.people.models import Person
from tracker.people.readers import list_possible_readers, list_readers
from tracker.people.routes.blueprint import carried_out
from tracker.people.routes.restricting import named_by_address
from tracker.people.selectors import get_person
from tracker.review.opening import open_person_for_legal
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.unread import list_hardly_read
from tracker.review.services import name_readers
from tracker.storage.tables import NoSuchRecordError, StaleVersionError
from tracker.web.request import actor, now, reading, transaction


@pages.get("/restricted-records")
@requires(Permission.NAME_READERS)
def hardly_read() -> str:
    """The restricted records that at most one manager may read, by reference."""
    with reading() as session:
        return render_template("review/hardly_read.html", found=list_hardly_read(session, now=now()))


@pages.route("/people/<reference>/readers", methods=["GET", "POST"])
@requires(Permission.NAME_READERS, forms=(RestrictForm,))
def readers(reference: str) -> str | Response | tuple[str, int]:
    """Say who reads a restricted record, in the place of those who do."""
    person = _opened(reference)
    with reading() as session:
        on_record = tuple(one.reference for one in list_readers(session, person))
        offered = list_possible_readers(session, person, by=actor(), now=now())
    form = RestrictForm(data={"version": person.version, "readers": on_record, "ask_whom": person.ask_whom or ""})
    form.readers.offer([(one.reference, one.name) for one in offered])
    back, status = url_for("overview.show_person", reference=person.reference), 200
    if form.validate_on_submit():
        others = named_by_address(form, form.addresses())

        def _name(session: Session) -> str:
            return name_readers(session, form.request(person.reference, others), by=actor(), now=now()).reference

        try:
            if not form.others.errors and carried_out(form, "name_readers", _name):
                flash("Those you chose read this record now, with Legal and those who audit.", "success")
                return redirect(back, 303)
        except StaleVersionError:
            status, person = 409, _opened(reference)
            form.meet(person.version, {"readers": on_record, "ask_whom": person.ask_whom or ""})
    return render_template("review/readers.html", form=form, person=person, back=back), status


def _opened(reference: str) -> Person:
    with transaction() as session:
        person = open_person_for_legal(session, reference, Permission.NAME_READERS, by=actor(), now=now())
        if not person.restricted or person.sealed:
            raise NoSuchRecordError("this record is not one that managers restricted")
        return get_person(session, person.reference)
