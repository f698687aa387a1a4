"""A newcomer's first visit: `tracker run` where there is no council yet, the pages that they open, and Ctrl-C."""

import signal
from dataclasses import dataclass
from pathlib import Path

from tests.commands.running import Browser, Instance, password_in
from tests.commands.stopping import Stopped, count_rows


@dataclass(frozen=True)
class Visit:
    """What `run` had said by the time it answered and in all, its exit status, its address, what two pages said, and how long its
    trail was in the end."""

    first_said: str
    said: str
    status: int
    url: str
    front: str
    home: str
    entries: int


@dataclass(frozen=True)
class Made:
    """The folder of an instance, and how it came to be: stopped half way twice, and made whole on the first visit."""

    folder: Path
    stopped: list[Stopped]
    visit: Visit


def visit(instance: Instance) -> Visit:
    """Runs it until it answers, signs in as its worker with the password that it printed, and ends it."""
    with instance.started("run") as command:
        command.answers_at(instance.url)
        first_said = command.said
        browser = Browser(instance.url)
        front = browser.get("/")
        home = browser.sign_in("worker@demo.example", password_in(first_said))
        command.send(signal.SIGINT)
        status = command.ends()
        said = command.said
    return Visit(first_said, said, status, instance.url, front.text, home.text, count_rows(instance, "audit_entry"))
