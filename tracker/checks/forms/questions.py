"""The questions that every way of recording a look shares: why, and how."""

from tracker.checks.requests import AccountChoice
from tracker.decisions.vocabulary import WHY_NOT_BY_AGREEMENT_WORDS, WhyNotByAgreement
from tracker.policy.vocabulary import Aim, CodeFactor, Method, Platform, Purpose, Relation, Visibility
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    OfferedChoiceField,
    OfferedChoicesField,
    OnlyIf,
    TextField,
    YesNoField,
)
from tracker.web.forms import Form
from tracker.web.words import answers_of

REASONS = 2000  # characters
CORPORATE = "corporate:"

ALWAYS_TRUE = (
    CodeFactor.DIRECTED_AT_INDIVIDUAL,
    CodeFactor.PRIVATE_INFORMATION_LIKELY,
    CodeFactor.RECORDED_AND_RETAINED,
)
"""Factors of Code para 3.16 that are true of every check about a person: shown, and not asked."""

ASKED_FACTORS = {
    "builds_profile": CodeFactor.BUILDS_PROFILE,
    "pattern_of_lifestyle": CodeFactor.PATTERN_OF_LIFESTYLE,
    "repeated_viewing": CodeFactor.REPEATED_VIEWING,
    "records_third_parties": CodeFactor.RECORDS_THIRD_PARTIES,
    "combined_with_other_sources": CodeFactor.COMBINED_WITH_OTHER_SOURCES,
}
"""Factors that are asked, by the name of their question."""

OTHER_ACCOUNTS = (
    ("logged_out", "Logged out, in an ordinary browser"),
    ("not_used", "No account is needed"),
    ("corporate_unregistered", "A council account that is not in the register"),
    ("personal", "Somebody's own account"),
    ("false_persona", "An account in a false name"),
)


def account_answers(corporate: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The accounts offered: each registered profile (reference, words), then the other answers."""
    return [*((CORPORATE + reference, words) for reference, words in corporate), *OTHER_ACCOUNTS]


def account_choice(answer: str) -> AccountChoice:
    """What was chosen of `account_answers`."""
    if answer.startswith(CORPORATE):
        return AccountChoice("corporate", answer.removeprefix(CORPORATE))
    return AccountChoice(answer)


def factors_of(form: Form) -> tuple[CodeFactor, ...]:
    """The Code's factors that are true of the look that a form is about: those always true, and those answered yes."""
    true = {*ALWAYS_TRUE, *(factor for name, factor in ASKED_FACTORS.items() if form[name].data)}
    return tuple(factor for factor in CodeFactor if factor in true)


def platforms_ticked(form: Form, of_profiles: dict[str, Platform]) -> tuple[Platform, ...]:
    """The platforms that `form.platforms` and `form.profiles` ask for; adds an error to the form where there are none."""
    ticked = {of_profiles[key] for key in form["profiles"].data or () if key in of_profiles}
    ticked.update(form["platforms"].data or ())
    if not ticked:
        form.refuse("platforms", "Select at least one platform, or a profile on record")
    return tuple(platform for platform in Platform if platform in ticked)


class WhyQuestions(Form):
    """Why the look is needed, and why not by agreement. The route offers `also_about`."""

    also_about = OfferedChoicesField("Who else is it about?", hint="Their consents, notices and looks count too.")
    relation = ChoiceField(
        "How does the council come to be involved?",
        Relation,
        answers_of(Relation),
        required="Select how the council comes to be involved",
    )
    purpose = ChoiceField("What is it for?", Purpose, answers_of(Purpose), required="Select what the look is for")
    purpose_words = TextField(
        "What exactly do you need to find out?",
        hint="One day this may be read to the person, or to a court.",
        required="Enter what you need to find out",
        most=REASONS,
    )
    why_now = TextField(
        "Why is it needed now, and about this person?",
        required="Enter why it is needed now, and about this person",
        most=REASONS,
    )
    why_not_by_agreement = ChoiceField(
        "Why not by agreement?",
        WhyNotByAgreement,
        WHY_NOT_BY_AGREEMENT_WORDS,
        hint="Do not ask or tell where that would put a child or an adult at risk.",
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
        hint="A visit, a telephone call, asking another agency, the case file.",
        required="Enter what else was tried, or why nothing less would do",
        most=REASONS,
    )
    may_lack_capacity = YesNoField(
        "Might the person lack capacity to agree or refuse?",
        required="Select yes if the person might lack capacity to agree or refuse",
    )


class LookQuestions(Form):
    """How the look would be made. The route offers `profiles`, `viewer` and `account`."""

    aim = ChoiceField("What kind of look?", Aim, answers_of(Aim), required="Select what kind of look it is")
    profiles = OfferedChoicesField("Which of the profiles on record?")
    platforms = ChoicesField(
        "Which platforms?",
        Platform,
        answers_of(Platform),
        hint="Those of the profiles that you ticked are included.",
    )
    method = ChoiceField("Who looks, and how?", Method, answers_of(Method), required="Select who looks, and how")
    viewer = OfferedChoiceField(
        "Which member of staff will look?", listed=True, required="Select which member of staff will look"
    )
    account = OfferedChoiceField("With which account?", required="Select with which account")
    visibility = ChoiceField(
        "What is known of the page's privacy settings?",
        Visibility,
        answers_of(Visibility),
        required="Select what is known of the privacy settings",
    )
    builds_profile = YesNoField(
        "Would it build a picture of somebody's life?",
        required="Select yes if it would build a picture of somebody's life",
    )
    pattern_of_lifestyle = YesNoField(
        "Would it show a pattern of how somebody lives?",
        required="Select yes if it would show a pattern of how somebody lives",
    )
    repeated_viewing = YesNoField(
        "Is it part of looking more than once?", required="Select yes if it is part of looking more than once"
    )
    records_third_parties = YesNoField(
        "Would facts about other people be recorded?",
        required="Select yes if facts about other people would be recorded",
    )
    combined_with_other_sources = YesNoField(
        "Would it be put together with other sources?",
        required="Select yes if it would be put together with other sources",
    )
    confidential_material_likely = YesNoField(
        "Is confidential material likely?",
        hint="Messages with a solicitor, doctor, MP, minister of religion or journalist. "
        "Not the person's own posts about their health.",
        required="Select yes if confidential material is likely",
    )
    illegal_content_suspected = YesNoField(
        "Is content suspected that it is an offence to view or keep?",
        hint="Pictures of drugs are not meant.",
        required="Select yes if content is suspected that it is an offence to view or keep",
    )

    def factors(self) -> tuple[CodeFactor, ...]:
        """The Code's factors that are true of this look."""
        return factors_of(self)

    def check_platforms(self, of_profiles: dict[str, Platform]) -> tuple[Platform, ...]:
        """The platforms asked for: those ticked and those of the profiles ticked; adds an error where there are none."""
        return platforms_ticked(self, of_profiles)
