"""`tracker run` and `serve` as a newcomer and an operator meet them: real processes, a real port, Ctrl-C."""

import os
import re
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.commands.running import SECRET, Browser, Instance, children_of, health_of, password_in, until
from tests.commands.stopping import count_rows, leader_of
from tests.commands.visiting import Made
from tracker.cli import main
from tracker.demo.people import SIGN_INS

BANNER = "Demonstration data"
GIVEN = "windmills and lighthouses"


def test_run_makes_a_council_serves_it_and_ends_quietly(made_once: Made) -> None:
    first = made_once.visit
    assert first.url in first.first_said
    assert [email for email, _ in SIGN_INS] == re.findall(r"\S+@demo\.example", first.first_said)
    assert BANNER in first.front
    assert "Asha Shah" in first.home
    assert BANNER in first.home
    assert first.status in (0, 130)
    assert "Traceback" not in first.said


def test_a_second_run_keeps_what_was_there(made_once: Made, demonstration_instance: Instance) -> None:
    with demonstration_instance.started("run") as second:
        second.answers_at(demonstration_instance.url)
        assert password_in(second.said) == password_in(made_once.visit.said)
        kept = count_rows(demonstration_instance, "audit_entry")
        assert kept == made_once.visit.entries, "what was there is kept, the newcomer's sign-in among it"
        second.send(signal.SIGTERM)
        assert second.ends() == 0


def test_run_starts_the_scheduler_too_and_ends_with_either(demonstration_instance: Instance) -> None:
    before = leader_of(demonstration_instance)
    with demonstration_instance.started("run") as command:
        command.answers_at(demonstration_instance.url)
        until(lambda: leader_of(demonstration_instance) != before)
        assert health_of(demonstration_instance)["well"]
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


def test_serving_makes_no_demonstration_and_ends_quietly(prepared_instance: Instance) -> None:
    with prepared_instance.started("serve", **SECRET) as server:
        server.answers_at(prepared_instance.url)
        assert BANNER not in Browser(prepared_instance.url).get("/").text
        server.send(signal.SIGINT)
        assert server.ends() in (0, 130)
        assert "demo.example" not in server.said
        assert "Traceback" not in server.said
    assert count_rows(prepared_instance, "staff_member") == 0


def test_the_password_that_is_set_is_the_one(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Staff without any tales are made faster, and the same passwords are printed."""
    monkeypatch.setattr("tracker.demo.filling.TALES", ())
    monkeypatch.setattr("tracker.commands._end_at_once", signal.default_int_handler)  # Ctrl-C is for the tests here
    settings = {"TRACKER_DEMO_PASSWORD": GIVEN, "TRACKER_INSTANCE": str(instance.folder), "TRACKER_DATABASE_URL": ""}
    done = CliRunner().invoke(main, ["demo"], env=settings)
    assert (done.exit_code, done.stderr) == (0, "")
    assert [email for email, _ in SIGN_INS] == re.findall(r"\S+@demo\.example", done.stdout)
    assert password_in(done.stdout) == GIVEN


def test_the_trail_of_a_demonstration_verifies_and_replays(demonstration_instance: Instance) -> None:
    verified = demonstration_instance.call("audit", "verify")
    replayed = demonstration_instance.call("audit", "replay")
    assert (verified.returncode, replayed.returncode) == (0, 0), verified.stderr + replayed.stderr


def test_a_making_that_was_stopped_half_way_twice_is_made_whole_by_the_next(
    made_once: Made, demonstration_instance: Instance
) -> None:
    assert [one.status for one in made_once.stopped] == [130, -9], made_once.stopped
    for one in made_once.stopped:
        assert "Traceback" not in one.said
        assert one.lawful_bases
        assert one.staff == 0
    assert count_rows(demonstration_instance, "staff_member") == len(SIGN_INS)
    assert count_rows(demonstration_instance, "person") > 20
