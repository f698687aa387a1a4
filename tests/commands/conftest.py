"""Instances for the real commands."""

import shutil
from pathlib import Path

import pytest

from tests.commands.running import Instance, free_port


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """An instance that is not there yet."""
    return Instance(tmp_path / "instance", free_port())


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an instance that `tracker demo` filled."""
    made = Instance(tmp_path_factory.mktemp("made") / "instance", free_port())
    done = made.call("demo")
    assert done.returncode == 0, done.stderr
    return made.folder


@pytest.fixture
def demonstration_instance(made_once: Path, instance: Instance) -> Instance:
    """A copy of it, of the test's own."""
    shutil.copytree(made_once, instance.folder)
    return instance
