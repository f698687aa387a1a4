"""What the processes of a run share is made by one of them, whole."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tests.fixtures.once import Once


def test_of_several_that_need_it_at_one_time_one_makes_it(tmp_path: Path) -> None:
    made: list[Path] = []
    together = Barrier(4)

    def _make(folder: Path) -> dict[str, str]:
        made.append(folder)
        (folder / "file").write_text("whole")
        return {"number": str(len(made))}

    def _need(_: int) -> tuple[str, str]:
        together.wait()
        folder, words = Once(tmp_path).made("zz", _make)
        return (folder / "file").read_text(), words["number"]

    with ThreadPoolExecutor(4) as several:
        assert list(several.map(_need, range(4))) == [("whole", "1")] * 4
    assert len(made) == 1
    assert Once(tmp_path).made("another", _make)[1] == {"number": "2"}


def test_what_failed_halfway_is_made_anew(tmp_path: Path) -> None:
    def _fail(folder: Path) -> dict[str, str]:
        (folder / "file").write_text("half")
        raise OSError("the disk is full")

    def _make(folder: Path) -> dict[str, str]:
        assert not list(folder.iterdir())
        return {}

    with pytest.raises(OSError, match="the disk is full"):
        Once(tmp_path).made("zz", _fail)
    assert Once(tmp_path).made("zz", _make)[1] == {}
