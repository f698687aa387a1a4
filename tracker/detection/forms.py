"""The shape of what is typed about how records and people belong together."""

from tracker.detection.vocabulary import ARE_THEY_WORDS, AreThey
from tracker.people.forms import LONGEST_WHY_NOT, REASON, NewPersonForm
from tracker.people.requests import LinkedRecords, NewFamilyLink, RecordsToldApart
from tracker.people.vocabulary import FAMILY_LINK_WORDS, FamilyLinkKind
from tracker.web.fields import ChoiceField, LineField, OfferedChoiceField, OnlyIf, TextField
from tracker.web.forms import Form
from tracker.web.words import with_capital

FAMILY_ANSWERS = {kind: with_capital(words) for kind, words in FAMILY_LINK_WORDS.items()}


class NewRelativeForm(NewPersonForm):
    """Somebody to be put on record as family or household of somebody who is there."""

    kind = ChoiceField("What are they to the person?", FamilyLinkKind, FAMILY_ANSWERS, required="Select what they are")


class RelativeForm(Form):
    """Somebody on record, and what they are to the person. The route offers those that were found."""

    other = OfferedChoiceField("Who is it?", required="Select who it is")
    kind = ChoiceField("What are they to the person?", FamilyLinkKind, FAMILY_ANSWERS, required="Select what they are")

    def request(self, person: str) -> NewFamilyLink:
        """What is to be recorded; after the form was found valid."""
        return NewFamilyLink(person=person, other=self.other.value, kind=self.kind.value)


class EndFamilyLinkForm(Form):
    """That a family or household link no longer holds, and how that is known."""

    why = TextField(
        "How do you know that this no longer holds, or never did?",
        hint="Managers of the teams that work with them are told, and read this.",
        required="Enter how you know",
        subject="How you know",
        most=REASON,
    )


class OtherRecordForm(Form):
    """Which of the records that were found may be about the same person. The route offers them."""

    other = OfferedChoiceField("Which record may be about the same person?", required="Select a record")


class SamePersonForm(Form):
    """Whether two records that were compared are one person, and how that is known."""

    are_they = ChoiceField(
        "Are they the same person?", AreThey, ARE_THEY_WORDS, required="Select whether they are the same person"
    )
    why = TextField(
        "How do you know that they are one person?",
        hint="For example, the same date of birth and address, and both records name the same mother.",
        required="Enter how you know that they are one person",
        subject="How you know",
        most=REASON,
        only_if=OnlyIf("are_they", AreThey.ONE_PERSON),
    )
    why_not = LineField(
        "How do you know that they are not?",
        hint="Needed where the records agree in what tells people apart.",
        subject="How you know",
        says_optional=False,
        most=LONGEST_WHY_NOT,
        only_if=OnlyIf("are_they", AreThey.TWO_PEOPLE),
    )

    def link(self, person: str, other: str) -> LinkedRecords:
        """The link to be made; after the form was found valid."""
        return LinkedRecords(person=person, other=other, why=self.why.value)

    def told_apart(self, person: str, other: str) -> RecordsToldApart:
        """What is to be remembered; after the form was found valid."""
        return RecordsToldApart(person=person, other=other, why=self.why_not.data or None)
