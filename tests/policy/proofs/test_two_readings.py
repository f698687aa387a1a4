"""The product and the second reading, made apart from one text, decide the same on a corpus drawn from the pools."""

from __future__ import annotations

from collections.abc import Callable

from .cases import facts_from, limits_from, seeded_sketches
from .corpus import answered, disagreements
from .coverage import Coverage
from .declared import undeclared
from .proving import decided

SEED, CASES = 2026, 20_000


def test_both_readings_decide_every_case_alike(tried: Callable[[str, int], None]) -> None:
    corpus = answered(SEED, CASES)
    first = next(disagreements(corpus), None)
    assert first is None, first
    tried("two readings of the policy", len(corpus))


def test_no_rule_looks_at_more_than_it_declares() -> None:
    assert next(undeclared(answered(SEED, 500)), None) is None


def test_the_corpus_reaches_every_stop_footing_and_outcome() -> None:
    seen = Coverage()
    for number, sketch in enumerate(seeded_sketches(SEED, 4_000)):
        seen.see(decided(facts_from(sketch), limits_from(sketch)))
        if number % 200 == 0 and not seen.missing():
            return
    assert not seen.missing()


def test_a_changed_answer_would_be_noticed() -> None:
    """Control: the comparison is able to fail."""
    corpus = answered(SEED, 50)
    changed = [case._replace(answer={**case.answer, "views_counted": -1}) for case in corpus]
    assert len(list(disagreements(changed))) == len(corpus)
