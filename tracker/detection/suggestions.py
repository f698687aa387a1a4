"""Which records may be one person: worked out for a page from what is on record now, and kept as a list for managers overnight.

Never suggested: what counts as one already, what was told apart, what was linked once and undone (whoever undid it said that it is
not the same person), and anything that would cross a sealed record. Records that agree in what tells people apart stay a suggestion
until a manager has said that they are two (people/doubts.py). Of a restricted record nothing is told but that there is
one of exactly that name or case reference, and whom to ask: whether anything else agrees is not told, so that nobody learns
from a suggestion whether a guess was right. Source: issue 4, "Who is the same person, who belongs together"; ADR 0130.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, delete, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.detection.models import SuggestedLink
from tracker.people.doubts import Doubt, list_in_doubt
from tracker.people.duplicates import Resemblances, shown_to
from tracker.people.groups import lock_everyone, members_of
from tracker.people.likeness import Likeness, compare
from tracker.people.models import AgreeingRecords, Involvement, NotSamePerson, Person, SamePersonLink
from tracker.people.resembling import find_resembling, known_of
from tracker.people.search import FoundPerson, describe, shut_records
from tracker.people.services.agreeing import note_agreements
from tracker.policy.entitlement import Actor
from tracker.staff.selectors import get_staff_by_id, teams_under
from tracker.storage.tables import saved_key
from tracker.web.dates import day_in_words

MOST_ON_A_PAGE = 5
NOBODY_SAID = "They agree in what tells people apart, and nobody has said yet that they are two."
NO_REASON = "no reason was asked, since they did not agree then."


@dataclass(frozen=True, slots=True)
class SuggestedPair:
    """Two records that may be one person, and why. `said`: of a pair in doubt, who said that they are not, or that nobody has."""

    one: FoundPerson
    other: FoundPerson
    likeness: Likeness
    said: str | None = None


def find_suggestions(session: Session, person_id: int, *, by: Actor, on: date) -> Resemblances:
    """The records that may be the same person as this one (its key), as far as `by`, who may open it, may know of them."""
    said = _said_of(session, person_id)
    alike = _in_doubt_with(session, person_id, said.keys()) | _resembling(session, person_id)
    if not alike:
        return Resemblances()
    shown = {one: like for one, like in alike.items() if like.suggests_one_person or like.is_exact or one in said}
    shut = shut_records(session, by=by)
    told = {one: like for one, like in shown.items() if like.suggests_one_person or one in said or one in shut}
    resembling = shown_to(session, told, by=by, on=on, most=MOST_ON_A_PAGE)
    people = (replace(one, said=said.get(saved_key(one.found.person))) for one in resembling.people)
    return replace(resembling, people=tuple(people))


def list_suggested(session: Session, teams: Iterable[int], *, by: Actor, on: date, most: int) -> list[SuggestedPair]:
    """What was found overnight and still holds, of people with whom one of these teams works now: what waits for a manager's word
    first, then the likeliest. Only pairs of which `by` may open both.
    """
    shut, kept = shut_records(session, by=by), _kept_for(session, teams, on=on)
    doubts = {doubt.pair: doubt for doubt in _in_doubt_for(session, teams, on=on)}
    pairs = [pair for pair in dict.fromkeys((*doubts, *kept)) if shut.keys().isdisjoint(pair)]
    known = known_of(session, {one for pair in pairs for one in pair})
    told_apart, groups = _told_apart(session, known), members_of(session, known)
    alike = {
        (one, other): likeness
        for one, other in pairs
        if one in known
        and other in known
        and other not in groups[one]
        and ((one, other) in doubts or _is_open(groups[one], groups[other], told_apart))
        and ((likeness := compare(known[one], known[other])).suggests_one_person or (one, other) in doubts)
    }
    likeliest = sorted(alike, key=lambda pair: (pair not in doubts, alike[pair].rank, pair))[:most]
    described = _described(session, likeliest, on=on)
    said = {pair: who_said(session, doubts[pair]) for pair in likeliest if pair in doubts}
    return [
        SuggestedPair(described[one], described[other], alike[one, other], said.get((one, other)))
        for one, other in likeliest
    ]


def compare_with_all(session: Session, person_id: int, now: datetime) -> None:
    """Compares a record (its key) with all others, and keeps which of them may be the same person. Running it twice is running it
    once. What it keeps is an index and no record, so it has no event; that records agree, where nobody noticed it before, has one.
    Takes the locks of everyone linked to the record, since a change of it meanwhile has to be compared again."""
    lock_everyone(session, [person_id])
    person = session.get_one(Person, person_id, populate_existing=True)
    found = {one for one, likeness in _resembling(session, person_id).items() if likeness.suggests_one_person}
    wanted = {(min(person_id, one), max(person_id, one)) for one in found}
    mine = or_(SuggestedLink.person_id == person_id, SuggestedLink.other_id == person_id)
    kept = {(row.person_id, row.other_id) for row in session.exec(select(SuggestedLink).where(mine))}
    for one, other in sorted(kept - wanted):
        session.exec(
            delete(SuggestedLink).where(col(SuggestedLink.person_id) == one, col(SuggestedLink.other_id) == other)
        )
    session.add_all(SuggestedLink(person_id=one, other_id=other, found_at=now) for one, other in sorted(wanted - kept))
    person.compared_at = now
    session.add(person)
    session.flush()
    note_agreements(session, [person], by=None, now=now)


def list_to_compare(session: Session, now: datetime) -> list[int]:
    """The keys of the records that by `now` changed since they were last compared with all others. Sealed ones are not compared."""
    return [
        one
        for one in session.exec(
            select(Person.id).where(col(Person.compared_at).is_(None), col(Person.sealed).is_(False))
        )
        if one is not None
    ]


def _said_of(session: Session, person_id: int) -> dict[int, str]:
    """Of each record in doubt with one of this person's, and of those that are one person with it, that a manager has to say."""
    members = set(members_of(session, [person_id])[person_id])
    ends = {end: doubt for doubt in list_in_doubt(session, members) for end in {*doubt.pair} - members}
    groups = members_of(session, ends)
    return {key: that_it_waits(doubt) for end, doubt in ends.items() for key in groups[end]}


def _in_doubt_with(session: Session, person_id: int, others: Iterable[int]) -> dict[int, Likeness]:
    """What is alike now between a record and those in doubt with it, which may be nothing: what they agreed in may have been struck."""
    known = known_of(session, (person_id, *others))
    mine = known.pop(person_id, None)
    return {one: compare(mine, other) for one, other in known.items()} if mine is not None else {}


def _resembling(session: Session, person_id: int) -> dict[int, Likeness]:
    """Every record that resembles this person's records and may be suggested, whoever asks."""
    members = members_of(session, [person_id])[person_id]
    known = known_of(session, members)
    if len(known) < len(members):
        return {}  # one of them is sealed
    alike: dict[int, Likeness] = {}
    for one in known.values():
        for other, likeness in find_resembling(session, one, without=members).items():
            alike[other] = min(alike.get(other, likeness), likeness, key=lambda found: found.rank)
    if not alike:
        return {}
    groups = members_of(session, alike)
    unsealed = known_of(session, {member for group in groups.values() for member in group})
    told_apart = _told_apart(session, members)
    return {
        one: likeness
        for one, likeness in alike.items()
        if unsealed.keys() >= set(groups[one]) and _is_open(members, groups[one], told_apart)
    }


def _is_open(one: tuple[int, ...], other: tuple[int, ...], told_apart: set[frozenset[int]]) -> bool:
    """Whether nobody has said that any record of the one is not the same person as any of the other."""
    return not any(frozenset((here, there)) in told_apart for here in one for there in other)


def _told_apart(session: Session, people: Iterable[int]) -> set[frozenset[int]]:
    """Pairs with one of these people that were told apart, and by whose word that is enough, or linked once and no longer."""
    ids = sorted(people)
    apart = select(NotSamePerson.person_id, NotSamePerson.other_id).where(
        or_(col(NotSamePerson.person_id).in_(ids), col(NotSamePerson.other_id).in_(ids))
    )
    waiting = {frozenset(doubt.pair) for doubt in list_in_doubt(session, ids)}
    undone = select(SamePersonLink.person_id, SamePersonLink.other_id).where(
        or_(col(SamePersonLink.person_id).in_(ids), col(SamePersonLink.other_id).in_(ids)),
        col(SamePersonLink.undone_at).is_not(None),
    )
    return {frozenset(pair) for query in (apart, undone) for pair in session.exec(query)} - waiting


def _kept_for(session: Session, teams: Iterable[int], *, on: date) -> list[tuple[int, int]]:
    """The pairs found overnight with somebody with whom one of these teams works on that day."""
    theirs = _worked_with(teams, on=on)
    either = or_(col(SuggestedLink.person_id).in_(theirs), col(SuggestedLink.other_id).in_(theirs))
    rows = session.exec(
        select(SuggestedLink).where(either).order_by(col(SuggestedLink.person_id), col(SuggestedLink.other_id))
    )
    return [(row.person_id, row.other_id) for row in rows]


def _in_doubt_for(session: Session, teams: Iterable[int], *, on: date) -> list[Doubt]:
    """What waits for the word of a manager of one of these teams or of one below them, which work on that day with either."""
    theirs = _worked_with(teams_under(session, teams), on=on)
    either = or_(col(AgreeingRecords.person_id).in_(theirs), col(AgreeingRecords.other_id).in_(theirs))
    pairs = {(row.person_id, row.other_id) for row in session.exec(select(AgreeingRecords).where(either))}
    return [doubt for doubt in list_in_doubt(session, {end for pair in pairs for end in pair}) if doubt.pair in pairs]


def _worked_with(teams: Iterable[int], *, on: date) -> SelectOfScalar[int]:
    return select(Involvement.person_id).where(
        col(Involvement.team_id).in_(sorted(teams)),
        or_(col(Involvement.closed_on).is_(None), col(Involvement.closed_on) >= on),
    )


def who_said(session: Session, doubt: Doubt) -> str:
    """Who said of two records that they are not the same person, when, and why; for those who may answer it. Or that nobody has."""
    word = doubt.word
    if word is None:
        return NOBODY_SAID
    name, why = get_staff_by_id(session, word.recorded_by).name, word.why or NO_REASON
    return f"Said to be somebody else by {name} on {day_in_words(word.recorded_at)}: {why}"


def that_it_waits(doubt: Doubt) -> str:
    """The same for everybody else who may open both: neither who said it nor why."""
    if doubt.word is None:
        return NOBODY_SAID
    return f"Said to be somebody else on {day_in_words(doubt.word.recorded_at)}. No manager who has no part in it has said so yet."


def _described(session: Session, pairs: Iterable[tuple[int, int]], *, on: date) -> dict[int, FoundPerson]:
    ids = sorted({one for pair in pairs for one in pair})
    return dict(zip(ids, describe(session, ids, on=on), strict=True))
