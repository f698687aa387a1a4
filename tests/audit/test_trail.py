"""The trail only grows, and what is altered behind its back is found: the entry, its columns, its people, its content, its end."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tests.audit.forbidden import FORBIDDEN, ONLY_POSTGRESQL, ONLY_SQLITE
from tests.fixtures.casework import Casework
from tests.fixtures.council import AS_OWNER, ONLY_POSTGRES, START
from tracker.audit import triggers
from tracker.audit.chain import Verification, verify
from tracker.audit.events import Event
from tracker.audit.services import MANY, record
from tracker.audit.triggers import TrailUnprotectedError
from tracker.storage.session import Database, without_waiting

pytestmark = AS_OWNER
"""Whoever owns the tables cannot alter the trail without dropping what protects it; `test_grants.py` is about the tracker's own role."""


@pytest.fixture
def used(casework: Casework) -> Database:
    """A database in which something has happened."""
    casework.ask(casework.person())
    return casework.database


def verified(database: Database) -> Verification:
    with database.reading() as session:
        return verify(session)


def run(database: Database, *statements: str) -> None:
    """These statements, through the application's connection, in one transaction."""
    with database.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def _record_and_fail(database: Database) -> None:
    with database.transaction() as session:
        record(session, Event.SIGNED_OUT, at=START, by=None)
        raise ZeroDivisionError


def is_sqlite(database: Database) -> bool:
    return database.engine.dialect.name == "sqlite"


def test_nothing_of_the_trail_can_be_changed_through_a_connection(used: Database) -> None:
    before = verified(used)
    own = ONLY_SQLITE if is_sqlite(used) else ONLY_POSTGRESQL
    for statement in (FORBIDDEN | own).values():
        with pytest.raises(DBAPIError, match="the audit trail only grows"):
            run(used, statement)
    assert before.holds
    assert verified(used) == before


@contextmanager
def unprotected(database: Database) -> Iterator[Session]:
    """As somebody with the file, or the owner of the tables: without the triggers."""
    with database.transaction() as session:
        for statement in _without_triggers(session, database):
            session.execute(text(statement))
        yield session


def _without_triggers(session: Session, database: Database) -> list[str]:
    if not is_sqlite(database):
        tables = ("audit_entry", "audit_person", "audit_content", "audit_head", "audit_erasure")
        return [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    names = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    return [f"DROP TRIGGER {name}" for name in names]


CUT = (
    "DELETE FROM audit_content WHERE seq = :seq",
    "DELETE FROM audit_person WHERE seq = :seq",
    "DELETE FROM audit_entry WHERE seq = :seq",
)


def cut(database: Database, seq: int) -> None:
    """Takes an entry away, with all that belongs to it."""
    with unprotected(database) as session:
        for statement in CUT:
            session.execute(text(statement), {"seq": seq})


OF_NOTHING = f"UPDATE audit_entry SET text = '{{}}', hash = '{sha256(b'{}').hexdigest()}' WHERE seq = 5"  # noqa: S608 - a hash
ALTERED = {
    "its text": ("UPDATE audit_entry SET text = replace(text, 'asked', 'not') || ' ' WHERE seq = 5", 5),
    "its event": ("UPDATE audit_entry SET event = 'check:approved' WHERE seq = 5", 5),
    "its actor": ("UPDATE audit_entry SET actor = 'STF-0000-0000' WHERE seq = 5", 5),
    "its record": ("UPDATE audit_entry SET record = 'CHK-0000-0000' WHERE seq = 5", 5),
    "its content": ('UPDATE audit_content SET text = \'{"name":"x"}\' WHERE seq = 5', 5),
    "its salt": ("UPDATE audit_content SET salt = 'x' WHERE seq = 5", 5),
    "its content taken away": ("DELETE FROM audit_content WHERE seq = 5", 5),
    "its text and its hash": (OF_NOTHING, 5),
    "a person put on it": ("INSERT INTO audit_person (seq, person) VALUES (5, 'PER-0000-0000')", 5),
    "the head": ("UPDATE audit_head SET hash = 'x'", None),
}


@pytest.mark.parametrize("what", ALTERED)
def test_an_altered_entry_is_the_first_that_verifying_names(used: Database, what: str) -> None:
    statement, bad = ALTERED[what]
    assert verified(used).holds
    with unprotected(used) as session:
        session.execute(text(statement))
    found = verified(used)
    assert not found.holds
    if bad is not None:
        assert found.bad_entry == bad


def test_an_entry_taken_out_of_the_middle_is_missed(used: Database) -> None:
    cut(used, 5)
    assert verified(used).bad_entry == 5


def test_entries_cut_off_the_end_are_missed(used: Database) -> None:
    last = verified(used).entries
    cut(used, last)
    found = verified(used)
    assert not found.holds
    assert found.entries == last - 1


def test_an_entry_rewritten_with_a_hash_that_fits_it_breaks_the_next(used: Database) -> None:
    with unprotected(used) as session:
        written = session.execute(text("SELECT text FROM audit_entry WHERE seq = 5")).scalar_one()
        said = json.loads(written) | {"request": "another"}
        rewritten = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = sha256(rewritten.encode()).hexdigest()
        session.execute(
            text("UPDATE audit_entry SET text = :text, hash = :hash WHERE seq = 5"), {"text": rewritten, "hash": digest}
        )
    assert verified(used).bad_entry == 6


def test_an_unprotected_trail_is_noticed_at_the_start(used: Database) -> None:
    with used.reading() as session:
        triggers.check(session.connection())
    with unprotected(used):
        pass
    with used.reading() as session, pytest.raises(TrailUnprotectedError):
        triggers.check(session.connection())


def test_one_changed_trigger_is_noticed_at_the_start(used: Database) -> None:
    with used.transaction() as session:
        if is_sqlite(used):
            session.execute(text("DROP TRIGGER audit_entry_no_update"))
            harmless = "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry WHEN 0 BEGIN SELECT 1; END"
            session.execute(text(harmless))
        else:
            session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_no_change"))
    with used.reading() as session, pytest.raises(TrailUnprotectedError, match="audit_entry_no"):
        triggers.check(session.connection())


ELSEWHERE = {
    "on another table": "BEFORE UPDATE OR DELETE ON draft FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "at another moment": "BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "of one column": "BEFORE UPDATE OF at OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "on a condition": "BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW WHEN (false) EXECUTE FUNCTION audit_refuse()",
    "doing something else": "BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_content_erasure()",
}


@ONLY_POSTGRES
@pytest.mark.parametrize("what", ELSEWHERE)
def test_a_trigger_of_the_same_name_that_is_another_is_noticed_at_the_start(used: Database, what: str) -> None:
    _made_anew(used, ELSEWHERE[what])
    with used.reading() as session, pytest.raises(TrailUnprotectedError, match="audit_entry_no_change"):
        triggers.check(session.connection())


@ONLY_POSTGRES
def test_a_trigger_made_anew_as_it_was_is_no_other(used: Database) -> None:
    """The control."""
    _made_anew(used, "BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse()")
    with used.reading() as session:
        triggers.check(session.connection())


def _made_anew(database: Database, what: str) -> None:
    run(database, "DROP TRIGGER audit_entry_no_change ON audit_entry", f"CREATE TRIGGER audit_entry_no_change {what}")


@ONLY_POSTGRES
def test_a_function_that_reads_elsewhere_is_noticed_at_the_start(used: Database) -> None:
    run(used, "ALTER FUNCTION audit_forward() SET search_path = pg_temp, public")
    with used.reading() as session, pytest.raises(TrailUnprotectedError, match="audit_forward"):
        triggers.check(session.connection())


@ONLY_POSTGRES
def test_a_function_of_the_same_name_in_another_schema_is_noticed_at_the_start(used: Database) -> None:
    harmless = "CREATE FUNCTION noise.audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    run(used, "CREATE SCHEMA noise", harmless)
    _made_anew(used, "BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION noise.audit_refuse()")
    for path in ("public", "noise, public"):
        with used.transaction() as session:
            session.execute(text(f"SET LOCAL search_path = {path}"))
            with pytest.raises(TrailUnprotectedError, match="audit_"):
                triggers.check(session.connection())


@ONLY_POSTGRES
def test_a_trigger_that_was_made_to_do_nothing_is_noticed_at_the_start(used: Database) -> None:
    with used.transaction() as session:
        harmless = "BEGIN RETURN NEW; END"
        session.execute(
            text(f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {harmless} $$")
        )
    with used.reading() as session, pytest.raises(TrailUnprotectedError, match="audit_refuse"):
        triggers.check(session.connection())


def test_an_event_is_written_last_and_only_with_its_change(used: Database) -> None:
    before = verified(used).entries
    with pytest.raises(ZeroDivisionError):
        _record_and_fail(used)
    assert verified(used).entries == before


def test_many_entries_of_one_transaction_are_chained_as_few_are(used: Database) -> None:
    before = verified(used).entries
    with used.transaction() as session:
        for number in range(MANY + 1):
            record(session, Event.PERSON_ADDED, at=START, by=None, people=["PER-0000-0000"], facts={"place": number})
    found = verified(used)
    assert (found.holds, found.entries) == (True, before + MANY + 1)


def test_what_is_sent_without_waiting_is_done_in_turn_and_fails_as_the_database_says(used: Database) -> None:
    with used.transaction() as session:
        session.execute(text("CREATE TABLE noise (word text PRIMARY KEY)"))
        with without_waiting(session):
            session.execute(text("INSERT INTO noise VALUES ('one')"))
            session.execute(text("UPDATE noise SET word = 'two' WHERE word = 'one'"))
        assert session.scalar(text("SELECT word FROM noise")) == "two"
    with pytest.raises(DBAPIError), used.transaction() as session, without_waiting(session):
        _insert(session, "three", "two")
    with used.transaction() as session:
        assert session.execute(text("SELECT word FROM noise")).scalars().all() == ["two"]


def _insert(session: Session, *words: str) -> None:
    for word in words:
        session.execute(text("INSERT INTO noise VALUES (:word)"), {"word": word})


def test_what_was_recorded_of_the_actor_stays_when_the_actor_changes(casework: Casework) -> None:
    casework.ask(casework.person())
    with casework.database.transaction() as session:
        session.execute(text("UPDATE staff_member SET name = 'Zz Renamed'"))
    with casework.database.reading() as session:
        texts = session.execute(text("SELECT text FROM audit_entry WHERE event = 'check:submitted'")).scalars().all()
    actors = [json.loads(one)["actor"] for one in texts]
    assert [actor["name"] for actor in actors] == [casework.worker.name]
    assert actors[0]["roles"] == ["social worker"]
