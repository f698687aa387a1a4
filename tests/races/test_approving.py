"""Two managers, in two server processes, approve two checks at the same moment on the last view that the advice allows: one goes ahead.

Each has the page open on which the check still only needs their approval; the race is for the answer to "Approve".
"""

import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.council import START
from tests.races.race import Race
from tests.races.racing import Browser, together
from tracker.checks.services import withdraw_check
from tracker.decisions.concerned import concerned_by
from tracker.decisions.models import Check, CheckDecision
from tracker.decisions.selectors import get_check, liveness_of
from tracker.decisions.vocabulary import Occasion
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Conclusion, Outcome
from tracker.review.selectors.marks import decided_now, mark_of_check
from tracker.storage.tables import saved_key

ROUNDS = 50
MOST_ROUNDS_WITHOUT_LOCKS = 20
ABOUT_ONE_PERSON = 5
"""Rounds: so many that preparing them is not most of the work, and so few that the person's history stays short."""
CHANGED_MEANWHILE = 409
Round = tuple[list[int], int, int]
"""The answers, how many were approved, and how many permits live."""


@pytest.fixture(scope="session")
def managers(race: Race) -> list[Browser]:
    """The managers of the two teams, signed in."""
    return signed_in(race)


def signed_in(race: Race) -> list[Browser]:
    """The managers of the two teams at the race's server."""
    return [race.enter(race.casework.council.manager), race.enter(race.casework.council.manager2)]


class LastView:
    """Somebody whose single viewing is used and of whom Legal allows one further view, for which a check of each of two teams waits."""

    def __init__(self, race: Race) -> None:
        self.race, self.person = race, race.casework.person()
        race.casework.ask(self.person, now=START - timedelta(hours=3))
        self._allow_one_more(now=START - timedelta(hours=2))
        self.waiting = [self._ask(by, now=START - timedelta(hours=1)) for by in self._workers()]

    def is_left_again(self) -> None:
        """Legal allows one more, and the team whose check was approved asks for that too: as before, about the same person."""
        now = self.race.now()
        self._allow_one_more(now=now)
        live = self.live()
        self.waiting = [
            self._ask(by, now=now) if check in live else check
            for check, by in zip(self.waiting, self._workers(), strict=True)
        ]

    def live(self) -> list[Check]:
        """The checks on which one may look."""
        with self.race.casework.database.reading() as session:
            return [check for check in self.waiting if liveness_of(session, check, now=self.race.now()).live]

    def withdraw(self) -> None:
        """Withdraws what still waits, so that the managers have no queue before them when the next person's race begins."""
        live = self.live()
        for check, by in zip(self.waiting, self._workers(), strict=True):
            if check not in live:
                with self.race.casework.transaction() as session:
                    again = get_check(session, check.reference)
                    withdraw_check(session, again, why="The race is over.", by=by, now=self.race.now())

    def _workers(self) -> tuple[Actor, Actor]:
        return self.race.casework.worker, self.race.casework.worker2

    def _allow_one_more(self, *, now: datetime) -> None:
        self.race.casework.advice(self.person, Conclusion.NOT_DIRECTED_SURVEILLANCE, now=now, max_views=1)

    def _ask(self, by: Actor, *, now: datetime) -> Check:
        return self.race.casework.ask(self.person, by=by, now=now)


def approving(session: Session, browser: Browser, check: Check, *, now: datetime) -> Callable[[], int]:
    """Approves the check as its page shows it now, where it lacks nothing but that; gives the status."""
    shown = get_check(session, check.reference)
    assert decided_now(session, shown, concerned_by(session, shown), now=now).outcome is Outcome.NEEDS_MANAGER_APPROVAL
    seen = f"{mark_of_check(session, shown, now=now)}@{now.isoformat()}"
    values = {"submission": [secrets.token_hex(16)], "seen": [seen], "reasons": ["Weighed."]}
    return lambda: browser.post(f"/review/{check.reference}/approve", values)[0]


def one_round(last_view: LastView, managers: list[Browser]) -> Round:
    """Both approve at once."""
    race, checks = last_view.race, last_view.waiting
    with race.casework.database.reading() as session:
        approve = [approving(session, *one, now=race.now()) for one in zip(managers, checks, strict=True)]
    statuses = together(approve)
    keys = [saved_key(check) for check in checks]
    said_yes = select(CheckDecision.check_id).where(
        col(CheckDecision.check_id).in_(keys), CheckDecision.occasion == Occasion.APPROVED
    )
    with race.casework.database.reading() as session:
        approved = session.exec(said_yes).all()
    return sorted(statuses), len(approved), len(last_view.live())


def rounds(race: Race, managers: list[Browser], most: int) -> Iterator[Round]:
    """One round after another, a few about each person."""
    for number in range(most):
        if number % ABOUT_ONE_PERSON == 0:
            last_view = LastView(race)
        else:
            last_view.is_left_again()
        yield one_round(last_view, managers)
        if number % ABOUT_ONE_PERSON == ABOUT_ONE_PERSON - 1:
            last_view.withdraw()


def test_of_two_approvals_of_the_last_view_one_goes_ahead_and_the_other_is_told_what_changed(
    race: Race, managers: list[Browser]
) -> None:
    assert list(rounds(race, managers, ROUNDS)) == [([303, CHANGED_MEANWHILE], 1, 1)] * ROUNDS
    assert race.trail_holds()


def test_without_the_locks_both_are_approved(race_without_locks: Race) -> None:
    """The control: it ends with the first round in which both were."""
    managers = signed_in(race_without_locks)
    without_locks = rounds(race_without_locks, managers, MOST_ROUNDS_WITHOUT_LOCKS)
    assert any(approved > 1 for _, approved, _ in without_locks)
