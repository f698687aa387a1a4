"""The real commands, each a process of its own in an instance of the test's own, with no setting of the machine's."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

from tests.fixtures.html import Element, forms_of, parse
from workshop.place import VENV

PATIENCE = 120  # seconds; a busy machine takes long to start one process
TRACKER = str(VENV / "bin" / "tracker")
SECRET = {"TRACKER_SECRET_KEY": "a key that only the tests know, and long enough"}


@dataclass(frozen=True)
class Instance:
    """An instance folder, and the settings with which commands are run on it."""

    folder: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where a server of it answers."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **more: str) -> dict[str, str]:
        """The machine's environment with these settings and no other of the tracker's."""
        machine = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
        own = {"TRACKER_INSTANCE": str(self.folder), "TRACKER_PORT": str(self.port)}
        return machine | own | self.settings | more

    def call(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Runs a command to its end; `more` are settings."""
        return subprocess.run(
            [TRACKER, *words], env=self.environment(**more), capture_output=True, text=True, timeout=PATIENCE, check=False
        )  # fmt: skip

    @contextmanager
    def started(self, *words: str, **more: str) -> Iterator["Started"]:
        """Starts a command as a terminal would, in a group of processes of its own; ends what is left of it."""
        said = self.folder.parent / f"said-{time.monotonic_ns()}"
        with said.open("w") as output:
            process = subprocess.Popen(
                [TRACKER, *words], env=self.environment(**more), stdout=output, stderr=output, start_new_session=True
            )
        started = Started(process, said)
        try:
            yield started
        finally:
            if process.poll() is None:
                started.send(signal.SIGKILL)
                process.wait(PATIENCE)


@dataclass(frozen=True)
class Started:
    """A command that runs."""

    process: "subprocess.Popen[bytes]"
    said_file: Path

    @property
    def said(self) -> str:
        """All that it has printed."""
        return self.said_file.read_text()

    def send(self, sent: signal.Signals) -> None:
        """A signal to the whole group, as Ctrl-C in a terminal is."""
        os.killpg(self.process.pid, sent)

    def ends(self) -> int:
        """Waits for its end, and gives the exit status."""
        return self.process.wait(PATIENCE)

    def answers_at(self, url: str) -> None:
        """Waits until its server answers."""
        deadline = time.monotonic() + PATIENCE
        while not _answers(url):
            assert self.process.poll() is None, f"It ended with {self.process.returncode}:\n{self.said}"
            assert time.monotonic() < deadline, f"It did not answer:\n{self.said}"
            time.sleep(0.1)


class Browser:
    """Somebody with cookies at a real server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Element:
        """Opens a page."""
        return self._open(urllib.request.Request(self.url + path))  # noqa: S310 - our own server

    def sign_in(self, email: str, password: str) -> Element:
        """Signs in through the page, and gives the page that follows."""
        form = forms_of(self.get("/sign-in"))[0]
        values = {**form.values, "email": [email], "password": [password]}
        posted = urllib.parse.urlencode(values, doseq=True).encode()
        return self._open(urllib.request.Request(f"{self.url}/sign-in", data=posted))  # noqa: S310 - our own server

    def _open(self, request: urllib.request.Request) -> Element:
        with self._opener.open(request, timeout=PATIENCE) as answer:
            return parse(answer.read().decode())


def until(so: Callable[[], object]) -> None:
    """Waits until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


def password_in(said: str) -> str:
    """The password of a demonstration's sign-ins, out of what `run` or `demo` printed."""
    found = re.search(r"Password for all of them: (.+)", said)
    assert found is not None, said
    return found.group(1)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def health_of(instance: Instance) -> dict[str, object]:
    """What its `/health` says, well or not; empty where no server answers."""
    try:
        with urllib.request.urlopen(f"{instance.url}/health", timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return dict(json.load(answer))
    except urllib.error.HTTPError as answer:
        with answer:
            return dict(json.load(answer))
    except OSError:
        return {}


def children_of(parent: int) -> dict[int, str]:
    """The processes that a process started, and the words that each was started with."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found[int(stat.parent.name)] = (stat.parent / "cmdline").read_text().replace("\0", " ")
        except (OSError, ValueError):
            continue
    return found


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE):  # noqa: S310 - our own server
            return True
    except urllib.error.HTTPError as answer:
        answer.close()
        return True
    except OSError:
        return False
