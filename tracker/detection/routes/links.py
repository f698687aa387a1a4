"""Records that are one person: linked by whoever compared them."""

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.detection.forms import OtherRecordForm
from tracker.detection.routes.blueprint import pages
from tracker.detection.suggestions import find_suggestions
from tracker.people.forms import SearchForm
from tracker.people.groups import group_of
from tracker.people.models import Person, SamePersonLink
from tracker.people.routes.blueprint import may_change, page_of, person_of_page
from tracker.people.routes.choosing import offered
from tracker.people.routes.finding import search_for, search_shown
from tracker.people.selectors import (
    get_person,
    get_person_by_id,
    list_same_person_links,
    standing_of,
)
from tracker.people.services import require_person
from tracker.policy.entitlement import may_open_person
from tracker.policy.periods import london_day
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key
from tracker.web.request import actor, now, reading


@dataclass(frozen=True)
class LinkShown:
    """A link with the two records (None for one that may not be opened) and the names of who made and undid it."""

    link: SamePersonLink
    records: tuple[Person | None, Person | None]
    made_by: str
    undone_by: str | None


@pages.route("/people/<reference>/links", methods=["GET", "POST"])
@requires(Permission.OPEN_PERSON, forms=(SearchForm,))
def links(reference: str) -> str | Response:
    """The records that count as one person, how that came about, and finding another."""
    person = person_of_page(reference)
    form = SearchForm()
    if form.validate_on_submit():
        made = search_for(form)
        if made:
            return redirect(url_for("detection.add_link", reference=person.reference, search=made), 303)
    with reading() as session:
        group = group_of(session, saved_key(person))
        shown = [link_shown(session, link) for link in list_same_person_links(session, group.members)]
        return render_template(
            "detection/links.html",
            form=form,
            person=person,
            back=page_of(person),
            group=group,
            links=shown,
            suggested=find_suggestions(session, saved_key(person), by=actor(), on=london_day(now())),
            may_change=may_change(session, person),
            may_undo=has_permission(actor(), Permission.UNLINK_RECORDS),
        )


@pages.route("/people/<reference>/links/add/<search>", methods=["GET", "POST"])
@requires(Permission.LINK_RECORDS, forms=(OtherRecordForm,))
def add_link(reference: str, search: str) -> str | Response:
    """Choose the other record out of those that were found, to compare the two."""
    with reading() as session:
        person = get_person(session, reference)
        require_person(session, person, Permission.LINK_RECORDS, by=actor(), now=now())
        shown = search_shown(session, search, asked=None)
        choices = offered(shown.found, without={person.reference})
    person = person_of_page(reference, to_send=Permission.LINK_RECORDS)
    form = OtherRecordForm()
    form.other.offer(choices)
    if form.validate_on_submit():
        there = url_for("detection.same_person", reference=person.reference, other=form.other.value)
        return redirect(there, 303)
    back = url_for("detection.links", reference=person.reference)
    return render_template(
        "detection/add_link.html", form=form, person=person, back=back, search=shown, choices=choices
    )


def link_shown(session: Session, link: SamePersonLink) -> LinkShown:
    """A link as whoever is signed in may see it."""
    undone_by = get_staff_by_id(session, link.undone_by).name if link.undone_by else None
    both = _record(session, link.person_id), _record(session, link.other_id)
    return LinkShown(link, both, get_staff_by_id(session, link.made_by).name, undone_by)


def _record(session: Session, person_id: int) -> Person | None:
    standing = standing_of(session, person_id, on=london_day(now()))
    return get_person_by_id(session, person_id) if may_open_person(actor(), standing) else None
