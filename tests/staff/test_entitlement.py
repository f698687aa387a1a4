"""Nobody decides on their own check, nor changes or confirms their own roles, by any chain of roles and cover."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from tracker.policy.entitlement import Actor, CheckStanding, Holding, PersonStanding, Role, may_decide_on_check
from tracker.staff.entitlement import may_change_account_of, may_confirm_role, may_name_deputy

KEYS = st.integers(min_value=1, max_value=4)
TEAMS = st.integers(min_value=1, max_value=3)
HOLDINGS = st.builds(Holding, role=st.sampled_from(Role), team=st.none() | TEAMS, covers=st.none() | KEYS)
ACTORS = st.builds(
    Actor,
    staff_id=KEYS,
    reference=st.just("STF-0000-0000"),
    name=st.just("Wanda Zzworker"),
    holdings=st.lists(HOLDINGS, max_size=6).map(tuple),
)
CHECKS = st.builds(
    CheckStanding,
    team=TEAMS,
    requester=KEYS,
    viewer=KEYS,
    person=st.builds(PersonStanding, teams=st.frozensets(TEAMS), restricted=st.booleans(), readers=st.frozensets(KEYS)),
    with_legal=st.booleans(),
    parent_teams=st.frozensets(TEAMS),
)
Decides = Callable[[Actor, CheckStanding], bool]


@given(ACTORS, CHECKS)
def test_nobody_decides_on_a_check_that_they_asked_for_or_would_look_for(actor: Actor, check: CheckStanding) -> None:
    if actor.staff_id in (check.requester, check.viewer):
        assert not may_decide_on_check(actor, check)


@given(ACTORS, CHECKS)
def test_what_is_held_for_the_requester_or_viewer_never_decides(actor: Actor, check: CheckStanding) -> None:
    own = (check.requester, check.viewer)
    through_others = replace(actor, holdings=tuple(held for held in actor.holdings if held.covers not in own))
    assert may_decide_on_check(actor, check) == may_decide_on_check(through_others, check)


def test_without_the_rule_about_cover_a_deputy_decides_for_the_requester() -> None:
    """The control: an actor whose holdings forgot whom they cover is found to decide on that person's check."""

    def forgetful(actor: Actor, check: CheckStanding) -> bool:
        held = tuple(replace(one, covers=None) for one in actor.holdings)
        return may_decide_on_check(replace(actor, holdings=held), check)

    assert _a_deputy_decides_for_the_requester(forgetful)
    with pytest.raises(AssertionError):
        _no_deputy_decides_for_the_requester(forgetful)
    _no_deputy_decides_for_the_requester(may_decide_on_check)


def _a_deputy_decides_for_the_requester(decides: Decides) -> bool:
    cases = st.tuples(ACTORS, CHECKS)
    found = find(
        cases, lambda case: decides(*case) and all(held.covers == case[1].requester for held in case[0].holdings)
    )
    return bool(found)


def _no_deputy_decides_for_the_requester(decides: Decides) -> None:
    person = PersonStanding(teams=frozenset({1}))
    check = CheckStanding(team=1, requester=2, viewer=3, person=person)
    deputy = Actor(1, "STF-0000-0000", "Wanda Zzworker", (Holding(Role.TEAM_MANAGER, 1, covers=2),))
    assert not decides(deputy, check)


@given(ACTORS)
def test_nobody_changes_their_own_account_whatever_they_hold(actor: Actor) -> None:
    assert not may_change_account_of(actor, actor.staff_id)


@given(ACTORS, KEYS)
def test_only_an_administrators_holding_changes_an_account_and_not_that_of_whom_it_covers(
    actor: Actor, other: int
) -> None:
    able = [held for held in actor.holdings if held.role is Role.ADMINISTRATOR and held.covers != other]
    assert may_change_account_of(actor, other) == (bool(able) and other != actor.staff_id)


@given(ACTORS, st.sampled_from(Role), KEYS)
def test_nobody_confirms_a_role_that_they_get_or_granted(actor: Actor, role: Role, other: int) -> None:
    assert not may_confirm_role(actor, role, of=actor.staff_id, granted_by=other)
    assert not may_confirm_role(actor, role, of=other, granted_by=actor.staff_id)


@given(ACTORS, st.sampled_from(Role), KEYS, KEYS)
def test_whoever_stands_in_confirms_no_role_by_it(actor: Actor, role: Role, of: int, granted_by: int) -> None:
    mine = may_confirm_role(actor, role, of=of, granted_by=granted_by)
    assert mine == may_confirm_role(in_their_own_right(actor), role, of=of, granted_by=granted_by)


@given(ACTORS, KEYS, KEYS, st.frozensets(st.sampled_from(Role)))
def test_whoever_stands_in_names_no_deputy_by_it(
    actor: Actor, covers: int, deputy: int, roles: frozenset[Role]
) -> None:
    if may_name_deputy(actor, covers=covers, deputy=deputy, passing_on=roles):
        assert may_name_deputy(in_their_own_right(actor), covers=covers, deputy=deputy, passing_on=roles)


def in_their_own_right(actor: Actor) -> Actor:
    """The same with what they hold themself."""
    return replace(actor, holdings=tuple(one for one in actor.holdings if one.covers is None))


@given(ACTORS, KEYS, st.frozensets(st.sampled_from(Role)))
def test_nobody_names_themself_a_deputy(actor: Actor, covers: int, roles: frozenset[Role]) -> None:
    assert not may_name_deputy(actor, covers=covers, deputy=actor.staff_id, passing_on=roles)


def test_an_administrator_cannot_pass_on_by_cover_what_they_could_not_grant_alone() -> None:
    administrator = Actor(1, "STF-0000-0000", "Ada Zzadministrator", (Holding(Role.ADMINISTRATOR),))
    assert may_name_deputy(administrator, covers=2, deputy=3, passing_on={Role.SOCIAL_WORKER})
    assert not may_name_deputy(administrator, covers=2, deputy=3, passing_on={Role.SOCIAL_WORKER, Role.LEGAL_REVIEWER})


def test_somebody_who_could_confirm_each_role_names_a_deputy_for_them() -> None:
    responsible = Actor(1, "STF-0000-0000", "Saba Zzresponsible", (Holding(Role.SENIOR_RESPONSIBLE_OFFICER),))
    manager = Actor(4, "STF-0000-0001", "Mina Zzmanager", (Holding(Role.TEAM_MANAGER, 1),))
    roles = {Role.TEAM_MANAGER, Role.LEGAL_REVIEWER}
    assert may_name_deputy(responsible, covers=2, deputy=3, passing_on=roles)
    assert may_name_deputy(manager, covers=2, deputy=3, passing_on={Role.TEAM_MANAGER})
    assert not may_name_deputy(manager, covers=2, deputy=3, passing_on=roles)


def test_whoever_is_covered_names_their_own_deputy() -> None:
    worker = Actor(2, "STF-0000-0000", "Wanda Zzworker", (Holding(Role.SOCIAL_WORKER, 1),))
    assert may_name_deputy(worker, covers=2, deputy=3, passing_on={Role.SOCIAL_WORKER})
    assert not may_name_deputy(worker, covers=4, deputy=3, passing_on={Role.SOCIAL_WORKER})
