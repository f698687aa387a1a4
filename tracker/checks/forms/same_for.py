"""The same for others of the household: whom, and on one page what is asked about each of them by themself."""

from dataclasses import replace

from tracker.checks.forms.questions import REASONS, platforms_ticked
from tracker.checks.requests import NewCheck
from tracker.decisions.vocabulary import WHY_NOT_BY_AGREEMENT_WORDS, WhyNotByAgreement
from tracker.policy.vocabulary import Aim, Platform, Relation, Visibility
from tracker.web.fields import ChoiceField, ChoicesField, OfferedChoicesField, OnlyIf, TextField, YesNoField
from tracker.web.forms import Form
from tracker.web.words import answers_of


class SameForForm(Form):
    """Whom the same is to be asked about. The route offers `people`."""

    people = OfferedChoicesField(
        "About whom do you want to ask the same?",
        hint="Each is asked about, decided and counted by themself.",
        required="Select at least one person",
    )


class SameAnswersForm(Form):
    """The one page and its button. What is asked about each person is a form of its own within it."""


class SameForPersonForm(Form):
    """What is never copied: why this person and why now, and what is known of their page. Its prefix is the person's reference.

    The route offers `profiles` and `platforms`.
    """

    called = ""
    submission = None  # type: ignore[assignment]  # the page has one; each person is asked about once in a draft

    why_now = TextField(
        "Why is it needed now, and about this person?",
        required="Enter why it is needed now, and about this person",
        most=REASONS,
    )
    why_not_by_agreement = ChoiceField(
        "Why not by agreement?",
        WhyNotByAgreement,
        WHY_NOT_BY_AGREEMENT_WORDS,
        listed=True,
        required="Select why it is not done by agreement",
    )
    why_not_words = TextField(
        "Say more about that",
        hint="If they refused, asking would put somebody at risk, they cannot be found, or there is no time.",
        only_if=OnlyIf(
            "why_not_by_agreement",
            WhyNotByAgreement.ASKED_AND_REFUSED,
            WhyNotByAgreement.ASKING_RAISES_RISK,
            WhyNotByAgreement.CANNOT_BE_FOUND,
            WhyNotByAgreement.URGENT,
        ),
        required="Enter more about why it is not done by agreement",
        most=REASONS,
    )
    less_intrusive = TextField(
        "What else was tried, or why would nothing less do?",
        required="Enter what else was tried, or why nothing less would do",
        most=REASONS,
    )
    relation = ChoiceField(
        "How does the council come to be involved?",
        Relation,
        answers_of(Relation),
        listed=True,
        required="Select how the council comes to be involved",
    )
    may_lack_capacity = YesNoField(
        "Might they lack capacity to agree or refuse?",
        required="Select yes if they might lack capacity to agree or refuse",
    )
    profiles = OfferedChoicesField("Which of their profiles on record?")
    platforms = ChoicesField(
        "Which platforms?",
        Platform,
        answers_of(Platform),
        hint="Those of the profiles that you ticked are included.",
    )
    visibility = ChoiceField(
        "What is known of the page's privacy settings?",
        Visibility,
        answers_of(Visibility),
        listed=True,
        required="Select what is known of the privacy settings",
    )
    confidential_material_likely = YesNoField(
        "Is confidential material likely?",
        hint="Messages with a solicitor, doctor, MP, minister of religion or journalist.",
        required="Select yes if confidential material is likely",
    )
    illegal_content_suspected = YesNoField(
        "Is content suspected that it is an offence to view or keep?",
        required="Select yes if content is suspected that it is an offence to view or keep",
    )

    def is_about(self, name: str) -> None:
        """Has every error say whom it is about: the same questions stand on the page several times."""
        self.called = name
        for field in self.questions():
            if field.required:
                field.required = f"{name}: {field.required[0].lower()}{field.required[1:]}"
            field.subject = f"{name}: {field.subject}"

    def check_platforms(self, of_profiles: dict[str, Platform]) -> tuple[Platform, ...]:
        """The platforms asked for: those ticked and those of the profiles ticked; adds an error where there are none."""
        ticked = platforms_ticked(self, of_profiles)
        if not ticked:
            self.platforms.errors = [f"{self.called}: select at least one platform, or a profile on record"]
        return ticked


def same_check(
    copied: NewCheck, block: SameForPersonForm, *, person: str, submission: str, platforms: tuple[Platform, ...]
) -> NewCheck:
    """The check about one person that a valid block asks for. A page of which nothing is known is found and looked at once."""
    visibility = block.visibility.value
    unknown = copied.aim is Aim.VIEW and visibility is Visibility.UNKNOWN
    return replace(
        copied,
        submission=submission,
        person=person,
        also_about=(),
        relation=block.relation.value,
        may_lack_capacity=bool(block.may_lack_capacity.data),
        why_now=block.why_now.value,
        why_not_by_agreement=block.why_not_by_agreement.value,
        why_not_words=block.why_not_words.data or None,
        less_intrusive=block.less_intrusive.value,
        aim=Aim.FIND_THEN_VIEW if unknown else copied.aim,
        visibility=visibility,
        platforms=platforms,
        profiles=tuple(block.profiles.data or ()),
        confidential_material_likely=bool(block.confidential_material_likely.data),
        illegal_content_suspected=bool(block.illegal_content_suspected.data),
    )
