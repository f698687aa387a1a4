"""The clocks of consents and notices: said 28, 14, 7 and 1 days before they end, and once they have ended, to whoever recorded them.

Not where a later word of the same giver, or a later notice, reaches as far; nor where the team no longer works with the person.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session, col, exists, or_, select

from tracker.consent.models import Consent, Notice, Objection
from tracker.people.models import Involvement
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import ConsentStatus, NoticeKind
from tracker.tasks.ending import ALERT_DAYS, SAID_AFTERWARDS_FOR, covers, ending
from tracker.tasks.keeping import clock
from tracker.tasks.requests import Wanted, member
from tracker.tasks.vocabulary import TaskKind

Said = TypeVar("Said", Consent, Notice)


def consents_ending(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about consents that end; of these only, where they are given."""
    found = _in_time(session, Consent, Consent.status == ConsentStatus.GIVEN.value, now=now, records=records)
    later = _others(session, Consent, found)
    standing = [
        one for one in found if not any(_overtakes(other, one) and other.given_by == one.given_by for other in later)
    ]
    return _as_wanted(TaskKind.CONSENT_ENDING, "Consent", standing, now)


def notices_ending(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about specific notices that end. One that was objected to carries no look anyway."""
    objected = exists().where(col(Objection.notice_id) == col(Notice.id), col(Objection.struck_at).is_(None))
    is_specific = col(Notice.kind) == NoticeKind.SPECIFIC.value
    found = _in_time(session, Notice, is_specific & ~objected, now=now, records=records)
    later = [one for one in _others(session, Notice, found) if one.kind == NoticeKind.SPECIFIC]
    standing = [one for one in found if not any(_overtakes(other, one) for other in later)]
    return _as_wanted(TaskKind.NOTICE_ENDING, "Notice", standing, now)


CONSENTS_ENDING = clock(
    "consents-ending", "Say which consents end or have ended", TaskKind.CONSENT_ENDING, consents_ending
)
NOTICES_ENDING = clock("notices-ending", "Say which notices end or have ended", TaskKind.NOTICE_ENDING, notices_ending)


def _in_time(
    session: Session, table: type[Said], which: Any, *, now: datetime, records: Collection[str] | None
) -> list[Said]:
    today = london_day(now)
    first, last = today - timedelta(days=SAID_AFTERWARDS_FOR), today + timedelta(days=max(ALERT_DAYS))
    working = exists().where(
        col(Involvement.person_id) == col(table.person_id),
        col(Involvement.team_id) == col(table.team_id),
        or_(col(Involvement.closed_on).is_(None), col(Involvement.closed_on) > today),
    )
    query = select(table).where(
        col(table.until_on).between(first, last), col(table.struck_at).is_(None), which, working
    )
    if records is not None:
        query = query.where(col(table.reference).in_(list(records)))
    return list(session.exec(query.order_by(col(table.id))))


def _others(session: Session, table: type[Said], found: Iterable[Said]) -> list[Said]:
    people = {one.person_id for one in found}
    query = select(table).where(col(table.person_id).in_(people), col(table.struck_at).is_(None))
    return list(session.exec(query)) if people else []


def _overtakes(later: Said, earlier: Said) -> bool:
    return (
        later.person_id == earlier.person_id
        and later.at > earlier.at
        and covers(later.platforms, earlier.platforms)
        and covers(later.purposes, earlier.purposes)
    )


def _as_wanted(kind: TaskKind, called: str, found: Iterable[Consent | Notice], now: datetime) -> list[Wanted]:
    tasks = (
        ending(
            kind,
            one.reference,
            called,
            one.until_on,
            member(one.recorded_by),
            now=now,
            team_id=one.team_id,
            person_id=one.person_id,
        )
        for one in found
        if one.until_on is not None
    )
    return [task for task in tasks if task is not None]
