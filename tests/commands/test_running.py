"""`tracker run` and `serve` as a newcomer and an operator meet them: real processes, a real port, Ctrl-C."""

import os
import re
import signal
from pathlib import Path

from tests.commands.running import GIVEN, SECRET, Browser, Instance, children_of, health_of, until
from tests.commands.stopping import Stopped, count_rows
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
    assert count_rows(prepared_instance, "staff_member") == 0


def test_the_password_that_is_set_is_the_one(made_once: tuple[Path, Words]) -> None:
    assert _password(made_once[1]["said"]) == GIVEN


def test_the_trail_of_a_demonstration_verifies_and_replays(demonstration_instance: Instance) -> None:
    verified = demonstration_instance.call("audit", "verify")
    replayed = demonstration_instance.call("audit", "replay")
    assert (verified.returncode, replayed.returncode) == (0, 0), verified.stderr + replayed.stderr


def test_a_making_that_was_stopped_half_way_twice_is_made_whole_by_the_next(
    demonstration_instance: Instance, stopped: list[Stopped]
) -> None:
    assert [one.status for one in stopped] == [130, -9], stopped
    for one in stopped:
        assert "Traceback" not in one.said
        assert one.lawful_bases
        assert one.staff == 0
    assert count_rows(demonstration_instance, "staff_member") == len(SIGN_INS)
    assert count_rows(demonstration_instance, "person") > 20


def _entries(instance: Instance) -> int:
    return count_rows(instance, "audit_entry")


def _password(said: str) -> str:
    found = re.search(r"Password for all of them: (.+)", said)
    assert found is not None, said
    return found.group(1)
