"""How something was said or told, with what the screens say for it."""

from enum import StrEnum

from tracker.policy.vocabulary import ConsentStatus, GivenBy, NoticeKind


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


HOW_GIVEN_ANSWERS: dict[HowGiven, str] = {how: words[:1].upper() + words[1:] for how, words in HOW_GIVEN_WORDS.items()}
"""The same, as answers on a form."""


class Extent(StrEnum):
    """Whether something holds for everything or only for what is named."""

    ANY = "any"
    SOME = "some"


EXTENT_OF_PLATFORMS_WORDS: dict[Extent, str] = {
    Extent.ANY: "Any platform: it was not limited",
    Extent.SOME: "Only the platforms that were named",
}
EXTENT_OF_PURPOSES_WORDS: dict[Extent, str] = {
    Extent.ANY: "Any purpose: it was not limited",
    Extent.SOME: "Only the purposes that were named",
}

SAID_ANSWERS: dict[ConsentStatus, str] = {
    ConsentStatus.GIVEN: "Yes, you may look",
    ConsentStatus.REFUSED: "No",
    ConsentStatus.WITHDRAWN: "They had said yes, and now take it back",
}

SPEAKER_ANSWERS: dict[GivenBy, str] = {
    GivenBy.SELF: "The person themself",
    GivenBy.PARENTAL_RESPONSIBILITY: "Somebody with parental responsibility for them",
    GivenBy.ATTORNEY_OR_DEPUTY: "Their attorney or deputy",
}

NOTICE_KIND_ANSWERS: dict[NoticeKind, str] = {
    NoticeKind.SPECIFIC: "Specifically, that we may look at their social media",
    NoticeKind.GENERAL: "Generally, for example in a leaflet or privacy notice",
}
