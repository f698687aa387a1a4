"""Which roles are in force: confirmed, begun, not ended, on shift, covered, merged."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from tests.fixtures.council import START, Council
from tests.fixtures.settling import OFF_THE_ROTA, SETTLED, sign_up
from tracker.policy.entitlement import Actor, Holding, Role
from tracker.staff.models import Deputy, RoleGrant, StaffMember
from tracker.staff.requests import NewDeputy, NewRole, NewTeam
from tracker.staff.selectors import (
    list_colleagues,
    list_holders,
    list_managers_of,
    load_actor,
    parent_teams,
)
from tracker.staff.services import (
    add_team,
    close_staff_member,
    close_team,
    confirm_role,
    end_role,
    grant_role,
    name_deputy,
)
from tracker.storage.session import Database
from tracker.storage.tables import NoSuchRecordError, saved_key

LATER = START + timedelta(days=2)


def grant(council: Council, to: StaffMember, role: Role, team_id: int | None = None, **when: datetime) -> int:
    with council.database.transaction() as session:
        new = NewRole(saved_key(to), role, team_id, **when)
        return saved_key(grant_role(session, new, by=council.actor(council.admin), now=START))


def cover(council: Council, *, covered: StaffMember, deputy: StaffMember, until: datetime = LATER) -> None:
    with council.database.transaction() as session:
        new = NewDeputy(saved_key(covered), saved_key(deputy), START, until, "Annual leave")
        name_deputy(session, new, by=council.actor(covered), now=START)


def asked(council: Council, ask: Callable[[Session], list[StaffMember]]) -> list[str]:
    with council.database.reading() as session:
        return [member.name for member in ask(session)]


def test_an_actor_has_their_reference_name_and_own_roles_and_nobody_elses(council: Council) -> None:
    found = council.actor(council.worker)
    assert found == Actor(
        saved_key(council.worker),
        council.worker.reference,
        "Wanda Zzworker",
        (Holding(Role.SOCIAL_WORKER, saved_key(council.north)),),
    )


def test_somebody_who_is_not_there_cannot_be_loaded(database: Database) -> None:
    with database.reading() as session, pytest.raises(NoSuchRecordError):
        load_actor(session, staff_id=4711, now=START)


def test_a_role_of_a_manager_is_in_force_once_it_is_confirmed_and_not_before(council: Council) -> None:
    granted = grant(council, council.worker, Role.TEAM_MANAGER, saved_key(council.north))
    assert Role.TEAM_MANAGER not in council.actor(council.worker).roles
    with council.database.transaction() as session:
        confirm_role(session, granted, by=council.actor(council.manager2), now=START + timedelta(hours=1))
    assert Role.TEAM_MANAGER not in council.actor(council.worker).roles
    assert Role.TEAM_MANAGER in council.actor(council.worker, at=START + timedelta(hours=1)).roles


def test_a_role_runs_from_its_first_instant_to_just_before_its_last(council: Council) -> None:
    begins, ends = START + timedelta(days=1), START + timedelta(days=2)
    grant(council, council.worker, Role.SOCIAL_WORKER, saved_key(council.south), from_at=begins, until_at=ends)
    south = Holding(Role.SOCIAL_WORKER, saved_key(council.south))
    instant = timedelta(microseconds=1)
    held = {
        at: south in council.actor(council.worker, at=at).holdings
        for at in (begins - instant, begins, ends - instant, ends)
    }
    assert list(held.values()) == [False, True, True, False]


def test_a_role_that_is_ended_is_gone_at_once(council: Council) -> None:
    granted = grant(council, council.worker, Role.SOCIAL_WORKER, saved_key(council.south))
    with council.database.transaction() as session:
        end_role(session, granted, by=council.actor(council.admin), now=START + timedelta(minutes=5))
    assert len(council.actor(council.worker).holdings) == 2
    assert len(council.actor(council.worker, at=START + timedelta(minutes=5)).holdings) == 1


def test_a_role_that_is_ended_before_it_began_never_begins(council: Council) -> None:
    granted = grant(council, council.worker, Role.SOCIAL_WORKER, saved_key(council.south), from_at=LATER)
    with council.database.transaction() as session:
        end_role(session, granted, by=council.actor(council.admin), now=START)
    for at in (START, LATER, LATER + timedelta(days=400)):
        assert len(council.actor(council.worker, at=at).holdings) == 1


def test_a_duty_role_is_in_force_only_during_the_shift_and_in_its_team(council: Council) -> None:
    on = council.actor(council.duty)
    assert on.holdings == (
        Holding(Role.DUTY_MANAGER, saved_key(council.night)),
        Holding(Role.DUTY_WORKER, saved_key(council.night)),
    )
    assert council.actor(council.duty, at=OFF_THE_ROTA).holdings == ()


def test_a_duty_role_in_all_teams_is_held_in_the_team_of_the_shift(council: Council) -> None:
    granted = grant(council, council.duty, Role.DUTY_WORKER)
    assert granted
    assert Holding(Role.DUTY_WORKER, None) not in council.actor(council.duty).holdings
    assert Holding(Role.DUTY_WORKER, saved_key(council.night)) in council.actor(council.duty).holdings


def test_a_shift_without_the_duty_role_gives_nothing(council: Council) -> None:
    with council.database.transaction() as session:
        for row, _ in _grants(session, council.duty):
            end_role(session, saved_key(row), by=council.actor(council.admin), now=START)
    assert council.actor(council.duty).holdings == ()


def test_a_deputy_has_what_the_person_covered_has_for_as_long_as_it_lasts(council: Council) -> None:
    cover(council, covered=council.manager, deputy=council.colleague)
    covered = Holding(Role.TEAM_MANAGER, saved_key(council.north), covers=saved_key(council.manager))
    assert covered in council.actor(council.colleague).holdings
    assert covered not in council.actor(council.colleague, at=START - timedelta(microseconds=1)).holdings
    assert covered not in council.actor(council.colleague, at=LATER).holdings
    assert council.actor(council.manager).roles == {Role.TEAM_MANAGER}


def test_cover_is_not_passed_on(council: Council) -> None:
    cover(council, covered=council.legal, deputy=council.manager)
    cover(council, covered=council.manager, deputy=council.colleague)
    assert Role.LEGAL_REVIEWER in council.actor(council.manager).roles
    assert council.actor(council.colleague).roles == {Role.SOCIAL_WORKER, Role.TEAM_MANAGER}


def test_closed_staff_hold_nothing_and_pass_nothing_on(council: Council) -> None:
    cover(council, covered=council.manager, deputy=council.colleague)
    closing = START + timedelta(hours=1)
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(council.manager), by=council.actor(council.admin), now=closing)
    assert Role.TEAM_MANAGER in council.actor(council.colleague, at=closing - timedelta(seconds=1)).roles
    assert council.actor(council.manager, at=closing).holdings == ()
    assert council.actor(council.colleague, at=closing).roles == {Role.SOCIAL_WORKER}


def test_whoever_works_in_a_team_that_took_another_over_works_in_both(council: Council) -> None:
    with council.database.transaction() as session:
        close_team(
            session,
            saved_key(council.north),
            successor_id=saved_key(council.south),
            by=council.actor(council.admin),
            now=START,
        )
    both = {saved_key(council.north), saved_key(council.south)}
    assert set(council.actor(council.worker).work_teams) == both
    assert set(council.actor(council.worker2).work_teams) == both
    assert asked(council, lambda s: list_managers_of(s, team_id=saved_key(council.north), now=START)) == [
        "Mina Zzmanager",
        "Moss Zzothermanager",
    ]


def test_managers_of_a_team_are_its_own_and_their_deputies_and_not_those_above(council: Council) -> None:
    cover(council, covered=council.manager, deputy=council.colleague)
    names = asked(council, lambda s: list_managers_of(s, team_id=saved_key(council.north), now=START))
    assert names == ["Cole Zzcolleague", "Mina Zzmanager"]
    after = asked(council, lambda s: list_managers_of(s, team_id=saved_key(council.north), now=LATER))
    assert after == ["Mina Zzmanager"]


def test_holders_of_a_role_are_found_across_teams(council: Council) -> None:
    assert asked(council, lambda s: list_holders(s, role=Role.LEGAL_REVIEWER, now=START)) == ["Lena Zzlegal"]


def test_colleagues_are_those_who_work_in_a_team_of_ones_own(council: Council) -> None:
    names = asked(council, lambda s: list_colleagues(s, by=council.actor(council.worker), now=START))
    assert names == ["Cole Zzcolleague", "Mina Zzmanager"]
    assert asked(council, lambda s: list_colleagues(s, by=council.actor(council.legal), now=START)) == []


def test_the_teams_above_reach_to_the_top_and_above_what_took_the_team_over(council: Council) -> None:
    admin = council.actor(council.admin)
    with council.database.transaction() as session:
        top = add_team(session, NewTeam("Another department"), by=admin, now=START)
        other = add_team(session, NewTeam("Assessment", saved_key(top)), by=admin, now=START)
        close_team(session, saved_key(council.north), successor_id=saved_key(other), by=admin, now=START)
    with council.database.reading() as session:
        above = parent_teams(session, saved_key(council.north))
        beside = parent_teams(session, saved_key(council.south))
    assert above == {saved_key(council.department), saved_key(other), saved_key(top)}
    assert beside == {saved_key(council.department)}


def test_noise_of_other_staff_changes_nobodys_roles(council: Council) -> None:
    before = council.actor(council.worker)
    with council.database.transaction() as session:
        extra = sign_up(
            session, "Noor Zznoise", Role.SOCIAL_WORKER, Role.TEAM_MANAGER, team_id=saved_key(council.north)
        )
        session.add(
            Deputy(
                covers_id=saved_key(extra),
                deputy_id=saved_key(council.colleague),
                from_at=SETTLED,
                until_at=LATER,
                reason="Leave",
                named_by=saved_key(extra),
                recorded_at=SETTLED,
            )
        )
    assert council.actor(council.worker) == before


def _grants(session: Session, member: StaffMember) -> list[tuple[RoleGrant, object]]:
    from tracker.staff.selectors import list_grants

    return [(grant, team) for grant, team in list_grants(session, staff_id=saved_key(member), now=START)]
