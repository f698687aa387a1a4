"""Secrets that stay the same between starts, in files that only their owner can read."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tracker.demo.kept_secrets import find_secret, keep_secret, kept_secret


def test_a_secret_is_made_once_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "instance" / "secret_key"
    first = kept_secret(file)
    assert len(first) >= 48
    assert kept_secret(file) == first
    assert kept_secret(tmp_path / "instance" / "another") != first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: kept_secret(tmp_path / "secret_key"), range(40)))
    assert len(found) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"], "nothing else is left lying there"


def test_an_empty_file_left_by_an_interruption_is_filled(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.touch()
    assert find_secret(file) is None
    assert kept_secret(file) == find_secret(file)


def test_another_secret_takes_the_place_of_the_first(tmp_path: Path) -> None:
    file = tmp_path / "demo_password"
    assert find_secret(file) is None
    keep_secret(file, "one")
    keep_secret(file, "two")
    assert find_secret(file) == "two"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
