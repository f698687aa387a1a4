"""What was opened on duty is told to the home teams on their next working morning, and waits for a manager to read it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.settling import sign_up
from tests.fixtures.visitor import ClientFor
from tests.tasks.running import open_tasks, run, whom
from tracker.access.permissions import NotAllowedError
from tracker.clockwork.working_days import last_working_morning, working_morning_after
from tracker.decisions.selectors import get_check
from tracker.people.models import Involvement, Person
from tracker.people.requests import Details, NewPerson, TeamWork
from tracker.people.services import add_person
from tracker.policy.entitlement import Actor, Role
from tracker.policy.vocabulary import Outcome, Relation
from tracker.review.jobs import OPENED_ON_DUTY
from tracker.review.selectors.duty import Opened, list_openings_for, list_openings_of_today
from tracker.review.selectors.queue import queue_of
from tracker.review.services import approve_check
from tracker.staff.models import StaffMember, Team
from tracker.staff.requests import NewShift
from tracker.staff.services import add_rota_shift
from tracker.storage.tables import saved_key
from tracker.tasks.requests import SRO, managers

pytestmark = ONE_DATABASE
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FRIDAY = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WHY = "His mother rang: he has not come home."


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 20, 7, 59, tzinfo=UTC), datetime(2026, 11, 20, 8, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 8, 0, tzinfo=UTC), MONDAY),
        (FRIDAY, MONDAY),
        (MONDAY - 6 * HOUR, MONDAY),
        (MONDAY, MONDAY + DAY),
        (datetime(2026, 12, 24, 20, 0, tzinfo=UTC), datetime(2026, 12, 29, 8, 0, tzinfo=UTC)),
        (datetime(2026, 6, 5, 22, 0, tzinfo=UTC), datetime(2026, 6, 8, 7, 0, tzinfo=UTC)),
    ],
)
def test_it_is_told_at_eight_on_the_next_working_morning_in_england(at: datetime, told: datetime) -> None:
    assert working_morning_after(at) == told
    assert last_working_morning(told) == told
    assert last_working_morning(told - timedelta.resolution) <= at


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Kit, with whom north and south work, opened on Friday night; and somebody whom nobody opened."""
    casework.person("Noise")
    kit = casework.person("Kit", CHILD)
    casework.come_on_duty(kit, now=FRIDAY, why=WHY)
    return kit


def seen_by(casework: Casework, by: Actor, now: datetime) -> list[Opened]:
    with casework.database.reading() as session:
        return list_openings_of_today(session, to=by, now=now)


def test_workers_and_managers_of_each_home_team_are_told_on_that_day_alone(casework: Casework, kit: Person) -> None:
    casework.danger(kit, by=casework.duty, now=FRIDAY + MINUTE)
    for by in (casework.worker, casework.colleague, casework.worker2, casework.manager, casework.manager2):
        assert seen_by(casework, by, MONDAY - MINUTE) == []
        (told,) = seen_by(casework, by, MONDAY)
        assert (told.by, told.duty_team, told.at, told.reason) == ("Dara Zzduty", "Out-of-hours team", FRIDAY, WHY)
        assert [(one.what, one.outcome) for one in told.asked] == [("An assessment: Facebook", "It could go ahead")]
        assert seen_by(casework, by, MONDAY + DAY) == []
    assert seen_by(casework, casework.legal, MONDAY) == []


def test_it_is_a_task_for_the_managers_of_each_home_team_that_goes_up_unread(casework: Casework, kit: Person) -> None:
    run(casework.database, OPENED_ON_DUTY, MONDAY - MINUTE)
    assert open_tasks(casework.database) == {}
    run(casework.database, OPENED_ON_DUTY, MONDAY)
    council = casework.council
    found = open_tasks(casework.database)
    assert {(one.record, whom(one)) for one in found.values()} == {
        (council.north.reference, managers(saved_key(council.north))),
        (council.south.reference, managers(saved_key(council.south))),
    }
    assert WHY not in str([one.what for one in found.values()])
    assert run(casework.database, OPENED_ON_DUTY, MONDAY + HOUR) == 0
    run(casework.database, OPENED_ON_DUTY, MONDAY + 3 * DAY)
    assert {whom(one) for one in open_tasks(casework.database).values()} == {managers(saved_key(council.department))}


def test_a_team_that_had_closed_its_work_before_is_not_told(casework: Casework, kit: Person) -> None:
    with casework.transaction() as session:
        theirs = (Involvement.person_id == kit.id, Involvement.team_id == casework.council.south.id)
        for work in session.exec(select(Involvement).where(*theirs)):
            work.closed_on = (FRIDAY - DAY).date()
            session.add(work)
    assert seen_by(casework, casework.worker2, MONDAY) == []
    assert len(seen_by(casework, casework.worker, MONDAY)) == 1


def test_where_nobody_else_works_with_them_the_duty_team_itself_is_told(casework: Casework) -> None:
    work = TeamWork(
        team=casework.council.night.reference,
        relation=Relation.REFERRAL_OR_ENQUIRY,
        opened_on=FRIDAY.date(),
        case_system="Zzmosaic",
        case_reference="ZZ900001",
    )
    with casework.transaction() as session:
        add_person(
            session, NewPerson(details=Details(name="New Zzexample"), involvement=work), by=casework.duty, now=FRIDAY
        )
    assert len(seen_by(casework, casework.duty, MONDAY)) == 1
    assert seen_by(casework, casework.worker, MONDAY) == []
    run(casework.database, OPENED_ON_DUTY, MONDAY)
    night = saved_key(casework.council.night)
    assert [whom(one) for one in open_tasks(casework.database).values()] == [managers(night)]
    run(casework.database, OPENED_ON_DUTY, MONDAY + 3 * DAY)
    assert [whom(one) for one in open_tasks(casework.database).values()] == [SRO]


def test_of_a_restricted_record_only_that_it_is_one_is_told(casework: Casework, kit: Person) -> None:
    casework.danger(kit, by=casework.duty, now=FRIDAY + MINUTE)
    with casework.transaction() as session:
        person = session.get_one(Person, saved_key(kit))
        person.restricted, person.ask_whom = True, "Somebody"
    (told,) = seen_by(casework, casework.worker, MONDAY)
    assert (told.person, told.reference, told.reason, told.asked) == ("A restricted record", "", "", ())
    with casework.database.reading() as session:
        (read,) = list_openings_for(
            session, [saved_key(casework.council.north)], to=casework.legal, since=START - DAY, now=MONDAY
        )
    assert read.reason == WHY


def test_a_manager_reads_the_list_and_the_task_is_finished(
    casework: Casework, kit: Person, client_for: ClientFor, clock: Clock
) -> None:
    casework.danger(kit, by=casework.duty, now=FRIDAY + MINUTE)
    clock.set(MONDAY)
    run(casework.database, OPENED_ON_DUTY, MONDAY)
    manager, worker = client_for(casework.council.manager), client_for(casework.council.worker)
    assert "Opened on duty (1)" in worker.get("/").text
    home = manager.get("/")
    assert WHY in home.text
    (task,) = (one for one in open_tasks(casework.database).values() if one.record == casework.council.north.reference)
    assert worker.get(f"/duty/openings/{task.reference}").status == 403
    page = manager.get(f"/duty/openings/{task.reference}")
    assert WHY in page.text
    done = manager.send(page)
    assert "you have read what was opened on duty" in done.text
    assert "This list has been read." in manager.get(f"/duty/openings/{task.reference}").text
    assert task.key not in open_tasks(casework.database)
    run(casework.database, OPENED_ON_DUTY, MONDAY + HOUR)
    assert task.key not in open_tasks(casework.database)
    assert WHY in worker.get("/duty/openings").text


def test_a_list_that_came_back_after_it_had_ended_is_read_as_any(
    casework: Casework, kit: Person, client_for: ClientFor, clock: Clock
) -> None:
    """North's work was closed as of the day before by mistake, and put right: its task ends and is raised anew."""
    for hour, closed_on in enumerate((None, (FRIDAY - DAY).date(), None)):
        with casework.transaction() as session:
            theirs = (Involvement.person_id == kit.id, Involvement.team_id == casework.council.north.id)
            session.exec(select(Involvement).where(*theirs)).one().closed_on = closed_on
        run(casework.database, OPENED_ON_DUTY, MONDAY + hour * HOUR)
    clock.set(MONDAY + 3 * HOUR)
    north = casework.council.north.reference
    (task,) = (one for one in open_tasks(casework.database).values() if one.record == north)
    assert task.key.endswith("#2")
    assert WHY in client_for(casework.council.manager).get(f"/duty/openings/{task.reference}").text


# What a duty team asked for waits for somebody, on the rota or not ------------------------------------------------------


def queue(casework: Casework, by: StaffMember, now: datetime) -> set[str]:
    actor = casework.council.actor(by, at=now)
    with casework.database.reading() as session:
        return {one.reference for one in queue_of(session, actor, now=now).items}


def test_what_a_duty_team_asked_for_falls_to_its_managers_on_the_rota_and_else_to_the_home_teams(
    casework: Casework, kit: Person
) -> None:
    with casework.transaction() as session:
        other = sign_up(session, "Olga Zznight", Role.DUTY_MANAGER, team_id=saved_key(casework.council.night))
        shift = NewShift(saved_key(other), saved_key(casework.council.night), FRIDAY, FRIDAY + 12 * HOUR)
        add_rota_shift(session, shift, by=casework.admin, now=START - 30 * DAY)
    waiting = casework.ask(kit, by=casework.duty, now=FRIDAY + MINUTE)
    assert casework.outcome(waiting) is Outcome.NEEDS_MANAGER_APPROVAL
    council, night, monday = casework.council, FRIDAY + HOUR, MONDAY
    assert waiting.reference in queue(casework, other, night)
    for nobody in (council.manager, council.manager2, council.head, council.duty):
        assert waiting.reference not in queue(casework, nobody, night)
    for home in (council.manager, council.manager2):
        assert waiting.reference in queue(casework, home, monday)
    for nobody in (other, council.duty, council.head):
        assert waiting.reference not in queue(casework, nobody, monday)
    with casework.transaction() as session:
        by = council.actor(council.manager, at=monday)
        approve_check(session, get_check(session, waiting.reference), reasons="Needed.", by=by, now=monday)
    assert casework.outcome(waiting) is Outcome.PERMITTED


def test_no_other_teams_manager_decides_on_what_a_duty_team_asked_for(casework: Casework, kit: Person) -> None:
    """The control: once south no longer works with the person, its manager has nothing to do with the check."""
    waiting = casework.ask(kit, by=casework.duty, now=FRIDAY + MINUTE)
    with casework.transaction() as session:
        theirs = (Involvement.person_id == kit.id, Involvement.team_id == casework.council.south.id)
        for work in session.exec(select(Involvement).where(*theirs)):
            work.closed_on = (FRIDAY - DAY).date()
            session.add(work)
    assert waiting.reference not in queue(casework, casework.council.manager2, MONDAY)
    by = casework.council.actor(casework.council.manager2, at=MONDAY)
    with pytest.raises(NotAllowedError), casework.transaction() as session:
        approve_check(session, get_check(session, waiting.reference), reasons="Needed.", by=by, now=MONDAY)


def test_where_no_team_works_with_the_person_it_waits_for_those_above_the_duty_team(casework: Casework) -> None:
    with casework.transaction() as session:
        night = session.get_one(Team, saved_key(casework.council.night))
        night.parent_id = saved_key(casework.council.department)
        session.add(night)
        details = Details(name="New Zzexample", date_of_birth=CHILD)
        work = TeamWork(
            team=casework.council.night.reference,
            relation=Relation.REFERRAL_OR_ENQUIRY,
            opened_on=FRIDAY.date(),
            case_system="Zzmosaic",
            case_reference="ZZ900001",
        )
        new = NewPerson(details=details, involvement=work)
        person = add_person(session, new, by=casework.duty, now=FRIDAY)
    waiting = casework.ask(person, by=casework.duty, now=FRIDAY + MINUTE)
    assert casework.outcome(waiting) is Outcome.NEEDS_MANAGER_APPROVAL
    assert waiting.reference in queue(casework, casework.council.head, MONDAY)
    assert waiting.reference not in queue(casework, casework.council.manager, MONDAY)
