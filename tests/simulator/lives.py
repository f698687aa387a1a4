"""Ordinary work: assessments of families, with the looks that belong to them. Nobody here means to watch anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tests.simulator.book import Assessment, Worker, at_hour, days, minutes
from tests.simulator.pen import Pen

PLATFORMS = ("facebook", "facebook", "facebook", "instagram", "tiktok", "x")


@dataclass
class Work:
    """One assessment as it is written."""

    pen: Pen
    worker: Worker
    family: tuple[str, ...]
    at: datetime

    @property
    def adult(self) -> str:
        """A relative of the child who is grown up."""
        return self.pen.rng.choice([one for one in self.family[1:] if self.pen.names[one][1] < "2005"])

    @property
    def platforms(self) -> tuple[str, ...]:
        """Where they look."""
        return (self.pen.rng.choice(PLATFORMS),)


def once(work: Work) -> list[str]:
    """One look at the open page of a parent."""
    return [
        work.pen.look(work.worker, work.adult, work.at, why="Does the account given hold?", platforms=work.platforms)
    ]


def both_parents(work: Work) -> list[str]:
    """One look at each of two relatives, a few days apart."""
    two = [one for one in work.family[1:] if work.pen.names[one][1] < "2005"][:2]
    return [
        work.pen.look(work.worker, one, work.at + days(place * 5), why="Who lives there?", platforms=work.platforms)
        for place, one in enumerate(two)
    ]


def child_first(work: Work) -> list[str]:
    """One look at the child's own page, with a manager's approval."""
    return [work.pen.look(work.worker, work.family[0], work.at, why="Is the child safe online?", approved=True)]


def by_agreement(work: Work) -> list[str]:
    """A parent agrees, and is looked at as often as was agreed."""
    parent = work.adult
    work.pen.consent(work.worker, parent, work.at)
    times = work.pen.rng.randrange(1, 4)
    return [
        work.pen.look(work.worker, parent, work.at + days(1 + 9 * turn), why="As agreed.", platforms=work.platforms)
        for turn in range(times)
    ]


def after_notice(work: Work) -> list[str]:
    """A parent is told, and looked at with a manager's approval."""
    parent = work.adult
    work.pen.notice(work.worker, parent, work.at)
    return [work.pen.look(work.worker, parent, work.at + days(3), why="As they were told.", approved=True)]


def on_advice(work: Work) -> list[str]:
    """A look; Legal advises that one more is not directed surveillance; a manager approves that one."""
    parent = work.adult
    first = work.pen.look(work.worker, parent, work.at, why="Does the account given hold?")
    work.pen.advice(parent, work.at + days(4), "not_directed_surveillance")
    return [first, work.pen.look(work.worker, parent, work.at + days(5), why="As Legal advised.", approved=True)]


def only_a_search(work: Work) -> list[str]:
    """Is there a profile at all?"""
    return [work.pen.search(work.worker, work.adult, work.at, why="The family lost touch with them.")]


def not_needed(work: Work) -> list[str]:
    """A look that was not needed after all."""
    return [work.pen.not_used(work.worker, work.adult, work.at, why="The visit answered it.")]


def would_go_back(work: Work) -> list[str]:
    """A look, and a second that is asked for and blocked."""
    parent = work.adult
    first = work.pen.look(work.worker, parent, work.at, why="Does the account given hold?")
    return [first, work.pen.look(work.worker, parent, work.at + days(12), why="Has anything changed?")]


def said_the_same_day(work: Work) -> list[str]:
    """A look from a colleague's desk, recorded within the day."""
    opened = work.at - minutes(60 * work.pen.rng.randrange(1, 20))
    return [work.pen.late(work.worker, work.adult, opened, work.at, why="The system was down.")]


def friends_seen(work: Work) -> list[str]:
    """A look in which somebody else of the family was seen too."""
    parent = work.adult
    other = next(one for one in work.family if one != parent)
    seen = (("a relative", other), ("a friend", None))
    return [work.pen.look(work.worker, parent, work.at, why="Who lives there?", also_seen=seen)]


def danger_at_night(work: Work) -> list[str]:
    """Danger, at night, by who is on duty; reviewed on the next working day."""
    night = work.pen.book.staff["night1"]
    at = at_hour(work.at.date(), 22.5 + work.pen.rng.random())
    return [work.pen.danger(night, work.family[0], at, why="The child said goodbye online.")]


COURSES: tuple[tuple[Callable[[Work], list[str]], int], ...] = (
    (once, 30),
    (by_agreement, 18),
    (both_parents, 8),
    (child_first, 8),
    (after_notice, 6),
    (on_advice, 4),
    (only_a_search, 9),
    (not_needed, 4),
    (would_go_back, 4),
    (said_the_same_day, 3),
    (friends_seen, 4),
    (danger_at_night, 2),
)
"""How assessments go, and how often of 100."""


def add_assessments(pen: Pen, number: int) -> None:
    """So many assessments over the time of the book: each of a family by one worker. Some families come back."""
    book, rng = pen.book, pen.rng
    courses, weights = zip(*COURSES, strict=True)
    for _ in range(number):
        at = book.at_work(rng.randrange(2, book.days - 40), rng.uniform(9, 15))
        worker = rng.choice(book.workers_of(rng.choice(book.teams), at, at + days(35)))
        work = Work(pen, worker, rng.choice(book.families), at)
        checks = rng.choices(courses, weights)[0](work)
        book.assessments.append(Assessment(worker.key, frozenset(work.family), frozenset(checks)))
