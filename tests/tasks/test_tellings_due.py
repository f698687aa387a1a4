"""That a person is to be told of a look is a task from the report on, once more a week before the month is over, and then goes up."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor
from tests.tasks.running import open_tasks, run, run_all, whom
from tests.tasks.test_clocks import before_and_at, levels, london
from tracker.checks.jobs import LOOKED_BACK, TELLINGS_DUE
from tracker.checks.services import record_telling
from tracker.corrections.requests import NewAnswer, NewCorrection
from tracker.corrections.services import ask_for_correction, confirm_correction
from tracker.corrections.vocabulary import CorrectionKind
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.policy.entitlement import Actor
from tracker.staff.services import close_staff_member
from tracker.storage.tables import saved_key
from tracker.tasks.jobs import TASKS_PASSED_ON
from tracker.tasks.requests import managers, member
from tracker.viewings.requests import NewTelling
from tracker.viewings.vocabulary import Told

pytestmark = ONE_DATABASE

LAST_DAY = date(2026, 12, 21)
OVER = london(LAST_DAY + timedelta(days=1))


def promised(casework: Casework, *, by: Actor | None = None) -> Check:
    check = casework.ask(casework.person(), by=by)
    casework.report(check, opened_at=START, now=START + timedelta(minutes=5), by=by)
    return casework.will_be_told(check, by=by, now=START + timedelta(minutes=6))


def test_it_waits_for_who_asked_from_the_report_on_by_the_end_of_the_month(casework: Casework) -> None:
    check = promised(casework)
    run(casework.database, TELLINGS_DUE, START + timedelta(minutes=7))
    (task,) = open_tasks(casework.database).values()
    assert (task.key, whom(task)) == (f"telling_due:{check.reference}:said", member(casework.worker.staff_id))
    assert (task.due_at, task.level) == (OVER, 0)
    assert "by the end of 21 December 2026" in task.what


def test_a_week_before_it_is_said_anew(casework: Casework) -> None:
    check = promised(casework)
    key = f"telling_due:{check.reference}"
    week_before = london(LAST_DAY - timedelta(days=7))
    assert before_and_at(casework, TELLINGS_DUE, week_before) == ({f"{key}:said"}, {f"{key}:soon"})


def test_once_the_month_has_passed_it_goes_to_the_managers_of_the_team_and_no_further(casework: Casework) -> None:
    promised(casework)
    assert levels(casework, TELLINGS_DUE, OVER) == [(0, 1)]
    run(casework.database, TELLINGS_DUE, OVER + timedelta(days=30))
    (task,) = open_tasks(casework.database).values()
    assert (whom(task), task.level) == (managers(saved_key(casework.council.north)), 1)


def test_what_a_manager_asked_for_goes_to_those_above(casework: Casework) -> None:
    promised(casework, by=casework.manager)
    run_all(casework.database, [TELLINGS_DUE, TASKS_PASSED_ON], OVER)
    (task,) = open_tasks(casework.database).values()
    assert whom(task) == managers(saved_key(casework.council.department))


@pytest.mark.parametrize("told", [Told.TOLD, Told.IMPOSSIBLE])
def test_telling_them_ends_it_and_so_does_an_exemption(casework: Casework, told: Told) -> None:
    check, other = promised(casework), promised(casework)
    run(casework.database, TELLINGS_DUE, START + timedelta(days=1))
    on = START.date() if told is Told.TOLD else None
    new = NewTelling(submission="s", told=told, words="So.", told_on=on, told_by="Zzme" if on else None)
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        record_telling(session, row, new, by=casework.manager, now=START + timedelta(days=2))
    run(casework.database, TELLINGS_DUE, START + timedelta(days=2))
    assert set(open_tasks(casework.database)) == {f"telling_due:{other.reference}:said"}  # the control


def test_a_check_that_was_recorded_in_error_ends_it(casework: Casework) -> None:
    check, other = promised(casework), promised(casework)
    run(casework.database, TELLINGS_DUE, START + timedelta(days=1))
    later = START + timedelta(days=2)
    with casework.transaction() as session:
        new = NewCorrection(kind=CorrectionKind.CHECK, record=check.reference, why="Of somebody else.")
        asked = ask_for_correction(session, new, by=casework.worker, now=later)
        answer = NewAnswer(correction=asked.reference, version=asked.version, words="It was.")
        confirm_correction(session, answer, by=casework.legal, now=later)
    run(casework.database, TELLINGS_DUE, later)
    assert set(open_tasks(casework.database)) == {f"telling_due:{other.reference}:said"}


def test_what_waited_for_who_has_left_is_passed_on_and_reminded_of_there(casework: Casework) -> None:
    promised(casework)
    run(casework.database, TELLINGS_DUE, START + timedelta(days=1))
    with casework.transaction() as session:
        close_staff_member(session, casework.worker.staff_id, by=casework.admin, now=START + timedelta(days=2))
    north = managers(saved_key(casework.council.north))
    for days in (2, 25):
        run_all(casework.database, [TELLINGS_DUE, TASKS_PASSED_ON], START + timedelta(days=days))
        (task,) = open_tasks(casework.database).values()
        assert (whom(task), task.level) == (north, 0)


def test_one_that_is_open_stays_so_however_long_ago_it_was_promised(casework: Casework) -> None:
    promised(casework)
    run(casework.database, TELLINGS_DUE, OVER)
    run(casework.database, TELLINGS_DUE, START + 2 * LOOKED_BACK)
    assert len(open_tasks(casework.database)) == 1


def test_the_home_page_leads_who_asked_and_then_a_manager_to_where_it_is_said(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    check = promised(casework)
    clock.advance(days=1)
    run(casework.database, TELLINGS_DUE, clock())
    address = f"/checks/{check.reference}/told"
    worker = client_for(casework.council.worker)
    assert address in {link["href"] for link in worker.get("/").main.all("a")}
    clock.advance(days=40)
    run(casework.database, TELLINGS_DUE, clock())
    manager = client_for(casework.council.manager)
    assert address in {link["href"] for link in manager.get("/").main.all("a")}
    assert manager.get(address).heading == "Whether they were told"


def test_the_day_is_londons_where_the_clocks_go_forward_in_between(casework: Casework) -> None:
    opened = datetime(2027, 3, 20, 23, 30, tzinfo=UTC)
    check = casework.ask(casework.person(), now=opened)
    casework.report(check, opened_at=opened, now=opened + timedelta(minutes=5))
    casework.will_be_told(check, now=opened + timedelta(minutes=6))
    run(casework.database, TELLINGS_DUE, opened + timedelta(hours=1))
    (task,) = open_tasks(casework.database).values()
    assert task.due_at == datetime(2027, 4, 20, 23, 0, tzinfo=UTC)
