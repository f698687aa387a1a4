"""What the migrations made of the database is what the tables say of themselves: columns, indexes, and each rule word for word."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Engine, Table, inspect

from tests.fixtures.council import ONE_DATABASE
from tracker.schema import METADATA
from tracker.storage.session import Database


def in_one_line(words: object) -> str:
    return " ".join(str(words).split())


def rules_of(table: Table, engine: Engine) -> dict[str, str]:
    """The rules that a table declares, by name, as the database is told them."""
    return {
        str(engine.dialect.identifier_preparer.format_constraint(one)): in_one_line(
            one.sqltext.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True})
        )
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }


def rules_in(connection: Connection, table: str) -> dict[str, str]:
    """The rules that the database has."""
    return {str(one["name"]): in_one_line(one["sqltext"]) for one in inspect(connection).get_check_constraints(table)}


def differing(connection: Connection) -> dict[str, set[tuple[str, str]]]:
    """By table the rules that only one of the two has."""
    found = {
        table.name: set(rules_of(table, connection.engine).items()) ^ set(rules_in(connection, table.name).items())
        for table in METADATA.sorted_tables
    }
    return {table: rules for table, rules in found.items() if rules}


@ONE_DATABASE
def test_the_migrations_make_the_tables_and_indexes_that_are_declared(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, METADATA) == []


@ONE_DATABASE
def test_the_migrations_make_each_rule_that_is_declared_word_for_word(database: Database) -> None:
    with database.engine.connect() as connection:
        assert differing(connection) == {}


@ONE_DATABASE
def test_a_rule_on_one_side_only_would_be_seen(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    table = METADATA.tables["authorisation_application"]
    rules = [one for one in table.constraints if isinstance(one, CheckConstraint)]
    monkeypatch.setattr(table, "constraints", table.constraints - {rules[0]})
    with database.engine.connect() as connection:
        ((name, different),) = differing(connection).items()
    assert (name, len(rules) > 5, len(different)) == (table.name, True, 1)
