"""What a page has read once it need not read again: its session sees one moment, and refuses to write.

Only sessions of `Database.reading()` keep anything. A transaction may write, may wait for locks, and what it decides must be read
anew each time it is asked for.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from sqlmodel import Session

Read = TypeVar("Read")

_KEPT = "kept"


def keep_what_is_read(session: Session) -> None:
    """From now on `kept` keeps for this session. Only for one that sees one moment and cannot write."""
    session.info[_KEPT] = {}


def kept(session: Session, key: tuple[Hashable, ...], read: Callable[[], Read]) -> Read:
    """What `read` gives; in a reading session what it gave the first time under this key.

    The key begins with the selector's name and holds every argument that the answer depends on. What is kept is shared by all who
    ask for it: it must be something that nobody changes.
    """
    found: dict[tuple[Hashable, ...], object] | None = session.info.get(_KEPT)
    if found is None:
        return read()
    if key not in found:
        found[key] = read()
    return cast(Read, found[key])
