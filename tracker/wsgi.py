"""What the web server imports."""

from tracker.app import create_app
from tracker.web.logging import configure_logging

configure_logging()
application = create_app()
