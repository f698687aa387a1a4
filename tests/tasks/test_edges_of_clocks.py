"""What else the clocks must hold: staff who left, teams that were merged, faults anywhere, and what runs out without a task."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import event
from sqlmodel import col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.faults import fails_whole
from tests.tasks.running import open_tasks, run, run_all, whom
from tests.tasks.test_clocks import CLOCKS, INSTANT, a_week_of_work, as_they_are, levels, london
from tracker.authorities.jobs import ORDERS_UNSEEN
from tracker.authorities.requests import NewCourtOrder
from tracker.authorities.services import report_court_order
from tracker.checks.jobs import UNREPORTED
from tracker.consent.jobs import CONSENTS_ENDING
from tracker.drafts.jobs import DRAFTS_RUN_OUT
from tracker.drafts.models import Draft
from tracker.drafts.services import KEPT_FOR, begin_draft
from tracker.people.models import Involvement
from tracker.review.jobs import UNREVIEWED
from tracker.scheduler import TIMETABLE
from tracker.staff.jobs import SESSIONS_RUN_OUT
from tracker.staff.models import SignInSession
from tracker.staff.selectors.signing_in import SESSION_LASTS
from tracker.staff.services import close_staff_member, close_team
from tracker.storage.tables import saved_key
from tracker.tasks.requests import LEGAL, SRO, managers

pytestmark = ONE_DATABASE


def close(casework: Casework, who: str) -> None:
    """Somebody leaves."""
    with casework.transaction() as session:
        close_staff_member(session, saved_key(getattr(casework.council, who)), by=casework.admin, now=START)


def test_what_a_viewer_who_left_did_not_report_waits_for_their_managers(casework: Casework) -> None:
    check = casework.ask(casework.person())
    close(casework, "worker")
    run(casework.database, UNREPORTED, (casework.look(check).ends_at or START))
    (task,) = open_tasks(casework.database).values()
    assert (whom(task), task.level) == (managers(saved_key(casework.council.north)), 0)


def test_a_team_without_managers_hands_its_tasks_to_those_above_and_one_level_up_goes_past_them(
    casework: Casework,
) -> None:
    casework.danger(casework.person())
    close(casework, "manager")
    overdue = london(date(2026, 11, 24))
    run(casework.database, UNREVIEWED, overdue)
    (task,) = open_tasks(casework.database).values()
    assert whom(task) == managers(saved_key(casework.council.department))
    assert levels(casework, UNREVIEWED, overdue + timedelta(days=1)) == [(0, 1)]
    assert whom(next(iter(open_tasks(casework.database).values()))) == SRO


def test_where_nobody_above_is_left_it_waits_for_the_responsible_officer(casework: Casework) -> None:
    casework.danger(casework.person())
    for who in ("manager", "head"):
        close(casework, who)
    run(casework.database, UNREVIEWED, london(date(2026, 11, 24)))
    assert whom(next(iter(open_tasks(casework.database).values()))) == SRO


def test_what_a_closed_team_has_to_review_waits_for_the_managers_of_its_successor(casework: Casework) -> None:
    casework.danger(casework.person())
    north, south = saved_key(casework.council.north), saved_key(casework.council.south)
    with casework.transaction() as session:
        close_team(session, north, successor_id=south, by=casework.admin, now=START)
    close(casework, "manager")
    run(casework.database, UNREVIEWED, london(date(2026, 11, 24)))
    assert whom(next(iter(open_tasks(casework.database).values()))) == managers(south)


def test_a_consent_of_a_team_that_no_longer_works_with_the_person_is_nobodys(casework: Casework) -> None:
    person, other = casework.person(), casework.person()
    for one in (person, other):
        casework.consent(one, until=START.date() + timedelta(days=3))
    with casework.transaction() as session:
        for work in session.exec(select(Involvement).where(Involvement.person_id == saved_key(person))):
            work.closed_on = START.date()
            session.add(work)
    run(casework.database, CONSENTS_ENDING, START)
    assert [task.person_id for task in open_tasks(casework.database).values()] == [saved_key(other)]


def test_an_order_that_was_reported_and_never_seen_is_legals_and_goes_up_after_a_working_day(
    casework: Casework,
) -> None:
    person = casework.person()
    new = NewCourtOrder(
        persons=frozenset({person.reference}),
        court="Zzcourt",
        case_number="ZZ1",
        judge="HHJ Example",
        made_on=START.date(),
        from_on=START.date(),
        terms="The council may look.",
        terms_clear=True,
    )
    with casework.transaction() as session:
        report_court_order(session, new, by=casework.worker, now=START)
    limit = START + timedelta(hours=72)
    run(casework.database, ORDERS_UNSEEN, limit - INSTANT)
    assert open_tasks(casework.database) == {}
    run(casework.database, ORDERS_UNSEEN, limit)
    (task,) = open_tasks(casework.database).values()
    assert (whom(task), task.due_at) == (LEGAL, limit)
    assert levels(casework, ORDERS_UNSEEN, london(date(2026, 11, 26))) == [(0, 1)]
    assert whom(next(iter(open_tasks(casework.database).values()))) == SRO


def test_nothing_is_left_of_an_item_that_fails_anywhere_and_the_next_run_does_it(casework: Casework) -> None:
    a_week_of_work(casework)
    then = START + timedelta(days=5)
    statements = 0
    for job in (UNREPORTED, CONSENTS_ENDING):  # raised and taken up in one; raised
        with casework.database.reading() as session:
            items = list(job.items(session, then))
        for item in items[:1]:

            def act(job: Any = job, item: Any = item) -> None:
                with casework.transaction() as session:
                    job.do(session, item, then)

            statements += fails_whole(casework.database, act)
    assert statements > 10
    run_all(casework.database, CLOCKS, then)
    whole = as_they_are(casework)
    run_all(casework.database, CLOCKS, then)
    assert as_they_are(casework) == whole


def test_one_run_asks_for_the_same_number_of_statements_however_much_there_is(casework: Casework) -> None:
    a_week_of_work(casework)
    then = START + timedelta(days=5)
    run_all(casework.database, CLOCKS, then)
    few = {job.name: statements_of(casework, job, then) for job in CLOCKS if job.name not in PER_AUTHORISATION}
    for _ in range(2):
        a_week_of_work(casework)
    run_all(casework.database, CLOCKS, then)
    many = {job.name: statements_of(casework, job, then) for job in CLOCKS if job.name not in PER_AUTHORISATION}
    assert many == few
    assert max(many.values()) <= 14


PER_AUTHORISATION = {"authorisations-ending", "authorisations-ended", "reviews-due"}
"""These ask about each authorisation that was not cancelled: a council has few."""


def statements_of(casework: Casework, job: Any, now: Any) -> int:
    """How many statements it takes to list what there is to do, where everything is as it should be."""
    seen: list[str] = []

    def note(*said: Any) -> None:
        seen.append(said[2])

    event.listen(casework.database.engine, "before_cursor_execute", note)
    try:
        with casework.database.reading() as session:
            assert list(job.items(session, now)) == []
    finally:
        event.remove(casework.database.engine, "before_cursor_execute", note)
    return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])


def test_a_draft_is_thrown_away_when_its_time_is_over(casework: Casework) -> None:
    with casework.transaction() as session:
        begin_draft(session, form="check", about=None, content={}, by=casework.worker, now=START)
        begin_draft(session, form="check", about=None, content={}, by=casework.worker, now=START + timedelta(days=1))
    assert run(casework.database, DRAFTS_RUN_OUT, START + KEPT_FOR - INSTANT) == 0
    assert run(casework.database, DRAFTS_RUN_OUT, START + KEPT_FOR) == 1
    with casework.database.reading() as session:
        assert len(session.exec(select(Draft)).all()) == 1


def test_a_session_that_ran_out_is_marked_as_ended_when_it_was(casework: Casework) -> None:
    staff = saved_key(casework.council.worker)
    of: dict[str, Any] = {"staff_id": staff, "started_at": START}
    ended: dict[str, Any] = {"ended_at": START, "ended_why": "signed_out"}
    begun_later: dict[str, Any] = {"started_at": START + timedelta(hours=1)}
    with casework.transaction() as session:
        for name, more in (("a", {}), ("b", begun_later), ("c", ended)):
            session.add(SignInSession(**{"token_hash": name, **of, **more}))
    assert run(casework.database, SESSIONS_RUN_OUT, START + SESSION_LASTS - INSTANT) == 0
    assert run(casework.database, SESSIONS_RUN_OUT, START + SESSION_LASTS) == 1
    with casework.database.reading() as session:
        rows = {row.token_hash: row for row in session.exec(select(SignInSession).order_by(col(SignInSession.id)))}
    assert (rows["a"].ended_at, rows["a"].ended_why) == (START + SESSION_LASTS, "ran_out")
    assert rows["b"].ended_at is None
    assert rows["c"].ended_why == "signed_out"


def test_every_clock_is_in_the_timetable() -> None:
    assert {job.name for job in (*CLOCKS, DRAFTS_RUN_OUT, SESSIONS_RUN_OUT)} <= {one.job.name for one in TIMETABLE}
