"""Two records side by side, for whoever may open both and is about to say whether they are one person."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.detection.suggestions import that_it_waits
from tracker.people.ages import age_in_words
from tracker.people.doubts import find_doubt, find_word
from tracker.people.earlier import list_earlier
from tracker.people.groups import groups_of
from tracker.people.likeness import compare
from tracker.people.models import Person
from tracker.people.resembling import known_of
from tracker.people.selectors import list_involvements, list_names, list_profiles
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import footing_as_recorded, list_viewings, sitting_began_at
from tracker.web.dates import day_in_words

NONE = "None on record"
WAITS = (
    "Until somebody who manages a team that works with one of them, and has no part in either record or a check about it, says that "
    "they are two, or the records are linked, looks at either count for both."
)
EARLIER = ("Earlier names", "Born, as recorded earlier")
"""Compared only where one of the two has any."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is compared, as it is on either record."""

    what: str
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is on either record, what is alike in words, how many looks count now and would together, and who told them apart."""

    person: Person
    second: Person
    lines: tuple[Line, ...]
    alike: tuple[str, ...]
    looks: tuple[int, int]
    together: int
    told_apart: str | None


def compare_records(session: Session, one: Person, other: Person, *, now: datetime) -> Comparison:
    """Both records as they are now, with those that count as the same person."""
    first, second = _columns(session, one, now=now), _columns(session, other, now=now)
    groups = groups_of(session, (saved_key(one), saved_key(other)))
    looks = [_looks(session, groups[saved_key(each)].members, now=now) for each in (one, other)]
    known = known_of(session, (saved_key(one), saved_key(other)))
    both = len(known) == len(looks)
    return Comparison(
        person=one,
        second=other,
        lines=(
            *(
                Line(what, one, second[what])
                for what, one in first.items()
                if what not in EARLIER or (*one, *second[what]) != (NONE, NONE)
            ),
            Line("Looks that count", _looks_in_words(looks[0]), _looks_in_words(looks[1])),
        ),
        alike=compare(known[saved_key(one)], known[saved_key(other)]).words if both else (),
        looks=(len(looks[0]), len(looks[1])),
        together=len({**looks[0], **looks[1]}),
        told_apart=_told_apart(session, one, other),
    )


def _columns(session: Session, person: Person, *, now: datetime) -> dict[str, tuple[str, ...]]:
    key = [saved_key(person)]
    works = [work for work in list_involvements(session, key) if work.involvement.closed_on is None]
    earlier = list_earlier(session, key[0])
    born = day_in_words(person.date_of_birth) if person.date_of_birth else age_in_words(person, at=now)
    return {
        "Name": (person.name or NONE,),
        "Other names": tuple(list_names(session, key[0])) or (NONE,),
        "Earlier names": earlier.names or (NONE,),
        "Known online as": (person.known_by or NONE,),
        "Born": (born,),
        "Born, as recorded earlier": earlier.births or (NONE,),
        "Profiles": tuple(one.address for one in list_profiles(session, key)) or (NONE,),
        "Teams": tuple(dict.fromkeys(work.team.name for work in works)) or (NONE,),
    }


def _looks(session: Session, members: tuple[int, ...], *, now: datetime) -> dict[int, datetime]:
    """When each look at these records that counts was, by its key."""
    return {
        saved_key(look): sitting_began_at(look, by=now)
        for viewing, look in list_viewings(session, members)
        if footing_as_recorded(viewing, look, by=now) is not None
    }


def _looks_in_words(looks: dict[int, datetime]) -> tuple[str, ...]:
    if not looks:
        return ("None",)
    return (str(len(looks)), f"the last on {day_in_words(max(looks.values()))}")


def _told_apart(session: Session, one: Person, other: Person) -> str | None:
    """Who said when that they are not the same person, or None."""
    doubt = find_doubt(session, saved_key(one), saved_key(other))
    if doubt is not None:
        return f"{that_it_waits(doubt)} {WAITS}"
    row = find_word(session, saved_key(one), saved_key(other))
    if row is None:
        return None
    said = f"{get_staff_by_id(session, row.recorded_by).name} recorded on {day_in_words(row.recorded_at)} that they are not."
    if row.agreed_at is None or row.agreed_by is None or row.agreed_by == row.recorded_by:
        return said
    return f"{said} {get_staff_by_id(session, row.agreed_by).name} agreed on {day_in_words(row.agreed_at)}."
