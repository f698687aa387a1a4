"""How large a post may be that has a file in it, and that no file ever touches a disk."""

from io import BytesIO
from typing import IO

from flask import Flask, Request, request

from tracker.access.permissions import has_permission
from tracker.staff.current import signed_in
from tracker.staff.sign_in import access_of


class RequestInMemory(Request):
    """A request whose files are held in memory while it is answered; werkzeug would put large ones into a folder for a while."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def register(app: Flask) -> None:
    """Call it before anything reads what was posted."""
    app.request_class = RequestInMemory
    app.before_request(_let_files_in)


def _let_files_in() -> None:
    """A post with a file, to a route that takes one, may be as large as the route says, from those who may use it; all others stay
    small, and so does what such a post holds besides the file."""
    has_files = request.method == "POST" and request.mimetype == "multipart/form-data"
    access = access_of(request.endpoint) if has_files else None
    if access is None or not access.largest_post or access.permission is None:
        return
    entered = signed_in()
    if entered is not None and has_permission(entered.actor, access.permission):
        request.max_content_length = access.largest_post
