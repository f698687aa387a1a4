"""What was done or seen without asking first: a late entry, and a sighting."""

from tracker.checks.forms.past import WhatWasTrueOfIt, WhyItWas
from tracker.checks.forms.questions import REASONS, LookQuestions, WhyQuestions, account_choice
from tracker.checks.requests import LateEntry, NewCheck
from tracker.decisions.vocabulary import CheckKind
from tracker.policy.vocabulary import Aim, Method, Platform, Purpose, Visibility
from tracker.viewings.requests import NewSighting
from tracker.viewings.vocabulary import SIGHTING_WORDS, SightingKind
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    InstantField,
    LineField,
    OfferedChoiceField,
    OfferedChoicesField,
    OnlyIf,
    TextField,
    YesNoField,
)
from tracker.web.forms import Form
from tracker.web.words import answers_of, with_capital


class LateEntryForm(WhyItWas, WhatWasTrueOfIt, WhyQuestions, LookQuestions):
    """I have already looked: when, why it is recorded late, and all that would have been asked before, in the past tense."""

    also_about = OfferedChoicesField("Who else was it about?", hint="Their consents, notices and looks count too.")
    purpose = ChoiceField("What was it for?", Purpose, answers_of(Purpose), required="Select what the look was for")
    why_now = TextField(
        "Why was it needed then, and about this person?",
        required="Enter why it was needed then, and about this person",
        most=REASONS,
    )
    aim = ChoiceField("What kind of look was it?", Aim, answers_of(Aim), required="Select what kind of look it was")
    profiles = OfferedChoicesField("Which of the profiles on record was it?")
    platforms = ChoicesField(
        "Which platforms were looked at?",
        Platform,
        answers_of(Platform),
        hint="Those of the profiles that you ticked are included.",
    )
    method = ChoiceField("How was it done?", Method, answers_of(Method), required="Select how it was done")
    account = OfferedChoiceField("Which account was used?", required="Select which account was used")
    visibility = ChoiceField(
        "What was known of the page's privacy settings before it was opened?",
        Visibility,
        answers_of(Visibility),
        required="Select what was known of the privacy settings",
    )

    team = OfferedChoiceField("In which of your teams?", listed=True, required="Select in which team")
    viewer = OfferedChoiceField("Who looked?", listed=True, required="Select who looked")
    opened_at = InstantField(
        "When did you start to look?", required="Enter when you started to look", subject="When you started to look"
    )
    closed_at = InstantField("When did you stop?", required="Enter when you stopped", subject="When you stopped")
    why_late = TextField(
        "Why was it not asked for before?", required="Enter why it was not asked for before", most=REASONS
    )
    immediate_risk = YesNoField(
        "Was somebody in danger at that moment?", required="Select yes if somebody was in danger at that moment"
    )
    danger = TextField(
        "What was the danger, and to whom?",
        only_if=OnlyIf("immediate_risk", True),
        required="Enter what the danger was, and to whom",
        most=REASONS,
    )

    def late_entry(self, *, person: str, viewer: str, platforms: tuple[Platform, ...]) -> LateEntry:
        """The look that was made, by whoever records it."""
        check = NewCheck(
            submission=self.submission.value,
            kind=CheckKind.LATE_ENTRY,
            person=person,
            also_about=tuple(self.also_about.data or ()),
            team=self.team.value,
            viewer=viewer,
            account=account_choice(self.account.value),
            relation=self.relation.value,
            may_lack_capacity=bool(self.may_lack_capacity.data),
            purpose=self.purpose.value,
            purpose_words=self.purpose_words.value,
            why_now=self.why_now.value,
            why_not_by_agreement=self.why_not_by_agreement.value,
            why_not_words=self.why_not_words.data or None,
            less_intrusive=self.less_intrusive.value,
            aim=self.aim.value,
            method=self.method.value,
            visibility=self.visibility.value,
            platforms=platforms,
            profiles=tuple(self.profiles.data or ()),
            code_factors=self.factors(),
            immediate_risk=bool(self.immediate_risk.data),
            danger=self.danger.data or None,
            confidential_material_likely=bool(self.confidential_material_likely.data),
            illegal_content_suspected=bool(self.illegal_content_suspected.data),
        )
        return LateEntry(
            check=check, opened_at=self.opened_at.value, closed_at=self.closed_at.value, why_late=self.why_late.value
        )


class SightingForm(Form):
    """Something was brought to me, or I came across it."""

    team = OfferedChoiceField("In which of your teams?", listed=True, required="Select in which team")
    kind = ChoiceField(
        "What happened?",
        SightingKind,
        {kind: with_capital(words) for kind, words in SIGHTING_WORDS.items()},
        required="Select what happened",
    )
    brought_by = LineField(
        "Who brought it?",
        hint="By how they are related, not by name: the school, a neighbour.",
        only_if=OnlyIf("kind", SightingKind.BROUGHT),
        required="Enter who brought it",
        most=80,
    )
    platform = ChoiceField(
        "On which platform was it?", Platform, answers_of(Platform), required="Select on which platform it was"
    )
    at = InstantField("When?", required="Enter when it was", subject="When it was")
    what_for = TextField(
        "What does it bear on?",
        hint="Not what the page says: no content is kept here.",
        required="Enter what it bears on",
        most=REASONS,
    )
    evidence_place = LineField("Where in the case system is it?", most=300)

    def sighting(self, *, person: str) -> NewSighting:
        """What was seen without a search."""
        return NewSighting(
            submission=self.submission.value,
            person=person,
            team=self.team.value,
            kind=self.kind.value,
            platform=self.platform.value,
            at=self.at.value,
            brought_by=self.brought_by.data or None,
            what_for=self.what_for.value,
            evidence_place=self.evidence_place.data or None,
        )
