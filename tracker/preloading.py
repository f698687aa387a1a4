"""What gunicorn imports before it forks its processes, so that what they have in common is loaded once and lies in memory once.

The application is made in each process after that: a connection to the database must not be shared. What is loaded stays loaded, so
nothing looks through it for garbage: not while it is loaded, which takes a tenth longer, and in no process afterwards, which
would also copy the memory that they share.
"""

import gc

gc.disable()
import tracker.app  # noqa: E402, F401 - to have it loaded
from tracker.server_log import ServerLog  # noqa: E402

logger_class = ServerLog
"""Read by gunicorn, whose settings are in this module."""

gc.collect()
gc.freeze()
gc.enable()
