"""Browsers that send at one moment: each with its cookie, each on a connection of its own."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from tests.fixtures.html import forms_of, parse
from tests.fixtures.settling import PASSWORD
from tracker.staff.models import StaffMember

PATIENCE_S = 60
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Done = TypeVar("Done")
Answer = tuple[int, str, str]
"""The status, where it leads, and the page."""


class Browser:
    """Somebody signed in at a server."""

    def __init__(self, url: str, member: StaffMember) -> None:
        self.host = urlsplit(url).netloc
        self.cookie, self.token = "", ""
        page = self._hold(self.ask("GET", "/sign-in"))
        (form,) = forms_of(parse(page))
        self._hold(self.post("/sign-in", {**form.values, "email": [member.email], "password": [PASSWORD]}), status=303)
        self._hold(self.ask("GET", "/settings"))

    def post(self, path: str, values: Mapping[str, list[str]]) -> Answer:
        """Sends a form with the token against forgery: the status, where it leads, and the page."""
        return self.ask("POST", path, {**values, "csrf_token": [self.token]})

    def ask(self, method: str, path: str, values: Mapping[str, list[str]] | None = None) -> Answer:
        """Asks on a new connection; the cookie stays as it is, but for signing in."""
        connection = HTTPConnection(self.host, timeout=PATIENCE_S)
        try:
            body = urlencode(values, doseq=True) if values is not None else None
            connection.request(method, path, body, {"Cookie": self.cookie, **(FORM if body is not None else {})})
            answer = connection.getresponse()
            page = answer.read().decode()
            self._set = answer.headers.get("Set-Cookie", "")
            return answer.status, answer.headers.get("Location", ""), page
        finally:
            connection.close()

    def _hold(self, answer: Answer, *, status: int = 200) -> str:
        """Keeps the cookie that came with an answer, and the token of a page; gives the page."""
        assert answer[0] == status, answer
        if self._set:
            self.cookie = self._set.split(";")[0]
        forms = forms_of(parse(answer[2]))
        if forms:
            self.token = forms[-1].values["csrf_token"][0]
        return answer[2]


def together(jobs: list[Callable[[], Done]], *, after_s: list[float] | None = None) -> list[Done]:
    """What the jobs gave, all begun at one moment, or each so many seconds after it."""
    barrier = threading.Barrier(len(jobs))
    waits = after_s or [0.0] * len(jobs)

    def _run(job: Callable[[], Done], wait_s: float) -> Done:
        barrier.wait()
        time.sleep(wait_s)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        running = [pool.submit(_run, job, wait_s) for job, wait_s in zip(jobs, waits, strict=True)]
        return [one.result() for one in running]
