"""Orders, authorisations and advice: when each stands, and the words in which it says what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policy.examples import (
    advice,
    check,
    non_ripa,
    order,
    ripa,
    view,
)
from tracker.policy.vocabulary import Footing, Outcome

PERMITTED, APPROVAL = Outcome.PERMITTED, Outcome.NEEDS_MANAGER_APPROVAL
USED = view("2026-11-03T14:00:00Z")
CRIME = {"purpose": "prevent_or_detect_crime"}
SINCE_ADVICE = (
    "Since 12 November 2026 a look at this person has needed more than this ground: "
    "Legal's advice or an authorisation already bears on it."
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"court_orders": []}, "No court's order or direction about this person is recorded."),
        ({"court_orders": order()}, PERMITTED),
        ({"court_orders": order(until=None)}, PERMITTED),
        ({"court_orders": order(persons=["P2"])}, "No court's order or direction about this person is recorded."),
        ({"court_orders": order(persons=["P2", "P1"])}, PERMITTED),
        ({"court_orders": order(terms_clear=False)}, "The terms of the court's order are not clear"),
        ({"court_orders": order(platforms=["x"])}, "The court's order does not cover all the platforms"),
        ({"court_orders": order(purposes=["court_directed"])}, "The court's order does not cover"),
        ({"court_orders": order(**{"from": "2026-11-21"})}, PERMITTED),
        ({"court_orders": order(**{"from": "2026-11-22"})}, "The court's order begins on 22 November 2026."),
        ({"court_orders": order(until="2026-11-20")}, "The court's order ended on 20 November 2026."),
        ({"court_orders": order(reported_at="2026-11-18T10:00:01Z")}, APPROVAL),
        ({"court_orders": order(reported_at="2026-11-21T10:00:00Z")}, APPROVAL),
        (
            {"court_orders": order(reported_at="2026-11-18T10:00:00Z")},
            "The court's order was reported on 18 November 2026; its sealed copy is overdue.",
        ),
        ({"court_orders": order(reported_at="2026-11-21T10:00:01Z")}, "No court's order or direction"),
        ({"court_orders": [order(reported_at="2026-11-20T10:00:00Z"), order()]}, PERMITTED),
        ({"court_orders": [order(terms_clear=False, until="2026-11-20"), order(terms_clear=False)]}, "The terms"),
        ({"court_orders": order(), "method": "interaction"}, "The court's order does not allow contact."),
        ({"court_orders": order(allows_contact=True), "method": "closed_group"}, PERMITTED),
        ({"court_orders": order(allows_contact=True), "method": "connection_request"}, PERMITTED),
        ({"court_orders": order(), "method": "connection_request"}, "The court's order does not allow contact."),
        ({"court_orders": order(), "method": "closed_group"}, "The court's order does not allow contact."),
    ],
)
def test_a_courts_order(changes: dict[str, Any], expected: Outcome | str) -> None:
    check(Footing.COURT_ORDER, {**changes, "views": USED}, expected)


NOT_APPROVED = "No approval of the authorisation by a justice of the peace stands, so it has no effect."
OVERRULED = "Legal advised on {} November 2026, and the authorisation cannot be relied on."


@pytest.mark.parametrize(
    ("changes", "authorisations", "expected"),
    [
        ({}, [], "No authorisation naming this person has been granted."),
        ({}, [ripa()], PERMITTED),
        ({"purpose": "assessment"}, [ripa()], "This ground is only for preventing or detecting crime"),
        ({}, [ripa(granted_at="2026-11-21T10:00:01Z")], "No authorisation naming this person has been granted."),
        ({}, [ripa(persons=["P2"])], "No authorisation naming this person has been granted."),
        ({}, [ripa(approved_at=None)], NOT_APPROVED),
        ({}, [ripa(approved_at=None, takes_effect_on="2026-11-02")], NOT_APPROVED),
        ({}, [ripa(approved_at="2026-11-21T10:00:00Z")], PERMITTED),
        ({}, [ripa(approved_at="2026-11-21T10:00:01Z")], NOT_APPROVED),
        ({}, [ripa(takes_effect_on="2026-11-22")], "The authorisation takes effect on 22 November 2026."),
        ({}, [ripa(takes_effect_on="2026-08-21")], "The authorisation ended on 20 November 2026."),
        ({}, [ripa(takes_effect_on="2026-08-22")], PERMITTED),
        ({}, [ripa(cancelled_at="2026-11-21T10:00:00Z")], "The authorisation was cancelled on 21 November 2026"),
        ({}, [ripa(cancelled_at="2026-11-21T10:00:01Z")], PERMITTED),
        ({}, [ripa(next_review_on="2026-11-21")], PERMITTED),
        ({}, [ripa(next_review_on="2026-11-20")], "The review of the authorisation was due on 20 November 2026."),
        ({}, [ripa(platforms=["x"])], "The authorisation does not take in all the platforms asked for."),
        ({}, [ripa(accounts=["logged_out"])], "The authorisation does not take in the account"),
        ({}, [ripa(accounts=["corporate_registered"], platforms=["facebook"])], PERMITTED),
        ({}, [ripa(approved_at=None), ripa()], PERMITTED),
        ({"advice": advice("threshold_met")}, [ripa()], PERMITTED),
        ({"advice": advice("chis", at="2026-10-01T09:00:00Z")}, [ripa()], "Legal advised on 1 October 2026, and"),
        ({"advice": advice("chis")}, [ripa()], OVERRULED.format(12)),
        ({"advice": advice("threshold_not_met", at="2026-11-01T09:00:00Z")}, [ripa()], OVERRULED.format(1)),
        ({"advice": advice("threshold_not_met", at="2026-11-01T08:59:59Z")}, [ripa()], PERMITTED),
        ({"advice": advice("court_order_needed")}, [ripa()], OVERRULED.format(12)),
        ({"advice": [advice("chis"), advice("threshold_met")]}, [ripa()], OVERRULED.format(12)),
        ({"advice": [advice("chis"), advice(at="2026-11-13T09:00:00Z")]}, [ripa()], PERMITTED),
    ],
)
def test_a_ripa_authorisation(changes: dict[str, Any], authorisations: list[Any], expected: Outcome | str) -> None:
    check(
        Footing.RIPA_AUTHORISATION, {**CRIME, "views": USED, **changes, "ripa_authorisations": authorisations}, expected
    )


NOT_MET = advice("threshold_not_met")
NOT_OPENED = "No advice from Legal opens this ground for this look."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, APPROVAL),
        (CRIME, "This ground is not for preventing or detecting crime."),
        ({"advice": []}, NOT_OPENED),
        ({"advice": advice()}, NOT_OPENED),
        ({"advice": [NOT_MET, advice("threshold_met")]}, NOT_OPENED),
        ({"advice": advice("threshold_met")}, NOT_OPENED),
        ({"visibility": "partly_visible"}, APPROVAL),
        ({"visibility": "unknown", "aim": "find_then_view"}, APPROVAL),
        ({"visibility": "unknown"}, "It is not known whether the page is open"),
        ({"visibility": "unknown", "aim": "find_presence"}, "It is not known whether the page is open"),
        ({"visibility": "restricted"}, "The page is behind privacy settings"),
        ({"visibility": "blocked_by_person"}, "The person has blocked us"),
        ({"method": "contracted_third_party"}, APPROVAL),
        ({"method": "shown_by_person"}, "This ground is for looking only"),
        ({"non_ripa_authorisations": []}, "No non-RIPA authorisation naming this person has been granted."),
        ({"non_ripa_authorisations": non_ripa(persons=["P2"])}, "No non-RIPA authorisation naming"),
        ({"non_ripa_authorisations": non_ripa(granted_at="2026-11-21T10:00:01Z")}, "No non-RIPA authorisation naming"),
        ({"non_ripa_authorisations": non_ripa(until="2026-11-20")}, "The authorisation ended on 20 November 2026."),
        ({"non_ripa_authorisations": non_ripa(until="2026-11-21")}, APPROVAL),
        ({"non_ripa_authorisations": non_ripa(cancelled_at="2026-11-20T10:00:00Z")}, "The authorisation was cancelled"),
        ({"non_ripa_authorisations": non_ripa(next_review_on="2026-11-20")}, "The review of the authorisation was due"),
        ({"non_ripa_authorisations": non_ripa(platforms=["x"])}, "The authorisation does not take in all"),
        (
            {
                "views": [
                    view("2026-11-15T09:00:00Z", "non_ripa_authorisation"),
                    view("2026-11-21T10:00:00Z", "late_entry"),
                ]
            },
            "The authorisation was for 2 views, and 2 made or allowed since it was granted count against it.",
        ),
        (
            {
                "views": [
                    view("2026-11-15T08:59:59Z", "non_ripa_authorisation"),
                    view("2026-11-16T09:00:00Z", "late_entry"),
                ]
            },
            APPROVAL,
        ),
        (
            {"views": [view("2026-11-16T09:00:00Z", "non_ripa_authorisation"), view("2026-11-17T09:00:00Z", "notice")]},
            APPROVAL,
        ),
    ],
)
def test_a_non_ripa_authorisation(changes: dict[str, Any], expected: Outcome | str) -> None:
    standing = {"advice": NOT_MET, "non_ripa_authorisations": non_ripa(), "views": USED}
    check(Footing.NON_RIPA_AUTHORISATION, {**standing, **changes}, expected, limits={"non_ripa": True})
    check(
        Footing.NON_RIPA_AUTHORISATION,
        {**standing, **changes},
        "This council does not use non-RIPA authorisations.",
    )


ADVISED = "Legal's advice of 12 November 2026"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, APPROVAL),
        ({"advice": []}, "No advice from Legal that covers this look is recorded."),
        ({"advice": advice(at="2026-11-21T10:00:01Z")}, "No advice from Legal that covers this look is recorded."),
        ({"advice": advice(platforms=["x"])}, "No advice from Legal that covers this look is recorded."),
        ({"advice": advice(purposes=["carer_review"])}, "No advice from Legal that covers this look is recorded."),
        ({"advice": advice("threshold_met")}, "Legal advised on 12 November 2026, and this look cannot stand on"),
        ({"advice": [advice("threshold_met"), advice()]}, "Legal advised on 12 November 2026, and this look cannot"),
        ({"advice": [advice("threshold_met", at="2026-11-11T09:00:00Z"), advice()]}, APPROVAL),
        ({"advice": [advice("threshold_met", platforms=["x"]), advice(at="2026-11-01T09:00:00Z")]}, APPROVAL),
        ({"advice": advice(until="2026-11-20")}, f"{ADVISED} ended on 20 November 2026."),
        ({"advice": [advice(), advice(until="2026-11-20")]}, f"{ADVISED} ended on 20 November 2026."),
        ({"ripa_authorisations": ripa(granted_at="2026-11-12T09:00:00Z")}, SINCE_ADVICE),
        ({"ripa_authorisations": ripa(granted_at="2026-11-12T08:59:59Z")}, APPROVAL),
        (
            {"views": [view("2026-11-12T09:00:00Z", "legal_advice"), view("2026-11-13T09:00:00Z", "late_entry")]},
            f"{ADVISED} was for 2 views, and 2 made or allowed since count against it.",
        ),
        (
            {"views": [view("2026-11-12T08:59:59Z", "legal_advice"), view("2026-11-13T09:00:00Z", "late_entry")]},
            APPROVAL,
        ),
        ({"views": view("2026-11-13T09:00:00Z", "legal_advice"), "advice": [advice(), advice(max_views=1)]}, ADVISED),
        ({"method": "contracted_third_party"}, APPROVAL),
        ({"method": "shown_by_person"}, "This ground is for looking only"),
        ({"visibility": "partly_visible"}, APPROVAL),
        ({"visibility": "restricted"}, "The page is behind privacy settings"),
        ({"visibility": "restricted", "aim": "find_presence"}, APPROVAL),
        ({"visibility": "unknown"}, "It is not known whether the page is open"),
        ({"visibility": "unknown", "aim": "find_then_view"}, APPROVAL),
    ],
)
def test_legal_advice(changes: dict[str, Any], expected: Outcome | str) -> None:
    check(Footing.LEGAL_ADVICE, {"advice": advice(), "views": USED, **changes}, expected)
