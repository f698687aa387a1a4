"""What every tale stands on: one session, the moment that it has reached, and the staff with the roles that they hold then."""

from datetime import datetime, timedelta
from secrets import token_hex

from sqlmodel import Session

from tracker.demo.people import DOMAIN, STAFF, TEAMS
from tracker.demo.timetable import Timetable
from tracker.people.models import Person
from tracker.people.selectors import get_person
from tracker.policy.entitlement import Actor
from tracker.staff.selectors import find_staff_by_email, find_team, load_actor
from tracker.storage.tables import NoSuchRecordError, saved_key


class Stage:
    """The council at one moment, `now`. People and checks are references; staff are named by their sign-in ("worker2")."""

    def __init__(self, session: Session, timetable: Timetable) -> None:
        self.session = session
        self.timetable = timetable
        self.now = timetable.beginning

    def go_to(self, moment: datetime) -> None:
        """Moves on to `moment`."""
        self.now = moment

    def day(self, ago: int, at: str) -> datetime:
        """`Timetable.day`."""
        return self.timetable.day(ago, at)

    def ago(self, *, hours: int = 0, minutes: int = 0) -> datetime:
        """`Timetable.ago`."""
        return self.timetable.ago(hours=hours, minutes=minutes)

    def before(self, minutes: int) -> datetime:
        """So many minutes before this moment."""
        return self.now - timedelta(minutes=minutes)

    def staff(self, sign_in: str) -> Actor:
        """A member of staff as who acts now."""
        member = find_staff_by_email(self.session, f"{sign_in}@{DOMAIN}")
        if member is None:
            raise NoSuchRecordError(sign_in)
        return load_actor(self.session, staff_id=saved_key(member), now=self.now)

    def team(self, name: str) -> str:
        """The reference of one of `TEAMS`."""
        team = find_team(self.session, TEAMS[name])
        if team is None:
            raise NoSuchRecordError(name)
        return team.reference

    def team_of(self, sign_in: str) -> str:
        """The reference of the team that a worker or manager works in, on duty or not."""
        teams = {one.sign_in: one.team for one in STAFF}
        return self.team(teams[sign_in] or "")

    def record(self, person: str) -> Person:
        """The record of a person."""
        return get_person(self.session, person)

    def submission(self) -> str:
        """A one-time id, as a form would carry."""
        return token_hex(16)
