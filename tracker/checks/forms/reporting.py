"""After the decision: start, give back, withdraw, ask again, report what was seen and what it means."""

import re

from tracker.checks.forms.past import WhatWasTrueOfIt, WhyItWas
from tracker.checks.forms.questions import factors_of
from tracker.checks.requests import SaidAfterDanger
from tracker.policy.vocabulary import Visibility
from tracker.viewings.requests import NewTelling, ReportForCase, ReportOfLook
from tracker.viewings.vocabulary import LOOK_RESULT_WORDS, TOLD_AFTERWARDS, TOLD_WORDS, LookResult, Told
from tracker.web.fields import (
    ChoiceField,
    DateField,
    InstantField,
    LineField,
    OfferedChoicesField,
    OnlyIf,
    TextField,
    YesNoField,
)
from tracker.web.forms import Form
from tracker.web.words import answers_of

WORDS, REPLY = 2000, 200  # characters
IN_A_WORD = "In a word or two. Nothing from anybody's page."
_TOLD = OnlyIf("told", Told.TOLD)
_SHA256 = (re.compile(r"[0-9a-fA-F]{64}"), "Enter the SHA-256 as 64 letters a to f and digits, or leave it empty")
_WENT = OnlyIf(
    "result",
    LookResult.LOOKED,
    LookResult.NOT_FOUND,
    LookResult.NOT_OPEN,
    LookResult.WOULD_NOT_LOAD,
    LookResult.WRONG_PERSON,
)
_SAW = OnlyIf("result", LookResult.LOOKED, LookResult.WRONG_PERSON)
_LOOKED = OnlyIf("result", LookResult.LOOKED)
_REPORTED = tuple(result for result in LookResult if result is not LookResult.NOT_USED)


class StartLookForm(Form):
    """One button: note that the sitting starts."""


class NotUsedForm(Form):
    """I did not look, once that was confirmed."""


class AskAgainForm(Form):
    """Have a waiting check decided again on the facts as they now are."""


class WithdrawForm(Form):
    """Take back a check that waits."""

    why = TextField("Why is it withdrawn?", required="Enter why it is withdrawn", most=WORDS)


class ReportForm(Form):
    """What the viewer saw. The route offers `people_seen`: those on the case."""

    result = ChoiceField("What happened?", _REPORTED, LOOK_RESULT_WORDS, required="Select what happened")
    wrong_person = LineField(
        "Whose page was it?",
        hint="The reference of their record, if they have one. Do not look further to find out.",
        only_if=OnlyIf("result", LookResult.WRONG_PERSON),
    )
    opened_at = InstantField(
        "When did you start?", only_if=_WENT, required="Enter when you started", subject="When you started"
    )
    closed_at = InstantField(
        "When did you stop?", only_if=_WENT, required="Enter when you stopped", subject="When you stopped"
    )
    others_present = LineField("Who else was present?", hint="Leave it empty if nobody was.", only_if=_WENT)
    visibility_found = ChoiceField(
        "What were the privacy settings, as you found them?",
        Visibility,
        answers_of(Visibility),
        hint="If the page turned out to be private, you stopped there.",
        only_if=_SAW,
        required="Select what the privacy settings were",
    )
    looked_for = TextField(
        "What were you looking for?", only_if=_LOOKED, required="Enter what you were looking for", most=WORDS
    )
    found = YesNoField("Did you find it?", only_if=_LOOKED, required="Select yes if you found it")
    identified_how = TextField(
        "How did you know that it was the right person?",
        only_if=_LOOKED,
        required="Enter how you knew that it was the right person",
        most=WORDS,
    )
    corroborated_how = TextField("How was it corroborated?", only_if=_LOOKED, most=WORDS)
    authentic = TextField("Is there a doubt whether it is authentic?", only_if=_LOOKED, most=WORDS)
    people_seen = OfferedChoicesField("Who else on the case was seen?", only_if=_SAW)
    others_seen = TextField(
        "Who else was seen?",
        hint="One a line, by how they are related and not by name: a neighbour, a friend of the mother.",
        only_if=_SAW,
        most=500,
    )
    evidence_place = LineField(
        "Where in the case system is the evidence?",
        hint="No copies here. Leave it empty if nothing was kept.",
        only_if=_LOOKED,
        most=300,
    )
    evidence_sha256 = LineField("The SHA-256 of the evidence, if there is one", like=_SHA256, only_if=_LOOKED, most=64)

    def report(self, relations: dict[str, str]) -> ReportOfLook:
        """What is reported. `relations` says, for each person offered, how they are related."""
        named = tuple((relations[one][:80], one) for one in self.people_seen.data or ())
        unnamed = tuple(
            (line.strip()[:80], None) for line in (self.others_seen.data or "").splitlines() if line.strip()
        )
        return ReportOfLook(
            submission=self.submission.value,
            result=self.result.value,
            opened_at=self.opened_at.data,
            closed_at=self.closed_at.data,
            visibility_found=self.visibility_found.data,
            others_present=self.others_present.data or None,
            looked_for=self.looked_for.data or None,
            found=self.found.data,
            also_seen=(*named, *unnamed),
            wrong_person=self.wrong_person.data or None,
            identified_how=self.identified_how.data or None,
            corroborated_how=self.corroborated_how.data or None,
            authentic=self.authentic.data or None,
            evidence_place=self.evidence_place.data or None,
            evidence_sha256=(self.evidence_sha256.data or "").lower() or None,
        )


class ToldAndShared(Form):
    """On which days the person was told and what was found was shared with them, and what they said of it: asked with the outcome, and
    again where they were still to be told."""

    told_on = DateField(
        "When were they told?",
        only_if=_TOLD,
        required="Enter the day on which they were told",
        subject="The day on which they were told",
    )
    shared_on = DateField(
        "When was it shared?",
        only_if=OnlyIf("shared", True),
        required="Enter the day on which it was shared",
        subject="The day on which it was shared",
    )
    shared_reply = LineField(
        "What did they say of it?", hint=IN_A_WORD, only_if=OnlyIf("shared", True), most=REPLY, subject="What they said"
    )


class CaseReportForm(ToldAndShared):
    """What the look means for the case, who was told, and whether they could answer."""

    meaning = TextField("What does it mean for the case?", required="Enter what it means for the case", most=WORDS)
    told = ChoiceField("Was the person told of the look?", Told, TOLD_WORDS, required="Select whether they were told")
    told_words = TextField(
        "Say more about that",
        only_if=OnlyIf("told", Told.WOULD_PREJUDICE, Told.IMPOSSIBLE),
        required="Enter why they cannot be told",
        most=WORDS,
    )
    shared = YesNoField(
        "Was what was found shared with them, so that they could answer?",
        required="Select yes if it was shared with them",
    )
    shared_words = TextField(
        "Why was it not shared?", only_if=OnlyIf("shared", False), required="Enter why it was not shared", most=WORDS
    )

    def report(self) -> ReportForCase:
        """What is reported."""
        return ReportForCase(
            submission=self.submission.value,
            meaning=self.meaning.value,
            told=self.told.value,
            told_on=self.told_on.data,
            told_words=self.told_words.data or None,
            shared=bool(self.shared.data),
            shared_on=self.shared_on.data,
            shared_words=self.shared_reply.data or self.shared_words.data or None,
        )


class TellingForm(ToldAndShared):
    """What became of it that they will be told, and whether what was found was shared with them since."""

    told = ChoiceField(
        "Has the person been told of the look?",
        TOLD_AFTERWARDS,
        TOLD_WORDS,
        required="Select whether they have been told, or which exemption applies",
    )
    told_how = LineField(
        "How were they told?",
        hint="For example, at the visit, or by letter.",
        only_if=_TOLD,
        required="Enter how they were told",
        subject="How they were told",
        most=REPLY,
    )
    told_by = LineField(
        "Who told them?",
        hint="The member of staff, or whoever else did.",
        only_if=_TOLD,
        required="Enter who told them",
        subject="Who told them",
        most=80,
    )
    why = TextField(
        "Why does the exemption apply?",
        only_if=OnlyIf("told", *(one for one in TOLD_AFTERWARDS if one is not Told.TOLD)),
        required="Enter why the exemption applies",
        most=WORDS,
    )
    shared = YesNoField(
        "Has what was found been shared with them since, so that they could answer?",
        required="Select yes if it has been shared with them",
    )

    def leave_out_sharing(self) -> None:
        """Not to be asked, since the report says that it was shared."""
        del self.shared, self.shared_on, self.shared_reply

    def telling(self) -> NewTelling:
        """What is recorded."""
        return NewTelling(
            submission=self.submission.value,
            told=self.told.value,
            words=self.told_how.data or self.why.data or "",
            told_on=self.told_on.data,
            told_by=self.told_by.data or None,
            shared_on=self.shared_on.data if "shared" in self else None,
            shared_words=self.shared_reply.data or None if "shared" in self else None,
        )


class AfterDangerForm(CaseReportForm, WhyItWas, WhatWasTrueOfIt):
    """The same after danger, with what a planned check answers before and danger did not wait to ask."""

    why_this_person = TextField(
        "Why did it have to be this person's page?",
        required="Enter why it had to be this person's page",
        most=WORDS,
    )
    basis_does_not_fit = TextField(
        "If the data protection line does not fit, say why",
        hint="Leave it empty if it fits. It is kept with the check.",
        most=WORDS,
    )

    def said(self) -> SaidAfterDanger:
        """What danger left out."""
        return SaidAfterDanger(
            relation=self.relation.value,
            may_lack_capacity=bool(self.may_lack_capacity.data),
            purpose_words=self.purpose_words.value,
            why_this_person=self.why_this_person.value,
            why_not_by_agreement=self.why_not_by_agreement.value,
            why_not_words=self.why_not_words.data or None,
            less_intrusive=self.less_intrusive.value,
            code_factors=factors_of(self),
            confidential_material_likely=bool(self.confidential_material_likely.data),
            illegal_content_suspected=bool(self.illegal_content_suspected.data),
            basis_does_not_fit=self.basis_does_not_fit.data or None,
        )
