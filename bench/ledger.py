"""A ledger of a million viewings to measure detection on: 300,000 people in families of three, 400 workers in 40 teams.

Rows are inserted as they are: this measures reading, and nothing here is ever served. Looks lie so that no pattern is in them,
save for those that `plant` adds: three late entries in one family, a day apart.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from tracker.storage.session import Database

Raw = Any
"""A connection of the driver itself, sqlite3's or psycopg's."""


PEOPLE, VIEWINGS, WORKERS, TEAMS = 300_000, 1_000_000, 400, 40
FIRST_DAY = datetime(2023, 1, 2, 9, tzinfo=UTC)
DAYS = 1_000
FOOTINGS = ("open_source", "consent", "presence_search", "notice")
"""What the first, second, third and fourth look at a person stood on."""


def fill(connection: Raw, *, viewings: int = VIEWINGS, people: int = PEOPLE) -> None:
    """Puts the whole council into an empty, migrated database."""
    start = stamp(FIRST_DAY)
    insert(connection, "team", (team(i, start) for i in range(1, TEAMS + 1)))
    insert(connection, "staff_member", (worker(i, start) for i in range(1, WORKERS + 1)))
    insert(connection, "lawful_basis", [basis(start)])
    insert(connection, "person", (person(i, start) for i in range(1, people + 1)))
    insert(connection, "family_link", (family_link(i, start) for i in range(1, people + 1) if i % 3))
    add_looks(connection, ((i, *place(i, people)) for i in range(1, viewings + 1)))


def place(i: int, people: int) -> tuple[int, str, datetime]:
    """Whom the look of that number is at, on what, and when: looks at one family are at least 28 days apart."""
    one, turn = (i - 1) % people + 1, (i - 1) // people
    day = ((one - 1) // 3 * 7 + one % 3 * 331 + turn * 83) % DAYS
    return one, FOOTINGS[turn % len(FOOTINGS)], FIRST_DAY + timedelta(days=day, minutes=one % 400)


def plant(connection: Raw, families: Iterable[int], *, after: int) -> int:
    """Three late entries in each of these families (by number), a day apart, numbered after `after`; gives the last number."""
    rows, number = [], after
    for family in families:
        for member in range(3):
            number += 1
            rows.append((number, family * 3 + member + 1, "late_entry", FIRST_DAY + timedelta(days=DAYS + member)))
    add_looks(connection, rows)
    return number


def add_looks(connection: Raw, looks: Iterable[tuple[int, int, str, datetime]]) -> None:
    """Looks as number, person, footing and instant, each with its check and its place in the ledger."""
    chunk = []
    for look in looks:
        chunk.append(look)
        if len(chunk) == 50_000:
            _add(connection, chunk)
            chunk = []
    _add(connection, chunk)


def _add(connection: Raw, looks: Sequence[tuple[int, int, str, datetime]]) -> None:
    insert(connection, "check_request", (check(*one) for one in looks))
    insert(connection, "check_subject", ({"check_id": i, "person_id": one} for i, one, _, _ in looks))
    insert(connection, "look", (look(*one) for one in looks))
    insert(connection, "viewing", (viewing(*one) for one in looks))


def check(i: int, one: int, on: str, at: datetime) -> dict[str, Any]:
    """A check as danger asks for it, which needs the fewest words."""
    return {
        "id": i,
        "reference": f"CHK-{i:09d}",
        "kind": "late_entry" if on == "late_entry" else "planned",
        "person_id": one,
        "team_id": i % TEAMS + 1,
        "requester_id": i % WORKERS + 1,
        "viewer_id": i % WORKERS + 1,
        "relation": "service_user",
        "may_lack_capacity": False,
        "purpose": "assessment",
        "purpose_words": "-",
        "why_now": "-",
        "why_not_by_agreement": "urgent",
        "less_intrusive": "-",
        "aim": "find_presence" if on == "presence_search" else "view",
        "method": "view_only",
        "account": "logged_out",
        "visibility": "open",
        "platforms": '["facebook"]',
        "code_factors": "[]",
        "immediate_risk": False,
        "new_event": False,
        "confidential_material_likely": False,
        "illegal_content_suspected": False,
        "lawful_basis_id": 1,
        "at": stamp(at),
        "recorded_at": stamp(at),
        "version": 1,
    }


def look(i: int, one: int, on: str, at: datetime) -> dict[str, Any]:
    """A look that was reported at its end."""
    late, ended = on == "late_entry", stamp(at + timedelta(minutes=20))
    return {
        "id": i,
        "reference": f"LOK-{i:09d}",
        "check_id": i,
        "viewer_id": i % WORKERS + 1,
        "team_id": i % TEAMS + 1,
        "platforms": '["facebook"]',
        "searched_first": False,
        "issued_at": None if late else stamp(at),
        "ends_at": None if late else stamp(at + timedelta(hours=8)),
        "opened_at": stamp(at),
        "closed_at": ended,
        "result": "looked",
        "reported_at": ended,
        "recorded_at": ended if late else stamp(at),
        "version": 1,
    }


def viewing(i: int, one: int, on: str, at: datetime) -> dict[str, Any]:
    """The place of a look in the ledger."""
    when = {"at": stamp(at), "recorded_at": stamp(at)}
    return {"id": i, "look_id": i, "person_id": one, "footing": on, "because_wrong_person": False} | when


def person(i: int, start: str) -> dict[str, Any]:
    flags = {"unborn": False, "restricted": False, "sealed": False}
    return (
        {"id": i, "reference": f"PER-{i:09d}", "name": f"Person {i}", "recorded_at": start, "recorded_by": 1}
        | flags
        | {"version": 1}
    )


def family_link(i: int, start: str) -> dict[str, Any]:
    """Each person but the last of a family is linked to the next."""
    ends = {"person_id": i, "other_id": i + 1, "kind": "sibling"}
    return {"id": i, "reference": f"FAM-{i:09d}", "recorded_at": start, "recorded_by": 1} | ends


def team(i: int, start: str) -> dict[str, Any]:
    return {
        "id": i,
        "reference": f"TEA-{i:09d}",
        "name": f"Team {i}",
        "recorded_at": start,
        "on_duty": False,
        "version": 1,
    }


def worker(i: int, start: str) -> dict[str, Any]:
    names = {"name": f"Worker {i}", "email": f"w{i}@example.org", "job_title": "-", "password_hash": "-"}
    return {
        "id": i,
        "reference": f"STF-{i:09d}",
        "recorded_at": start,
        "must_change_password": False,
        "version": 1,
    } | names


def basis(start: str) -> dict[str, Any]:
    words = {"article_6": "-", "article_9": "-", "statutory_function": "-"}
    return {"id": 1, "purpose": "assessment", "shipped": True, "recorded_at": start} | words


def stamp(at: datetime) -> str:
    """An instant as both databases read it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def insert(connection: Raw, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Inserts rows as fast as the database can take them; all rows name the same columns."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    columns, values = list(first), _tuples(first, rows)
    if not isinstance(connection, sqlite3.Connection):
        names = ", ".join(f'"{column}"' for column in columns)
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in values:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    connection.executemany(f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({marks})', values)  # noqa: S608


def _tuples(first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    yield tuple(first.values())
    for row in rest:
        yield tuple(row.values())


@contextmanager
def quick(database: Database) -> Iterator[Raw]:
    """A connection of the driver's own that waits for no disk and checks no foreign key: for filling, and nothing else."""
    lent = database.engine.raw_connection()
    raw: Raw = lent.driver_connection
    lent.detach()  # closed at the end, not given back with its settings
    if isinstance(raw, sqlite3.Connection):
        for pragma in ("query_only = OFF", "foreign_keys = OFF", "synchronous = OFF", "cache_size = -800000"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN")
    else:
        raw.execute("SET session_replication_role = replica")
    yield raw
    raw.commit()
    raw.execute("ANALYZE")
    raw.commit()
    raw.close()
