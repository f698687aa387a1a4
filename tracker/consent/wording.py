"""How the questions and records of this room are worded for one person: competence under 16, capacity from 16."""

from datetime import date

from tracker.consent.models import Consent, Notice
from tracker.consent.selectors import platforms_of, purposes_of
from tracker.people.groups import PersonGroup
from tracker.policy.vocabulary import ConsentStatus, Platform, Purpose
from tracker.web.words import listed

CAPACITY_FROM = 16  # years; Mental Capacity Act 2005 s.2(5)

COMPETENCE = "Is the child competent to decide this for themself (Gillick competence)?"
CAPACITY = "Does the person have capacity to decide this for themself?"
EITHER = "Can the person decide this for themself? Ask for competence (Gillick) under 16, and for capacity from 16"

SAID: dict[ConsentStatus, str] = {
    ConsentStatus.GIVEN: "Consent given",
    ConsentStatus.REFUSED: "Consent refused",
    ConsentStatus.WITHDRAWN: "Consent withdrawn",
}


def competence_question(group: PersonGroup, *, on: date) -> str:
    """What is asked of somebody of that age on that day; both where the age is not known.

    Sources: Gillick v West Norfolk [1986] AC 112; Mental Capacity Act 2005 s.2(5).
    """
    born = [record.date_of_birth for record in group.records if record.date_of_birth is not None]
    answers = {_is_16(day, on) for day in born}
    if answers == {True}:
        return CAPACITY
    return COMPETENCE if answers == {False} else EITHER


def platforms_in_words(record: Consent | Notice) -> str:
    """The platforms of a record as a list for the screen."""
    chosen = platforms_of(record.platforms)
    return "Any platform" if chosen is None else listed(one.label for one in Platform if one in chosen)


def purposes_in_words(record: Consent | Notice) -> str:
    """The purposes of a record as a list for the screen."""
    chosen = purposes_of(record.purposes)
    return "Any purpose" if chosen is None else listed(one.label for one in Purpose if one in chosen)


def _is_16(born: date, on: date) -> bool:
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return years >= CAPACITY_FROM
