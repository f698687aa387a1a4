"""People who were found, as answers of a form."""

from collections.abc import Collection

from tracker.people.ages import age_in_words
from tracker.people.search import Found
from tracker.web.dates import day_in_words
from tracker.web.request import now


def offered(found: Found, *, without: Collection[str]) -> list[tuple[str, str, str]]:
    """Each person found but those `without`: reference, name, and what tells them from somebody of the same name."""
    answers = []
    for one in found.people:
        person = one.person
        if person.reference in without:
            continue
        born = f"born {day_in_words(person.date_of_birth)}" if person.date_of_birth else age_in_words(person, at=now())
        hint = "; ".join([person.reference, born, *one.teams])
        answers.append((person.reference, person.name or person.known_by or person.reference, hint))
    return answers
