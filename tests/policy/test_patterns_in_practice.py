"""Seen beside others, recorded late, handed back: each found at its limit, and not one, or one moment, short of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.policy.pattern_examples import A_MOMENT, facts, found, look, looks_of, mention, permit, search
from tracker.policy.limits import SHIPPED
from tracker.policy.patterns import AlsoSeen, Effect, Found, IssuedPermit, Pattern, PatternView

COLLATERAL, LATE, BACK = Pattern.COLLATERAL, Pattern.LATE_LOGGING, Pattern.HANDED_BACK
THRESHOLD = "That number is a caution threshold set by your council; the law gives no number."

# Seen in checks of others


def seen(*mentions: AlsoSeen) -> list[Found]:
    noise = mention(90, "PER-90"), mention(91, "PER-91")
    return found(COLLATERAL, facts(also_seen=(*noise, *mentions)))


def test_somebody_also_seen_in_three_checks_of_others_in_84_days_is_referred() -> None:
    (one,) = seen(mention(3, at=84), mention(1), mention(2, at=42, about=("PER-2", "PER-3")))
    assert (one.views, one.people, one.effect) == (looks_of(1, 2, 3), ("PER-9",), Effect.REFERRAL)
    assert one.text == (
        "Seen in checks of others, within 84 days. PER-9 was also seen in 3 checks of other people: "
        "CHK-1 (LOK-1, 1 July 2026 at 11:00am); CHK-2 (LOK-2, 12 August 2026 at 11:00am); "
        f"CHK-3 (LOK-3, 23 September 2026 at 11:00am). {THRESHOLD}"
    )


def test_two_checks_or_three_in_more_than_84_days_are_not() -> None:
    assert seen(mention(1), mention(2, at=42)) == []
    third = mention(3, at=84)
    assert seen(mention(1), mention(2, at=42), replace(third, at=third.at + A_MOMENT)) == []


def test_a_check_that_is_about_the_person_too_is_not_a_check_of_others() -> None:
    assert seen(mention(1), mention(2), mention(3, about=("PER-1", "PER-9"))) == []
    assert seen(mention(1), mention(2), mention(3, about=("PER-1", "PER-8")))


def test_checks_are_counted_and_not_mentions() -> None:
    assert seen(mention(1), mention(2), mention(2)) == []
    same_check = replace(mention(3), check="CHK-2")
    assert seen(mention(1), mention(2), same_check) == []
    (one,) = seen(mention(1), mention(2), same_check, mention(4))
    assert "also seen in 3 checks of other people:" in one.text


def test_the_checks_are_told_by_time_then_by_look_and_only_those_of_the_finding() -> None:
    mentions = mention(2, at=5), mention(3, at=1), mention(1, at=5), mention(4, at=300)
    texts = {one.text for given in (mentions, mentions[::-1]) for one in seen(*given)}
    (text,) = texts
    assert text.index("CHK-3") < text.index("CHK-1") < text.index("CHK-2")
    assert "CHK-4" not in text


def test_two_people_seen_in_the_same_checks_are_one_finding_about_both() -> None:
    both = [mention(number, person) for number in (1, 2, 3) for person in ("PER-8", "PER-9")]
    (one,) = seen(*both, mention(4, "PER-9", at=1))
    assert (one.views, one.people) == (looks_of(1, 2, 3, 4), ("PER-8", "PER-9"))
    assert "PER-8 was also seen in 3 checks" in one.text
    assert "PER-9 was also seen in 4 checks" in one.text
    assert seen(*both[:4], mention(5, "PER-7")) == []


# Recorded late

DAY_AND_A_BIT = timedelta(hours=24) + A_MOMENT


def tardy(number: int, at: float = 0, *, by: timedelta = DAY_AND_A_BIT, **more: Any) -> PatternView:
    view = look(number, at=at, **more)
    return replace(view, recorded_at=view.at + by)


def late(*views: PatternView) -> list[Found]:
    return found(LATE, facts(views=(tardy(90, by=timedelta(days=3)), look(91), *views)))


def by_w2(number: int, at: float = 0, **more: Any) -> PatternView:
    return replace(tardy(number, at), by="W2", **more)


def test_three_looks_recorded_more_than_24_hours_late_by_one_worker_in_28_days_are_a_task() -> None:
    views = by_w2(1), by_w2(2, 10, team="T3", person="PER-2"), by_w2(3, 28, team="T2")
    (one,) = late(*reversed(views))
    assert (one.views, one.effect, one.worker) == (looks_of(1, 2, 3), Effect.TASK, "W2")
    assert (one.people, one.team) == (("PER-1", "PER-2"), "T2")
    assert one.text == (
        "Recorded late. One worker recorded 3 looks more than 24 hours afterwards: "
        "LOK-1, made 1 July 2026 at 11:00am and recorded 2 July 2026 at 11:00am; "
        "LOK-2, made 11 July 2026 at 11:00am and recorded 12 July 2026 at 11:00am; "
        f"LOK-3, made 29 July 2026 at 11:00am and recorded 30 July 2026 at 11:00am. {THRESHOLD}"
    )


def test_exactly_24_hours_is_not_late() -> None:
    in_time = replace(by_w2(3), recorded_at=by_w2(3).at + timedelta(hours=24))
    assert late(by_w2(1), by_w2(2), in_time) == []


def test_two_workers_two_looks_or_a_look_for_two_people_are_not_three() -> None:
    assert late(by_w2(1), by_w2(2), tardy(3)) == []
    assert late(by_w2(1), by_w2(2), by_w2(2, person="PER-2")) == []


def test_a_search_is_no_look() -> None:
    assert late(by_w2(1), by_w2(2), replace(by_w2(3), footing=search(3).footing)) == []


def test_the_window_is_of_when_they_were_made_or_of_when_they_were_recorded() -> None:
    first, second, third = (
        replace(view, recorded_at=view.at + timedelta(days=3)) for view in (by_w2(1), by_w2(2), by_w2(3, 28))
    )
    beyond = replace(third, at=third.at + A_MOMENT, recorded_at=third.recorded_at + A_MOMENT)
    assert late(first, second, beyond) == []
    assert late(first, second, replace(beyond, recorded_at=third.recorded_at))
    assert late(first, second, replace(third, recorded_at=third.recorded_at + timedelta(days=40)))


def test_the_task_goes_to_the_team_of_what_was_recorded_last() -> None:
    last = replace(by_w2(1, team="T7"), recorded_at=by_w2(1).recorded_at + timedelta(days=5))
    (one,) = late(last, by_w2(2, 1), by_w2(3, 2))
    assert one.team == "T7"


def test_late_looks_are_told_by_when_they_were_made_then_by_look() -> None:
    views = by_w2(2, 5), by_w2(3, 1), by_w2(1, 5), by_w2(4, 300)
    (text,) = {one.text for given in (views, views[::-1]) for one in late(*given)}
    assert text.index("LOK-3") < text.index("LOK-1") < text.index("LOK-2")
    assert "LOK-4" not in text


def test_of_what_was_recorded_at_one_instant_it_is_always_the_same_teams_task() -> None:
    views = [replace(by_w2(number, team=f"T{number}"), at=by_w2(number).at) for number in (1, 2, 3)]
    for given in (views, views[::-1], [views[1], views[2], views[0]]):
        (one,) = late(*given)
        assert one.team == "T3"


# Handed back


def back_for(*permits: IssuedPermit) -> list[Found]:
    noise = permit(90, people=("PER-90",)), permit(91, people=("PER-90",))
    return found(BACK, facts(permits=(*noise, *permits)))


def test_three_permits_for_one_person_handed_back_in_28_days_are_a_task() -> None:
    permits = (
        permit(1, "not_used", reported=2, worker="W2", team="T2", people=("PER-1", "PER-2")),
        permit(2, "would_not_load", 5, reported=10),
        permit(3, "not_found", 6, reported=30, team="T3"),
    )
    (one,) = back_for(*reversed(permits))
    assert (one.views, one.people, one.effect) == (looks_of(1, 2, 3), ("PER-1",), Effect.TASK)
    assert (one.worker, one.team) == (None, "T3")
    assert one.text == (
        "Handed back. 3 permits were handed back without a look, for PER-1: "
        "LOK-1, issued 1 July 2026 at 11:00am (not used); LOK-2, issued 6 July 2026 at 11:00am (would not load); "
        f"LOK-3, issued 7 July 2026 at 11:00am (not found). {THRESHOLD}"
    )


@pytest.mark.parametrize("result", ["looked", "not_open", "wrong_person", None])
def test_other_results_do_not_hand_a_permit_back(result: str | None) -> None:
    assert back_for(permit(1), permit(2), permit(3, result)) == []


def test_two_permits_three_people_or_more_than_28_days_are_not() -> None:
    assert back_for(permit(1), permit(2), permit(2)) == []
    assert back_for(permit(1), permit(2), permit(3, people=("PER-2",))) == []
    third = permit(3, reported=29)
    assert back_for(permit(1, reported=1), permit(2, reported=5), third)
    assert third.reported_at is not None
    beyond = replace(third, reported_at=third.reported_at + A_MOMENT)
    assert back_for(permit(1, reported=1), permit(2, reported=5), beyond) == []


def test_the_window_is_of_when_it_was_reported_and_not_of_the_issue() -> None:
    assert back_for(permit(1, at=0, reported=30), permit(2, at=20, reported=31), permit(3, at=50, reported=51))


def test_a_permit_reported_nobody_knows_when_counts_by_its_issue() -> None:
    undated = [replace(permit(number, at=10 * number), reported_at=None) for number in range(3)]
    assert back_for(*undated)
    assert back_for(*undated[:2], replace(undated[2], issued_at=undated[0].issued_at + timedelta(days=29))) == []


def test_permits_are_told_by_their_issue_then_by_look_and_go_to_the_last_reported() -> None:
    permits = permit(2, at=5, team="T2"), permit(3, at=1), permit(1, at=5), permit(4, at=300)
    found_in = [one for given in (permits, permits[::-1]) for one in back_for(*given)]
    (text,) = {one.text for one in found_in}
    assert text.index("LOK-3") < text.index("LOK-1") < text.index("LOK-2")
    assert "LOK-4" not in text
    assert {one.team for one in found_in} == {"T2"}


def test_the_task_goes_to_the_team_of_the_permit_reported_last() -> None:
    late = permit(1, reported=9, team="T7")
    assert [one.team for one in back_for(late, permit(2), permit(3))] == ["T7"]


def rate(*permits: IssuedPermit, of: int = SHIPPED.handed_back_rate) -> list[Found]:
    return found(BACK, facts(team_permits=permits), replace(SHIPPED, handed_back_rate=of))


def many(start: int, back: int, of: int, worker: str, *, team: str = "T1") -> list[IssuedPermit]:
    """So many permits of a worker, each for another person, a day apart: W2 hands back the last of them, others the first."""
    results = ["looked"] * (of - back) + ["not_used"] * back
    return [
        permit(start + number, result, number, worker=worker, team=team, people=(f"PER-{start + number}",))
        for number, result in enumerate(results if worker == "W2" else results[::-1])
    ]


def test_a_worker_who_hands_back_three_times_the_median_share_and_five_is_a_task() -> None:
    own = many(100, 6, 10, "W2")
    others = [*many(200, 1, 10, "W3"), *many(300, 2, 10, "W4"), *many(400, 4, 10, "W5")]
    (one,) = rate(*own, *others)
    assert (one.worker, one.team, one.effect) == ("W2", "T1", Effect.TASK)
    assert one.views == looks_of(*range(104, 110))
    assert one.people == tuple(f"PER-{number}" for number in range(104, 110))
    assert one.text.startswith("Handed back. 6 permits were handed back without a look, for PER-104, PER-105, ")
    assert one.text.endswith(
        " (not used). One worker handed them back: within 84 days, at least 3 times as large a share as the median of "
        f"the others in the team. {THRESHOLD}"
    )


def test_a_rate_is_judged_only_over_windows_of_which_all_permits_are_given() -> None:
    permits = (*many(100, 6, 10, "W2"), *many(200, 1, 10, "W3"))
    last = max(one.issued_at for one in permits if one.worker == "W2")
    for rates_from, counts in ((None, True), (last, True), (last + timedelta(seconds=1), False)):
        given = facts(team_permits=permits, rates_from=rates_from)
        assert bool(found(BACK, given)) is counts


def test_a_worker_is_told_of_without_naming_people_where_none_are_given() -> None:
    permits = [replace(one, people=frozenset()) for one in (*many(100, 5, 5, "W2"), *many(200, 0, 5, "W3"))]
    (one,) = rate(*permits)
    assert one.people == ()
    assert one.text.startswith("Handed back. 5 permits were handed back without a look: LOK-100, issued ")


def test_a_share_just_under_three_times_the_median_is_not() -> None:
    others = [*many(200, 2, 10, "W3"), *many(300, 2, 10, "W4")]
    assert rate(*many(100, 6, 10, "W2"), *others)
    assert rate(*many(100, 6, 11, "W2"), *others) == []
    assert rate(*many(100, 6, 11, "W2"), *others, of=2)


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    others = [*many(200, 1, 10, "W3"), *many(300, 3, 10, "W4")]
    assert rate(*many(100, 6, 10, "W2"), *others)
    assert rate(*many(100, 6, 10, "W2"), *many(200, 1, 10, "W3"), *many(300, 4, 10, "W4")) == []


def test_four_handed_back_are_too_few_whatever_the_share() -> None:
    others = many(200, 0, 10, "W3")
    assert rate(*many(100, 5, 5, "W2"), *others)
    assert rate(*many(100, 4, 4, "W2"), *others) == []


def test_where_nobody_else_had_permits_there_is_nothing_to_compare_with() -> None:
    assert rate(*many(100, 5, 5, "W2")) == []
    assert rate(*many(100, 5, 5, "W2"), *many(200, 0, 5, "W3", team="T2")) == []


@pytest.mark.parametrize("team", [f"T{number}" for number in range(2, 10)])
def test_of_two_teams_at_one_instant_it_is_always_the_same_one(team: str) -> None:
    own = [*many(100, 4, 4, "W2"), permit(104, at=9, worker="W2"), permit(105, at=9, worker="W2", team=team)]
    others = [*many(200, 0, 5, "W3"), *many(300, 0, 5, "W4", team=team)]
    (one,), (other,) = rate(*own, *others), rate(*reversed(own), *others)
    assert one == other
    assert one.team == team


def test_permits_of_a_worker_in_another_team_count_for_their_share() -> None:
    own = [*many(100, 3, 3, "W2"), *many(110, 2, 2, "W2", team="T2")]
    (one,) = rate(*own, *many(200, 0, 5, "W3"))
    assert (one.views, one.team) == (looks_of(100, 101, 102, 110, 111), "T1")


def test_the_share_of_the_others_is_of_their_permits_in_this_team() -> None:
    own = many(100, 6, 10, "W2")
    assert rate(*own, *many(200, 2, 10, "W3"), *many(300, 10, 10, "W3", team="T2"))
    assert rate(*own, *many(200, 3, 10, "W3")) == []


def test_the_window_of_84_days_ends_with_a_permit_handed_back_and_has_both_its_ends() -> None:
    first, *rest = many(100, 5, 5, "W2")
    others = many(200, 0, 5, "W3")
    late = replace(rest[-1], issued_at=first.issued_at + timedelta(days=84))
    assert rate(first, *rest[:-1], late, *others)
    assert rate(first, *rest[:-1], replace(late, issued_at=late.issued_at + A_MOMENT), *others) == []


def test_permits_after_the_window_change_no_share_in_it() -> None:
    own, others = many(100, 5, 10, "W2"), many(200, 0, 5, "W3")
    later = [replace(one, issued_at=one.issued_at + timedelta(days=100)) for one in many(300, 5, 5, "W3")]
    assert rate(*own, *others, *later)
    before = [replace(one, issued_at=one.issued_at - timedelta(days=100)) for one in many(300, 5, 5, "W3")]
    assert rate(*own, *others, *before)
    looks = [replace(one, issued_at=one.issued_at + timedelta(days=100)) for one in many(400, 0, 50, "W2")]
    assert rate(*own, *many(200, 1, 10, "W3"), *looks)


def test_what_is_found_both_ways_is_one_task_that_names_the_worker() -> None:
    permits = [permit(number, at=number, worker="W2") for number in range(1, 6)]
    (one,) = found(BACK, facts(permits=tuple(permits), team_permits=(*permits, *many(200, 0, 5, "W3"))))
    assert (one.worker, one.people, one.views) == ("W2", ("PER-1",), looks_of(1, 2, 3, 4, 5))
    assert one.text.startswith("Handed back. 5 permits were handed back without a look, for PER-1: LOK-1, issued ")


def test_what_is_found_both_ways_is_put_to_the_team_of_the_worker() -> None:
    reported_last = permit(1, at=1, worker="W2", team="T9", reported=20)
    permits = [reported_last, *(permit(number, at=number, worker="W2") for number in range(2, 6))]
    assert [one.team for one in back_for(*permits)] == ["T9"]
    (one,) = found(BACK, facts(permits=tuple(permits), team_permits=(*permits, *many(200, 0, 5, "W3"))))
    assert (one.worker, one.team) == ("W2", "T1")
