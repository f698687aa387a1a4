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
from sqlmodel.sql.expression import SelectOfScalar

from tracker.people.models import AgreeingRecords, NotSamePerson, SamePersonLink, SealedCounterpart
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


def ends_in_doubt(session: Session, people: Collection[int], *, at: datetime | None = None) -> frozenset[int]:
    """Both ends of every pair in doubt with one of these people in it (keys), now or at the instant `at`."""
    wanted = frozenset(people)

    def _read() -> frozenset[int]:
        return frozenset(end for doubt in list_in_doubt(session, wanted, at=at) for end in doubt.pair)

    return kept(session, ("ends_in_doubt", wanted, at), _read)


def list_in_doubt(session: Session, people: Iterable[int], *, at: datetime | None = None) -> list[Doubt]:
    """Pairs with one of these people in them (keys) that agreed by then and that no manager had told apart, the first first."""
    agreeing = session.exec(_agreeing(), params={"keys": sorted(set(people))}).all()
    rows = [row for row in agreeing if at is None or row.recorded_at <= at]
    if not rows:
        return []
    words = _words_on(session, rows)
    doubts = [Doubt(pair := (row.person_id, row.other_id), row.recorded_at, words.get(pair)) for row in rows]
    return [one for one in doubts if not _is_told_apart(one.word, at) and not _is_undone(session, one.pair, at=at)]


def list_agreeing(session: Session, people: Iterable[int]) -> frozenset[Pair]:
    """Every pair with one of these people in it (keys) of which it is kept that they agree."""
    rows = session.exec(_agreeing(), params={"keys": sorted(set(people))})
    return frozenset((row.person_id, row.other_id) for row in rows)


def find_doubt(session: Session, one: int, other: int) -> Doubt | None:
    """The doubt about two records (keys), where there is one now."""
    wanted = pair_of(one, other)
    return next((doubt for doubt in list_in_doubt(session, wanted) if doubt.pair == wanted), None)


def find_word(session: Session, one: int, other: int) -> NotSamePerson | None:
    """What was said of two records (keys), that they are not the same person; whether or not that is enough."""
    low, high = pair_of(one, other)
    same = select(NotSamePerson).where(NotSamePerson.person_id == low, NotSamePerson.other_id == high)
    return session.exec(same).first()


def _is_told_apart(word: NotSamePerson | None, at: datetime | None) -> bool:
    """Whether a manager had said by then that they are two."""
    return word is not None and word.agreed_at is not None and (at is None or word.agreed_at <= at)


def _is_undone(session: Session, pair: Pair, *, at: datetime | None) -> bool:
    """Whether the two were linked once and that was undone, by somebody who said that they are two. A link that went because one
    of them was sealed is no such word: it became a counterpart."""
    ends = (SamePersonLink.person_id == pair[0], SamePersonLink.other_id == pair[1])
    undone = col(SamePersonLink.undone_at)
    by_sealing = select(SealedCounterpart.id).where(
        SealedCounterpart.person_id == pair[0],
        SealedCounterpart.other_id == pair[1],
        col(SealedCounterpart.recorded_at) <= undone,
    )
    query = select(SamePersonLink.id).where(*ends, undone.is_not(None), ~by_sealing.exists())
    if at is not None:
        query = query.where(undone <= at)
    return session.exec(query).first() is not None


def _words_on(session: Session, rows: Iterable[AgreeingRecords]) -> dict[Pair, NotSamePerson]:
    pairs = [(row.person_id, row.other_id) for row in rows]
    said = or_(*(and_(col(NotSamePerson.person_id) == low, col(NotSamePerson.other_id) == high) for low, high in pairs))
    return {(row.person_id, row.other_id): row for row in session.exec(select(NotSamePerson).where(said))}


@cache
def _agreeing() -> SelectOfScalar[AgreeingRecords]:
    """Built once: every decision asks it."""
    keys: BindParameter[int] = bindparam("keys", expanding=True)
    touching = or_(col(AgreeingRecords.person_id).in_(keys), col(AgreeingRecords.other_id).in_(keys))
    return select(AgreeingRecords).where(touching).order_by(col(AgreeingRecords.id))
