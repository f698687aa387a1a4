"""What the simulator is given by whoever runs it, since it lies in the rooms that it must not know: two use-cases and the sweep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.storage.session import Database

Sweep = Callable[[Database, datetime], None]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """`link_records` and `add_family_link` are the product's services; `sweep` looks over what has happened by a moment."""

    link_records: Callable[..., Any]
    add_family_link: Callable[..., Any]
    sweep: Sweep
