"""The tales of the demonstration: each function tells what happened to one person or family, moment by moment.

Whatever moment a tale yields, it goes on at that moment; the others go on in between.
"""

from collections.abc import Callable

from tracker.demo.stories.agreed import agreed_and_told, took_it_back, yes_and_a_permit
from tracker.demo.stories.applied import applied_for, reported_order
from tracker.demo.stories.authorised import (
    advised,
    approved_by_a_justice,
    granted_and_not_approved,
    ordered_by_a_court,
)
from tracker.demo.stories.away import manager_on_leave
from tracker.demo.stories.blocked import behind_settings, declined, on_hold, waiting_for_a_manager, with_legal
from tracker.demo.stories.counted import (
    approved_by_telephone,
    found_nothing,
    in_danger,
    looked_without_asking,
    never_reported,
    not_used_said_late,
    out_of_hours,
    outcome_overdue,
)
from tracker.demo.stories.families import asked_the_same, example_family, sample_household
from tracker.demo.stories.found import found_over_a_family
from tracker.demo.stories.known import known_by_handle, linked, maybe_one_person, restricted, sealed
from tracker.demo.stories.settled import decided_basis, proposed_limits
from tracker.demo.timetable import Tale
from tracker.demo.work import Work

TALES: tuple[Callable[[Work], Tale], ...] = (
    decided_basis,
    proposed_limits,
    example_family,
    sample_household,
    asked_the_same,
    yes_and_a_permit,
    took_it_back,
    agreed_and_told,
    with_legal,
    behind_settings,
    declined,
    waiting_for_a_manager,
    on_hold,
    found_over_a_family,
    approved_by_a_justice,
    granted_and_not_approved,
    ordered_by_a_court,
    applied_for,
    reported_order,
    advised,
    outcome_overdue,
    never_reported,
    not_used_said_late,
    looked_without_asking,
    found_nothing,
    in_danger,
    out_of_hours,
    approved_by_telephone,
    known_by_handle,
    restricted,
    sealed,
    maybe_one_person,
    linked,
    manager_on_leave,
)
