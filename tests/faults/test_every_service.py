"""Every use-case of every room, made to fail at each of its statements in turn: nothing is left of it, and the trail holds.

The use-cases and how each is called come from the table of who may carry them out, so that none can be forgotten.
"""

import pytest

from tests.fixtures.faults import MOST_STATEMENTS, StatementFailedError, failing_at
from tests.fixtures.rehearsal import Rehearsal
from tests.permissions.services_table import OF_THE_OWNER
from tests.permissions.stage import Stage
from tests.permissions.table import PEOPLE
from tests.permissions.test_services import CALLS, LINES, Line
from tracker.audit.chain import verify

WRITES_NOTHING = {"try_file", "foresee_link", "get_draft", "search_again", "search_duplicates"}
"""Services that only read, or undo what they did."""

FIRST_ALLOWED = {line.service: line for line in reversed(LINES) if "y" in line.answers.values()}
"""Of each service the first line of the table that somebody may do."""


class Act:
    """One use-case, by the first who may, in a transaction that is committed."""

    def __init__(self, rehearsal: Rehearsal, line: Line) -> None:
        letter = next(letter for letter, answer in line.answers.items() if answer == "y")
        self.rehearsal, self.line = rehearsal, line
        self.by, self.casework = rehearsal.actor(PEOPLE[letter]), rehearsal.casework

    def __call__(self) -> None:
        """Carries it out."""
        records, staff = self.rehearsal.records, self.rehearsal.staff
        owner = self.rehearsal.by_owner(self.line.service in OF_THE_OWNER)
        with owner, self.rehearsal.database.transaction() as session:
            CALLS[self.line.service](Stage(session, self.by, self.casework, records, staff, self.line.given))

    def fails_at(self, number: int) -> bool:
        """Whether it has a statement of that number, which failed and left nothing."""
        with failing_at(self.rehearsal.database, number):
            try:
                self()
            except StatementFailedError:
                assert not self.rehearsal.wrote(), f"something was left after statement {number} had failed"
                return True
        return False


@pytest.mark.parametrize("line", FIRST_ALLOWED.values(), ids=lambda line: line.service)
def test_nothing_is_left_of_a_use_case_that_fails_anywhere(rehearsal: Rehearsal, line: Line) -> None:
    try:
        act, number = Act(rehearsal, line), 1
        while act.fails_at(number):
            number += 1
            assert number < MOST_STATEMENTS
        assert number > 1
        assert rehearsal.wrote() or line.service in WRITES_NOTHING
        with rehearsal.database.reading() as session:
            assert verify(session).holds
    finally:
        rehearsal.database.close()  # a statement that failed may have left its connection reading what then was
        rehearsal.restore()
