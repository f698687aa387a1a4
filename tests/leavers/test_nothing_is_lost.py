"""Whatever is closed, merged or moved, in whatever order: what waits, waits for somebody who may act on it, and what was recorded
stays as it was."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from tests.fixtures.rehearsal import NOW, Rehearsal
from tests.fixtures.settling import sign_up
from tracker.checks.settling import nobody_left_was_seen
from tracker.decisions.models import Check
from tracker.leavers.orphans import waits_for_nobody
from tracker.leavers.services import close_leaver, merge_team, place_team
from tracker.people.models import Involvement, Person, PersonReader
from tracker.people.requests import MovedInvolvement
from tracker.people.services import move_involvement
from tracker.policy.entitlement import Actor, Role
from tracker.review.jobs import TELEPHONE_UNCONFIRMED
from tracker.review.selectors.telephone import list_unconfirmed
from tracker.review.selectors.unread import list_hardly_read
from tracker.review.selectors.waiting import waits_for_manager
from tracker.rulebook.selectors import limits_in_force
from tracker.staff.models import StaffMember, Team
from tracker.staff.requests import NewRole, StaffChangeError
from tracker.staff.selectors import get_staff_by_id, holdings, is_open, list_grants, list_staff, load_holdings, teams
from tracker.staff.services import end_role, grant_role
from tracker.storage.tables import saved_key
from tracker.tasks.entitlement import may_finish_task
from tracker.tasks.models import Task
from tracker.tasks.selectors import standing_of_task
from tracker.viewings.models import CaseReport, Look
from tracker.viewings.vocabulary import LookResult

LEAVERS = (
    "worker",
    "colleague",
    "worker2",
    "manager",
    "manager2",
    "head",
    "duty",
    "legal",
    "officer",
    "sro",
    "off_duty",
)
MORE = {"a second officer": Role.AUTHORISING_OFFICER, "a second lawyer": Role.LEGAL_REVIEWER}
TEAMS = ("north", "south", "department")
MAY_CHANGE = {
    *("audit_head", "audit_entry", "audit_person", "audit_content", "submission"),
    *("staff_member", "role_grant", "rota_shift", "deputy", "sign_in_session", "team", "corporate_profile_user"),
    *("task", "referral", "involvement", "person", "person_reader"),
}
"""What gets rows more, an end, or somebody else for whom it waits; a second reader is added at the outset. Everything else stays row
by row as it was."""

CLOSED = st.tuples(st.just("close"), st.sampled_from(LEAVERS), st.none())
MERGED = st.tuples(st.just("merge"), st.sampled_from(TEAMS), st.sampled_from(TEAMS))
PLACED = st.tuples(st.just("place"), st.sampled_from(TEAMS), st.sampled_from([*TEAMS, None]))
MOVED = st.tuples(st.just("move"), st.sampled_from(("worker", "colleague", "worker2")), st.sampled_from(TEAMS))
HANDED = st.tuples(st.just("hand over"), st.just("person"), st.sampled_from(TEAMS))
STEP = st.one_of(CLOSED, CLOSED, MERGED, PLACED, MOVED, HANDED)
Step = tuple[str, str, str | None]


def everybody(session: Session) -> list[Actor]:
    members = list_staff(session, now=NOW)
    held = load_holdings(session, members, now=NOW)
    return [Actor(saved_key(one), one.reference, one.name, held[saved_key(one)]) for one in members]


def orphans(session: Session) -> set[str]:
    """What waits, or will, and for nobody who works here; and what is restricted, and no manager may read."""
    found = set(waits_for_nobody(session, now=NOW)) | set(_reports(session)) | set(_telephone(session))
    found |= {one.person.reference for one in list_hardly_read(session, now=NOW) if not one.manager}
    actors = everybody(session)
    for task in session.exec(select(Task).where(col(Task.done_at).is_(None))):
        if not any(may_finish_task(one, standing_of_task(task)) for one in actors):
            found.add(task.reference)
    return found


def _reports(session: Session) -> Iterator[str]:
    """Looks of which neither somebody here has to report nor a manager has to see that nobody is left."""
    limits = limits_in_force(session, at=NOW).limits
    meant = select(CaseReport.check_id)
    owed = (col(Look.struck_at).is_(None), col(Look.check_id).not_in(meant))
    for look, check in session.exec(select(Look, Check).join(Check, col(Check.id) == col(Look.check_id)).where(*owed)):
        reported = look.reported_at is not None
        who = get_staff_by_id(session, check.requester_id if reported else look.viewer_id)
        settled = look.result == LookResult.NOT_USED or nobody_left_was_seen(session, check)
        if not settled and not is_open(who, NOW) and waits_for_manager(session, check, limits, now=NOW) is None:
            yield f"{check.reference} to report"


def _telephone(session: Session) -> Iterator[str]:
    for one in list_unconfirmed(session):
        tasks = session.exec(select(Task).where(Task.record == one.check.reference, Task.waits_for == "sro")).all()
        if not is_open(one.manager, NOW) and not tasks:
            yield f"{one.check.reference} by telephone"


def carry_out(rehearsal: Rehearsal, step: Step) -> None:
    """One step, by the administrator or whoever works there; what is refused changes nothing."""
    what, whom, to = step
    admin = rehearsal.actor("admin")
    with suppress(StaffChangeError), rehearsal.database.transaction() as session:
        if what == "close":
            close_leaver(session, saved_key(rehearsal.staff[whom]), by=admin, now=NOW)
        elif what == "hand over":
            _hand_over(session, rehearsal, to or "")
        elif what == "move":
            _move(session, rehearsal.staff[whom], _team(rehearsal, to or ""), admin)
        else:
            first, second = _team(rehearsal, whom), _team(rehearsal, to) if to else None
            if what == "merge":
                merge_team(session, first, successor_id=second or 0, by=admin, now=NOW)
            else:
                version = session.get_one(Team, first).version
                place_team(session, first, version=version, parent_id=second, by=admin, now=NOW)


def _team(rehearsal: Rehearsal, name: str) -> int:
    return saved_key(getattr(rehearsal.council, name))


def _move(session: Session, member: StaffMember, team: int, admin: Actor) -> None:
    """A worker goes from their team to another."""
    grant_role(session, NewRole(saved_key(member), Role.SOCIAL_WORKER, team), by=admin, now=NOW)
    for grant, _ in list_grants(session, staff_id=saved_key(member), now=NOW):
        if grant.role == Role.SOCIAL_WORKER.value and grant.team_id != team:
            end_role(session, saved_key(grant), by=admin, now=NOW)


def _hand_over(session: Session, rehearsal: Rehearsal, to: str) -> None:
    """The work with somebody goes from the worker's team to another, where the worker may still do that."""
    person = session.exec(select(Person).where(Person.reference == rehearsal.records["person"])).one()
    worker = rehearsal.actor("worker")
    theirs = (Involvement.person_id == person.id, col(Involvement.closed_on).is_(None))
    team = session.get_one(Team, _team(rehearsal, to))
    for row in session.exec(select(Involvement).where(*theirs)).all():
        if worker.works_in(row.team_id) and row.team_id != team.id and team.closed_at is None:
            moved = MovedInvolvement(
                person=person.reference, involvement=row.reference, version=row.version, team=team.reference
            )
            move_involvement(session, moved, by=worker, now=NOW)
            return


@contextmanager
def a_council(rehearsal: Rehearsal) -> Iterator[None]:
    """The furnished council with a second officer and a second lawyer, and a second manager who reads what is restricted; put back
    afterwards."""
    with rehearsal.database.transaction() as session:
        for name, role in MORE.items():
            sign_up(session, name, role)
        head = saved_key(rehearsal.staff["head"])
        for person in session.exec(select(Person).where(col(Person.restricted))):
            session.add(PersonReader(person_id=saved_key(person), staff_id=head, recorded_at=NOW))
    try:
        yield
    finally:
        rehearsal.restore()


def after(rehearsal: Rehearsal, steps: list[Step]) -> set[str]:
    """The orphans that there are once the steps were tried, and the clock of approvals by telephone has run."""
    for step in steps:
        carry_out(rehearsal, step)
    with rehearsal.database.reading() as session:
        keys = list(TELEPHONE_UNCONFIRMED.items(session, NOW))
    for key in keys:
        with rehearsal.database.transaction() as session:
            TELEPHONE_UNCONFIRMED.do(session, key, NOW)
    with rehearsal.database.reading() as session:
        return orphans(session)


def test_whatever_is_closed_merged_or_moved_nothing_waits_for_nobody_and_nothing_is_rewritten(
    rehearsal: Rehearsal,
) -> None:
    closed: set[str] = set()

    @settings(
        max_examples=6,
        phases=[Phase.generate],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=st.lists(STEP, min_size=2, max_size=6))
    def _one(steps: list[Step]) -> None:
        with a_council(rehearsal):
            assert after(rehearsal, steps) == set(), steps
            assert rehearsal.changed(without=MAY_CHANGE) == set(), steps
            with rehearsal.database.reading() as session:
                closed.update(one.name for one in session.exec(select(StaffMember)) if one.closed_at is not None)
                closed.update(one.name for one in session.exec(select(Team)) if one.closed_at is not None)

    _one()
    assert len(closed) >= 5


EVERYTHING: list[Step] = [
    ("close", "worker", None),
    ("merge", "north", "south"),
    ("close", "manager", None),
    ("merge", "south", "department"),
    ("close", "legal", None),
    ("close", "officer", None),
    ("close", "duty", None),
]


def test_after_a_whole_reorganisation_nothing_waits_for_nobody(rehearsal: Rehearsal) -> None:
    with a_council(rehearsal):
        assert after(rehearsal, EVERYTHING) == set()


def test_without_the_rule_of_successors_a_merged_teams_queue_would_wait_for_nobody(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    with a_council(rehearsal):
        after(rehearsal, [("merge", "department", "south"), ("merge", "north", "south")])
        none: dict[int, frozenset[int]] = {}
        monkeypatch.setattr(holdings, "merged_teams", lambda session: none)
        monkeypatch.setattr(
            teams, "_levels", lambda rows, team: iter([frozenset({team}), frozenset({rows[team].parent_id} - {None})])
        )
        with rehearsal.database.transaction() as session:
            for grant, _ in list_grants(session, staff_id=saved_key(rehearsal.staff["manager"]), now=NOW):
                end_role(session, saved_key(grant), by=rehearsal.actor("admin"), now=NOW)
            for grant, _ in list_grants(session, staff_id=saved_key(rehearsal.staff["head"]), now=NOW):
                end_role(session, saved_key(grant), by=rehearsal.actor("admin"), now=NOW)
        with rehearsal.database.reading() as session:
            assert rehearsal.records["waiting"] in orphans(session)
        monkeypatch.undo()
        with rehearsal.database.reading() as session:
            assert rehearsal.records["waiting"] not in orphans(session)
