"""The shape of a seal, of its end, and of what Legal alone keeps of a sealed record."""

from tracker.people.requests import AnsweredCounterpart, AskedToSeal, NewCounterpart, SealedPerson, UnsealedPerson
from tracker.people.vocabulary import SEAL_KIND_WORDS, SealKind
from tracker.web.fields import ChoiceField, LineField, OfferedChoicesField, OnlyIf, TextField
from tracker.web.forms import Form, VersionedForm

WORDS = 2000  # characters
LONGEST_KIND = 120
LONGEST_ADDRESSES = 1000


class AskToSealForm(Form):
    """Why a record should be sealed, for Legal."""

    kind = ChoiceField(
        "Why should the record be sealed?", SealKind, SEAL_KIND_WORDS, required="Select why the record should be sealed"
    )
    why = TextField(
        "What does Legal need to know?",
        hint="What has happened or will, by when it must be sealed, and who must still read it. "
        "Besides you only Legal and those who audit read it.",
        required="Enter why the record should be sealed",
        subject="What Legal needs to know",
        most=WORDS,
    )

    def request(self, person: str) -> AskedToSeal:
        """What Legal is asked; after the form was found valid."""
        return AskedToSeal(person=person, kind=self.kind.value, why=self.why.value)


class SealForm(VersionedForm):
    """Why a record is sealed, and who may read it. The route offers those who might."""

    kind = ChoiceField(
        "Why is the record sealed?", SealKind, SEAL_KIND_WORDS, required="Select why the record is sealed"
    )
    kind_words = LineField(
        "Which reason?",
        required="Enter the reason in a few words",
        subject="The reason",
        most=LONGEST_KIND,
        only_if=OnlyIf("kind", SealKind.OTHER),
    )
    why = TextField(
        "What is it decided on?",
        hint="For example, the order, or who asked for it. Only the audit trail and Legal keep it.",
        required="Enter why the record is sealed",
        subject="What it is decided on",
        most=WORDS,
    )
    readers = OfferedChoicesField(
        "Who may read it?",
        hint="Those who work in the teams concerned. At least one must be a manager, who decides on what is asked.",
        subject="Who may read it",
        says_optional=False,
    )
    others = TextField(
        "Anybody else who may read it",
        hint="The e-mail address with which each signs in, one on each line",
        subject="The addresses",
        most=LONGEST_ADDRESSES,
    )

    def addresses(self) -> tuple[str, ...]:
        """The addresses that were typed, each once."""
        return tuple(dict.fromkeys(one.strip() for one in (self.others.data or "").split("\n") if one.strip()))

    def request(self, person: str, others: tuple[str, ...]) -> SealedPerson:
        """The seal; after the form was found valid. `others`: references of those whose address was typed."""
        return SealedPerson(
            person=person,
            version=self.version.value,
            kind=self.kind.value,
            kind_words=self.kind_words.data or None,
            why=self.why.value,
            readers=(*(self.readers.data or ()), *others),
        )


class UnsealForm(VersionedForm):
    """Why a record need not be sealed any more."""

    why = TextField(
        "Why need it not be sealed any more?",
        required="Enter why the record need not be sealed any more",
        subject="Why",
        most=WORDS,
    )

    def request(self, person: str) -> UnsealedPerson:
        """What is to be unsealed; after the form was found valid."""
        return UnsealedPerson(person=person, version=self.version.value, why=self.why.value)


class CounterpartForm(Form):
    """Another record of the same person, which nobody but Legal may know."""

    other = LineField(
        "The reference of the other record",
        hint="Like PER-4QZK-77RD. One of the two must be sealed.",
        required="Enter the reference of the other record",
        subject="The reference",
        most=40,
    )
    why = TextField("How is it known?", required="Enter how it is known", subject="How it is known", most=WORDS)

    def request(self, person: str) -> NewCounterpart:
        """The counterpart; after the form was found valid."""
        return NewCounterpart(person=person, other=self.other.value, why=self.why.value)


class EndCounterpartForm(Form):
    """Why two records are not the same person after all."""

    why = TextField(
        "Why are they not the same person?",
        required="Enter why they are not the same person",
        subject="Why",
        most=WORDS,
    )

    def request(self, counterpart: str) -> AnsweredCounterpart:
        """What is to be ended; after the form was found valid."""
        return AnsweredCounterpart(counterpart=counterpart, why=self.why.value)


class AnswerCounterpartForm(Form):
    """Why what is on both sides does not stop a look at either."""

    why = TextField(
        "Why may each be decided by itself?",
        hint="For Legal's file and the audit trail. Whoever asks is told the answer only.",
        required="Enter why each may be decided by itself",
        subject="Why",
        most=WORDS,
    )

    def request(self, counterpart: str) -> AnsweredCounterpart:
        """What was weighed; after the form was found valid."""
        return AnsweredCounterpart(counterpart=counterpart, why=self.why.value)
