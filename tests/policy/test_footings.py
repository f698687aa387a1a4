"""Searches, danger and the single viewing: when each stands, and the words in which it says what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policy.examples import (
    THRESHOLD,
    advice,
    check,
    consent,
    decided,
    hold,
    notice,
    ripa,
    said_of,
    searches,
    view,
)
from tracker.policy.footings import FOOTINGS
from tracker.policy.vocabulary import Footing, Outcome

PERMITTED, APPROVAL = Outcome.PERMITTED, Outcome.NEEDS_MANAGER_APPROVAL
USED = view("2026-11-03T14:00:00Z")
CRIME = {"purpose": "prevent_or_detect_crime"}
SEARCH = {"aim": "find_presence", "profile_on_record": False, "visibility": "unknown"}
DEPUTY = {"given_by": "attorney_or_deputy", "competence": "lacks"}
AFTER = "2026-11-11T09:00:00Z"
SINCE_ADVICE = (
    "Since 12 November 2026 a look at this person has needed more than this ground: "
    "Legal's advice or an authorisation already bears on it."
)


def test_the_footings_stand_in_their_order_and_are_all_there() -> None:
    assert [footing.id for footing in FOOTINGS] == list(Footing)
    assert [reason.rule for reason in decided().footings] == list(Footing)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PERMITTED),
        ({"aim": "view"}, "This ground is only for finding out whether there is a profile."),
        ({"profile_on_record": True}, "A profile of this person on these platforms is on record already."),
        ({"advice": advice("threshold_met")}, SINCE_ADVICE),
        ({"ripa_authorisations": ripa()}, "Since 1 November 2026 a look at this person has needed more"),
        ({"ripa_authorisations": ripa(persons=["P2"])}, PERMITTED),
        (
            {"code_factors": ["builds_profile", "repeated_viewing"]},
            "More than a first look is planned: it would build a profile of somebody and it is part of repeated viewing.",
        ),
        ({"code_factors": ["records_third_parties", "recorded_and_retained"]}, PERMITTED),
        ({"platforms": ["x", "reddit", "twitch", "threads", "dating"]}, PERMITTED),
        (
            {"platforms": ["x", "reddit", "twitch", "threads", "dating", "gaming"]},
            f"6 platforms are asked for, and this ground takes in 5 at most. {THRESHOLD}",
        ),
        ({"method": "contracted_third_party"}, "On this ground a member of staff does the looking"),
        ({"views": searches("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z")}, PERMITTED),
        (
            {"views": searches("2026-10-24T10:00:00Z", "2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z")},
            f"3 searches for a profile of this person were made or allowed lately, of 3 in 28 days. {THRESHOLD}",
        ),
        ({"views": searches("2026-10-24T09:59:59Z", "2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z")}, PERMITTED),
        (
            {"views": searches(*(f"2026-0{month}-01T10:00:00Z" for month in range(1, 7)))},
            f"6 searches for a profile of this person have been made or allowed, of 6 in all. {THRESHOLD}",
        ),
        (
            {
                "views": searches(*(f"2026-0{month}-01T10:00:00Z" for month in range(1, 7))),
                "counted_from": "2026-11-01T00:00:00Z",
            },
            "6 searches for a profile of this person have been made or allowed, of 6 in all.",
        ),
        ({"views": [USED, USED, USED, USED]}, PERMITTED),
        ({"consents": consent("refused")}, APPROVAL),
        ({"consents": consent("withdrawn")}, APPROVAL),
        ({"notices": notice(objected=True)}, APPROVAL),
        ({"notices": notice(objected=True, at="2026-11-22T09:00:00Z")}, PERMITTED),
    ],
)
def test_a_search_for_a_profile(changes: dict[str, Any], expected: Outcome | str) -> None:
    check(Footing.PRESENCE_SEARCH, {**SEARCH, **changes}, expected)


def danger(at: str, reviewed: str | None = "agreed") -> dict[str, Any]:
    return view(at, "immediate_response", reviewed=reviewed)


NOTHING_NEW = "Nothing new is reported since."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PERMITTED),
        ({"immediate_risk": False}, "No danger that calls for an immediate response is reported."),
        ({"immediate_risk": False, "new_event": True}, "No danger that calls for an immediate response is reported."),
        (
            {"views": danger("2026-11-14T10:00:00Z")},
            f"A look in danger was made or allowed on 14 November 2026 at 10:00am, within the last 7 days. {THRESHOLD} {NOTHING_NEW}",
        ),
        ({"views": danger("2026-11-14T09:59:59Z")}, PERMITTED),
        (
            {"views": danger("2026-01-14T10:00:00Z", None)},
            f"A look in danger that was made or allowed on 14 January 2026 has not been agreed by a manager. {NOTHING_NEW}",
        ),
        (
            {"views": danger("2026-01-14T10:00:00Z", "not_agreed")},
            "A look in danger that was made or allowed on 14 January 2026 has not been",
        ),
        ({"views": [danger("2026-11-20T09:00:00Z")], "new_event": True}, APPROVAL),
        ({"views": [danger("2026-01-14T10:00:00Z", None)], "new_event": True}, APPROVAL),
        ({"views": [], "new_event": True}, PERMITTED),
        ({"views": danger("2026-11-21T10:00:01Z", None)}, PERMITTED),
        ({"views": view("2026-11-20T09:00:00Z", "late_entry")}, PERMITTED),
        ({"holds": hold()}, PERMITTED),
    ],
)
def test_an_immediate_response(changes: dict[str, Any], expected: Outcome | str) -> None:
    check(Footing.IMMEDIATE_RESPONSE, {"immediate_risk": True, "views": USED, **changes}, expected)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PERMITTED),
        ({"aim": "find_then_view", "visibility": "unknown"}, PERMITTED),
        ({"aim": "find_presence"}, "This ground is for looking at a page"),
        ({"visibility": "partly_visible"}, PERMITTED),
        ({"visibility": "restricted", "aim": "find_then_view"}, "The page is behind privacy settings"),
        ({"method": "contracted_third_party"}, "On this ground a member of staff does the looking"),
        ({"views": USED}, "The single open-source viewing was used or allowed on 3 November 2026."),
        (
            {"views": [USED, view("2026-11-05T14:00:00Z", "notice")]},
            "The single open-source viewing was used or allowed on 3 November 2026. "
            "2 looks made or allowed are counted, the last of 5 November 2026.",
        ),
        (
            {"views": view("2026-11-21T10:00:00Z", "late_entry")},
            "A single viewing must be the first look, and another look was made or allowed on 21 November 2026.",
        ),
        ({"views": view("2026-11-21T10:00:01Z", "late_entry")}, PERMITTED),
        ({"views": [view("2026-11-03T14:00:00Z", "consent"), *searches("2026-11-03T14:00:00Z")]}, PERMITTED),
        ({"views": view("2019-11-03T14:00:00Z", "ripa_authorisation")}, "A single viewing must be the first look"),
        ({"views": USED, "counted_from": "2026-11-03T14:00:01Z"}, PERMITTED),
        ({"views": USED, "counted_from": "2026-11-03T14:00:00Z"}, "The single open-source viewing was used or allowed"),
        ({"views": USED, "counted_from": "2026-12-03T14:00:00Z"}, "The single open-source viewing was used or allowed"),
        ({"advice": advice("threshold_met")}, SINCE_ADVICE),
        ({"consents": consent("withdrawn")}, "Consent was withdrawn on 10 November 2026 at 9:00am, and that stands."),
        ({"consents": [consent("withdrawn"), consent(at=AFTER, until="2026-11-12")]}, PERMITTED),
        ({"consents": [consent("withdrawn", platforms=["x"])]}, PERMITTED),
        (
            {"consents": [consent("withdrawn", **DEPUTY), consent(at=AFTER, until="2026-11-12")]},
            "Consent was withdrawn",
        ),
        ({"consents": consent("refused")}, APPROVAL),
        ({"consents": [consent("refused"), consent(at=AFTER, until="2026-11-12")]}, PERMITTED),
        ({"notices": notice(objected=True)}, APPROVAL),
        ({"code_factors": ["pattern_of_lifestyle"]}, "More than a first look is planned: it would show a pattern of"),
        ({"code_factors": ["records_third_parties"]}, APPROVAL),
        ({"code_factors": ["directed_at_individual", "combined_with_other_sources"]}, PERMITTED),
        ({"platforms": ["facebook", "x", "reddit"]}, PERMITTED),
        ({"platforms": ["facebook", "x", "reddit", "dating"]}, "4 platforms are asked for, and this ground takes in 3"),
        ({"views": searches(*["2026-11-20T10:00:00Z"] * 3)}, PERMITTED),
        ({"views": searches(*["2026-11-20T10:00:00Z"] * 3), "aim": "find_then_view"}, "3 searches for a profile"),
        ({"under_18": True}, APPROVAL),
        ({"under_18": None}, APPROVAL),
        ({"may_lack_capacity": True}, APPROVAL),
        ({"purpose": "other"}, APPROVAL),
        (CRIME, APPROVAL),
    ],
)
def test_a_single_open_source_viewing(changes: dict[str, Any], expected: Outcome | str) -> None:
    check(Footing.OPEN_SOURCE, changes, expected)


def test_why_a_manager_approves_a_single_viewing_is_said() -> None:
    everything = {
        "under_18": None,
        "may_lack_capacity": True,
        "consents": consent("refused"),
        "notices": notice(objected=True),
        "code_factors": ["records_third_parties"],
        "purpose": "other",
    }

    assert said_of(Footing.OPEN_SOURCE, **everything).text == (
        "This would be the single open-source viewing, once a manager approves, because the person's age is not known, "
        "the person may lack capacity, consent was refused, the person objected, other people would be recorded and "
        "it is for another purpose."
    )


def test_the_council_can_let_a_childs_first_look_go_without_approval_but_not_its_other_reasons() -> None:
    off = {"child_first_look_needs_approval": False}

    assert decided(limits=off, under_18=True, may_lack_capacity=True).outcome is PERMITTED
    assert decided(limits=off, under_18=True, purpose="other").outcome is APPROVAL
