"""Who may do what, for every role, team and cover that one holding can have, against the rules written a second time.

Staff member 1 acts. Requester 2 and viewer 3 may also be 1; team 1 is the check's, team 2 may be its parent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product

from tracker.policy.entitlement import (
    CONFIRMED_ROLES,
    ON_DUTY,
    READERS_OF_EVERYTHING,
    ROLE_WORDS,
    WORKERS,
    Actor,
    CheckStanding,
    Covered,
    Holding,
    PersonStanding,
    Role,
    comes_on_duty,
    manages_team,
    may_act_for_legal,
    may_answer_correction,
    may_ask_for_check,
    may_ask_for_legal,
    may_change_as_requester,
    may_decide_on_check,
    may_give_verdict,
    may_grant,
    may_open_check,
    may_open_person,
    may_report_the_look,
    may_see_what_was_written,
    may_speak_for_requester,
    may_work_on_person,
)

ME, REQUESTER, VIEWER, OTHER = 1, 2, 3, 4
WORKING = {"social_worker", "team_manager", "duty_worker", "duty_manager"}
READING_ALL = {"senior_responsible_officer", "auditor"}
ALL_ROLES = {
    "social_worker": "social worker",
    "team_manager": "team manager",
    "duty_worker": "duty worker",
    "duty_manager": "duty manager",
    "legal_reviewer": "legal reviewer",
    "authorising_officer": "authorising officer",
    "senior_responsible_officer": "Senior Responsible Officer",
    "auditor": "auditor",
    "administrator": "administrator",
}
ONE_HOLDING = [
    Holding(role, team, covers) for role, team, covers in product(Role, (None, 1, 2), (None, REQUESTER, VIEWER, OTHER))
]
OWN_ROLES = [holding for holding in ONE_HOLDING if holding.covers is None]
FIRST_OF_TWO = (
    Holding(Role.SOCIAL_WORKER, 1),
    Holding(Role.ADMINISTRATOR),
    Holding(Role.SOCIAL_WORKER, 2, REQUESTER),
)
TWO_HOLDINGS = list(product(FIRST_OF_TWO, OWN_ROLES))
HOLDINGS: list[tuple[Holding, ...]] = [(), *((one,) for one in ONE_HOLDING), *TWO_HOLDINGS]
PEOPLE = [
    PersonStanding(frozenset(teams), restricted, frozenset(readers))
    for teams, restricted, readers in product(({1}, {2}), (False, True), ((), {ME}, {OTHER}))
]


def cases() -> Iterator[tuple[Actor, CheckStanding]]:
    """Every actor and check of this small council."""
    checks = [
        CheckStanding(1, requester, viewer, person, with_legal, frozenset(parents))
        for person, requester, viewer, with_legal, parents in product(
            PEOPLE, (REQUESTER, ME), (VIEWER, ME), (False, True), ((), {2})
        )
    ]
    for holdings, check in product(HOLDINGS, checks):
        yield Actor(ME, "STF-7K3M-9QXT", "Wanda Zzworker", holdings), check


def cases_apart() -> Iterator[tuple[Actor, CheckStanding]]:
    """The same, where somebody has decided on the check, advised on it or spoken for who asked: nobody, me, or one whom I may cover."""
    persons = [PersonStanding(frozenset({1}), restricted, frozenset({ME})) for restricted in (False, True)]
    nobody: frozenset[int] = frozenset()
    acted = [
        tuple(frozenset({one}) if place == part else nobody for place in range(3))
        for one, part in product((ME, OTHER), range(3))
    ]
    for holdings, person, viewer, with_legal, parents, (deciders, advisers, spoke) in product(
        HOLDINGS, persons, (VIEWER, ME), (False, True), ((), {2}), [(nobody, nobody, nobody), *acted]
    ):
        check = CheckStanding(1, REQUESTER, viewer, person, with_legal, frozenset(parents), deciders, advisers, spoke)
        yield Actor(ME, "STF-7K3M-9QXT", "Wanda Zzworker", holdings), check


def roles_of(actor: Actor) -> set[str]:
    return {holding.role.value for holding in actor.holdings}


def at_work(actor: Actor) -> bool:
    return bool(roles_of(actor) & WORKING)


def in_team(actor: Actor, team: int) -> bool:
    return any(holding.role.value in WORKING and holding.team == team for holding in actor.holdings)


def on_the_rota_of(actor: Actor) -> set[int]:
    on_duty = [holding for holding in actor.holdings if holding.role.value in ("duty_worker", "duty_manager")]
    return {holding.team for holding in on_duty if holding.team is not None}


def sees_all(actor: Actor) -> bool:
    return bool(roles_of(actor) & {*READING_ALL, "legal_reviewer"})


def let_in(check: CheckStanding) -> bool:
    return not check.person.restricted or ME in check.person.readers


def opens_check(actor: Actor, check: CheckStanding) -> bool:
    mine = ME in (check.requester, check.viewer)
    of_my_team = sees_all(actor) or (in_team(actor, check.team) and let_in(check))
    by_reading = roles_of(actor) & READING_ALL or (check.with_legal and "legal_reviewer" in roles_of(actor))
    return bool(by_reading) or (at_work(actor) and (mine or of_my_team)) or speaks(actor, check)


def speaks(actor: Actor, check: CheckStanding) -> bool:
    """As the deputy of who asked, with no other part in it."""
    stands_in = any(one.covers == check.requester and one.role.value in WORKING for one in actor.holdings)
    part = ME in {check.requester, check.viewer, *check.deciders, *check.advisers} or decides(actor, check)
    return stands_in and not part and (sees_all(actor) or let_in(check))


def decides(actor: Actor, check: CheckStanding) -> bool:
    return manages_apart_from(actor, check, {*parties(check), *check.advisers})


def manages_apart_from(actor: Actor, check: CheckStanding, barred: set[int]) -> bool:
    teams = {check.team, *check.parent_teams}
    through = [holding for holding in actor.holdings if holding.covers not in barred]
    as_manager = any(holding.role.value == "team_manager" and holding.team in teams for holding in through)
    on_duty = any(holding.role.value == "duty_manager" for holding in through) and let_in(check)
    return ME not in barred and (as_manager or on_duty)


def holds_apart_from(actor: Actor, role: str, barred: set[int]) -> bool:
    return ME not in barred and any(
        holding.role.value == role and holding.covers not in barred for holding in actor.holdings
    )


AGAIN: dict[str, tuple[Callable[[Actor, CheckStanding], bool], Callable[[Actor, CheckStanding], bool]]] = {
    "open a person": (
        lambda actor, check: may_open_person(actor, check.person),
        lambda actor, check: sees_all(actor) or (at_work(actor) and let_in(check)),
    ),
    "see what was written": (
        lambda actor, check: may_see_what_was_written(actor, check.team, check.person),
        lambda actor, check: sees_all(actor) or (in_team(actor, check.team) and let_in(check)),
    ),
    "work on a person": (
        lambda actor, check: may_work_on_person(actor, check.person),
        lambda actor, check: at_work(actor) and (sees_all(actor) or let_in(check)),
    ),
    "ask for a check": (
        lambda actor, check: may_ask_for_check(actor, check.team, check.person),
        lambda actor, check: (
            in_team(actor, check.team)
            and (check.team in check.person.teams or check.team in on_the_rota_of(actor))
            and (sees_all(actor) or let_in(check))
        ),
    ),
    "come on duty": (
        lambda actor, check: comes_on_duty(actor, check.person),
        lambda actor, check: (
            bool(on_the_rota_of(actor))
            and not sees_all(actor)
            and not any(
                holding.role.value in ("social_worker", "team_manager") and holding.team in check.person.teams
                for holding in actor.holdings
            )
        ),
    ),
    "open a check": (may_open_check, opens_check),
    "report the look": (may_report_the_look, lambda actor, check: check.viewer == ME and at_work(actor)),
    "change as requester": (
        may_change_as_requester,
        lambda actor, check: (check.requester == ME and at_work(actor)) or speaks(actor, check),
    ),
    "speak for the requester": (may_speak_for_requester, speaks),
    "decide": (may_decide_on_check, decides),
    "give a verdict": (
        may_give_verdict,
        lambda actor, check: decides(actor, check) and (sees_all(actor) or (at_work(actor) and let_in(check))),
    ),
}


def test_who_may_do_what_for_every_holding_and_check(tried: Callable[[str, int], None]) -> None:
    seen: Counter[tuple[str, bool]] = Counter()
    for actor, check in cases():
        for what, (product_says, second_says) in AGAIN.items():
            answer = product_says(actor, check)
            assert answer is second_says(actor, check), (what, actor, check)
            seen[what, answer] += 1
    tried("who may do what, by holding and check", seen.total())
    assert len(seen) == 2 * len(AGAIN)


def parties(check: CheckStanding) -> set[int]:
    return {check.requester, check.viewer, *check.spoke}


APART: dict[str, tuple[Callable[[Actor, CheckStanding], bool], Callable[[Actor, CheckStanding], bool]]] = {
    "decide": (may_decide_on_check, decides),
    "speak for the requester": (may_speak_for_requester, speaks),
    "manage": (
        lambda actor, check: manages_team(actor, check.team),
        lambda actor, check: any(one.role.value == "team_manager" and one.team == 1 for one in actor.holdings),
    ),
    "ask for Legal": (
        may_ask_for_legal,
        lambda actor, check: (
            check.with_legal and holds_apart_from(actor, "legal_reviewer", {*parties(check), *check.deciders})
        ),
    ),
    "act for Legal": (
        lambda actor, check: may_act_for_legal(actor, check.deciders | check.parties),
        lambda actor, check: holds_apart_from(actor, "legal_reviewer", {*parties(check), *check.deciders}),
    ),
    "grant": (
        lambda actor, check: may_grant(actor, check.parties | check.deciders | check.advisers),
        lambda actor, check: holds_apart_from(
            actor, "authorising_officer", {*parties(check), *check.deciders, *check.advisers}
        ),
    ),
    "answer a correction as a manager": (
        lambda actor, check: may_answer_correction(actor, check, OTHER, for_legal=False),
        lambda actor, check: manages_apart_from(actor, check, {*parties(check), *check.deciders, OTHER}),
    ),
    "answer a correction for Legal": (
        lambda actor, check: may_answer_correction(actor, check, OTHER, for_legal=True),
        lambda actor, check: holds_apart_from(actor, "legal_reviewer", {*parties(check), *check.deciders, OTHER}),
    ),
}


def test_nobody_decides_advises_or_grants_who_had_another_part_in_the_same_check(
    tried: Callable[[str, int], None],
) -> None:
    seen: Counter[tuple[str, bool]] = Counter()
    for actor, check in cases_apart():
        for what, (product_says, second_says) in APART.items():
            answer = product_says(actor, check)
            assert answer is second_says(actor, check), (what, actor, check)
            seen[what, answer] += 1
    tried("nobody has two parts in one check, by holding", seen.total())
    assert len(seen) == 2 * len(APART)


def test_the_roles_are_those_of_the_policy_and_so_are_their_sorts() -> None:
    assert {role.value: words for role, words in ROLE_WORDS.items()} == ALL_ROLES
    assert [role.value for role in Role] == list(ALL_ROLES)
    assert {role.value for role in WORKERS} == WORKING
    assert {role.value for role in ON_DUTY} == {"duty_worker", "duty_manager"}
    assert {role.value for role in READERS_OF_EVERYTHING} == READING_ALL
    needs_none = {"social_worker", "duty_worker", "administrator"}
    assert {role.value for role in CONFIRMED_ROLES} == set(ALL_ROLES) - needs_none


def test_who_reads_every_record_or_works_with_the_person_is_not_brought_there_by_the_rota() -> None:
    on_duty, person = Holding(Role.DUTY_MANAGER, 1), PersonStanding(frozenset({2}))
    for role in Role:
        by = Actor(ME, "STF-7K3M-9QXT", "Wanda Zzworker", (on_duty, Holding(role, 2)))
        apart = {*READING_ALL, "legal_reviewer", "social_worker", "team_manager"}
        assert comes_on_duty(by, person) is (role.value not in apart), role
        assert by.duty_teams == ({1, 2} if role in ON_DUTY else {1})


def test_an_actor_is_recorded_as_they_were() -> None:
    holdings = (Holding(Role.SOCIAL_WORKER, 2), Holding(Role.DUTY_WORKER), Holding(Role.SOCIAL_WORKER, 1))
    actor = Actor(ME, "STF-7K3M-9QXT", "Wanda Zzworker", holdings)
    roles = ["duty worker", "social worker"]
    assert actor.as_recorded() == {"reference": "STF-7K3M-9QXT", "name": "Wanda Zzworker", "roles": roles}
    assert actor.work_teams == (1, 2)
    held = (*holdings, Holding(Role.TEAM_MANAGER, 1, covers=OTHER), Holding(Role.AUDITOR, None, covers=VIEWER))
    covered = (
        Covered(OTHER, "STF-OTHE-R000", "Mina Zzmanager"),
        Covered(REQUESTER, "STF-REQU-E000", "Rae Zzrequester"),
    )
    assert Actor(ME, "STF-7K3M-9QXT", "Wanda Zzworker", held, covered).as_recorded() == {
        "reference": "STF-7K3M-9QXT",
        "name": "Wanda Zzworker",
        "roles": roles,
        "standing_in_for": [
            {"reference": "STF-OTHE-R000", "name": "Mina Zzmanager", "roles": ["team manager"]},
            {"reference": "STF-REQU-E000", "name": "Rae Zzrequester", "roles": []},
        ],
    }
    elsewhere = Holding(Role.LEGAL_REVIEWER, 3)
    assert Actor(ME, "STF-7K3M-9QXT", "Wanda Zzworker", (*holdings, elsewhere)).work_teams == (1, 2)
    assert not Actor(ME, "STF-7K3M-9QXT", "Wanda Zzworker").roles


def test_a_record_is_open_and_not_with_legal_unless_it_is_said_to_be() -> None:
    person = PersonStanding(frozenset({1}))
    check = CheckStanding(1, REQUESTER, VIEWER, person)
    assert not person.restricted
    assert not check.with_legal
    assert not (person.readers | check.parent_teams | check.deciders | check.advisers | check.spoke)
