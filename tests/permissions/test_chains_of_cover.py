"""By no chain of roles, rota and deputies does anybody decide their own check, or one they asked for, would look at, endorsed or
advised on: chains made through the services of the staff room, over a week in which cover begins, overlaps and is ended."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.fixtures.council import ONE_DATABASE, START, Council
from tracker.access.permissions import NotAllowedError
from tracker.policy.entitlement import (
    Actor,
    CheckStanding,
    Holding,
    PersonStanding,
    Role,
    may_act_for_legal,
    may_answer_correction,
    may_decide_on_check,
    may_give_verdict,
    may_grant,
    may_speak_for_requester,
)
from tracker.staff.entitlement import may_change_account_of, may_confirm_role
from tracker.staff.requests import NewDeputy, NewRole, NewShift, StaffChangeError
from tracker.staff.selectors import holdings, load_actor, load_holdings
from tracker.staff.services import add_rota_shift, confirm_role, end_cover, grant_role, name_deputy
from tracker.storage.tables import saved_key
from tracker.tasks.entitlement import TaskStanding, may_finish_task

pytestmark = ONE_DATABASE
DAY = timedelta(days=1)
WHO = ("worker", "colleague", "manager", "head", "legal", "officer", "sro", "duty")
INSTANTS = tuple(START + DAY * day + timedelta(hours=1) for day in range(5))
Owners = Mapping[datetime, Mapping[int, frozenset[int]]]


@dataclass(frozen=True)
class Cover:
    """Who covers whom, from which day for how many, and after how many days it is ended early, if at all."""

    covered: str
    deputy: str
    first: int
    days: int
    ended: int | None


@dataclass(frozen=True)
class Chain:
    """Roles that are granted and confirmed besides those that everybody has, shifts of the duty team, and cover."""

    roles: list[tuple[str, Role]]
    shifts: list[tuple[str, int]]
    cover: list[Cover]


@dataclass(frozen=True)
class Parts:
    """Who had which part in a check."""

    requester: str
    viewer: str
    decider: str | None
    adviser: str | None
    spoke: str | None


PERSON = st.sampled_from(WHO)
EXTRA = (Role.TEAM_MANAGER, Role.LEGAL_REVIEWER, Role.AUTHORISING_OFFICER, Role.DUTY_MANAGER, Role.SOCIAL_WORKER)
CHAINS = st.builds(
    Chain,
    roles=st.lists(st.tuples(PERSON, st.sampled_from(EXTRA)), max_size=2),
    shifts=st.lists(st.tuples(PERSON, st.integers(0, 3)), max_size=2),
    cover=st.lists(
        st.builds(Cover, PERSON, PERSON, st.integers(0, 2), st.integers(1, 4), st.none() | st.integers(0, 3)),
        min_size=1,
        max_size=6,
    ),
)
PARTS = st.builds(Parts, PERSON, PERSON, st.none() | PERSON, st.none() | PERSON, st.none() | PERSON)


class UndoneError(Exception):
    """Takes back what an example wrote."""


@dataclass
class Week:
    """A chain as it stands: everybody by key, their own roles at each instant, and whose roles they have directly by cover."""

    keys: dict[str, int]
    own: dict[datetime, dict[int, tuple[Holding, ...]]]
    owners: Owners
    acting: dict[datetime, dict[int, Actor]]


@contextmanager
def a_week(council: Council, chain: Chain) -> Iterator[Week]:
    """The chain made through the services; nothing of it is kept."""
    with suppress(UndoneError), council.database.transaction() as session:
        _grant(session, council, chain)
        members = {name: getattr(council, name) for name in WHO}
        own = {at: load_holdings(session, members.values(), now=at) for at in INSTANTS}
        made = list(_cover(session, council, chain.cover))
        owners = {
            at: {
                saved_key(one): frozenset(
                    covered for covered, deputy, begins, ends in made if deputy == one.id and begins <= at < ends
                )
                for one in members.values()
            }
            for at in INSTANTS
        }
        acting = {}
        for at in INSTANTS:
            held = load_holdings(session, members.values(), now=at)
            acting[at] = {
                saved_key(one): Actor(saved_key(one), one.reference, one.name, held[saved_key(one)])
                for one in members.values()
            }
        sample = load_actor(session, staff_id=saved_key(council.colleague), now=INSTANTS[2])
        assert sample.holdings == acting[INSTANTS[2]][sample.staff_id].holdings
        assert {one.staff_id for one in sample.covered} == owners[INSTANTS[2]][sample.staff_id]
        yield Week({name: saved_key(one) for name, one in members.items()}, own, owners, acting)
        raise UndoneError


def _grant(session: Session, council: Council, chain: Chain) -> None:
    admin, sro = (load_actor(session, staff_id=saved_key(one), now=START) for one in (council.admin, council.sro))
    for name, role in chain.roles:
        team = {Role.DUTY_MANAGER: council.night, Role.LEGAL_REVIEWER: None, Role.AUTHORISING_OFFICER: None}
        given_in = team.get(role, council.north)
        new = NewRole(saved_key(getattr(council, name)), role, saved_key(given_in) if given_in else None)
        with suppress(StaffChangeError, NotAllowedError):
            confirm_role(session, saved_key(grant_role(session, new, by=admin, now=START)), by=sro, now=START)
    for name, first in chain.shifts:
        begins = START + DAY * first
        shift = NewShift(saved_key(getattr(council, name)), saved_key(council.night), begins, begins + 2 * DAY)
        add_rota_shift(session, shift, by=admin, now=START)


def _cover(
    session: Session, council: Council, wanted: Iterable[Cover]
) -> Iterator[tuple[int, int, datetime, datetime]]:
    for one in wanted:
        covered, deputy = getattr(council, one.covered), getattr(council, one.deputy)
        begins = START + DAY * one.first
        by = load_actor(session, staff_id=saved_key(covered), now=START)
        with suppress(StaffChangeError, NotAllowedError):
            new = NewDeputy(saved_key(covered), saved_key(deputy), begins, begins + DAY * one.days, "Leave")
            made = name_deputy(session, new, by=by, now=START)
            if one.ended is not None:
                with suppress(StaffChangeError):
                    end_cover(session, saved_key(made), by=by, now=START + DAY * one.ended)
            yield made.covers_id, made.deputy_id, made.from_at, made.until_at


May = Callable[[Actor], bool]


def powers(council: Council, week: Week, parts: Parts) -> dict[str, tuple[May, frozenset[int]]]:
    """What somebody may do about this check, and who never does: by name."""

    def _keys(*names: str | None) -> frozenset[int]:
        return frozenset(week.keys[name] for name in names if name is not None)

    check = CheckStanding(
        team=saved_key(council.north),
        requester=week.keys[parts.requester],
        viewer=week.keys[parts.viewer],
        person=PersonStanding(teams=frozenset({saved_key(council.north)})),
        parent_teams=frozenset({saved_key(council.department)}),
        deciders=_keys(parts.decider),
        advisers=_keys(parts.adviser),
        spoke=_keys(parts.spoke),
    )
    asked = check.parties
    concerned = asked | check.deciders | check.advisers
    task = TaskStanding(teams=frozenset({saved_key(council.north)}), about=week.keys[parts.requester])
    of, granted_by = week.keys[parts.requester], week.keys[parts.viewer]
    return {
        "decide": (lambda one: may_decide_on_check(one, check), asked | check.advisers),
        "give a verdict": (lambda one: may_give_verdict(one, check), asked | check.advisers),
        "advise": (lambda one: may_act_for_legal(one, asked | check.deciders), asked | check.deciders),
        "grant": (lambda one: may_grant(one, concerned), concerned),
        "confirm a correction": (
            lambda one: may_answer_correction(one, check, granted_by, for_legal=False),
            asked | check.deciders | {granted_by},
        ),
        "finish a task": (lambda one: may_finish_task(one, task), frozenset({of})),
        "confirm a role": (
            lambda one: may_confirm_role(one, Role.TEAM_MANAGER, of=of, granted_by=granted_by),
            frozenset({of, granted_by}),
        ),
        "change an account": (lambda one: may_change_account_of(one, of), frozenset({of})),
    }


def assert_nobody_reaches_their_own(
    council: Council, week: Week, parts: Parts, as_acting: Callable[[Actor], Actor] = lambda one: one
) -> int:
    """Whoever may do something had no part in it, and has it of their own or from somebody whom they cover directly, who might do
    it themself. How often it was only by cover."""
    by_cover = 0
    for at in INSTANTS:
        for key, actor in week.acting[at].items():
            alone = replace(actor, holdings=week.own[at][key])
            for what, (may, barred) in powers(council, week, parts).items():
                if not may(as_acting(actor)):
                    continue
                assert key not in barred, (what, at, actor)
                owners = [one for one in (key, *week.owners[at][key]) if one not in barred]
                able = [one for one in owners if may(replace(week.acting[at][one], holdings=week.own[at][one]))]
                assert able, (what, at, actor)
                by_cover += not may(alone)
    return by_cover


def assert_speaks_only_apart(week: Week, parts: Parts, council: Council) -> None:
    """Who speaks for the requester covers them directly, and neither would look, decided, advised nor could decide."""
    others = frozenset(week.keys[one] for one in (parts.viewer, parts.decider, parts.adviser) if one is not None)
    check = CheckStanding(
        saved_key(council.north),
        week.keys[parts.requester],
        week.keys[parts.viewer],
        PersonStanding(teams=frozenset({saved_key(council.north)})),
        deciders=others - {week.keys[parts.viewer]},
    )
    for at in INSTANTS:
        for key, actor in week.acting[at].items():
            if may_speak_for_requester(actor, check):
                assert week.keys[parts.requester] in week.owners[at][key]
                assert key not in others
                assert not may_decide_on_check(actor, check)


def run(council: Council, examples: int, **how: Callable[[Actor], Actor]) -> int:
    """Tries chains; how often somebody could do something only by cover."""
    found: list[int] = []

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # what is found is said whole: making it smaller would write hundreds of chains
        suppress_health_check=list(HealthCheck),
    )
    @given(chain=CHAINS, several=st.lists(PARTS, min_size=3, max_size=3))
    def _tries(chain: Chain, several: list[Parts]) -> None:
        with a_week(council, chain) as week:
            for parts in several:
                found.append(assert_nobody_reaches_their_own(council, week, parts, **how))
                assert_speaks_only_apart(week, parts, council)

    _tries()
    return sum(found)


def test_no_chain_of_cover_lets_anybody_decide_what_they_had_a_part_in(council: Council) -> None:
    assert run(council, 25) >= 100


def test_a_rule_that_forgot_whom_a_role_covers_would_be_caught(council: Council) -> None:
    """The control: the same chains, with holdings that say of no role whose it is."""

    def _forgets(actor: Actor) -> Actor:
        return replace(actor, holdings=tuple(replace(one, covers=None) for one in actor.holdings))

    with pytest.raises(AssertionError):
        run(council, 25, as_acting=_forgets)


def test_cover_that_was_passed_on_would_be_caught(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: whoever covers somebody has also what those have whom they cover."""
    direct = holdings._cover

    def _passed_on(session: Session, staff_ids: list[int], now: datetime) -> object:
        first = list(direct(session, staff_ids, now))
        everybody = list(direct(session, list(range(1, 50)), now))
        more = [
            (type(row)(covers_id=beyond.covers_id, deputy_id=row.deputy_id, named_by=beyond.covers_id), member)
            for row, _ in first
            for beyond, member in everybody
            if beyond.deputy_id == row.covers_id and beyond.covers_id != row.deputy_id
        ]
        return [*first, *more]

    monkeypatch.setattr(holdings, "_cover", _passed_on)
    with pytest.raises(AssertionError):
        run(council, 25)
