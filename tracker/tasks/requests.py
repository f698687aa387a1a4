"""What is asked of the room of tasks, frozen."""

from dataclasses import dataclass
from datetime import datetime

from tracker.tasks.vocabulary import WaitsFor


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom something waits for: `staff_id` with `MEMBER`, `team_id` with `MANAGERS`, neither otherwise."""

    waits_for: WaitsFor
    staff_id: int | None = None
    team_id: int | None = None


def member(staff_id: int) -> Addressee:
    """One member of staff, by key."""
    return Addressee(WaitsFor.MEMBER, staff_id=staff_id)


def managers(team_id: int) -> Addressee:
    """The managers of one team, by its key."""
    return Addressee(WaitsFor.MANAGERS, team_id=team_id)


LEGAL, OFFICER, SRO = Addressee(WaitsFor.LEGAL), Addressee(WaitsFor.OFFICER), Addressee(WaitsFor.SRO)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that there should be now. `key` says what makes it one; `first` is whom it waits for, where they can.

    `what`: words with references and dates, no names. `team_id`: whose managers stand above a member. `about_id`: whose own
    doing it is about; it never waits for them. `goes_up_at`: the instants at which it is taken one level up.
    """

    key: str
    record: str
    what: str
    first: Addressee
    due_at: datetime | None
    team_id: int | None = None
    person_id: int | None = None
    about_id: int | None = None
    goes_up_at: tuple[datetime, ...] = ()

    def level_at(self, now: datetime) -> int:
        """How many levels up it should be at `now`, where there are so many."""
        return sum(instant <= now for instant in self.goes_up_at)
