"""What never hides anything: neither order nor splitting changes what is found, and one more look never takes anything out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from itertools import combinations
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.pattern_examples import NOW, awaited, day, look, mention, permit
from tracker.policy.limits import SHIPPED
from tracker.policy.new_findings import MAY_HOLD
from tracker.policy.patterns import (
    AlsoSeen,
    Effect,
    Found,
    IssuedPermit,
    NewFinding,
    Pattern,
    PatternFacts,
    PatternView,
    Recorded,
    Release,
    StoodOn,
    find_patterns,
    new_findings,
)
from tracker.policy.vocabulary import Reviewed, ViewFooting

PEOPLE = ("PER-1", "PER-2", "PER-3", "PER-4", "PER-5")
SMALL = replace(SHIPPED, presence_drip_searches=3, collateral_checks=2, handed_back_permits=2)
OFTEN = (ViewFooting.OPEN_SOURCE, ViewFooting.LATE_ENTRY, ViewFooting.IMMEDIATE_RESPONSE, ViewFooting.PRESENCE_SEARCH)
EVERY = settings(max_examples=250, deadline=None, database=None)


def one_or_two(chance: Random) -> list[str]:
    return chance.sample(PEOPLE, chance.choice([1, 2]))


def rows_of_one_look(chance: Random, number: int) -> list[PatternView]:
    """One look, for one or two people, mostly on what makes patterns, in fourteen weeks."""
    whose = one_or_two(chance)
    footing = chance.choice((*OFTEN, *OFTEN, *ViewFooting))
    at = chance.randint(0, 70)
    same: dict[str, Any] = {
        "footing": footing,
        "by": chance.choice(["W1", "W2"]),
        "team": chance.choice(["T1", "T1", "T2"]),
        "page": whose[0],
        "recorded": chance.randint(at, at + 3),
        "profiles": chance.choice([(), ("x:sam",), ("x:sam", "x:kim")]),
    }
    return [look(number, person, at, reviewed=chance.choice([*Reviewed, None]), **same) for person in whose]


def some_links(chance: Random) -> dict[str, frozenset[str]]:
    pairs = chance.sample(list(combinations(PEOPLE, 2)), chance.randint(0, 5))
    return {
        person: frozenset({person, *(other for pair in pairs if person in pair for other in pair)}) for person in PEOPLE
    }


def facts_of(number: int) -> PatternFacts:
    """A small family, what was looked at, seen, handed back, and waits: the case of that number, the same every time."""
    chance = Random(number)  # noqa: S311 (cases, not secrets)
    views = [row for look_no in range(chance.randint(0, 8)) for row in rows_of_one_look(chance, look_no)]
    mentions = [
        mention(place, chance.choice(PEOPLE), chance.randint(0, 100), about=tuple(one_or_two(chance)))
        for place in range(chance.randint(0, 4))
    ]
    permits = [
        permit(
            place + 20,
            chance.choice(["not_used", "not_found", "looked", None]),
            chance.randint(0, 60),
            people=tuple(one_or_two(chance)),
            worker=chance.choice(["W1", "W2"]),
            team=chance.choice(["T1", "T2"]),
        )
        for place in range(chance.randint(0, 6))
    ]
    stood_on = [
        StoodOn(
            f"LOK-{place}",
            chance.choice(PEOPLE),
            day(0),
            chance.choice(list(ViewFooting)),
            stood=chance.choice([True, False]),
            why_not="It was not so.",
        )
        for place in range(chance.randint(0, 3))
    ]
    waiting = [awaited(place, chance.choice([499, 500, 501])) for place in range(chance.randint(0, 2))]
    starts = {chance.choice(PEOPLE): chance.choice([day(40), day(600)]) for _ in range(chance.randint(0, 2))}
    return PatternFacts(
        now=NOW,
        views=tuple(views),
        networks=some_links(chance),
        counted_from=starts,
        also_seen=tuple(mentions),
        permits=tuple(permits),
        team_permits=tuple(permits),
        stood_on=tuple(stood_on),
        responses=tuple(waiting),
        outcomes=tuple(waiting),
    )


NUMBERS = st.integers(0, (1 << 20) - 1)
SOME_FACTS = NUMBERS.map(facts_of)
"""Drawn whole, by number: drawing each of a hundred choices by itself took longer than finding."""
CHANCE = NUMBERS.map(Random)
ONE_MORE_LOOK = CHANCE.map(lambda chance: rows_of_one_look(chance, 50))


def of_view(found: Iterable[Found]) -> list[Found]:
    """Those found in the looks themselves."""
    return [one for one in found if one.pattern in MAY_HOLD or one.pattern is Pattern.LATE_LOGGING]


def assert_nothing_is_lost(before: Iterable[Found], after: Iterable[Found]) -> None:
    """The looks of each finding are in one of the same pattern that follows no more leniently; so is each of its people.

    Not always the same one: two people whose looks were found together may each get looks of their own. A task that has become
    a hold is a task no longer: it asked about people whom the hold may leave out.
    """
    now = list(after)
    for old in before:
        equal = [new for new in now if new.pattern is old.pattern and new.effect in (old.effect, Effect.HOLD)]
        around = [new for new in equal if old.views <= new.views]
        assert around, (old, now)
        if all(new.effect is old.effect for new in around):
            people = {person for new in equal if new.views & old.views for person in new.people}
            assert people >= set(old.people), (old, now)


@EVERY
@given(SOME_FACTS, CHANCE)
def test_the_order_of_what_is_recorded_changes_nothing(facts: PatternFacts, chance: Random) -> None:
    shuffled: dict[str, Any] = {}
    for part in fields(facts):
        value = getattr(facts, part.name)
        if isinstance(value, tuple):
            shuffled[part.name] = tuple(chance.sample(value, len(value)))
        elif isinstance(value, Mapping):
            shuffled[part.name] = dict(chance.sample(list(value.items()), len(value)))
    assert find_patterns(replace(facts, **shuffled), SMALL) == find_patterns(facts, SMALL)


@EVERY
@given(SOME_FACTS, ONE_MORE_LOOK)
def test_one_more_look_never_takes_anything_out(facts: PatternFacts, more: list[PatternView]) -> None:
    before = of_view(find_patterns(facts, SMALL))
    assert_nothing_is_lost(before, find_patterns(replace(facts, views=(*facts.views, *more)), SMALL))


@EVERY
@given(SOME_FACTS, st.sampled_from(PEOPLE), st.integers(0, 100))
def test_one_more_mention_or_permit_never_takes_anything_out(facts: PatternFacts, person: str, at: int) -> None:
    wanted = Pattern.COLLATERAL, Pattern.HANDED_BACK
    facts = replace(facts, team_permits=())
    seen: AlsoSeen = mention(50, person, at, about=("PER-9",))
    back: IssuedPermit = permit(51, at=at, people=(person,))
    more = replace(facts, also_seen=(*facts.also_seen, seen), permits=(*facts.permits, back))
    assert_nothing_is_lost(find_patterns(facts, SMALL, only=wanted), find_patterns(more, SMALL, only=wanted))


@EVERY
@given(SOME_FACTS, CHANCE)
def test_splitting_the_looks_over_workers_and_teams_never_lowers_what_is_found(
    facts: PatternFacts, chance: Random
) -> None:
    split = {view.look: (chance.choice(["", "b"]), chance.choice(["", "b"])) for view in facts.views}
    views = tuple(
        replace(view, by=view.by + split[view.look][0], team=view.team + split[view.look][1]) for view in facts.views
    )
    may_hold = [one for one in find_patterns(facts, SMALL) if one.pattern in MAY_HOLD]
    assert_nothing_is_lost(may_hold, find_patterns(replace(facts, views=views), SMALL))


@EVERY
@given(SOME_FACTS)
def test_linking_two_records_never_lowers_what_is_found(facts: PatternFacts) -> None:
    """All but the shared profile, which is about two people who are not linked: their looks are then of one person."""

    def linked(person: str) -> str:
        return "PER-1" if person == "PER-2" else person

    views = tuple(replace(view, person=linked(view.person), page=linked(view.page)) for view in facts.views)
    both = facts.networks["PER-1"] | facts.networks["PER-2"]
    networks = {**facts.networks, "PER-1": both}
    networks = {linked(one): frozenset(map(linked, networks[linked(one)])) for one in PEOPLE}
    now = replace(facts, views=views, networks=networks, counted_from={})
    before = [
        replace(one, people=tuple(sorted(set(map(linked, one.people)))))
        for one in find_patterns(facts, SMALL)
        if one.pattern in MAY_HOLD - {Pattern.SHARED_PROFILE}
    ]
    assert_nothing_is_lost(before, find_patterns(now, SMALL))


def held(facts: PatternFacts, looks: list[str]) -> set[str]:
    """Who is held once the looks were recorded one by one, in this order, and what was found each time was kept."""
    recorded: list[Recorded] = []
    people: set[str] = set()
    for count in range(1, len(looks) + 1):
        known = set(looks[:count])
        views = tuple(view for view in facts.views if view.look in known)
        for new in new_findings(find_patterns(replace(facts, views=views), SMALL), recorded, []):
            recorded.append(Recorded(new.found.pattern, new.found.views, frozenset(new.found.people)))
            people |= set(new.found.people) if new.found.effect is Effect.HOLD else set()
    return people


@EVERY
@given(SOME_FACTS, CHANCE)
def test_whom_a_hold_is_placed_on_does_not_depend_on_the_order_of_recording(
    facts: PatternFacts, chance: Random
) -> None:
    looks = sorted({view.look for view in facts.views})
    at_once = {person for one in find_patterns(facts, SMALL) if one.effect is Effect.HOLD for person in one.people}
    assert held(facts, looks) == held(facts, chance.sample(looks, len(looks))) == at_once


@EVERY
@given(SOME_FACTS)
def test_a_second_run_finds_nothing_new(facts: PatternFacts) -> None:
    found = find_patterns(facts, SMALL)
    assert new_findings(found, [], []) == tuple(map(NewFinding, found))
    assert len({one.key for one in found}) == len(found)
    assert new_findings(found, [Recorded(one.pattern, one.views, frozenset(one.people)) for one in found], []) == ()


@EVERY
@given(SOME_FACTS, ONE_MORE_LOOK, CHANCE)
def test_released_looks_alone_never_hold_again_and_one_more_that_belongs_does(
    facts: PatternFacts, more: list[PatternView], chance: Random
) -> None:
    holds = [one for one in find_patterns(facts, SMALL) if one.effect is Effect.HOLD]
    if not holds:
        return
    released = chance.choice(holds)
    release = Release("HLD-1", day(200), released.views)
    again = new_findings(find_patterns(facts, SMALL), [], [release])
    assert not [new for new in again if new.found.pattern in MAY_HOLD and new.found.views <= released.views]
    with_more = new_findings(
        find_patterns(replace(facts, views=(*facts.views, *more)), SMALL),
        [Recorded(released.pattern, released.views, frozenset(released.people))],
        [release],
    )
    for new in with_more:
        if new.found.pattern in MAY_HOLD:
            assert not new.found.views <= released.views
            assert (new.names == "HLD-1") is bool(new.found.views & released.views)


# The clusters, read a second time: every set of looks is tried


def enough(rows: list[PatternView]) -> Effect | None:
    """What a set of rows, all of one network, comes to."""
    times = sorted(row.at for row in rows)
    number, teams = len({row.look for row in rows}), len({row.team for row in rows})
    if not rows or (times[-1] - times[0]).total_seconds() > 28 * 86_400:
        return None
    if number >= 4 or (number == 3 and teams >= 2):
        return Effect.HOLD
    return Effect.TASK if number == 3 else None


def belongs(row: PatternView) -> bool:
    not_agreed = row.footing == "immediate_response" and row.reviewed == "not_agreed"
    return row.footing in ("open_source", "late_entry") or not_agreed


@EVERY
@given(SOME_FACTS)
def test_clusters_are_the_largest_sets_of_looks_that_are_enough(facts: PatternFacts) -> None:
    rows = [row for row in facts.views if belongs(row)]
    names = sorted({row.look for row in rows})
    enough_for: dict[frozenset[str], Effect] = {}
    held_by: set[str] = set()
    for size in range(3, len(names) + 1):
        for looks in map(frozenset, combinations(names, size)):
            for network in facts.networks.values():
                seen = [row for row in rows if row.look in looks and row.person in network]
                effect = enough(seen) if {row.look for row in seen} == looks else None
                if effect:
                    enough_for[looks] = effect
                    held_by |= network if effect is Effect.HOLD else set()
    largest = {looks: effect for looks, effect in enough_for.items() if not any(looks < one for one in enough_for)}
    found = find_patterns(facts, SMALL, only=[Pattern.FAMILY_CLUSTER])
    assert {one.views: one.effect for one in found} == largest
    assert {person for one in found if one.effect is Effect.HOLD for person in one.people} == held_by
