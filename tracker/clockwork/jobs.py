"""What a scheduled job is. A room defines its jobs in its own `jobs.py`; `tracker/scheduler.py` says when each runs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlmodel import Session

Item = TypeVar("Item")


@dataclass(frozen=True)
class Job(Generic[Item]):
    """Something done at set times, item by item, each in a transaction of its own.

    `name`: short and stable, at most 40 characters (`outcomes-due`). `words`: what it does, for the screen, no full stop.
    `items(session, now)`: what there is to do now, read in a session that refuses to write: keys, never rows.
    `do(session, item, now)`: does one of them. It must be idempotent: killed at any statement or run twice, what it leaves is
    the same. It reads again what it relies on, since time has passed since `items`.
    `after(session, items, now)`: done last, where every item was done and none failed: what says up to where all is done.
    """

    name: str
    words: str
    items: Callable[[Session, datetime], Iterable[Item]]
    do: Callable[[Session, Item, datetime], Any]
    after: Callable[[Session, Sequence[Item], datetime], Any] | None = None


def whole(name: str, words: str, do: Callable[[Session, datetime], Any]) -> Job[None]:
    """A job of one item: everything in one transaction. For what is small, such as keeping a list of tasks right."""
    return Job(name, words, items=lambda session, now: (None,), do=lambda session, item, now: do(session, now))
