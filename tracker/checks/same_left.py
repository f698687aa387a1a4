"""Those of a household who were not asked about, or could not be: kept in a draft of whoever asked, to go on with or to throw away."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.same_for import FORM
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check, standing_of_check
from tracker.drafts.models import Draft
from tracker.drafts.selectors import get_draft, list_drafts
from tracker.policy.entitlement import Actor, may_change_as_requester, may_open_person
from tracker.storage.tables import NoSuchRecordError


@dataclass(frozen=True, slots=True)
class Left:
    """A draft with people who were not asked about yet. `may_go_on`: whether its owner may still ask; else only throw it away.
    `was_sent`: whether others were asked about already; else it was begun and never sent."""

    draft: Draft
    check: Check
    people: int
    may_go_on: bool
    was_sent: bool


def get_same_draft(session: Session, reference: str, *, by: Actor, now: datetime) -> Draft:
    """The actor's draft of "the same for…". Raises `NoSuchRecordError` for any other, and for somebody else's."""
    draft = get_draft(session, reference, by=by, now=now)
    if draft.form != FORM:
        raise NoSuchRecordError("there is no such draft")
    return draft


def list_left(session: Session, *, by: Actor, now: datetime) -> list[Left]:
    """The actor's drafts in which somebody is left who was not asked about, the last saved first."""
    drafts = list_drafts(session, form=FORM, by=by, now=now)
    return [_left(session, one, by, now) for one in drafts if one.content["people"]]


def _left(session: Session, draft: Draft, by: Actor, now: datetime) -> Left:
    check = get_check(session, draft.about or "")
    standing = standing_of_check(session, check, now=now)
    may_ask = may_change_as_requester(by, standing) and may_open_person(by, standing.person)
    people = len(draft.content["people"])
    return Left(draft, check, people, check.struck_at is None and may_ask, bool(draft.content["why_not"]))
