"""Detection: from what is recorded to what was found, and what follows from it, in the transaction of what changed it."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.detection.facts import LedgerFacts, read_facts
from tracker.detection.models import PatternFinding
from tracker.detection.selectors import list_recorded, list_releases
from tracker.detection.services.following import follow
from tracker.policy.patterns import Found, NewFinding, find_patterns, new_findings
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.locks import LockKind, key_of, take_locks
from tracker.storage.tables import saved_key


def detect(
    session: Session, people: Iterable[int], *, now: datetime, staff: Iterable[int] = ()
) -> list[PatternFinding]:
    """Looks for patterns in which these people (keys) have a part, or these members of staff; gives the findings that are new.

    Each is kept once, with its looks and people, and a hold, a case or a task follows. A second run changes nothing. Whoever
    calls it holds the locks of these people with their networks (`people.networks.lock_networks`). In a number of statements
    that does not grow with how much has been viewed. Source: issue 4; ADR 0101.
    """
    limits = limits_in_force(session, at=now).limits
    facts = read_facts(session, people, limits, now=now, staff=staff)
    found = {one.key: one for each in facts.readings for one in find_patterns(each.facts, limits, only=each.only)}
    if not found:
        return []
    take_locks(session, LockKind.FINDING, [key_of(key) for key in found])
    return [follow(session, one, facts, now=facts.now) for one in _new(session, found, facts)]


def _new(session: Session, found: dict[str, Found], facts: LedgerFacts) -> list[NewFinding]:
    """What is to be acted on, in the order of the keys, so that two runs take the same rows in the same order."""
    looks = {saved_key(facts.looks[look]) for one in found.values() for look in one.views}
    recorded = list_recorded(session, looks, facts.circle)
    releases = list_releases(session, looks)
    return sorted(new_findings(found.values(), recorded, releases), key=lambda one: one.found.key)
