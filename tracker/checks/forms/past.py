"""What is asked of a look that was made already, in the past tense: of a late entry, and with the outcome after danger."""

from tracker.checks.forms.questions import REASONS
from tracker.decisions.vocabulary import WHY_NOT_BY_AGREEMENT_IN_THE_PAST, WhyNotByAgreement
from tracker.policy.vocabulary import Relation
from tracker.web.fields import ChoiceField, OnlyIf, TextField, YesNoField
from tracker.web.forms import Form
from tracker.web.words import answers_of


class WhyItWas(Form):
    """Why the look was needed, and why not by agreement."""

    relation = ChoiceField(
        "How did the council come to be involved?",
        Relation,
        answers_of(Relation),
        required="Select how the council came to be involved",
    )
    purpose_words = TextField(
        "What exactly did you need to find out?",
        hint="One day this may be read to the person, or to a court.",
        required="Enter what you needed to find out",
        most=REASONS,
    )
    why_not_by_agreement = ChoiceField(
        "Why was it not done by agreement?",
        WhyNotByAgreement,
        WHY_NOT_BY_AGREEMENT_IN_THE_PAST,
        required="Select why it was not done by agreement",
    )
    why_not_words = TextField(
        "Say more about that",
        hint="If they had refused, asking would have put somebody at risk, they could not be found, or there was no time.",
        only_if=OnlyIf(
            "why_not_by_agreement",
            WhyNotByAgreement.ASKED_AND_REFUSED,
            WhyNotByAgreement.ASKING_RAISES_RISK,
            WhyNotByAgreement.CANNOT_BE_FOUND,
            WhyNotByAgreement.URGENT,
        ),
        required="Enter more about why it was not done by agreement",
        most=REASONS,
    )
    less_intrusive = TextField(
        "What else had been tried, or why would nothing less have done?",
        hint="A visit, a telephone call, asking another agency, the case file.",
        required="Enter what else had been tried, or why nothing less would have done",
        most=REASONS,
    )
    may_lack_capacity = YesNoField(
        "Might the person have lacked capacity to agree or refuse?",
        required="Select yes if the person might have lacked capacity to agree or refuse",
    )


class WhatWasTrueOfIt(Form):
    """The Code's factors that are asked, and what was to be expected there, under the names that planning a look gives them."""

    builds_profile = YesNoField(
        "Did it build a picture of somebody's life?",
        required="Select yes if it built a picture of somebody's life",
    )
    pattern_of_lifestyle = YesNoField(
        "Did it show a pattern of how somebody lives?",
        required="Select yes if it showed a pattern of how somebody lives",
    )
    repeated_viewing = YesNoField(
        "Was it part of looking more than once?", required="Select yes if it was part of looking more than once"
    )
    records_third_parties = YesNoField(
        "Were facts about other people recorded?",
        required="Select yes if facts about other people were recorded",
    )
    combined_with_other_sources = YesNoField(
        "Was it put together with other sources?",
        required="Select yes if it was put together with other sources",
    )
    confidential_material_likely = YesNoField(
        "Was confidential material likely?",
        hint="Messages with a solicitor, doctor, MP, minister of religion or journalist. "
        "Not the person's own posts about their health.",
        required="Select yes if confidential material was likely",
    )
    illegal_content_suspected = YesNoField(
        "Was content suspected that it is an offence to view or keep?",
        hint="Pictures of drugs are not meant.",
        required="Select yes if content was suspected that it is an offence to view or keep",
    )
