"""A page reads once what cannot change for it; what decides reads anew whenever it asks."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONLY_POSTGRES, START, Council
from tests.fixtures.counting import counting
from tracker.people.groups import group_of, members_of
from tracker.people.models import Person
from tracker.people.selectors import standing_of
from tracker.rulebook.selectors import limits_in_force
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.kept import kept, kept_each
from tracker.storage.session import ReadingOnlyError, only_reading, undone
from tracker.storage.tables import saved_key
from workshop.place import ROOT


def read_all(session: Session, casework: Casework, person: int) -> list[object]:
    """What several selectors that keep give of a person and a member of staff."""
    return [
        group_of(session, person),
        members_of(session, [person]),
        standing_of(session, person, on=START.date()),
        limits_in_force(session, at=START),
        get_staff_by_id(session, casework.worker.staff_id).reference,
    ]


def test_a_page_reads_once(casework: Casework) -> None:
    person = saved_key(casework.person())
    with casework.database.reading() as session:
        first = read_all(session, casework, person)
        with counting(casework.database) as sent:
            assert read_all(session, casework, person) == first
        assert sent == []


def test_the_next_page_reads_anew(casework: Casework) -> None:
    one, other = casework.person(), casework.person()
    for linked in (False, True):
        with casework.database.reading() as session:
            assert len(group_of(session, saved_key(one)).members) == (2 if linked else 1)
        if not linked:
            casework.link(one, other)


@ONLY_POSTGRES
def test_a_transaction_reads_anew_each_time_before_it_holds_locks(council: Council) -> None:
    given = iter(range(9))
    with council.database.transaction() as session:
        assert [kept(session, ("given",), lambda: next(given)) for _ in range(2)] == [0, 1]
        with undone(session):
            assert [kept(session, ("given",), lambda: next(given)) for _ in range(2)] == [2, 3]
        assert kept(session, ("given",), lambda: next(given)) == 4
    with council.database.reading() as session:  # the control
        assert [kept(session, ("given",), lambda: next(given)) for _ in range(2)] == [5, 5]
        assert kept(session, ("given", 1), lambda: next(given)) == 6
    with Session(council.database.engine) as session:
        assert [kept(session, ("given",), lambda: next(given)) for _ in range(2)] == [7, 8]


def test_a_transaction_reads_once_only_where_it_says_that_it_writes_nothing(casework: Casework) -> None:
    casework.person()
    given = iter(range(9))
    with casework.transaction() as session:
        with only_reading(session):
            assert [kept(session, ("given",), lambda: next(given)) for _ in range(2)] == [0, 0]
            with only_reading(session):
                assert kept(session, ("given",), lambda: next(given)) == 0
            assert kept(session, ("given",), lambda: next(given)) == 0
            row = session.exec(select(Person)).first()
            assert row is not None
            row.ask_whom = "the head of service"
            with pytest.raises(ReadingOnlyError):
                session.flush()
            session.refresh(row)
            forgets_at_its_end = next(given)
        assert kept(session, ("given",), lambda: next(given)) == forgets_at_its_end + 1
        row.ask_whom = "somebody else"
        session.flush()
        with only_reading(session):
            assert kept(session, ("given",), lambda: next(given)) == 3
        session.rollback()


def test_what_decides_sees_at_once_what_its_transaction_wrote(casework: Casework) -> None:
    person = casework.person()
    with casework.transaction() as session:
        before = standing_of(session, saved_key(person), on=START.date())
        group = group_of(session, saved_key(person))
        row = group.records[0]
        row.restricted = True
        row.ask_whom = "the head of service"
        session.add(row)
        session.flush()
        assert not before.restricted
        assert standing_of(session, saved_key(person), on=START.date()).restricted
        session.rollback()


def test_a_list_is_read_at_once_and_what_is_kept_is_not_read_again(council: Council) -> None:
    asked: list[list[int]] = []

    def _read(wanted: list[int]) -> dict[int, int]:
        asked.append(wanted)
        return {one: -one for one in wanted}

    with council.database.reading() as session:
        assert kept_each(session, "x", [2, 1, 2], _read) == {1: -1, 2: -2}
        assert kept_each(session, "x", [1, 3], _read) == {1: -1, 3: -3}
        assert kept_each(session, "y", [1], _read) == {1: -1}
        assert kept_each(session, "x", [], _read) == {}
    assert asked == [[2, 1], [3], [1]]
    with council.database.transaction() as session:
        assert [kept_each(session, "x", [1], _read) for _ in range(2)] == [{1: -1}] * 2
    assert asked[3:] == ([[1]] if council.database.engine.dialect.name == "sqlite" else [[1], [1]])


def keys() -> list[tuple[str, str]]:
    """Each use of `kept` in the tracker: the function that it stands in, and the first part of its key."""
    found = []
    for path in sorted(Path(ROOT / "tracker").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                found += [(function.name, name) for name in _names_kept_in(function)]
    return found


def _names_kept_in(function: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id == "kept":
            key = call.args[1]
            assert isinstance(key, ast.Tuple), function.name
            yield ast.literal_eval(key.elts[0])
        elif call.func.id == "kept_each":
            yield ast.literal_eval(call.args[1])


def test_no_two_selectors_share_a_key() -> None:
    assert [one for one in keys() if one[0] != one[1]] == []
    assert [name for name, times in Counter(name for _, name in keys()).items() if times > 1] == []


@pytest.mark.parametrize("name", ["groups_of", "liveness_of", "standings_of_checks"])
def test_what_pages_ask_again_and_again_is_kept(name: str) -> None:
    assert name in {kept_name for _, kept_name in keys()}
