"""How a file is tried, kept, begun and gone on with, and what an import calls: whole, so that only who acts can be in the way."""

from dataclasses import replace

from tests.fixtures.furnishing_imports import PEOPLE_FILE, STAFF_FILE
from tests.fixtures.rehearsal import NOW
from tests.fixtures.settling import FAST
from tests.permissions.calls_about_people import Call, _new_person
from tests.permissions.stage import Stage
from tracker.imports import services as imports
from tracker.imports.reading import read_file
from tracker.imports.requests import Told, TriedFile
from tracker.imports.selectors import find_standing
from tracker.imports.vocabulary import Fate, Kind, State
from tracker.people import services as people
from tracker.staff import services as staff
from tracker.staff.requests import NewStaffMember

FILES = {Kind.PEOPLE: PEOPLE_FILE, Kind.STAFF: STAFF_FILE}


def _try(at: Stage) -> object:
    kind = Kind(at.given[0])
    return imports.try_file(at.session, kind, FILES[kind].encode(), by=at.by, now=NOW, passwords=FAST)


def _keep(at: Stage) -> object:
    kind = Kind(at.given[0])
    for running in find_standing(at.session, kind, by=at.by):
        running.state = State.TRIED.value  # else it would be in the way of whoever may
    rows = read_file(FILES[kind].encode(), kind)
    tried = TriedFile(kind, rows, tuple(Told(Fate.NEW, "A new record.") for _ in rows))
    return imports.keep_import(at.session, tried, by=at.by, now=NOW)


def _begin(at: Stage) -> object:
    return imports.begin_import(at.session, at.reference(), by=at.by, now=NOW, passwords=FAST)


def _go_on(at: Stage) -> object:
    return imports.go_on_with_import(at.session, at.reference(), by=at.by, now=NOW, passwords=FAST)


def _add_people(at: Stage) -> object:
    team = at.team()
    new = _new_person(at, team.reference)
    second = replace(new, details=replace(new.details, name="Zoe Zznew"))
    teams, who = {team.reference: team}, at.by.staff_id
    return people.add_people(at.session, [new, second], teams=teams, answering=who, by=at.by, now=NOW)


def _enrol(at: Stage) -> object:
    new = NewStaffMember("zzenrolled@northshire.example", "Enid Zzenrolled", "New")
    return staff.enrol_staff_member(at.session, new, by=at.by, now=NOW, hashed="nobody knows it")


CALLS: dict[str, Call] = {
    "try_file": _try,
    "keep_import": _keep,
    "begin_import": _begin,
    "go_on_with_import": _go_on,
    "add_people": _add_people,
    "enrol_staff_member": _enrol,
}
"""Each use-case by its name, as a call with what the line of the table names."""
