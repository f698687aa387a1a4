"""`tracker decide`: its answers, its errors, its exit codes, and that it needs nothing but the rules."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.policy.examples import as_json, view
from tests.policy.generated import likely_facts
from tracker.policy.decide import decide, decision_as_json
from tracker.policy.facts import facts_as_json, read_facts
from tracker.policy.limits import fingerprint, read_limits

TRACKER = [sys.executable, "-m", "tracker.cli"]
USED = view("2026-11-03T14:00:00Z")
GOOD = json.dumps(as_json())


def run(*arguments: str | Path, stdin: bytes | str = b"", **options: Any) -> subprocess.CompletedProcess[bytes]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    command = [*TRACKER, "decide", *map(str, arguments)]
    return subprocess.run(command, input=data, capture_output=True, timeout=60, check=False, **options)


def refused(done: subprocess.CompletedProcess[bytes], message: str) -> None:
    """Nothing on standard output, one line on standard error, exit 2."""
    assert done.stdout == b""
    assert done.stderr.decode().strip() == message
    assert done.returncode == 2


def test_the_decision_on_a_file_is_printed_as_json(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(GOOD)

    done = run(file)

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == decision_as_json(decide(read_facts(as_json())))
    assert run("-", stdin=GOOD).stdout == done.stdout


def test_the_decision_has_exactly_the_agreed_fields() -> None:
    answer = json.loads(run("-", stdin=json.dumps(as_json(account="personal", views=USED))).stdout)

    assert list(answer) == [
        "outcome",
        "footing",
        "stops",
        "footings",
        "conditions",
        "referral",
        "views_counted",
        "policy_version",
    ]
    assert [list(stop) for stop in answer["stops"]] == [["rule", "text", "source"]]
    assert [list(footing) for footing in answer["footings"]] == [["rule", "stands", "text", "source"]] * 9
    assert (answer["outcome"], answer["footing"], answer["views_counted"]) == ("refused", None, 1)


def test_a_blocked_check_is_an_answer_and_not_an_error() -> None:
    done = run("-", stdin=json.dumps(as_json(views=USED)))

    assert done.returncode == 0
    assert json.loads(done.stdout)["outcome"] == "blocked_legal_advice"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "facts: there is nothing to read"),
        (b"[]", "facts: an object is needed, not a list"),
        (b"\xff", "facts: this is not UTF-8 text (byte 1)"),
        (b'{"now": 1, "now": 2}', "now: this field stands twice in one object"),
        (json.dumps(as_json(new_event=1)).encode(), "request.new_event: true or false is needed, not a number"),
        (
            json.dumps({**as_json(), "colour\n": 1}).encode(),
            '"colour\\n": there is no such field',
        ),
    ],
)
def test_facts_that_cannot_be_read_are_one_line_naming_the_field(data: bytes, message: str) -> None:
    refused(run("-", stdin=data), message)


def test_a_file_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    missing = tmp_path / "no\nfile"
    refused(run(missing), f"{str(missing)!r} cannot be opened: No such file or directory")
    refused(run(tmp_path), f"{str(tmp_path)!r} cannot be opened: Is a directory")


def test_each_line_is_answered_in_order_and_a_bad_one_does_not_stop_the_rest() -> None:
    lines = [GOOD, "", "nonsense", json.dumps(as_json(views=USED)), '{"now": 1}', GOOD]

    done = run("--lines", "-", stdin="\r\n".join(lines))

    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [answer.get("outcome") for answer in answers] == [
        "permitted",
        None,
        None,
        "blocked_legal_advice",
        None,
        "permitted",
    ]
    assert answers[1] == {"error": "facts: there is nothing to read"}
    assert answers[4] == {"error": "request: this field is missing"}
    assert done.returncode == 2
    assert done.stderr.decode() == "3 of 6 lines could not be read\n"


def test_lines_that_can_all_be_read_end_well_and_none_at_all_do_too() -> None:
    assert run("--lines", "-", stdin=f"{GOOD}\n{GOOD}\n").returncode == 0
    assert run("--lines", "-", stdin="").returncode == 0


def test_each_line_is_answered_before_the_next_is_sent() -> None:
    command = [*TRACKER, "decide", "--lines", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write(GOOD.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["outcome"] == "permitted"
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text(f"{GOOD}\n" * 2000)
    command = [*TRACKER, "decide", "--lines", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 1


def test_an_answer_that_cannot_be_written_is_one_line_and_exit_1(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(GOOD)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*TRACKER, "decide", str(file)], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.stderr == b"the answer cannot be written: No space left on device\n"
    assert done.returncode == 1


def test_limits_from_a_file_are_used_and_named_in_the_answer(tmp_path: Path) -> None:
    limits = tmp_path / "limits.toml"
    limits.write_text("child_first_look_needs_approval = false\n")
    child = json.dumps(as_json(under_18=True))

    shipped = json.loads(run("-", stdin=child).stdout)
    own = json.loads(run("-", "--limits", limits, stdin=child).stdout)

    assert (shipped["outcome"], own["outcome"]) == ("needs_manager_approval", "permitted")
    release, version = own["policy_version"].split("+")
    assert shipped["policy_version"] == f"{release}+shipped"
    assert version == f"file:{fingerprint(read_limits({'child_first_look_needs_approval': False}))}"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (b"notice_view_limit = 11", "limits: notice_view_limit: a whole number from 1 to 10 is needed"),
        (b"notice_view_limit = true", "limits: notice_view_limit: a whole number from 1 to 10 is needed"),
        (b"non_ripa = 1", "limits: non_ripa: true or false is needed, not a number"),
        (b"[rules]\nnon_ripa = true", "limits: rules: there is no such limit"),
        (b"non_ripa = ", "limits: this is not TOML (Invalid value (at end of document))"),
        (b"\xff", "limits: this is not UTF-8 text"),
        (b"a = " + b"[" * 5000, "limits: the TOML is nested too deeply"),
        (b"notice_view_limit = " + b"1" * 5000, "limits: a number is too long to read"),
    ],
)
def test_limits_that_cannot_be_used_are_one_line(tmp_path: Path, toml: bytes, message: str) -> None:
    limits = tmp_path / "limits.toml"
    limits.write_bytes(toml)

    refused(run("-", "--limits", limits, stdin=GOOD), message)


def test_deciding_needs_no_settings_and_imports_no_web_framework_or_database() -> None:
    script = (
        "import sys\n"
        "from tracker.cli import main\n"
        "try:\n    main(['decide', '-'])\n"
        "except SystemExit as ended:\n    assert not ended.code, ended.code\n"
        "heavy = {'flask', 'sqlalchemy', 'sqlmodel', 'pydantic', 'pydantic_settings', 'jinja2', 'tracker.config'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    bare = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    done = subprocess.run(
        [sys.executable, "-c", script], input=GOOD.encode(), capture_output=True, timeout=60, check=False, env=bare
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_the_answer_is_the_same_whatever_the_locale_and_the_hash_seed() -> None:
    mixed = json.dumps(
        as_json(platforms=["x", "reddit", "facebook", "gaming"], code_factors=["builds_profile", "repeated_viewing"])
    )
    said = {
        run("-", stdin=mixed, env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "0"}).stdout
        for seed in ("1", "2")
        for locale in ("C", "C.UTF-8")
    }
    assert len(said) == 1


def test_every_one_of_many_lines_is_answered_in_its_place(tmp_path: Path) -> None:
    """How long 20,000 take is printed by `make bench`."""
    chance = random.Random(7)  # noqa: S311  a fixed series
    some = [json.dumps(facts_as_json(likely_facts(chance))) for _ in range(500)]
    file = tmp_path / "many.jsonl"
    file.write_text("".join(f"{line}\n" for line in some * 4))

    done = run("--lines", file)

    assert done.returncode == 0, done.stderr
    answers = done.stdout.splitlines()
    assert len(answers) == 2_000
    assert answers[:500] * 4 == answers
