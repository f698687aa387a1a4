"""The headers of every answer: what a browser may load, keep and tell others, and the request's own id."""

import re
import secrets

from flask import Flask, Response, abort, g, request
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]

from tracker.web.answering import request_answered

ASSETS = "/assets/"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_YEAR_S = 31_536_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


def request_id() -> str:
    """The id of this request: random, made here, never taken from the caller."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return str(g.request_id)


def name_requests(app: Flask) -> None:
    """Say the request's id to the rooms that know no web framework, from its beginning to its end: a server's threads answer many.

    Call it before any other hook: the first of them may write already.
    """

    @app.before_request
    def _begin() -> None:
        g.named = request_answered.set(request_id())

    @app.teardown_request
    def _end(_failure: BaseException | None) -> None:
        if "named" in g:
            request_answered.reset(g.pop("named"))


def script_nonce() -> str:
    """The word that lets our own inline script run in this answer and in no other."""
    if "script_nonce" not in g:
        g.script_nonce = secrets.token_urlsafe(16)
    return str(g.script_nonce)


def content_security_policy(nonce: str) -> str:
    """Only what comes from us; nothing framed, nothing fetched by scripts, forms sent to us alone."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def protect_answers(app: Flask) -> None:
    """Give every answer its headers. Pages are never kept by a browser or a proxy: a person's record is on them."""

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.update(_ALWAYS)
        response.headers["Content-Security-Policy"] = content_security_policy(script_nonce())
        response.headers["X-Request-Id"] = request_id()
        if not (request.path.startswith(ASSETS) and response.status_code in {200, 304}):
            response.headers["Cache-Control"] = "no-store"
        if request.is_secure and request.host.rsplit(":", 1)[0].strip("[]") not in _LOCAL:
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR_S}; includeSubDomains"
        return response


def refuse_control_characters(app: Flask) -> None:
    """No address of ours has a control character in it: a NUL would reach PostgreSQL, a line break a header. Answered 404."""

    @app.before_request
    def _plain_address() -> None:
        parts = (request.path, *request.args.keys(), *(one for many in request.args.listvalues() for one in many))
        if any(_CONTROL.search(part) for part in parts):
            abort(404)


def protect_forms(app: Flask) -> None:
    """Refuse every post without our token, by `flask_wtf.csrf.CSRFError` (400), whichever form or button made it.

    Call it after the check of who is signed in is registered: a post whose session ended must reach that check first,
    so that what was typed can be kept.
    """
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # the session's own limits hold; a long form must not die within it
    app.config["WTF_CSRF_SSL_STRICT"] = False  # it wants the Referer that our own Referrer-Policy takes away
    CSRFProtect(app)
