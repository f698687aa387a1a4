"""Rows of a statement by the hundred thousand, as the driver gives them: what is made around each otherwise costs as long as reading it."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from tracker.storage.columns import UtcInstant

_FOR_A_FEW = """
    SELECT set_config('random_page_cost', '1.1', TRUE), set_config('max_parallel_workers_per_gather', '0', TRUE),
           set_config('jit', 'off', TRUE)
"""

Row = Sequence[Any]


def expect_few(session: Session) -> None:
    """For the rest of the transaction: a few thousand people are found by the indexes, sooner than PostgreSQL has read a million rows,
    started helpers or compiled anything."""
    if _is_postgresql(session):
        session.execute(text(_FOR_A_FEW))


def rows(
    session: Session,
    statement: str,
    keys: Collection[int] | Collection[str] | None,
    *,
    column: str = "v.person_id",
    other: str = "",
    **values: int | datetime,
) -> Sequence[Row]:
    """The rows of a statement: all of them, or those whose `column` (in `{other}`: whose `other`) is one of these keys or references.

    They are one value, however many they are. `values` stand in the statement by their names, in braces.
    From PostgreSQL rows come as it has them, not written out as text.
    """
    if keys is not None and not keys:
        return ()
    driver: Any = session.connection().connection.driver_connection
    on_postgresql = _is_postgresql(session)
    given: dict[str, Any] = {name: _as_kept(session, value) for name, value in values.items()}
    places = {name: f"%({name})s" if on_postgresql else f":{name}" for name in values}
    near = beside = ""
    if keys is not None:
        kind, words = "text" if isinstance(next(iter(keys)), str) else "integer", json.dumps(sorted(keys))
        among = f"= ANY(CAST(%(keys)s AS {kind}[]))" if on_postgresql else "IN (SELECT value FROM json_each(:keys))"
        near, beside = f"AND {column} {among}", f"AND {other} {among}"
        given["keys"] = f"{{{words[1:-1]}}}" if on_postgresql else words
    narrowed = statement.format(near=near, other=beside, **places)
    cursor = driver.cursor(binary=True) if on_postgresql else driver.cursor()
    try:
        found: Sequence[Row] = cursor.execute(narrowed, *([given] if given else ())).fetchall()
    finally:
        cursor.close()
    return found


def instant(at: datetime | str) -> datetime:
    """SQLite gives an instant as text."""
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def _as_kept(session: Session, value: int | datetime) -> int | str | datetime | None:
    if isinstance(value, datetime):
        return UtcInstant().process_bind_param(value, session.get_bind().dialect)
    return value


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
