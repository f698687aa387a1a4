"""The shape of what is typed about a justice's decision."""

from tracker.authorities.requests import NewJpHearing
from tracker.authorities.vocabulary import JP_DECISION_ANSWERS, JpDecision
from tracker.web.fields import ChoiceField, InstantField, LineField
from tracker.web.forms import Form


class HearingForm(Form):
    """What a justice of the peace decided on an authorisation."""

    decision = ChoiceField(
        "What did the justice decide?",
        JpDecision,
        JP_DECISION_ANSWERS,
        required="Select what the justice decided",
    )
    court = LineField("Which magistrates' court?", most=120, required="Enter the court")
    justice = LineField(
        "What is the name of the justice?", most=120, required="Enter the name of the justice", subject="The name"
    )
    heard_at = InstantField(
        "When was the hearing?",
        hint="The day and the time that the justice decided",
        required="Enter when the hearing was",
        subject="The hearing",
    )

    order_place = LineField(
        "Where is the copy of the order kept?",
        hint="In the case system or in Legal's file, not here. Where it has not come yet, say from whom it is awaited.",
        most=300,
        required="Enter where the copy of the order is kept",
        subject="Where the copy of the order is kept",
    )

    def explain(self, *, approved: bool) -> None:
        """Says under each decision what it does to the authorisation. `approved`: a justice had approved it before."""
        quashed = "The authorisation has no effect from the hearing on." if approved else "It never had any effect."
        self.decision.hints = {JpDecision.REFUSED: "The authorisation has no effect.", JpDecision.QUASHED: quashed}
        self.decision.offer(JpDecision)

    def request(self, authorisation: str) -> NewJpHearing:
        """What is to be recorded about the authorisation with that reference; after the form was found valid."""
        return NewJpHearing(
            authorisation=authorisation,
            court=self.court.value,
            justice=self.justice.value,
            heard_at=self.heard_at.value,
            decision=self.decision.value,
            order_place=self.order_place.value,
        )
