"""A form is carried out once, however often and however fast it is sent."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from tests.fixtures.council import ONE_DATABASE, ONLY_POSTGRES, START, Council
from tracker.drafts.services import SubmissionTakenError, once
from tracker.policy.entitlement import Actor
from tracker.staff.models import Team
from tracker.staff.requests import NewTeam
from tracker.staff.services import add_team
from tracker.storage import submissions
from tracker.storage.references import new_reference
from tracker.storage.session import Database
from tracker.storage.submissions import Submission

FORM_ID = "0123456789abcdef" * 2
CarryOut = Callable[[Session, Actor, Callable[[], str]], str]


def protected(session: Session, by: Actor, do: Callable[[], str]) -> str:
    return once(session, FORM_ID, form="team", by=by, now=START, do=do)


def unprotected(session: Session, by: Actor, do: Callable[[], str]) -> str:
    return do()


def added(session: Session) -> str:
    """What the form makes: a row with nothing unique about it but its random reference and name."""
    reference = new_reference("TEM")
    session.add(Team(reference=reference, name=f"Team {reference}", recorded_at=START))
    session.flush()
    return reference


def sent_twice_at_once(council: Council, carry_out: CarryOut) -> list[Future[str]]:
    together, by = Barrier(2), council.actor(council.admin)

    def send(_: int) -> str:
        together.wait(10)
        with council.database.transaction() as session:
            return carry_out(session, by, lambda: added(session))

    with ThreadPoolExecutor(2) as pool:
        return [pool.submit(send, number) for number in range(2)]


def count_new_teams(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(Team)).one() - 4


def test_a_form_that_is_sent_twice_at_once_makes_one_record_and_both_are_led_to_it(council: Council) -> None:
    answers = sent_twice_at_once(council, protected)
    assert count_new_teams(council.database) == 1
    assert answers[0].result() == answers[1].result()


def test_without_the_protection_it_makes_two(council: Council) -> None:
    """The control."""
    sent_twice_at_once(council, unprotected)
    assert count_new_teams(council.database) == 2


@ONLY_POSTGRES
def test_without_the_lock_the_unique_row_still_lets_only_one_through(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second control: the loser of the race fails, which the lock spares them."""
    monkeypatch.setattr(submissions, "take_locks", lambda *_: None)
    both_in = Barrier(2)

    def carry_out(session: Session, by: Actor, do: Callable[[], str]) -> str:
        def slowly() -> str:
            both_in.wait(10)
            return do()

        return protected(session, by, slowly)

    failures = [type(one.exception()) for one in sent_twice_at_once(council, carry_out)]
    assert sorted(failures, key=str) == sorted([type(None), IntegrityError], key=str)
    assert count_new_teams(council.database) == 1


@ONE_DATABASE
def test_the_second_time_gives_the_first_result_and_does_nothing(council: Council) -> None:
    by = council.actor(council.admin)
    results = []
    for _ in range(3):
        with council.database.transaction() as session:
            results.append(protected(session, by, lambda session=session: added(session)))  # type: ignore[misc]
    assert len(set(results)) == 1
    assert count_new_teams(council.database) == 1


@ONE_DATABASE
def test_a_form_that_failed_can_be_sent_again(council: Council) -> None:
    by = council.actor(council.admin)

    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), council.database.transaction() as session:
        protected(session, by, broken)
    with council.database.transaction() as session:
        protected(session, by, lambda: added(session))
    assert count_new_teams(council.database) == 1


@ONE_DATABASE
def test_another_form_of_the_same_person_is_carried_out_too(council: Council) -> None:
    by = council.actor(council.admin)
    with council.database.transaction() as session:
        protected(session, by, lambda: added(session))
        once(session, "f" * 32, form="team", by=by, now=START, do=lambda: added(session))
    assert count_new_teams(council.database) == 2


@ONE_DATABASE
def test_somebody_elses_form_is_not_carried_out_and_its_result_not_told(council: Council) -> None:
    with council.database.transaction() as session:
        protected(session, council.actor(council.admin), lambda: added(session))
    with council.database.transaction() as session, pytest.raises(SubmissionTakenError):
        protected(session, council.actor(council.worker), lambda: added(session))
    with council.database.transaction() as session, pytest.raises(SubmissionTakenError):
        once(session, FORM_ID, form="check", by=council.actor(council.admin), now=START, do=lambda: added(session))
    assert count_new_teams(council.database) == 1


@ONE_DATABASE
def test_what_was_carried_out_is_kept_with_who_and_when(council: Council) -> None:
    with council.database.transaction() as session:
        by = council.actor(council.admin)
        new = NewTeam("Assessment")
        result = protected(session, by, lambda: add_team(session, new, by=by, now=START).reference)
    with council.database.reading() as session:
        kept = session.exec(select(Submission)).one()
    assert (kept.id, kept.staff_id, kept.form, kept.result, kept.recorded_at) == (
        FORM_ID,
        council.admin.id,
        "team",
        result,
        START,
    )
