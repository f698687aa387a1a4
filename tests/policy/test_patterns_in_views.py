"""Repeat viewing, the cluster, the shared profile and the drip: each found at its limit, and not one look, day or kind short."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.policy.pattern_examples import (
    A_MOMENT,
    NOW,
    day,
    facts,
    family,
    found,
    links,
    look,
    looks_of,
    search,
)
from tracker.policy.limits import SHIPPED
from tracker.policy.patterns import Effect, Found, Pattern, PatternView
from tracker.policy.vocabulary import Reviewed, ViewFooting

REPEAT, CLUSTER = Pattern.REPEAT_VIEWING, Pattern.FAMILY_CLUSTER
SHARED, DRIP = Pattern.SHARED_PROFILE, Pattern.PRESENCE_DRIP
THRESHOLD = "That number is a caution threshold set by your council; the law gives no number."
NOT_AGREED: dict[str, Any] = {"footing": ViewFooting.IMMEDIATE_RESPONSE, "reviewed": Reviewed.NOT_AGREED}
NOISE = (look(90, "PER-90"), look(91, "PER-91", team="T9"), search(92, "PER-90"))


def repeats(*views: PatternView, **given: Any) -> list[Found]:
    return found(REPEAT, facts(views=(*NOISE, *views), **given))


def clusters(*views: PatternView, networks: dict[str, frozenset[str]]) -> list[Found]:
    return found(CLUSTER, facts(views=(*NOISE, *views), networks=networks))


# Repeat viewing


def test_two_looks_at_one_person_are_repeat_viewing_however_far_apart() -> None:
    (one,) = repeats(look(1, at=0), look(2, at=400, team="T2", by="W2"))
    assert (one.views, one.people, one.effect) == (looks_of(1, 2), ("PER-1",), Effect.HOLD)
    assert (one.worker, one.team) == (None, None)


def test_one_look_or_one_each_at_two_people_is_not() -> None:
    assert repeats(look(1)) == []
    assert repeats(look(1), look(2, "PER-2")) == []


def test_one_look_that_is_there_twice_is_one_look() -> None:
    assert repeats(look(1), look(1)) == []
    assert repeats(look(1), look(1, "PER-2")) == []


@pytest.mark.parametrize("footing", ViewFooting)
@pytest.mark.parametrize("reviewed", [None, *Reviewed])
def test_only_looks_that_stood_on_a_single_viewing_or_nothing_belong(
    footing: ViewFooting, reviewed: Reviewed | None
) -> None:
    belongs = footing in (ViewFooting.OPEN_SOURCE, ViewFooting.LATE_ENTRY) or (
        footing is ViewFooting.IMMEDIATE_RESPONSE and reviewed is Reviewed.NOT_AGREED
    )
    other = look(2, at=1, footing=footing, reviewed=reviewed)
    assert bool(repeats(look(1), other)) is belongs
    assert bool(repeats(look(1, **NOT_AGREED), other)) is belongs


def test_looks_before_the_views_are_counted_do_not_belong_and_its_first_instant_does() -> None:
    pair = look(1, at=0), look(2, at=100)
    assert repeats(*pair, counted_from={"PER-1": day(0)})
    assert repeats(*pair, counted_from={"PER-1": day(0) + A_MOMENT}) == []
    assert repeats(*pair, counted_from={"PER-2": day(50)})


def test_an_episode_that_has_not_begun_resets_nothing_yet() -> None:
    pair = look(1, at=0), look(2, at=100)
    assert repeats(*pair, counted_from={"PER-1": NOW}) == []
    assert repeats(*pair, counted_from={"PER-1": NOW + A_MOMENT})


def test_all_looks_at_the_person_are_in_the_finding() -> None:
    (one,) = repeats(*(look(number, at=100 * number) for number in range(1, 6)))
    assert one.views == looks_of(1, 2, 3, 4, 5)


def test_looks_that_count_for_two_people_are_one_finding_about_both() -> None:
    views = [look(1), look(1, "PER-2", page="PER-1"), look(2, at=1), look(2, "PER-2", at=1, page="PER-1")]
    (one,) = repeats(*views)
    assert (one.views, one.people) == (looks_of(1, 2), ("PER-1", "PER-2"))


def test_a_smaller_set_of_looks_at_another_person_joins_the_larger_with_its_person() -> None:
    both = [look(number, person, at=number) for number in (1, 2) for person in ("PER-1", "PER-2")]
    (one,) = repeats(*both, look(3, at=3), look(4, "PER-3", at=4))
    assert (one.views, one.people) == (looks_of(1, 2, 3), ("PER-1", "PER-2"))
    assert one.text == (
        "Repeat viewing. PER-1 was looked at 3 times: "
        "LOK-1 of PER-1, 2 July 2026 at 11:00am (a single open-source viewing); "
        "LOK-2 of PER-1, 3 July 2026 at 11:00am (a single open-source viewing); "
        "LOK-3 of PER-1, 4 July 2026 at 11:00am (a single open-source viewing). "
        "PER-2 was looked at 2 times: "
        "LOK-1 of PER-2, 2 July 2026 at 11:00am (a single open-source viewing); "
        f"LOK-2 of PER-2, 3 July 2026 at 11:00am (a single open-source viewing). {THRESHOLD}"
    )


def test_two_people_looked_at_twice_in_different_looks_are_two_findings() -> None:
    first, second = repeats(look(3, "PER-2"), look(4, "PER-2", at=1), look(1), look(2, at=1))
    assert (first.people, second.people) == (("PER-1",), ("PER-2",))


def test_the_number_is_the_councils() -> None:
    given = facts(views=(look(1), look(2, at=1)))
    assert found(REPEAT, given, replace(SHIPPED, repeat_viewing_views=3)) == []


def test_looks_are_told_by_time_then_by_look_and_only_those_of_the_finding() -> None:
    views = look(2, at=5), look(3, at=1), look(1, at=5), look(4, at=7, footing=ViewFooting.CONSENT)
    (text,) = {one.text for given in (views, views[::-1]) for one in repeats(*given)}
    assert text.index("LOK-3") < text.index("LOK-1") < text.index("LOK-2")
    assert "LOK-4" not in text


# The cluster

TWO = family("PER-1", "PER-2")


def three(at: float = 28, team: str = "T2") -> list[PatternView]:
    return [look(1, at=0), look(2, "PER-2", at=1), look(3, "PER-2", at=at, team=team)]


def test_three_looks_at_a_network_by_two_teams_are_held() -> None:
    (one,) = clusters(*three(), networks=family("PER-1", "PER-2", "PER-3"))
    assert (one.views, one.effect, one.team) == (looks_of(1, 2, 3), Effect.HOLD, None)
    assert one.people == ("PER-1", "PER-2", "PER-3")
    assert one.text == (
        "A family cluster. 3 looks at one network within 28 days, by 2 teams: "
        "LOK-1 of PER-1, 1 July 2026 at 11:00am (a single open-source viewing); "
        "LOK-2 of PER-2, 2 July 2026 at 11:00am (a single open-source viewing); "
        f"LOK-3 of PER-2, 29 July 2026 at 11:00am (a single open-source viewing). {THRESHOLD}"
    )


def test_three_looks_by_one_team_are_a_task_for_its_manager_and_four_are_held() -> None:
    (one,) = clusters(*three(team="T1"), networks=TWO)
    assert (one.effect, one.team, one.worker) == (Effect.TASK, "T1", None)
    assert "by 1 team:" in one.text
    (one,) = clusters(*three(team="T1"), look(4, at=2), networks=TWO)
    assert (one.effect, one.team, one.views) == (Effect.HOLD, None, looks_of(1, 2, 3, 4))


def test_four_looks_by_two_teams_are_held_even_where_the_number_for_two_teams_is_higher() -> None:
    given = facts(views=(*three(), look(4, at=2)), networks=TWO)
    (one,) = found(CLUSTER, given, replace(SHIPPED, family_cluster_views=10))
    assert one.effect is Effect.HOLD


def test_two_looks_are_no_cluster() -> None:
    assert clusters(*three()[:2], networks=TWO) == []
    assert clusters(*three()[1:], networks=TWO) == []


def test_the_window_of_28_days_has_both_its_ends() -> None:
    assert clusters(*three(at=28), networks=TWO)
    views = three(at=28)
    late = replace(views[2], at=views[2].at + A_MOMENT)
    assert clusters(*views[:2], late, networks=TWO) == []


def test_looks_in_no_window_of_28_days_are_no_cluster_and_each_window_is_found() -> None:
    assert clusters(look(1, at=0), look(2, at=20), look(3, at=40), look(4, at=60), networks=TWO) == []
    spread = [look(number, at=10 * number, team=f"T{number}") for number in range(1, 6)]
    findings = clusters(*spread, networks=TWO)
    assert [one.views for one in findings] == [looks_of(1, 2, 3), looks_of(2, 3, 4), looks_of(3, 4, 5)]


def test_looks_outside_the_network_do_not_belong() -> None:
    views = [look(1), look(2, "PER-2"), look(3, "PER-3", team="T2")]
    assert clusters(*views, networks=family("PER-1", "PER-2")) == []
    assert clusters(*views, networks=family("PER-1", "PER-2", "PER-3"))


def test_a_person_without_a_network_is_a_network_of_one() -> None:
    (one,) = clusters(look(1), look(2), look(3, team="T2"), networks={})
    assert one.people == ("PER-1",)


def test_a_person_who_is_named_with_nobody_is_no_centre() -> None:
    assert clusters(look(1), look(2), look(3, team="T2"), networks={"PER-1": frozenset()}) == []


def test_only_looks_of_the_kinds_in_repeat_viewing_make_a_cluster() -> None:
    views = three()
    for footing in set(ViewFooting) - {ViewFooting.OPEN_SOURCE, ViewFooting.LATE_ENTRY}:
        assert clusters(*views[:2], replace(views[2], footing=footing), networks=TWO) == []
    assert clusters(*views[:2], replace(views[2], **NOT_AGREED), networks=TWO)


def test_one_look_for_two_people_of_the_network_is_one_look() -> None:
    both = [look(1), look(1, "PER-2", page="PER-1")]
    assert clusters(*both, look(2, at=1, team="T2"), networks=TWO) == []
    (one,) = clusters(*both, look(2, at=1, team="T2"), look(3, at=2), networks=TWO)
    assert one.views == looks_of(1, 2, 3)
    assert "LOK-1 of PER-1 and PER-2, 1 July 2026 at 11:00am (a single open-source viewing);" in one.text
    assert "3 looks at one network within 28 days, by 2 teams:" in one.text


def test_a_centre_that_nobody_looked_at_joins_three_relatives_who_are_not_linked() -> None:
    star = links(("CHILD", "MOTHER"), ("CHILD", "FATHER"), ("CHILD", "GRANDMOTHER"))
    views = [look(1, "MOTHER"), look(2, "FATHER", team="T2"), look(3, "GRANDMOTHER", team="T3")]
    (one,) = clusters(*views, networks=star)
    assert one.people == ("CHILD", "FATHER", "GRANDMOTHER", "MOTHER")


def test_a_network_is_one_step_and_no_further() -> None:
    chain = links(("PER-1", "PER-2"), ("PER-2", "PER-3"), ("PER-3", "PER-4"))
    assert clusters(look(1), look(2, "PER-2"), look(3, "PER-4", team="T2"), networks=chain) == []
    (one,) = clusters(look(1), look(2, "PER-2"), look(3, "PER-3", team="T2"), networks=chain)
    assert one.people == ("PER-1", "PER-2", "PER-3")


def test_whom_a_smaller_cluster_holds_the_larger_one_holds_too() -> None:
    chain = links(("GRANDMOTHER", "MOTHER"), ("MOTHER", "CHILD"), ("CHILD", "FATHER"))
    smaller = [look(1, "MOTHER"), look(2, "MOTHER", at=1, team="T2"), look(3, "CHILD", at=2)]
    (one,) = clusters(*smaller, networks=chain)
    assert one.people == ("CHILD", "FATHER", "GRANDMOTHER", "MOTHER")
    (two,) = clusters(*smaller, look(4, "GRANDMOTHER", at=3), networks=chain)
    assert two.views == looks_of(1, 2, 3, 4)
    assert two.people == one.people


def test_whom_a_smaller_cluster_only_asks_about_the_larger_one_does_not_hold() -> None:
    chain = links(("GRANDMOTHER", "MOTHER"), ("MOTHER", "CHILD"), ("CHILD", "FATHER"))
    views = [look(1, "MOTHER"), look(2, "MOTHER", at=1), look(3, "CHILD", at=2), look(4, "GRANDMOTHER", at=3)]
    (one,) = clusters(*views, networks=chain)
    assert (one.effect, one.people) == (Effect.HOLD, ("CHILD", "GRANDMOTHER", "MOTHER"))


# The shared profile

ADDRESS, OTHER = "facebook:sam", "facebook:kim"


def shared(*views: PatternView) -> list[Found]:
    return found(SHARED, facts(views=(*NOISE, *views)))


def test_one_address_looked_at_as_the_page_of_two_people_is_held() -> None:
    consented = look(2, "PER-2", at=300, profiles=(ADDRESS, OTHER), footing=ViewFooting.CONSENT)
    (one,) = shared(look(1, profiles=(ADDRESS,)), consented, look(3, "PER-3", profiles=(OTHER,)))[:1]
    assert (one.views, one.people, one.effect) == (looks_of(1, 2), ("PER-1", "PER-2"), Effect.HOLD)
    assert one.text == (
        "A shared profile. One address was looked at as the page of PER-1 and PER-2, who are not linked: "
        "LOK-1 of PER-1, 1 July 2026 at 11:00am (a single open-source viewing); "
        "LOK-2 of PER-2, 27 April 2027 at 11:00am (consent)."
    )


def test_one_address_under_one_person_two_addresses_or_none_are_not() -> None:
    assert shared(look(1, profiles=(ADDRESS,)), look(2, profiles=(ADDRESS,))) == []
    assert shared(look(1, profiles=(ADDRESS,)), look(2, "PER-2", profiles=(OTHER,))) == []
    assert shared(look(1), look(2, "PER-2")) == []


def test_what_counts_is_whose_page_it_was_and_not_for_whom_the_look_was() -> None:
    about_the_father = look(2, "FATHER", page="PER-1", profiles=(ADDRESS,))
    assert shared(look(1, profiles=(ADDRESS,)), about_the_father) == []
    assert shared(look(1, profiles=(ADDRESS,)), replace(about_the_father, page="FATHER"))


def test_a_shared_profile_needs_one_look_of_the_kinds_in_repeat_viewing_and_searches_are_no_looks() -> None:
    pair = look(1, profiles=(ADDRESS,)), look(2, "PER-2", profiles=(ADDRESS,))
    on_consent = [replace(view, footing=ViewFooting.CONSENT) for view in pair]
    assert shared(*on_consent) == []
    assert shared(pair[0], on_consent[1])
    assert shared(pair[0], replace(pair[1], footing=ViewFooting.PRESENCE_SEARCH)) == []


def test_two_addresses_in_the_same_looks_are_one_finding_about_everybody() -> None:
    pair = look(1, profiles=(ADDRESS, OTHER)), look(2, "PER-2", profiles=(ADDRESS, OTHER))
    (one,) = shared(*pair)
    assert one.views == looks_of(1, 2)
    (one,) = shared(*pair, look(3, "PER-3", profiles=(OTHER,)))
    assert (one.views, one.people) == (looks_of(1, 2, 3), ("PER-1", "PER-2", "PER-3"))


# The drip


def drip(number: int = 6, apart: float = 84 / 5) -> list[PatternView]:
    return [search(one, f"PER-{one % 2 + 1}", at=apart * (one - 1)) for one in range(1, number + 1)]


def dripping(*views: PatternView, networks: dict[str, frozenset[str]] = TWO) -> list[Found]:
    return found(DRIP, facts(views=(*NOISE, *views), networks=networks))


def test_six_searches_over_a_person_and_network_in_84_days_are_held() -> None:
    (one,) = dripping(*drip(), networks=family("PER-1", "PER-2", "PER-3"))
    assert (one.views, one.effect) == (looks_of(1, 2, 3, 4, 5, 6), Effect.HOLD)
    assert one.people == ("PER-1", "PER-2", "PER-3")
    assert one.text.startswith(
        "A drip of searches. 6 searches of one network within 84 days: "
        "LOK-1 of PER-2, 1 July 2026 at 11:00am (searching for a profile); LOK-2 of PER-1, "
    )
    assert one.text.endswith(f"(searching for a profile). {THRESHOLD}")


def test_five_searches_or_six_in_more_than_84_days_are_not() -> None:
    assert dripping(*drip(5)) == []
    views = drip()
    assert dripping(*views[:5], replace(views[5], at=views[5].at + A_MOMENT)) == []


def test_looks_are_no_searches_and_one_search_for_two_people_is_one() -> None:
    views = drip()
    assert dripping(*views[:5], look(6, at=1)) == []
    assert dripping(*views[:5], replace(views[4], person="PER-2" if views[4].person == "PER-1" else "PER-1")) == []


def test_searches_for_people_of_two_networks_are_not_put_together() -> None:
    assert dripping(*drip(), networks={}) == []
    assert dripping(*drip(10, apart=1), networks={}) == []
    assert dripping(*[search(number) for number in range(6)], networks={})


def test_the_text_names_the_looks_and_people_of_the_finding_and_no_others() -> None:
    later = look(8, at=300), search(9, at=300)
    first = three()[0]
    (one,) = clusters(*three(), replace(first, person="PER-9"), look(7, "PER-9", at=1), *later, networks=TWO)
    for other in ("PER-9", "LOK-7", "LOK-8"):
        assert other not in one.text
    views = drip()
    (one,) = dripping(*views, replace(views[0], person="PER-9"), *later)
    for other in ("PER-9", "LOK-9"):
        assert other not in one.text


def test_those_for_whom_one_look_counts_are_told_in_one_order() -> None:
    both = [look(1), look(1, "PER-2", page="PER-1")]
    rest = look(2, at=1, team="T2"), look(3, at=2)
    (one,), (other,) = clusters(*both, *rest, networks=TWO), clusters(*both[::-1], *rest, networks=TWO)
    assert "LOK-1 of PER-1 and PER-2, " in one.text
    assert one == other
