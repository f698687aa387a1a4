"""Records that agree in all that tells people apart, so that nobody knows whether they are one person.

Until a manager has said that they are two, or somebody links them as one, the stricter of the two holds: what was looked at under
either counts for both, and they are locked together. Nothing else of the one becomes the other's. A record that Legal has sealed is in
no doubt that anybody else is told of: what it may be the same as is Legal's (counterparts.py). ADR 0177.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, and_, bindparam
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from tracker.people.models import AgreeingRecords, NotSamePerson, SealedCounterpart
from tracker.storage.kept import kept

Pair = tuple[int, int]
"""The keys of two records, the lower first."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records that agree, since when, and what one person has said of them, if anybody has."""

    pair: Pair
    since: datetime
    word: NotSamePerson | None


def pair_of(one: int, other: int) -> Pair:
    """Two keys, the lower first."""
    return (one, other) if one < other else (other, one)


def ends_in_doubt(
    session: Session, people: Collection[int], *, at: datetime | None = None, asked_by: Collection[int] = ()
) -> frozenset[int]:
    """Both ends of every pair in doubt with one of these people in it (keys), now or at the instant `at`. `asked_by` as `list_in_doubt`."""
    wanted, askers = frozenset(people), frozenset(asked_by)

    def _read() -> frozenset[int]:
        return frozenset(end for doubt in list_in_doubt(session, wanted, at=at, asked_by=askers) for end in doubt.pair)

    return kept(session, ("ends_in_doubt", wanted, at, askers), _read)


def list_in_doubt(
    session: Session, people: Iterable[int], *, at: datetime | None = None, asked_by: Collection[int] = ()
) -> list[Doubt]:
    """Pairs with one of these people in them (keys) that agreed by then and that no manager had told apart, the first first. For a check
    that some of the staff asked for or are to look in (`asked_by`, keys) the word of none of them is enough."""
    rows = session.execute(_agreeing(), {"keys": sorted(set(people))}).all()
    doubts = [
        Doubt((row.person_id, row.other_id), row.recorded_at, word)
        for row, word in rows
        if (at is None or row.recorded_at <= at) and not _is_told_apart(row, word, at, asked_by)
    ]
    return [one for one in doubts if not _is_answered_by_legal(session, one.pair, at)] if doubts else []


def list_agreeing(session: Session, people: Iterable[int]) -> dict[Pair, AgreeingRecords]:
    """Every pair with one of these people in it (keys) of which it is kept that they agree."""
    rows = session.execute(_agreeing(), {"keys": sorted(set(people))})
    return {(row.person_id, row.other_id): row for row, _ in rows}


def find_doubt(session: Session, one: int, other: int) -> Doubt | None:
    """The doubt about two records (keys), where there is one now."""
    wanted = pair_of(one, other)
    return next((doubt for doubt in list_in_doubt(session, wanted) if doubt.pair == wanted), None)


def find_word(session: Session, one: int, other: int) -> NotSamePerson | None:
    """What was said of two records (keys), that they are not the same person; whether or not that is enough."""
    low, high = pair_of(one, other)
    same = select(NotSamePerson).where(NotSamePerson.person_id == low, NotSamePerson.other_id == high)
    return session.exec(same).first()


def get_word(session: Session, one: int, other: int) -> NotSamePerson:
    """The same, of two records of which something was said."""
    word = find_word(session, one, other)
    assert word is not None  # noqa: S101 - the caller has just kept it
    return word


def _is_told_apart(
    row: AgreeingRecords, word: NotSamePerson | None, at: datetime | None, asked_by: Collection[int]
) -> bool:
    """Whether a manager who gains nothing by it had said by then that they are two, knowing all that they agree in."""
    if word is None or word.agreed_at is None or word.agreed_by in asked_by:
        return False
    in_full = row.in_full_at
    if in_full is not None and word.agreed_at < in_full and (at is None or in_full <= at):
        return False
    return at is None or word.agreed_at <= at


def _is_answered_by_legal(session: Session, pair: Pair, at: datetime | None) -> bool:
    """Whether Legal had said by then that they are not the same person after all, of two of which one was sealed meanwhile."""
    ended = kept(session, ("_is_answered_by_legal",), lambda: [tuple(row) for row in session.execute(_ended())])
    return any((low, high) == pair and (at is None or when <= at) for low, high, when in ended)


@cache
def _ended() -> Select[int, int, datetime | None]:
    """The counterparts that Legal has ended: few in any council."""
    row = SealedCounterpart
    return select(row.person_id, row.other_id, row.ended_at).where(col(row.ended_at).is_not(None))


@cache
def _agreeing() -> Select[AgreeingRecords, NotSamePerson]:
    """The pairs, each with what was said of it. Built once: every decision asks it."""
    keys: BindParameter[int] = bindparam("keys", expanding=True)
    touching = or_(col(AgreeingRecords.person_id).in_(keys), col(AgreeingRecords.other_id).in_(keys))
    said = and_(
        col(NotSamePerson.person_id) == col(AgreeingRecords.person_id),
        col(NotSamePerson.other_id) == col(AgreeingRecords.other_id),
    )
    query = select(AgreeingRecords, NotSamePerson).outerjoin(NotSamePerson, said)
    return query.where(touching).order_by(col(AgreeingRecords.id))
