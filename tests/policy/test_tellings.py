"""What is said of what is missing, where two records differ so little that only one of them may be told of."""

from __future__ import annotations

import json
from datetime import date

from tests.policy.examples import THRESHOLD, advice, as_json, consent, decided, hold, notice, said_of, searches, view
from tracker.policy.answers import answer, answers, as_text
from tracker.policy.limits import RULES_RELEASE
from tracker.policy.periods import last_day_of_authorisation
from tracker.policy.vocabulary import Footing, Outcome

PARENT = {"given_by": "parental_responsibility", "competence": "lacks"}


def test_of_several_consents_that_ended_the_latest_end_is_told() -> None:
    ended = [consent(until="2026-11-18"), consent(until="2026-11-20"), consent(until="2026-11-19")]
    assert said_of(Footing.CONSENT, consents=ended).text.startswith("Consent ended on 20 November 2026.")


def test_a_consent_still_in_date_that_a_no_bars_is_not_told_as_ended() -> None:
    barred = consent(at="2026-11-01T09:00:00Z")
    no = consent("refused", "2026-11-02T09:00:00Z")
    lapsed = consent(at="2026-11-03T09:00:00Z", until="2026-11-20")
    told = said_of(Footing.CONSENT, consents=[barred, no, lapsed])
    assert told.text.startswith("Consent ended on 20 November 2026.")


def test_a_refusal_and_a_withdrawal_of_one_instant_are_told_alike_in_either_order() -> None:
    noes = [consent(status, "2026-11-12T09:00:00Z") for status in ("refused", "withdrawn")]
    search = {"aim": "find_presence", "profile_on_record": False, "notices": notice()}
    for asked in ({"notices": notice()}, search):
        told, reversed_ = (decided(consents=each, **asked).footings for each in (noes, noes[::-1]))
        assert told == reversed_
    assert "withdrawn" in said_of(Footing.PRESENCE_SEARCH, consents=noes, **search).text


def test_of_several_looks_in_danger_not_agreed_the_latest_is_told() -> None:
    looks = [view(f"2026-10-{day}T09:00:00Z", "immediate_response") for day in ("05", "07", "06")]
    told = said_of(Footing.IMMEDIATE_RESPONSE, immediate_risk=True, views=looks)
    assert told.text.startswith("A look in danger that was made or allowed on 7 October 2026 has")


def test_one_search_is_told_as_one() -> None:
    asked = {"aim": "find_presence", "profile_on_record": False, "views": searches("2026-11-20T09:00:00Z")}
    for limits in ({"presence_search_total": 1}, {"presence_search_limit": 1}):
        assert said_of(Footing.PRESENCE_SEARCH, limits=limits, **asked).text.startswith("1 search for a profile")


def test_a_footing_that_stands_offers_no_route_to_itself() -> None:
    """Legal's advice carries the look, but not past a hold, about which Legal can still be asked."""
    held = decided(advice=advice(), holds=hold(), views=view("2026-11-01T09:00:00Z"))
    assert held.outcome is Outcome.BLOCKED_LEGAL_ADVICE
    told = next(reason for reason in held.footings if reason.rule is Footing.LEGAL_ADVICE)
    assert told.stands
    assert told.text.endswith("a manager approves each.")


def test_the_period_that_ends_in_the_last_year_of_the_calendar_ends_on_its_day() -> None:
    assert last_day_of_authorisation(date(9999, 1, 10)) == date(9999, 4, 9)
    assert last_day_of_authorisation(date(9998, 12, 1)) == date(9999, 2, 28)


def test_searches_made_before_the_days_counted_are_not_told_as_made_lately() -> None:
    old = searches(*(f"2026-10-2{day}T10:00:00Z" for day in (1, 2, 3)))
    asked = {"aim": "find_presence", "profile_on_record": False}
    assert said_of(Footing.PRESENCE_SEARCH, views=old, **asked).stands
    lately = searches(*(f"2026-10-2{day}T10:00:00Z" for day in (4, 5, 6)))
    told = said_of(Footing.PRESENCE_SEARCH, views=lately, **asked).text
    assert told == f"3 searches for a profile of this person were made or allowed lately, of 3 in 28 days. {THRESHOLD}"


def test_an_answer_names_the_shipped_limits_where_it_is_told_of_no_others() -> None:
    version = f"{RULES_RELEASE}+shipped"
    written = json.dumps(as_json()).encode()
    assert decided().policy_version == version
    assert json.loads(answer(written))["policy_version"] == version
    assert [json.loads(each.text)["policy_version"] for each in answers([written])] == [version]


def test_an_answer_is_one_line_without_spaces_or_indented_and_keeps_its_letters() -> None:
    assert as_text({"a": ["é", 1]}) == '{"a":["é",1]}'
    assert as_text({"a": ["é", 1]}, indent=1) == '{\n "a": [\n  "é",\n  1\n ]\n}'
