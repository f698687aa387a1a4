"""What the pages of this room share: the door of a record, and carrying a form out once."""

from collections.abc import Callable

from flask import Blueprint, request, url_for
from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.drafts.services import once
from tracker.people.forms import WorkForm
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import standing_of
from tracker.people.services import open_in_passing, open_person
from tracker.policy.entitlement import may_open_person, may_work_on_person
from tracker.policy.periods import london_day
from tracker.staff.models import Team
from tracker.staff.selectors import get_team_by_id
from tracker.storage.tables import saved_key
from tracker.web.forms import RESTORED, Form
from tracker.web.request import actor, now, transaction

pages = Blueprint("people", __name__)

AT_ANOTHER_QUESTION = {"unborn": "age_known"}
"""The question of a form at which a problem with this part of a request is put right."""


def person_of_page(reference: str, *, to_send: Permission = Permission.OPEN_PERSON) -> Person:
    """The person whose page is shown. Showing it is recorded first; a form that is sent is not another showing, unless
    nothing says that its page was shown before. Who may not send it (`to_send`) is refused, and is shown nothing.

    Raises `NoSuchRecordError`, `RestrictedRecordError` or `NotAllowedError`: then nothing is shown.
    """
    with transaction() as session:
        if request.method == "GET" or RESTORED in request.form:
            return open_person(session, reference, by=actor(), now=now())
        allowed = may_open_person if to_send is Permission.OPEN_PERSON else may_work_on_person
        return open_in_passing(session, reference, to_send, by=actor(), now=now(), allowed=allowed)


def may_change(session: Session, person: Person) -> bool:
    """Whether the page offers to change anything; the services decide."""
    standing = standing_of(session, saved_key(person), on=london_day(now()))
    return has_permission(actor(), Permission.CHANGE_PERSON) and may_work_on_person(actor(), standing)


def page_of(person: Person) -> str:
    """The address of a person's own page."""
    return url_for("overview.show_person", reference=person.reference)


def open_teams(session: Session) -> tuple[Team, ...]:
    """The actor's own teams that are still open, by name."""
    mine = [get_team_by_id(session, team) for team in actor().work_teams]
    return tuple(sorted((team for team in mine if team.closed_at is None), key=lambda team: team.name))


def team_of(form: WorkForm, teams: tuple[Team, ...]) -> str | None:
    """The team chosen, or the only one there is; None, and an error, where none was chosen of several."""
    if form.team.data or len(teams) == 1:
        return form.team.data or teams[0].reference
    form.refuse("team", "Select which of your teams works with them")
    return None


def carried_out(form: Form, name: str, do: Callable[[Session], str]) -> str | None:
    """What `do` made, once however often it is posted; None where it cannot be done, and the form says why."""
    try:
        with transaction() as session:
            submission = form.submission.value
            return once(session, submission, form=name, by=actor(), now=now(), do=lambda: do(session))
    except ProblemError as problem:
        field = AT_ANOTHER_QUESTION.get(problem.field, problem.field)
        form.refuse(field if field in form else "", problem.message)
        return None
