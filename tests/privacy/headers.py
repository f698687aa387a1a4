"""The headers that keep an answer where it is, and a page in which nothing runs but what is its own."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie

from werkzeug.test import TestResponse

NOT_KEPT = "no-store"
HEADERS = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}
NONCE = re.compile(r"'nonce-([^']+)'")
FORBIDDEN = re.compile(
    r"""<style\b|<[^>]*\s(?:style|on[a-z]+)\s*=|<[^>]*\ssrc\s*=\s*["']?(?:http|//)|<[^>]*\shref\s*=\s*["']?javascript:""",
    re.IGNORECASE,
)
"""An inline style or script, or something of another site that is loaded."""


def wrong_with_headers(answer: TestResponse) -> list[str]:
    """What lets an answer be kept, framed, told to others or run what is not its own; nothing where all is as it must be."""
    headers, asset = answer.headers, answer.request.path.startswith("/assets/")
    wrong = [f"{name} is not {value}" for name, value in HEADERS.items() if headers.get(name) != value]
    if headers.get("Cache-Control") != NOT_KEPT and not (asset and answer.status_code == 200):
        wrong.append("may be kept")
    if len(headers.get("X-Request-Id", "")) != 16:
        wrong.append("has no id")
    if "unsafe" in headers["Content-Security-Policy"]:
        wrong.append("allows what is unsafe")
    if answer.mimetype == "text/html":
        wrong += _inline(answer.text, nonce_of(answer))
    return [*wrong, *_wrong_with_cookies(answer)]


def nonce_of(answer: TestResponse) -> str:
    """That with which a script may run in this page, and in no other."""
    directives = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    (nonce,) = NONCE.findall(directives["script-src"])
    return str(nonce)


def _inline(text: str, nonce: str) -> Iterator[str]:
    """Read from the page as it was sent: what is written in it has its angle brackets and quotes escaped."""
    for script in re.findall(r"<script\b[^>]*>", text):
        if " src=" not in script and f' nonce="{nonce}"' not in script:
            yield f"runs {script}"
    yield from FORBIDDEN.findall(text)


def _wrong_with_cookies(answer: TestResponse) -> Iterator[str]:
    for line in answer.headers.getlist("Set-Cookie"):
        for cookie in SimpleCookie(line).values():
            if not cookie["httponly"] or cookie["samesite"] != "Lax" or cookie["domain"]:
                yield f"the cookie {cookie.key} is not for the browser alone"
