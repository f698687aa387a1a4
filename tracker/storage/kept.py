"""What a page has read once it need not read again: its session sees one moment, and refuses to write.

Only sessions of `Database.reading()` keep anything, and a transaction within `only_reading`. A transaction may write, may wait for
locks, and what it decides must be read anew each time it is asked for.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar, cast

from sqlmodel import Session

Read = TypeVar("Read")
Key = TypeVar("Key", bound=Hashable)

_KEPT = "kept"


def keep_what_is_read(session: Session) -> None:
    """From now on `kept` keeps for this session. Only for one that sees one moment and cannot write."""
    session.info[_KEPT] = {}


def forget_what_was_read(session: Session) -> None:
    """From now on `kept` reads anew for this session."""
    session.info.pop(_KEPT, None)


def keeps(session: Session) -> bool:
    """Whether what is read in this session is kept."""
    return _KEPT in session.info


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


def kept_each(
    session: Session, name: str, wanted: Iterable[Key], read: Callable[[list[Key]], Mapping[Key, Read]]
) -> dict[Key, Read]:
    """What `read` gives for each of `wanted`; in a reading session only those are read that were not asked for before.

    So whoever goes through a list reads all that it rests on in one go, and the questions about each of it find that kept.
    `name` is the selector's; whatever else the answer depends on is part of each key.
    """
    keys = list(dict.fromkeys(wanted))
    found: dict[tuple[Hashable, ...], object] | None = session.info.get(_KEPT)
    if found is None:
        return dict(read(keys)) if keys else {}
    missing = [key for key in keys if (name, key) not in found]
    if missing:
        found.update(((name, key), one) for key, one in read(missing).items())
    return {key: cast(Read, found[name, key]) for key in keys}
