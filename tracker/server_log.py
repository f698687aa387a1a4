"""The log of the web server itself: that something went wrong, of which kind and where, and nothing of what was sent.

Gunicorn repeats a request line or header that it cannot read, and writes an error with its own words: both may hold a name.
"""

import sys
import traceback
from typing import Any

from gunicorn.glogging import Logger

CANNOT_BE_READ = "A request that cannot be read was refused: %s"
FAILED = "The server could not go on: %s at %s"


class ServerLog(Logger):  # type: ignore[misc]
    """Gunicorn's log. While an error is being dealt with, only its kind is written, and where it came from for one of the server's own."""

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """A warning; one about a request that cannot be read without anything of it."""
        error = sys.exc_info()[1]
        if error is None:
            super().warning(msg, *args, **kwargs)
        else:
            super().warning(CANNOT_BE_READ, type(error).__name__)

    def exception(self, msg: Any, *_: Any, **__: Any) -> None:
        """An error: its kind and the lines of code that it went through."""
        error = sys.exc_info()[1] or msg
        places = traceback.extract_tb(getattr(error, "__traceback__", None))
        where = ", ".join(f"{place.filename}:{place.lineno} {place.name}" for place in places)
        super().error(FAILED, type(error).__name__, where)
