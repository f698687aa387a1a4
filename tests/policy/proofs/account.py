"""The account that the proofs give of how many cases they tried.

A plugin and no conftest: where several processes run the tests, the one that prints at the end collects none, and so loads no conftest
but the first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

TRIED = "tried: "


@pytest.fixture
def tried(record_property: Callable[[str, Any], None]) -> Callable[[str, int], None]:
    """Say how many cases a proof tried; printed at the end of the run, under xdist too."""

    def record(proof: str, count: int) -> None:
        record_property(TRIED + proof, count)

    return record


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print one line a proof and the sum."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    counts = [
        (name.removeprefix(TRIED), count)
        for report in reports
        if report.when == "call"
        for name, count in report.user_properties
        if name.startswith(TRIED)
    ]
    if not counts:
        return
    terminalreporter.section("cases tried by the proofs of the policy")
    for proof, count in sorted(counts):
        terminalreporter.write_line(f"{count:>10,}  {proof}")
    terminalreporter.write_line(f"{sum(count for _, count in counts):>10,}  in all")
