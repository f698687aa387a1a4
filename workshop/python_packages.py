"""`.venv`: an environment of this checkout's own, filled from `requirements.txt`, where every package has its hash."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from workshop.place import PYTHON, REQUIREMENTS, ROOT, VENV, SetupError, call, tool_environment
from workshop.steps import Step

UV = VENV / "bin" / "uv"
FEATURE = ".".join(str(part) for part in sys.version_info[:2])
HOME = VENV / ".made-for"


def python_packages() -> Step:
    """The step that makes `.venv`; done again for another Python, another place or other packages."""
    return Step(
        title="Python packages",
        inputs=[REQUIREMENTS, ROOT / "pyproject.toml"],
        settings=_whose(),
        results=[PYTHON, UV, VENV / "bin" / "tracker"],
        stamp=VENV / ".stamp",
        make=_make,
    )


def pinned(requirements: str, name: str) -> str:
    """The lines of one package in a requirements file: its version and its hashes.

    Raises:
        SetupError: the package is not among them.
    """
    lines: list[str] = []
    for line in requirements.splitlines():
        if line.startswith(f"{name}==") or (lines and line.startswith("    --hash=")):
            lines.append(line)
        elif lines:
            return "\n".join(lines) + "\n"
    if not lines:
        raise SetupError(f"{name} is missing from requirements.txt.")
    return "\n".join(lines) + "\n"


def _whose() -> str:
    return f"{FEATURE} {ROOT}"


def _make() -> None:
    if not HOME.is_file() or HOME.read_text() != _whose():
        call(sys.executable, "-m", "venv", "--clear", VENV)
        HOME.write_text(_whose())
    environment = _uv_environment()
    _install_uv()
    sync: list[str | Path] = [
        "pip",
        "sync",
        "--quiet",
        "--compile-bytecode",
        "--python",
        PYTHON,
        "--only-binary",
        ":all:",
    ]
    call(UV, *sync, "--require-hashes", REQUIREMENTS, environment=environment)
    itself: list[str | Path] = ["pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--no-build-isolation"]
    call(UV, *itself, "--editable", ROOT, environment=environment)


def _install_uv() -> None:
    """uv by pip, because pip is what a bare machine has; everything else by uv, which is many times quicker."""
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.txt"
        only_uv.write_text(pinned(REQUIREMENTS.read_text(), "uv"))
        quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
        call(PYTHON, "-m", "pip", "install", *quiet, "--no-deps", "--require-hashes", "-r", only_uv)


def _uv_environment() -> dict[str, str]:
    """A machine that points pip at an index of its own means uv too."""
    environment = tool_environment()
    environment.pop("VIRTUAL_ENV", None)
    if not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & environment.keys():
        index = os.environ.get("PIP_INDEX_URL") or _pip_index()
        if index:
            environment["UV_DEFAULT_INDEX"] = index
    return environment


def _pip_index() -> str:
    words = [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"]
    asked = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return asked.stdout.strip() if asked.returncode == 0 else ""
