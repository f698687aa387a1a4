"""A file that is put back is read as it was by whoever had it open."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.fixtures.pages import COUNT, Pages

LONG = "x" * 3_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A table of a hundred rows, on a page each or nearly."""
    made = tmp_path / "notes.sqlite3"
    with closing(sqlite3.connect(made)) as connection, connection:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)")
        connection.executemany("INSERT INTO note (words) VALUES (?)", [(f"{number} {LONG}",) for number in range(100)])
    return made


def words(connection: sqlite3.Connection, key: int) -> str:
    found: str = connection.execute("SELECT words FROM note WHERE id = ?", (key,)).fetchone()[0]
    return found.split()[0]


def write(connection: sqlite3.Connection, said: str, key: int) -> None:
    with connection:
        connection.execute("UPDATE note SET words = ? WHERE id = ?", (said, key))


def test_each_connection_reads_what_was_put_back_however_often_it_is_written_to(path: Path) -> None:
    pages, whole = Pages(path), path.read_bytes()
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(path)) as other:
        for round_ in range(20):
            write(one, f"one{round_} {LONG}", 50)
            assert words(one, 50) == f"one{round_}"  # the one knows these pages now, the other those of the last round
            pages.put_back()
            write(other, f"other{round_} {LONG}", 51)
            assert (words(one, 50), words(one, 51)) == ("49", f"other{round_}")
            other.execute("INSERT INTO note (words) VALUES (hex(randomblob(50000)))")
            other.commit()
            assert path.stat().st_size > len(whole)
            pages.put_back()
            assert (words(other, 50), words(one, 51)) == ("49", "50")
            assert one.execute("SELECT count(*) FROM note").fetchone() == (100,)
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(path.read_bytes()) == len(whole)
    pages.close()


def test_what_is_put_back_without_counting_it_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the count of changes as it was, so that what somebody wrote before stands for what somebody else wrote since."""
    pages, before = Pages(path), path.read_bytes()
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(path)) as other:
        assert words(other, 50) == "49"
        write(one, f"one {LONG}", 50)
        pages.put_back()
        with path.open("r+b") as file:
            file.write(before[:100])
        write(other, f"other {LONG}", 50)
        assert path.read_bytes()[COUNT] > before[COUNT]
        assert words(one, 50) == "one"
    pages.close()
