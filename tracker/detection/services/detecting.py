"""Detection: from what is recorded to what was found, and what follows from it, in the transaction of what changed it."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.detection.facts import LedgerFacts, read_facts
from tracker.detection.models import PatternFinding
from tracker.detection.selectors import list_recorded, list_releases
from tracker.detection.services.following import follow, tell_legal
from tracker.people.groups import members_of, people_behind
from tracker.people.selectors import sealed_among
from tracker.policy.limits import Limits
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
    that does not grow with how much has been viewed. What is found across a sealed record goes to Legal, and holds nobody: the gate
    asks Legal anyway. Source: issue 4; ADR 0101, 0152.
    """
    people, limits = frozenset(people), limits_in_force(session, at=now).limits
    facts = read_facts(session, people, limits, now=now, staff=staff)
    found = _found(facts, limits)
    quiet = {key for key, one in found.items() if _crosses(session, one, facts)}
    behind = people_behind(session, people)
    if behind == members_of(session, people):
        hidden, wide = dict[str, Found](), facts
    else:
        asked = {key for members in behind.values() for key in members}
        wide = read_facts(session, asked, limits, now=now, staff=staff, over_seals=True)
        hidden = {key: one for key, one in _found(wide, limits).items() if key not in found}
    if not (found or hidden):
        return []
    take_locks(session, LockKind.FINDING, [key_of(key) for key in (*found, *hidden)])
    plain = {key: one for key, one in found.items() if key not in quiet}
    made = [follow(session, one, facts, now=facts.now) for one in _new(session, plain, facts, for_legal_alone=False)]
    for some, seen in (({key: found[key] for key in quiet}, facts), (hidden, wide)):
        new = _new(session, some, seen, for_legal_alone=True) if some else []
        made += [tell_legal(session, one, seen, now=seen.now) for one in new if not one.widens]
    return made


def _found(facts: LedgerFacts, limits: Limits) -> dict[str, Found]:
    return {one.key: one for each in facts.readings for one in find_patterns(each.facts, limits, only=each.only)}


def _crosses(session: Session, found: Found, facts: LedgerFacts) -> bool:
    """Whether it is about a sealed record and somebody else: then nobody but Legal may learn that the two meet in it."""
    return len(found.people) > 1 and bool(sealed_among(session, facts.circle.keys_of(found.people)))


def _new(session: Session, found: dict[str, Found], facts: LedgerFacts, *, for_legal_alone: bool) -> list[NewFinding]:
    """What is to be acted on, in the order of the keys, so that two runs take the same rows in the same order.

    What only Legal was told of holds back nothing of what everybody is told.
    """
    looks = {saved_key(facts.looks[look]) for one in found.values() for look in one.views}
    recorded = list_recorded(session, looks, facts.circle, for_legal_alone=for_legal_alone)
    releases = list_releases(session, looks)
    return sorted(new_findings(found.values(), recorded, releases), key=lambda one: one.found.key)
