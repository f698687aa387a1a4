"""Profiles as addresses are read since: two spellings that were two are one, and an address that names nobody is nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from tracker.people.problems import ProblemError
from tracker.people.profiles import LONGEST_HANDLE, NamesNobodyError, normalise
from tracker.policy.vocabulary import Platform
from tracker.storage.columns import UtcInstant

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

AT_ONCE = 10_000
PROFILE = sa.table(
    "profile",
    sa.column("id", sa.Integer),
    sa.column("reference", sa.String),
    sa.column("person_id", sa.Integer),
    sa.column("platform", sa.String),
    sa.column("handle", sa.String),
    sa.column("address", sa.String),
    sa.column("struck_at", UtcInstant),
)
PERSON = sa.table("person", sa.column("id", sa.Integer), sa.column("compared_at", UtcInstant))


@dataclass(frozen=True, slots=True)
class Change:
    """A profile (its key) and whose it is, and how it is written from now."""

    key: int
    person: int
    handle: str
    address: str


def upgrade() -> None:
    """Reads every profile on record again.

    Of two that are one now and stand on one record, the one recorded first goes on standing and the other is struck; it is kept, because
    checks name it. On two records both stand: whether these are one person is for people to say, so these records are compared again.
    """
    connection = op.get_bind()
    rows = connection.execute(sa.select(PROFILE).order_by(PROFILE.c.id)).all()
    changes = {change.key: change for row in rows if (change := _change(row)) is not None}
    if not changes:
        return
    standing: set[tuple[int, str, str]] = set()
    twice: list[int] = []
    for row in rows:
        if row.struck_at is not None:
            continue
        one = (row.person_id, row.platform, changes[row.id].handle if row.id in changes else row.handle)
        if one in standing:
            twice.append(row.id)
        standing.add(one)
    one_row = PROFILE.c.id == sa.bindparam("one")
    _each(sa.update(PROFILE).where(one_row).values(struck_at=datetime.now(UTC)), [{"one": key} for key in twice])
    # First a handle that no other row has: a row may get one that another row, which is changed later, still has.
    _each(sa.update(PROFILE).where(one_row).values(handle=PROFILE.c.reference), [{"one": key} for key in changes])
    _each(
        sa.update(PROFILE).where(one_row).values(handle=sa.bindparam("to_handle"), address=sa.bindparam("to_address")),
        [{"one": one.key, "to_handle": one.handle, "to_address": one.address} for one in changes.values()],
    )
    _each(
        sa.update(PERSON).where(PERSON.c.id == sa.bindparam("one")).values(compared_at=None),
        [{"one": person} for person in sorted({one.person for one in changes.values()})],
    )


def _change(row: "sa.Row[tuple[int, str, int, str, str, str, datetime | None]]") -> Change | None:
    """None where the profile is read as before, or cannot be read. One that names nobody keeps its address, and gets a handle that is no
    other's: people whose pages were recorded by such addresses are not held together."""
    try:
        handle, address = normalise(Platform(row.platform), row.address)
    except NamesNobodyError:
        own = f"/{row.reference}"
        handle = row.handle.removesuffix(own)[: LONGEST_HANDLE - len(own)] + own
        address = row.address
    except ProblemError:
        return None
    if (handle, address) == (row.handle, row.address):
        return None
    return Change(row.id, row.person_id, handle, address)


def _each(change: sa.Update, rows: list[dict[str, int | str]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        op.get_bind().execute(change, rows[start : start + AT_ONCE])
