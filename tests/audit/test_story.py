"""The auditor follows one check from the ask to the outcome through the trail alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from tests.audit.story import agree, from_record, from_trail
from tests.fixtures.casework import Casework
from tests.fixtures.council import START, Council
from tests.fixtures.furnished import Furnished
from tracker.audit.chain import verify
from tracker.checks.services import record_telling, report_for_case, withdraw_check
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.policy.vocabulary import Reviewed, Visibility
from tracker.review.services import (
    approve_check,
    close_check,
    confirm_result,
    decline_check,
    review_immediate_response,
)
from tracker.storage.session import Database
from tracker.viewings.requests import NewTelling, ReportForCase
from tracker.viewings.vocabulary import LookResult, Told

LATER = START + timedelta(minutes=40)


@pytest.fixture(scope="module")
def told(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Furnished]]:
    """The furnished council, in which those who can have done what waited for them."""
    database = Database(f"sqlite:///{furnished.copy_to(Path(tmp_path_factory.mktemp('story')))}")
    _go_on(Casework(Council(database)), furnished)
    yield database, furnished
    database.close()


def _go_on(work: Casework, furnished: Furnished) -> None:
    def check(name: str) -> Check:
        with work.database.reading() as session:
            return get_check(session, furnished.records[name])

    why, by, now = "As I was told.", work.manager, LATER
    report = ReportForCase(
        submission="0" * 32,
        meaning="They live together.",
        told=Told.TOLD,
        told_on=LATER.date(),
        told_words="At the visit.",
        shared=True,
        shared_on=LATER.date(),
        shared_words="They agreed.",
    )
    telling = NewTelling(submission="1" * 32, told=Told.TOLD, words="By letter.", told_on=LATER.date(), told_by="Zzme")
    with work.transaction() as session:
        approve_check(session, check("waiting"), reasons=why, by=by, now=now)
        decline_check(session, check("restricted_waiting"), reasons=why, by=by, now=now)
        confirm_result(session, check("said_late"), by=by, now=now)
        review_immediate_response(session, check("in_danger"), reviewed=Reviewed.AGREED, why=why, by=by, now=now)
        withdraw_check(session, check("waiting_of_manager"), why=why, by=by, now=now)
        close_check(session, check("blocked"), reasons=why, by=by, now=now)
        report_for_case(session, check("seen"), report, by=work.worker, now=now)
        record_telling(session, check("to_be_told"), telling, by=work.manager, now=now)
    work.start(check("waiting"), now=now)
    over = LATER + timedelta(minutes=9)
    work.report(check("waiting"), LookResult.LOOKED, now=over, opened_at=now, visibility_found=Visibility.OPEN)


CHECKS = [
    "permit",
    "for_colleague",
    "seen",
    "to_be_told",
    "south",
    "waiting",
    "waiting_of_manager",
    "restricted_waiting",
    "blocked",
    "with_legal",
    "in_danger",
    "said_late",
    "recorded_late",
]


@pytest.mark.parametrize("name", CHECKS)
def test_the_story_rebuilt_from_events_equals_the_record(told: tuple[Database, Furnished], name: str) -> None:
    database, furnished = told
    with database.reading() as session:
        check = get_check(session, furnished.records[name])
        story = from_trail(session, check.reference)
        assert agree(story, from_record(session, check)) == []
        assert story.decisions


def test_every_check_of_the_council_agrees_and_the_chain_holds(told: tuple[Database, Furnished]) -> None:
    with told[0].reading() as session:
        checks = session.exec(select(Check)).all()
        assert len(checks) > len(CHECKS)
        for check in checks:
            assert agree(from_trail(session, check.reference), from_record(session, check)) == [], check.reference
        assert verify(session).holds


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("check_request", "viewer_id = requester_id + 1"),
        ("check_decision", "outcome = 'refused'"),
        ("look", "opened_at = '2026-11-21T09:00:00.000000Z', result = 'looked', reported_at = recorded_at"),
        ("manager_decision", "verdict = 'closed'"),
        ("person_decision", "facts = '{}'"),
        ("person_decision", "relied_on = '[\"CNS-0000-0000\"]'"),
        ("check_request", "withdrawn_by = requester_id + 1"),
        ("case_report", "shared = NOT shared"),
        ("telling", "told_on = '2026-11-20'"),
    ],
)
def test_a_record_that_was_altered_is_seen_to_differ(
    told: tuple[Database, Furnished], tmp_path: Path, table: str, change: str
) -> None:
    """The control."""
    database, _ = told
    with database.transaction() as session:
        session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        session.connection().exec_driver_sql(f"UPDATE {table} SET {change}")  # noqa: S608 - words of this test
        session.flush()
        checks = session.exec(select(Check)).all()
        differ = [one for one in checks if agree(from_trail(session, one.reference), from_record(session, one))]
        session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
        assert differ
        session.rollback()
