"""Somebody is away for a while: who stands in for them."""

from datetime import timedelta

from tracker.demo import texts
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.staff.requests import NewDeputy
from tracker.staff.services import name_deputy

LEAVE = timedelta(days=14)


def manager_on_leave(c: Work) -> Tale:
    """The manager of Family Help North went on leave yesterday, for a fortnight; a senior social worker of the team stands in."""
    yield c.day(1, "9:05")
    manager, deputy = c.staff("manager"), c.staff("senior")
    new = NewDeputy(manager.staff_id, deputy.staff_id, c.now, c.now + LEAVE, texts.ON_LEAVE)
    name_deputy(c.session, new, by=manager, now=c.now)
