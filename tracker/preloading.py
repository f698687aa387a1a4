"""What gunicorn imports before it forks its processes, so that what they have in common is loaded once and lies in memory once.

The application is made in each process after that: a connection to the database must not be shared. What is loaded by now stays
loaded, so no process looks through it for garbage again, which would also copy the memory that they share.
"""

import gc

import tracker.app  # noqa: F401 - to have it loaded

gc.collect()
gc.freeze()
