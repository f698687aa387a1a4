"""The picture in the readme: `python -m workshop.picture` writes docs/images/blocked.png.

It is the first screen of a blocked check, as the worker of a demonstration council meets it on a Tuesday morning.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from flask import Flask
from playwright.sync_api import Page, sync_playwright
from pydantic import SecretStr
from werkzeug.serving import make_server

from tracker.app import create_app
from tracker.config import Settings
from tracker.demo.council import make_demonstration
from workshop.place import CHROMIUM, ROOT, node_folder

PICTURE = ROOT / "docs" / "images" / "blocked.png"
AT = datetime(2026, 11, 3, 10, 30, tzinfo=UTC)
WORDS = "of the picture, and of nothing else"
WHOSE = "Rae Sample"
"""About whom the check is: a manager has yet to send it to Legal."""

WIDTH_PX, HEIGHT_PX = 1000, 960


def main() -> None:
    """Makes a demonstration in a temporary folder, signs in as its worker, and takes the picture."""
    with tempfile.TemporaryDirectory() as folder, _answering(_application(Path(folder))) as address, _browser() as page:
        page.goto(f"{address}/sign-in")
        page.get_by_label("E-mail address").fill("worker@demo.example")
        page.get_by_label("Password", exact=True).fill(WORDS)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("row").filter(has_text=WHOSE).get_by_role("link").first.click()
        page.get_by_role("heading", name="Blocked pending legal advice").wait_for()
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} KB")


def _application(folder: Path) -> Flask:
    settings = Settings(
        instance=folder, secret_key=SecretStr(WORDS), demo_password=SecretStr(WORDS), insecure_cookies=True
    )
    make_demonstration(settings, now=AT)
    return create_app(settings, clock=lambda: AT)


@contextmanager
def _answering(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@contextmanager
def _browser() -> Iterator[Page]:
    node = node_folder()
    if node is not None:
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node / "bin" / "node")
    libraries = {"LD_LIBRARY_PATH": str(CHROMIUM / "lib"), "FONTCONFIG_PATH": str(CHROMIUM)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM / "chromium",
            args=["--headless=shell", "--no-zygote", "--disable-gpu"],
            env={**os.environ, **libraries, "XDG_CACHE_HOME": tempfile.gettempdir()},
        )
        context = browser.new_context(
            viewport={"width": WIDTH_PX, "height": HEIGHT_PX}, locale="en-GB", timezone_id="Europe/London"
        )
        yield context.new_page()
        browser.close()


if __name__ == "__main__":
    main()
