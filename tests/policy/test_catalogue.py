"""The rule catalogue tells of every rule and limit, and `docs/policy.md` is what the code says today."""

from pathlib import Path

from tracker.policy.catalogue import (
    FOOTING_CATALOGUE,
    LIMIT_CATALOGUE,
    PATTERN_CATALOGUE,
    STOP_CATALOGUE,
    as_markdown,
    in_words,
    patterns_table,
)
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import CAUTION_THRESHOLD, LIMITS, RULES_RELEASE
from tracker.policy.patterns import PATTERNS, Pattern
from tracker.policy.plain_words import FACTS_IN_WORDS, FACTS_OF_PATTERNS, PATTERNS_IN_WORDS
from tracker.policy.rules import FootingRule, StopRule
from tracker.policy.stops import STOPS
from tracker.policy.vocabulary import Footing, Outcome, Stop

RULES: tuple[StopRule | FootingRule, ...] = (*FOOTINGS, *STOPS)
DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "policy.md"
GUIDE = DOCS / "guides" / "how-repeat-viewing-is-found.md"
BEGINS = "<!-- made from the code by `python -m tracker.policy.catalogue patterns` -->\n"
ENDS = "<!-- end of what is made from the code -->\n"


def test_the_page_for_lawyers_is_what_the_code_says() -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert told == as_markdown(), "run: python -m tracker.policy.catalogue > docs/policy.md, and read what changed"


def test_every_rule_and_limit_is_in_the_catalogue() -> None:
    page = as_markdown()

    assert [entry.id for entry in FOOTING_CATALOGUE] == list(Footing)
    assert [entry.id for entry in STOP_CATALOGUE] == list(Stop)
    assert [entry.id for entry in PATTERN_CATALOGUE] == list(Pattern)
    assert [entry.name for entry in LIMIT_CATALOGUE] == [limit.name for limit in LIMITS]
    for identifier in (*Footing, *Stop, *Pattern, *(limit.name for limit in LIMITS)):
        assert f"`{identifier}`" in page
    for rule in (*RULES, *PATTERNS):
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


def test_a_pattern_tells_what_it_looks_at_what_follows_and_its_limits() -> None:
    for rule, entry in zip(PATTERNS, PATTERN_CATALOGUE, strict=True):
        assert rule.reads <= FACTS_OF_PATTERNS.keys()
        assert set(entry.looks_at) == {FACTS_OF_PATTERNS[name] for name in rule.reads}
        assert (entry.name, entry.follows) == (rule.name, rule.follows)
        assert {limit.name for limit in entry.limits} == set(rule.limits)
        for limit in entry.limits:
            assert limit.used_by == (entry.name,)
    cluster = next(entry for entry in PATTERN_CATALOGUE if entry.id is Pattern.FAMILY_CLUSTER)
    assert [(limit.name, limit.default, limit.range) for limit in cluster.limits] == [
        ("family_cluster_days", "28", "7 to 365"),
        ("family_cluster_views", "3", "2 to 10"),
        ("family_cluster_views_one_team", "4", "2 to 20"),
    ]
    for paragraph in PATTERNS_IN_WORDS:
        assert paragraph in as_markdown()


def test_the_guide_for_lawyers_and_inspectors_lists_the_patterns_and_limits_of_the_code() -> None:
    before, _, rest = GUIDE.read_text(encoding="utf-8").partition(BEGINS)
    made, _, after = rest.partition(ENDS)
    assert made == f"\n{patterns_table()}\n", (
        "run: python -m tracker.policy.catalogue patterns, and put it in the guide"
    )
    assert before
    assert after
    for rule in PATTERNS:
        assert f"| {rule.name} (`{rule.id}`) | {rule.sentence} | {rule.follows}. | {rule.source}. |" in made
        for name in rule.limits:
            limit = next(limit for limit in LIMIT_CATALOGUE if limit.name == name)
            assert f"| {rule.name} | {limit.sentence} | {limit.default} | {limit.range} |" in made
    assert f"Every number is a {CAUTION_THRESHOLD}." in made
