"""Records that are not one person, as somebody who compared them says: remembered, so that it is not asked again and again."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.decisions.records import list_checks_about
from tracker.detection.services.linking import SEALED
from tracker.people.doubts import Doubt, Pair, find_word, get_word, list_in_doubt, pair_of
from tracker.people.groups import lock_everyone
from tracker.people.likeness import compare
from tracker.people.models import NotSamePerson, Person
from tracker.people.problems import ProblemError
from tracker.people.requests import RecordsToldApart
from tracker.people.resembling import known_of
from tracker.people.selectors import get_person, is_any_sealed, list_involvements
from tracker.people.services import require_person
from tracker.people.services.agreeing import note_agreements
from tracker.policy.entitlement import Actor, PersonStanding, Role
from tracker.staff.selectors import parent_teams
from tracker.storage.tables import saved_key

WHY_NOT = "Enter how you know that they are not the same person: they agree in what tells people apart"


def tell_apart(session: Session, told: RecordsToldApart, *, by: Actor, now: datetime) -> NotSamePerson:
    """Keeps that two records are not the same person, for whoever may open and work on both.

    Where they agree in what tells people apart that is not enough: it stays in doubt until a manager of a team that works with either,
    who has no part in either record or a check about it, says so too. It stops nobody from linking them later, with a reason.
    Raises `NotAllowedError`, also for whoever says again what waits for somebody else's word, `PeopleBusyError`, or `ProblemError`
    where they count as one, one is sealed, this is on record, or it is not said how it is known. ADR 0177.
    """
    require(by, Permission.LINK_RECORDS, about=told.person)
    both = person, other = get_person(session, told.person), get_person(session, told.other)
    pair = low, high = pair_of(saved_key(person), saved_key(other))
    groups = lock_everyone(session, pair)
    standings = [require_person(session, one, Permission.LINK_RECORDS, by=by, now=now) for one in both]
    if is_any_sealed(session, pair):
        raise ProblemError("", SEALED)
    if groups[low].members == groups[high].members:
        raise ProblemError("", "These records count as one person: undo the link instead")
    word = find_word(session, *pair)
    doubts = _doubts_between(session, groups[low].members, groups[high].members)
    doubted = bool(doubts) or (word is None and _would_be_in_doubt(session, pair))
    if word is not None and not doubted:
        raise ProblemError("", "It is on record already that they are not the same person")
    if doubted and not told.why:
        raise ProblemError("why_not", WHY_NOT)
    words = {one.pair: one.word for one in doubts} | ({pair: None} if word is None else {})
    records = (*groups[low].records, *groups[high].records)
    agrees = _may_agree(session, standings, records, by, apart_from=_who_has_a_part(session, records, words.values()))
    if all(words.values()):
        require(by, Permission.LINK_RECORDS, allowed=agrees, about=person.reference)
    for (one, another), said in words.items():
        row = said or NotSamePerson(
            person_id=one, other_id=another, why=told.why, recorded_at=now, recorded_by=by.staff_id
        )
        if agrees and doubted:
            row.agreed_at, row.agreed_by = now, by.staff_id
        session.add(row)
    session.flush()
    note_agreements(session, both, by=by, now=now)
    record(
        session,
        Event.RECORDS_TOLD_APART,
        at=now,
        by=by,
        people=[person.reference, other.reference],
        about=person.reference,
        facts={"of": sorted((person.reference, other.reference)), "in_doubt": doubted and not agrees},
        content={"why": told.why},
    )
    return get_word(session, *pair)


def _doubts_between(session: Session, these: Collection[int], those: Collection[int]) -> list[Doubt]:
    """The pairs in doubt with one record of the one person and one of the other: one word answers them all."""
    return [
        doubt
        for doubt in list_in_doubt(session, these)
        if not {*doubt.pair}.isdisjoint(these) and not {*doubt.pair}.isdisjoint(those)
    ]


def _would_be_in_doubt(session: Session, pair: Pair) -> bool:
    """Whether the first to say that these two are two people is not enough: also where all they share is a profile."""
    known = known_of(session, pair)
    return compare(known[pair[0]], known[pair[1]]).leaves_doubt


def _who_has_a_part(
    session: Session, records: Iterable[Person], words: Iterable[NotSamePerson | None]
) -> frozenset[int]:
    """Whose word is not a second one, or who gains by it: who said it first, who put either on record, and who asked for or would look
    in a check about either."""
    rows = list(records)
    said = {one.recorded_by for one in rows} | {word.recorded_by for word in words if word is not None}
    checks = list_checks_about(session, tuple(sorted(map(saved_key, rows))))
    return frozenset(said | {staff for check in checks for staff in (check.requester_id, check.viewer_id)})


def _may_agree(
    session: Session,
    standings: Collection[PersonStanding],
    records: Iterable[Person],
    by: Actor,
    *,
    apart_from: Collection[int],
) -> bool:
    """Whether somebody manages a team that works with either, or one above it, and is none of these members of staff (keys), nor stands
    in for one of them. Where no team works with either any more, a team that did."""
    teams = {team for standing in standings for team in standing.teams}
    if not teams:
        teams = {work.involvement.team_id for work in list_involvements(session, map(saved_key, records))}
    teams |= {above for team in teams for above in parent_teams(session, team)}
    return by.staff_id not in apart_from and any(
        one.role is Role.TEAM_MANAGER and one.team in teams and one.covers not in apart_from for one in by.holdings
    )
