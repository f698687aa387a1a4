"""Does the ledger hold every look that the trail says was given, and does the gate count what the ledger holds?

Nothing counts twice in this tracker: the gate counts rows of the ledger each time. So the self-check holds the ledger against the
trail, which nobody can change unseen, and the gate's count against a count in plain SQL.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import case, false
from sqlmodel import Session, and_, col, func, not_, or_, select

from tracker.audit.events import Event
from tracker.audit.models import AuditEntry, AuditPerson
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.policy.vocabulary import ViewFooting
from tracker.viewings.models import Look, Viewing
from tracker.viewings.selectors import views_as_facts
from tracker.viewings.vocabulary import FOUND_NOTHING, LookResult

GIVES_A_LOOK = (
    Event.CHECK_SUBMITTED,
    Event.CHECK_DECIDED_AGAIN,
    Event.CHECK_APPROVED,
    Event.CHECK_APPROVED_BY_TELEPHONE,
    Event.LATE_ENTRY_RECORDED,
)
"""Events whose entry names the look that was entered in the ledger, where one was."""

_PIECE = 2_000


def looks_missing(session: Session, *, after: int) -> list[str]:
    """Looks that an entry after that one gave and that the ledger does not hold for everyone it was for: references, sorted."""
    missing: set[str] = set()
    while True:
        entries = _entries(session, after)
        if not entries:
            return sorted(missing)
        after = entries[-1][0]
        given = {said["facts"]["look"]: set(said["people"]) for _, said in entries if said["facts"].get("look")}
        held = _held(session, given)
        missing |= {look for look, people in given.items() if not people <= held[look]}


def people_miscounted(session: Session, *, after: int, now: datetime) -> list[str]:
    """People looked at, whom an entry after that one is about, and whom the gate counts otherwise than plain SQL does:
    references, sorted."""
    named = select(AuditPerson.person).where(col(AuditPerson.seq) > after)
    looked_at = select(Viewing.person_id)
    people = select(Person.id, Person.reference).where(col(Person.reference).in_(named), col(Person.id).in_(looked_at))
    keys = session.exec(people).all()
    return sorted(reference for key, reference in keys if key is not None and _is_miscounted(session, key, now))


def _entries(session: Session, after: int) -> list[tuple[int, dict]]:  # type: ignore[type-arg]  # JSON as it was written
    given = select(AuditEntry.seq, AuditEntry.text).where(
        col(AuditEntry.event).in_([one.value for one in GIVES_A_LOOK]), col(AuditEntry.seq) > after
    )
    return [(seq, json.loads(text)) for seq, text in session.exec(given.order_by(col(AuditEntry.seq)).limit(_PIECE))]


def _held(session: Session, looks: Iterable[str]) -> dict[str, set[str]]:
    rows = (
        select(Look.reference, Person.reference)
        .join(Viewing, col(Viewing.look_id) == Look.id)
        .join(Person, col(Person.id) == Viewing.person_id)
    )
    held: dict[str, set[str]] = defaultdict(set)
    for look, person in session.exec(rows.where(col(Look.reference).in_(list(looks)))):
        held[look].add(person)
    return held


def _is_miscounted(session: Session, person_id: int, now: datetime) -> bool:
    members = group_of(session, person_id).members
    return len(views_as_facts(session, members, recorded_by=now)) != _counted_plainly(session, members, now)


def _counted_plainly(session: Session, members: Iterable[int], now: datetime) -> int:
    """ADR 0030 once more, in SQL: what was struck, not used, or somebody else's page does not count."""
    theirs = col(Viewing.because_wrong_person)
    settled = col(Look.result_counts_from) <= now
    out = or_(
        and_(col(Look.struck_at) <= now, not_(theirs)),
        and_(settled, col(Look.result) == LookResult.NOT_USED.value),
        and_(settled, col(Look.result) == LookResult.WRONG_PERSON.value, not_(theirs)),
    )
    searched = and_(settled, col(Look.searched_first), col(Look.result).in_([result.value for result in FOUND_NOTHING]))
    footing = case((searched, ViewFooting.PRESENCE_SEARCH.value), else_=col(Viewing.footing))
    rows = (
        select(col(Viewing.look_id), footing)
        .join(Look, col(Look.id) == Viewing.look_id)
        .where(col(Viewing.person_id).in_(list(members)), func.coalesce(out, false()) == false())
        .distinct()
    )
    return len(session.exec(rows).all())
