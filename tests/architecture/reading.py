"""Reading never writes: what opening a page may leave behind it."""

import re
from collections.abc import Iterator, Sequence

from tests.fixtures.rehearsal import COMMIT
from tests.permissions.came import Came

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
OF_THE_TRAIL = re.compile(r"\s*(INSERT INTO audit_(entry|content|person)|UPDATE audit_head) ?\b", re.IGNORECASE)
OPENINGS = {
    *("people:opened", "people:searched", "check:opened", "referral:read", "authority:opened"),
    *("correction:opened", "trail:opened", "trail:opened_about", "people:records_compared", "people:network_opened"),
    "people:counterparts_opened",
}


def kept(heard: Sequence[str]) -> list[str]:
    """The statements but those that were undone: what a page says an act would change is found by trying it."""
    left: list[str] = []
    for statement in heard:
        if statement.startswith("ROLLBACK TO SAVEPOINT"):
            del left[left.index(statement.removeprefix("ROLLBACK TO ")) :]
        else:
            left.append(statement)
    return left


def wrong_with_reading(came: Came) -> Iterator[str]:
    """What opening a page wrote but should not have; nothing where all is as it must be."""
    written = [one for one in kept(came.heard) if WRITES.match(one) and not OF_THE_TRAIL.match(one)]
    if written:
        yield f"{came} wrote {written}"
    recorded = [entry.event for entry in came.entries]
    if not set(recorded) <= OPENINGS or len(recorded) > 1:
        yield f"{came} recorded {recorded}"
    elif recorded and came.heard.count(COMMIT) != 1:
        yield f"{came} recorded an opening in {came.heard.count(COMMIT)} transactions"
