"""Tasks: raised once, taken one level up to the Senior Responsible Officer, passed on from those who left, finished."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.council import START, Council
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry
from tracker.policy.entitlement import Holding, Role
from tracker.staff.models import StaffMember
from tracker.staff.services import close_staff_member, close_team
from tracker.storage.session import Database
from tracker.storage.tables import saved_key
from tracker.tasks.errors import NotByHandError, TaskDoneError
from tracker.tasks.jobs import TASKS_PASSED_ON, tasks_of_nobody
from tracker.tasks.keeping import keep_tasks
from tracker.tasks.models import Task
from tracker.tasks.requests import LEGAL, OFFICER, Addressee, Wanted, managers, member
from tracker.tasks.selectors import count_tasks_for, list_tasks_for
from tracker.tasks.services import NO_LONGER_SO, finish_task, raise_task, take_up
from tracker.tasks.vocabulary import TaskKind, WaitsFor

KIND = TaskKind.LATE_LOGGING
LATER = START + timedelta(days=1)


def raised(session: Session, to: Addressee, key: str = "one", **more: object) -> Task:
    """A task that waits for these."""
    asked = {"kind": KIND, "record": "LOK-0000-0000", "what": "Three looks were recorded late.", "now": START, **more}
    return raise_task(
        session,
        key=key,
        waits_for=to.waits_for,
        staff_id=to.staff_id,
        team_id=to.team_id,
        **asked,  # type: ignore[arg-type]
    )


def wanted(key: str, first: Addressee, *ups: datetime, **more: object) -> Wanted:
    """A task that there should be."""
    one = Wanted(key=key, record="CHK-0000-0000", what="It waits.", first=first, due_at=START, goes_up_at=ups)
    return replace(one, **more)  # type: ignore[arg-type]


def waits_of(task: Task) -> Addressee:
    """Whom a task waits for."""
    return Addressee(WaitsFor(task.waits_for), task.staff_id, task.team_id)


def test_a_task_is_raised_once_for_its_key(council: Council) -> None:
    with council.database.transaction() as session:
        first = raised(session, managers(saved_key(council.north)))
        again = raised(session, managers(saved_key(council.south)))
        other = raised(session, managers(saved_key(council.north)), key="two")
    assert (again.reference, again.team_id) == (first.reference, first.team_id)
    assert other.reference != first.reference


def test_two_who_raise_the_same_at_once_raise_one(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    with council.database.transaction() as session:
        first = raised(session, LEGAL)
    looks = iter([None, first])
    monkeypatch.setattr("tracker.tasks.services.find_task", lambda *_: next(looks))
    with council.database.transaction() as session:
        assert raised(session, LEGAL).reference == first.reference
    with council.database.reading() as session:
        assert len(session.exec(select(Task)).all()) == 1


def test_it_goes_from_a_member_to_their_managers_to_those_above_and_to_the_responsible_officer(
    council: Council,
) -> None:
    north, department = saved_key(council.north), saved_key(council.department)
    with council.database.transaction() as session:
        task = raised(session, member(saved_key(council.worker)))
        steps = [(waits_of(take_up(session, task, now=LATER)), task.level) for _ in range(4)]
    sro = Addressee(WaitsFor.SRO)
    assert steps == [(managers(north), 1), (managers(department), 2), (sro, 3), (sro, 3)]
    assert task.taken_up_at == LATER


@pytest.mark.parametrize("first", [LEGAL, OFFICER])
def test_legal_and_the_officer_stand_under_the_responsible_officer(council: Council, first: Addressee) -> None:
    with council.database.transaction() as session:
        assert waits_of(take_up(session, raised(session, first), now=LATER)) == Addressee(WaitsFor.SRO)


def test_a_managers_own_goes_past_themself_to_those_above(council: Council) -> None:
    with council.database.transaction() as session:
        task = take_up(session, raised(session, member(saved_key(council.manager))), now=LATER)
    assert waits_of(task) == managers(saved_key(council.department))


def test_what_is_about_the_only_manager_waits_for_those_above(council: Council) -> None:
    with council.database.transaction() as session:
        task = raised(session, managers(saved_key(council.north)), about_id=saved_key(council.manager))
        other = raised(session, managers(saved_key(council.north)), "two", about_id=saved_key(council.worker))
    assert waits_of(task) == managers(saved_key(council.department))
    assert waits_of(other) == managers(saved_key(council.north))


def test_everybody_finds_what_waits_for_them_and_nothing_else(council: Council) -> None:
    with council.database.transaction() as session:
        raised(session, member(saved_key(council.worker)), "worker")
        raised(session, managers(saved_key(council.north)), "manager")
        raised(session, managers(saved_key(council.department)), "head")
        raised(session, LEGAL, "legal")
        raised(session, OFFICER, "officer")
        raised(session, Addressee(WaitsFor.SRO), "sro")
    everybody = (
        "worker",
        "colleague",
        "manager",
        "manager2",
        "head",
        "duty",
        "legal",
        "officer",
        "sro",
        "admin",
        "auditor",
    )
    with council.database.reading() as session:
        found = {
            who: [task.key for task in list_tasks_for(session, actor)]
            for who, actor in council.actors(everybody).items()
        }
        assert count_tasks_for(session, council.actor(council.worker)) == 1
    mine = ("worker", "manager", "head", "legal", "officer", "sro")
    assert found == {who: [who] if who in mine else [] for who in everybody}


def test_a_deputy_finds_what_waits_for_whom_they_cover_but_not_what_is_about_them(council: Council) -> None:
    covered, north = saved_key(council.manager), saved_key(council.north)
    cover = Holding(Role.TEAM_MANAGER, north, covered)
    deputy = replace(council.actor(council.colleague), holdings=(cover,))
    with council.database.transaction() as session:
        raised(session, managers(north), "theirs", about_id=saved_key(council.worker))
        raised(session, member(covered), "their own")
        about = raised(session, managers(north), "about them")
        about.about_id = covered
        session.add(about)
    with council.database.reading() as session:
        assert {task.key for task in list_tasks_for(session, deputy)} == {"theirs", "their own"}


def test_whoever_it_waits_for_finishes_it_with_a_reason_once(council: Council) -> None:
    manager = council.actor(council.manager)
    with council.database.transaction() as session:
        task = raised(session, managers(saved_key(council.north)))
    with council.database.transaction() as session:
        done = finish_task(session, session.get_one(Task, task.id), "Spoke about it.", by=manager, now=LATER)
        assert (done.done_at, done.done_by, done.done_why) == (LATER, manager.staff_id, "Spoke about it.")
        with pytest.raises(TaskDoneError):
            finish_task(session, done, "Again.", by=manager, now=LATER)
    with council.database.reading() as session:
        assert list_tasks_for(session, manager) == []


def test_nobody_else_finishes_it_nor_whom_it_is_about(council: Council) -> None:
    with council.database.transaction() as session:
        task = raised(session, managers(saved_key(council.north)), about_id=saved_key(council.worker))
        worker_who_manages = replace(
            council.actor(council.worker), holdings=(Holding(Role.TEAM_MANAGER, saved_key(council.north)),)
        )
        for name in ("worker", "manager2", "head", "legal", "sro", "admin", "auditor"):
            with pytest.raises(NotAllowedError):
                finish_task(session, task, "So.", by=council.actor(getattr(council, name)), now=LATER)
        with pytest.raises(NotAllowedError):
            finish_task(session, task, "So.", by=worker_who_manages, now=LATER)
        assert finish_task(session, task, "So.", by=council.actor(council.manager), now=LATER).done_at == LATER


def test_what_ends_only_by_being_done_is_not_finished_by_saying_so(council: Council) -> None:
    with council.database.transaction() as session:
        task = raised(session, member(saved_key(council.worker)), kind=TaskKind.UNREPORTED)
        with pytest.raises(NotByHandError):
            finish_task(session, task, "I did not look.", by=council.actor(council.worker), now=LATER)


def test_keeping_raises_what_is_missing_ends_what_is_no_longer_so_and_run_twice_changes_nothing(
    council: Council,
) -> None:
    north = managers(saved_key(council.north))
    with council.database.transaction() as session:
        keep_tasks(session, KIND, [wanted("a", north), wanted("b", north)], now=START)
    before = everything(council.database)
    with council.database.transaction() as session:
        keep_tasks(session, KIND, [wanted("a", north), wanted("b", north)], now=START)
    assert everything(council.database) == before
    with council.database.transaction() as session:
        raised(session, LEGAL, "of another kind", kind=TaskKind.UNREVIEWED)
        keep_tasks(session, KIND, [wanted("b", north)], now=LATER)
    with council.database.reading() as session:
        rows = {task.key: task for task in session.exec(select(Task))}
    assert (rows["a"].done_at, rows["a"].done_why, rows["a"].done_by) == (LATER, NO_LONGER_SO, None)
    assert rows["b"].done_at is None
    assert rows["of another kind"].done_at is None


def test_what_ended_and_comes_back_is_raised_anew_and_what_was_finished_is_not(council: Council) -> None:
    north = managers(saved_key(council.north))
    both = [wanted("a", north), wanted("b", north)]
    with council.database.transaction() as session:
        keep_tasks(session, KIND, both, now=START)
        finished = session.exec(select(Task).where(Task.key == "b")).one()
        finish_task(session, finished, "Known.", by=council.actor(council.manager), now=START)
        for at in range(2):
            keep_tasks(session, KIND, [], now=START + timedelta(hours=at))
            keep_tasks(session, KIND, both, now=START + timedelta(hours=at))
    with council.database.reading() as session:
        rows = {task.key: task.done_at is None for task in session.exec(select(Task))}
    assert rows == {"a": False, "b": False, "a#2": False, "a#3": True}


def test_each_instant_that_has_come_takes_it_one_level_up_however_late_the_run(council: Council) -> None:
    north, worker = saved_key(council.north), member(saved_key(council.worker))
    ups = tuple(START + timedelta(days=day) for day in (1, 2, 3, 4))
    one = wanted("a", worker, *ups, team_id=north)
    expected = {0: worker, 1: managers(north), 2: managers(saved_key(council.department)), 3: Addressee(WaitsFor.SRO)}
    for day, to in expected.items():
        with council.database.transaction() as session:
            keep_tasks(session, KIND, [one], now=START + timedelta(days=day) - timedelta(microseconds=1))
            before = session.exec(select(Task)).one()
            assert before.level == max(day - 1, 0)
            keep_tasks(session, KIND, [one], now=START + timedelta(days=day))
            assert (waits_of(before), before.level) == (to, day)
    with council.database.transaction() as session:
        keep_tasks(session, KIND, [one, replace(one, key="late", record="CHK-1")], now=START + timedelta(days=9))
        rows = session.exec(select(Task)).all()
        assert {(waits_of(task), task.level) for task in rows} == {(Addressee(WaitsFor.SRO), 3)}


def test_what_a_member_who_left_had_to_do_is_passed_on_to_their_managers(council: Council) -> None:
    with council.database.transaction() as session:
        mine = raised(session, member(saved_key(council.worker)), "mine")
        theirs = raised(session, member(saved_key(council.colleague)), "theirs")
    close(council, council.worker)
    run_passing_on(council)
    with council.database.reading() as session:
        rows = {task.key: task for task in session.exec(select(Task))}
        assert waits_of(rows["mine"]) == managers(saved_key(council.north))
        assert rows["mine"].level == 0
        assert waits_of(rows["theirs"]) == waits_of(theirs)
        assert tasks_of_nobody(session, LATER) == []
    assert waits_of(mine) == member(saved_key(council.worker))  # as it was before


def test_what_is_wanted_of_somebody_who_left_waits_for_their_managers_from_the_beginning(council: Council) -> None:
    close(council, council.worker)
    with council.database.transaction() as session:
        one = wanted("a", member(saved_key(council.worker)), team_id=saved_key(council.north))
        keep_tasks(session, KIND, [one], now=LATER)
        assert waits_of(session.exec(select(Task)).one()) == managers(saved_key(council.north))


def test_where_the_only_manager_has_left_it_waits_for_those_above(council: Council) -> None:
    with council.database.transaction() as session:
        raised(session, managers(saved_key(council.north)))
    close(council, council.manager)
    run_passing_on(council)
    with council.database.reading() as session:
        assert waits_of(session.exec(select(Task)).one()) == managers(saved_key(council.department))


def test_a_merged_teams_tasks_are_found_by_the_managers_of_its_successor(council: Council) -> None:
    with council.database.transaction() as session:
        raised(session, managers(saved_key(council.north)))
        by = council.actor(council.admin)
        close_team(session, saved_key(council.north), successor_id=saved_key(council.south), by=by, now=START)
    with council.database.reading() as session:
        assert [task.key for task in list_tasks_for(session, council.actor(council.manager2, at=LATER))] == ["one"]


def test_the_trail_says_what_became_of_a_task_by_references_only(council: Council) -> None:
    with council.database.transaction() as session:
        task = raised(session, member(saved_key(council.worker)))
        take_up(session, task, now=LATER)
        finish_task(session, task, "Zzreason of Zzsomebody.", by=council.actor(council.manager), now=LATER)
    with council.database.reading() as session:
        rows = session.exec(
            select(AuditEntry).where(AuditEntry.record == task.reference).order_by(col(AuditEntry.seq))
        ).all()
    assert [row.event for row in rows] == ["task:raised", "task:taken_up", "task:finished"]
    assert not any("Zzreason" in row.text for row in rows)


def everything(database: Database) -> list[dict[str, object]]:
    """Every task, and how long the trail is."""
    with database.reading() as session:
        tasks = [task.model_dump() for task in session.exec(select(Task).order_by(Task.key))]
        return [*tasks, {"entries": len(session.exec(select(AuditEntry.seq)).all())}]


def close(council: Council, who: StaffMember) -> None:
    """Somebody leaves."""
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(who), by=council.actor(council.admin), now=START)


def run_passing_on(council: Council) -> None:
    """The job, item by item."""
    with council.database.reading() as session:
        keys = list(TASKS_PASSED_ON.items(session, LATER))
    for key in keys:
        with council.database.transaction() as session:
            TASKS_PASSED_ON.do(session, key, LATER)
