"""A migration of a database in use: tables that others refer to are made anew, and nothing is left to refer to what is not there."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Text, text, update
from sqlmodel import col, select

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import AS_OWNER, ONE_DATABASE, START, Council
from tests.fixtures.furnished import Furnished
from tests.people.making import put_people
from tracker import migrations
from tracker.audit import triggers
from tracker.checks.services import withdraw_check
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.doubts import list_in_doubt
from tracker.people.models import Person, Profile
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

Change = Callable[[Connection], None]


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch, furnished: Furnished, tmp_path: Path) -> Callable[[Change], Database]:
    """The furnished council's database after a migration of the test's own."""

    def upgrade(change: Change) -> Database:
        def _upgrade(configuration: Config, _: str) -> None:
            change(configuration.attributes["connection"])

        monkeypatch.setattr(command, "upgrade", _upgrade)
        database = Database(f"sqlite:///{furnished.copy_to(tmp_path)}")
        try:
            with database.transaction() as session:
                session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
            migrations.upgrade(database)
        finally:
            database.close()
        return database

    return upgrade


REFERRED_TO = ("staff_member", "person", "check_request", "look", "referral")


def make_them_anew(connection: Connection) -> None:
    """As SQLite changes a constraint."""
    changes = Operations(MigrationContext.configure(connection))
    for table in REFERRED_TO:
        with changes.batch_alter_table(table, recreate="always"):
            pass


def take_looks_away(connection: Connection) -> None:
    """And leave the rows that refer to them."""
    connection.exec_driver_sql("DELETE FROM look")


def test_tables_that_are_referred_to_are_made_anew_with_all_their_rows(
    upgraded: Callable[[Change], Database], furnished: Furnished
) -> None:
    database = upgraded(make_them_anew)
    original = Database(f"sqlite:///{furnished.path}")
    for one in (original, database):
        with one.reading() as session:
            assert session.scalar(text("PRAGMA foreign_keys")) == 1
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
            triggers.check(session.connection())
    counts = [[_count(one, table) for table in REFERRED_TO] for one in (original, database)]
    assert counts[0] == counts[1]
    assert min(counts[0]) > 0
    for one in (original, database):
        one.close()


def write_case_keys_anew(connection: Connection) -> None:
    """As a database of before is brought to what it was written like since."""
    connection.exec_driver_sql("DROP INDEX ix_involvement_case_key")
    connection.exec_driver_sql("ALTER TABLE involvement DROP COLUMN case_key")
    with Operations.context(MigrationContext.configure(connection)):
        import_module("tracker.migrations.versions.0028_case_keys").upgrade()


def test_case_references_of_before_are_compared_as_those_since(
    upgraded: Callable[[Change], Database], furnished: Furnished
) -> None:
    keys = []
    for one in (Database(f"sqlite:///{furnished.path}"), upgraded(write_case_keys_anew)):
        with one.reading() as session:
            keys.append(session.execute(text("SELECT case_reference, case_key FROM involvement ORDER BY id")).all())
        one.close()
    assert keys[0] == keys[1]
    assert any(reference != key for reference, key in keys[0])


def bring_outcomes_up_to_date(connection: Connection) -> None:
    """As a database of before, one of whose outcomes says that the person was told and that it was shared, without any day."""
    context = MigrationContext.configure(connection)
    connection.exec_driver_sql("DROP INDEX ix_case_report_will_be_told")
    connection.exec_driver_sql("DROP TABLE telling")
    with Operations(context).batch_alter_table("case_report") as report:
        for rule in ("told_on_where_told", "shared_on_where_shared", "not_shared_with_reason"):
            report.drop_constraint(f"ck_case_report_{rule}", type_="check")
        report.drop_column("told_on")
        report.drop_column("shared_on")
        report.alter_column("shared_words", existing_type=Text(), nullable=False)
    newest = "(SELECT max(id) FROM case_report)"
    connection.exec_driver_sql(f"UPDATE case_report SET told = 'told', shared = 1 WHERE id = {newest}")  # noqa: S608 - words of this test
    with Operations.context(context):
        import_module("tracker.migrations.versions.0030_tellings").upgrade()


def test_outcomes_of_before_are_kept_without_a_day(
    upgraded: Callable[[Change], Database], furnished: Furnished
) -> None:
    database = upgraded(bring_outcomes_up_to_date)
    with database.reading() as session:
        kept = session.execute(text("SELECT told, told_on, shared, shared_on FROM case_report ORDER BY id")).all()
        triggers.check(session.connection())
    assert kept[-1] == ("told", None, 1, None)
    assert kept[0] == ("will_be_told", None, 0, None)
    database.close()


def keep_what_agrees(connection: Connection) -> None:
    """As a database of before, in which one pair is in doubt, one was told apart by two, and one before that was asked for."""
    connection.exec_driver_sql("DROP TABLE agreeing_records")
    connection.exec_driver_sql("DELETE FROM not_same_person")
    connection.exec_driver_sql("ALTER TABLE not_same_person ADD COLUMN in_doubt BOOLEAN NOT NULL DEFAULT 0")
    with Operations(MigrationContext.configure(connection)).batch_alter_table("not_same_person") as words:
        words.create_check_constraint("ck_not_same_person_doubt_with_reason", "NOT in_doubt OR why IS NOT NULL")
    connection.execute(
        text(
            "INSERT INTO not_same_person (person_id, other_id, why, in_doubt, recorded_at, recorded_by, agreed_at, agreed_by) "
            "VALUES (1, 2, 'Zz', 1, :then, 1, NULL, NULL), (1, 3, 'Zz', 1, :then, 1, :later, 2), (1, 4, NULL, 0, :then, 1, NULL, NULL)"
        ),
        {"then": "2026-01-02T03:04:05.000000Z", "later": "2026-01-03T03:04:05.000000Z"},
    )
    with Operations.context(MigrationContext.configure(connection)):
        import_module("tracker.migrations.versions.0034_agreeing_records").upgrade()


def test_pairs_in_doubt_are_kept_and_what_a_manager_told_apart_stays_so(upgraded: Callable[[Change], Database]) -> None:
    database = upgraded(keep_what_agrees)
    with database.reading() as session:
        assert [one.pair for one in list_in_doubt(session, [1, 2, 3, 4])] == [(1, 2)]
        words = session.execute(text("SELECT other_id, agreed_by FROM not_same_person ORDER BY other_id")).all()
        waiting = session.scalar(text("SELECT count(*) FROM person WHERE compared_at IS NOT NULL AND NOT sealed"))
    assert [tuple(row) for row in words] == [(2, None), (3, 2), (4, None)]
    assert waiting == 0
    database.close()


READ_AGAIN = import_module("tracker.migrations.versions.0032_profiles_read_again")
BEFORE_IT: list[tuple[str, int, str, str, str, bool]] = [
    ("PRF-1", 0, "facebook", "jane.doe", "https://www.facebook.com/jane.doe", False),
    ("PRF-2", 0, "facebook", "janedoe", "https://www.facebook.com/janedoe", False),
    ("PRF-3", 1, "facebook", "j.anedoe", "https://www.facebook.com/j.anedoe", False),
    ("PRF-4", 0, "facebook", "share", "https://www.facebook.com/share", False),
    ("PRF-5", 1, "facebook", "share", "https://www.facebook.com/share", False),
    ("PRF-6", 1, "whatsapp", "4407700900123", "https://wa.me/4407700900123", False),
    ("PRF-7", 1, "whatsapp", "447700900123", "https://wa.me/447700900123", True),
    ("PRF-8", 0, "instagram", "jane.doe", "https://www.instagram.com/jane.doe", False),
    ("PRF-9", 0, "youtube", "watch/AbC", "https://www.youtube.com/watch?v=AbC", False),
    ("PRF-10", 2, "other", "example.org/jane", "https://example.org/Jane", False),
    ("PRF-11", 1, "whatsapp", "12", "https://wa.me/12", False),
    (
        "PRF-12",
        0,
        "facebook",
        "p/jane-doe-100012345678901",
        "https://www.facebook.com/p/jane-doe-100012345678901",
        False,
    ),
    ("PRF-13", 0, "facebook", "jane..doe", "https://www.facebook.com/jane..doe", True),
]
AFTER_IT = {
    "PRF-1": ("janedoe", "https://www.facebook.com/janedoe", False),
    "PRF-2": ("janedoe", "https://www.facebook.com/janedoe", True),
    "PRF-3": ("janedoe", "https://www.facebook.com/janedoe", False),
    "PRF-4": ("share/PRF-4", "https://www.facebook.com/share", False),
    "PRF-5": ("share/PRF-5", "https://www.facebook.com/share", False),
    "PRF-6": ("447700900123", "https://wa.me/447700900123", False),
    "PRF-7": ("447700900123", "https://wa.me/447700900123", True),
    "PRF-8": ("jane.doe", "https://www.instagram.com/jane.doe", False),
    "PRF-9": ("watch/AbC/PRF-9", "https://www.youtube.com/watch?v=AbC", False),
    "PRF-10": ("example.org/jane", "https://example.org/Jane", False),
    "PRF-11": ("12", "https://wa.me/12", False),
    "PRF-12": ("100012345678901", "https://www.facebook.com/profile.php?id=100012345678901", False),
    "PRF-13": ("janedoe", "https://www.facebook.com/janedoe", True),
}


@AS_OWNER
def test_profiles_of_before_are_read_as_those_since(council: Council) -> None:
    """Two of one person that are one now: the later is struck, and kept. Two of two people stay, and are found to be one profile."""
    people = put_people(council, "Jane Zzdoe", "Noise Zzperson", "Other Zzperson")
    with council.database.transaction() as session:
        session.execute(update(Person).values(compared_at=START))
        for reference, whose, platform, handle, address, struck in BEFORE_IT:
            session.add(
                Profile(
                    reference=reference, person_id=saved_key(people[whose]), platform=platform, handle=handle, address=address,
                    recorded_at=START, recorded_by=saved_key(council.worker), struck_at=START if struck else None,
                )
            )  # fmt: skip
            session.flush()
    for _ in range(2):  # the second time changes nothing
        with (
            council.database.transaction() as session,
            Operations.context(MigrationContext.configure(session.connection())),
        ):
            READ_AGAIN.upgrade()
        with council.database.reading() as session:
            found = {
                one.reference: (one.handle, one.address, one.struck_at is not None)
                for one in session.exec(select(Profile))
            }
            compared = session.exec(select(Person.compared_at).order_by(col(Person.id))).all()
        assert found == AFTER_IT
        assert [at is None for at in compared] == [True, True, False]


def test_a_migration_that_would_break_a_reference_changes_nothing(
    upgraded: Callable[[Change], Database], tmp_path: Path
) -> None:
    with pytest.raises(migrations.BrokenReferencesError, match="viewing"):
        upgraded(take_looks_away)
    database = Database(f"sqlite:///{tmp_path / 'tracker.sqlite3'}")
    assert _count(database, "look") > 0
    database.close()


def _count(database: Database, table: str) -> int:
    with database.reading() as session:
        return int(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - a table of ours


def test_the_newest_is_read_from_the_files_as_alembic_reads_them() -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(migrations.HERE))
    assert migrations.newest() == ScriptDirectory.from_config(configuration).get_current_head()


def test_a_database_at_the_newest_is_only_read(furnished: Furnished, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "upgrade", lambda *_: pytest.fail("it was migrated again"))
    database = Database(f"sqlite:///{furnished.path}")
    migrations.upgrade(database)
    database.close()


def test_a_database_without_tables_is_at_no_migration(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with database.reading() as session, pytest.raises(migrations.SchemaOutOfDateError):
        migrations.check_is_newest(session.connection())
    database.close()


@ONE_DATABASE
def test_who_withdrew_a_check_is_read_from_the_trail_and_else_whoever_asked(casework: Casework) -> None:
    waits, untold = (casework.ask(casework.person(name), by=casework.worker2) for name in ("Kit", "Lee"))
    second = casework.ask(casework.person("Ben", born=CHILD), by=casework.colleague)
    with casework.transaction() as session:
        withdraw_check(
            session, get_check(session, second.reference), why="No longer.", by=casework.colleague, now=START
        )
    asked_by = casework.worker.staff_id
    before = {"withdrawn_at": START, "withdrawn_why": "-", "withdrawn_by": None, "requester_id": asked_by}
    with casework.transaction() as session:
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        session.execute(update(Check).where(col(Check.id) != waits.id).values(**before))
        with Operations.context(MigrationContext.configure(connection)):
            import_module("tracker.migrations.versions.0031_whole_records")._say_who_withdrew()
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
    with casework.database.reading() as session:
        who = {one.id: one.withdrawn_by for one in session.exec(select(Check))}
    assert who == {waits.id: None, untold.id: asked_by, second.id: casework.colleague.staff_id}
