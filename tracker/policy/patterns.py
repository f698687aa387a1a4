"""Which viewings form a pattern: what no single check shows, because each of them was within the rules.

Each pattern is a pure function over the looks of some people as the ledger counts them now. What it finds is a `Found`: its
rule, its looks, whom it is about, and what follows. They stand in `patterns_in_views.py` (those that may place a hold),
`patterns_in_practice.py` and `patterns_in_duties.py`; which of what is found is new, `new_findings.py` says.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.policy.limits import Limits
from tracker.policy.new_findings import NewFinding, Recorded, Release, new_findings
from tracker.policy.pattern_facts import (
    AlsoSeen,
    Awaited,
    Effect,
    Found,
    IssuedPermit,
    Pattern,
    PatternFacts,
    PatternView,
    StoodOn,
)
from tracker.policy.pattern_rules import PatternRule
from tracker.policy.patterns_in_duties import authority_gap, unreported, unreviewed
from tracker.policy.patterns_in_practice import collateral, handed_back, late_logging
from tracker.policy.patterns_in_views import family_cluster, presence_drip, repeat_viewing, shared_profile

__all__ = [
    "PATTERNS",
    "AlsoSeen",
    "Awaited",
    "Effect",
    "Found",
    "IssuedPermit",
    "NewFinding",
    "Pattern",
    "PatternFacts",
    "PatternRule",
    "PatternView",
    "Recorded",
    "Release",
    "StoodOn",
    "find_patterns",
    "new_findings",
]

PATTERNS: tuple[PatternRule, ...] = (
    repeat_viewing,
    family_cluster,
    shared_profile,
    presence_drip,
    collateral,
    late_logging,
    handed_back,
    authority_gap,
    unreviewed,
    unreported,
)


def find_patterns(
    facts: PatternFacts, limits: Limits, *, only: Iterable[Pattern] = tuple(Pattern)
) -> tuple[Found, ...]:
    """Everything that is found in the facts, by the order of the patterns, then by the looks; `only` some of the patterns."""
    wanted = frozenset(only)
    return tuple(found for rule in PATTERNS if rule.id in wanted for found in rule.find(facts, limits))
