"""The tests' files lie in memory where there is room for them and programs may run; else on the disk."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from workshop import scratch


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the machine's memory; it has room, whatever this machine has."""
    folder = tmp_path / "memory"
    folder.mkdir()
    monkeypatch.setattr(scratch, "IN_MEMORY", folder)
    monkeypatch.setattr(scratch, "ON_DISK", tmp_path)
    monkeypatch.setattr(scratch, "ROOM", 1)
    return folder


def test_memory_with_room_is_taken(memory: Path) -> None:
    assert scratch.folder() == str(memory)


def test_without_room_or_where_programs_may_not_start_it_is_the_disk(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = str(memory.parent)
    with monkeypatch.context() as patch:
        patch.setattr(scratch, "ROOM", 2**60)
        assert scratch.folder() == disk
    with monkeypatch.context() as patch:
        patch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_NOEXEC, f_bavail=2**40, f_frsize=4096))
        assert scratch.folder() == disk
    memory.rmdir()
    assert scratch.folder() == disk


def test_where_neither_is_there_python_chooses(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "ON_DISK", memory / "nowhere")
    memory.rmdir()
    assert scratch.folder() is None
