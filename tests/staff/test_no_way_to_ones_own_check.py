"""By no chain of roles, rota and deputies, as they stand in the database, does anybody decide on their own check."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.fixtures.council import START
from tracker.policy.entitlement import Actor, CheckStanding, PersonStanding, Role, may_decide_on_check
from tracker.staff.models import Deputy, RoleGrant, RotaShift, StaffMember, Team
from tracker.staff.selectors import load_actor, parent_teams
from tracker.storage.references import new_reference
from tracker.storage.session import Database

PEOPLE, TEAMS, NIGHT = (1, 2, 3, 4), (1, 2), 3
HOUR = timedelta(hours=1)
Pair = tuple[int, int]


@dataclass(frozen=True)
class Arrangement:
    """Who holds what where, who is on the rota, who covers whom (deputy, covered)."""

    grants: list[tuple[int, Role, int | None]]
    shifts: list[int]
    cover: list[Pair]


ARRANGEMENTS = st.builds(
    Arrangement,
    grants=st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(Role), st.none() | st.sampled_from(TEAMS)), max_size=8
    ),
    shifts=st.lists(st.sampled_from(PEOPLE), max_size=3),
    cover=st.lists(st.permutations(PEOPLE).map(lambda order: (order[0], order[1])), max_size=6),
)
CHECKS = st.tuples(st.sampled_from(TEAMS), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))


class UndoneError(Exception):
    """Takes back what an example wrote."""


@pytest.fixture
def staffed(sqlite_database: Database) -> Database:
    """Four people, a team under another, and a duty team."""
    with sqlite_database.transaction() as session:
        for team in (*TEAMS, NIGHT):
            above = 1 if team == 2 else None
            session.add(_team(team, above, on_duty=team == NIGHT))
            session.flush()
        session.add_all(_member(person) for person in PEOPLE)
    return sqlite_database


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrangement=ARRANGEMENTS, check=CHECKS)
def test_whoever_may_decide_neither_asked_nor_looks_nor_stands_in_for_who_did(
    staffed: Database, arrangement: Arrangement, check: tuple[int, int, int]
) -> None:
    with _arranged(staffed, arrangement) as session:
        for person in PEOPLE:
            actor = load_actor(session, staff_id=person, now=START)
            _assert_holdings_are_as_arranged(actor, arrangement)
            _assert_decides_with_a_managers_role_of_a_third(session, actor, arrangement, check)


def test_a_load_that_forgot_whose_roles_are_covered_would_be_caught(staffed: Database) -> None:
    """The control."""
    arrangement = Arrangement(grants=[(1, Role.TEAM_MANAGER, 1)], shifts=[], cover=[(2, 1)])
    with _arranged(staffed, arrangement) as session:
        actor = load_actor(session, staff_id=2, now=START)
        forgot = replace(actor, holdings=tuple(replace(held, covers=None) for held in actor.holdings))
        _assert_decides_with_a_managers_role_of_a_third(session, actor, arrangement, (1, 1, 3))
        with pytest.raises(AssertionError):
            _assert_decides_with_a_managers_role_of_a_third(session, forgot, arrangement, (1, 1, 3))


def test_a_third_with_a_managers_role_of_their_own_does_decide(staffed: Database) -> None:
    arrangement = Arrangement(grants=[(1, Role.TEAM_MANAGER, 1)], shifts=[], cover=[(2, 1)])
    with _arranged(staffed, arrangement) as session:
        for decider in (1, 2):
            actor = load_actor(session, staff_id=decider, now=START)
            assert may_decide_on_check(actor, _standing(session, (2, 3, 4)))


def _assert_decides_with_a_managers_role_of_a_third(
    session: Session, actor: Actor, arrangement: Arrangement, check: tuple[int, int, int]
) -> None:
    own = set(check[1:])
    if may_decide_on_check(actor, _standing(session, check)):
        assert actor.staff_id not in own
        owners = {actor.staff_id} | {covered for deputy, covered in arrangement.cover if deputy == actor.staff_id}
        deciding = {who for who, role, _ in arrangement.grants if role in (Role.TEAM_MANAGER, Role.DUTY_MANAGER)}
        assert owners & deciding - own


def _assert_holdings_are_as_arranged(actor: Actor, arrangement: Arrangement) -> None:
    covered = {one for deputy, one in arrangement.cover if deputy == actor.staff_id}
    assert {held.covers for held in actor.holdings} <= {None, *covered}
    for held in actor.holdings:
        owner = held.covers or actor.staff_id
        assert (owner, held.role) in {(who, role) for who, role, _ in arrangement.grants}
        if held.role in (Role.DUTY_WORKER, Role.DUTY_MANAGER):
            assert owner in arrangement.shifts


def _standing(session: Session, check: tuple[int, int, int]) -> CheckStanding:
    team, requester, viewer = check
    person = PersonStanding(teams=frozenset({team}))
    return CheckStanding(team, requester, viewer, person, parent_teams=parent_teams(session, team))


@contextmanager
def _arranged(database: Database, arrangement: Arrangement) -> Iterator[Session]:
    try:
        with database.transaction() as session:
            session.add_all(_rows(arrangement))
            session.flush()
            yield session
            raise UndoneError
    except UndoneError:
        pass


def _rows(arrangement: Arrangement) -> Iterator[RoleGrant | RotaShift | Deputy]:
    span = {"from_at": START - HOUR, "until_at": START + HOUR, "recorded_at": START - HOUR}
    for who, role, team in arrangement.grants:
        where = NIGHT if role in (Role.DUTY_WORKER, Role.DUTY_MANAGER) else team
        if where is None and role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER):
            where = TEAMS[0]
        yield RoleGrant.model_validate(
            {"staff_id": who, "role": role.value, "team_id": where, "confirmed_at": START - HOUR, **span}
        )
    for who in arrangement.shifts:
        yield RotaShift.model_validate({"staff_id": who, "team_id": NIGHT, "added_by": who, **span})
    for deputy, covered in arrangement.cover:
        named = {"covers_id": covered, "deputy_id": deputy, "named_by": covered, "reason": "Leave"}
        yield Deputy.model_validate({**named, **span})


def _team(key: int, above: int | None, *, on_duty: bool) -> Team:
    reference = new_reference("TEM")
    return Team(id=key, reference=reference, name=f"Team {key}", parent_id=above, on_duty=on_duty, recorded_at=START)


def _member(key: int) -> StaffMember:
    return StaffMember(
        id=key,
        reference=new_reference("STF"),
        email=f"zz{key}@northshire.example",
        name=f"Zz{key}",
        job_title="Social worker",
        password_hash="none",  # noqa: S106 - nobody signs in here
        recorded_at=START,
    )
