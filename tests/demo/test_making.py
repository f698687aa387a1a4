"""Making the demonstration: once, whole or not at all, never in a council's own database, and with one password that is kept."""

import shutil
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import inspect, text

from tests.fixtures.council import START
from tests.fixtures.settling import FAST
from tracker.config import Settings
from tracker.demo.beginning import begin
from tracker.demo.council import PASSWORD_FILE, Demonstration, NotADemonstrationError, make_demonstration
from tracker.demo.people import STAFF
from tracker.demo.stories import TALES
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.staff.requests import NewStaffMember
from tracker.staff.services import add_staff_member
from tracker.storage.session import Database

GIVEN = "five wooden windmills"
A_FEW = TALES[:4]
"""Two decisions about settings, and two families."""

LATER = START + timedelta(days=3)
FROM_THE_BEGINNING = {
    "alembic_version",
    "audit_head",
    "audit_entry",
    "audit_content",
    "limits_proposal",
    "lawful_basis",
}
"""Tables that `tracker init` alone puts rows in."""

MakeSettings = Callable[..., Settings]


@pytest.fixture
def settings_for(database_url: str, tmp_path: Path) -> MakeSettings:
    """Settings of an instance with an empty database at the newest migration, SQLite and then PostgreSQL."""
    return lambda: Settings(instance=tmp_path / "instance", database_url=database_url)


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """The same on SQLite alone."""
    return Settings(instance=tmp_path / "instance", database_url=sqlite_url)


@pytest.fixture
def _a_few_tales(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what holds however much is told."""
    monkeypatch.setattr("tracker.demo.filling.TALES", A_FEW)


@pytest.fixture
def _only_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is said of passwords: staff without any tales are made faster."""
    monkeypatch.setattr("tracker.demo.filling.TALES", ())


@pytest.mark.usefixtures("_a_few_tales")
def test_a_second_making_changes_nothing_and_knows_the_password(settings_for: MakeSettings) -> None:
    first = _make(settings_for())
    before = _everything(settings_for())
    second = make_demonstration(settings_for(), now=LATER, passwords=FAST)
    assert (first.made_now, second.made_now) == (True, False)
    assert second.password == first.password
    assert first.password
    assert _everything(settings_for()) == before


@pytest.mark.usefixtures("_a_few_tales")
def test_an_interrupted_making_leaves_nothing_and_the_next_makes_it_whole(
    settings_for: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(c: Work) -> Tale:
        yield c.day(3, "12:00")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tracker.demo.filling.TALES", (*A_FEW, breaks_off))
        with pytest.raises(KeyboardInterrupt):
            _make(settings_for())
    assert {name for name, rows in _counts(settings_for()).items() if rows} == FROM_THE_BEGINNING
    assert _make(settings_for()).made_now
    whole = _counts(settings_for())
    assert (whole["staff_member"], whole["person"] > 3, whole["check_request"] > 3) == (len(STAFF), True, True)


@pytest.mark.usefixtures("_only_staff")
def test_the_same_is_made_after_the_database_was_prepared(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "instance")
    begin(settings, now=START)
    begin(settings, now=START)
    prepared = _counts(settings)
    assert {name for name, rows in prepared.items() if rows} == FROM_THE_BEGINNING
    assert prepared["limits_proposal"] == 1
    assert _make(settings).made_now


def test_a_councils_own_database_is_refused_before_anything_is_changed(settings: Settings) -> None:
    begin(settings, now=START)
    database = Database(settings.database_url)
    with database.transaction() as session:
        new = NewStaffMember("a.worker@northshire.example", "A Worker", "Social worker")
        add_staff_member(session, new, by=None, now=START, passwords=FAST)
        session.connection().execute(text("UPDATE alembic_version SET version_num = 'older'"))
    database.close()
    before = _everything(settings)
    with pytest.raises(NotADemonstrationError, match="staff of its own"):
        _make(settings)
    assert _everything(settings) == before
    assert not (settings.instance / PASSWORD_FILE).exists()


@pytest.mark.usefixtures("_only_staff")
def test_a_password_that_is_given_opens_it_and_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    given = Settings(instance=instance, demo_password=SecretStr(GIVEN))
    assert _make(given).password == GIVEN
    kept = instance / PASSWORD_FILE
    assert kept.read_text() == GIVEN
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    assert _make(Settings(instance=instance)).password == GIVEN
    other = Settings(instance=instance, demo_password=SecretStr("something else altogether"))
    assert _make(other).password == GIVEN, "the one that opens it, not the one that is set now"
    kept.unlink()
    assert _make(Settings(instance=instance)).password is None
    assert _make(given).password == GIVEN


@pytest.mark.usefixtures("_only_staff")
def test_the_password_is_another_for_each_database(tmp_path: Path, migrated_sqlite: Path) -> None:
    instances = [tmp_path / name for name in ("one", "two")]
    for instance in instances:
        instance.mkdir()
        shutil.copyfile(migrated_sqlite, instance / "tracker.sqlite3")
    made = [_make(Settings(instance=instance)).password for instance in instances]
    assert len(set(made)) == 2
    assert all(password and len(password) >= 12 for password in made)


def test_what_was_made_does_not_show_its_password_when_printed() -> None:
    assert GIVEN not in repr(Demonstration(True, GIVEN))


def _make(settings: Settings) -> Demonstration:
    return make_demonstration(settings, now=START, passwords=FAST)


def _counts(settings: Settings) -> dict[str, int]:
    return {name: len(rows) for name, rows in _everything(settings).items()}


def _everything(settings: Settings) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    database = Database(settings.database_url)
    with database.reading() as session:
        connection = session.connection()
        tables = inspect(connection).get_table_names()
        rows = {name: connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables}  # noqa: S608 - our tables
    database.close()
    return {name: sorted(map(str, found)) for name, found in rows.items()}
