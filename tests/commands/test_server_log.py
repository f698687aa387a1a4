"""What the web server itself writes when something is wrong with a request: never what was sent."""

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from gunicorn.config import Config

from tests.commands.running import SECRET, Instance, Started
from tracker.server_log import CANNOT_BE_READ, ServerLog

NAME = "Secretname"
UNREADABLE = {
    "InvalidHTTPVersion": f"GET /people?q=Example {NAME} HTTP/1.1\r\n\r\n",
    "InvalidRequestLine": f"{NAME}\r\n\r\n",
    "InvalidRequestMethod": f"{NAME}({NAME}) / HTTP/1.1\r\n\r\n",
    "InvalidHeaderName": f"GET / HTTP/1.1\r\nHost: a\r\nExample {NAME}: a\r\n\r\n",
    "InvalidHeader": f"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: {NAME}\r\n\r\n",
    "UnsupportedTransferCoding": f"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {NAME}\r\n\r\n",
    "LimitRequestLine": f"GET /{NAME * 1000} HTTP/1.1\r\n\r\n",
    "LimitRequestHeaders": f"GET / HTTP/1.1\r\nHost: a\r\n{NAME}: {NAME * 1000}\r\n\r\n",
}


@pytest.fixture
def server(prepared_instance: Instance) -> Iterator[Started]:
    """The tracker as it is served."""
    with prepared_instance.started("serve", **SECRET) as started:
        started.answers_at(prepared_instance.url)
        yield started


def test_a_request_that_cannot_be_read_is_logged_by_what_is_wrong_with_it_alone(
    prepared_instance: Instance, server: Started
) -> None:
    for kind, sent in UNREADABLE.items():
        answered = ask(prepared_instance.port, sent)
        assert re.match(r"HTTP/1.1 (4\d\d|501) ", answered), (kind, answered)
    for kind in UNREADABLE:
        until_said(server, CANNOT_BE_READ % kind)
    assert NAME.lower() not in server.said.lower()


def ask(port: int, sent: str) -> str:
    """The beginning of what a server answers to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as door:
        door.sendall(sent.encode())
        return door.recv(1000).decode()


def until_said(server: Started, words: str) -> None:
    """Waits until the server has written these words."""
    deadline = time.monotonic() + 20
    while words not in server.said:
        assert time.monotonic() < deadline, f"{words!r} is not in:\n{server.said}"
        time.sleep(0.05)


def test_an_error_of_the_servers_own_is_logged_by_its_kind_and_place(tmp_path: Path) -> None:
    settings = Config()
    settings.set("errorlog", str(tmp_path / "log"))
    log = ServerLog(settings)
    try:
        raise RuntimeError(NAME)
    except RuntimeError:
        log.exception("Error handling request %s", NAME)
    log.warning("Worker %s was stopped", 7)
    said = (tmp_path / "log").read_text()
    assert "RuntimeError at " in said
    assert "test_server_log.py:" in said
    assert "Worker 7 was stopped" in said
    assert NAME not in said
