"""What the server processes of the race serve: the application, by a clock that runs, with and without its locks."""

import gc
import os
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from tests.fixtures.council import START
from tests.fixtures.settling import FAST
from tracker.app import create_app
from tracker.web.logging import configure_logging

BEGAN = "RACE_BEGAN"
"""The setting that holds when the race began, in seconds since 1970: all processes count from `START` at that moment."""


def time_in_race(began: float) -> datetime:
    """The time in a race that began then, in seconds since 1970."""
    return START + timedelta(seconds=time.time() - began)


def clock() -> datetime:
    """The time in the race."""
    return time_in_race(float(os.environ[BEGAN]))


def application() -> Flask:
    """The application as it is."""
    configure_logging()
    served = create_app(clock=clock, passwords=FAST)
    gc.freeze()  # what is loaded by now is not looked through for garbage again
    gc.set_threshold(20_000, 20, 20)
    return served


def application_without_locks() -> Flask:
    """The control: nothing is locked for anybody."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("tracker.") and hasattr(module, "take_locks"):
            module.take_locks = _take_nothing  # type: ignore[attr-defined]
    return application()


def _take_nothing(*_: Any) -> None:
    return None
