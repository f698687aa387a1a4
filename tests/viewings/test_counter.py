"""What counts as a look at somebody, as it had been recorded by a moment."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import START
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.policy.facts import View
from tracker.policy.limits import SHIPPED
from tracker.policy.vocabulary import Aim, Outcome, Platform, Reviewed, ViewFooting, Visibility
from tracker.review.services import approve_check, confirm_result, review_immediate_response
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import report_due_at, views_as_facts
from tracker.viewings.vocabulary import LookResult

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SEARCH: dict[str, Any] = {"aim": Aim.FIND_THEN_VIEW, "visibility": Visibility.UNKNOWN}


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Kit, beside somebody else who was looked at too."""
    noise = casework.person("Noise")
    casework.ask(noise, by=casework.worker2)
    return casework.person("Kit")


def views(casework: Casework, person: Person, at: datetime) -> list[View]:
    """The looks at somebody, as recorded by a moment."""
    with casework.database.reading() as session:
        members = group_of(session, saved_key(person)).members
        return sorted(views_as_facts(session, members, recorded_by=at), key=lambda view: view.at)


def footings(casework: Casework, person: Person, at: datetime) -> list[str]:
    return [view.footing.value for view in views(casework, person, at)]


def confirm(casework: Casework, check: Check, *, now: datetime) -> None:
    with casework.transaction() as session:
        confirm_result(session, get_check(session, check.reference), by=casework.manager, now=now)


def test_a_permit_counts_from_its_issue_on_the_footing_that_decided(casework: Casework, kit: Person) -> None:
    assert views(casework, kit, START) == []
    casework.ask(kit)
    (view,) = views(casework, kit, START)
    assert (view.at, view.footing, view.platforms) == (START, ViewFooting.OPEN_SOURCE, frozenset({Platform.FACEBOOK}))
    assert (view.by, view.team) == (casework.council.worker.reference, casework.council.north.reference)
    assert views(casework, kit, START - MINUTE) == []


def test_silence_never_gives_a_view_back(casework: Casework, kit: Person) -> None:
    casework.ask(kit)
    assert footings(casework, kit, START + 400 * DAY) == ["open_source"]


def test_a_view_is_dated_by_its_sitting_once_that_is_reported_and_by_its_issue_until_then(
    casework: Casework, kit: Person
) -> None:
    check = casework.ask(kit)
    casework.report(check, opened_at=START + 2 * HOUR, now=START + 3 * HOUR)
    assert [view.at for view in views(casework, kit, START + 3 * HOUR)] == [START + 2 * HOUR]
    assert [view.at for view in views(casework, kit, START + 3 * HOUR - MINUTE)] == [START]


def test_not_used_while_the_permit_runs_takes_the_view_away_from_then_on(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    casework.report(check, LookResult.NOT_USED, now=START + HOUR)
    assert footings(casework, kit, START + HOUR) == []
    assert footings(casework, kit, START + HOUR - MINUTE) == ["open_source"]


def test_not_used_after_it_ran_out_waits_for_a_manager(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    late = START + 5 * DAY
    casework.report(check, LookResult.NOT_USED, now=late)
    assert footings(casework, kit, late + DAY) == ["open_source"]
    confirm(casework, check, now=late + DAY)
    assert footings(casework, kit, late + DAY) == []
    assert footings(casework, kit, late + DAY - MINUTE) == ["open_source"]


@pytest.mark.parametrize("result", [LookResult.NOT_FOUND, LookResult.NOT_OPEN, LookResult.WOULD_NOT_LOAD])
def test_nothing_found_within_the_sitting_of_a_find_and_look_makes_it_a_search(
    casework: Casework, kit: Person, result: LookResult
) -> None:
    check = casework.ask(kit, **SEARCH)
    casework.report(check, result, opened_at=START + HOUR, now=START + 2 * HOUR)
    assert footings(casework, kit, START + 2 * HOUR) == ["presence_search"]
    assert footings(casework, kit, START + 2 * HOUR - MINUTE) == ["open_source"]


def test_nothing_found_said_after_the_sitting_waits_for_a_manager(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit, **SEARCH)
    said = START + 2 * HOUR + MINUTE
    casework.report(check, LookResult.NOT_FOUND, opened_at=START + HOUR, now=said)
    assert footings(casework, kit, said + HOUR) == ["open_source"]
    confirm(casework, check, now=said + HOUR)
    assert footings(casework, kit, said + HOUR) == ["presence_search"]


def test_a_sitting_is_as_old_as_the_pressing_of_start_whatever_the_viewer_says(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit, **SEARCH)
    casework.start(check, now=START + HOUR)
    said = START + 4 * HOUR
    casework.report(check, LookResult.NOT_FOUND, opened_at=said - MINUTE, now=said)
    assert footings(casework, kit, said) == ["open_source"]


def test_nothing_found_within_the_sitting_but_after_the_permit_ran_out_waits_for_a_manager(
    casework: Casework, kit: Person
) -> None:
    check = casework.ask(kit, **SEARCH)
    ends_at = casework.look(check).ends_at
    assert ends_at is not None
    casework.report(check, LookResult.NOT_FOUND, opened_at=ends_at - 10 * MINUTE, now=ends_at)
    assert footings(casework, kit, ends_at) == ["open_source"]


def test_a_look_at_a_known_page_is_never_given_back_for_finding_nothing(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    casework.report(check, LookResult.NOT_FOUND, opened_at=START, now=START + MINUTE)
    assert footings(casework, kit, START + DAY) == ["open_source"]


def test_somebody_elses_page_counts_for_them_at_once_and_for_who_was_meant_until_confirmed(
    casework: Casework, kit: Person
) -> None:
    lee = casework.person("Lee")
    check = casework.ask(kit)
    said = START + HOUR
    casework.report(check, LookResult.WRONG_PERSON, opened_at=START, now=said, wrong_person=lee.reference)
    assert footings(casework, lee, said) == ["late_entry"]
    assert [view.at for view in views(casework, lee, said)] == [START]
    assert footings(casework, kit, said) == ["open_source"]
    confirm(casework, check, now=said + HOUR)
    assert footings(casework, kit, said + HOUR) == []
    assert footings(casework, lee, said + HOUR) == ["late_entry"]


def test_somebody_whom_the_check_concerned_anyway_keeps_their_view_when_they_were_looked_at_by_mistake(
    casework: Casework, kit: Person
) -> None:
    lee = casework.person("Lee")
    check = casework.ask(kit, also_about=(lee.reference,))
    casework.report(check, LookResult.WRONG_PERSON, opened_at=START, now=START + HOUR, wrong_person=lee.reference)
    confirm(casework, check, now=START + 2 * HOUR)
    assert footings(casework, kit, START + 2 * HOUR) == []
    assert footings(casework, lee, START + 2 * HOUR) == ["open_source"]


def test_a_sitting_for_two_records_that_turn_out_to_be_one_person_is_one_look(casework: Casework, kit: Person) -> None:
    double = casework.person("Kitty")
    casework.ask(kit, also_about=(double.reference,))
    casework.link(kit, double, now=START + HOUR)
    assert footings(casework, kit, START + HOUR) == ["open_source"]


def test_two_sittings_for_two_records_of_one_person_are_two_looks(casework: Casework, kit: Person) -> None:
    double = casework.person("Kitty")
    casework.ask(kit)
    casework.ask(double, by=casework.worker2)
    casework.link(kit, double, now=START + HOUR)
    assert footings(casework, double, START + HOUR) == ["open_source", "open_source"]


def test_a_look_can_be_left_out_so_that_a_permit_is_not_judged_by_itself(casework: Casework, kit: Person) -> None:
    look = casework.look(casework.ask(kit))
    with casework.database.reading() as session:
        assert views_as_facts(session, [saved_key(kit)], recorded_by=START, exclude_look=look.id) == ()
        assert len(views_as_facts(session, [saved_key(kit)], recorded_by=START, exclude_look=-1)) == 1


def test_a_look_that_was_struck_counts_until_it_was_struck(casework: Casework, kit: Person) -> None:
    look = casework.look(casework.ask(kit))
    with casework.transaction() as session:
        row = session.merge(look)
        row.struck_at, row.struck_by = START + HOUR, casework.manager.staff_id
        row.struck_why = "Recorded for somebody else."
        session.add(row)
    assert footings(casework, kit, START + HOUR - MINUTE) == ["open_source"]
    assert footings(casework, kit, START + HOUR) == []


def test_a_review_is_known_from_when_it_was_made(casework: Casework, kit: Person) -> None:
    check = casework.danger(kit)
    casework.report(check, opened_at=START, now=START + HOUR)
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        review_immediate_response(
            session, row, reviewed=Reviewed.AGREED, why="Right.", by=casework.manager, now=START + 2 * HOUR
        )
    assert [view.reviewed for view in views(casework, kit, START + HOUR)] == [None]
    assert [view.reviewed for view in views(casework, kit, START + 2 * HOUR)] == [Reviewed.AGREED]


def test_a_check_that_waits_holds_no_place_and_counts_once_it_is_approved(casework: Casework) -> None:
    child = casework.person("Child", born=None)
    check = casework.ask(child)
    assert casework.outcome(check) is Outcome.NEEDS_MANAGER_APPROVAL
    assert footings(casework, child, START + HOUR) == []
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        approve_check(session, row, reasons="Needed.", by=casework.manager, now=START + 2 * HOUR)
    assert footings(casework, child, START + 2 * HOUR) == ["open_source"]


def test_a_report_is_due_so_many_hours_after_the_start_and_at_the_end_of_a_permit_that_nobody_used(
    casework: Casework, kit: Person
) -> None:
    check = casework.ask(kit)
    look = casework.look(check)
    assert report_due_at(look, SHIPPED) == look.ends_at
    started = casework.start(check, now=START + HOUR)
    assert report_due_at(started, SHIPPED) == START + HOUR + timedelta(hours=SHIPPED.outcome_due_hours)
    reported = casework.report(check, opened_at=START + HOUR, now=START + 2 * HOUR)
    assert report_due_at(reported, SHIPPED) is None
