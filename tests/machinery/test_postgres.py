"""The tests' PostgreSQL is a real one, and no test sees what another wrote."""

import psycopg
import pytest
from sqlalchemy import make_url

from tests.fixtures.postgres import PostgresServer


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    """Run one statement on a database of SQLAlchemy's address `url`; the rows it gives."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def test_postgresql_answers(empty_postgres_url: str) -> None:
    assert run(empty_postgres_url, "select 1") == [(1,)]


@pytest.mark.parametrize("attempt", ["first", "second"])
def test_each_test_has_a_database_of_its_own(empty_postgres_url: str, attempt: str) -> None:
    run(empty_postgres_url, "create table noise (word text)")
    run(empty_postgres_url, f"insert into noise values ('{attempt}')")  # noqa: S608 - our own two words
    assert run(empty_postgres_url, "select word from noise") == [(attempt,)]


def test_a_copied_database_holds_what_its_template_held(postgres_server: PostgresServer) -> None:
    template = postgres_server.create()
    run(postgres_server.url_of(template), "create table kept (word text)")
    copy = postgres_server.create(template)
    assert run(postgres_server.url_of(copy), "select count(*) from kept") == [(0,)]
    postgres_server.drop(copy)
    postgres_server.drop(template)


def test_a_dropped_database_is_gone(postgres_server: PostgresServer) -> None:
    name = postgres_server.create()
    postgres_server.drop(name)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        run(postgres_server.url_of(name), "select 1")


def test_lower_case_knows_more_than_english(empty_postgres_url: str) -> None:
    assert run(empty_postgres_url, "select lower('ŠIMKOVÁ')") == [("šimková",)]
