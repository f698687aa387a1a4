"""Instances for the real commands."""

import json
import shutil
import signal
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tests.commands.running import GIVEN, Instance, free_port
from tests.commands.stopping import Stopped, stop_half_way
from tests.fixtures.once import Once, Words


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """An instance that is not there yet."""
    return Instance(tmp_path / "instance", free_port())


@pytest.fixture(scope="session")
def made_once(once: Once) -> tuple[Path, Words]:
    """The folder of an instance that `tracker demo` filled with the password `GIVEN`, and what it said.

    It was stopped half way twice before, which is the subject of one test and nothing to the others.
    """

    def _make(folder: Path) -> Words:
        instance = Instance(folder / "instance", free_port())
        stopped = [stop_half_way(instance, sent) for sent in (signal.SIGINT, signal.SIGKILL)]
        said = _called(folder, "demo", TRACKER_DEMO_PASSWORD=GIVEN)
        return {**said, "stopped": json.dumps([asdict(one) for one in stopped])}

    return once.made("demonstration-instance", _make)


@pytest.fixture
def stopped(made_once: tuple[Path, Words]) -> list[Stopped]:
    """The makings of it that were stopped half way."""
    return [Stopped(**one) for one in json.loads(made_once[1]["stopped"])]


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
