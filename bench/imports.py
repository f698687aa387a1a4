"""20,000 people from a file, tried and carried out, beside as many plain inserts of a name: on both databases.

Allowed: a minute for carrying it out, and that no piece keeps others from writing for a second.
"""

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

from bench.sweep import databases, seconds
from tests.fixtures.council import Council
from tests.fixtures.settling import FAST, settle
from tracker.imports.services import begin_import, counted, go_on_with_import, keep_import, try_file
from tracker.imports.vocabulary import Kind
from tracker.migrations import upgrade
from tracker.policy.entitlement import Actor
from tracker.storage.session import Database

PEOPLE = 20_000
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
FIRST = [
    *("Kit", "Asha", "Ben", "Rae", "Sam", "Lee", "Noor", "Zoya"),
    *("Mohammed", "Jane", "Olu", "Wren", "Ivy", "Tom", "Ada", "Max"),
]
BEFORE, AFTER = (
    ["Ash", "Bar", "Cor", "Dun", "El", "Far", "Gor", "Hal", "Ing", "Jor"],
    ["ton", "by", "well", "ham", "shaw", "field", "wick", "stead", "more", "ley"],
)


def main() -> None:
    """Fills each database and prints the seconds."""
    data = "\n".join(lines(random.Random(1))).encode()  # noqa: S311 - the same file each time
    for kind, database in databases():
        upgrade(database)
        settle(database)
        council = Council(database)
        by = council.actor(council.manager)
        floor = seconds(partial(plain_inserts, database))
        began = time.monotonic()
        with database.reading() as session:
            tried = try_file(session, Kind.PEOPLE, data, by=by, now=NOW, passwords=FAST)
        with database.transaction() as session:
            reference = keep_import(session, tried, by=by, now=NOW).reference
        dry = time.monotonic() - began
        before = time.process_time()
        pieces = list(carried_out(database, reference, by))
        own = time.process_time() - before
        with database.reading() as session:
            again = counted(try_file(session, Kind.PEOPLE, data, by=by, now=NOW, passwords=FAST).told)
        if again["new"]:
            raise RuntimeError(f"sent again, {again['new']} would be added twice")
        print(
            f"{kind}, {PEOPLE:,} people, {len(data) / 1e6:.1f} MB: dry run {dry:.1f} s, carried out {sum(pieces):.1f} s in "
            f"{len(pieces)} pieces (allowed 60), {own:.1f} s of it the program's own work, "
            f"the longest piece {max(pieces):.2f} s (allowed 1); as many plain inserts {floor:.2f} s",
            flush=True,
        )


def lines(chance: random.Random) -> Iterator[str]:
    """The header and the rows."""
    yield "case_system,case_reference,team,name,date_of_birth,relation"
    for number in range(PEOPLE):
        surnames = " ".join(chance.choice(BEFORE) + chance.choice(AFTER) for _ in range(2))
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(27_000))
        yield f"Mosaic,EX-{number},Family Help North,{chance.choice(FIRST)} {surnames},{born:%d/%m/%Y},service_user"


def carried_out(database: Database, reference: str, by: Actor) -> Iterator[float]:
    """How long each piece took."""
    began = time.monotonic()
    with database.transaction() as session:
        begin_import(session, reference, by=by, now=NOW, passwords=FAST)
    yield time.monotonic() - began
    left = 1
    while left:
        began = time.monotonic()
        with database.transaction() as session:
            left = go_on_with_import(session, reference, by=by, now=NOW, passwords=FAST)
        yield time.monotonic() - began


def plain_inserts(database: Database) -> None:
    """What any program would at least have to do."""
    mark = "%s" if database.engine.dialect.name == "postgresql" else "?"
    with database.transaction() as session:
        connection = session.connection()
        connection.exec_driver_sql("CREATE TABLE floor (name text)")
        for number in range(PEOPLE):
            connection.exec_driver_sql(f"INSERT INTO floor VALUES ({mark})", (f"Kit Example {number}",))  # noqa: S608
        connection.exec_driver_sql("DROP TABLE floor")


if __name__ == "__main__":
    main()
