"""Detection: from what is recorded to what was found, and what follows from it, in the transaction of what changed it."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.detection.facts import LedgerFacts, read_facts
from tracker.detection.finding import Ahead, crosses_a_seal, found_in, not_on_record
from tracker.detection.models import PatternFinding
from tracker.detection.services.following import follow, tell_legal
from tracker.people.groups import members_of, people_behind
from tracker.policy.patterns import Found
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.locks import LockKind, key_of, take_locks


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
    found = found_in(facts, limits)
    quiet = {key for key, one in found.items() if crosses_a_seal(session, one, facts)}
    behind = people_behind(session, people)
    if behind == members_of(session, people):
        hidden, wide = dict[str, Found](), facts
    else:
        asked = {key for members in behind.values() for key in members}
        wide = read_facts(session, asked, limits, now=now, staff=staff, over_seals=True)
        hidden = {key: one for key, one in found_in(wide, limits).items() if key not in found}
    if not (found or hidden):
        return []
    take_locks(session, LockKind.FINDING, [key_of(key) for key in (*found, *hidden)])
    made = _follow(session, {key: one for key, one in found.items() if key not in quiet}, facts, now=facts.now)
    for some, seen in (({key: found[key] for key in quiet}, facts), (hidden, wide)):
        new = not_on_record(session, some, seen, for_legal_alone=True) if some else []
        made += [tell_legal(session, one, seen, now=seen.now) for one in new if not one.widens]
    return made


def act_on(session: Session, ahead: Ahead, *, now: datetime) -> list[PatternFinding]:
    """Has follow what was found in another session that read ahead, and gives the findings that are new: what is on record, and what
    Legal has released, is read again. Whoever calls it holds the locks as for `detect`, and knows that nothing has happened since."""
    take_locks(session, LockKind.FINDING, [key_of(key) for key in ahead.found])
    return _follow(session, ahead.found, ahead.facts, now=max(now, ahead.facts.now))


def _follow(session: Session, found: dict[str, Found], facts: LedgerFacts, *, now: datetime) -> list[PatternFinding]:
    return follow(session, not_on_record(session, found, facts), facts, now=now)
