"""The rule catalogue tells of every rule and limit, and `docs/policy.md` is what the code says today."""

from pathlib import Path

from tracker.policy.catalogue import (
    FOOTING_CATALOGUE,
    LIMIT_CATALOGUE,
    STOP_CATALOGUE,
    as_markdown,
    in_words,
)
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import CAUTION_THRESHOLD, LIMITS, RULES_RELEASE
from tracker.policy.plain_words import FACTS_IN_WORDS
from tracker.policy.rules import FootingRule, StopRule
from tracker.policy.stops import STOPS
from tracker.policy.vocabulary import Footing, Outcome, Stop

RULES: tuple[StopRule | FootingRule, ...] = (*FOOTINGS, *STOPS)
PAGE = Path(__file__).parents[2] / "docs" / "policy.md"


def test_the_page_for_lawyers_is_what_the_code_says() -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert told == as_markdown(), "run: python -m tracker.policy.catalogue > docs/policy.md, and read what changed"


def test_every_rule_and_limit_is_in_the_catalogue() -> None:
    page = as_markdown()

    assert [entry.id for entry in FOOTING_CATALOGUE] == list(Footing)
    assert [entry.id for entry in STOP_CATALOGUE] == list(Stop)
    assert [entry.name for entry in LIMIT_CATALOGUE] == [limit.name for limit in LIMITS]
    for identifier in (*Footing, *Stop, *(limit.name for limit in LIMITS)):
        assert f"`{identifier}`" in page
    for rule in RULES:
        assert rule.sentence in page
        assert rule.source in page
    for outcome in Outcome:
        assert outcome.label in page
    assert CAUTION_THRESHOLD in page
    assert f"Release {RULES_RELEASE}" in page


def test_all_that_a_rule_looks_at_is_told_in_words() -> None:
    for rule in RULES:
        looked_at = {path if path.startswith("request.") else path.split(".")[0] for path in rule.reads}
        assert looked_at <= FACTS_IN_WORDS.keys()
        assert len(in_words(rule.reads)) == len(looked_at)


def test_a_stop_tells_what_lifts_it_and_a_footing_what_limits_it() -> None:
    settings_unknown = next(entry for entry in STOP_CATALOGUE if entry.id is Stop.S9_PRIVACY_SETTINGS_UNKNOWN)
    notice = next(entry for entry in FOOTING_CATALOGUE if entry.id is Footing.NOTICE)

    assert settings_unknown.lifted_by == (
        "Consent",
        "A court's order or direction",
        "A RIPA authorisation with judicial approval",
        "An immediate response to danger",
    )
    assert [(limit.name, limit.default, limit.range) for limit in notice.limits] == [
        ("notice_view_limit", "3", "1 to 10")
    ]
