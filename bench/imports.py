"""20,000 people with dates of birth from a file, then 20,000 others without, tried and carried out, beside as many plain inserts of a
name: on both databases.

Allowed: a minute for carrying each out, and that no piece keeps others from writing for a second. Who has no date of birth is compared
with everybody: with the 20,000 of the first file, and with those before them in their own.
"""

import random
import resource
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
from tracker.storage.references import again_if_taken
from tracker.storage.session import Database

PEOPLE = 20_000
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
FIRST = [
    *("Kit", "Asha", "Ben", "Rae", "Sam", "Lee", "Noor", "Zoya"),
    *("Mohammed", "Jane", "Olu", "Wren", "Ivy", "Tom", "Ada", "Max"),
]
PARTS = (
    ["Ash", "Bar", "Cor", "Dun", "El", "Far", "Gor", "Hal", "Ing", "Jor"],
    ["a", "bel", "cas", "den", "fi", "ger", "len", "mor", "ring", "ver"],
    ["ton", "by", "well", "ham", "shaw", "field", "wick", "stead", "more", "ley"],
)
"""A thousand surnames: of 20,000 people some forty have each, as in a county."""


def main() -> None:
    """Fills each database and prints the seconds."""
    for kind, database in databases():
        upgrade(database)
        settle(database)
        council = Council(database)
        by = council.actor(council.manager)
        floor = seconds(partial(plain_inserts, database))
        print(f"{kind}: as many plain inserts {floor:.2f} s", flush=True)
        for dated in (True, False):
            data = "\n".join(lines(random.Random(1 if dated else 2), dated=dated)).encode()  # noqa: S311 - the same each time
            print(f"{kind}, {PEOPLE:,} people {'with' if dated else 'without'} dates of birth: ", end="", flush=True)
            print(measured(database, data, by), flush=True)


def measured(database: Database, data: bytes, by: Actor) -> str:
    """Tries a file, carries it out and tries it again; the seconds in words."""
    began, before = time.monotonic(), used()
    with database.reading() as session:
        tried = try_file(session, Kind.PEOPLE, data, by=by, now=NOW, passwords=FAST)
    with database.transaction() as session:
        reference = keep_import(session, tried, by=by, now=NOW).reference
    dry, own_of_dry = time.monotonic() - began, used() - before
    before = used()
    pieces = list(carried_out(database, reference, by))
    own = used() - before
    with database.reading() as session:
        again = counted(try_file(session, Kind.PEOPLE, data, by=by, now=NOW, passwords=FAST).told)
    fates = counted(tried.told)
    if again["new"] or again["here"] != fates["new"]:
        raise RuntimeError(
            f"of {fates['new']} that were to be added {again['here']} were; sent again, {again['new']} would be"
        )
    return (
        f"{fates['new']:,} to add and {fates['alike']:,} left out, {len(data) / 1e6:.1f} MB; dry run {dry:.1f} s "
        f"({own_of_dry:.1f} s of it the program's own work), carried out {sum(pieces):.1f} s ({own:.1f} s) in {len(pieces)} pieces "
        f"(allowed 60), the longest piece {max(pieces):.2f} s (allowed 1)"
    )


def used() -> float:
    """Seconds that this program has kept a core busy, however many other programs there are."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def lines(chance: random.Random, *, dated: bool) -> Iterator[str]:
    """The header and the rows."""
    yield "case_system,case_reference,team,name,date_of_birth,relation"
    for number in range(PEOPLE):
        surnames = " ".join("".join(map(chance.choice, PARTS)) for _ in range(2))
        born = f"{date(1950, 1, 1) + timedelta(days=chance.randrange(27_000)):%d/%m/%Y}" if dated else ""
        case = f"{'EX' if dated else 'EY'}-{number}"
        yield f"Mosaic,{case},Family Help North,{chance.choice(FIRST)} {surnames},{born},service_user"


def carried_out(database: Database, reference: str, by: Actor) -> Iterator[float]:
    """How long each piece took."""
    began = time.monotonic()
    with database.transaction() as session:
        begin_import(session, reference, by=by, now=NOW, passwords=FAST)
    yield time.monotonic() - began
    left = 1
    while left:
        began = time.monotonic()
        left = again_if_taken(partial(next_piece, database, reference, by))
        yield time.monotonic() - began


def next_piece(database: Database, reference: str, by: Actor) -> int:
    """Carries one piece out; how many rows are left."""
    with database.transaction() as session:
        return go_on_with_import(session, reference, by=by, now=NOW, passwords=FAST)


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
