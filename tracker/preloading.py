"""What gunicorn imports before it forks its processes, so that what they have in common is loaded once and lies in memory once.

The application is made in each process after that: a connection to the database must not be shared.
"""

import tracker.app  # noqa: F401 - to have it loaded
