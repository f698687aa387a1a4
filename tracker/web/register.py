"""Gives an application our templates, filters, headers and log. The first thing that it is given."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app

from tracker.config import Settings
from tracker.web import dates
from tracker.web.environment import use_our_templates
from tracker.web.fields.choices import revealing
from tracker.web.forms import as_asked
from tracker.web.logging import log_requests
from tracker.web.paging import page_links
from tracker.web.request import stop_reading
from tracker.web.security import name_requests, protect_answers, refuse_control_characters, request_id, script_nonce
from tracker.web.words import within_sentence

SERVICE = "Social media checks"


@dataclass(frozen=True)
class MenuItem:
    """A link in the navigation under the header."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What stands around a page for whoever is signed in; empty for nobody.

    `name` and `team` are shown in the header; `sign_out` is the address that the sign-out button posts to; `alarm` is what
    everybody must know at once, on every page; `council` is the council's name as it set it, "" for that of the settings.
    """

    name: str = ""
    team: str = ""
    settings: str = ""
    sign_out: str = ""
    menu: tuple[MenuItem, ...] = ()
    alarm: str = ""
    council: str = ""


def register_web(app: Flask) -> None:
    """Call it before anything else touches the application's templates, and `protect_forms` after the sign-in check.

    Reads the settings from `app.extensions["settings"]`.
    """
    settings: Settings = app.extensions["settings"]
    use_our_templates(app)
    name_requests(app)
    log_requests(app)
    protect_answers(app)
    refuse_control_characters(app)
    app.teardown_appcontext(stop_reading)
    surround_pages(app, Surroundings)
    env = app.jinja_env
    env.filters.update(_FILTERS)
    env.globals.update(
        council_name=settings.council_name,
        council_last_read=council_last_read,
        demonstration=settings.demonstration,
        service_name=SERVICE,
        page_links=page_links,
        request_id=request_id,
        revealing=revealing,
    )
    app.context_processor(lambda: {"cspNonce": script_nonce()})


def surround_pages(app: Flask, ask: Callable[[], Surroundings]) -> None:
    """Say what stands around every page. `ask` is called once a page; not for a page whose template sets `alone`."""
    app.jinja_env.globals["surroundings"] = ask


def keep_council(name: str) -> None:
    """Keeps the council's name as it was just read, for pages that must be shown when nothing can be read. Within a request."""
    current_app.extensions[_LAST_READ] = name


def council_last_read() -> str:
    """The name of the council that was last read in this process; that of the settings where none was. It reads no database."""
    settings: Settings = current_app.extensions["settings"]
    last_read: str = current_app.extensions.get(_LAST_READ, "")
    return last_read or settings.council_name


def council_shown() -> str:
    """The council's name as everybody sees it; "" where that is the one of the settings. Within a request."""
    around: Surroundings = current_app.jinja_env.globals["surroundings"]()  # type: ignore[operator]
    return around.council


_LAST_READ = "council_last_read"
"""Where an application keeps it: as long as its process, and no longer."""

_FILTERS: dict[str, Callable[..., object]] = {
    "day": dates.day_in_words,
    "weekday": dates.weekday_in_words,
    "instant": dates.in_words,
    "until": dates.end_in_words,
    "near": dates.near_in_words,
    "due": dates.due_in_words,
    "left": dates.time_left,
    "waited": dates.waited_in_words,
    "within_sentence": within_sentence,
    "as_asked": as_asked,
}
