"""Where something is planted: a family of its own, moments, and workers of different teams who are there for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tests.simulator.book import Plant, Worker
from tests.simulator.pen import Pen


@dataclass
class Ground:
    """`first` is a day of the book from which there is room for what is planted."""

    pen: Pen
    first: int
    hour: float

    @property
    def at(self) -> datetime:
        """The first moment."""
        return self.on(0)

    def on(self, day: int, hour: float | None = None) -> datetime:
        """So many days after the first, or the next working day; at the hour of this ground, or another."""
        return self.pen.book.at_work(self.first + day, self.hour if hour is None else hour)

    def workers(self, number: int) -> list[Worker]:
        """Workers of as many different teams, who do not leave within the next hundred days."""
        book = self.pen.book
        teams = self.pen.rng.sample(book.teams, number)
        return [self.one_of(team) for team in teams]

    def one_of(self, team: str) -> Worker:
        """A worker of a team who stays."""
        return self.pen.rng.choice(self.who_stay(team))

    def who_stay(self, team: str) -> list[Worker]:
        """The workers of a team who never leave."""
        return [one for one in self.pen.book.workers_of(team, self.at) if one.left_at is None]

    def somebody(self, by: Worker, *, profile: str = "") -> str:
        """An adult with no family on record."""
        return self.pen.person(by, self.on(0, 7), profile=profile)

    def family(self, by: Worker, *kinds: str) -> tuple[str, ...]:
        """A child and relatives."""
        return self.pen.family(by, self.on(0, 7), *kinds)

    def planted(self, pattern: str, disguise: str, effect: str, checks: list[str], *people: str) -> None:
        """Writes down what was planted."""
        self.pen.book.plants.append(Plant(pattern, disguise, effect, frozenset(checks), frozenset(people)))


Planting = Callable[[Ground], None]
