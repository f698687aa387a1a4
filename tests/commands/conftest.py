"""Instances for the real commands."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands.running import GIVEN, Instance, free_port
from tests.fixtures.once import Once, Words


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """An instance that is not there yet."""
    return Instance(tmp_path / "instance", free_port())


@pytest.fixture(scope="session")
def made_once(once: Once) -> tuple[Path, Words]:
    """The folder of an instance that `tracker demo` filled with the password `GIVEN`, and what it said."""
    return once.made("demonstration-instance", lambda folder: _called(folder, "demo", TRACKER_DEMO_PASSWORD=GIVEN))


@pytest.fixture
def demonstration_instance(made_once: tuple[Path, Words], instance: Instance) -> Instance:
    """A copy of it, of the test's own."""
    return _copied(made_once[0], instance)


@pytest.fixture
def prepared_instance(once: Once, instance: Instance) -> Instance:
    """An instance that `tracker init` prepared, of the test's own."""
    made, _ = once.made("prepared-instance", lambda folder: _called(folder, "init"))
    return _copied(made, instance)


def _copied(made: Path, instance: Instance) -> Instance:
    """One process answers for it: how many there are by default is seen of an instance that is not there yet."""
    shutil.copytree(made / "instance", instance.folder)
    return replace(instance, settings={"TRACKER_WORKERS": "1"})


def _called(folder: Path, command: str, **settings: str) -> dict[str, str]:
    done = Instance(folder / "instance", free_port()).call(command, **settings)
    assert done.returncode == 0, done.stderr
    return {"said": done.stdout}
