"""Filling an empty council: everybody is appointed, and then every tale is told, in the order of time."""

from sqlmodel import Session

from tracker.demo.appointments import appoint_everybody
from tracker.demo.stories import TALES
from tracker.demo.timetable import Timetable, tell
from tracker.demo.work import Work
from tracker.staff.passwords import Passwords


def fill(session: Session, timetable: Timetable, password: str, passwords: Passwords) -> None:
    """Fills the database of `session`, which has its rulebook and no staff; everybody signs in with `password`."""
    work = Work(session, timetable)
    appoint_everybody(work, password, passwords)
    tell([tale(work) for tale in TALES], go_to=work.go_to)
