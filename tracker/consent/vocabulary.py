"""How something was said or told, with what the screens say for it."""

from enum import StrEnum


class HowGiven(StrEnum):
    """The form in which a consent or a notice was given."""

    SIGNED_FORM = "signed_form"
    LETTER = "letter"
    EMAIL = "email"
    TEXT_MESSAGE = "text_message"
    SPOKEN_IN_PERSON = "spoken_in_person"
    SPOKEN_BY_TELEPHONE = "spoken_by_telephone"
    THROUGH_SOLICITOR = "through_solicitor"


HOW_GIVEN_WORDS: dict[HowGiven, str] = {
    HowGiven.SIGNED_FORM: "on a signed form",
    HowGiven.LETTER: "by letter",
    HowGiven.EMAIL: "by e-mail",
    HowGiven.TEXT_MESSAGE: "by text message",
    HowGiven.SPOKEN_IN_PERSON: "in person",
    HowGiven.SPOKEN_BY_TELEPHONE: "by telephone",
    HowGiven.THROUGH_SOLICITOR: "through a solicitor",
}
