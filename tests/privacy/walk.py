"""Everything that the application gave away while somebody walked through all of it: addresses, titles, headers, lines of the log.

Every page and every form of the table of permissions, which has every route: by the first who may, and some by whom it refuses.
"""

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from html import unescape

import structlog
from sqlmodel import col, select
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from tests.fixtures.filling import ANSWERS, WRITTEN, filled, form_at
from tests.fixtures.rehearsal import Rehearsal
from tests.permissions.routes_table import ROUTES
from tests.permissions.table import PEOPLE, Row, read_table
from tracker.audit.models import AuditEntry
from tracker.messages.models import Message
from tracker.people.models import Involvement, Person, PersonName, Profile
from tracker.staff.models import StaffMember
from tracker.web.logging import configure_logging

ADDRESS = re.compile(r'\s(?:href|src|action|formaction|content|data-href)="([^"]*)"')
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
"""Read from the page as it was sent: what is written within quotes has its own quotes escaped."""


@dataclass(frozen=True)
class Answered:
    """What was asked for and the answer to it, as it can be kept in a file. `text` is that of a page; nothing else has any."""

    method: str
    path: str
    status: int
    mimetype: str
    header_lines: list[tuple[str, str]]
    text: str

    @classmethod
    def of(cls, response: TestResponse) -> "Answered":
        """An answer as it came."""
        asked, kind = response.request, response.mimetype or ""
        text = response.text if kind == "text/html" else ""
        return cls(asked.method, asked.path, response.status_code, kind, list(response.headers.items()), text)

    @property
    def headers(self) -> Headers:
        """Its headers, whatever the case of their names."""
        return Headers(self.header_lines)


@dataclass
class Given:
    """What was given away, in words, each with where it stood."""

    addresses: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    log: str = ""
    trail: list[str] = field(default_factory=list)
    mail: list[str] = field(default_factory=list)
    responses: list[Answered] = field(default_factory=list)

    def keep(self, address: str, response: TestResponse) -> None:
        """Keeps an answer."""
        self.responses.append(Answered.of(response))
        self.addresses += [address, response.headers.get("Location", "")]
        self.headers += [f"{name}: {value}" for name, value in response.headers.items() if name != "Set-Cookie"]
        if response.mimetype == "text/html":
            self.bodies.append(response.text)
            self.titles += [unescape(one) for one in TITLE.findall(response.text)]
            self.addresses += [unescape(one) for one in ADDRESS.findall(response.text)]

    def as_text(self) -> str:
        """All of it, for `from_text`."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Given":
        """What `as_text` gave."""
        read = json.loads(text)
        return cls(**(read | {"responses": [Answered(**one) for one in read["responses"]]}))


def walk(rehearsal: Rehearsal) -> Given:
    """Walks, and gathers."""
    given, log = Given(), io.StringIO()
    configure_logging(log)
    try:
        for row, who in steps():
            address = row.address_for(who, rehearsal.records)
            given.keep(address, _answer(rehearsal, row, who, address))
            if rehearsal.wrote():
                _keep_what_was_written(rehearsal, given)
                rehearsal.restore()
    finally:
        structlog.reset_defaults()
    given.log = log.getvalue()
    with rehearsal.database.reading() as session:
        given.trail += session.exec(select(AuditEntry.text)).all()
    return given


def steps() -> Iterator[tuple[Row, str]]:
    """Each row with who asks: the first who may; and one who may not, where a restricted record or a first of its kind refuses."""
    refused: set[tuple[str, str, str]] = set()
    for row in read_table(ROUTES):
        may = [PEOPLE[letter] for letter, answer in row.answers.items() if answer == "y"]
        yield from ((row, who) for who in may[:1])
        for letter, answer in row.answers.items():
            kind = (row.method, row.address.split("/")[1], answer)
            if answer in "nf0" and (kind not in refused or ("{restricted" in row.address and may)):
                refused.add(kind)
                yield row, PEOPLE[letter]
                break


def _answer(rehearsal: Rehearsal, row: Row, who: str, address: str) -> TestResponse:
    if row.method == "GET":
        return rehearsal.open(who, address)
    form = form_at(rehearsal, who, address)
    values = filled(form, {"other": [rehearsal.records["other"]]}) if form else {}
    return rehearsal.post(who, address, values)


def _keep_what_was_written(rehearsal: Rehearsal, given: Given) -> None:
    given.trail += [entry.text for entry in rehearsal.new_entries()]
    with rehearsal.database.reading() as session:
        given.mail += [f"{one.subject}\n{one.body}" for one in session.exec(select(Message))]


def what_nobody_may_read(rehearsal: Rehearsal) -> set[str]:
    """Every name, date of birth, case reference and handle in the records, and what the walk typed; in lower case."""
    with rehearsal.database.reading() as session:
        names = [*session.exec(select(PersonName.name)), *session.exec(select(StaffMember.name))]
        born = [one for one in session.exec(select(col(Person.date_of_birth))) if one is not None]
        cases = [one for one in session.exec(select(Involvement.case_reference)) if one]
        profiles = [*session.exec(select(col(Profile.handle))), *session.exec(select(col(Profile.address)))]
    typed = [WRITTEN, *ANSWERS["name"], *ANSWERS["who"], *ANSWERS["case_reference"], "zz.filled"]
    days = [written for day in [*born, date(1985, 6, 7)] for written in ways_to_write(day)]
    return {one.lower() for one in (*names, *parts_of(names), *cases, *profiles, *typed, *days)}


def names_of_staff(rehearsal: Rehearsal) -> set[str]:
    """The names of everybody who works here, whom the trail names as they were; in lower case."""
    with rehearsal.database.reading() as session:
        names = session.exec(select(StaffMember.name)).all()
    return {one.lower() for one in (*names, *parts_of(names))}


def parts_of(names: Sequence[str]) -> list[str]:
    """The surnames, which nobody else has."""
    return [part for name in names for part in name.split() if part.startswith("Zz")]


def ways_to_write(day: date) -> list[str]:
    """A day as anybody might write it."""
    month = day.strftime("%B")
    return [
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day} {month} {day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y%m%d}",
    ]


def read_in(texts: list[str], secrets: set[str]) -> list[str]:
    """The texts in which any of it stands."""
    return sorted(text for text in set(texts) if any(secret in text.lower() for secret in secrets))
