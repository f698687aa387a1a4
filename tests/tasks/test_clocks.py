"""Each clock on both sides of its limit: London's days, England's working days, and the level that the time says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.tasks.running import everything, open_tasks, run, run_all, whom
from tracker.authorities.jobs import (
    ADVICE_ENDING,
    AUTHORISATIONS_ENDED,
    AUTHORISATIONS_ENDING,
    ORDERS_ENDING,
    ORDERS_UNSEEN,
    REVIEWS_DUE,
)
from tracker.authorities.requests import NewCancellation
from tracker.authorities.services import cancel_ripa
from tracker.checks.jobs import OUTCOMES_DUE, TELLINGS_DUE, UNREPORTED
from tracker.clockwork.jobs import Job
from tracker.clockwork.working_days import end_of_day
from tracker.consent.jobs import CONSENTS_ENDING, NOTICES_ENDING
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.policy.vocabulary import Conclusion, ConsentStatus, Purpose, Reviewed
from tracker.review.jobs import CASES_GROWING_OLD, UNREVIEWED
from tracker.review.services import review_immediate_response
from tracker.storage.tables import saved_key
from tracker.tasks.jobs import TASKS_PASSED_ON
from tracker.tasks.requests import LEGAL, OFFICER, SRO, Addressee, managers, member
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE

INSTANT = timedelta.resolution
CLOCKS: tuple[Job[Any], ...] = (
    UNREPORTED,
    OUTCOMES_DUE,
    TELLINGS_DUE,
    UNREVIEWED,
    CASES_GROWING_OLD,
    CONSENTS_ENDING,
    NOTICES_ENDING,
    ADVICE_ENDING,
    ORDERS_ENDING,
    AUTHORISATIONS_ENDING,
    AUTHORISATIONS_ENDED,
    REVIEWS_DUE,
    ORDERS_UNSEEN,
    TASKS_PASSED_ON,
)


def before_and_at(casework: Casework, job: Job[Any], instant: datetime) -> tuple[set[str], set[str]]:
    """The keys of the open tasks a moment before an instant, and at it; nothing but keys of open tasks."""
    run(casework.database, job, instant - INSTANT)
    before = set(open_tasks(casework.database))
    run(casework.database, job, instant)
    return before, set(open_tasks(casework.database))


def levels(casework: Casework, job: Job[Any], *instants: datetime) -> list[tuple[int, int]]:
    """The level of the one task a moment before each instant, and at it."""
    found = []
    for instant in instants:
        run(casework.database, job, instant - INSTANT)
        (before,) = open_tasks(casework.database).values()
        run(casework.database, job, instant)
        (at,) = open_tasks(casework.database).values()
        found.append((before.level, at.level))
    return found


def london(day: date) -> datetime:
    """The midnight in London that begins a day."""
    return end_of_day(day - timedelta(days=1))


# What ends by its date ---------------------------------------------------------------------------------------------

LAST_DAY = date(2027, 3, 31)
"""Clocks go forward on 28 March 2027, between the alert of seven days and that of one."""

Recorded = Callable[[Casework], object]
ENDING: dict[str, tuple[Job[Any], Recorded]] = {
    "consent": (CONSENTS_ENDING, lambda casework: casework.consent(casework.person(), until=LAST_DAY)),
    "notice": (NOTICES_ENDING, lambda casework: casework.notice(casework.person(), until=LAST_DAY)),
    "advice": (
        ADVICE_ENDING,
        lambda casework: casework.advice(
            casework.person(), Conclusion.NOT_DIRECTED_SURVEILLANCE, until_on=LAST_DAY, max_views=1
        ),
    ),
    "order": (ORDERS_ENDING, lambda casework: casework.order(casework.person(), until=LAST_DAY)),
}


@pytest.mark.parametrize("name", ENDING)
def test_it_is_said_28_14_7_and_1_days_before_the_last_day_and_once_it_has_ended(casework: Casework, name: str) -> None:
    job, recorded = ENDING[name]
    recorded(casework)
    stages = []
    for days in (28, 14, 7, 1):
        before, at = before_and_at(casework, job, london(LAST_DAY - timedelta(days=days)))
        stages.append(([key.rpartition(":")[2] for key in before], [key.rpartition(":")[2] for key in at]))
    before, at = before_and_at(casework, job, london(LAST_DAY + timedelta(days=1)))
    stages.append(([key.rpartition(":")[2] for key in before], [key.rpartition(":")[2] for key in at]))
    assert stages == [([], ["28"]), (["28"], ["14"]), (["14"], ["7"]), (["7"], ["1"]), (["1"], ["ended"])]
    before, at = before_and_at(casework, job, london(LAST_DAY + timedelta(days=29)))
    assert (len(before), len(at)) == (1, 0)


def test_a_consent_waits_for_whoever_recorded_it_and_an_authority_for_legal(casework: Casework) -> None:
    person = casework.person()
    casework.consent(person, until=START.date() + timedelta(days=3))
    casework.notice(person, until=START.date() + timedelta(days=3))
    casework.order(person, until=START.date() + timedelta(days=3))
    run_all(casework.database, CLOCKS, START)
    found = {key.partition(":")[0]: whom(task) for key, task in open_tasks(casework.database).items()}
    mine = member(casework.worker.staff_id)
    assert found == {"consent_ending": mine, "notice_ending": mine, "order_ending": LEGAL}
    assert {task.due_at for task in open_tasks(casework.database).values()} == {
        london(START.date() + timedelta(days=4))
    }


def test_a_later_word_that_reaches_as_far_ends_it_and_one_that_does_not_leaves_it(casework: Casework) -> None:
    person, other, narrow = casework.person(), casework.person(), casework.person()
    for one in (person, other, narrow):
        casework.consent(one, until=START.date() + timedelta(days=3))
    run(casework.database, CONSENTS_ENDING, START)
    assert len(open_tasks(casework.database)) == 3
    later = START + timedelta(hours=1)
    casework.consent(person, now=later, until=START.date() + timedelta(days=90))
    casework.consent(narrow, ConsentStatus.REFUSED, now=later, purposes=(Purpose.CARER_REVIEW,))
    run(casework.database, CONSENTS_ENDING, later)
    found = open_tasks(casework.database)
    assert {task.person_id for task in found.values()} == {saved_key(other), saved_key(narrow)}


def test_the_words_of_a_task_carry_references_and_no_names(casework: Casework) -> None:
    person = casework.person()
    casework.consent(person, until=START.date() + timedelta(days=3))
    casework.danger(casework.person())
    run_all(casework.database, CLOCKS, START + timedelta(days=9))
    words = [task.what for task in open_tasks(casework.database).values()]
    assert words
    assert not [one for one in words if "Zz" in one or "Kit" in one]


# Outcomes ----------------------------------------------------------------------------------------------------------


def issued(casework: Casework, now: datetime) -> Check:
    """A permit for a single look."""
    return casework.ask(casework.person(), now=now)


def test_a_permit_that_nobody_used_is_overdue_when_it_runs_out_and_goes_up_on_working_days(casework: Casework) -> None:
    thursday = datetime(2026, 12, 24, 11, 0, tzinfo=UTC)  # Christmas Eve: the next working day is Tuesday 29 December
    check = issued(casework, thursday)
    out = london(date(2026, 12, 30))
    assert casework.look(check).ends_at == out
    before, at = before_and_at(casework, UNREPORTED, out)
    assert (before, at) == (set(), {f"unreported:{check.reference}"})
    (task,) = open_tasks(casework.database).values()
    assert (whom(task), task.level) == (member(casework.worker.staff_id), 0)
    up = [london(date(2026, 12, 31)), london(date(2027, 1, 5)), london(date(2027, 1, 7))]  # 1 January is a bank holiday
    assert levels(casework, UNREPORTED, *up) == [(0, 1), (1, 2), (2, 3)]
    (task,) = open_tasks(casework.database).values()
    assert whom(task) == SRO
    run(casework.database, UNREPORTED, up[-1] + timedelta(days=30))
    assert open_tasks(casework.database)[task.key].level == 3


def test_it_goes_from_the_viewer_to_their_managers_to_those_above(casework: Casework) -> None:
    check = issued(casework, START)
    out = casework.look(check).ends_at or START
    found = []
    for days in (0, 1, 3):
        run(casework.database, UNREPORTED, out + timedelta(days=days))
        found.append(whom(next(iter(open_tasks(casework.database).values()))))
    north, department = saved_key(casework.council.north), saved_key(casework.council.department)
    assert found == [member(casework.worker.staff_id), managers(north), managers(department)]


def test_a_look_that_was_begun_is_due_after_the_hours_of_the_limits_and_reminded_of_at_half(casework: Casework) -> None:
    check = issued(casework, START)
    casework.start(check, now=START)
    due, half = START + timedelta(hours=24), START + timedelta(hours=12)
    assert before_and_at(casework, OUTCOMES_DUE, half) == (set(), {f"outcome_due:{check.reference}:seen"})
    run_all(casework.database, CLOCKS, due - INSTANT)
    assert set(open_tasks(casework.database)) == {f"outcome_due:{check.reference}:seen"}
    run_all(casework.database, CLOCKS, due)
    assert set(open_tasks(casework.database)) == {f"unreported:{check.reference}"}


def test_reporting_ends_it_and_what_it_means_is_waited_for_from_the_requester(casework: Casework) -> None:
    check = issued(casework, START)
    run_all(casework.database, CLOCKS, START + timedelta(days=4))
    assert set(open_tasks(casework.database)) == {f"unreported:{check.reference}"}
    casework.report(check, opened_at=START, now=START + timedelta(days=4))
    run_all(casework.database, CLOCKS, START + timedelta(days=4))
    (task,) = open_tasks(casework.database).values()
    assert (task.key, whom(task)) == (f"outcome_due:{check.reference}:meaning", member(casework.worker.staff_id))


def test_not_used_ends_everything(casework: Casework) -> None:
    check = issued(casework, START)
    casework.report(check, LookResult.NOT_USED, now=START)
    run_all(casework.database, CLOCKS, START + timedelta(days=9))
    assert open_tasks(casework.database) == {}


def test_a_late_entry_is_not_overdue_by_the_time_before_it_was_recorded(casework: Casework) -> None:
    casework.late(casework.person(), START - timedelta(days=30))
    run(casework.database, UNREPORTED, START)
    assert {task.level for task in open_tasks(casework.database).values()} <= {0}


# Reviews by managers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (datetime(2026, 11, 27, 23, 30, tzinfo=UTC), london(date(2026, 12, 1))),  # Friday night: the end of Monday
        (
            datetime(2027, 3, 25, 12, 0, tzinfo=UTC),
            london(date(2027, 3, 31)),
        ),  # before Good Friday: Tuesday after Easter
        (datetime(2027, 6, 14, 22, 59, tzinfo=UTC), london(date(2027, 6, 16))),  # 11:59pm in London's summer, a Monday
        (datetime(2027, 6, 14, 23, 1, tzinfo=UTC), london(date(2027, 6, 17))),  # one minute past midnight there
    ],
)
def test_a_look_in_danger_is_overdue_after_the_next_working_day(
    casework: Casework, asked: datetime, due: datetime
) -> None:
    check = casework.danger(casework.person(), now=asked)
    assert before_and_at(casework, UNREVIEWED, due) == (set(), {f"unreviewed:{check.reference}"})
    (task,) = open_tasks(casework.database).values()
    assert whom(task) == managers(saved_key(casework.council.north))


def test_what_is_not_reviewed_goes_up_by_the_working_day_to_the_responsible_officer_and_reviewing_ends_it(
    casework: Casework,
) -> None:
    check = casework.danger(casework.person(), now=START)
    tuesday = london(date(2026, 11, 24))
    run(casework.database, UNREVIEWED, tuesday)
    found = levels(casework, UNREVIEWED, tuesday + timedelta(days=1), tuesday + timedelta(days=2))
    assert found == [(0, 1), (1, 2)]
    assert whom(open_tasks(casework.database)[f"unreviewed:{check.reference}"]) == SRO
    with casework.transaction() as session:
        check = get_check(session, check.reference)
        review_immediate_response(
            session, check, reviewed=Reviewed.AGREED, why="Yes.", by=casework.manager, now=tuesday
        )
    run(casework.database, UNREVIEWED, tuesday + timedelta(days=3))
    assert open_tasks(casework.database) == {}


def test_a_managers_own_look_in_danger_waits_for_the_managers_above(casework: Casework) -> None:
    casework.danger(casework.person(), by=casework.manager, now=START)
    run(casework.database, UNREVIEWED, START + timedelta(days=4))
    (task,) = open_tasks(casework.database).values()
    assert task.about_id == casework.manager.staff_id
    assert whom(task) in (managers(saved_key(casework.council.department)), SRO)


# Cases -------------------------------------------------------------------------------------------------------------


def test_a_case_is_reminded_of_at_half_its_time_and_goes_up_at_its_end_and_after_each_half(casework: Casework) -> None:
    person = casework.person()
    casework.ask(person)
    blocked = casework.ask(person, now=START + timedelta(minutes=1))
    opened = START + timedelta(minutes=1)
    due = london(date(2026, 11, 25))  # two working days after a Saturday: the end of Tuesday
    half = (due - opened) / 2
    before, at = before_and_at(casework, CASES_GROWING_OLD, opened + half)
    assert (len(before), len(at)) == (0, 1)
    (task,) = open_tasks(casework.database).values()
    assert (task.due_at, whom(task)) == (due, managers(saved_key(casework.council.north)))
    assert task.person_id == blocked.person_id
    assert levels(casework, CASES_GROWING_OLD, due, due + half) == [(0, 1), (1, 2)]
    assert whom(next(iter(open_tasks(casework.database).values()))) == SRO


# Authorities -------------------------------------------------------------------------------------------------------


def test_a_review_is_a_task_seven_days_before_and_goes_up_when_its_day_has_passed(casework: Casework) -> None:
    due = START.date() + timedelta(days=20)
    casework.ripa(casework.person(), next_review_on=due)
    before, at = before_and_at(casework, REVIEWS_DUE, london(due - timedelta(days=7)))
    assert (len(before), len(at)) == (0, 1)
    assert levels(casework, REVIEWS_DUE, london(due + timedelta(days=1))) == [(0, 1)]
    assert whom(next(iter(open_tasks(casework.database).values()))) == SRO


def test_an_authorisation_that_ran_out_is_a_task_of_the_officer_until_it_is_cancelled(casework: Casework) -> None:
    reference = casework.ripa(casework.person())
    last_day = date(2027, 2, 20)  # three months from 21 November
    keys = []
    for days in (28, 14, 7, 1):
        _, at = before_and_at(casework, AUTHORISATIONS_ENDING, london(last_day - timedelta(days=days)))
        keys += [key.rpartition(":")[2] for key in at]
    assert keys == ["28", "14", "7", "1"]
    over = london(last_day + timedelta(days=1))
    assert before_and_at(casework, AUTHORISATIONS_ENDING, over)[1] == set()
    assert before_and_at(casework, AUTHORISATIONS_ENDED, over) == (set(), {f"authorisation_ended:{reference}"})
    assert whom(next(iter(open_tasks(casework.database).values()))) == OFFICER
    assert levels(casework, AUTHORISATIONS_ENDED, london(date(2027, 2, 27))) == [(0, 1)]  # five working days later
    with casework.transaction() as session:
        new = NewCancellation(authorisation=reference, at=over, why="Over.", obtained="", material="")
        cancel_ripa(session, new, by=casework.officer, now=over)
    run(casework.database, AUTHORISATIONS_ENDED, over + timedelta(days=9))
    assert open_tasks(casework.database) == {}


# All together ------------------------------------------------------------------------------------------------------


def a_week_of_work(casework: Casework) -> None:
    """Something for every clock."""
    person = casework.person()
    casework.consent(person, until=START.date() + timedelta(days=8))
    casework.notice(casework.person(), until=START.date() + timedelta(days=15))
    casework.order(casework.person(), until=START.date() + timedelta(days=2))
    casework.ripa(casework.person(), next_review_on=START.date() + timedelta(days=9))
    casework.danger(casework.person())
    asked = casework.person()
    casework.ask(asked)
    casework.ask(asked, now=START + timedelta(minutes=1))
    begun = casework.ask(casework.person())
    casework.start(begun)
    promised = casework.ask(casework.person())
    casework.report(promised, opened_at=START)
    casework.will_be_told(promised)


def as_they_are(casework: Casework) -> list[tuple[str, Addressee, int, datetime | None]]:
    """What is open, for whom, on which level and by when."""
    found = open_tasks(casework.database)
    return sorted((key, whom(task), task.level, task.due_at) for key, task in found.items())


def test_run_twice_nothing_changes(casework: Casework) -> None:
    a_week_of_work(casework)
    then = START + timedelta(days=5)
    run_all(casework.database, CLOCKS, then)
    before = everything(casework.database)
    assert len(before) > 5
    assert [run(casework.database, job, then) for job in CLOCKS] == [0] * len(CLOCKS)
    for job in CLOCKS:  # and where every record is done again
        for key, task in open_tasks(casework.database).items():
            if job is not TASKS_PASSED_ON and key.startswith(job.name.replace("-", "_")[:6]):
                with casework.transaction() as session:
                    job.do(session, task.record, then)
    assert everything(casework.database) == before


def test_a_week_without_a_scheduler_ends_with_the_same_tasks(casework: Casework) -> None:
    a_week_of_work(casework)
    then = START + timedelta(days=7)
    run_all(casework.database, CLOCKS, then)
    caught_up = as_they_are(casework)
    assert len(caught_up) >= 6
    with casework.transaction() as session:
        for task in open_tasks(casework.database).values():
            session.delete(session.merge(task))
    for day in range(8):
        run_all(casework.database, CLOCKS, START + timedelta(days=day))
    assert as_they_are(casework) == caught_up
