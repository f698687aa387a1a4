"""The blueprint that every page of authorities hangs on, and what its pages share."""

from collections.abc import Callable

from flask import Blueprint, url_for
from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.authorities.opening import OpenedAuthority
from tracker.drafts.services import once
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import called, list_family
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.periods import london_day
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.web.forms import Form
from tracker.web.request import actor, now, transaction

pages = Blueprint("authorities", __name__)


def back_from(opened: OpenedAuthority) -> str:
    """The page of somebody named; home, for who opens no people's records (the authorising officer)."""
    if opened.persons and has_permission(actor(), Permission.OPEN_PERSON):
        return url_for("overview.show_person", reference=opened.persons[0].reference)
    return url_for("overview.home")


def who_may_be_named(session: Session, person: Person) -> list[tuple[str, str]]:
    """The person, and family and household whose records the actor may open."""
    members = group_of(session, saved_key(person)).members
    family = list_family(session, members, by=actor(), on=london_day(now()))
    others = {
        one.person.reference: f"{called(one.person)} ({FAMILY_LINK_WORDS[one.kind]})"
        for one in family
        if one.person is not None
    }
    return list({person.reference: called(person), **others}.items())


def carried_out(form: Form, name: str, do: Callable[[Session], str]) -> str | None:
    """What `do` made, once however often it is posted; None where it cannot be recorded, and the form says why."""
    try:
        with transaction() as session:
            submission = form.submission.value
            return once(session, submission, form=name, by=actor(), now=now(), do=lambda: do(session))
    except ProblemError as problem:
        form.refuse(problem.field if problem.field in form else "", problem.message)
        return None


def require_non_ripa(session: Session) -> None:
    """Raises `NoSuchRecordError` where the council does not have the non-RIPA route on: its pages are then not there."""
    if not limits_in_force(session, at=now()).limits.non_ripa:
        raise NoSuchRecordError("the council does not use non-RIPA authorisations")
