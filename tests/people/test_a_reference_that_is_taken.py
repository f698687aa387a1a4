"""A new reference is random, and now and then another record has it already: the request is carried out once more."""

import secrets
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, func, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import Council
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.audit.chain import verify
from tracker.audit.models import AuditEntry
from tracker.people.models import Involvement, Person
from tracker.people.services import add_person
from tracker.storage import references
from tracker.storage.submissions import Submission

NAME = "Zelda Zztwice"
TYPED = {
    "name": NAME,
    "age_known": "unknown",
    "relation": "service_user",
    "case_system": "Zzsystem",
    "case_reference": "ZZ-7701",
}


class Dice:
    """A random source that comes up with the same reference `times` times before it is random again."""

    def __init__(self, reference: str, *, times: int) -> None:
        self.next = list("".join(reference.split("-")[1:])[:-1]) * times

    def choice(self, letters: Sequence[str]) -> str:
        """The next letter of the reference; a random one once it is through."""
        return self.next.pop(0) if self.next else secrets.choice(letters)


def rows(session: Session) -> dict[str, int]:
    tables = (Person, Involvement, Submission, AuditEntry)
    return {table.__name__: session.exec(select(func.count()).select_from(table)).one() for table in tables}


def added(council: Council, page: Page, worker: Visitor, **typed: str) -> tuple[Page, dict[str, int]]:
    """The answer to the page when it is sent, and how many rows it made."""
    with council.database.reading() as session:
        before = rows(session)
    answer = worker.send(page, {**TYPED, **typed}, follow=False)
    with council.database.reading() as session:
        assert verify(session).holds
        return answer, {name: number - before[name] for name, number in rows(session).items()}


@pytest.fixture
def taken(casework: Casework) -> str:
    return casework.person("Kit").reference


def throw(monkeypatch: pytest.MonkeyPatch, dice: Dice) -> None:
    monkeypatch.setattr(references, "secrets", SimpleNamespace(choice=dice.choice))


def test_a_reference_that_is_taken_costs_the_user_nothing_and_makes_one_record(
    council: Council, taken: str, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = client_for(council.worker)
    control, usual = added(council, worker.get("/people/new"), worker, name="Noah Zznoise", case_reference="ZZ-1")
    assert control.status == 303
    dice = Dice(taken, times=1)
    throw(monkeypatch, dice)
    answer, made = added(council, worker.get("/people/new"), worker)
    assert (answer.status, dice.next) == (303, [])
    assert made == usual
    assert made["Person"] == made["Submission"] == 1


def test_one_that_is_taken_twice_is_said_with_what_was_typed_and_leaves_nothing(
    council: Council, taken: str, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = client_for(council.worker)
    page = worker.get("/people/new")
    throw(monkeypatch, Dice(taken, times=2))
    answer, made = added(council, page, worker)
    assert answer.status == 500
    assert "What you were saving was not saved" in answer.text
    assert NAME in str(answer.response.data)
    assert made["Person"] == made["Submission"] == 0
    filled = worker.send(answer)
    assert NAME in str(filled.response.data), "from the page itself the form comes back filled in"
    assert worker.send(filled, follow=False).status == 303


class _DeadlockError(Exception):
    """What PostgreSQL says where it ends one of two transactions that wait for each other."""

    sqlstate = "40P01"


@pytest.mark.parametrize(("times", "status", "made"), [(1, 303, 1), (2, 500, 0)])
def test_a_request_that_waited_for_another_which_waited_for_it_is_carried_out_once_more(
    council: Council, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch, times: int, status: int, made: int
) -> None:
    left = [OperationalError("", None, _DeadlockError())] * times

    def _add(*given: Any, **named: Any) -> Person:
        person = add_person(*given, **named)
        if left:
            raise left.pop()
        return person

    monkeypatch.setattr("tracker.people.routes.adding.add_person", _add)
    worker = client_for(council.worker)
    answer, new = added(council, worker.get("/people/new"), worker)
    assert (answer.status, new["Person"]) == (status, made)
