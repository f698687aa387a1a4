"""What `tracker init`, `serve`, `demo` and `run` do when something is missing or in the way: one line, and nothing is made."""

import json
import socket
import subprocess
from pathlib import Path

import pytest

from tests.commands.running import SECRET, TRACKER, Instance
from tests.fixtures.postgres import APPLICATION, PostgresServer
from workshop.place import ROOT


def test_deciding_needs_no_instance_and_makes_none(instance: Instance, tmp_path: Path) -> None:
    example = str(ROOT / "docs" / "example-facts.json")
    done = subprocess.run(
        [TRACKER, "decide", example], env=instance.environment(), cwd=tmp_path, capture_output=True, check=True
    )
    assert "outcome" in json.loads(done.stdout)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", ["", "too short"])
def test_serving_is_refused_without_a_secret_key(instance: Instance, key: str) -> None:
    done = instance.call("serve", TRACKER_SECRET_KEY=key)
    assert _one_line(done) == 1
    assert "TRACKER_SECRET_KEY" in done.stderr
    assert not instance.folder.exists()


def test_serving_is_refused_on_a_database_without_migrations(instance: Instance) -> None:
    instance.folder.mkdir()
    done = instance.call("serve", **SECRET)
    assert _one_line(done) == 1
    assert "tracker init" in done.stderr


def test_serving_is_refused_where_there_is_no_database(instance: Instance) -> None:
    done = instance.call("serve", **SECRET)
    assert _one_line(done) == 1
    assert "database" in done.stderr
    assert not instance.folder.exists()


@pytest.mark.parametrize("words", ["serve", "run"])
def test_a_port_in_use_is_said_in_one_line_and_nothing_is_made(instance: Instance, words: str) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", instance.port))
        door.listen()
        done = instance.call(words, **SECRET)
    assert _one_line(done) == 1
    assert f"port {instance.port}" in done.stderr
    assert "TRACKER_PORT" in done.stderr
    assert not (instance.folder / "tracker.sqlite3").exists()


def test_a_database_that_does_not_answer_is_said_without_its_password(instance: Instance) -> None:
    url = "postgresql+psycopg://somebody:unrepeatable@127.0.0.1:1/nowhere"
    for words in ("init", "demo", "serve", "scheduler"):
        done = instance.call(words, TRACKER_DATABASE_URL=url, **SECRET)
        assert _one_line(done) == 1
        assert "unrepeatable" not in done.stdout + done.stderr


def test_a_setting_that_cannot_be_read_is_named(instance: Instance) -> None:
    done = instance.call("run", TRACKER_PORT="many")
    assert _one_line(done) == 1
    assert done.stderr.startswith("TRACKER_PORT:")


def test_a_database_is_its_owners_alone_in_a_folder_that_all_may_enter(instance: Instance) -> None:
    instance.folder.mkdir(mode=0o755)
    assert instance.call("init").returncode == 0
    assert (instance.folder / "tracker.sqlite3").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "address", ["postgres://a:unrepeatable@h/n", "postgresql+psycopg//x", "mysql://h/n", "postgresql+psycopg://h:x/n"]
)
def test_an_address_that_is_none_is_said_in_one_line(instance: Instance, address: str) -> None:
    cannot = {("init",): 1, ("audit", "verify"): 2}
    for words, status in cannot.items():
        done = instance.call(*words, TRACKER_DATABASE_URL=address)
        assert _one_line(done) == status
        assert done.stderr.startswith("TRACKER_DATABASE_URL: this is not the address of a database")
        assert "unrepeatable" not in done.stderr


def test_preparing_a_database_twice_is_the_same_as_once(prepared_instance: Instance) -> None:
    assert prepared_instance.call("init").returncode == 0
    assert "The trail holds: 2 entries." in prepared_instance.call("audit", "verify").stdout


def test_a_councils_own_database_takes_no_demonstration(prepared_instance: Instance) -> None:
    person = ("--email", "a.worker@northshire.example", "--name", "A Worker", "--job-title", "Social worker")
    assert prepared_instance.call("staff", "add", *person).returncode == 0
    for words in ("demo", "run"):
        done = prepared_instance.call(words)
        assert _one_line(done) == 1
        assert "staff of its own" in done.stderr


def test_on_postgresql_the_owner_prepares_and_a_role_that_owns_nothing_runs(
    instance: Instance, postgres_server: PostgresServer
) -> None:
    """As docs/operations.md says, by a role that owns the database and is no superuser."""
    person = ("--email", "a.worker@northshire.example", "--name", "A Worker", "--job-title", "Social worker")
    with postgres_server.owned() as (name, role):
        owner = {"TRACKER_DATABASE_URL": postgres_server.url_as(name, role)}
        application = {"TRACKER_DATABASE_URL": postgres_server.url_for_application(name)}
        assert instance.call("init", **owner).returncode == 0
        without = instance.call("serve", **SECRET, **application)
        assert _one_line(without) == 1
        assert f"`tracker init --grant-to {APPLICATION}`" in without.stderr
        for _ in range(2):
            granted = instance.call("init", "--grant-to", APPLICATION, **owner)
            assert granted.stdout.splitlines()[-1] == f"The role {APPLICATION} may do what the tracker needs."
        assert instance.call("staff", "add", *person, **application).returncode == 0
        assert instance.call("jobs", "run", "sessions-run-out", **application).returncode == 0
        assert _one_line(instance.call("init", "--grant-to", "somebody_else", **owner)) == 1


def test_on_postgresql_the_owner_is_warned_but_of_a_demonstration(
    instance: Instance, postgres_server: PostgresServer
) -> None:
    with postgres_server.owned() as (name, role):
        owner = {"TRACKER_DATABASE_URL": postgres_server.url_as(name, role)}
        assert instance.call("init", "--grant-to", APPLICATION, **owner).returncode == 0
        ran = instance.call("jobs", "run", "sessions-run-out", **owner)
        assert ran.returncode == 0
        assert ran.stderr.startswith(f"Warning: the role {role} owns the tables or is a superuser")
        assert "`tracker init --grant-to ROLE`" in ran.stderr
        for plain in (
            owner | {"TRACKER_DEMONSTRATION": "true"},
            {"TRACKER_DATABASE_URL": postgres_server.url_for_application(name)},
        ):
            assert instance.call("jobs", "run", "sessions-run-out", **plain).stderr == ""
        with instance.started("serve", **SECRET, **owner) as served:
            served.answers_at(f"{instance.url}/help")
            assert "Warning: the role" in served.said


def _one_line(done: "subprocess.CompletedProcess[str]") -> int:
    """The exit status of a command that said one line on standard error, and nothing else."""
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.returncode
