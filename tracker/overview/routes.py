"""Home, the page of a person, and every check that one asked for."""

from flask import Blueprint, render_template, request

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.overview.home import checks_of, count_checks_of, home_of
from tracker.overview.leaving import still_theirs
from tracker.overview.person import person_page
from tracker.people.forms import SearchForm
from tracker.people.groups import group_of
from tracker.people.selectors import get_person
from tracker.people.services.opening import open_person
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.entitlement import ROLE_WORDS
from tracker.review.selectors.holds import list_holds_that_stand
from tracker.rulebook.selectors import limits_in_force
from tracker.staff.forms import ConfirmForm
from tracker.staff.selectors import get_staff_by_reference
from tracker.staff.services.authority import require_administrator
from tracker.web.paging import paging
from tracker.web.request import actor, now, reading, transaction

pages = Blueprint("overview", __name__)


@pages.get("/")
@requires(Permission.OWN_SETTINGS)
def home() -> str:
    """What waits for whoever is signed in."""
    with reading() as session:
        limits = limits_in_force(session, at=now())
        page = home_of(session, actor(), limits.limits, now=now())
    return render_template(
        "overview/home.html",
        page=page,
        limits=limits,
        roles=sorted({ROLE_WORDS[role] for role in actor().roles}),
        works=bool(actor().work_teams),
        now=now(),
        search=SearchForm() if has_permission(actor(), Permission.FIND_PERSON) else None,
    )


@pages.get("/checks")
@requires(Permission.ASK_FOR_CHECK)
def checks() -> str:
    """Every check that the member of staff asked for."""
    with reading() as session:
        limits = limits_in_force(session, at=now())
        total = count_checks_of(session, actor())
        shown = paging(total, request.args.get("page"))
        items = checks_of(session, actor(), limits.limits, shown, now=now())
    return render_template("overview/checks.html", items=items, shown=shown)


@pages.get("/people/<reference>")
@requires(Permission.OPEN_PERSON)
def show_person(reference: str) -> str:
    """Where this person stands, what would change it, and what happened."""
    with transaction() as session:
        open_person(session, reference, by=actor(), now=now())
    with reading() as session:
        page = person_page(session, get_person(session, reference), to=actor(), now=now())
        for_legal = has_permission(actor(), Permission.PREPARE_APPLICATION)
        members = group_of(session, page.person.id or 0).members
        return render_template(
            "overview/person.html",
            page=page,
            family_words=FAMILY_LINK_WORDS,
            for_legal=for_legal,
            holds=list_holds_that_stand(session, members) if for_legal else [],
        )


@pages.get("/staff/<reference>/close")
@requires(Permission.MANAGE_STAFF)
def leaving(reference: str) -> str:
    """What somebody still has, before an administrator closes them (`staff.close_member`)."""
    with reading() as session:
        member = get_staff_by_reference(session, reference)
        require_administrator(actor(), of=member)
        left = still_theirs(session, member, now=now())
    return render_template("staff/close_member.html", form=ConfirmForm(), member=member, left=left)
