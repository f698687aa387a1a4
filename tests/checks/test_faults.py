"""Whatever statement of a use-case fails, nothing of it is left, and the trail holds: no decision without its event or the reverse."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.checks.test_danger import SAID
from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, ONLY_POSTGRES, START
from tests.fixtures.faults import StatementFailedError, every_row, failing_at, fails_whole
from tracker.audit.services import record
from tracker.checks import submit
from tracker.checks.services import ask_again, report_for_case, submit_check, withdraw_check
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.drafts.services import once
from tracker.policy.vocabulary import Platform, Reviewed
from tracker.referrals.selectors import get_hold
from tracker.referrals.services import place_hold, release_hold
from tracker.review.services import (
    approve_check,
    confirm_result,
    decline_check,
    endorse_check,
    review_immediate_response,
)
from tracker.viewings.requests import NewSighting, ReportForCase
from tracker.viewings.services import record_sighting
from tracker.viewings.vocabulary import LookResult, SightingKind, Told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = START + HOUR
MEANING = ReportForCase(
    submission="s", meaning="It fits.", told=Told.TOLD, told_words=None, shared=True, shared_words="By telephone."
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


def withdrawn(casework: Casework) -> Act:
    return on_check(
        casework, blocked(casework), lambda s, c: withdraw_check(s, c, why="No.", by=casework.worker, now=LATER)
    )


def sent_on(casework: Casework) -> Act:
    return on_check(
        casework, blocked(casework), lambda s, c: endorse_check(s, c, reasons="Yes.", by=casework.manager, now=LATER)
    )


def waiting(casework: Casework) -> Check:
    return casework.ask(casework.person("Child", born=CHILD))


def approved(casework: Casework) -> Act:
    return on_check(
        casework, waiting(casework), lambda s, c: approve_check(s, c, reasons="Yes.", by=casework.manager, now=LATER)
    )


def declined(casework: Casework) -> Act:
    return on_check(
        casework, waiting(casework), lambda s, c: decline_check(s, c, reasons="No.", by=casework.manager, now=LATER)
    )


def started(casework: Casework) -> Act:
    check = casework.ask(casework.person("Kit"))
    return lambda: casework.start(check, now=LATER)


def reported(casework: Casework) -> Act:
    kit, lee = casework.person("Kit"), casework.person("Lee")
    check = casework.ask(kit)
    more: dict[str, Any] = {
        "wrong_person": lee.reference,
        "also_seen": (("a friend", None), ("a cousin", lee.reference)),
    }
    return lambda: casework.report(check, LookResult.WRONG_PERSON, opened_at=START, now=LATER, **more)


def meant_for_the_case(casework: Casework) -> Act:
    check = casework.ask(casework.person("Kit"))
    casework.report(check, opened_at=START, now=LATER)
    return on_check(casework, check, lambda s, c: report_for_case(s, c, MEANING, by=casework.worker, now=LATER))


def said_after_danger(casework: Casework) -> Act:
    check = casework.danger(casework.person("Kit"))
    casework.report(check, opened_at=START, now=LATER)
    return on_check(
        casework, check, lambda s, c: report_for_case(s, c, MEANING, said=SAID, by=casework.worker, now=LATER)
    )


def confirmed(casework: Casework) -> Act:
    check = casework.ask(casework.person("Kit"))
    casework.report(check, LookResult.NOT_USED, now=START + 9 * DAY)
    return on_check(casework, check, lambda s, c: confirm_result(s, c, by=casework.manager, now=START + 10 * DAY))


def reviewed(casework: Casework) -> Act:
    check = casework.danger(casework.person("Kit"))
    casework.report(check, opened_at=START, now=LATER)

    def review(session: Session, check: Check) -> None:
        review_immediate_response(session, check, reviewed=Reviewed.AGREED, why="Yes.", by=casework.manager, now=LATER)

    return on_check(casework, check, review)


def sighted(casework: Casework) -> Act:
    new = NewSighting(
        submission="s",
        person=casework.person("Kit").reference,
        team=casework.council.north.reference,
        kind=SightingKind.BROUGHT,
        platform=Platform.FACEBOOK,
        at=START,
        brought_by="a neighbour",
        what_for="A photograph.",
        evidence_place=None,
    )

    def act() -> None:
        with casework.transaction() as session:
            record_sighting(session, new, by=casework.worker, now=LATER)

    return act


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


def released(casework: Casework) -> Act:
    (hold,) = casework.hold(casework.person("Kit"))

    def act() -> None:
        with casework.transaction() as session:
            release_hold(
                session,
                get_hold(session, hold.reference),
                why="No.",
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
    (withdrawn, 10),
    (sent_on, 10),
    (approved, 25),
    (declined, 20),
    (started, 15),
    (reported, 15),
    (meant_for_the_case, 10),
    (said_after_danger, 11),
    (confirmed, 10),
    (reviewed, 10),
    (sighted, 8),
    (held, 8),
    (released, 8),
]
"""Each use-case, and how many statements it has at least."""


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


@ONE_DATABASE
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
