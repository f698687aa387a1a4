"""Consent and notice: when each stands, and the words in which it says what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policy.examples import (
    THRESHOLD,
    advice,
    check,
    consent,
    notice,
    ripa,
    said_of,
    view,
)
from tracker.policy.vocabulary import Footing, Outcome

PERMITTED, APPROVAL = Outcome.PERMITTED, Outcome.NEEDS_MANAGER_APPROVAL
USED = view("2026-11-03T14:00:00Z")
DEPUTY = {"given_by": "attorney_or_deputy", "competence": "lacks"}
AFTER = "2026-11-11T09:00:00Z"


CHILD = {"under_18": True}
PARENT = {"given_by": "parental_responsibility", "competence": "lacks"}
NO_COMPETENCE = "The consent recorded was not given by somebody who is known to be able to give it."
BEFORE = "2026-11-09T09:00:00Z"


@pytest.mark.parametrize(
    ("changes", "consents", "expected"),
    [
        ({}, [], "No consent is recorded."),
        ({}, [consent()], PERMITTED),
        ({}, [consent(at="2026-11-21T10:00:00Z")], PERMITTED),
        ({}, [consent(at="2026-11-21T10:00:01Z")], "No consent is recorded."),
        ({}, [consent(until="2026-11-20")], "Consent ended on 20 November 2026."),
        ({}, [consent(competence="not_assessed")], NO_COMPETENCE),
        ({}, [consent(competence="lacks")], NO_COMPETENCE),
        ({}, [consent(**PARENT)], NO_COMPETENCE),
        (CHILD, [consent(**PARENT)], PERMITTED),
        ({"under_18": None}, [consent(**PARENT)], NO_COMPETENCE),
        (CHILD, [consent(**{**PARENT, "competence": "has"})], NO_COMPETENCE),
        ({}, [consent(**DEPUTY)], PERMITTED),
        (CHILD, [consent(**DEPUTY)], NO_COMPETENCE),
        ({"under_18": None}, [consent(**DEPUTY)], NO_COMPETENCE),
        ({}, [consent(**{**DEPUTY, "competence": "not_assessed"})], NO_COMPETENCE),
        ({"under_18": None}, [consent()], PERMITTED),
        ({}, [consent(purposes=["carer_review"])], "No consent is recorded."),
        ({}, [consent(platforms=["x"])], "No consent is recorded."),
        ({"platforms": ["facebook", "x"]}, [consent(platforms=["facebook"]), consent(platforms=["x"])], PERMITTED),
        ({"platforms": ["facebook", "x"]}, [consent(platforms=["x"])], "For Facebook: No consent is recorded."),
        ({}, [consent(), consent("withdrawn", at=AFTER)], "Consent was withdrawn on 11 November 2026 at 9:00am."),
        ({}, [consent(), consent("refused", at="2026-11-10T09:00:00Z")], "Consent was refused on 10 November 2026"),
        ({}, [consent(), consent("refused", at=BEFORE)], PERMITTED),
        ({}, [consent(), consent("refused", at=AFTER, platforms=["x"])], PERMITTED),
        ({}, [consent(), consent("refused", at=AFTER, purposes=["carer_review"])], PERMITTED),
        ({}, [consent(), consent("withdrawn", at=AFTER, **DEPUTY)], PERMITTED),
        ({}, [consent(**DEPUTY), consent("withdrawn", at=AFTER, **DEPUTY)], "Consent was withdrawn on 11 November"),
        (CHILD, [consent(**PARENT), consent("refused", at=BEFORE)], "Consent was refused on 9 November 2026"),
        (CHILD, [consent(**PARENT), consent("refused", at=BEFORE, competence="not_assessed")], "Consent was refused"),
        (CHILD, [consent(**PARENT), consent("refused", at=AFTER, competence="lacks")], PERMITTED),
        (
            CHILD,
            [consent(**PARENT), consent("refused", at=BEFORE), consent(at=AFTER, until="2026-11-12")],
            PERMITTED,
        ),
        (
            CHILD,
            [consent(**PARENT), consent("refused", at=BEFORE), consent(at=AFTER, competence="not_assessed")],
            "Consent was refused on 9 November 2026",
        ),
        (
            {},
            [consent("refused", at=BEFORE), consent(at=AFTER, until="2026-11-12")],
            "Consent ended on 12 November 2026.",
        ),
        (
            CHILD,
            [consent("refused", at=BEFORE, **PARENT), consent(until="2026-11-15")],
            "Consent ended on 15 November 2026.",
        ),
        (
            CHILD,
            [consent("refused", at=BEFORE, competence="lacks"), consent(**PARENT, until="2026-11-15")],
            "Consent ended on",
        ),
        (
            CHILD,
            [consent(**PARENT, until="2026-11-10"), consent("refused", at=AFTER, **PARENT)],
            "Consent was refused on 11",
        ),
        (CHILD, [consent("refused", at=AFTER), consent(**PARENT, until="2026-11-15")], "Consent was refused on 11"),
        ({}, [consent("refused", at=BEFORE, **DEPUTY)], "Consent was refused on 9 November 2026"),
    ],
)
def test_consent(changes: dict[str, Any], consents: list[dict[str, Any]], expected: Outcome | str) -> None:
    check(Footing.CONSENT, {**changes, "views": USED, "consents": consents}, expected)


def test_what_is_missing_of_consent_is_said_for_each_platform() -> None:
    mixed = [consent(platforms=["facebook"], until="2026-11-20"), consent(platforms=["x"])]

    reason = said_of(Footing.CONSENT, platforms=["facebook", "reddit", "x", "youtube"], consents=mixed)

    assert reason.text.startswith(
        "For Facebook: Consent ended on 20 November 2026. For YouTube and Reddit: No consent is recorded."
    )


NOT_ANSWERED = "The notice of 1 November 2026 does not answer what has applied to looks at this person since"
LATER = notice("2026-11-14T09:00:00Z")


def looks(footing: str, number: int = 3) -> list[dict[str, Any]]:
    return [view(f"2026-11-0{day}T09:00:00Z", footing) for day in range(1, number + 1)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, APPROVAL),
        ({"notices": []}, "No specific notice that covers this look is recorded."),
        ({"notices": notice(kind="general")}, "No specific notice that covers this look is recorded."),
        ({"notices": notice(platforms=["x"])}, "No specific notice that covers this look is recorded."),
        ({"notices": notice("2026-11-21T10:00:01Z")}, "No specific notice that covers this look is recorded."),
        ({"notices": notice(until="2026-11-20")}, "The notice of 1 November 2026 ended on 20 November 2026."),
        ({"notices": [notice(), notice(until="2026-11-20")]}, "The notice of 1 November 2026 ended on 20 November"),
        ({"notices": [notice(), notice("2026-11-02T09:00:00Z", until="2026-11-20")]}, "The notice of 2 November"),
        ({"notices": [notice(), notice("2026-11-02T09:00:00Z", until="2026-11-20", platforms=["x"])]}, APPROVAL),
        ({"notices": notice(objected=True)}, "The person objected on 1 November 2026, and that stands."),
        (
            {"notices": [notice(), notice("2026-10-02T09:00:00Z", kind="general", objected=True)]},
            "The person objected on 2 October 2026, and that stands.",
        ),
        ({"notices": notice(objected=True), "consents": consent(until="2026-11-11")}, APPROVAL),
        ({"notices": notice(objected=True), "consents": consent(until="2026-11-11", at="2026-11-01T09:00:00Z")}, None),
        ({"notices": notice(objected=True), "consents": consent(until="2026-11-11", platforms=["x"])}, None),
        ({"notices": notice(objected=True), "consents": consent(until="2026-11-11", **DEPUTY)}, None),
        ({"consents": consent("refused", at="2026-11-01T09:00:00Z")}, "Consent was refused on 1 November 2026"),
        ({"consents": consent("refused", at="2026-11-01T08:59:59Z")}, APPROVAL),
        ({"consents": consent("withdrawn", platforms=["x"])}, APPROVAL),
        (
            {"consents": [consent("withdrawn"), consent(at=AFTER, until="2026-11-12")]},
            "Consent was withdrawn on 10 November 2026 at 9:00am, after the notice.",
        ),
        ({"advice": advice("threshold_not_met")}, f"{NOT_ANSWERED} 12 November 2026."),
        ({"advice": advice("threshold_not_met", at="2026-11-01T09:00:00Z")}, f"{NOT_ANSWERED} 1 November 2026."),
        ({"advice": advice("threshold_not_met"), "notices": LATER}, APPROVAL),
        ({"advice": advice("threshold_met"), "notices": LATER}, APPROVAL),
        ({"advice": advice("chis"), "notices": LATER}, "The notice of 14 November 2026 does not answer"),
        ({"advice": advice("court_order_needed"), "notices": LATER}, "The notice of 14 November 2026 does not answer"),
        (
            {"ripa_authorisations": ripa(), "notices": notice("2026-11-01T09:00:00Z")},
            f"{NOT_ANSWERED} 1 November 2026.",
        ),
        ({"ripa_authorisations": ripa(), "notices": notice("2026-11-01T09:00:01Z")}, APPROVAL),
        (
            {"views": looks("notice")},
            f"3 views made or allowed since the notice count against the 3 it can carry. {THRESHOLD}",
        ),
        ({"views": looks("notice", 2)}, APPROVAL),
        ({"views": [*looks("open_source", 2), view("2026-11-01T08:59:59Z", "notice")]}, APPROVAL),
        ({"views": looks("late_entry")}, "3 views made or allowed since the notice"),
        ({"views": looks("legal_advice")}, "3 views made or allowed since the notice"),
        ({"views": looks("immediate_response")}, "3 views made or allowed since the notice"),
        (
            {"views": looks("open_source"), "counted_from": "2026-11-10T00:00:00Z"},
            "3 views made or allowed since the notice",
        ),
        ({"views": [USED, *looks("consent"), *looks("court_order"), *looks("presence_search")]}, APPROVAL),
        ({"views": [*looks("ripa_authorisation"), *looks("non_ripa_authorisation")]}, APPROVAL),
        ({"aim": "find_presence"}, "This ground is for looking at a page"),
        ({"aim": "find_then_view", "visibility": "unknown"}, APPROVAL),
        ({"visibility": "restricted"}, "The page is behind privacy settings"),
        ({"method": "contracted_third_party"}, APPROVAL),
        ({"method": "shown_by_person"}, "This ground is for looking only"),
    ],
)
def test_a_notice(changes: dict[str, Any], expected: Outcome | str | None) -> None:
    check(Footing.NOTICE, {"notices": notice(), "views": USED, **changes}, expected)
