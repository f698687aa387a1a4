"""When things happened: moments of the last weeks, counted back from today, and tales that go on side by side in time."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from tracker.clockwork.working_days import is_working_day
from tracker.policy.periods import LONDON, london_day

Tale = Iterator[datetime]
"""What happened to one person or family: each moment at which it goes on."""

LAST_OF_A_DAY = time(16)
LONGEST_AGO = timedelta(hours=8)
FIRST_DAY = 26
"""How many working days ago the council was set up."""


class Timetable:
    """Moments before `now`. Whatever the hour, every moment of an earlier day lies before every one of the last hours."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = london_day(now)

    @property
    def beginning(self) -> datetime:
        """When the council was set up."""
        return self.day(FIRST_DAY, "9:00")

    def day(self, ago: int, at: str) -> datetime:
        """The time `at` (before four in the afternoon, in London) of the working day that was `ago` working days before today."""
        hour, minute = at.split(":")
        moment = time(int(hour), int(minute))
        if ago < 1 or moment >= LAST_OF_A_DAY:
            raise ValueError("the moments of a day lie before four o'clock, and before today")
        return datetime.combine(self._working_day(ago), moment, tzinfo=LONDON).astimezone(self.now.tzinfo)

    def ago(self, *, hours: int = 0, minutes: int = 0) -> datetime:
        """So long ago, eight hours at most."""
        before = timedelta(hours=hours, minutes=minutes)
        if not timedelta(0) <= before <= LONGEST_AGO:
            raise ValueError("the last hours are eight at most")
        return self.now - before

    def born(self, age: int) -> date:
        """The day of birth of somebody who is `age` (years) today: another day of the year for each age."""
        birthday = self.today - timedelta(days=30 + age * 37 % 300)
        return birthday.replace(year=birthday.year - age, day=min(birthday.day, 28))

    def _working_day(self, ago: int) -> date:
        found = self.today
        for _ in range(ago):
            found -= timedelta(days=1)
            while not is_working_day(found):
                found -= timedelta(days=1)
        return found


def tell(tales: Iterable[Tale], *, go_to: Callable[[datetime], None]) -> None:
    """Lets every tale go on, always the one whose moment is next, after `go_to` that moment.

    Raises `ValueError` where a tale would go back in time.
    """
    waiting = [(next(tale), place, tale) for place, tale in enumerate(tales)]
    heapq.heapify(waiting)
    while waiting:
        moment, place, tale = waiting[0]
        go_to(moment)
        following = next(tale, None)
        if following is None:
            heapq.heappop(waiting)
        elif following < moment:
            raise ValueError(f"a tale goes back in time, from {moment} to {following}")
        else:
            heapq.heapreplace(waiting, (following, place, tale))
