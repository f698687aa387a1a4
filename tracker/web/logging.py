"""The log: one JSON line a request, for whoever runs the server. The audit trail is not the log.

No line holds a query, a form, a name or an error's own words: those may carry what was typed or a database's values.
"""

import sys
import time
import traceback
from pathlib import Path
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, has_request_context, request

from tracker.web.security import request_id

_ROOT = Path(__file__).resolve().parents[2]


def configure_logging(stream: TextIO | None = None) -> None:
    """Write the log as JSON lines to `stream`, the standard error stream by default."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=stream or sys.stderr),
        cache_logger_on_first_use=False,
    )


def log(event: str, **facts: Any) -> None:
    """One line, with the id of the request that is being answered, if one is. `facts` are ids, counts and kinds; never what a person
    typed or is called."""
    request_of = {"request_id": request_id()} if has_request_context() else {}
    structlog.get_logger().info(event, **facts, **request_of)


def log_failure(error: BaseException) -> None:
    """A line about an error, in a request or in a job: its kind and where it passed through our code, never its words."""
    log("failure", kind=type(error).__name__, where=_places(error))


def log_requests(app: Flask) -> None:
    """Log each request when it was answered, and each failure by its kind and place."""

    @app.before_request
    def _started() -> None:
        g.started_s = time.perf_counter()

    @app.after_request
    def _answered(response: Response) -> Response:
        took_ms = round((time.perf_counter() - g.get("started_s", time.perf_counter())) * 1000, 1)
        facts = {"method": request.method, "endpoint": request.endpoint, "status": response.status_code}
        log("request", **facts, ms=took_ms)
        return response

    def _unhandled(failure: Any) -> None:
        log_failure(failure[1])

    app.log_exception = _unhandled  # type: ignore[method-assign,assignment]


def _places(error: BaseException) -> list[str]:
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_ROOT / "tracker")
    ]
    return [f"{Path(f.filename).relative_to(_ROOT)}:{f.lineno} {f.name}" for f in ours]
