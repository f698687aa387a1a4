"""The shape of what is typed about a court's order."""

from collections.abc import Iterable
from typing import Any

from tracker.authorities.models import CourtOrder
from tracker.authorities.requests import NewCourtOrder
from tracker.authorities.selectors import platforms_of, purposes_of
from tracker.authorities.vocabulary import EXTENT_OF_PLATFORMS_WORDS, EXTENT_OF_PURPOSES_WORDS, Extent
from tracker.policy.vocabulary import Platform, Purpose
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    LineField,
    OfferedChoicesField,
    OnlyIf,
    TextField,
    YesNoField,
)
from tracker.web.forms import Form
from tracker.web.words import answers_of


class OrderForm(Form):
    """An order or direction of a court, as a worker reports or Legal records it. The route offers `persons`: whom it may name."""

    persons = OfferedChoicesField(
        "Whom does the order name?",
        hint="Only those whom the order names can be looked for under it.",
        required="Select at least one person whom the order names",
    )
    court = LineField("Which court made it?", most=120, required="Enter the court")
    case_number = LineField("What is the case number?", most=40, required="Enter the case number")
    judge = LineField("Which judge made it?", most=120, required="Enter the judge")
    made_on = DateField(
        "When was it made?",
        hint="For example, 3 11 2026",
        required="Enter when it was made",
        subject="The day it was made",
    )
    from_on = DateField(
        "From when is it in force?", required="Enter from when it is in force", subject="The day it begins"
    )
    until_on = DateField("Until when?", hint="Leave it empty if the order gives no end.", subject="The day it ends")
    terms = TextField(
        "What does it say about looking at social media?",
        hint="Its own words. Leave out everything else.",
        required="Enter what it says about looking at social media",
        most=2000,
    )
    terms_clear = YesNoField(
        "Do those words say clearly what may be looked at?",
        no="The order cannot carry a look until it is clear. Ask Legal.",
        yes="Somebody who reads them knows what is allowed.",
        required="Select whether the words are clear",
    )
    allows_contact = YesNoField(
        "Does it expressly allow contact, such as a friend request or joining a closed group?",
        required="Select whether it allows contact",
    )
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

    def request(self) -> NewCourtOrder:
        """What is to be recorded; after the form was found valid. Raises `ProblemError` naming a field."""
        return NewCourtOrder(
            persons=frozenset(self.persons.value),
            court=self.court.value,
            case_number=self.case_number.value,
            judge=self.judge.value,
            made_on=self.made_on.value,
            from_on=self.from_on.value,
            until_on=self.until_on.data,
            terms=self.terms.value,
            terms_clear=self.terms_clear.value,
            allows_contact=self.allows_contact.value,
            platforms=frozenset(self.platforms.value) if self.extent_of_platforms.value is Extent.SOME else None,
            purposes=frozenset(self.purposes.value) if self.extent_of_purposes.value is Extent.SOME else None,
        )


class SeenForm(OrderForm):
    """What the sealed copy of a reported order says: the same, or what is typed; everything else is asked only then."""

    as_reported = YesNoField(
        "Does the sealed copy say what was reported?",
        yes="The order is recorded as seen.",
        no="Put right below what was reported. The report is struck through and kept, and the order is recorded as the court made it.",
        required="Select whether the sealed copy says what was reported",
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for question in self.questions():
            if question.short_name != "as_reported" and question.only_if is None:
                question.only_if = OnlyIf("as_reported", False)


def as_answers(order: CourtOrder, persons: Iterable[str]) -> dict[str, Any]:
    """What is recorded of an order as the answers of its form; `persons` are references."""
    platforms, purposes = platforms_of(order.platforms), purposes_of(order.purposes)
    return {
        "persons": tuple(persons),
        "court": order.court,
        "case_number": order.case_number,
        "judge": order.judge,
        "made_on": order.made_on,
        "from_on": order.from_on,
        "until_on": order.until_on,
        "terms": order.terms,
        "terms_clear": order.terms_clear,
        "allows_contact": order.allows_contact,
        "extent_of_platforms": Extent.ANY if platforms is None else Extent.SOME,
        "platforms": tuple(platforms or ()),
        "extent_of_purposes": Extent.ANY if purposes is None else Extent.SOME,
        "purposes": tuple(purposes or ()),
    }
