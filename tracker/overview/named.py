"""Whom a task names besides the person it is about, told to each reader as far as they may open those records."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from tracker.detection.selectors import people_named
from tracker.people.models import FamilyLink, Person
from tracker.people.selectors import called, sealed_among, standings_of, whom_to_ask
from tracker.policy.entitlement import Actor, may_open_person
from tracker.policy.periods import london_day
from tracker.storage.tables import saved_key
from tracker.tasks.models import Task
from tracker.tasks.vocabulary import TaskKind
from tracker.web.words import with_capital

RESTRICTED = "A restricted record"
A_RESTRICTED_RECORD = "a restricted record"
PERSON_REFERENCE = re.compile(r"\bPER-[0-9A-Z]{4}-[0-9A-Z]{4}\b")

ACROSS_A_SEAL: dict[str, str] = {
    TaskKind.FAMILY_CLUSTER: "Looks at one family were found together.",
    TaskKind.FAMILY_LINK_ENDED: "A family or household link was ended.",
}
"""The tasks that say who belongs together, and all that they say, to anybody, once one of those people is sealed. ADR 0152, 0177."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a reader is told of a task: its words, and the two of a family link where it is about one. `in_full`: they may open everybody
    whom it names, and none of those who belong together is sealed."""

    words: str
    of_link: str
    in_full: bool


def named_in(session: Session, task: Task, actor: Actor, *, now: datetime) -> Named:
    """The words of a task as the actor may read them: "a restricted record" in the place of each reference that is not theirs to
    know, and of a family across a seal only that there is a task."""
    in_words = people_named(session, found) if (found := PERSON_REFERENCE.findall(task.what)) else {}
    ends = _ends_of_link(session, task)
    people = {saved_key(one): one for one in (*in_words.values(), *ends)}
    if task.kind in ACROSS_A_SEAL and len(people) > 1 and sealed_among(session, people):
        return Named(ACROSS_A_SEAL[task.kind], RESTRICTED if ends else "", in_full=False)
    standings = standings_of(session, people, on=london_day(now))
    closed = {key for key, one in standings.items() if not may_open_person(actor, one)}
    words = task.what
    for key in closed:
        words = words.replace(people[key].reference, A_RESTRICTED_RECORD)
    of_link = " and ".join(_asked_for(session, one) if saved_key(one) in closed else called(one) for one in ends)
    return Named(words, with_capital(of_link), in_full=not closed)


def _ends_of_link(session: Session, task: Task) -> tuple[Person, ...]:
    if task.kind != TaskKind.FAMILY_LINK_ENDED:
        return ()
    is_end = or_(col(Person.id) == col(FamilyLink.person_id), col(Person.id) == col(FamilyLink.other_id))
    query = select(Person).join(FamilyLink, is_end).where(FamilyLink.reference == task.record)
    return tuple(session.exec(query.order_by(col(Person.id))))


def _asked_for(session: Session, person: Person) -> str:
    return f"{A_RESTRICTED_RECORD} (ask {whom_to_ask(session, saved_key(person))})"
