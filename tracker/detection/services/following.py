"""What follows from a finding: it is kept once, and a hold, a case with Legal or a task for a manager comes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.decisions.models import Check
from tracker.detection.facts import LedgerFacts
from tracker.detection.models import FindingPerson, FindingView, PatternFinding
from tracker.detection.selectors import find_finding, find_open_pattern_case, list_standing_holds, people_named
from tracker.people.models import Person
from tracker.people.selectors import get_person_by_id
from tracker.policy.patterns import Effect, Found, NewFinding, Pattern
from tracker.referrals.models import Hold, Referral
from tracker.referrals.selectors import get_hold
from tracker.referrals.services import join_referral, open_referral, place_detected_hold
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.staff.selectors import get_team
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key
from tracker.tasks.models import Task
from tracker.tasks.services import raise_task
from tracker.tasks.vocabulary import TaskKind, WaitsFor
from tracker.viewings.models import Look

FINDING = "FND"


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read once for all findings: everybody named in them, and the checks that may have been errors. `cases`: those that were
    opened or joined for one of these findings, each with the people (references) whom it was for."""

    facts: LedgerFacts
    people: dict[str, Person]
    checks: dict[int, Check]
    cases: list[tuple[frozenset[str], Referral]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A finding, and whom it is about that it was not before. Those on record are kept already, with their looks."""

    finding: PatternFinding
    looks: tuple[int, ...]
    people: tuple[int, ...]


def follow(session: Session, new: Sequence[NewFinding], facts: LedgerFacts, *, now: datetime) -> list[PatternFinding]:
    """Keeps each finding, or adds to the one on record with the same looks those people whom it did not have, and does what
    follows from it. Records the events."""
    if not new:
        return []
    known = _known(session, [one.found for one in new], facts)
    kept = [_follow(session, one, known, now=now) for one in new]
    _keep(session, kept)
    return [one.finding for one in kept]


def _known(session: Session, found: Sequence[Found], facts: LedgerFacts) -> _Known:
    people = people_named(session, {name for one in found for name in one.people})
    asked = {_first_look(one, facts).check_id for one in found if one.effect is Effect.POSSIBLE_ERROR}
    checks = session.exec(select(Check).where(col(Check.id).in_(asked))).all() if asked else ()
    return _Known(facts, people, {saved_key(check): check for check in checks}, [])


def _first_look(found: Found, facts: LedgerFacts) -> Look:
    return facts.looks[min(found.views)]


def _follow(session: Session, new: NewFinding, known: _Known, *, now: datetime) -> _Kept:
    found, facts = new.found, known.facts
    people = [known.people[name] for name in found.people]
    why = _in_words(found, new.names)
    finding = find_finding(session, found.key) if new.widens else None
    task = None
    if finding is None:
        reference = new_reference(FINDING)
        if found.effect is Effect.TASK:
            task = _raise(session, reference, found, facts, people, why=why, now=now)
        referral = _case(session, found, known, people, why=why, now=now)
        hold = get_hold(session, new.names) if new.names else None
        finding = _finding(reference, found, key=found.key, why=why, referral=referral, task=task, names=hold, now=now)
        kept = _Kept(finding, _keys_of_looks(found, facts), tuple(map(saved_key, people)))
    else:
        referral = _widened(session, finding, found, known, people, why=why, now=now)
        kept = _Kept(finding, (), _not_in_it(session, finding, people))
    holds: list[Hold] = []
    if found.effect is Effect.HOLD and referral is not None:
        holds = _hold(session, found.pattern, people, facts, why=why, referral=referral, now=now)
    record(
        session,
        Event.PATTERN_FOUND,
        at=now,
        by=None,
        people=[one.reference for one in people],
        about=finding.reference,
        facts={
            "pattern": found.pattern.value,
            "effect": found.effect.value,
            "looks": sorted(found.views),
            "people_added": [one.reference for one in people if one.id in kept.people] if new.widens else None,
            "referral": referral and referral.reference,
            "task": task and task.reference,
            "holds": [one.reference for one in holds],
            "released_before": new.names,
        },
    )
    return kept


def tell_legal(session: Session, new: NewFinding, facts: LedgerFacts, *, now: datetime) -> PatternFinding:
    """Keeps a finding that crosses a sealed record, and opens or joins a case about all its records that Legal alone knows of: no
    hold is placed, since a hold would be seen by whoever works with one of them. Records the event."""
    found = replace(new.found, effect=Effect.REFERRAL)
    keys = sorted(facts.circle.keys_of(found.people))
    people = [get_person_by_id(session, one) for one in keys]
    why = _in_words(found, new.names)
    standing = find_open_pattern_case(session, keys, kind=ReferralKind.SEALED)
    if standing is None:
        standing = open_referral(
            session,
            kind=ReferralKind.SEALED,
            place=ReferralPlace.LEGAL,
            people=people,
            check_id=None,
            about=None,
            why=why,
            urgent=False,
            by=None,
            now=now,
        )
    else:
        join_referral(session, standing, people, now=now)
    key = f"sealed {found.key}"
    finding = _finding(new_reference(FINDING), found, key=key, why=why, referral=standing, now=now)
    _keep(session, [_Kept(finding, _keys_of_looks(found, facts), tuple(map(saved_key, people)))])
    record(
        session,
        Event.PATTERN_FOUND,
        at=now,
        by=None,
        people=[one.reference for one in people],
        about=finding.reference,
        facts={
            "pattern": found.pattern.value,
            "effect": found.effect.value,
            "looks": sorted(found.views),
            "referral": standing.reference,
            "sealed": True,
        },
    )
    return finding


def _finding(
    reference: str,
    found: Found,
    *,
    key: str,
    why: str,
    referral: Referral | None,
    task: Task | None = None,
    names: Hold | None = None,
    now: datetime,
) -> PatternFinding:
    return PatternFinding(
        reference=reference,
        pattern=found.pattern.value,
        effect=found.effect.value,
        key=key,
        why=why,
        found_at=now,
        referral_id=saved_key(referral) if referral else None,
        task_id=saved_key(task) if task else None,
        names_hold_id=saved_key(names) if names else None,
    )


def _keys_of_looks(found: Found, facts: LedgerFacts) -> tuple[int, ...]:
    return tuple(sorted(saved_key(facts.looks[look]) for look in found.views))


def _keep(session: Session, kept: Sequence[_Kept]) -> None:
    """Writes the findings, then the looks and people of all of them."""
    session.add_all(one.finding for one in kept)
    session.flush()
    for one in kept:
        finding_id = saved_key(one.finding)
        session.add_all(FindingView(finding_id=finding_id, look_id=look) for look in one.looks)
        session.add_all(FindingPerson(finding_id=finding_id, person_id=person) for person in one.people)
    session.flush()


def _not_in_it(session: Session, finding: PatternFinding, people: Iterable[Person]) -> tuple[int, ...]:
    mine = FindingPerson.finding_id == saved_key(finding)
    before = set(session.exec(select(FindingPerson.person_id).where(mine)))
    return tuple(key for key in map(saved_key, people) if key not in before)


def _case(
    session: Session, found: Found, known: _Known, people: Sequence[Person], *, why: str, now: datetime
) -> Referral | None:
    match found.effect:
        case Effect.TASK:
            return None
        case Effect.POSSIBLE_ERROR:
            return _possible_error(session, found, known, people, why=why, now=now)
        case Effect.HOLD | Effect.REFERRAL:
            return _pattern_case(session, known, people, why=why, now=now)


def _widened(
    session: Session,
    finding: PatternFinding,
    found: Found,
    known: _Known,
    people: Sequence[Person],
    *,
    why: str,
    now: datetime,
) -> Referral | None:
    """The case of a finding on record, which is about more people now; where it has been answered, the one that is open."""
    if found.effect is Effect.TASK:
        return None
    case = session.get_one(Referral, finding.referral_id)
    if case.place == ReferralPlace.CLOSED:
        case = _case(session, found, known, people, why=why, now=now) or case
        finding.referral_id = saved_key(case)
        session.add(finding)
    else:
        join_referral(session, case, people, now=now)
    return case


def _pattern_case(session: Session, known: _Known, people: Sequence[Person], *, why: str, now: datetime) -> Referral:
    """The case that is open about a pattern with any of these people, which is now about all of them; else a new one."""
    names = frozenset(one.reference for one in people)
    for before, case in known.cases:
        if names <= before:
            return case  # it is about them, and it is the one that would be found again
    case = _found_or_opened(session, known.facts.circle.keys_of(names), people, why=why, now=now)
    known.cases.append((names, case))
    return case


def _found_or_opened(
    session: Session, about: frozenset[int], people: Sequence[Person], *, why: str, now: datetime
) -> Referral:
    standing = find_open_pattern_case(session, about)
    if standing is not None:
        join_referral(session, standing, people, now=now)
        return standing
    return open_referral(
        session,
        kind=ReferralKind.PATTERN,
        place=ReferralPlace.LEGAL,
        people=people,
        check_id=None,
        about=None,
        why=why,
        urgent=False,
        by=None,
        now=now,
    )


def _possible_error(
    session: Session, found: Found, known: _Known, people: Sequence[Person], *, why: str, now: datetime
) -> Referral:
    check = known.checks[_first_look(found, known.facts).check_id]
    return open_referral(
        session,
        kind=ReferralKind.POSSIBLE_ERROR,
        place=ReferralPlace.LEGAL,
        people=people,
        check_id=saved_key(check),
        about=check.reference,
        why=why,
        urgent=False,
        by=None,
        now=now,
    )


def _raise(
    session: Session,
    reference: str,
    found: Found,
    facts: LedgerFacts,
    people: Sequence[Person],
    *,
    why: str,
    now: datetime,
) -> Task:
    """A task for the managers of the team whose looks these are: about the person, or about the latest of a worker's looks."""
    latest = max((facts.looks[look] for look in found.views), key=saved_key)
    team_id = saved_key(get_team(session, found.team)) if found.team else latest.team_id
    check = session.exec(select(Check.reference).where(col(Check.id) == latest.check_id)).one()
    return raise_task(
        session,
        kind=TaskKind(found.pattern.value),
        key=f"{found.pattern.value}:{reference}",
        record=check if found.worker else people[0].reference,
        what=why,
        waits_for=WaitsFor.MANAGERS,
        team_id=team_id,
        person_id=None if found.worker else saved_key(people[0]),
        about_id=latest.viewer_id if found.worker else None,
        now=now,
    )


def _hold(
    session: Session,
    pattern: Pattern,
    people: Sequence[Person],
    facts: LedgerFacts,
    *,
    why: str,
    referral: Referral,
    now: datetime,
) -> list[Hold]:
    """A hold on each of them, unless one of the same pattern stands on any of their records."""
    members = {one.reference: facts.circle.members[one.reference] for one in people}
    standing = list_standing_holds(session, (key for keys in members.values() for key in keys))
    held = {hold.person_id for hold in standing if hold.pattern == pattern}
    return [
        place_detected_hold(session, one, pattern=pattern, why=why, referral=referral, now=now)
        for one in people
        if held.isdisjoint(members[one.reference])
    ]


def _in_words(found: Found, names: str | None) -> str:
    if names is None:
        return found.text
    return f"{found.text} Legal released the hold {names} with some of these looks before them; there is at least one more now."
