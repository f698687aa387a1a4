"""`/health`: for whoever watches the server. Open to anybody, and says nothing about anybody."""

from dataclasses import asdict

from flask import Blueprint

from tracker.access.decorators import public
from tracker.health.selectors import health_of
from tracker.web.request import database, now

pages = Blueprint("health", __name__)


@pages.get("/health")
@public()
def health() -> tuple[dict[str, object], int, dict[str, str]]:
    """200 where everything is as it must be, else 503; which part is not, in a word."""
    found = health_of(database(), now=now())
    return {"well": found.is_well, **asdict(found)}, 200 if found.is_well else 503, {"Cache-Control": "no-store"}
