"""A quarter in a simulated council: every kind of pattern planted and every near miss, from a new seed each time.

`python -m bench.detection` plays whole years; what it came to is in docs/detection-measured.md.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.detection.by_hand import HANDED_IN, sweep_everything
from tests.simulator.comparing import Finding, compare, read_findings
from tests.simulator.playing import Player
from tests.simulator.running import Town, opened_copy, scratch
from tests.simulator.writing import BEGINS, QUARTER, new_seed, write_book
from tracker.storage.session import Database


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with scratch() as folder:
        yield folder


@pytest.fixture(scope="module")
def played(folder: Path) -> Iterator[tuple[Database, Player]]:
    """A quarter, played once; the seed is that of both the town and the book."""
    seed = new_seed()
    town = Town(folder, seed, QUARTER, HANDED_IN)
    book = write_book(seed, QUARTER, BEGINS, town=seed)
    with opened_copy(town.file, folder) as database:
        player = Player(database, book, HANDED_IN, town=town.known)
        player.play(sweep_every=30)
        yield database, player


def test_every_plant_is_found_by_its_looks_and_nothing_innocent_is(played: tuple[Database, Player]) -> None:
    database, player = played
    print(f"seed {player.book.seed}")  # noqa: T201 - the seed of a run that failed is wanted
    compared = compare(database, player)
    assert compared.plants == 10
    assert not compared.faults, (player.book.seed, compared.faults)


def test_a_full_sweep_from_nothing_gives_what_was_found_at_once_and_bit_by_bit(
    played: tuple[Database, Player],
) -> None:
    database, player = played
    before = whole(read_findings(database, player).values())
    sweep_everything(database, player.book.ends)
    assert whole(read_findings(database, player).values()) == before, player.book.seed
    forget_findings(database)
    missed = compare(database, player).missed
    assert len(missed) == 8, missed  # the control: what is not found is noticed
    sweep_everything(database, player.book.ends)
    assert whole(read_findings(database, player).values()) == before, player.book.seed


def whole(found: Iterable[Finding]) -> set[tuple[str, frozenset[str]]]:
    """What was found, without what was found on the way to it: a finding whose looks are all in a later one of its pattern."""
    every = {(one.pattern, frozenset(one.checks)) for one in found}
    return {one for one in every if not any(one[0] == other[0] and one[1] < other[1] for other in every)}


def forget_findings(database: Database) -> None:
    """As if nothing had ever been looked for. The holds stay: what was looked at does not change with them."""
    with database.transaction() as session:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in ("reviewed_view", "pattern_finding_view", "pattern_finding_person", "pattern_finding"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - of our own table names
