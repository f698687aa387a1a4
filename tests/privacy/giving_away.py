"""What an answer gives away beside the page itself: in addresses, titles, headers, the cookie, lines of the log, the trail and mail."""

import base64
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import unquote, unquote_plus

from sqlmodel import col, select
from werkzeug.test import TestResponse

from tests.fixtures.filling import ANSWERS, WRITTEN
from tests.fixtures.rehearsal import Rehearsal
from tests.permissions.came import Came
from tracker.imports.vocabulary import Kind
from tracker.people.models import Involvement, Person, PersonBirthEarlier, PersonName, Profile
from tracker.staff.models import StaffMember
from tracker.staff.routes.members import SEARCHED_FOR as ABOUT_STAFF

ADDRESS = re.compile(r'\s(?:href|src|action|formaction|content|data-href)="([^"]*)"')
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
"""Read from the page as it was sent: what is written within quotes has its own quotes escaped."""

ATTACHED = "Content-Disposition: attachment"
TO_BE_FILLED_IN = {f"{ATTACHED}; filename={kind.value}.csv" for kind in Kind}
LOGGED = {"event", "method", "endpoint", "status", "ms", "request_id", "level", "timestamp"}


class Secrets:
    """What nobody may read: every name, date of birth, case reference and handle in the records, and what the tests type into forms."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        with rehearsal.database.reading() as session:
            staff = session.exec(select(StaffMember.name)).all()
            names = [*session.exec(select(PersonName.name)), *staff]
            ever = (col(Person.date_of_birth), col(PersonBirthEarlier.date_of_birth))
            born = [one for day in ever for one in session.exec(select(day)) if one is not None]
            cases = [one for one in session.exec(select(Involvement.case_reference)) if one]
            profiles = [*session.exec(select(col(Profile.handle))), *session.exec(select(col(Profile.address)))]
        typed = [WRITTEN, *ANSWERS["name"], *ANSWERS["who"], *ANSWERS["case_reference"], "zz.filled"]
        days = [written for day in [*born, date(1985, 6, 7)] for written in ways_to_write(day)]
        self.all = {one.lower() for one in (*names, *parts_of(names), *cases, *profiles, *typed, *days)}
        self.of_people = self.all - {one.lower() for one in (*staff, *parts_of(staff))}
        self._harmless: set[str] = set()  # most of what is read stands in every page

    def read_in(self, texts: Iterable[str]) -> list[str]:
        """The texts in which any of it stands."""
        new = set(texts) - self._harmless
        found = sorted(text for text in new if _stands(self.all, text))
        self._harmless |= new - set(found)
        return found

    def of_people_read_in(self, texts: Iterable[str]) -> list[str]:
        """The same but for the names of staff, whom the trail names as they were."""
        return [text for text in texts if _stands(self.of_people, text)]


def given_away(came: Came, secrets: Secrets) -> list[str]:
    """All that an answer and what it left behind gives away; nothing where all is as it must be."""
    answer = came.response
    lines = [f"{name}: {value}" for name, value in answer.headers.items() if name != "Set-Cookie"]
    files = {line for line in lines if line.startswith(ATTACHED)}
    told = [*as_read(addresses_in(answer)), *titles_of(answer), *lines, *came.mail, *cookies_of(answer)]
    return [*secrets.read_in(told), *sorted(files - TO_BE_FILLED_IN), *told_by_the_trail(came, secrets)]


def told_by_the_trail(came: Came, secrets: Secrets) -> list[str]:
    """What the hashed texts of its new entries tell of somebody; a profile of the council's own is nobody's name."""
    return secrets.of_people_read_in(one.text for one in came.entries if '"record":"COP-' not in one.text)


def told_by_the_log(lines: Sequence[str], secrets: Secrets) -> list[str]:
    """The lines of the log that tell of somebody, or hold anything that is not on the list of what a line of a request holds."""
    return [*secrets.read_in(lines), *(line for line in lines if not json.loads(line).keys() <= LOGGED)]


def addresses_in(answer: TestResponse) -> list[str]:
    """Its own address, that which it leads to, and every one in the page."""
    own = [answer.request.full_path, answer.headers.get("Location", "")]
    return [*own, *(map(unescape, ADDRESS.findall(answer.text)) if answer.mimetype == "text/html" else [])]


def as_read(addresses: list[str]) -> list[str]:
    """Addresses as whoever sees them reads them."""
    return [*map(unquote, addresses), *map(unquote_plus, addresses)]


def titles_of(answer: TestResponse) -> list[str]:
    """The titles of the page, those of its pictures among them."""
    return [unescape(one) for one in TITLE.findall(answer.text)] if answer.mimetype == "text/html" else []


def cookies_of(answer: TestResponse) -> list[str]:
    """What stands in the cookies that are set, but for the words with which staff were searched for."""
    values = [line.split(";")[0].removeprefix("tracker=") for line in answer.headers.getlist("Set-Cookie")]
    read = map(contents_of, values)
    return [json.dumps({key: value for key, value in one.items() if key != ABOUT_STAFF}) for one in read]


def contents_of(cookie: str) -> dict[str, Any]:
    """What stands in a signed cookie, which whoever has it can read."""
    packed = cookie.startswith(".")
    payload = cookie.lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    found: dict[str, Any] = json.loads(zlib.decompress(raw) if packed else raw)
    return found


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


def _stands(secrets: set[str], text: str) -> bool:
    lower = text.lower()
    return any(secret in lower for secret in secrets)
