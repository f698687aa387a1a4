"""Instances for the real commands."""

import json
import shutil
import signal
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tests.commands.running import Instance, free_port
from tests.commands.stopping import Stopped, stop_half_way
from tests.commands.visiting import Made, Visit, visit
from tests.fixtures.once import Once, Words


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """An instance that is not there yet."""
    return Instance(tmp_path / "instance", free_port())


@pytest.fixture(scope="session")
def made_once(once: Once) -> Made:
    """The one demonstration of these tests. To make it is the subject of some of them, and takes too long to be done twice."""

    def _make(folder: Path) -> Words:
        instance = Instance(folder / "instance", free_port())
        stopped = [stop_half_way(instance, "run", signal.SIGINT), stop_half_way(instance, "demo", signal.SIGKILL)]
        return {"stopped": json.dumps([asdict(one) for one in stopped]), "visit": json.dumps(asdict(visit(instance)))}

    folder, words = once.made("demonstration-instance", _make)
    return Made(folder, [Stopped(**one) for one in json.loads(words["stopped"])], Visit(**json.loads(words["visit"])))


@pytest.fixture
def demonstration_instance(made_once: Made, instance: Instance) -> Instance:
    """A copy of it, of the test's own."""
    return _copied(made_once.folder, instance)


@pytest.fixture
def prepared_instance(once: Once, instance: Instance) -> Instance:
    """An instance that `tracker init` prepared, of the test's own."""
    made, _ = once.made("prepared-instance", _prepare)
    return _copied(made, instance)


def _copied(made: Path, instance: Instance) -> Instance:
    """One process answers for it: how many there are by default is seen of an instance that is not there yet."""
    shutil.copytree(made / "instance", instance.folder)
    return replace(instance, settings={"TRACKER_WORKERS": "1"})


def _prepare(folder: Path) -> Words:
    done = Instance(folder / "instance", free_port()).call("init")
    assert done.returncode == 0, done.stderr
    return {"said": done.stdout}
