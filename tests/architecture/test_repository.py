"""What may not be in the repository, and what must be: it stands alone, on any machine, and stays readable."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workshop.place import ROOT

LONGEST_FILE = 400
EVERYTHING_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
LOCKS = {"requirements.txt", "assets/package-lock.json"}

REGISTRIES = re.compile(
    r"https?://[^\s\"']*(?:"
    r"py" + r"pi\.org|pythonhosted\.org|npm" + r"js\.(?:org|com)|yarnpkg\.com|jsdelivr\.net|unpkg\.com)"
    r"|--(?:extra-)?index-url|_auth[T]oken|registry\s*=\s*http",
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"(?<![\w.$}])/(?:work|root|home/\w+|Users/\w+|tmp/bash\w*|builds?/\w+)/[\w.-]")
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abp]-[A-Za-z0-9-]{10,}|\bsk-[A-Za-z0-9_-]{20,}"
    r"|\beyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}\."
    r"|(?i:(?:secret|password|token|key)\s*[=:]\s*[\"'][A-Za-z0-9+/_=-]{24,}[\"'])"
)


def tracked() -> list[str]:
    """Every file that git keeps, as a path from the top of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Every tracked text file with its content."""
    found = []
    for name in tracked():
        try:
            found.append((name, (ROOT / name).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """`file:line: what was found` for every line of every tracked text file."""
    return [
        f"{name}:{number}: {match.group()}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if (match := pattern.search(line))
    ]


def modules() -> list[Path]:
    """Every tracked Python file of the tracker itself; not the migrations, which are generated and then never change."""
    ours = [Path(name) for name in tracked() if name.startswith("tracker/") and name.endswith(".py")]
    return [module for module in ours if module.parent.name != "versions"]


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRIES) == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert lines_with(MACHINE_PATHS) == []


def test_no_file_holds_what_looks_like_a_secret() -> None:
    assert lines_with(SECRETS) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (REGISTRIES, "https://files.python" + "hosted.org/packages/a.whl"),
        (REGISTRIES, "--index" + "-url https://mirror.example/simple"),
        (REGISTRIES, '"resolved": "https://registry.npm' + 'js.org/sass"'),
        (MACHINE_PATHS, "see /ro" + "ot/notes.txt"),
        (MACHINE_PATHS, "path = '/home/" + "sam/tracker/x'"),
        (SECRETS, "-----BEGIN RSA PRIVATE" + " KEY-----"),
        (SECRETS, "SECRET_KEY" + " = 'c0ffee00c0ffee00c0ffee00c0ffee00'"),
    ],
)
def test_what_is_forbidden_would_be_found(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize("line", ["/home", "tracker/home/page", "{{ url }}/work/x", "https://www.gov.uk/root/x"])
def test_an_ordinary_path_is_not_taken_for_a_machines(line: str) -> None:
    assert not MACHINE_PATHS.search(line)


def test_both_lock_files_are_kept_and_hold_a_hash_for_every_package() -> None:
    assert set(tracked()) >= LOCKS
    pins = re.split(r"\n(?=\S)", (ROOT / "requirements.txt").read_text())
    assert [pin.split()[0] for pin in pins if not pin.startswith("#") and "--hash=sha256:" not in pin] == []
    lock = (ROOT / "assets/package-lock.json").read_text()
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')


def test_the_lock_file_holds_every_package_that_is_asked_for_in_a_version_that_is_allowed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked_for = [Requirement(line) for line in project["project"]["dependencies"] + project["dependency-groups"]["dev"]]
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    stale = [str(one) for one in asked_for if not one.specifier.contains(locked.get(canonicalize_name(one.name), "0"))]
    assert stale == [], "run `make lock`"


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {str(module): len((ROOT / module).read_text().splitlines()) for module in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_module_is_named_after_nothing() -> None:
    assert [str(module) for module in modules() if EVERYTHING_DRAWERS & {*module.parts, module.stem}] == []


def test_every_command_that_the_readme_names_exists() -> None:
    rules = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^\s*)make ([a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert {"run", "test"} <= named <= rules


def test_every_command_of_the_makefile_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text()
    rules = re.findall(r"^([a-z]+):.*$", makefile, re.MULTILINE)
    assert rules
    assert set(re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE)) == set(rules)
