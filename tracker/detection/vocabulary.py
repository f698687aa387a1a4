"""The words of this room."""

from enum import StrEnum

from tracker.policy.patterns import Effect


class AreThey(StrEnum):
    """What somebody says who has compared two records."""

    ONE_PERSON = "one_person"
    TWO_PEOPLE = "two_people"


ARE_THEY_WORDS: dict[AreThey, str] = {
    AreThey.ONE_PERSON: "Yes: link the records, so that they count as one person",
    AreThey.TWO_PEOPLE: "No: they are different people, and this is not suggested again",
}

EFFECT_WORDS: dict[Effect, str] = {
    Effect.HOLD: "A hold would be placed at once, and the case goes to Legal: until Legal has answered, no look goes ahead that "
    "only needs a worker's or a manager's word.",
    Effect.REFERRAL: "The case would go to Legal.",
    Effect.POSSIBLE_ERROR: "Legal would be asked whether a look was an error that has to be reported.",
    Effect.TASK: "A manager would be asked to look at it.",
}
"""What would follow from a link, in words for whoever is about to make it."""
