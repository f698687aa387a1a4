"""Where the tests' files lie while they run: in memory where there is room, since nearly all their time on a disk goes
into waiting for it to say that it has written what is thrown away a moment later."""

from __future__ import annotations

import os
from pathlib import Path

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes private folders in it
ON_DISK = Path("/tmp")  # noqa: S108 - the same
ROOM = 2 * 1024**3
"""Bytes that must be free, in the folder and of the machine's memory: a whole run takes less than half."""


def folder() -> str | None:
    """The folder to make temporary folders in; its name is short. None: Python's own choice."""
    found = [folder for folder in (IN_MEMORY, ON_DISK) if os.access(folder, os.W_OK | os.X_OK)]
    roomy = [folder for folder in found if folder != IN_MEMORY or _is_roomy(folder)]
    return str(roomy[0]) if roomy else None


def _is_roomy(folder: Path) -> bool:
    """Whether the folder is in memory with room to spare, and programs may be started from it."""
    filled = os.statvfs(folder)
    started = not filled.f_flag & os.ST_NOEXEC  # as root, PostgreSQL is started from a copy
    return started and filled.f_bavail * filled.f_frsize >= ROOM and _free_memory() >= 2 * ROOM


def _free_memory() -> int:
    """Bytes of memory that can be had without swapping; 0 where nobody says."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 0
    kibibytes = [int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")]
    return 1024 * sum(kibibytes)
