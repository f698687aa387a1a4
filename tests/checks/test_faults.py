"""Whatever statement of a use-case fails, nothing of it is left, and the trail holds: no decision without its event or the reverse.

Each service once, in its simplest form, is in `tests/faults`; here are the forms that write more, and PostgreSQL.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.checks.test_danger import SAID
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, ONLY_POSTGRES, START
from tests.fixtures.faults import StatementFailedError, every_row, failing_at, fails_whole
from tracker.audit.services import record
from tracker.checks import submit
from tracker.checks.services import ask_again, report_for_case, submit_check
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.drafts.services import once
from tracker.referrals.services import place_hold
from tracker.viewings.requests import ReportForCase
from tracker.viewings.vocabulary import LookResult, Told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = START + HOUR
MEANING = ReportForCase(
    submission="s",
    meaning="It fits.",
    told=Told.TOLD,
    told_on=START.date(),
    told_words=None,
    shared=True,
    shared_on=START.date(),
    shared_words="By telephone.",
)

Act = Callable[[], object]


def on_check(casework: Casework, check: Check, do: Callable[[Session, Check], object]) -> Act:
    """A use-case on one check, in a transaction of its own each time."""

    def act() -> None:
        with casework.transaction() as session:
            do(session, get_check(session, check.reference))

    return act


def asked_once(casework: Casework) -> Act:
    """As a page does it: the one-time form, the check, its permit."""
    new = casework.new(casework.person("Kit"))

    def act() -> None:
        with casework.transaction() as session:
            once(
                session,
                new.submission,
                form="check",
                by=casework.worker,
                now=START,
                do=lambda: submit_check(session, new, by=casework.worker, now=START).reference,
            )

    return act


def asked_for_two_and_blocked(casework: Casework) -> Act:
    mother, father = casework.person("Mother"), casework.person("Father")
    casework.ask(father, by=casework.worker2)
    return lambda: casework.ask(mother, also_about=(father.reference,))


def late_and_not_permitted(casework: Casework) -> Act:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2, now=START - HOUR)
    return lambda: casework.late(kit, START, now=LATER)


def blocked(casework: Casework) -> Check:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    casework.consent(kit)
    return check


def asked_again(casework: Casework) -> Act:
    return on_check(casework, blocked(casework), lambda s, c: ask_again(s, c, by=casework.worker, now=LATER))


def reported(casework: Casework) -> Act:
    kit, lee = casework.person("Kit"), casework.person("Lee")
    check = casework.ask(kit)
    more: dict[str, Any] = {
        "wrong_person": lee.reference,
        "also_seen": (("a friend", None), ("a cousin", lee.reference)),
    }
    return lambda: casework.report(check, LookResult.WRONG_PERSON, opened_at=START, now=LATER, **more)


def said_after_danger(casework: Casework) -> Act:
    check = casework.danger(casework.person("Kit"))
    casework.report(check, opened_at=START, now=LATER)
    return on_check(
        casework, check, lambda s, c: report_for_case(s, c, MEANING, said=SAID, by=casework.worker, now=LATER)
    )


def held(casework: Casework) -> Act:
    people = [casework.person("Mother"), casework.person("Father")]

    def act() -> None:
        with casework.transaction() as session:
            place_hold(
                session,
                people,
                pattern="family_cluster",
                why="Spread.",
                apart_from=frozenset(),
                by=casework.legal,
                now=LATER,
            )

    return act


USE_CASES: list[tuple[Callable[[Casework], Act], int]] = [
    (asked_once, 25),
    (asked_for_two_and_blocked, 25),
    (late_and_not_permitted, 25),
    (asked_again, 20),
    (reported, 15),
    (said_after_danger, 11),
    (held, 8),
]
"""Each use-case in a form that `tests/faults` has not, and how many statements it has at least."""


@ONE_DATABASE
@pytest.mark.parametrize(("prepare", "at_least"), USE_CASES, ids=[one.__name__ for one, _ in USE_CASES])
def test_nothing_is_left_of_a_use_case_that_fails_anywhere(
    casework: Casework, prepare: Callable[[Casework], Act], at_least: int
) -> None:
    casework.ask(casework.person("Noise"), by=casework.worker2)
    assert fails_whole(casework.database, prepare(casework)) >= at_least


@ONLY_POSTGRES
@pytest.mark.parametrize("prepare", [asked_once, reported], ids=lambda one: one.__name__)
def test_nor_on_postgresql(casework: Casework, prepare: Callable[[Casework], Act]) -> None:
    assert fails_whole(casework.database, prepare(casework)) > 15


def test_control_a_decision_committed_before_its_event_is_found_out(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    def commit_first(session: Session, *words: Any, at: datetime, **more: Any) -> None:
        session.commit()
        record(session, *words, at=at, **more)

    monkeypatch.setattr(submit, "record", commit_first)
    kit = casework.person("Kit")
    with pytest.raises(AssertionError, match="these had changed"):
        fails_whole(casework.database, lambda: casework.ask(kit))


@ONE_DATABASE
def test_what_was_typed_can_be_sent_again_after_a_failure(casework: Casework) -> None:
    act = asked_once(casework)
    with failing_at(casework.database, 30), pytest.raises(StatementFailedError):
        act()
    before = every_row(casework.database)
    act()
    first = every_row(casework.database)
    act()
    assert len(before["check_request"]) + 1 == len(first["check_request"])
    assert every_row(casework.database) == first
