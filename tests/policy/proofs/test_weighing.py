"""The one function that weighs, on everything it could ever be given.

Every set of kinds of stop (stops with the same outcome that the same footings lift are one kind), everything that each
footing can give or nothing, every approval, said to be surveillance or not: about two million cases, put to the
product's own function and compared with what the second reading makes of them. Where something stands, whether it was said
to be surveillance does not matter: there one answer that cannot be looked at stands for both, and is counted as both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any, NoReturn

import pytest

from tracker.policy.footings import FOOTINGS
from tracker.policy.rules import StopRule
from tracker.policy.stops import STOPS
from tracker.policy.vocabulary import Approval, Outcome
from tracker.policy.weighing import Weighed, weigh

from .second_reading import weighing as second
from .second_reading.footings import GIVES

Tell = Callable[[str, int], None]
Given = tuple[Outcome | None, ...]

CAN_GIVE: dict[str, tuple[Outcome, ...]] = dict.fromkeys(
    ("presence_search", "court_order", "immediate_response", "open_source"),
    (Outcome.PERMITTED, Outcome.NEEDS_MANAGER_APPROVAL),
) | {
    "consent": (Outcome.PERMITTED,),
    "ripa_authorisation": (Outcome.PERMITTED,),
    "non_ripa_authorisation": (Outcome.NEEDS_MANAGER_APPROVAL,),
    "legal_advice": (Outcome.NEEDS_MANAGER_APPROVAL,),
    "notice": (Outcome.NEEDS_MANAGER_APPROVAL,),
}
APPROVALS = (None, Approval.APPROVED, Approval.DECLINED)
Expected = tuple[str, str | None, tuple[str, ...]]
"""The outcome, the footing that decided, and the stops that apply."""


class NotLookedAt(int):
    """Both answers at once to whether it was said to be surveillance: whoever looks which of them it is fails."""

    def _refuse(self, *_: object) -> NoReturn:
        raise AssertionError("looked at what may not matter")

    __bool__ = __eq__ = __ne__ = __hash__ = __int__ = __index__ = __str__ = __repr__ = _refuse


FIRST_GIVEN = [CAN_GIVE[footing][0] for footing in GIVES]
EITHER: Any = NotLookedAt()
SAID: dict[bool, tuple[Any, ...]] = {True: (EITHER,), False: (True, False)}
"""The answers to try, by whether anything stands."""


def kinds() -> list[list[StopRule]]:
    """The stops by kind."""
    alike: dict[object, list[StopRule]] = defaultdict(list)
    for stop in STOPS:
        alike[stop.outcome, stop.lifted_by].append(stop)
    return list(alike.values())


def subsets(stops: Sequence[StopRule]) -> Iterator[list[StopRule]]:
    """Every set of these stops, each in their order."""
    for chosen in product((False, True), repeat=len(stops)):
        yield [stop for stop, is_in in zip(stops, chosen, strict=True) if is_in]


def every_given() -> list[Given]:
    """Everything that the nine footings can give together."""
    return list(product(*((None, *CAN_GIVE[footing]) for footing in GIVES)))


def as_second(given: Given) -> dict[str, str]:
    """What stands, by footing."""
    return {footing: gives.value for footing, gives in zip(GIVES, given, strict=True) if gives is not None}


def test_there_are_seven_kinds_of_stop_and_footings_give_what_the_policy_says() -> None:
    assert len(kinds()) == 7
    assert {footing.id: footing.gives for footing in FOOTINGS} == {f: frozenset(g) for f, g in CAN_GIVE.items()}


def test_weighing_comes_out_as_the_policy_says_on_everything_it_can_be_given(tried: Tell) -> None:
    representatives = [stops[0] for stops in kinds()]
    seen: Counter[tuple[str | None, str]] = Counter()
    left: set[tuple[str, ...]] = set()
    each_given = [(given, as_second(given)) for given in every_given()]
    for triggered in subsets(representatives):
        ids = [stop.id.value for stop in triggered]
        for given, stands in each_given:
            for (approval, said), (outcome, footing, rest) in expectations(stands, ids):
                weighed = weigh(triggered, given, approval, said)
                assert weighed.outcome == outcome
                assert weighed.footing == footing
                assert weighed.stops == rest
                seen[footing, outcome] += 2 if stands else 1
            left.add(rest)
    tried("weighing: kinds of stop, what footings give, approval, surveillance", seen.total())
    assert {(stop.id, stop.id in rest) for stop in representatives for rest in left} == {
        (stop.id, is_in) for stop in representatives for is_in in (True, False)
    }
    assert set(seen) == {
        *((footing, "permitted") for footing in GIVES),
        *((footing, gives) for footing, given in CAN_GIVE.items() for gives in given),
        *((None, outcome) for outcome in second.STRICTNESS[2:]),
    }


def expectations(stands: dict[str, str], ids: list[str]) -> Iterator[tuple[tuple[Approval | None, Any], Expected]]:
    """What the second reading comes to for each approval and each answer to *said to be surveillance* that there is to try."""
    for said in SAID[bool(stands)]:
        unasked = _told(second.weigh(stands, ids, None, said=said))
        yield (None, said), unasked
        yield (Approval.DECLINED, said), unasked
        yield (Approval.APPROVED, said), _told(second.weigh(stands, ids, "approved", said=said))


def _told(found: second.Weighed) -> Expected:
    return found.outcome, found.footing, tuple(found.applied)


def test_whoever_looks_at_what_may_not_matter_is_found_out() -> None:
    """Control: where nothing stands it is looked at. By what it is, rather than whether it is true, nobody tells either."""
    with pytest.raises(AssertionError, match="may not matter"):
        weigh([], [None] * len(GIVES), None, EITHER)
    alone = [[gives if place == at else None for place in range(len(GIVES))] for at, gives in enumerate(FIRST_GIVEN)]
    for triggered, given, approval in product(subsets([stops[0] for stops in kinds()]), alone, APPROVALS):
        assert weigh(triggered, given, approval, True) == weigh(triggered, given, approval, False)


def test_weighing_refuses_a_list_that_is_not_of_all_nine_footings() -> None:
    for short in ([], [None] * 8, [None] * 10):
        with pytest.raises(ValueError, match="zip"):
            weigh([], short, None, False)


def test_stops_of_one_kind_are_interchangeable(tried: Tell) -> None:
    """Any stop of a kind, or several of them, in the place of the first of its kind changes nothing but the names."""
    count = 0
    givens = list(product(*((None, CAN_GIVE[footing][-1]) for footing in GIVES)))
    for kind in (stops for stops in kinds() if len(stops) > 1):
        others = [stops[0] for stops in kinds() if stops[0] is not kind[0]]
        for around, given in product(subsets(others), givens):
            first = unnamed(weigh([*around, kind[0]], given, None, True), kind)
            for instead in (*([stop] for stop in kind[1:]), kind):
                assert unnamed(weigh([*around, *instead], given, None, True), kind) == first
                count += 1
    tried("weighing: another stop of the same kind", count)


def unnamed(weighed: Weighed, kind: Sequence[StopRule]) -> tuple[object, ...]:
    """The result, with the stops of one kind told as one."""
    names = {stop.id: kind[0].id for stop in kind}
    return weighed.outcome, weighed.footing, {names.get(stop, stop) for stop in weighed.stops}
