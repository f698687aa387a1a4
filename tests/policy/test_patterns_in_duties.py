"""A gap in the authority, a look not reviewed, a permit without an outcome: each found from its moment on, and not before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.policy.pattern_examples import A_MOMENT, awaited, day, facts, found, looks_of
from tracker.policy.patterns import Effect, Found, Pattern, StoodOn
from tracker.policy.vocabulary import ViewFooting

GAP, UNREVIEWED, UNREPORTED = Pattern.AUTHORITY_GAP, Pattern.UNREVIEWED, Pattern.UNREPORTED
WITHDRAWN = "Consent had been withdrawn on 30 June 2026."
GONE = StoodOn("LOK-1", "PER-1", day(0), ViewFooting.CONSENT, stood=False, why_not=WITHDRAWN)


def gaps(*stood_on: StoodOn) -> list[Found]:
    noise = StoodOn("LOK-9", "PER-9", day(0), ViewFooting.COURT_ORDER, stood=True)
    return found(GAP, facts(stood_on=(noise, *stood_on)))


def test_a_look_whose_ground_did_not_stand_at_the_minute_is_a_possible_error() -> None:
    (one,) = gaps(GONE)
    assert (one.views, one.people, one.effect) == (looks_of(1), ("PER-1",), Effect.POSSIBLE_ERROR)
    assert one.text == (
        "A gap in the authority. LOK-1 of PER-1, 1 July 2026 at 11:00am, was recorded as standing on: Consent. "
        "Consent had been withdrawn on 30 June 2026."
    )


def test_a_look_whose_ground_stood_is_not() -> None:
    assert gaps(replace(GONE, stood=True)) == []


@pytest.mark.parametrize("footing", ViewFooting)
def test_only_consent_advice_orders_and_authorisations_can_turn_out_not_to_have_stood(footing: ViewFooting) -> None:
    lapse = {"consent", "court_order", "ripa_authorisation", "non_ripa_authorisation", "legal_advice"}
    assert bool(gaps(replace(GONE, footing=footing))) is (footing in lapse)


def test_one_look_is_one_finding_about_everybody_for_whom_its_ground_did_not_stand() -> None:
    advice = StoodOn("LOK-1", "PER-0", day(0), ViewFooting.LEGAL_ADVICE, stood=False, why_not="It was overtaken.")
    stood = replace(GONE, person="PER-2", stood=True)
    first, second = gaps(GONE, stood, advice, replace(GONE, look="LOK-2"))
    assert (first.views, first.people) == (looks_of(1), ("PER-0", "PER-1"))
    assert (second.views, second.people) == (looks_of(2), ("PER-1",))
    assert first.text == (
        "A gap in the authority. LOK-1 of PER-0, 1 July 2026 at 11:00am, was recorded as standing on: Legal advice. "
        "It was overtaken. "
        "A gap in the authority. LOK-1 of PER-1, 1 July 2026 at 11:00am, was recorded as standing on: Consent. "
        f"{WITHDRAWN}"
    )


@pytest.mark.parametrize(("pattern", "field"), [(UNREVIEWED, "responses"), (UNREPORTED, "outcomes")])
def test_what_is_waited_for_is_overdue_from_its_instant_on_and_not_before(pattern: Pattern, field: str) -> None:
    waiting = awaited(2, 3, people=("PER-2", "PER-1")), awaited(1, 99), awaited(3, 2)
    assert found(pattern, facts(day(2) - A_MOMENT, **{field: waiting})) == []
    (one,) = found(pattern, facts(day(2), **{field: waiting}))
    assert (one.views, one.effect, one.worker, one.team) == (looks_of(3), Effect.TASK, "W1", "T1")
    two, _ = found(pattern, facts(day(3), **{field: waiting}))
    assert (two.views, two.people) == (looks_of(2), ("PER-1", "PER-2"))


def test_what_is_overdue_is_told_with_its_dates() -> None:
    waiting = (awaited(1, 99), awaited(2, 1, people=("PER-2", "PER-1")))
    (review,) = found(UNREVIEWED, facts(day(5), responses=waiting))
    (outcome,) = found(UNREPORTED, facts(day(5), outcomes=waiting))
    assert review.text == (
        "Not reviewed. LOK-2 of PER-1 and PER-2, 1 July 2026 at 11:00am, in danger or approved by telephone, "
        "was to be reviewed by 2 July 2026 at 11:00am."
    )
    assert outcome.text == (
        "No outcome. The permit LOK-2 for PER-1 and PER-2, issued 1 July 2026 at 11:00am, has run out "
        "and nothing was reported by 2 July 2026 at 11:00am."
    )
