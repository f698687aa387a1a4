"""Stored decisions of this release come out the same, sentence for sentence."""

from __future__ import annotations

import json
from collections.abc import Callable

from tracker.policy.limits import RULES_RELEASE

from .corpus import answered
from .replays import CASES, RECORDED, SEED, differences, digest, recorded

AGAIN = "meant? Then raise the release as tests/policy/test_release.py says, and python -m tests.policy.proofs.replays"


def test_this_release_answers_as_it_was_recorded_word_for_word(tried: Callable[[str, int], None]) -> None:
    assert json.loads(RECORDED.read_text(encoding="utf-8"))["release"] == RULES_RELEASE, AGAIN
    assert len(recorded()) == CASES
    first = next(differences(answered(SEED, CASES), recorded()), None)
    assert first is None, f"{AGAIN}: {first}"
    tried("replayed decisions, with their sentences", CASES)


def test_one_changed_word_is_another_digest() -> None:
    assert digest({"text": "a look"}) != digest({"text": "a view"})
    assert digest({"text": "a look", "policy_version": "1+1"}) == digest({"text": "a look", "policy_version": "2+1"})
