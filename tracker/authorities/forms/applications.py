"""The shape of what is typed in an application for an authorisation."""

from typing import Any

from tracker.authorities.requests import NewApplication, NewNonRipaApplication
from tracker.authorities.vocabulary import (
    EXTENT_OF_ACCOUNTS_WORDS,
    EXTENT_OF_APPLICATION_WORDS,
    THRESHOLD_WORDS,
    Article7a,
    Extent,
    Threshold,
)
from tracker.policy.vocabulary import Account, Platform
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    LineField,
    OfferedChoicesField,
    OnlyIf,
    TextField,
    WholeNumberField,
    YesNoField,
)
from tracker.web.forms import Form
from tracker.web.words import answers_of

MET = OnlyIf("article_7a", Threshold.SIX_MONTHS, Threshold.UNDER_AGE_SALES)
"""What is asked only where article 7A is met: otherwise there is nothing to apply for."""

COUNCILS_OWN = (Account.NOT_USED, Account.LOGGED_OUT, Account.CORPORATE_REGISTERED)
"""The accounts that an authorisation can be limited to; no other can be used under one."""

SOUGHT = "What information is sought?"
NECESSARY = "Why is it necessary?"
PROPORTIONATE = "Why is it proportionate?"
COLLATERAL = "What about other people?"
HINTS = {
    SOUGHT: "What is known, what is to be found out, and how it would be looked for",
    NECESSARY: "Why it is needed, and why now",
    PROPORTIONATE: "How serious the matter is against how far the look goes; what less intrusive was tried or ruled out, and why",
    COLLATERAL: "Whose private life would be seen besides theirs, why that is justified, and how it is kept small",
}
CONFIDENTIAL = "The Head of Paid Service, or who deputises for them, must be the one to grant."


def _words(question: str, required: str, only_if: OnlyIf | None = None) -> TextField:
    return TextField(question, hint=HINTS[question], required=required, only_if=only_if)


class ApplicationForm(Form):
    """An application for directed surveillance. The route offers `persons`: whom it may name.

    Everything after article 7A is asked only where that is met.
    """

    persons = OfferedChoicesField(
        "Whom would the authorisation name?",
        hint="Leaving out somebody whose page is looked at is a common error.",
        required="Select at least one person",
    )
    offence = LineField(
        "Which criminal offence is to be prevented or detected?",
        hint="The offence and the Act",
        required="Enter the offence",
        subject="The offence",
    )
    maximum_penalty = LineField(
        "What is its maximum penalty?",
        hint="On summary conviction or on indictment",
        required="Enter the maximum penalty",
        subject="The maximum penalty",
    )
    article_7a = ChoiceField(
        "Does the offence meet article 7A?",
        Threshold,
        THRESHOLD_WORDS,
        hints={Threshold.NOT_MET: "Then RIPA is not available to the council. Continue to see what is left."},
        required="Select whether article 7A is met",
    )
    urn = LineField(
        "What is the URN?",
        hint="The unique reference number in the central record",
        most=40,
        required="Enter the URN",
        subject="The URN",
        only_if=MET,
    )
    sought = _words(SOUGHT, "Enter what information is sought", MET)
    necessary = _words(NECESSARY, "Enter why it is necessary", MET)
    proportionate = _words(PROPORTIONATE, "Enter why it is proportionate", MET)
    collateral = _words(COLLATERAL, "Enter what there is to say about other people", MET)
    confidential_likely = YesNoField(
        "Is confidential or privileged information likely to be seen?",
        yes=CONFIDENTIAL,
        no="Nothing between a person and their lawyer, doctor, MP, minister of religion or a journalist",
        required="Select whether confidential information is likely",
        only_if=MET,
    )
    extent_of_platforms = ChoiceField(
        "On which platforms?",
        Extent,
        EXTENT_OF_APPLICATION_WORDS,
        required="Select on which platforms",
        only_if=MET,
    )
    platforms = ChoicesField(
        "Which platforms?",
        Platform,
        answers_of(Platform),
        required="Select at least one platform",
        only_if=OnlyIf("extent_of_platforms", Extent.SOME),
    )
    extent_of_accounts = ChoiceField(
        "With which accounts?", Extent, EXTENT_OF_ACCOUNTS_WORDS, required="Select with which accounts", only_if=MET
    )
    accounts = ChoicesField(
        "Which accounts?",
        COUNCILS_OWN,
        answers_of(Account),
        required="Select at least one account",
        only_if=OnlyIf("extent_of_accounts", Extent.SOME),
    )
    next_review_on = DateField(
        "When should it first be reviewed?",
        hint="Leave it empty for the council's default.",
        subject="The first review",
        only_if=MET,
    )

    @property
    def is_met(self) -> bool:
        """Whether article 7A is met; after the form was found valid."""
        return self.article_7a.value is not Threshold.NOT_MET

    def request(self, *, renewal_of: str | None = None) -> NewApplication:
        """What is applied for; after the form was found valid. Raises `ProblemError` naming a field."""
        return NewApplication(
            urn=self.urn.value,
            offence=self.offence.value,
            maximum_penalty=self.maximum_penalty.value,
            article_7a=Article7a(self.article_7a.value.value) if self.is_met else None,
            accounts=frozenset(self.accounts.value) if self.extent_of_accounts.value is Extent.SOME else None,
            renewal_of=renewal_of,
            **_shared(self),
        )


class NonRipaApplicationForm(Form):
    """An application for an authorisation outside RIPA, where the council has the route on. The route offers `persons`."""

    persons = OfferedChoicesField("Whom would the authorisation name?", required="Select at least one person")
    sought = _words(SOUGHT, "Enter what information is sought")
    necessary = _words(NECESSARY, "Enter why it is necessary")
    proportionate = _words(PROPORTIONATE, "Enter why it is proportionate")
    collateral = _words(COLLATERAL, "Enter what there is to say about other people")
    confidential_likely = YesNoField(
        "Is confidential or privileged information likely to be seen?",
        yes=CONFIDENTIAL,
        no="Nothing between a person and their lawyer, doctor, MP, minister of religion or a journalist",
        required="Select whether confidential information is likely",
    )
    extent_of_platforms = ChoiceField(
        "On which platforms?", Extent, EXTENT_OF_APPLICATION_WORDS, required="Select on which platforms"
    )
    platforms = ChoicesField(
        "Which platforms?",
        Platform,
        answers_of(Platform),
        required="Select at least one platform",
        only_if=OnlyIf("extent_of_platforms", Extent.SOME),
    )
    max_views = WholeNumberField(
        "How many looks?", least=1, most=50, required="Enter how many looks", subject="The number of looks"
    )
    until_on = DateField("Until when?", required="Enter until when", subject="The day it ends")
    next_review_on = DateField(
        "When should it first be reviewed?",
        hint="Leave it empty for the council's default.",
        subject="The first review",
    )

    def request(self) -> NewNonRipaApplication:
        """What is applied for; after the form was found valid. Raises `ProblemError` naming a field."""
        return NewNonRipaApplication(until_on=self.until_on.value, max_views=self.max_views.value, **_shared(self))


class WithdrawForm(Form):
    """Legal's withdrawal of an application that waits."""

    why = TextField("Why do you withdraw it?", required="Enter why you withdraw it")


def _shared(form: ApplicationForm | NonRipaApplicationForm) -> dict[str, Any]:
    return {
        "persons": frozenset(form.persons.value),
        "sought": form.sought.value,
        "necessary": form.necessary.value,
        "proportionate": form.proportionate.value,
        "collateral": form.collateral.value,
        "confidential_likely": form.confidential_likely.value,
        "next_review_on": form.next_review_on.data,
        "platforms": frozenset(form.platforms.value) if form.extent_of_platforms.value is Extent.SOME else None,
    }
