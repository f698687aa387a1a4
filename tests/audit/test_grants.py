"""The role that the tracker runs as on PostgreSQL may do what the tracker does and nothing else: every test there acts as it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

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
def test_what_granting_did_not_come_to_is_said(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text(f"REVOKE DELETE ON draft FROM {APPLICATION}"))
        session.execute(text(f"SET LOCAL ROLE {APPLICATION}"))
        with pytest.raises((GrantsError, DBAPIError), match=r"still lacks DELETE on draft|permission denied"):
            grants.grant_to(session.connection(), APPLICATION)
        session.rollback()


# Whatever else it may do ---------------------------------------------------------------------------------------------

STRANGER = "zz_stranger"
ITS_OWN = {
    "change columns": (f"GRANT UPDATE (hash, text) ON audit_entry TO {APPLICATION}", "UPDATE on audit_entry"),
    "refer to a table": (f"GRANT REFERENCES (seq) ON audit_entry TO {APPLICATION}", "REFERENCES on audit_entry"),
    "put a trigger on": (f"GRANT TRIGGER ON audit_entry TO {APPLICATION}", "TRIGGER on audit_entry"),
    "set a sequence back": (f"GRANT UPDATE ON SEQUENCE viewing_id_seq TO {APPLICATION}", "UPDATE on viewing_id_seq"),
    "make a table": (f"GRANT CREATE ON SCHEMA public TO {APPLICATION}", "CREATE on schema public"),
    "delete": (f"GRANT DELETE, TRUNCATE ON viewing TO {APPLICATION}", "DELETE on viewing, TRUNCATE on viewing"),
}
"""What somebody granted to the role itself: `tracker init --grant-to` takes it away."""

BY_OTHERS = {
    "everybody changes columns": (
        ["GRANT UPDATE (hash, text) ON audit_entry TO PUBLIC"],
        'REVOKE UPDATE ON TABLE "audit_entry" FROM PUBLIC',
    ),
    "everybody puts a trigger on": (
        ["GRANT TRIGGER, REFERENCES ON audit_entry TO PUBLIC"],
        'REVOKE REFERENCES, TRIGGER ON TABLE "audit_entry" FROM PUBLIC',
    ),
    "everybody sets a sequence back": (
        ["GRANT UPDATE ON SEQUENCE viewing_id_seq TO PUBLIC"],
        'REVOKE UPDATE ON SEQUENCE "viewing_id_seq" FROM PUBLIC',
    ),
    "everybody empties a table": (
        ["GRANT TRUNCATE ON viewing TO PUBLIC"],
        'REVOKE TRUNCATE ON TABLE "viewing" FROM PUBLIC',
    ),
    "everybody makes tables, as on PostgreSQL 14": (
        ["GRANT CREATE ON SCHEMA public TO PUBLIC"],
        'GRANT CREATE ON SCHEMA public TO "{owner}"; REVOKE CREATE ON SCHEMA "public" FROM PUBLIC',
    ),
    "it makes schemas": (
        [f"DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO {APPLICATION}', current_database()); END $$"],
        f'REVOKE CREATE ON DATABASE "{{database}}" FROM "{APPLICATION}"',
    ),
    "a role as which it may act deletes": (
        [
            f"CREATE ROLE {STRANGER}",
            f"GRANT DELETE ON viewing TO {STRANGER}",
            f"ALTER ROLE {APPLICATION} NOINHERIT",
            f"GRANT {STRANGER} TO {APPLICATION}",
        ],
        f'REVOKE DELETE ON TABLE "viewing" FROM "{STRANGER}"',
    ),
}
"""What it may do by another role or as everybody, and the statements that take it away."""

MORE_THAN_PLAIN = {
    "it makes roles": (
        [f"ALTER ROLE {APPLICATION} CREATEROLE REPLICATION"],
        f'ALTER ROLE "{APPLICATION}" NOCREATEROLE NOREPLICATION',
    ),
    "it makes databases": ([f"ALTER ROLE {APPLICATION} CREATEDB"], f'ALTER ROLE "{APPLICATION}" NOCREATEDB'),
    "it passes by row security": ([f"ALTER ROLE {APPLICATION} BYPASSRLS"], f'ALTER ROLE "{APPLICATION}" NOBYPASSRLS'),
    "it may act as one that makes roles": (
        [f"CREATE ROLE {STRANGER} CREATEROLE", f"GRANT {STRANGER} TO {APPLICATION}"],
        f'REVOKE "{STRANGER}" FROM "{APPLICATION}"',
    ),
    "it writes all data": (
        [f"GRANT pg_write_all_data TO {APPLICATION}"],
        f'REVOKE "pg_write_all_data" FROM "{APPLICATION}"',
    ),
}
"""What it is, and the statement that makes it a plain role."""


def said_of(session: Session, *before: str) -> str:
    """What is said of the tracker's own role once the owner has run these statements; empty where nothing is."""
    for statement in before:
        session.execute(text(statement))
    session.execute(text(f"SET LOCAL ROLE {APPLICATION}"))
    try:
        return grants.surplus(session.connection())
    finally:
        session.execute(text("RESET ROLE"))


def named_here(session: Session, statement: str) -> str:
    """The statement with the names of the owner and of the database that it has here."""
    owner, database = session.execute(text("SELECT current_user, current_database()")).one()
    return statement.format(owner=owner, database=database)


@ONLY_POSTGRES
@AS_OWNER
@pytest.mark.parametrize("what", ITS_OWN)
def test_what_it_was_granted_too_much_is_said_and_taken_by_granting_again(database: Database, what: str) -> None:
    statement, said = ITS_OWN[what]
    with database.transaction() as session:
        said_of_it = said_of(session, statement)
        assert said_of_it == (
            f"the database role {APPLICATION} also has {said}; run `tracker init --grant-to {APPLICATION}` as the owner"
        )
        grants.grant_to(session.connection(), APPLICATION)
        assert said_of(session) == ""
        session.rollback()


@ONLY_POSTGRES
@AS_OWNER
@pytest.mark.parametrize("what", BY_OTHERS | MORE_THAN_PLAIN)
def test_what_it_may_do_otherwise_is_said_and_what_is_said_helps(database: Database, what: str) -> None:
    before, statements = (BY_OTHERS | MORE_THAN_PLAIN)[what]
    with database.transaction() as session:
        can_take = named_here(session, "{owner}")
        if "GRANT CREATE ON SCHEMA" in statements:  # there whoever owns the database does not own the schema
            session.execute(text(f"CREATE ROLE {STRANGER}; ALTER SCHEMA public OWNER TO {STRANGER}"))
            can_take = STRANGER
        said = named_here(session, statements)
        said_of_it = said_of(session, *before)
        assert f"; run `{said}`" in said_of_it
        assert said_of_it.endswith(f"` as {can_take}") == (what in BY_OTHERS)
        assert "\n" not in said_of_it
        with pytest.raises(GrantsError, match=r"^the role"):
            grants.grant_to(session.connection(), APPLICATION)
        session.execute(text(said))
        assert said_of(session) == ""
        grants.grant_to(session.connection(), APPLICATION)
        session.rollback()


@ONLY_POSTGRES
@AS_OWNER
@pytest.mark.parametrize("what", [*ITS_OWN, *BY_OTHERS])
def test_without_the_look_at_all_that_is_granted_it_is_not_seen(
    database: Database, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The control."""
    before = [ITS_OWN[what][0]] if what in ITS_OWN else BY_OTHERS[what][0]
    monkeypatch.setattr(grants, "_beyond", lambda *_: [])
    with database.transaction() as session:
        assert said_of(session, *before) == ""
        session.rollback()


@ONLY_POSTGRES
@AS_OWNER
@pytest.mark.parametrize("what", MORE_THAN_PLAIN)
def test_without_the_look_at_what_it_is_it_is_not_seen(
    database: Database, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The control."""
    monkeypatch.setattr(grants, "_require_plain", lambda *_: None)
    with database.transaction() as session:
        assert said_of(session, *MORE_THAN_PLAIN[what][0]) == ""
        session.rollback()


@ONLY_POSTGRES
@AS_OWNER
def test_many_are_counted(database: Database) -> None:
    with database.transaction() as session:
        said_of_it = said_of(session, "GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO PUBLIC")
        assert said_of_it.count("REVOKE TRUNCATE") == 3
        assert f"and {len(METADATA.tables) + 1 - 3} more like it as " in said_of_it
        session.rollback()


@ONLY_POSTGRES
@AS_OWNER
@pytest.mark.parametrize(
    "owned",
    [
        f"ALTER TABLE draft OWNER TO {APPLICATION}",
        f"ALTER FUNCTION audit_refuse() OWNER TO {APPLICATION}",
        f"ALTER SCHEMA public OWNER TO {APPLICATION}",
        f'GRANT "{{owner}}" TO {APPLICATION} WITH INHERIT FALSE',
    ],
)
def test_whoever_owns_something_or_acts_as_the_owner_is_no_role_to_run_as(database: Database, owned: str) -> None:
    with database.transaction() as session:
        said_of_it = said_of(session, named_here(session, owned))
        assert "owns the tables" in said_of_it
        assert "`tracker init --grant-to ROLE` as the owner" in said_of_it
        with pytest.raises(GrantsError, match="owns the tables"):
            grants.grant_to(session.connection(), APPLICATION)
        session.rollback()


@ONLY_POSTGRES
@AS_OWNER
def test_the_owner_is_told_to_make_another_role(database: Database) -> None:
    with database.reading() as session:
        owner = session.scalar(text("SELECT current_user"))
        grants.check(session.connection())
        said = grants.surplus(session.connection())
        assert said.startswith(f"the role {owner} owns the tables or is a superuser")
        assert "`tracker init --grant-to ROLE`" in said


@ONE_DATABASE
def test_on_sqlite_nothing_is_granted_and_nothing_is_missing(database: Database) -> None:
    with database.transaction() as session, pytest.raises(GrantsError, match="on PostgreSQL"):
        grants.grant_to(session.connection(), APPLICATION)
    with database.reading() as session:
        grants.check(session.connection())
        assert grants.surplus(session.connection()) == ""


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
