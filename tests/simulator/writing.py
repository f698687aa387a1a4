"""Writing a whole book: the council, its ordinary work, what is planted in it and what only looks like it."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.simulator.book import Book
from tests.simulator.ground import Ground, Planting
from tests.simulator.lives import add_assessments
from tests.simulator.near_misses import NEAR_MISSES
from tests.simulator.pen import Pen
from tests.simulator.plants_of_people import OF_PEOPLE
from tests.simulator.plants_of_work import OF_WORK
from tests.simulator.town import add_families, add_leavers, add_staff

PLANTS = {**OF_PEOPLE, **OF_WORK}
BEGINS = datetime(2025, 9, 1, 7, tzinfo=UTC)
"""A Monday; a year from it has Christmas, Easter, and both changes of the clock."""

ROOM = 90
"""How many days what is planted may take, at the most: the longest window and what comes after it."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is in a book. `plants`: of each kind."""

    days: int
    workers: int
    teams: int
    people: int
    assessments: int
    plants: int


YEAR = Size(days=365, workers=40, teams=8, people=2000, assessments=450, plants=3)
QUARTER = Size(days=115, workers=12, teams=4, people=24, assessments=12, plants=1)
"""Short enough for the test suite: every kind of plant and every near miss, few ordinary lives."""


def new_seed() -> int:
    """Another one each time."""
    return secrets.randbelow(10**9)


def write_town(seed: int, size: Size, begins: datetime) -> Book:
    """Who works and lives there, drawn from the seed, up to the day on which the book begins."""
    book = Book(seed, begins, size.days)
    pen = Pen(book)
    add_staff(book, workers=size.workers, teams=size.teams)
    add_families(pen, people=size.people)
    return book


def write_book(seed: int, size: Size, begins: datetime, *, town: int | None = None) -> Book:
    """All that will have happened, drawn from the seed: in a town of its own, or in that of another seed."""
    book = write_town(seed if town is None else town, size, begins)
    book.go_on(seed)
    pen = Pen(book, after=len(book.entries))
    add_leavers(pen)
    add_assessments(pen, size.assessments)
    for kind in PLANTS.values():
        for plant in chosen(pen, kind, size.plants):
            plant(_ground(pen, size))
    for near_miss in NEAR_MISSES:
        near_miss(_ground(pen, size))
    return book


def chosen(pen: Pen, disguises: tuple[Planting, ...], number: int) -> list[Planting]:
    """So many of the disguises, another choice each time: every one before any is used twice."""
    found: list[Planting] = []
    while len(found) < number:
        found += pen.rng.sample(disguises, len(disguises))
    return found[:number]


def _ground(pen: Pen, size: Size) -> Ground:
    return Ground(pen, pen.rng.randrange(1, max(2, size.days - ROOM - 12)), pen.rng.uniform(9, 15))
