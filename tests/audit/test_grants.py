"""The role that the tracker runs as on PostgreSQL may do what the tracker does and nothing else: every test there acts as it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.audit.forbidden import FORBIDDEN, ONLY_POSTGRESQL
from tests.fixtures.casework import Casework
from tests.fixtures.council import AS_OWNER, ONE_DATABASE, ONLY_POSTGRES
from tests.fixtures.postgres import APPLICATION
from tests.fixtures.rehearsal import require_granted
from tracker import grants
from tracker.audit.chain import verify
from tracker.grants import READ_ONLY, ROWS_GO, GrantsError
from tracker.schema import METADATA
from tracker.storage.session import Database

BEYOND_IT = {
    **FORBIDDEN,
    **ONLY_POSTGRESQL,
    "drop a trigger": "DROP TRIGGER audit_entry_no_change ON audit_entry",
    "switch a trigger off": "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "take a look out of the count": "DELETE FROM viewing",
    "delete a check": "DELETE FROM check_request",
    "delete somebody": "DELETE FROM person",
    "say that something was erased": "INSERT INTO audit_erasure SELECT 3, at FROM audit_entry LIMIT 1",
    "say that a migration was run": "UPDATE alembic_version SET version_num = '9999'",
    "make a table": "CREATE TABLE noise (word text)",
}


@ONLY_POSTGRES
@pytest.mark.parametrize("what", BEYOND_IT)
def test_as_that_role_no_record_can_be_deleted_and_nothing_of_the_trail_changed(casework: Casework, what: str) -> None:
    casework.ask(casework.person())
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner|only grows"):
        run(casework.database, BEYOND_IT[what])
    with casework.database.reading() as session:
        assert verify(session).holds


@ONLY_POSTGRES
def test_it_has_all_that_the_tracker_needs(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(text("SELECT current_user")) == APPLICATION
        grants.check(session.connection())


@ONLY_POSTGRES
@AS_OWNER
@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ("DELETE ON draft", "DELETE on draft"),
        ("SELECT ON ALL TABLES IN SCHEMA public", "more"),
        ("USAGE ON ALL SEQUENCES IN SCHEMA public", "USAGE on"),
    ],
)
def test_what_it_lacks_is_said_before_anything_is_served(database: Database, lost: str, said: str) -> None:
    with database.transaction() as session:
        session.execute(text(f"REVOKE {lost} FROM {APPLICATION}"))
        session.execute(text(f"SET LOCAL ROLE {APPLICATION}"))
        with pytest.raises(
            GrantsError, match=rf"{APPLICATION} lacks .*{said}.*run `tracker init --grant-to {APPLICATION}`"
        ):
            grants.check(session.connection())


@ONLY_POSTGRES
@AS_OWNER
def test_what_a_migration_adds_is_granted_the_next_time_and_what_was_too_much_is_taken(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("CREATE TABLE noise (id serial PRIMARY KEY, word text)"))
        session.execute(text(f"GRANT ALL ON viewing TO {APPLICATION}"))
        for _ in range(2):
            grants.grant_to(session.connection(), APPLICATION)
        session.execute(text(f"SET LOCAL ROLE {APPLICATION}"))
        session.execute(text("INSERT INTO noise (word) VALUES ('one')"))
        assert session.scalar(text("SELECT has_table_privilege('viewing', 'DELETE')")) is False


@ONLY_POSTGRES
@AS_OWNER
@pytest.mark.parametrize(
    ("role", "why"), [("nobody_of_that_name", "there is no role"), ("pg_monitor; DROP", "there is no role")]
)
def test_a_role_that_is_not_there_gets_nothing(database: Database, role: str, why: str) -> None:
    with database.transaction() as session, pytest.raises(GrantsError, match=why):
        grants.grant_to(session.connection(), role)


@ONLY_POSTGRES
@AS_OWNER
def test_a_role_to_which_nothing_can_be_denied_is_refused(database: Database) -> None:
    with database.transaction() as session, pytest.raises(GrantsError, match="owns the tables or is a superuser"):
        grants.grant_to(session.connection(), str(session.scalar(text("SELECT current_user"))))


@ONLY_POSTGRES
@AS_OWNER
@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("GRANT TRUNCATE ON viewing TO PUBLIC", "also has TRUNCATE on viewing"),
        (f"SET LOCAL ROLE {APPLICATION}", "still lacks DELETE on draft|permission denied"),
    ],
)
def test_what_granting_did_not_come_to_is_said(database: Database, before: str, why: str) -> None:
    with database.transaction() as session:
        session.execute(text(f"REVOKE DELETE ON draft FROM {APPLICATION}"))
        session.execute(text(before))
        with pytest.raises((GrantsError, DBAPIError), match=why):
            grants.grant_to(session.connection(), APPLICATION)
        session.rollback()


@ONLY_POSTGRES
@AS_OWNER
def test_a_member_of_the_owner_is_no_role_to_run_as(database: Database) -> None:
    with database.transaction() as session:
        owner = session.scalar(text("SELECT tableowner FROM pg_tables WHERE tablename = 'viewing'"))
        session.execute(text(f'GRANT "{owner}" TO {APPLICATION}'))
        with pytest.raises(GrantsError, match="owns the tables"):
            grants.grant_to(session.connection(), APPLICATION)
        session.rollback()


@ONE_DATABASE
def test_on_sqlite_nothing_is_granted_and_nothing_is_missing(database: Database) -> None:
    with database.transaction() as session, pytest.raises(GrantsError, match="on PostgreSQL"):
        grants.grant_to(session.connection(), APPLICATION)
    with database.reading() as session:
        grants.check(session.connection())


def test_every_table_that_is_named_is_there() -> None:
    tables = set(METADATA.tables)
    assert set(ROWS_GO) <= tables
    assert tables >= READ_ONLY - {"alembic_version"}


@pytest.mark.parametrize(
    ("statement", "granted"),
    [
        ("DELETE FROM draft WHERE draft.id = ?", True),
        ("DELETE FROM viewing WHERE viewing.id = ?", False),
        ("DELETE FROM person_name WHERE person_name.id = ?", False),
        ("UPDATE audit_entry SET text = ?", False),
        ('INSERT INTO "audit_erasure" (seq) VALUES (?)', False),
        ("SELECT 1", True),
    ],
)
def test_what_the_role_may_not_do_fails_on_sqlite_too(statement: str, granted: bool) -> None:
    """The control of what hears every statement of every route."""
    try:
        require_granted(statement)
    except AssertionError:
        assert not granted
    else:
        assert granted


def run(database: Database, statement: str) -> None:
    with database.transaction() as session:
        session.execute(text(statement))
