"""The gallery, for whoever asks."""

import io
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.web.gallery import make_gallery
from tracker.web.logging import configure_logging


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What was logged."""
    stream = io.StringIO()
    configure_logging(stream)
    yield stream
    configure_logging()


@pytest.fixture(scope="session")
def gallery() -> Flask:
    """The gallery, made once: its templates are slow to read."""
    return make_gallery()


@pytest.fixture(scope="session")
def posting() -> Flask:
    """A gallery that takes posts without our token, for forms filled by hand."""
    app = make_gallery()
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def visitor(gallery: Flask, log: io.StringIO) -> FlaskClient:
    """Somebody at the gallery, without a browser."""
    return gallery.test_client()


@pytest.fixture(scope="session")
def gallery_url(gallery: Flask) -> Iterator[str]:
    """Where the gallery is served."""
    configure_logging(io.StringIO())
    server = make_server("127.0.0.1", 0, gallery, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    configure_logging()
