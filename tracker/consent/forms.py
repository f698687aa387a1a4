"""The shape of what is typed about consents, notices and objections."""

from typing import Any

from tracker.consent.requests import LONGEST_LANGUAGE, LONGEST_NAME, NewConsent, NewNotice, NewObjection
from tracker.consent.vocabulary import (
    EXTENT_OF_PLATFORMS_WORDS,
    EXTENT_OF_PURPOSES_WORDS,
    HOW_GIVEN_ANSWERS,
    NOTICE_KIND_ANSWERS,
    SAID_ANSWERS,
    SPEAKER_ANSWERS,
    Extent,
    HowGiven,
)
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, NoticeKind, Platform, Purpose
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    InstantField,
    LineField,
    OfferedChoiceField,
    OnlyIf,
    OwnField,
    TextField,
    YesNoField,
)
from tracker.web.forms import Form
from tracker.web.words import answers_of

WORDS = 2000  # characters
SOMEBODY_ELSE = "somebody_else"


ASKED_LAST = ("extent_of_platforms", "platforms", "extent_of_purposes", "purposes", "until_on", "team")


class ScopedForm(Form):
    """What a consent and a notice have in common: for what it holds, and the team that records it. Asked last on the page."""

    team = OfferedChoiceField("Which of your teams records this?", subject="The team")
    extent_of_platforms = ChoiceField(
        "On which platforms?", Extent, EXTENT_OF_PLATFORMS_WORDS, required="Select on which platforms"
    )
    platforms = ChoicesField(
        "Which platforms?",
        Platform,
        answers_of(Platform),
        required="Select at least one platform",
        only_if=OnlyIf("extent_of_platforms", Extent.SOME),
    )
    extent_of_purposes = ChoiceField(
        "For which purposes?", Extent, EXTENT_OF_PURPOSES_WORDS, required="Select for which purposes"
    )
    purposes = ChoicesField(
        "Which purposes?",
        Purpose,
        answers_of(Purpose),
        required="Select at least one purpose",
        only_if=OnlyIf("extent_of_purposes", Extent.SOME),
    )

    def questions(self) -> list[OwnField[Any]]:
        """The fields in the order of the page, so that the errors stand in it too."""
        places = {name: place for place, name in enumerate(ASKED_LAST, 1)}
        return sorted(super().questions(), key=lambda field: places.get(field.short_name, 0))

    def chosen_platforms(self) -> frozenset[Platform] | None:
        """The platforms it is limited to; None where it is not limited."""
        return frozenset(self.platforms.data) if self.extent_of_platforms.value is Extent.SOME else None

    def chosen_purposes(self) -> frozenset[Purpose] | None:
        """The purposes it is limited to; None where it is not limited."""
        return frozenset(self.purposes.data) if self.extent_of_purposes.value is Extent.SOME else None


class ConsentForm(ScopedForm):
    """What was said about a look at somebody's social media. The route words the question about competence by age."""

    status = ChoiceField("What was said?", ConsentStatus, SAID_ANSWERS, required="Select what was said")
    given_by = ChoiceField("Who said it?", GivenBy, SPEAKER_ANSWERS, required="Select who said it")
    giver = OfferedChoiceField(
        "Who was it?",
        required="Select who it was",
        only_if=OnlyIf("given_by", GivenBy.PARENTAL_RESPONSIBILITY, GivenBy.ATTORNEY_OR_DEPUTY),
    )
    giver_name = LineField(
        "If somebody else said it, what is their name?",
        most=LONGEST_NAME,
        required="Enter the name of whoever said it",
        only_if=OnlyIf("given_by", GivenBy.PARENTAL_RESPONSIBILITY, GivenBy.ATTORNEY_OR_DEPUTY),
    )
    competence = ChoiceField(
        "Can the person decide this for themself?",
        Competence,
        answers_of(Competence),
        required="Select whether the person can decide this for themself",
    )
    competence_words = TextField(
        "How do you know?",
        hint="What you asked and what they answered, or why it was not assessed.",
        required="Enter how you know",
        most=WORDS,
    )
    wording = TextField(
        "What was asked, and what was said?",
        hint="Use their own words as far as you can.",
        required="Enter what was asked, and what was said",
        most=WORDS,
    )
    right_to_refuse_explained = YesNoField(
        "Did you explain that they may say no, and that no would not be held against them?",
        required="Select whether you explained that they may say no",
    )
    at = InstantField(
        "When was it said?",
        hint="For example, 3 11 2026, at 2:15pm",
        required="Enter when it was said",
        subject="When it was said",
    )
    how_given = ChoiceField("How was it said?", HowGiven, HOW_GIVEN_ANSWERS, required="Select how it was said")
    language = LineField("In which language?", most=LONGEST_LANGUAGE, required="Enter the language", default="English")
    how_received = TextField(
        "How did they take being asked?",
        hint="For example, they asked what we would look at, and understood the answer.",
        required="Enter how they took being asked",
        most=WORDS,
    )
    witness = LineField("Who else was there?", most=LONGEST_NAME)
    until_on = DateField("Until when?", only_if=OnlyIf("status", ConsentStatus.GIVEN), subject="The day it ends")

    def offer_givers(self, family: list[tuple[str, str]]) -> None:
        """Family on record (reference, words) who may have said it; a name is then asked only of whoever is not among them."""
        if not family:
            self.giver.required = ""
            return
        self.giver.offer([*family, (SOMEBODY_ELSE, "Somebody who is not on record here")])
        self.giver_name.label.text = "What is their name?"
        self.giver_name.only_if = OnlyIf("giver", SOMEBODY_ELSE)

    def request(self, person: str, team: str) -> NewConsent:
        """What is to be recorded; after the form was found valid. Raises `ProblemError` naming a field."""
        return NewConsent(
            person=person,
            team=team,
            status=self.status.value,
            at=self.at.value,
            given_by=self.given_by.value,
            giver_name=self.giver_name.data or "",
            giver=self.giver.data if self.giver.data != SOMEBODY_ELSE else None,
            competence=self.competence.value,
            competence_words=self.competence_words.value,
            wording=self.wording.value,
            language=self.language.value,
            how_given=self.how_given.value,
            how_received=self.how_received.value,
            right_to_refuse_explained=self.right_to_refuse_explained.value,
            witness=self.witness.data or None,
            until_on=self.until_on.data,
            platforms=self.chosen_platforms(),
            purposes=self.chosen_purposes(),
        )


class NoticeForm(ScopedForm):
    """What the person was told about looks at their social media."""

    kind = ChoiceField("What were they told?", NoticeKind, NOTICE_KIND_ANSWERS, required="Select what they were told")
    wording = TextField("In what words?", required="Enter the words they were told it in", most=WORDS)
    at = InstantField(
        "When were they told?",
        hint="For example, 3 11 2026, at 2:15pm",
        required="Enter when they were told",
        subject="When they were told",
    )
    how_given = ChoiceField("How were they told?", HowGiven, HOW_GIVEN_ANSWERS, required="Select how they were told")
    language = LineField("In which language?", most=LONGEST_LANGUAGE, required="Enter the language", default="English")
    how_received = TextField(
        "How did they take it?",
        hint="Did it reach them, and did they understand it?",
        required="Enter how they took it",
        most=WORDS,
    )
    until_on = DateField("Until when does it hold?", subject="The day it ends")

    def request(self, person: str, team: str) -> NewNotice:
        """What is to be recorded; after the form was found valid. Raises `ProblemError` naming a field."""
        return NewNotice(
            person=person,
            team=team,
            kind=self.kind.value,
            at=self.at.value,
            wording=self.wording.value,
            language=self.language.value,
            how_given=self.how_given.value,
            how_received=self.how_received.value,
            until_on=self.until_on.data,
            platforms=self.chosen_platforms(),
            purposes=self.chosen_purposes(),
        )


class ObjectionForm(Form):
    """An objection to what a notice announced."""

    at = InstantField(
        "When did they object?",
        hint="For example, 3 11 2026, at 2:15pm",
        required="Enter when they objected",
        subject="When they objected",
    )
    wording = TextField("What did they say?", required="Enter what they said", most=WORDS)
    reply = TextField("What did you answer?", most=WORDS)

    def request(self, notice: str) -> NewObjection:
        """What is to be recorded; after the form was found valid. Raises `ProblemError` naming a field."""
        return NewObjection(notice, self.at.value, self.wording.value, self.reply.data or None)


class SettleForm(Form):
    """How Legal settled that those who may consent disagree."""

    why = TextField(
        "How was it settled, and why?",
        hint="Whoever reads the record sees this. Write what was decided, not what Legal advised.",
        required="Enter how it was settled, and why",
        most=WORDS,
    )
