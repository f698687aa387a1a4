"""The set-up does what is needed, once, and goes on where an interruption left it."""

from pathlib import Path

import pytest

from workshop import setup
from workshop.place import SetupError
from workshop.python_packages import pinned
from workshop.steps import Step


class Kitchen:
    """A step that bakes a cake from two files, and counts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.baked = 0
        self.burns = False
        (folder / "flour").write_text("white")
        (folder / "shelf").mkdir()
        (folder / "shelf" / "sugar").write_text("brown")

    def step(self, settings: str = "180 degrees") -> Step:
        """The step as it is declared anew in every run."""
        inputs = [self.folder / "flour", self.folder / "shelf"]
        cake = self.folder / "cake"
        return Step("Cake", inputs, settings, results=[cake], stamp=self.folder / "stamp", make=self._bake)

    def _bake(self) -> None:
        (self.folder / "cake").write_text("cake")
        if self.burns:
            raise SetupError("the oven is on fire.")
        self.baked += 1


@pytest.fixture
def kitchen(tmp_path: Path) -> Kitchen:
    """A kitchen in which the cake has been baked once."""
    kitchen = Kitchen(tmp_path)
    kitchen.step().run()
    assert kitchen.baked == 1
    return kitchen


def test_a_second_run_does_nothing_and_says_nothing(kitchen: Kitchen, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    kitchen.step().run()
    assert kitchen.baked == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("changed", ["flour", "shelf/sugar", "shelf/salt"])
def test_a_changed_or_added_input_does_the_step_again(kitchen: Kitchen, changed: str) -> None:
    (kitchen.folder / changed).write_text("another")
    kitchen.step().run()
    assert kitchen.baked == 2


def test_another_setting_does_the_step_again(kitchen: Kitchen) -> None:
    kitchen.step(settings="200 degrees").run()
    assert kitchen.baked == 2


def test_a_result_that_somebody_deleted_is_made_again(kitchen: Kitchen) -> None:
    (kitchen.folder / "cake").unlink()
    kitchen.step().run()
    assert kitchen.baked == 2


def test_a_step_that_failed_half_way_is_done_again_although_its_result_is_there(kitchen: Kitchen) -> None:
    kitchen.burns = True
    (kitchen.folder / "flour").write_text("another")
    with pytest.raises(SetupError):
        kitchen.step().run()
    kitchen.burns = False
    (kitchen.folder / "flour").write_text("white")
    kitchen.step().run()
    assert kitchen.baked == 2


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert setup.missing_from_this_python() == ""
    monkeypatch.setattr("sys.version_info", (3, 9, 18))
    assert "Python 3.11 or later is needed and this is 3.9.18" in setup.missing_from_this_python()


def test_a_python_without_its_venv_module_is_told_which_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    said = setup.missing_from_this_python()
    assert "apt install python3-venv" in said
    assert "\n" not in said


def test_only_the_lines_of_one_package_are_taken_from_the_lock_file() -> None:
    lock = "pip==1 \\\n    --hash=sha256:aa\nuv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n    # via x\nzope==3\n"
    assert pinned(lock, "uv") == "uv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    with pytest.raises(SetupError, match="flask is missing"):
        pinned(lock, "flask")
