"""The shape of Legal's advice, and of what is confirmed before it is recorded."""

from typing import Any

from tracker.authorities.requests import NewAdvice
from tracker.authorities.vocabulary import Extent
from tracker.policy.vocabulary import Conclusion, Platform, Purpose
from tracker.review.requests import ReleasedHolds
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    InstantField,
    OnlyIf,
    TextField,
    WholeNumberField,
    YesNoField,
)
from tracker.web.forms import Form
from tracker.web.words import answers_of

WORDS = 4000  # characters
MOST_VIEWS = 20
FAVOURABLE = Conclusion.NOT_DIRECTED_SURVEILLANCE

PLATFORMS_WORDS = {Extent.ANY: "Any platform", Extent.SOME: "Only some platforms"}
PURPOSES_WORDS = {Extent.ANY: "Any purpose", Extent.SOME: "Only some purposes"}

CONCLUSION_WORDS: dict[Conclusion, str] = {
    Conclusion.NOT_DIRECTED_SURVEILLANCE: "Not directed surveillance",
    Conclusion.THRESHOLD_MET: "Directed surveillance, crime threshold met",
    Conclusion.THRESHOLD_NOT_MET: "Directed surveillance, crime threshold not met",
    Conclusion.COURT_ORDER_NEEDED: "A court's order is needed",
    Conclusion.CHIS: "Possible CHIS conduct",
}


def what_each_does(*, crime: bool, called: str, non_ripa: bool) -> dict[Conclusion, str]:
    """What each conclusion will do, in words, for a look to prevent or detect crime or for any other.

    `called`: the person. `non_ripa`: whether the council uses non-RIPA authorisations.
    """
    unless = f"{called} agrees, is told, or a court orders it"
    outside = " A non-RIPA authorisation is open too." if non_ripa else ""
    met = (
        f"A look stays blocked until a RIPA authorisation is granted and a justice of the peace approves it, or {unless}."
        if crime
        else f"A look for this purpose stays blocked unless {unless}. RIPA is open only to prevent or detect crime."
    )
    return {
        Conclusion.NOT_DIRECTED_SURVEILLANCE: "A manager can approve as many looks as you say below, until the end you set.",
        Conclusion.THRESHOLD_MET: met,
        Conclusion.THRESHOLD_NOT_MET: (
            f"RIPA is not available (article 7A). A look stays blocked unless {unless}.{'' if crime else outside}"
        ),
        Conclusion.COURT_ORDER_NEEDED: f"A look stays blocked unless {called} agrees or a court orders it. Telling is not enough.",
        Conclusion.CHIS: (
            f"A look stays blocked unless {called} agrees or a court orders it. A council may use a CHIS for crime only; "
            "it comes back to Legal."
        ),
    }


class AdviceForm(Form):
    """Legal's advice on one person. The route says of each conclusion what it will do."""

    question = TextField("What is the question?", required="Enter the question", most=WORDS)
    facts_relied_on = TextField(
        "Which facts does the advice rest on?",
        hint="Privileged. Workers see neither these words nor the conclusion.",
        required="Enter the facts that the advice rests on",
        most=WORDS,
    )
    conclusion = ChoiceField("What is the conclusion?", Conclusion, CONCLUSION_WORDS, required="Select the conclusion")
    wording = TextField("What is the advice, in words?", required="Enter the advice", most=WORDS)
    at = InstantField(
        "When was it given?",
        hint="For example, 3 11 2026, at 2:15pm",
        required="Enter when it was given",
        subject="When it was given",
    )
    extent_of_platforms = ChoiceField(
        "For which platforms does it hold?", Extent, PLATFORMS_WORDS, required="Select for which platforms"
    )
    platforms = ChoicesField(
        "Which platforms?",
        Platform,
        answers_of(Platform),
        required="Select at least one platform",
        only_if=OnlyIf("extent_of_platforms", Extent.SOME),
    )
    extent_of_purposes = ChoiceField(
        "For which purposes does it hold?", Extent, PURPOSES_WORDS, required="Select for which purposes"
    )
    purposes = ChoicesField(
        "Which purposes?",
        Purpose,
        answers_of(Purpose),
        required="Select at least one purpose",
        only_if=OnlyIf("extent_of_purposes", Extent.SOME),
    )
    max_views = WholeNumberField(
        "How many looks does it cover?",
        hint="Counted from the moment of the advice.",
        subject="The number of looks",
        required="Enter how many looks it covers",
        least=1,
        most=MOST_VIEWS,
        only_if=OnlyIf("conclusion", FAVOURABLE),
    )
    until_on = DateField("Until when?", subject="The day it ends", only_if=OnlyIf("conclusion", FAVOURABLE))
    covers_confidential = YesNoField(
        "Does it cover confidential or privileged material?",
        yes="The advice deals with what a solicitor, doctor, MP, minister of religion or journalist wrote or was told.",
        no="A look where such material is likely stays blocked.",
        required="Select whether it covers confidential material",
    )

    def explain(self, hints: dict[Conclusion, str]) -> None:
        """Says under each conclusion what it will do."""
        self.conclusion.hints = hints
        self.conclusion.offer(Conclusion)

    def request(self, person: str) -> NewAdvice:
        """The advice; after the form was found valid. Raises `ProblemError` naming a field."""
        favourable = self.conclusion.value is FAVOURABLE
        return NewAdvice(
            person=person,
            conclusion=self.conclusion.value,
            at=self.at.value,
            question=self.question.value,
            facts_relied_on=self.facts_relied_on.value,
            wording=self.wording.value,
            until_on=self.until_on.data if favourable else None,
            platforms=frozenset(self.platforms.value) if self.extent_of_platforms.value is Extent.SOME else None,
            purposes=frozenset(self.purposes.value) if self.extent_of_purposes.value is Extent.SOME else None,
            max_views=self.max_views.value if favourable else 1,
            covers_confidential=self.covers_confidential.value,
        )


class ConfirmAdviceForm(Form):
    """What is confirmed before advice is recorded. `release` is asked only of favourable advice on a person under a hold."""

    release = YesNoField(
        "Is the hold on this person to be released?",
        yes="It is released for every look, not only for those that the advice covers.",
        no="It stays: a look on the advice alone stays blocked.",
        required="Select whether the hold is to be released",
        subject="Whether the hold is to be released",
    )
    release_why = TextField(
        "Why is it released?",
        required="Enter why the hold is released",
        most=WORDS,
        only_if=OnlyIf("release", True),
    )

    def releasing(self, holds: tuple[str, ...]) -> ReleasedHolds | None:
        """The holds that are released with the advice; None for none."""
        return ReleasedHolds(holds, self.release_why.value) if holds and self.release.data else None


def summary_of(form: AdviceForm) -> list[tuple[str, str]]:
    """What was typed, as question and answer."""
    shown: list[Any] = [field for field in form.questions() if not field.is_empty]
    return [(field.label.text, field.words(field.data)) for field in shown]
