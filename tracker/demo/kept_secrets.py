"""Secrets that a demonstration keeps in its instance folder, each in a file that only its owner can read."""

import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(file: Path, *, length: int = 48) -> str:
    """The secret kept in `file`, made of `length` random bytes where there is none yet."""
    return find_secret(file) or _first_to_keep(file, secrets.token_urlsafe(length))


def find_secret(file: Path) -> str | None:
    """The secret kept in `file`, or None."""
    try:
        return file.read_text().strip() or None
    except FileNotFoundError:
        return None


def keep_secret(file: Path, secret: str) -> None:
    """Keeps `secret` in `file`, in place of any that was there. Whoever reads at the same time finds the one or the other, whole."""
    written = _written_beside(file, secret)
    written.replace(file)


def _first_to_keep(file: Path, secret: str) -> str:
    """Keeps `secret` unless another process was quicker, and gives the one that is kept."""
    written = _written_beside(file, secret)
    try:
        file.hardlink_to(written)
    except FileExistsError:
        if find_secret(file) is None:  # an empty file, such as a full disk leaves
            keep_secret(file, secret)
    finally:
        written.unlink()
    return find_secret(file) or secret


def _written_beside(file: Path, secret: str) -> Path:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)  # only its owner can read it
    with os.fdopen(handle, "w") as written:
        written.write(secret)
    return Path(name)
