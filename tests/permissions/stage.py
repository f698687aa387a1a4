"""What a call of a service is given: a session that is rolled back, who acts, and the records named in the table."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from tests.fixtures.casework import Casework
from tests.fixtures.rehearsal import NOW
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.models import Person
from tracker.people.selectors import get_person
from tracker.policy.entitlement import Actor
from tracker.staff.models import StaffMember, Team
from tracker.storage.tables import saved_key


@dataclass(frozen=True)
class Stage:
    """`given` are the names in the line of the table; `staff` everybody by name."""

    session: Session
    by: Actor
    casework: Casework
    records: Mapping[str, str]
    staff: Mapping[str, StaffMember]
    given: tuple[str, ...]

    def reference(self, place: int = 0) -> str:
        """The reference of the record that stands at this place of the line."""
        return self.records[self.given[place]]

    def person(self, place: int = 0) -> Person:
        """That person."""
        return get_person(self.session, self.reference(place))

    def check(self) -> Check:
        """The check that the line names."""
        return get_check(self.session, self.reference())

    def team(self, place: int = 0) -> Team:
        """The team named at this place."""
        team: Team = getattr(self.casework.council, self.given[place])
        return team

    def member(self, place: int = 0) -> int:
        """The key of the member of staff named at this place."""
        return saved_key(self.staff[self.given[place]])

    def another(self, who: str) -> Actor:
        """Somebody else, who does what has to be there first."""
        return self.casework.council.actor(self.staff[who], at=NOW)
