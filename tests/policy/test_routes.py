"""Which routes are left where a look may not go ahead, and that no sentence tells what Legal concluded."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.policy.examples import advice, consent, decided, facts, hold, limits_of, notice, ripa, said_of, view
from tests.policy.generated import likely_facts
from tracker.policy.decide import decide, decision_as_json
from tracker.policy.limits import Limits
from tracker.policy.routes import court_routes, routes_left
from tracker.policy.vocabulary import MAY_GO_ON, Conclusion, Footing, Purpose

USED = view("2026-11-03T14:00:00Z")
CRIME = {"purpose": "prevent_or_detect_crime"}
ASK, ORDER, TELL, LEGAL = Footing.CONSENT, Footing.COURT_ORDER, Footing.NOTICE, Footing.LEGAL_ADVICE
RIPA, NON_RIPA = Footing.RIPA_AUTHORISATION, Footing.NON_RIPA_AUTHORISATION
DO_NOT = "Do not ask or tell anybody where that would put a child or an adult at risk: say so, and go to Legal."


def left(*, limits: Any = None, **changes: Any) -> list[Footing]:
    return [route.footing for route in routes_left(facts(**{"views": USED, **changes}), limits_of(limits))]


@pytest.mark.parametrize(
    ("changes", "routes"),
    [
        ({}, [ASK, ORDER, LEGAL, TELL]),
        (CRIME, [ASK, ORDER, RIPA, LEGAL, TELL]),
        ({"advice": advice()}, [ASK, ORDER, LEGAL, TELL]),
        ({"advice": advice("threshold_met"), **CRIME}, [ASK, ORDER, RIPA, TELL]),
        ({"advice": advice("threshold_met")}, [ASK, ORDER, TELL]),
        ({"advice": advice("threshold_not_met")}, [ASK, ORDER, TELL]),
        ({"advice": advice("threshold_not_met"), **CRIME}, [ASK, ORDER, TELL]),
        ({"advice": advice("court_order_needed")}, [ASK, ORDER]),
        ({"advice": advice("chis")}, [LEGAL]),
        ({"advice": [advice("chis"), advice("threshold_met")], **CRIME}, [LEGAL]),
        ({"advice": [advice("threshold_not_met"), advice("threshold_met")], **CRIME}, [ASK, ORDER, TELL]),
        ({"ripa_authorisations": ripa()}, [ASK, ORDER, LEGAL, TELL]),
        ({"account": "personal"}, []),
        ({"relation": "no_case"}, []),
        ({"visibility": "restricted"}, [ASK, ORDER]),
        ({"visibility": "unknown", **CRIME}, [ASK, ORDER, RIPA]),
        ({"visibility": "unknown", "aim": "find_then_view"}, [ASK, ORDER, LEGAL, TELL]),
        ({"visibility": "restricted", "aim": "find_presence"}, [ASK, ORDER, LEGAL]),
        ({"method": "closed_group"}, [ORDER]),
        ({"method": "shown_by_person"}, [ASK, ORDER]),
        ({"purpose": "court_directed"}, [ORDER]),
        ({"holds": hold(), **CRIME}, [ASK, ORDER, RIPA]),
        ({"confidential_material_likely": True}, [LEGAL]),
        ({"consents": consent("refused")}, [ORDER, LEGAL, TELL]),
        ({"consents": consent("refused", competence="lacks")}, [ASK, ORDER, LEGAL, TELL]),
        ({"consents": consent("refused", given_by="attorney_or_deputy")}, [ASK, ORDER, LEGAL, TELL]),
        ({"consents": [consent("refused"), consent("refused", given_by="attorney_or_deputy")]}, [ORDER, LEGAL, TELL]),
        ({"notices": notice(objected=True)}, [ASK, ORDER, LEGAL]),
    ],
)
def test_the_routes_left_are_those_that_could_carry_this_look(changes: dict[str, Any], routes: list[Footing]) -> None:
    assert left(**changes) == routes


def test_a_non_ripa_authorisation_is_a_route_only_where_the_council_has_it_on_and_legal_opened_it() -> None:
    on = {"non_ripa": True}
    opened = {"advice": advice("threshold_not_met")}

    assert left(limits=on, **opened) == [ASK, ORDER, NON_RIPA, TELL]
    assert left(limits=on, **opened, **CRIME) == [ASK, ORDER, TELL]
    assert left(limits=on, **opened, method="shown_by_person") == [ASK, ORDER]
    assert left(limits=on, **opened, visibility="unknown", aim="find_presence") == [ASK, ORDER]
    assert left(limits=on, advice=advice("threshold_met")) == [ASK, ORDER, TELL]


def test_which_court_can_help_is_said_and_neither_stands_for_the_other() -> None:
    assert court_routes(facts(**CRIME, advice=advice("threshold_met"))) == (ORDER, RIPA)
    assert court_routes(facts(advice=advice("threshold_met"))) == (ORDER,)
    assert court_routes(facts(**CRIME, advice=advice("threshold_not_met"))) == (ORDER,)
    assert court_routes(facts(**CRIME, advice=advice("chis"))) == ()


def test_a_blocked_check_says_what_to_do_for_each_route_that_is_left() -> None:
    blocked = {"views": USED}

    assert said_of(ASK, **blocked).text == f"No consent is recorded. Ask for consent. {DO_NOT}"
    assert said_of(TELL, **blocked).text.endswith(f"Tell the person specifically, before any look. {DO_NOT}")
    assert said_of(ORDER, **blocked).text.endswith("the court can be asked for an order or direction.")
    assert said_of(LEGAL, **blocked).text.endswith("Legal can be asked to advise.")


def test_where_somebody_said_no_for_them_the_person_is_still_asked_and_nobody_else() -> None:
    themself = f"Ask the person themself, where they can decide this. {DO_NOT}"
    theirs = consent("refused", given_by="attorney_or_deputy")
    asked = said_of(ASK, views=USED, consents=theirs)

    assert asked.text.endswith(themself)
    assert said_of(ASK, views=USED, consents=consent("refused", competence="lacks")).text.endswith(
        f"Ask for consent. {DO_NOT}"
    )
    assert decided(views=USED, consents=[theirs, consent()]).footing is ASK


def test_a_check_that_may_go_ahead_and_one_that_no_route_could_carry_name_no_route() -> None:
    for changes in ({}, {"account": "personal"}):
        assert said_of(ASK, **changes).text == "No consent is recorded."


def test_a_footing_that_stands_is_not_told_as_something_still_to_do() -> None:
    held = said_of(ASK, views=USED, consents=consent(), confidential_material_likely=True)

    assert held.text == "Consent that is in date covers every platform asked for and this purpose."


WORDS_OF_LAWYERS = ("threshold", "chis", "directed surveillance", "is surveillance", "not surveillance")


def test_no_text_tells_what_legal_concluded_or_who_looked() -> None:
    chance = random.Random(11)  # noqa: S311  a fixed series
    told = set()
    for _ in range(6000):
        case = likely_facts(chance)
        decision = decision_as_json(decide(case, Limits(non_ripa=chance.random() < 0.5)))
        told |= {reason["text"] for reason in decision["stops"] + decision["footings"]}
    council_s = "That number is a caution threshold set by your council; the law gives no number."
    for text in told:
        said = text.replace(council_s, "").lower()
        assert not any(word in said for word in WORDS_OF_LAWYERS), text
        assert not any(code in text for code in ("P1", "W1", "T1", "R1", "N1", "C1")), text
    assert len(told) > 200


@pytest.mark.parametrize("conclusion", [word for word in Conclusion if word != "not_directed_surveillance"])
@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose != "prevent_or_detect_crime"])
def test_only_a_purpose_of_crime_is_ever_pointed_to_ripa(purpose: Purpose, conclusion: Conclusion) -> None:
    words: list[Any] = [[], advice(conclusion)]
    for word in words:
        decision = decided(limits={"non_ripa": True}, purpose=purpose.value, views=USED, advice=word)
        for reason in decision.footings:
            assert "RIPA" not in reason.text.replace("non-RIPA", "")
    crime = decided(**CRIME, views=USED, advice=advice("threshold_met"))
    assert any("RIPA" in reason.text for reason in crime.footings)


def test_wherever_asking_or_telling_is_a_route_the_danger_of_it_is_named() -> None:
    chance = random.Random(5)  # noqa: S311  a fixed series
    found = 0
    for _ in range(2000):
        case = likely_facts(chance)
        decision = decide(case)
        for reason in decision.footings:
            if any(words in reason.text for words in ("Ask for consent", "Ask the person", "Tell the person")):
                found += 1
                assert DO_NOT in reason.text
                assert decision.outcome not in MAY_GO_ON
    assert found > 100
