"""What the trail says of when something was last recorded about somebody."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.audit.events import Event
from tracker.audit.models import AuditEntry, AuditPerson

CHANGING_NOTHING = frozenset(
    {
        Event.PERSON_OPENED,
        Event.CHECK_OPENED,
        Event.AUTHORITY_OPENED,
        Event.PEOPLE_SEARCHED,
        Event.ACCESS_REFUSED,
        Event.TRAIL_OPENED_ABOUT,
        Event.CONTENT_ERASED,
    }
)
"""Events after which every record is as it was before."""

OF_ONE_CHECK = frozenset(
    {
        Event.CHECK_SUBMITTED,
        Event.CHECK_DECIDED_AGAIN,
        Event.CHECK_APPROVED,
        Event.CHECK_APPROVED_BY_TELEPHONE,
        Event.TELEPHONE_APPROVAL_CONFIRMED,
        Event.TELEPHONE_APPROVAL_DENIED,
        Event.CHECK_DECLINED,
        Event.CHECK_CLOSED,
        Event.CHECK_WITHDRAWN,
        Event.LOOK_STARTED,
        Event.LOOK_REPORTED,
        Event.LOOK_NOT_USED,
        Event.NOT_USED_CONFIRMED,
        Event.RESULT_CONFIRMED,
        Event.RESPONSE_REVIEWED,
        Event.OUTCOME_REPORTED,
        Event.TELLING_RECORDED,
        Event.LATE_ENTRY_RECORDED,
        Event.LATE_ENTRY_SEEN,
        Event.NOBODY_LEFT_SEEN,
        Event.QUESTION_ASKED,
        Event.QUESTION_ANSWERED,
    }
)
"""Events whose record is a check, and by which nothing has changed that looks are counted by, save that check and its own look. What
else changes in the same transaction has an entry of its own. A test holds it of every use-case."""


def last_recorded_at(session: Session, people: Iterable[str]) -> datetime | None:
    """The latest instant at which anything was recorded about any of these people (references), or None."""
    return session.exec(_last_about(), params={"people": list(people)}).one()


@cache
def _last_about() -> SelectOfScalar[datetime]:
    """Built once, as is the next one: every decision and every page of a record asks."""
    theirs = col(AuditPerson.person).in_(bindparam("people", expanding=True))
    query = select(func.max(col(AuditEntry.at))).join(AuditPerson, col(AuditPerson.seq) == col(AuditEntry.seq))
    return query.where(theirs)


def was_recorded(session: Session, event: Event, *, record: str, actor: str, since: datetime) -> bool:
    """Whether this was recorded of that record, by that member of staff (both references), at or after an instant."""
    asked = {"event": event.value, "record": record, "actor": actor, "since": since}
    return session.exec(_recorded_since(), params=asked).first() is not None


@cache
def _recorded_since() -> SelectOfScalar[int]:
    query = select(AuditEntry.seq).where(
        col(AuditEntry.event) == bindparam("event"),
        col(AuditEntry.record) == bindparam("record"),
        col(AuditEntry.actor) == bindparam("actor"),
        col(AuditEntry.at) >= bindparam("since"),
    )
    return query.limit(1)


def list_change_times(session: Session, people: Iterable[str], *, after: datetime, until: datetime) -> list[datetime]:
    """The instants after `after` and up to `until` at which something was changed about any of these people, in order."""
    query = (
        select(col(AuditEntry.at))
        .join(AuditPerson, col(AuditPerson.seq) == col(AuditEntry.seq))
        .where(
            col(AuditPerson.person).in_(list(people)),
            col(AuditEntry.event).not_in([event.value for event in CHANGING_NOTHING]),
            col(AuditEntry.at) > after,
            col(AuditEntry.at) <= until,
        )
    )
    return sorted(set(session.exec(query)))
