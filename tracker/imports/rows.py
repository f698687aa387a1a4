"""From the cells of a row to what is asked for. Pure. Each raises `RowProblemError`, which repeats nothing that was typed."""

import re
from collections.abc import Mapping
from datetime import date

from tracker.imports.requests import PersonRow, RowProblemError, StaffRow, TeamRow
from tracker.people.profiles import LONGEST_ADDRESS
from tracker.people.requests import Details, NewPerson, TeamWork, TypedProfile
from tracker.policy.entitlement import ROLE_WORDS, Role
from tracker.policy.vocabulary import Relation

Cells = Mapping[str, str]

RELATIONS: dict[str, Relation] = {
    words.casefold(): relation
    for relation in Relation
    if relation is not Relation.NO_CASE
    for words in (relation.value, relation.value.replace("_", " "), relation.label)
}
_ROLES = {words.casefold(): role for role in Role for words in (role.value, ROLE_WORDS[role])}
_YES, _NO = ("yes", "y", "true", "1"), ("", "no", "n", "false", "0")
_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LONGEST_NAME = 120
_SYSTEM, _REFERENCE, _TEAM, _ADDRESS = 40, 60, 80, 254


def team_row(cells: Cells) -> TeamRow:
    """A team."""
    return TeamRow(
        _line(cells, "name", _TEAM, needed=True), _line(cells, "parent", _TEAM), on_duty=_yes(cells, "on_duty")
    )


def staff_row(cells: Cells) -> StaffRow:
    """A member of staff, and a role of theirs."""
    typed = _line(cells, "role", _TEAM).casefold()
    role = _ROLES.get(typed)
    if typed and role is None:
        raise RowProblemError(f"There is no such role. There are: {', '.join(ROLE_WORDS.values())}")
    team = _line(cells, "team", _TEAM)
    if team and role is None:
        raise RowProblemError("It names a team and no role")
    email = _line(cells, "email", _ADDRESS, needed=True).lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise RowProblemError("email must be in the form name@example.gov.uk")
    name, job_title = (_line(cells, one, LONGEST_NAME, needed=True) for one in ("name", "job_title"))
    return StaffRow(email=email, name=name, job_title=job_title, role=role, team=team)


def person_row(cells: Cells, *, today: date) -> PersonRow:
    """Somebody to be put on record."""
    system, reference = (
        _line(cells, "case_system", _SYSTEM, needed=True),
        _line(cells, "case_reference", _REFERENCE, needed=True),
    )
    relation = RELATIONS.get(_line(cells, "relation", 200, needed=True).casefold())
    if relation is None:
        raise RowProblemError(
            f"relation must be one of: {', '.join(one for one in Relation if one is not Relation.NO_CASE)}"
        )
    details = Details(
        name=_line(cells, "name", LONGEST_NAME) or None,
        other_names=_names(cells),
        known_by=_line(cells, "known_by", LONGEST_NAME) or None,
        date_of_birth=_day(cells, "date_of_birth"),
        approximate_age=_age(cells),
    )
    work = TeamWork(
        team=_line(cells, "team", _TEAM, needed=True),
        relation=relation,
        opened_on=_day(cells, "opened_on") or today,
        case_system=system,
        case_reference=reference,
    )
    address = _line(cells, "profile", LONGEST_ADDRESS)
    profile = TypedProfile(address=address) if address else None
    return PersonRow(
        NewPerson(details=details, involvement=work, profile=profile), somebody_else=_yes(cells, "somebody_else")
    )


def _line(cells: Cells, name: str, most: int, *, needed: bool = False) -> str:
    text = " ".join(cells.get(name, "").split())
    if needed and not text:
        raise RowProblemError(f"{name} is empty")
    if len(text) > most:
        raise RowProblemError(f"{name} must be {most} characters or fewer")
    return text


def _yes(cells: Cells, name: str) -> bool:
    typed = _line(cells, name, 10).casefold()
    if typed not in (*_YES, *_NO):
        raise RowProblemError(f"{name} must be yes or no")
    return typed in _YES


def _names(cells: Cells) -> tuple[str, ...]:
    names = (" ".join(one.split()) for one in re.split(r"[|\n]", cells.get("other_names", "")))
    found = tuple(dict.fromkeys(one for one in names if one))
    if any(len(one) > LONGEST_NAME for one in found):
        raise RowProblemError(f"Each of other_names must be {LONGEST_NAME} characters or fewer")
    return found


def _age(cells: Cells) -> int | None:
    typed = _line(cells, "approximate_age", 20)
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= 3):
        raise RowProblemError("approximate_age must be a whole number of years")
    return int(typed) if typed else None


def _day(cells: Cells, name: str) -> date | None:
    typed = _line(cells, name, 40)
    if not typed:
        return None
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(typed):
        day, month, year = map(int, found.groups())
    else:
        raise RowProblemError(f"{name} must be a day such as 23/04/2014 or 2014-04-23")
    try:
        return date(year, month, day)
    except ValueError:
        said = f"{day} {_MONTHS[month - 1]}" if 1 <= month <= 12 else "A month after the twelfth"
        raise RowProblemError(
            f"{name}: {said} is not a day" if 1 <= month <= 12 else f"{name} has no such month"
        ) from None
