"""Those on record who may be one person with any of very many, gathered in a few statements: then they are compared in memory."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import text
from sqlmodel import Session, col, or_, select

from tracker.people.crowd import (
    SHARING_ENOUGH,
    Crowd,
    Word,
    days_of_birth,
    first_day,
    is_first_day,
    is_rather_alike,
    is_whole_name_alike,
    near_births,
    whole_forms,
)
from tracker.people.earlier import names_by_birth
from tracker.people.likeness import Known
from tracker.people.models import Involvement, Profile
from tracker.people.resembling import known_of

MOST_COUNTED = 300
"""Names that are counted of one sound: one that more have is rare for nobody."""

_COUNTED = """
    SELECT value, (SELECT count(*) FROM (SELECT 1 FROM person_name_key WHERE sound = value LIMIT :most) AS named)
    FROM {elements}
"""
_SOUNDS = {
    "sqlite": _COUNTED.format(elements="json_each(:sounds)"),
    "postgresql": _COUNTED.format(elements="json_array_elements_text(CAST(:sounds AS json)) AS value"),
}
_SHARING = {
    "sqlite": """
        WITH wanted AS MATERIALIZED (
            SELECT json_extract(value, '$[0]') AS place, json_extract(value, '$[1]') AS rare,
                   json_extract(value, '$[2]') AS other
            FROM json_each(:wanted)
        )
        SELECT DISTINCT w.place, n.person_id, n.name
        FROM wanted w CROSS JOIN person_name_key a CROSS JOIN person_name_key b CROSS JOIN person_name n
        WHERE a.sound = w.rare AND b.sound = w.other AND b.name_id = a.name_id AND n.id = a.name_id
    """,
    "postgresql": """
        SELECT DISTINCT found.place, n.person_id, n.name
        FROM (
            SELECT CAST(w.value ->> 0 AS int) AS place, a.name_id
            FROM json_array_elements(CAST(:wanted AS json)) AS w (value)
            CROSS JOIN LATERAL (SELECT name_id FROM person_name_key WHERE sound = w.value ->> 1 OFFSET 0) AS a
            CROSS JOIN LATERAL (
                SELECT 1 FROM person_name_key WHERE sound = w.value ->> 2 AND name_id = a.name_id OFFSET 0
            ) AS b
            OFFSET 0
        ) AS found
        JOIN person_name n ON n.id = found.name_id
    """,
}
"""Names that share two sounds, read in this order, the rarer first: by themselves both databases would read every name there is."""


def gather_crowd(session: Session, many: Sequence[Known]) -> Crowd:
    """Everybody on record who may be one person with one of them, and some more; sealed records are not among them."""
    found = {
        *_named_like(session, many),
        *_born_near(session, [known for known in many if days_of_birth(known)]),
        *_with_profiles(session, {profile for known in many for profile in known.profiles}),
        *_with_cases(session, {case for known in many for case in known.cases}),
    }
    return Crowd(known_of(session, found))


def _named_like(session: Session, many: Iterable[Known]) -> Iterator[int]:
    """Who has a whole name that is the same, a form of the same or sounds the same."""
    forms = list(dict.fromkeys(form for known in many for form in whole_forms(known)))
    counted = _count_sounds(session, {sound for _, words in forms for word in words for sound in word})
    wanted = [(place, rare, other) for place, (_, words) in enumerate(forms) for rare, other in _rarest(words, counted)]
    if wanted:
        query = text(_SHARING[session.get_bind().dialect.name])
        for place, person, name in session.execute(query, {"wanted": json.dumps(wanted)}):
            if is_whole_name_alike(forms[place][0], name):
                yield person


def _count_sounds(session: Session, sounds: Collection[str]) -> dict[str, int]:
    """How many names have each of these sounds, as far as they are counted; none for those that no name has."""
    if not sounds:
        return {}
    query = text(_SOUNDS[session.get_bind().dialect.name])
    rows = session.execute(query, {"sounds": json.dumps(sorted(sounds)), "most": MOST_COUNTED})
    return {sound: count for sound, count in rows if count}


def _rarest(words: Sequence[Word], counted: dict[str, int]) -> Iterator[tuple[str, str]]:
    """The sounds of the two rarest words of a name, each with each; of a name of one word, its own."""
    rare, *others = sorted(words, key=lambda word: sum(counted.get(sound, 0) for sound in word))
    for sound in rare:
        for other in others[0] if others else {sound}:
            if sound in counted and other in counted:
                yield sound, other


def _born_near(session: Session, many: Sequence[Known]) -> Iterator[int]:
    """Who was born near somebody's birth, or on a 1 January that may stand for it, and has a name that is rather alike."""
    if not many:
        return
    days = {day for known in many for day in _days_of(known)}
    years = {day.year for known in many for day in days_of_birth(known) if is_first_day(day)}
    named: dict[date, list[tuple[int, str]]] = defaultdict(list)
    within = [(date(year, 1, 1), date(year, 12, 31)) for year in sorted(years)]
    for day, person, name in names_by_birth(
        session, lambda born: or_(born.in_(days), *(born.between(*year) for year in within))
    ):
        named[day].append((person, name))
    for known in many:
        guessed = {day.year for day in days_of_birth(known) if is_first_day(day)}
        theirs = _days_of(known) | {day for day in named if day.year in guessed}
        for day in theirs:
            yield from (
                one for one, name in named.get(day, ()) if is_rather_alike(known.names, name, least=SHARING_ENOUGH)
            )


def _days_of(known: Known) -> frozenset[date]:
    return near_births(known) | {first_day(day) for day in days_of_birth(known)}


def _with_profiles(session: Session, profiles: Collection[tuple[str, str]]) -> list[int]:
    if not profiles:
        return []
    query = select(col(Profile.person_id), col(Profile.platform), col(Profile.handle)).where(
        col(Profile.platform).in_({platform for platform, _ in profiles}),
        col(Profile.handle).in_({handle for _, handle in profiles}),
        col(Profile.struck_at).is_(None),
    )
    return [person for person, platform, handle in session.execute(query) if (platform, handle) in profiles]


def _with_cases(session: Session, cases: Collection[str]) -> list[int]:
    if not cases:
        return []
    return list(session.exec(select(Involvement.person_id).where(col(Involvement.case_key).in_(cases))))
