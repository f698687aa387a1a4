"""All that a request reads, it reads in one session, and so of one moment; what it writes or fails at ends that."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, event
from sqlmodel import select

from tests.fixtures.council import START, Council
from tests.fixtures.visitor import ClientFor
from tracker.staff.models import Team
from tracker.storage.kept import keeps
from tracker.web.request import reading, stop_reading, transaction


@pytest.fixture
def asked(council: Council) -> Iterator[Council]:
    """The council while somebody asks it for a page."""
    app = Flask(__name__)
    app.extensions["database"] = council.database
    app.teardown_appcontext(stop_reading)
    with app.app_context():
        yield council


def test_whoever_reads_for_one_request_is_given_one_session(asked: Council) -> None:
    with reading() as first:
        with reading() as within:
            assert within is first
        assert keeps(first)
        assert first.exec(select(Team)).all()  # it goes on reading
    with reading() as later:
        assert later is first


def test_what_reads_after_something_was_written_sees_it(asked: Council) -> None:
    with reading() as first:
        before = len(first.exec(select(Team)).all())
    with transaction() as session:
        session.add(Team(reference="TEA-0", name="Zz", recorded_at=START))
    with reading() as later:
        assert later is not first
        assert len(later.exec(select(Team)).all()) == before + 1


def test_what_reads_while_something_is_written_is_not_what_reads_afterwards(asked: Council) -> None:
    with transaction() as session:
        session.add(Team(reference="TEA-0", name="Zz", recorded_at=START))
        with reading() as meanwhile:
            before = len(meanwhile.exec(select(Team)).all())
    with reading() as later:
        assert len(later.exec(select(Team)).all()) == before + 1


def test_nothing_is_written_on_what_was_read_before_it(asked: Council) -> None:
    with reading(), pytest.raises(RuntimeError, match="end reading first"), transaction():
        raise AssertionError("a transaction was begun")
    with transaction() as session:
        session.add(Team(reference="TEA-0", name="Zz", recorded_at=START))


def test_what_reads_after_a_failure_is_given_another_session(asked: Council) -> None:
    with pytest.raises(ValueError, match="no page"), reading() as failed:
        raise ValueError("no page")
    with reading() as later:
        assert later is not failed


def test_a_page_is_read_in_one_transaction_which_has_ended_once_it_is_answered(
    app: Flask, client_for: ClientFor, council: Council
) -> None:
    engine = app.extensions["database"].engine
    begun: list[Connection] = []
    worker = client_for(council.worker)
    worker.get("/")  # it notes that somebody has just signed in
    event.listen(engine, "begin", begun.append)
    assert worker.get("/").status == 200
    assert len(begun) == 1
    assert begun[0].closed
