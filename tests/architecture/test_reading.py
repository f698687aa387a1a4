"""A session that reads refuses to write, on both databases and however it is asked to; and what it asks stays prepared."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, ONLY_POSTGRES, START, Council
from tracker.drafts.models import Draft
from tracker.staff.models import StaffMember, Team
from tracker.storage.session import ReadingOnlyError
from tracker.storage.tables import saved_key

STATEMENTS = [
    "INSERT INTO team (name) VALUES ('Zz')",
    "UPDATE team SET name = 'Zz'",
    "DELETE FROM draft",
    "DROP TABLE draft",
    "CREATE TABLE zz (id INTEGER)",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_that_writes_is_refused_by_the_database(council: Council, statement: str) -> None:
    with council.database.reading() as session, pytest.raises(DBAPIError, match=r"readonly|read-only"):
        session.execute(text(statement))


def test_a_new_row_a_changed_one_and_one_thrown_away_are_refused(council: Council) -> None:
    staff_id = saved_key(council.worker)
    new = Draft(reference="DRF-0", staff_id=staff_id, form="f", content={}, saved_at=START, ends_at=START)
    with council.database.reading() as session:
        session.add(new)
        with pytest.raises(ReadingOnlyError):
            session.flush()
    with council.database.reading() as session:
        session.exec(select(Team)).first().name = "Zz"  # type: ignore[union-attr]
        with pytest.raises(ReadingOnlyError):
            session.flush()
    with council.database.reading() as session:
        session.delete(session.get_one(StaffMember, staff_id))
        with pytest.raises(ReadingOnlyError):
            session.commit()


@ONLY_POSTGRES
def test_what_is_read_again_and_again_stays_prepared(council: Council) -> None:
    prepared = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM team%'")

    def _read() -> None:
        with council.database.reading() as session:
            assert session.exec(select(Team)).all()

    def _counted() -> int:
        with council.database.reading() as session:
            return int(session.execute(prepared).scalar_one())

    for _ in range(10):
        _read()
    assert _counted() == 1
    with council.database.engine.connect() as connection:  # the control: this ends with a rollback
        connection.execute(prepared)
    assert _counted() == 0


def test_what_was_written_is_read_and_what_reads_leaves_writing_alone(council: Council) -> None:
    for number in range(3):
        with council.database.reading() as session:
            assert session.exec(select(Team)).all()
        with council.database.transaction() as session:
            team = session.get_one(Team, council.north.id)
            team.name = f"Family Help North {number}"
            session.add(team)
    with council.database.reading() as session:
        assert session.get_one(Team, council.north.id).name == "Family Help North 2"


@ONE_DATABASE
def test_what_has_been_prepared_is_kept_since_no_connection_is_told_anew_what_it_may(council: Council) -> None:
    told: list[str] = []
    for opened in (council.database.reading, council.database.transaction):
        for _ in range(3):
            with opened() as session:
                session.connection().connection.set_trace_callback(told.append)
                assert session.exec(select(Team)).all()
    assert any(statement.startswith("SELECT") for statement in told)
    assert not [statement for statement in told if "query_only" in statement]
