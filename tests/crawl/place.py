"""An application at a real address, on a database of its own, and a browser that is shown what it answered."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from flask import Flask
from playwright.sync_api import Browser
from pydantic import SecretStr
from werkzeug.serving import make_server

from tests.crawl.soundness import Eye
from tests.fixtures.browser import Watch, new_context
from tests.fixtures.council import Clock, Council
from tests.fixtures.hand import Hand
from tests.fixtures.live import Quiet
from tests.fixtures.rehearsal import NOW
from tests.fixtures.settling import FAST
from tests.fixtures.visitor import COMPILED, Page, Visitor
from tracker.app import create_app
from tracker.config import Settings
from tracker.staff.models import StaffMember

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse


class Shelf:
    """The application; an answer that was put on the shelf is given once more as it came, headers and all.

    So the browser shows just what somebody was answered, a form's errors too, and nothing is worked out twice.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._kept: dict[str, Page] = {}

    def put(self, page: Page) -> None:
        """The next who asks for this address gets this answer."""
        self._kept[page.address] = page

    def is_empty(self) -> bool:
        """Whether everything was fetched."""
        return not self._kept

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Answers one request."""
        query = environ["QUERY_STRING"]
        page = self._kept.pop(environ["PATH_INFO"] + (f"?{query}" if query else ""), None)
        if page is None:
            return self._app(environ, start_response)
        start_response(page.response.status, [one for one in page.response.headers if one[0] != "Set-Cookie"])
        return [page.response.data]


@dataclass
class Place:
    """An application that answers at `address`, on a database of its own, by `clock`."""

    app: Flask
    address: str
    clock: Clock
    council: Council
    records: Mapping[str, str]
    shelf: Shelf
    browser: Browser
    hand_in: Callable[[Browser], Hand]
    watches: list[Watch]

    def stranger(self) -> Hand:
        """Somebody in a browser of their own."""
        return self.hand_in(self.browser)

    def sign_in(self, member: StaffMember) -> Hand:
        """Somebody signed in, in a browser of their own."""
        return self.stranger().sign_in(member)

    def enter(self, member: StaffMember) -> Visitor:
        """Somebody signed in who needs no browser."""
        visitor = Visitor(self.app)
        assert visitor.sign_in(member).path == "/", member.email
        return visitor

    def screen(self, undrawn: Browser) -> "Screen":
        """One window of the browser for all that is shown from the shelf."""
        return Screen(self.hand_in(undrawn), self.shelf)

    def faults(self) -> list[str]:
        """What the browsers saw go wrong."""
        return [fault for watch in self.watches for fault in watch.faults()]


class Screen:
    """Opens answers in the browser, at their own address, and looks at them."""

    def __init__(self, hand: Hand, shelf: Shelf) -> None:
        self._hand = hand
        self._shelf = shelf
        self._eye = Eye(hand.page)

    def faults_of(self, page: Page, endpoint: str) -> list[str]:
        """Everything that is wrong with the page."""
        self._shelf.put(page)
        self._hand.open(page.address)
        assert self._shelf.is_empty(), f"the browser did not fetch {page.address}"
        return self._eye.faults(endpoint)


@contextmanager
def opened_place(path: Path, instance: Path, browser: Browser, records: Mapping[str, str]) -> Iterator[Place]:
    """The application on the database file at `path`; `records` are the references in it, by name."""
    clock = Clock(NOW)
    settings = Settings(
        instance=instance,
        database_url=f"sqlite:///{path}",
        secret_key=SecretStr("a key that only the tests know, and long enough"),
        insecure_cookies=True,
        council_name="Northshire Council",
    )
    app = create_app(settings, clock=clock, passwords=FAST)
    for environment in (app.jinja_env, getattr(app.jinja_env, "_forgiving", app.jinja_env)):
        environment.bytecode_cache = COMPILED
    shelf = Shelf(app)
    server = make_server("127.0.0.1", 0, shelf, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    watches: list[Watch] = []
    with ExitStack() as open_contexts:

        def hand_in(browser: Browser) -> Hand:
            context = new_context(browser)
            open_contexts.callback(context.close)
            watches.append(Watch(context))
            return Hand(context.new_page(), address)

        yield Place(app, address, clock, Council(app.extensions["database"]), records, shelf, browser, hand_in, watches)
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["database"].close()
