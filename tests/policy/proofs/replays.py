"""What this release of the rules answered, word for word, on the first cases of the corpus.

A decision that was stored must come out the same for as long as its release is in force, sentences included. The
recording is of the answers' digests: `python -m tests.policy.proofs.replays` makes it anew when a new release means to
answer otherwise.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .corpus import Answered, answered

SEED, CASES, DIGITS = 2026, 4_000, 6
RECORDED = Path(__file__).parent / "replays.json"


def digest(decision: dict[str, Any]) -> str:
    """A short digest of a decision with all its sentences, without the version of the policy."""
    told = {name: value for name, value in decision.items() if name != "policy_version"}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:DIGITS]


def digests(corpus: Iterable[Answered]) -> Iterator[str]:
    """The digests of what the product decides now."""
    from .proving import decided

    for case in corpus:
        yield digest(decided(case.facts, case.limits))


def recorded() -> list[str]:
    """The digests as recorded, case by case."""
    written = json.loads(RECORDED.read_text(encoding="utf-8"))["digests"]
    return [line[place : place + DIGITS] for line in written for place in range(0, len(line), DIGITS)]


def differences(corpus: Iterable[Answered], then: Iterable[str]) -> Iterator[Answered]:
    """The cases that are now answered otherwise than recorded."""
    cases = list(corpus)
    for case, now, before in zip(cases, digests(cases), then, strict=False):
        if now != before:
            yield case


def record() -> str:
    """The recording, as it is written to the file."""
    from tracker.policy.limits import RULES_RELEASE

    found = list(digests(answered(SEED, CASES)))
    lines = ["".join(found[place : place + 20]) for place in range(0, CASES, 20)]
    return json.dumps({"release": RULES_RELEASE, "digests": lines}, indent=0) + "\n"


if __name__ == "__main__":
    sys.exit(RECORDED.write_text(record(), encoding="utf-8") and 0)
