"""What is asked of a manager, with what the screens say for it."""

from dataclasses import dataclass
from enum import StrEnum


class Wanted(StrEnum):
    """What a check waits for a manager to do."""

    APPROVAL = "approval"
    REFERRAL = "referral"
    REVIEW = "review"
    NOT_USED = "not_used"
    WRONG_PERSON = "wrong_person"
    NOTHING_FOUND = "nothing_found"
    LATE_ENTRY = "late_entry"
    OUTCOME = "outcome"
    MEANING = "meaning"
    NOBODY_LEFT = "nobody_left"


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked, and what happens if nobody does it."""

    asked: str
    if_nothing: str


WANTED_WORDS: dict[Wanted, Words] = {
    Wanted.APPROVAL: Words("Approve one look, or decline it", "Nobody looks."),
    Wanted.REFERRAL: Words(
        "Send a blocked check to Legal, or close it", "It stays blocked, and Legal does not see it."
    ),
    Wanted.REVIEW: Words(
        "Review a look made in danger", "It stays unreviewed, and stands in the way of the next look in danger."
    ),
    Wanted.NOT_USED: Words("Confirm that nobody looked", "It goes on counting as a look."),
    Wanted.WRONG_PERSON: Words(
        "Confirm that it was somebody else's page", "It goes on counting for the person who was meant too."
    ),
    Wanted.NOTHING_FOUND: Words("Confirm that nothing was found", "It goes on counting as a look."),
    Wanted.LATE_ENTRY: Words("See a late entry", "It counts, and no manager has seen why it was late."),
    Wanted.OUTCOME: Words("Outcome overdue: what was seen", "The look counts, and nobody knows what came of it."),
    Wanted.MEANING: Words(
        "Outcome overdue: what it means", "The look counts, and the case does not say what it was for."
    ),
    Wanted.NOBODY_LEFT: Words(
        "See that nobody is left who could report", "The look counts, and it looks as if somebody still had to report."
    ),
}
