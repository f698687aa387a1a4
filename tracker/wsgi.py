"""What the web server imports."""

from tracker.app import create_app

application = create_app()
