"""Records that are said to be two people although they agree in all that tells people apart: one person's word is not enough.

Until a manager who did not say it has agreed, nobody knows whether they are one person. Then the stricter of the two holds: what was
looked at under either counts for both, and they are locked together. Nothing else of the one becomes the other's. A record that
Legal has sealed is in no doubt that anybody else is told of: what it is the same as is Legal's (counterparts.py). ADR 0177.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.people.models import NotSamePerson, SamePersonLink
from tracker.storage.kept import kept


def ends_in_doubt(session: Session, people: Collection[int], *, at: datetime | None = None) -> frozenset[int]:
    """Both ends of every pair in doubt with one of these people in it (keys), now or at the instant `at`."""
    wanted = frozenset(people)

    def _read() -> frozenset[int]:
        rows = list_in_doubt(session, wanted, at=at)
        return frozenset(end for row in rows for end in (row.person_id, row.other_id))

    return kept(session, ("ends_in_doubt", wanted, at), _read)


def list_in_doubt(session: Session, people: Iterable[int], *, at: datetime | None = None) -> list[NotSamePerson]:
    """What one person said of pairs with one of these people in them (keys), and no manager has agreed to yet, the first first."""
    rows = session.exec(_in_doubt(), params={"keys": sorted(set(people))}).all()
    if at is None:
        rows = [row for row in rows if row.agreed_at is None]
    else:
        rows = [row for row in rows if row.recorded_at <= at and (row.agreed_at is None or row.agreed_at > at)]
    return [row for row in rows if not _is_undone(session, row, at=at)] if rows else []


def list_told_apart(session: Session, person_id: int) -> dict[int, NotSamePerson]:
    """What was said of this record (its key) and others, that they are not the same person, by the key of the other."""
    touching = or_(col(NotSamePerson.person_id) == person_id, col(NotSamePerson.other_id) == person_id)
    rows = session.exec(select(NotSamePerson).where(touching).order_by(col(NotSamePerson.id)))
    return {row.other_id if row.person_id == person_id else row.person_id: row for row in rows}


def is_in_doubt(session: Session, row: NotSamePerson) -> bool:
    """Whether what was said still waits for a manager."""
    return row.in_doubt and row.agreed_at is None and not _is_undone(session, row, at=None)


def _is_undone(session: Session, row: NotSamePerson, *, at: datetime | None) -> bool:
    """Whether the two were linked once and a manager has undone that: so a manager said it too."""
    pair = (SamePersonLink.person_id == row.person_id, SamePersonLink.other_id == row.other_id)
    undone = col(SamePersonLink.undone_at)
    query = select(SamePersonLink.id).where(*pair, undone.is_not(None))
    if at is not None:
        query = query.where(undone <= at)
    return session.exec(query).first() is not None


@cache
def _in_doubt() -> SelectOfScalar[NotSamePerson]:
    """Built once: every decision asks it."""
    keys: BindParameter[int] = bindparam("keys", expanding=True)
    touching = or_(col(NotSamePerson.person_id).in_(keys), col(NotSamePerson.other_id).in_(keys))
    return select(NotSamePerson).where(touching, col(NotSamePerson.in_doubt).is_(True)).order_by(col(NotSamePerson.id))
