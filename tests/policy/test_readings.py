"""Sentences of the policy that could be read two ways, each held to the reading that docs/decisions/0020 chose.

Every example differs from one that comes out otherwise by the one thing that the reading turns on.
"""

from __future__ import annotations

from tests.policy.examples import (
    NOW,
    advice,
    consent,
    decided,
    hold,
    non_ripa,
    notice,
    order,
    ripa,
    said_of,
    view,
)
from tracker.policy.vocabulary import Condition, Footing, Outcome, Referral

A_MOMENT_LATER = "2026-11-21T10:00:00.000001Z"
USED = view("2026-11-03T14:00:00Z")
OPEN_SOURCE, CONSENT, NOTICE = Footing.OPEN_SOURCE, Footing.CONSENT, Footing.NOTICE
ATTORNEY = {"given_by": "attorney_or_deputy", "competence": "lacks"}
TWO = {"platforms": ["facebook", "x"]}


def test_a_start_of_counting_in_the_future_resets_nothing_yet() -> None:
    assert decided(views=USED, counted_from=A_MOMENT_LATER).views_counted == 1
    assert decided(views=USED, counted_from=NOW).views_counted == 0


def test_a_look_in_danger_at_this_very_moment_is_an_earlier_one() -> None:
    now, later = (view(at, "immediate_response", reviewed="agreed") for at in (NOW, A_MOMENT_LATER))
    assert not said_of(Footing.IMMEDIATE_RESPONSE, immediate_risk=True, views=now).stands
    assert said_of(Footing.IMMEDIATE_RESPONSE, immediate_risk=True, views=later).stands


def test_the_setting_for_first_looks_covers_capacity_as_well_as_age() -> None:
    off = {"child_first_look_needs_approval": False}
    for somebody in ({"under_18": True}, {"under_18": None}, {"may_lack_capacity": True}):
        assert decided(**somebody).outcome is Outcome.NEEDS_MANAGER_APPROVAL
        assert decided(limits=off, **somebody).outcome is Outcome.PERMITTED


def test_a_persons_own_no_is_put_aside_by_their_own_later_yes_even_one_that_has_lapsed() -> None:
    own_no = consent("refused", "2026-10-01T09:00:00Z")
    own_yes = consent(at="2026-10-02T09:00:00Z", until="2026-10-31")
    for_them = consent(at="2026-09-01T09:00:00Z", **ATTORNEY)
    assert said_of(CONSENT, consents=[for_them, own_no, own_yes]).stands
    assert not said_of(CONSENT, consents=[for_them, own_no]).stands


def test_a_no_bars_platform_by_platform() -> None:
    yes, no = consent(), consent("refused", "2026-11-11T09:00:00Z", platforms=["x"])
    assert said_of(CONSENT, consents=[yes, no]).stands
    assert not said_of(CONSENT, consents=[yes, no], **TWO).stands


def test_narrower_yeses_do_not_add_up_to_answer_a_no() -> None:
    no = consent("refused", "2026-11-01T09:00:00Z")
    search = {"aim": "find_presence", "profile_on_record": False, **TWO}
    lapsed = {"until": "2026-11-20"}
    narrow = [consent(platforms=[platform], **lapsed) for platform in ("facebook", "x")]
    assert decided(consents=[no, *narrow], **search).outcome is Outcome.NEEDS_MANAGER_APPROVAL
    assert decided(consents=[no, consent(**lapsed)], **search).outcome is Outcome.PERMITTED


def test_a_later_notice_that_has_ended_hides_an_earlier_one_in_date() -> None:
    earlier, ended = notice("2026-10-01T09:00:00Z"), notice(until="2026-11-20")
    assert not said_of(NOTICE, notices=[earlier, ended]).stands
    assert said_of(NOTICE, notices=[earlier, {**ended, "kind": "general"}]).stands
    assert said_of(NOTICE, notices=[earlier, {**ended, "platforms": ["x"]}]).stands


def test_a_refusal_since_the_notice_defeats_it_by_whoever_and_even_if_overtaken_since() -> None:
    told = notice("2026-11-01T09:00:00Z")
    yes = consent(at="2026-11-12T09:00:00Z")
    for giver in ({}, {"given_by": "parental_responsibility"}):
        since, before = (consent("refused", at, **giver) for at in ("2026-11-01T09:00:00Z", "2026-11-01T08:59:59Z"))
        assert not said_of(NOTICE, notices=told, consents=[since, yes]).stands
        assert said_of(NOTICE, notices=told, consents=[before, yes]).stands


def test_only_the_latest_warning_is_legals_word() -> None:
    chis, later = advice("chis", "2026-10-01T09:00:00Z"), advice("threshold_met", "2026-10-02T09:00:00Z")
    told = {"notices": notice("2026-11-01T09:00:00Z"), "views": USED}
    assert decided(advice=[chis, later], **told).footing is NOTICE
    assert decided(advice=[chis, later], views=USED).referral is Referral.LEGAL
    assert decided(advice=[chis], **told).footing is None
    assert decided(advice=[chis], views=USED).referral is Referral.CHIS


def test_a_warning_about_part_of_the_request_is_the_word_but_does_not_cover_it() -> None:
    part = advice("threshold_met", platforms=["x"], covers_confidential=True)
    whole = {**part, "platforms": None}
    asked = {"confidential_material_likely": True, "consents": consent(), **TWO}
    assert decided(advice=part, **asked).outcome is Outcome.BLOCKED_LEGAL_ADVICE
    assert decided(advice=whole, **asked).outcome is Outcome.PERMITTED
    assert decided(advice=part, **TWO).outcome is Outcome.BLOCKED_COURT_AUTHORISATION


def test_a_grant_says_surveillance_until_advice_later_than_that_very_grant() -> None:
    granted, again = ripa(granted_at="2026-11-01T09:00:00Z"), ripa(granted_at="2026-11-13T09:00:00Z")
    cleared = advice(at="2026-11-12T09:00:00Z")
    assert decided(ripa_authorisations=[granted], advice=cleared).footing is OPEN_SOURCE
    assert decided(ripa_authorisations=[granted, again], advice=cleared).outcome is Outcome.BLOCKED_COURT_AUTHORISATION


def test_settings_still_unknown_are_read_as_open_by_every_rule_when_finding_and_viewing() -> None:
    unknown = {"aim": "find_then_view", "visibility": "unknown"}
    counted = {"views": USED, "advice": advice(), "notices": notice()}
    for footing in (NOTICE, Footing.LEGAL_ADVICE):
        assert said_of(footing, **counted, **unknown).stands
        assert not said_of(footing, **counted, visibility="unknown").stands
    assert decided(**unknown).conditions == (Condition.SINGLE_VIEWING, Condition.STOP_UNLESS_OPEN)


def test_all_of_legals_word_must_be_that_the_threshold_is_not_met() -> None:
    not_met, met = advice("threshold_not_met"), advice("threshold_met")
    on = {"limits": {"non_ripa": True}, "non_ripa_authorisations": non_ripa()}
    assert said_of(Footing.NON_RIPA_AUTHORISATION, advice=[not_met], **on).stands
    assert not said_of(Footing.NON_RIPA_AUTHORISATION, advice=[not_met, met], **on).stands


def test_a_release_dated_before_its_hold_is_a_release() -> None:
    assert decided(holds=hold(released_at="2026-11-19T02:00:00Z")).outcome is Outcome.PERMITTED
    assert decided(holds=hold(released_at=A_MOMENT_LATER)).outcome is Outcome.BLOCKED_LEGAL_ADVICE


def test_nothing_is_asked_about_the_order_of_grant_and_approval() -> None:
    crime = {"purpose": "prevent_or_detect_crime"}
    early = ripa(granted_at="2026-11-05T09:00:00Z", approved_at="2026-11-04T10:30:00Z")
    assert decided(ripa_authorisations=early, **crime).footing is Footing.RIPA_AUTHORISATION
    assert decided(ripa_authorisations={**early, "approved_at": A_MOMENT_LATER}, **crime).footing is None


def test_a_word_that_is_partly_chis_refers_to_chis_also_where_a_manager_is_to_approve() -> None:
    word = [advice("threshold_met"), advice("chis")]
    reported = {"court_orders": order(reported_at="2026-11-21T09:00:00Z")}
    waiting, approved = (decided(advice=word, manager_approval=each, **reported) for each in (None, "approved"))
    assert (waiting.outcome, waiting.referral) == (Outcome.NEEDS_MANAGER_APPROVAL, Referral.CHIS)
    assert (approved.outcome, approved.referral) == (Outcome.PERMITTED, None)
    assert decided(advice=word[:1], **reported).referral is None
