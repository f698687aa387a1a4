"""The council of a book before its first day: teams, staff, roles and rota, made through the services."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tests.simulator.book import QUIET, Book
from tests.simulator.words import request
from tracker.rulebook.services import ship_lawful_bases, ship_limits
from tracker.staff.passwords import Passwords
from tracker.staff.requests import NewRole, NewShift, NewStaffMember, NewTeam
from tracker.staff.selectors import load_actor
from tracker.staff.services import add_rota_shift, add_staff_member, add_team, confirm_role, grant_role
from tracker.staff.services.roles import waits_for_confirmation
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

FAST = Passwords(time_cost=1, memory_kib=8, refusal_takes=0)
"""Nobody signs in, so nothing needs to be hard to guess."""

THE_FIRST = ("admin", "sro")


def settle(database: Database, book: Book) -> tuple[dict[str, str], dict[str, int]]:
    """References of the teams and keys of the staff, by the book's keys."""
    now = book.begins - timedelta(days=60)
    with database.transaction() as session:
        ship_limits(session, now=now)
        ship_lawful_bases(session, now=now)
        return _Settling(session, book, now).settle()


class _Settling:
    def __init__(self, session: Session, book: Book, now: datetime) -> None:
        self.session, self.book, self.now = session, book, now
        self.staff: dict[str, int] = {}
        self.team_keys: dict[str, int] = {}
        self.teams: dict[str, str] = {}

    def settle(self) -> tuple[dict[str, str], dict[str, int]]:
        for key in THE_FIRST:
            self._member(key, None)
            self._role(key, self.book.staff[key].roles[0], None)
        admin = self._acting("admin")
        self._team("department", admin)
        for key in (*self.book.teams, QUIET):
            self._team(key, admin, parent_id=self.team_keys["department"])
        self._team("night", admin, on_duty=True)
        for key, worker in self.book.staff.items():
            if key not in THE_FIRST:
                self._member(key, admin)
                for role in worker.roles:
                    self._role(key, role, admin)
        for key, worker in self.book.staff.items():
            if worker.team == "night":
                until = self.book.ends + timedelta(days=1)
                shift = NewShift(self.staff[key], self.team_keys["night"], self.now, until)
                add_rota_shift(self.session, shift, by=admin, now=self.now)
        return self.teams, self.staff

    def _acting(self, key: str) -> Any:
        return load_actor(self.session, staff_id=self.staff[key], now=self.now)

    def _team(self, key: str, by: Any, **more: Any) -> None:
        team = add_team(self.session, NewTeam(key.capitalize(), **more), by=by, now=self.now)
        self.team_keys[key], self.teams[key] = saved_key(team), team.reference

    def _member(self, key: str, by: Any) -> None:
        worker = self.book.staff[key]
        new = NewStaffMember(f"{key.replace(':', '.')}@simulated.example", worker.name, "Works here")
        self.staff[key] = saved_key(add_staff_member(self.session, new, by=by, now=self.now, passwords=FAST).member)

    def _role(self, key: str, role: str, by: Any) -> None:
        team = self.team_keys.get(self.book.staff[key].team)
        new = request(NewRole, staff_id=self.staff[key], role=role, team_id=team)
        grant = grant_role(self.session, new, by=by, now=self.now)
        if waits_for_confirmation(grant):
            confirm_role(self.session, saved_key(grant), by=self._acting("sro"), now=self.now)
