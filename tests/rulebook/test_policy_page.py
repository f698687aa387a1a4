"""The page, the document and the code say the same; the page says besides which limits hold now, and whose they are."""

from pathlib import Path

import pytest

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.html import Element
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.policy.catalogue import BOUNDS, FOOTING_CATALOGUE, LIMIT_CATALOGUE, PATTERN_CATALOGUE, STOP_CATALOGUE
from tracker.policy.limits import CAUTION_THRESHOLD
from tracker.policy.patterns import Pattern
from tracker.policy.plain_words import INTRODUCTION, PATTERNS_IN_WORDS, TERMS, WEIGHING
from tracker.policy.vocabulary import Footing, Outcome, Purpose, Stop
from tracker.rulebook.requests import NewBasis, NewLawfulBasis, NewLimits
from tracker.rulebook.services import propose_limits, propose_setting, sign_proposal

pytestmark = ONE_DATABASE

DOCUMENT = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")


@pytest.fixture
def page(council: Council, client_for: ClientFor) -> Page:
    """The policy as a worker reads it."""
    return client_for(council.worker).get("/policy")


def sections(page: Page) -> dict[str, Element]:
    return {one["aria-labelledby"]: one for one in page.main.all("section")}


def plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def test_every_footing_stop_and_pattern_stands_on_the_page_once_in_their_order(page: Page) -> None:
    assert list(sections(page)) == [one.value for one in (*Footing, *Stop, *Pattern)]


def test_the_page_says_of_each_footing_what_the_code_and_the_document_say(page: Page) -> None:
    for footing in FOOTING_CATALOGUE:
        text = sections(page)[footing.id].text
        needed = (footing.name, footing.sentence, *footing.needs, footing.source, ", ".join(footing.looks_at))
        for words in (*needed, *(outcome.label for outcome in footing.gives)):
            assert plain(words) in text, footing.id
            assert words in DOCUMENT, footing.id
        for limit in footing.limits:
            assert f"{limit.sentence} {limit.default}" in text
        assert (CAUTION_THRESHOLD in text) is bool(footing.limits)


def test_the_page_says_of_each_stop_what_the_code_and_the_document_say(page: Page) -> None:
    for stop in STOP_CATALOGUE:
        text = sections(page)[stop.id].text
        lifted = ", ".join(stop.lifted_by) or "nothing"
        for words in (
            stop.name,
            stop.sentence,
            stop.text,
            stop.outcome.label,
            lifted,
            stop.source,
            ", ".join(stop.looks_at),
        ):
            assert plain(words) in text, stop.id
            assert words in DOCUMENT, stop.id


def test_the_page_says_of_each_pattern_what_the_code_and_the_document_say(page: Page) -> None:
    for pattern in PATTERN_CATALOGUE:
        text = sections(page)[pattern.id].text
        looks_at = "; ".join(pattern.looks_at)
        for words in (pattern.name, pattern.sentence, pattern.follows, looks_at, pattern.source):
            assert plain(words) in text, pattern.id
            assert words in DOCUMENT, pattern.id
        for limit in pattern.limits:
            assert f"{limit.sentence} {limit.default}" in text
        assert (CAUTION_THRESHOLD in text) is bool(pattern.limits)
    for paragraph in PATTERNS_IN_WORDS:
        assert plain(paragraph) in page.text
        assert paragraph in DOCUMENT


def test_the_page_has_the_introduction_the_answers_the_weighing_the_bounds_and_the_words(page: Page) -> None:
    bounds = [words for bound in BOUNDS for words in bound]
    terms = [words for term in TERMS for words in term]
    for words in (*INTRODUCTION, *(outcome.label for outcome in Outcome), *WEIGHING, *bounds, *terms):
        assert plain(words) in page.text
        assert words in DOCUMENT
    assert "This is not a RIPA authorisation." in page.text


def limits_table(page: Page) -> dict[str, list[str]]:
    """The rows of the table of limits in force: name to its cells."""
    (table,) = [one for one in page.main.all("table") if one.one("caption").text == "Limits in force now"]
    body = table.one("tbody")
    return {row.one("th").one("span").text: [one.text for one in row.all("td")] for row in body.all("tr")}


def test_every_limit_stands_there_with_its_value_its_default_its_range_and_whose_threshold_it_is(page: Page) -> None:
    assert f"Every one of them is a {CAUTION_THRESHOLD}." in page.text
    assert limits_table(page) == {
        limit.name: [limit.default, limit.default, limit.range, ", ".join(limit.used_by) or "screens and clocks"]
        for limit in LIMIT_CATALOGUE
    }


def test_limits_not_yet_signed_are_said_to_be(page: Page) -> None:
    assert "These limits are not yet signed by your council." in page.text
    assert "Proposals and history" in [link.text for link in page.main.all("a")]


def test_signed_limits_are_shown_in_force_with_their_history(council: Council, client_for: ClientFor) -> None:
    legal, sro = council.actor(council.legal), council.actor(council.sro)
    with council.database.transaction() as session:
        signed = propose_limits(session, NewLimits({"notice_view_limit": 5}, "Zzbecause"), by=legal, now=START)
        for by in (legal, sro):
            sign_proposal(session, signed.reference, by=by, now=START)
        waiting = propose_limits(session, NewLimits({"non_ripa": True}, "Zzlater"), by=legal, now=START)
    page = client_for(council.auditor).get("/policy")
    assert limits_table(page)["notice_view_limit"][:2] == ["5", "3"]
    assert "not yet signed by your council" not in page.text
    assert f"with the limits {signed.reference}" in page.text
    history = client_for(council.auditor).get("/policy/proposals").text
    for words in ("Zzbecause", "Zzlater", council.sro.name, "Notice view limit: 3, then 5", "Non ripa: no, then yes"):
        assert words in history
    for words in (waiting.reference, "Shipped with the tracker", "A later one has taken its place."):
        assert words in history
    assert "It waits for the signature of a legal reviewer and the Senior Responsible Officer." in history


def test_the_lawful_basis_of_every_purpose_is_shown_and_who_set_it(council: Council, client_for: ClientFor) -> None:
    basis = NewLawfulBasis(Purpose.OTHER, "Article 6(1)(e)", "Article 9(2)(g)", "Zzour function")
    new = NewBasis(basis, "Dee Zzprotection", START.date(), "She decided so.")
    with council.database.transaction() as session:
        asked = propose_setting(session, new, by=council.actor(council.legal), now=START).reference
        for by in (council.legal, council.sro):
            sign_proposal(session, asked, by=council.actor(by), now=START)
    page = client_for(council.worker).get("/policy")
    (table,) = [one for one in page.main.all("table") if one.one("caption").text == "Lawful basis of each purpose"]
    rows = {row.one("th").text: row.all("td")[-1].text for row in table.one("tbody").all("tr")}
    assert list(rows) == [purpose.label for purpose in Purpose]
    assert rows[Purpose.OTHER.label] == "Dee Zzprotection, data protection officer, on 21 November 2026"
    assert rows[Purpose.ASSESSMENT.label] == "Shipped, not yet confirmed by your data protection officer"


@pytest.mark.parametrize("who", ["manager", "duty", "legal", "officer", "sro", "auditor", "admin"])
def test_everybody_on_the_staff_may_read_it(council: Council, client_for: ClientFor, who: str) -> None:
    assert client_for(getattr(council, who)).get("/policy").status == 200


def test_nobody_reads_it_without_signing_in(council: Council, visitor: Visitor) -> None:
    assert visitor.get("/policy").path == "/sign-in"
