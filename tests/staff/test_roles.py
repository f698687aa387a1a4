"""Roles are granted by one and confirmed by another; nobody touches their own."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.settling import FAST
from tests.fixtures.trail import last_event, trail
from tracker.access.permissions import NotAllowedError
from tracker.policy.entitlement import CONFIRMED_ROLES, Actor, Holding, Role
from tracker.staff.models import RoleGrant, StaffMember, Team
from tracker.staff.requests import NewRole, NewStaffMember, StaffChangeError
from tracker.staff.services import add_staff_member, confirm_role, end_role, grant_role
from tracker.storage.session import Database
from tracker.storage.tables import NoSuchRecordError, saved_key

pytestmark = ONE_DATABASE


def granting(
    council: Council, to: StaffMember, role: Role, team: Team | None = None, *, by: Actor | None = None
) -> RoleGrant:
    with council.database.transaction() as session:
        new = NewRole(saved_key(to), role, team.id if team else None)
        return grant_role(session, new, by=by or council.actor(council.admin), now=START)


def confirming(council: Council, grant: RoleGrant, by: StaffMember) -> RoleGrant:
    with council.database.transaction() as session:
        return confirm_role(session, saved_key(grant), by=council.actor(by), now=START)


def test_an_administrator_grants_a_role_and_the_trail_says_which_and_where(council: Council) -> None:
    granting(council, council.worker, Role.SOCIAL_WORKER, council.south)
    entry = last_event(council.database)
    assert (entry.event, entry.actor, entry.record) == (
        "staff:role_granted",
        council.admin.reference,
        council.worker.reference,
    )
    assert entry.facts["role"] == "social_worker"
    assert entry.facts["team"] == council.south.reference
    assert entry.facts["waits_for_confirmation"] is False


@pytest.mark.parametrize("who", ["worker", "manager", "duty", "legal", "officer", "sro", "auditor"])
def test_nobody_but_an_administrator_grants_a_role(council: Council, who: str) -> None:
    before = len(trail(council.database))
    with pytest.raises(NotAllowedError):
        granting(council, council.worker2, Role.SOCIAL_WORKER, council.north, by=council.actor(getattr(council, who)))
    assert len(trail(council.database)) == before


def test_an_administrator_cannot_change_a_role_of_their_own(council: Council) -> None:
    with pytest.raises(NotAllowedError):
        granting(council, council.admin, Role.SOCIAL_WORKER, council.north)
    own = grants_of(council, council.admin)[0]
    with council.database.transaction() as session, pytest.raises(NotAllowedError):
        end_role(session, saved_key(own), by=council.actor(council.admin), now=START)


@pytest.mark.parametrize("role", sorted(CONFIRMED_ROLES))
def test_a_granted_role_of_weight_waits_until_somebody_confirms_it(council: Council, role: Role) -> None:
    team = {Role.TEAM_MANAGER: council.north, Role.DUTY_MANAGER: council.night}.get(role)
    grant = granting(council, council.worker2, role, team)
    assert grant.confirmed_at is None
    assert role not in council.actor(council.worker2).roles


@pytest.mark.parametrize(
    ("role", "confirmer"),
    [
        (Role.TEAM_MANAGER, "manager2"),
        (Role.TEAM_MANAGER, "sro"),
        (Role.LEGAL_REVIEWER, "legal"),
        (Role.LEGAL_REVIEWER, "sro"),
        (Role.AUTHORISING_OFFICER, "officer"),
        (Role.AUDITOR, "auditor"),
        (Role.SENIOR_RESPONSIBLE_OFFICER, "sro"),
    ],
)
def test_a_holder_of_the_role_or_the_responsible_officer_confirms_it(
    council: Council, role: Role, confirmer: str
) -> None:
    team = council.north if role is Role.TEAM_MANAGER else None
    grant = granting(council, council.worker, role, team)
    confirmed = confirming(council, grant, getattr(council, confirmer))
    assert confirmed.confirmed_at == START
    assert role in council.actor(council.worker).roles
    assert last_event(council.database).event == "staff:role_confirmed"


@pytest.mark.parametrize("who", ["admin", "worker", "manager", "duty", "officer", "auditor"])
def test_nobody_else_confirms_a_legal_reviewer(council: Council, who: str) -> None:
    grant = granting(council, council.worker2, Role.LEGAL_REVIEWER)
    with pytest.raises(NotAllowedError):
        confirming(council, grant, getattr(council, who))
    assert Role.LEGAL_REVIEWER not in council.actor(council.worker2).roles


def test_a_manager_cannot_confirm_a_further_role_of_their_own(council: Council) -> None:
    grant = granting(council, council.manager, Role.TEAM_MANAGER, council.south)
    with pytest.raises(NotAllowedError):
        confirming(council, grant, council.manager)
    confirming(council, grant, council.manager2)


def test_whoever_granted_a_role_does_not_confirm_it_too(council: Council) -> None:
    sro = council.actor(council.sro)
    both = replace(sro, holdings=(*sro.holdings, Holding(Role.ADMINISTRATOR)))
    grant = granting(council, council.worker, Role.AUDITOR, by=both)
    with pytest.raises(NotAllowedError):
        confirming(council, grant, council.sro)
    confirming(council, grant, council.auditor)


def test_the_database_too_refuses_a_role_confirmed_by_whom_it_is_for(council: Council) -> None:
    grant = granting(council, council.worker, Role.AUDITOR)
    with council.database.transaction() as session, pytest.raises(IntegrityError):
        session.execute(update(RoleGrant).where(col(RoleGrant.id) == grant.id).values(confirmed_by=grant.staff_id))


def test_a_role_is_confirmed_once(council: Council) -> None:
    grant = granting(council, council.worker, Role.AUDITOR)
    confirming(council, grant, council.sro)
    with pytest.raises(StaffChangeError, match="does not wait"):
        confirming(council, grant, council.auditor)
    with pytest.raises(StaffChangeError, match="does not wait"):
        confirming(council, grants_of(council, council.worker)[0], council.sro)


def test_a_role_that_was_ended_cannot_be_confirmed_any_more(council: Council) -> None:
    grant = granting(council, council.worker, Role.AUDITOR)
    with council.database.transaction() as session:
        end_role(session, saved_key(grant), by=council.actor(council.admin), now=START + timedelta(minutes=1))
    by, later = council.actor(council.sro), START + timedelta(minutes=2)
    with council.database.transaction() as session, pytest.raises(StaffChangeError, match="has ended"):
        confirm_role(session, saved_key(grant), by=by, now=later)


def test_a_role_is_ended_once_and_the_trail_says_so(council: Council) -> None:
    grant = grants_of(council, council.worker)[0]
    with council.database.transaction() as session:
        end_role(session, saved_key(grant), by=council.actor(council.admin), now=START)
    entry = last_event(council.database)
    assert (entry.event, entry.record, entry.facts["until"]) == (
        "staff:role_ended",
        council.worker.reference,
        START.isoformat(),
    )
    with council.database.transaction() as session, pytest.raises(StaffChangeError, match="ended already"):
        end_role(session, saved_key(grant), by=council.actor(council.admin), now=START)


def test_the_operators_first_grants_are_in_force_and_later_ones_wait(council: Council) -> None:
    """`council` was set up that way: its first responsible officer was granted by nobody and needed no confirming."""
    first = grants_of(council, council.sro)[0]
    assert (first.granted_by, first.confirmed_by) == (None, None)
    with council.database.transaction() as session:
        later = grant_role(session, NewRole(saved_key(council.worker), Role.LEGAL_REVIEWER), by=None, now=START)
    assert later.confirmed_at is None
    assert last_event(council.database).actor is None


@pytest.mark.parametrize(
    ("who", "role", "team", "why"),
    [
        ("worker", Role.SOCIAL_WORKER, "north", "already have"),
        ("worker", Role.DUTY_WORKER, "north", "duty team"),
        ("worker", Role.SOCIAL_WORKER, "night", "duty team"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_in_words(
    council: Council, who: str, role: Role, team: str, why: str
) -> None:
    with pytest.raises(StaffChangeError, match=why):
        granting(council, getattr(council, who), role, getattr(council, team))


def test_a_role_neither_begins_in_the_past_nor_ends_before_it_begins(council: Council) -> None:
    by, hour = council.actor(council.admin), timedelta(hours=1)
    worker, south = saved_key(council.worker), saved_key(council.south)
    past = NewRole(worker, Role.SOCIAL_WORKER, south, from_at=START - hour)
    backwards = NewRole(worker, Role.SOCIAL_WORKER, south, from_at=START + hour, until_at=START + hour)
    for new, why in ((past, "in the past"), (backwards, "end after")):
        with council.database.transaction() as session, pytest.raises(StaffChangeError, match=why):
            grant_role(session, new, by=by, now=START)


def test_a_worker_or_manager_needs_a_team() -> None:
    for role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER):
        with pytest.raises(StaffChangeError, match="needs a team"):
            NewRole(1, role)


def test_a_role_of_somebody_who_is_not_there_is_not_found(council: Council) -> None:
    by = council.actor(council.admin)
    with council.database.transaction() as session, pytest.raises(NoSuchRecordError):
        grant_role(session, NewRole(4711, Role.AUDITOR), by=by, now=START)
    with council.database.transaction() as session, pytest.raises(NoSuchRecordError):
        end_role(session, 4711, by=by, now=START)


def test_the_first_of_all_needs_nobody_to_confirm_it(database: Database) -> None:
    from tests.fixtures.settling import FAST
    from tracker.staff.requests import NewStaffMember
    from tracker.staff.services import add_staff_member

    with database.transaction() as session:
        new = NewStaffMember("first@northshire.example", "Fi Zzfirst", "Solicitor")
        first = add_staff_member(session, new, by=None, now=START, passwords=FAST).member
        grants = [
            grant_role(session, NewRole(saved_key(first), role), by=None, now=START)
            for role in (Role.LEGAL_REVIEWER, Role.SENIOR_RESPONSIBLE_OFFICER)
        ]
    assert [grant.confirmed_at for grant in grants] == [START, START]


def grants_of(council: Council, member: StaffMember) -> list[RoleGrant]:
    from tracker.staff.selectors import list_grants

    with council.database.reading() as session:
        return [grant for grant, _ in list_grants(session, staff_id=saved_key(member), now=START)]


def test_an_administrator_is_granted_no_other_role_and_nobody_else_is_made_one(council: Council) -> None:
    """Two administrators cannot make each other social workers, and so read cases."""
    with council.database.transaction() as session:
        new = NewStaffMember("abel@demo.example", "Abel Zzsecond", "Systems")
        second = add_staff_member(session, new, by=council.actor(council.admin), now=START, passwords=FAST).member
    granting(council, second, Role.ADMINISTRATOR)
    with pytest.raises(StaffChangeError, match="An administrator has no other role"):
        granting(council, council.admin, Role.SOCIAL_WORKER, council.north, by=council.actor(second))
    with pytest.raises(StaffChangeError, match="An administrator has no other role"):
        granting(council, council.worker, Role.ADMINISTRATOR)
