"""What can be done with records of people. Each writes its audit event in the same transaction."""

from tracker.people.services.duty import act_on_duty_about, come_on_duty_to, open_on_duty, reach_on_duty
from tracker.people.services.involvements import add_involvement, close_involvement, move_involvement
from tracker.people.services.many import add_people
from tracker.people.services.opening import (
    DutyReasonNeededError,
    RestrictedRecordError,
    open_in_passing,
    open_person,
    require_person,
    require_reason,
)
from tracker.people.services.profiles import add_profile
from tracker.people.services.records import add_person, change_person
from tracker.people.services.restrictions import lift_restriction, restart_count, restrict_person
from tracker.people.services.searching import search_again, search_duplicates, search_people

__all__ = [
    "DutyReasonNeededError",
    "RestrictedRecordError",
    "act_on_duty_about",
    "add_involvement",
    "add_people",
    "add_person",
    "add_profile",
    "change_person",
    "close_involvement",
    "come_on_duty_to",
    "lift_restriction",
    "move_involvement",
    "open_in_passing",
    "open_on_duty",
    "open_person",
    "reach_on_duty",
    "require_person",
    "require_reason",
    "restart_count",
    "restrict_person",
    "search_again",
    "search_duplicates",
    "search_people",
]
