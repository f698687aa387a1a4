"""Asking for a check: three short pages, the answers to check, and one page for danger."""

from tracker.checks.forms.questions import ALWAYS_TRUE, REASONS, LookQuestions, WhyQuestions, account_choice
from tracker.checks.requests import NewCheck
from tracker.decisions.vocabulary import CheckKind
from tracker.policy.vocabulary import Aim, Method, Platform, Purpose, Relation, Visibility
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    LineField,
    OfferedChoiceField,
    OfferedChoicesField,
    OnlyIf,
    TextField,
    YesNoField,
)
from tracker.web.forms import Form
from tracker.web.words import answers_of

SAME_AS_LAST_TIME = "same"
DANGER_PURPOSES = (
    Purpose.RISK_TO_CHILD_OR_ADULT,
    Purpose.TRACE_MISSING_PERSON,
    Purpose.RETURN_FROM_MISSING,
    Purpose.STAFF_SAFETY_BEFORE_VISIT,
)


class StartForm(Form):
    """One button: begin a check about this person."""

    team = OfferedChoiceField("In which of your teams?", listed=True, required="Select in which team")


class WhyForm(WhyQuestions):
    """Page 1: whose page, and why."""

    as_last_time = OfferedChoicesField("Save time")
    confidential_this_time = YesNoField(
        "Is confidential material likely this time?",
        hint="Messages with a solicitor, doctor, MP, minister of religion or journalist.",
        only_if=OnlyIf("as_last_time", SAME_AS_LAST_TIME),
        required="Select yes if confidential material is likely this time",
    )
    illegal_this_time = YesNoField(
        "Is content suspected this time that it is an offence to view or keep?",
        only_if=OnlyIf("as_last_time", SAME_AS_LAST_TIME),
        required="Select yes if such content is suspected this time",
    )


class LookForm(LookQuestions):
    """Page 2: the look."""


class AgreementForm(Form):
    """Page 3: what is on record of agreement and notice; nothing is asked, a consent or notice may be added."""


class AnswersForm(Form):
    """Check your answers, and ask for a decision."""

    basis_does_not_fit = TextField(
        "If the data protection line does not fit, say why",
        hint="Leave it empty if it fits. It is kept with the check.",
        most=REASONS,
    )


class DiscardForm(Form):
    """Throw a draft away, once that was confirmed."""


def new_check(
    why: WhyForm, look: LookForm, answers: AnswersForm, *, person: str, team: str, platforms: tuple[Platform, ...]
) -> NewCheck:
    """The check that three valid pages ask for. `platforms` is what `check_platforms` gave."""
    return NewCheck(
        submission=answers.submission.value,
        kind=CheckKind.PLANNED,
        person=person,
        also_about=tuple(why.also_about.data or ()),
        team=team,
        viewer=look.viewer.value,
        account=account_choice(look.account.value),
        relation=why.relation.value,
        may_lack_capacity=bool(why.may_lack_capacity.data),
        purpose=why.purpose.value,
        purpose_words=why.purpose_words.value,
        why_now=why.why_now.value,
        why_not_by_agreement=why.why_not_by_agreement.value,
        why_not_words=why.why_not_words.data or None,
        less_intrusive=why.less_intrusive.value,
        aim=look.aim.value,
        method=look.method.value,
        visibility=look.visibility.value,
        platforms=platforms,
        profiles=tuple(look.profiles.data or ()),
        code_factors=look.factors(),
        confidential_material_likely=bool(look.confidential_material_likely.data),
        illegal_content_suspected=bool(look.illegal_content_suspected.data),
        basis_does_not_fit=answers.basis_does_not_fit.data or None,
    )


class DangerForm(Form):
    """One page: who, where, why now. The route offers `which`, `team` and `account`."""

    who = LineField("Who is it about?", hint="Their name, or the reference of their record.", most=120)
    which = OfferedChoiceField("Which of these people?")
    team = OfferedChoiceField("In which of your teams?", listed=True, required="Select in which team")
    danger = TextField(
        "What is the danger, and to whom?", required="Enter what the danger is, and to whom", most=REASONS
    )
    purpose = ChoiceField(
        "What is the look for?", DANGER_PURPOSES, answers_of(DANGER_PURPOSES), required="Select what the look is for"
    )
    platforms = ChoicesField(
        "Where will you look?", Platform, answers_of(Platform), required="Select at least one platform"
    )
    account = OfferedChoiceField("With which account?", required="Select with which account")
    new_event = YesNoField("Has something new happened since somebody last looked in danger?")
    newly_happened = TextField(
        "What has newly happened?",
        only_if=OnlyIf("new_event", True),
        required="Enter what has newly happened",
        most=REASONS,
    )

    earlier: str = ""
    """What is said of earlier looks in danger at this person; empty where what has newly happened is not asked."""

    def ask_what_is_new(self, earlier: str, *, required: bool) -> None:
        """Has the page ask what has newly happened, since somebody has looked in danger before: `earlier` says what is known of it."""
        self.earlier = self.new_event.description = earlier
        if required:
            self.new_event.required = "Select yes if something new has happened since somebody last looked in danger"

    def new_check(self, *, person: str, viewer: str, relation: Relation) -> NewCheck:
        """The check that this asks for: the requester finds the page and looks. What is not asked is left empty."""
        new = bool(self.earlier and self.new_event.data)
        return NewCheck(
            submission=self.submission.value,
            kind=CheckKind.DANGER,
            person=person,
            also_about=(),
            team=self.team.value,
            viewer=viewer,
            account=account_choice(self.account.value),
            relation=relation,
            may_lack_capacity=False,
            purpose=self.purpose.value,
            purpose_words=None,
            why_now=None,
            why_not_by_agreement=None,
            why_not_words=None,
            less_intrusive=None,
            aim=Aim.FIND_THEN_VIEW,
            method=Method.VIEW_ONLY,
            visibility=Visibility.UNKNOWN,
            platforms=tuple(self.platforms.data or ()),
            profiles=(),
            code_factors=ALWAYS_TRUE,
            immediate_risk=True,
            new_event=new,
            danger=self.danger.value,
            newly_happened=(self.newly_happened.data or None) if new else None,
        )
