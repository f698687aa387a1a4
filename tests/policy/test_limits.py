"""The limits: their defaults and ranges are those agreed, and nothing else is accepted."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from tracker.policy.limits import (
    LIMITS,
    SHIPPED,
    Limits,
    LimitsError,
    fingerprint,
    limits_as_json,
    policy_version,
    read_limits,
)

# Written by hand, so that a change of a default or a range shows here.
AGREED: dict[str, tuple[int, int, int] | bool] = {
    "notice_view_limit": (3, 1, 10),
    "presence_search_limit": (3, 1, 10),
    "presence_search_days": (28, 7, 365),
    "presence_search_total": (6, 1, 50),
    "presence_search_platforms": (5, 1, 20),
    "emergency_window_days": (7, 1, 28),
    "single_viewing_platforms": (3, 1, 20),
    "unsealed_order_hours": (72, 1, 120),
    "child_first_look_needs_approval": True,
    "non_ripa": False,
    "sitting_minutes": (60, 5, 240),
    "permit_working_days": (1, 0, 3),
    "danger_permit_hours": (4, 1, 24),
    "outcome_due_hours": (24, 1, 72),
    "consent_default_months": (6, 1, 12),
    "notice_default_months": (6, 1, 12),
    "advice_default_days": (28, 1, 90),
    "review_default_days": (28, 1, 31),
    "repeat_viewing_views": (2, 2, 5),
    "family_cluster_days": (28, 7, 365),
    "family_cluster_views": (3, 2, 10),
    "family_cluster_views_one_team": (4, 2, 20),
    "presence_drip_searches": (6, 2, 50),
    "presence_drip_days": (84, 7, 365),
    "collateral_checks": (3, 2, 20),
    "collateral_days": (84, 7, 365),
    "late_logging_views": (3, 2, 20),
    "late_logging_hours": (24, 1, 168),
    "late_logging_days": (28, 7, 365),
    "handed_back_permits": (3, 2, 20),
    "handed_back_days": (28, 7, 365),
    "handed_back_rate": (3, 2, 20),
    "handed_back_least": (5, 2, 50),
    "handed_back_rate_days": (84, 7, 365),
}
NUMBERS = {name: agreed for name, agreed in AGREED.items() if isinstance(agreed, tuple)}
SWITCHES = {name: agreed for name, agreed in AGREED.items() if isinstance(agreed, bool)}


def changed(values: dict[str, Any]) -> Limits:
    return replace(SHIPPED, **values)


def test_every_limit_has_the_agreed_default_and_range() -> None:
    described = {
        limit.name: limit.default if limit.lowest is None else (limit.default, limit.lowest, limit.highest)
        for limit in LIMITS
    }
    assert described == AGREED
    assert [part.name for part in fields(Limits)] == list(AGREED)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_accepted_in_its_range_and_nowhere_else(name: str) -> None:
    default, lowest, highest = NUMBERS[name]
    for value in (lowest, default, highest):
        assert read_limits({name: value}) == changed({name: value})
    for wrong in (lowest - 1, highest + 1, True, float(default), str(default), None, [default]):
        with pytest.raises(LimitsError, match=f"^{name}: a whole number from {lowest} to {highest} is needed$"):
            read_limits({name: wrong})


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_is_true_or_false_and_nothing_else(name: str) -> None:
    for value in (True, False):
        assert read_limits({name: value}) == changed({name: value})
    for wrong in (0, 1, "true", None):
        with pytest.raises(LimitsError, match=f"^{name}: true or false is needed"):
            read_limits({name: wrong})


def test_an_unknown_limit_is_refused_by_name() -> None:
    with pytest.raises(LimitsError, match=r"^notice_limit: there is no such limit$"):
        read_limits({"notice_limit": 3})


def test_what_is_not_named_has_its_default_and_what_is_written_reads_back() -> None:
    assert read_limits({}) == SHIPPED
    other = changed({"non_ripa": True, "notice_view_limit": 9})
    assert read_limits(json.loads(json.dumps(limits_as_json(other)))) == other


def test_other_limits_have_another_fingerprint_and_the_same_limits_the_same() -> None:
    assert fingerprint(read_limits({"non_ripa": False})) == fingerprint(SHIPPED)
    assert len(fingerprint(SHIPPED)) == 12
    others = {fingerprint(changed({name: highest})) for name, (_, _, highest) in NUMBERS.items()}
    assert len(others | {fingerprint(SHIPPED)}) == 1 + len(NUMBERS)
    assert policy_version("shipped").endswith("+shipped")


def test_every_limit_is_told_in_one_plain_sentence() -> None:
    for limit in LIMITS:
        assert limit.sentence.endswith(".")
        assert ". " not in limit.sentence
