"""Every use-case called directly, by everybody: the service refuses by itself, whatever the pages do."""

import importlib.util
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

import tracker
from tests.fixtures.rehearsal import EVERYBODY, NOBODY, Rehearsal
from tests.permissions import (
    calls_about_corrections,
    calls_about_imports,
    calls_about_people,
    calls_about_tasks,
    calls_about_the_council,
    calls_for_legal,
    calls_for_the_officer,
)
from tests.permissions.services_table import OF_THE_OWNER, PARTS, SERVICES
from tests.permissions.stage import Stage
from tests.permissions.table import PEOPLE
from tracker.access.permissions import HELD_BY, NotAllowedError, Permission
from tracker.policy.entitlement import Role
from tracker.storage.tables import NoSuchRecordError

CALLS = {
    **calls_about_people.CALLS,
    **calls_about_the_council.CALLS,
    **calls_about_corrections.CALLS,
    **calls_about_imports.CALLS,
    **calls_about_tasks.CALLS,
    **calls_for_legal.CALLS,
    **calls_for_the_officer.CALLS,
}
LETTERS = [letter for letter, who in PEOPLE.items() if who != NOBODY]


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    service: str
    given: tuple[str, ...]
    answers: dict[str, str]

    def __str__(self) -> str:
        return " ".join((self.service, *self.given))


def read(text: str) -> Iterator[Line]:
    """The lines, each with one answer for everybody."""
    for line in text.splitlines():
        words = line.split()
        if words and not line.startswith("#") and words != LETTERS:
            named, answers = words[: -len(LETTERS)], words[-len(LETTERS) :]
            assert set(answers) <= set("yn0"), line
            yield Line(named[0], tuple(named[1:]), dict(zip(LETTERS, answers, strict=True)))


LINES = list(read(SERVICES))


class RolledBackError(Exception):
    """Ends a transaction in which everything went through."""


def answer_to(rehearsal: Rehearsal, line: Line, who: str) -> str:
    """Calls the service as somebody, in a transaction that is rolled back whatever comes of it."""
    by, casework = rehearsal.actor(who), rehearsal.casework
    try:
        with rehearsal.by_owner(line.service in OF_THE_OWNER), rehearsal.database.transaction() as session:
            stage = Stage(session, by, casework, rehearsal.records, rehearsal.staff, line.given)
            CALLS[line.service](stage)
            raise RolledBackError
    except RolledBackError:
        return "y"
    except NotAllowedError:
        return "n"
    except NoSuchRecordError:
        return "0"


def differences(rehearsal: Rehearsal, line: Line) -> list[str]:
    """What the services answer otherwise than the table, in words."""
    answers = {letter: answer_to(rehearsal, line, PEOPLE[letter]) for letter in line.answers}
    return [
        f"{line} by {PEOPLE[letter]}: {expected!r} in the table, {answers[letter]!r}"
        for letter, expected in line.answers.items()
        if answers[letter] != expected
    ]


@pytest.mark.parametrize("line", LINES, ids=str)
def test_every_service_answers_everybody_as_the_table_says(rehearsal: Rehearsal, line: Line) -> None:
    assert differences(rehearsal, line) == []
    assert not rehearsal.wrote()


def services() -> set[str]:
    """Every public function of a services module that somebody does: it takes who acts."""
    found = set()
    for room in pkgutil.iter_modules(tracker.__path__, "tracker."):
        if not room.ispkg or importlib.util.find_spec(f"{room.name}.services") is None:
            continue
        module = importlib.import_module(f"{room.name}.services")
        for name, made in inspect.getmembers(module, inspect.isfunction):
            ours = made.__module__.startswith(room.name) and not made.__module__.endswith(".selectors")
            if ours and "by" in inspect.signature(made).parameters:
                found.add(name)
    return {name for name in found if not name.startswith("_")}


def test_no_service_is_missing_from_the_table() -> None:
    in_table = {line.service for line in LINES}
    assert services() - in_table - PARTS.keys() == set()
    assert (in_table | PARTS.keys()) - services() == {"settle_disagreement"} - services()


def test_what_only_the_owner_can_do_would_be_heard_where_the_tracker_did_it(rehearsal: Rehearsal) -> None:
    """The control."""
    (line,) = [line for line in LINES if line.service in OF_THE_OWNER]
    stage = (rehearsal.actor("sro"), rehearsal.casework, rehearsal.records, rehearsal.staff, line.given)
    refused = pytest.raises(AssertionError, match="may not INSERT INTO audit_erasure")
    with refused, rehearsal.database.transaction() as session:
        CALLS[line.service](Stage(session, *stage))


def test_everybody_of_the_table_is_tried() -> None:
    assert {PEOPLE[letter] for letter in LETTERS} == set(EVERYBODY)


def test_one_grant_too_many_is_seen(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what nothing but the permission holds back goes through once the role is given it."""
    for permission, role, service in (
        (Permission.READ_TRAIL, Role.LEGAL_REVIEWER, "open_trail person"),
        (Permission.UNLINK_RECORDS, Role.SOCIAL_WORKER, "unlink_records other link"),
        (Permission.MANAGE_CORPORATE_PROFILES, Role.TEAM_MANAGER, "register_profile"),
    ):
        line = next(line for line in LINES if str(line) == service)
        monkeypatch.setitem(HELD_BY, permission, HELD_BY[permission] | {role})
        assert differences(rehearsal, line), service
