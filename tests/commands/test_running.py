"""`tracker run` and `serve` as a newcomer and an operator meet them: real processes, a real port, Ctrl-C."""

import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.commands.running import GIVEN, PATIENCE, SECRET, Browser, Instance, Started, children_of, health_of
from tests.fixtures.once import Words
from tracker.demo.people import SIGN_INS

BANNER = "Demonstration data"


def test_run_makes_a_council_serves_it_and_ends_quietly(instance: Instance) -> None:
    with instance.started("run") as first:
        first.answers_at(instance.url)
        assert instance.url in first.said
        assert [email for email, _ in SIGN_INS] == re.findall(r"\S+@demo\.example", first.said)
        password = _password(first.said)
        browser = Browser(instance.url)
        assert BANNER in browser.get("/").text
        home = browser.sign_in("worker@demo.example", password)
        assert "Asha Shah" in home.text
        assert BANNER in home.text
        first.send(signal.SIGINT)
        assert first.ends() in (0, 130)
        assert "Traceback" not in first.said
    entries = _entries(instance)
    with instance.started("run") as second:
        second.answers_at(instance.url)
        assert _password(second.said) == password
        assert _entries(instance) == entries, "what was there is kept, the newcomer's sign-in among it"
        second.send(signal.SIGTERM)
        assert second.ends() == 0


def test_run_starts_the_scheduler_too_and_ends_with_either(demonstration_instance: Instance) -> None:
    with demonstration_instance.started("run") as command:
        command.answers_at(demonstration_instance.url)
        until(lambda: health_of(demonstration_instance).get("well"))
        (scheduler,) = [pid for pid, words in children_of(command.process.pid).items() if "scheduler" in words]
        os.kill(scheduler, signal.SIGKILL)
        assert command.ends() == 1
        assert "The scheduler ended by itself, so everything was stopped." in command.said
        assert "Traceback" not in command.said
    until(lambda: not health_of(demonstration_instance))


def test_nothing_is_left_behind_where_run_is_killed(demonstration_instance: Instance) -> None:
    with demonstration_instance.started("run") as command:
        command.answers_at(demonstration_instance.url)
        left = children_of(command.process.pid)
        assert len(left) == 2, left
        command.process.kill()
        command.ends()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
    assert health_of(demonstration_instance) == {}


def test_a_demonstration_says_so_however_it_is_served(demonstration_instance: Instance) -> None:
    with demonstration_instance.started("serve", **SECRET) as server:
        server.answers_at(demonstration_instance.url)
        assert BANNER in Browser(demonstration_instance.url).get("/").text
        server.send(signal.SIGINT)
        assert server.ends() in (0, 130)
        assert "Traceback" not in server.said


def test_serving_makes_no_demonstration(prepared_instance: Instance) -> None:
    with prepared_instance.started("serve", **SECRET) as server:
        server.answers_at(prepared_instance.url)
        assert BANNER not in Browser(prepared_instance.url).get("/").text
        assert "demo.example" not in server.said
    assert _count(prepared_instance, "staff_member") == 0


def test_the_password_that_is_set_is_the_one(made_once: tuple[Path, Words]) -> None:
    assert _password(made_once[1]["said"]) == GIVEN


def test_the_trail_of_a_demonstration_verifies_and_replays(demonstration_instance: Instance) -> None:
    verified = demonstration_instance.call("audit", "verify")
    replayed = demonstration_instance.call("audit", "replay")
    assert (verified.returncode, replayed.returncode) == (0, 0), verified.stderr + replayed.stderr


def test_a_making_that_was_stopped_half_way_twice_is_made_whole_by_the_next(instance: Instance) -> None:
    for sent, status in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
        with instance.started("demo") as making:
            _wait_until_it_fills(instance, making)
            making.send(sent)
            assert making.ends() == status, making.said
            assert "Traceback" not in making.said
        assert _count(instance, "lawful_basis")
        assert _count(instance, "staff_member") == 0
    assert instance.call("demo").returncode == 0
    assert _count(instance, "staff_member") == len(SIGN_INS)
    assert _count(instance, "person") > 20


def until(so: Callable[[], object]) -> None:
    """Waits until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


def _wait_until_it_fills(instance: Instance, making: Started) -> None:
    """The rulebook is in, and somebody writes all the time: the council itself is made, which takes seconds."""

    def _fills() -> bool:
        assert making.process.poll() is None, making.said
        try:
            return bool(_count(instance, "lawful_basis")) and all(_is_being_written(instance) for _ in range(10))
        except sqlite3.OperationalError:
            return False

    until(_fills)


def _is_being_written(instance: Instance) -> bool:
    time.sleep(0.02)
    with closing(sqlite3.connect(instance.folder / "tracker.sqlite3", timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        connection.execute("ROLLBACK")
        return False


def _count(instance: Instance, table: str) -> int:
    database = instance.folder / "tracker.sqlite3"
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own name
    finally:
        connection.close()


def _entries(instance: Instance) -> int:
    return _count(instance, "audit_entry")


def _password(said: str) -> str:
    found = re.search(r"Password for all of them: (.+)", said)
    assert found is not None, said
    return found.group(1)
