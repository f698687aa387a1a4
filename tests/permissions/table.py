"""Reading the tables, and asking the application for one cell of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.fixtures.filling import Values, filled, form_at
from tests.fixtures.furnishing import SURNAME
from tests.fixtures.rehearsal import AUDIT, NOBODY, Rehearsal
from tests.fixtures.visitor import Page
from tests.permissions.came import Came
from tracker.audit.models import AuditEntry

PEOPLE: Mapping[str, str] = {
    "W": "worker", "C": "colleague", "O": "worker2", "M": "manager", "N": "manager2", "H": "head",
    "D": "duty", "d": "off_duty", "L": "legal", "A": "officer", "S": "sro", "U": "auditor", "X": "admin",
    "c": "closed", "-": NOBODY,
}  # fmt: skip
"""The letters at the head of the tables."""

LETTERS = " ".join(PEOPLE)
ANSWERS = set("ynf0r>")
REFUSED = "n"
SIGN_OUT = "/sign-out"


@dataclass(frozen=True)
class Row:
    """One line of the table: what is asked for, and the answer for each person by letter."""

    method: str
    address: str
    answers: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    def address_for(self, who: str, records: Mapping[str, str]) -> str:
        """The address with the references of the records; `{search}` is the person's own search where they have one."""
        own = records.get(f"search:{who}", records["search:worker"])
        names = [name for _, name, spec, _ in Formatter().parse(self.address) if name and not spec]
        given = {**{name: records[name] for name in names if name != "search"}, "search": own}
        return self.address.replace("{search:worker}", records["search:worker"]).format(**given)


def read_table(text: str) -> list[Row]:
    """The rows of a table. Fails where a line cannot be read, has an answer too few, or stands twice."""
    rows = list(_rows(text))
    assert len({str(row) for row in rows}) == len(rows), "a line stands twice"
    return rows


def _rows(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.strip() == LETTERS:
            continue
        words = line.split()
        method, address, answers = words[0], words[1], words[2:]
        assert len(answers) == len(PEOPLE), line
        assert set(answers) <= ANSWERS, line
        yield Row(method, address, dict(zip(PEOPLE, answers, strict=True)))


class Asking:
    """One row, asked for by one person after the other; a form that is posted is whole.

    `came` is what came of it for the first to whom it gave an answer of its kind: what an answer tells and leaves behind is judged
    by others, who need not ask again.
    """

    def __init__(self, rehearsal: Rehearsal, row: Row) -> None:
        self.rehearsal = rehearsal
        self.row = row
        self.came: dict[str, Came] = {}
        self._of_whoever_may: Values | None = None

    def differences(self) -> list[str]:
        """What the application answers otherwise than the table, in words; it is left with its records as they were."""
        found = []
        refused = [PEOPLE[letter] for letter, expected in self.row.answers.items() if expected == REFUSED]
        all_refused = self.refuses_in_turn(refused)
        for letter, expected in self.row.answers.items():
            if expected == REFUSED and all_refused:
                continue
            answer = self.answer_to(PEOPLE[letter], expected)
            if answer != expected:
                found.append(f"{self.row} by {PEOPLE[letter]}: {expected!r} in the table, {answer}")
        return found

    def answer_to(self, who: str, expected: str) -> str:
        """The letter of the table for what came of it; where it was none of them, what it was."""
        values = self._values(who, expected)
        self.rehearsal.restore()
        response = self._response_to(who, values)
        if expected not in self.came:
            self.came[expected] = Came.of(self.rehearsal, who, response)
        answer = self._read(who, response)
        self.rehearsal.restore()
        return answer

    def refuses_in_turn(self, everybody: Sequence[str]) -> bool:
        """Whether each of these is refused, one after the other, and all that is new then is the entry of each. A refusal changes no
        record, so none is put back in between; where that is not so, each has to be asked for again to say by whom."""
        if not everybody:
            return True
        values = {who: self._values(who, REFUSED) for who in everybody}
        self.rehearsal.restore()
        responses = [self._response_to(who, values[who]) for who in everybody]
        statuses = [response.status_code for response in responses]
        changed = self.rehearsal.changed(without=AUDIT)
        entries = self.rehearsal.new_entries()
        self.rehearsal.restore()
        if changed or statuses != [403] * len(everybody) or len(entries) != len(everybody):
            return False
        self.came[REFUSED] = Came(everybody[0], responses[0], entries=entries[:1])
        return not any(map(self._wrong_with_the_entry, everybody, entries))

    def _response_to(self, who: str, values: Values | None) -> TestResponse:
        address = self.row.address_for(who, self.rehearsal.records)
        if values is not None:
            return self.rehearsal.post(who, address, values)
        page = self.rehearsal.open(who, address)
        if page.status_code == 200:
            self.rehearsal.keep_shown(who, address, page)
        return page

    def _read(self, who: str, response: TestResponse) -> str:
        status, location = response.status_code, response.headers.get("Location", "")
        if status == 403:
            return self._wrong_with_a_refusal(who) or "n"
        if status == 404:
            return "0" if not self.rehearsal.wrote() else f"not found, and yet {self.rehearsal.changed()} changed"
        if self.row.address == SIGN_OUT:
            return "y" if self.rehearsal.wrote() else ">"
        if location.startswith("/people/") and "/duty?next=" in location:
            return "r" if not self.rehearsal.wrote() else f"asked why, and yet {self.rehearsal.changed()} changed"
        if location.startswith("/sign-in"):
            return ">" if not self.rehearsal.wrote() else f"sent to sign in, and {self.rehearsal.changed()} changed"
        return self._read_allowed(response, status, location)

    def _read_allowed(self, response: TestResponse, status: int, location: str) -> str:
        if self.row.method == "POST" and status == 303:
            return "y"
        changed = self.rehearsal.changed(without=AUDIT)
        if self.row.method == "GET" and not changed and (status == 200 or (status, location) == (303, "/")):
            return "y"
        errors = Page(response).errors if status == 200 else []
        return "f" if self.row.method == "POST" and errors and not changed else f"{status} {errors} {changed}"

    def _wrong_with_a_refusal(self, who: str) -> str:
        """What is not as it must be after a refusal: only its own entry is new, and says who, what and about which record."""
        if self.rehearsal.changed(without=AUDIT):
            return f"refused, and yet {self.rehearsal.changed()} changed"
        entries = self.rehearsal.new_entries()
        if len(entries) != 1:
            return f"refused, and recorded as {[entry.event for entry in entries]}"
        return self._wrong_with_the_entry(who, entries[0])

    def _wrong_with_the_entry(self, who: str, entry: AuditEntry) -> str:
        if entry.event != "access:refused":
            return f"refused, and recorded as {entry.event}"
        if entry.actor != self.rehearsal.staff[who].reference or '"permission":"' not in entry.text:
            return f"refused, and recorded as {entry.text}"
        of_a_record = "{" in self.row.address.replace(
            "{entry}", ""
        )  # an entry of the trail has a hash and no reference
        if of_a_record and entry.record not in self.rehearsal.records.values():
            return f"refused, and recorded about {entry.record}"
        return "refused, and a name recorded" if SURNAME in entry.text else ""

    # What is posted ----------------------------------------------------------------------------------------------

    def _values(self, who: str, expected: str) -> Values | None:
        """The form filled in as it stands on the person's own page, or else on that of the first who may; None where none is sent."""
        if self.row.method != "POST":
            return None
        own = self._form_of(who) if expected in ("y", "f") else None
        if own is not None:
            return own
        if self._of_whoever_may is None:
            may = [PEOPLE[letter] for letter, answer in self.row.answers.items() if answer == "y"]
            forms = (self._form_of(one) for one in may)
            self._of_whoever_may = next((form for form in forms if form is not None), {})
        return self._of_whoever_may

    def _form_of(self, who: str) -> Values | None:
        form = form_at(self.rehearsal, who, self.row.address_for(who, self.rehearsal.records))
        return filled(form, {"other": [self.rehearsal.records["other"]]}) if form else None


def endpoint_of(rehearsal: Rehearsal, row: Row) -> tuple[str, dict[str, str]]:
    """The route that answers a row, and the references in its address, as the worker asks for it."""
    address = row.address_for("worker", rehearsal.records)
    try:
        endpoint, values = rehearsal.app.url_map.bind("localhost").match(address, method=row.method)
    except HTTPException as wrong:
        raise AssertionError(f"no route answers {row}: {wrong}") from wrong
    return str(endpoint), {name: str(value) for name, value in values.items()}
