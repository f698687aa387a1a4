"""Two managers, in two server processes, approve two checks at the same moment on the last view that the advice allows: one goes ahead.

Each has the page open on which the check still only needs their approval; the race is for the answer to "Approve".
"""

import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.council import START
from tests.races.race import Race
from tests.races.racing import Browser, together
from tracker.checks.services import withdraw_check
from tracker.decisions.models import Check, CheckDecision
from tracker.decisions.selectors import get_check, liveness_of
from tracker.decisions.vocabulary import Occasion
from tracker.policy.vocabulary import Conclusion, Outcome
from tracker.review.selectors.marks import mark_of_check
from tracker.storage.tables import saved_key

ROUNDS = 50
MOST_ROUNDS_WITHOUT_LOCKS = 20
CHANGED_MEANWHILE = 409
LATER = START + timedelta(minutes=10)
Round = tuple[list[int], int, int]
"""The answers, how many were approved, and how many permits live."""


@pytest.fixture(scope="session")
def managers(race: Race) -> list[Browser]:
    """The managers of the two teams, signed in."""
    return signed_in(race)


def signed_in(race: Race) -> list[Browser]:
    """The managers of the two teams at the race's server."""
    return [race.enter(race.casework.council.manager), race.enter(race.casework.council.manager2)]


def two_that_wait(race: Race) -> Iterator[Check]:
    """Checks of two teams about one person, whose single viewing is used and of whom Legal allows one further view."""
    work, person = race.casework, race.casework.person()
    work.ask(person, now=START - timedelta(hours=3))
    work.advice(person, Conclusion.NOT_DIRECTED_SURVEILLANCE, now=START - timedelta(hours=2), max_views=1)
    for by in (work.worker, work.worker2):
        check = work.ask(person, by=by, now=START - timedelta(hours=1))
        assert work.outcome(check) is Outcome.NEEDS_MANAGER_APPROVAL
        yield check


def approving(session: Session, browser: Browser, check: Check) -> Callable[[], int]:
    """Approves the check as its page shows it now; gives the status."""
    mark = mark_of_check(session, get_check(session, check.reference), now=START)
    seen = f"{mark}@{START.isoformat()}"
    values = {"submission": [secrets.token_hex(16)], "seen": [seen], "reasons": ["Weighed."]}
    return lambda: browser.post(f"/review/{check.reference}/approve", values)[0]


def one_round(race: Race, managers: list[Browser]) -> Round:
    """Both approve at once."""
    checks = list(two_that_wait(race))
    with race.casework.database.reading() as session:
        approve = [approving(session, *one) for one in zip(managers, checks, strict=True)]
    statuses = together(approve)
    keys = [saved_key(check) for check in checks]
    said_yes = select(CheckDecision.check_id).where(
        col(CheckDecision.check_id).in_(keys), CheckDecision.occasion == Occasion.APPROVED
    )
    with race.casework.database.reading() as session:
        approved = session.exec(said_yes).all()
        live = sum(liveness_of(session, check, now=LATER).live for check in checks)
    clear_the_queue(race, [check for check in checks if check.id not in approved])
    return sorted(statuses), len(approved), live


def clear_the_queue(race: Race, checks: list[Check]) -> None:
    """Withdraws what still waits, so that the next round's managers have no queue before them."""
    for check in checks:
        with race.casework.transaction() as session:
            by = next(
                one for one in (race.casework.worker, race.casework.worker2) if one.staff_id == check.requester_id
            )
            withdraw_check(session, get_check(session, check.reference), why="The race is over.", by=by, now=LATER)


def test_of_two_approvals_of_the_last_view_one_goes_ahead_and_the_other_is_told_what_changed(
    race: Race, managers: list[Browser]
) -> None:
    rounds = [one_round(race, managers) for _ in range(ROUNDS)]
    assert rounds == [([303, CHANGED_MEANWHILE], 1, 1)] * ROUNDS
    assert race.trail_holds()


def test_without_the_locks_both_are_approved(race_without_locks: Race) -> None:
    """The control: it ends with the first round in which both were."""
    managers = signed_in(race_without_locks)
    rounds = (one_round(race_without_locks, managers) for _ in range(MOST_ROUNDS_WITHOUT_LOCKS))
    assert any(approved > 1 for _, approved, _ in rounds)
