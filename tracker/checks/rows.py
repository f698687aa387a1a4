"""A check, a report and what it means for the case, each as rows of question and answer."""

from collections.abc import Sequence
from datetime import date

from tracker.decisions.models import Check, SaidAfterwards
from tracker.decisions.vocabulary import (
    WHY_NOT_BY_AGREEMENT_IN_THE_PAST,
    WHY_NOT_BY_AGREEMENT_WORDS,
    CheckKind,
    WhyNotByAgreement,
)
from tracker.people.models import Involvement
from tracker.policy.vocabulary import Account, Aim, CodeFactor, Method, Platform, Purpose, Relation, Visibility, Word
from tracker.rulebook.models import LawfulBasis
from tracker.viewings.models import AlsoSeen, CaseReport, Look, LookReport, Telling
from tracker.viewings.vocabulary import LOOK_RESULT_WORDS, TOLD_WORDS, LookResult, Told
from tracker.web.blocks import SummaryRow
from tracker.web.dates import day_in_words, in_words
from tracker.web.words import with_capital


def asked_rows(
    check: Check, *, requester: str, viewer: str, profile: str, cases: Sequence[Involvement], basis: LawfulBasis
) -> list[SummaryRow]:
    """What was asked, in the order of the pages; questions that were not asked are left out.

    `profile`: which of the council's own would be used, empty for none. `cases`: those under which it was asked. Of danger now only
    what it asks is shown.
    """
    asked_all = check.kind != CheckKind.DANGER
    not_by_agreement = _why_not(check.why_not_by_agreement, WHY_NOT_BY_AGREEMENT_WORDS)
    return _answered(
        ("Asked by", requester),
        ("Asked", in_words(check.recorded_at)),
        (
            "Under which case",
            "\n".join(f"{one.case_system} {one.case_reference}" for one in cases if one.case_reference),
        ),
        ("What it is for", _label(Purpose, check.purpose)),
        ("What was to be found out", check.purpose_words),
        ("Why now, and about this person", check.why_now),
        ("What the danger was", check.danger),
        ("What had newly happened", check.newly_happened),
        ("Why not by agreement", "\n".join(one for one in (not_by_agreement, check.why_not_words) if one)),
        ("What else was tried", check.less_intrusive),
        ("How the council is involved", _label(Relation, check.relation)),
        ("Might lack capacity", _yes_or_no(check.may_lack_capacity) if asked_all else None),
        ("What kind of look", _label(Aim, check.aim)),
        ("Platforms", "\n".join(_label(Platform, one) for one in check.platforms)),
        ("Who looks, and how", "\n".join((viewer, _label(Method, check.method)))),
        ("With which account", "\n".join(one for one in (_label(Account, check.account), profile) if one)),
        ("Privacy settings, as known", _label(Visibility, check.visibility)),
        ("What is true of it", "\n".join(_label(CodeFactor, one) for one in check.code_factors)),
        ("Confidential material likely", _yes_or_no(check.confidential_material_likely) if asked_all else None),
        ("Unlawful content suspected", _yes_or_no(check.illegal_content_suspected) if asked_all else None),
        ("Not asked in danger", None if asked_all else "The rest is asked with the outcome."),
        ("Data protection", f"{basis.in_words}"),
        ("Why that does not fit", check.basis_does_not_fit),
        ("Why it was recorded late", check.why_late),
        ("Withdrawn because", check.withdrawn_why),
    )


def copied_rows(check: Check, *, team: str, viewer: str, profile: str) -> list[SummaryRow]:
    """What of a check is asked the same about others; `profile` as in `asked_rows`."""
    return _answered(
        ("In which team", team),
        ("What it is for", _label(Purpose, check.purpose)),
        ("What is to be found out", check.purpose_words),
        ("What kind of look", _label(Aim, check.aim)),
        ("Who looks, and how", "\n".join((viewer, _label(Method, check.method)))),
        ("With which account", "\n".join(one for one in (_label(Account, check.account), profile) if one)),
        ("What is true of it", "\n".join(_label(CodeFactor, one) for one in check.code_factors)),
        ("Why the data protection line does not fit", check.basis_does_not_fit),
    )


def seen_rows(look: Look, report: LookReport, also_seen: list[AlsoSeen]) -> list[SummaryRow]:
    """What the viewer reported."""
    return _answered(
        ("What happened", LOOK_RESULT_WORDS[LookResult(look.result)] if look.result else None),
        ("From", in_words(look.opened_at) if look.opened_at else None),
        ("To", in_words(look.closed_at) if look.closed_at else None),
        ("When this was recorded", in_words(look.reported_at) if look.reported_at else None),
        ("Who else was present", report.others_present),
        (
            "Privacy settings, as found",
            _label(Visibility, report.visibility_found) if report.visibility_found else None,
        ),
        ("What was looked for", report.looked_for),
        ("Found", None if report.found is None else ("Yes" if report.found else "No")),
        ("How the person was identified", report.identified_how),
        ("How it was corroborated", report.corroborated_how),
        ("Doubts whether it is authentic", report.authentic),
        ("Who else was seen", "\n".join(with_capital(one.relation) for one in also_seen)),
        ("Where the evidence is", report.evidence_place),
        ("Its SHA-256", report.evidence_sha256),
    )


def meant_rows(report: CaseReport) -> list[SummaryRow]:
    """What the requester reported."""
    return [*_answered(("What it means", report.meaning)), *told_and_shared_rows(report)]


def told_and_shared_rows(report: CaseReport) -> list[SummaryRow]:
    """Of that, whether the person was told and could answer."""
    return _answered(
        ("Was the person told", "\n".join(one for one in (TOLD_WORDS[Told(report.told)], report.told_words) if one)),
        ("Told on", _day(report.told_on)),
        ("Shared with them", "Yes" if report.shared else "No"),
        ("Shared on", _day(report.shared_on)),
        ("What they said" if report.shared else "Why it was not shared", report.shared_words),
        ("When this was recorded", in_words(report.recorded_at)),
    )


def telling_rows(telling: Telling, *, by: str) -> list[SummaryRow]:
    """What became of it that the person will be told; `by`: who recorded it."""
    told = telling.told == Told.TOLD
    return _answered(
        ("Was the person told", TOLD_WORDS[Told(telling.told)]),
        ("Told on", _day(telling.told_on)),
        ("Told by", telling.told_by),
        ("How they were told" if told else "Why the exemption applies", telling.told_words),
        ("Shared with them since, on", _day(telling.shared_on)),
        ("What they said", telling.shared_words),
        ("Recorded by", by),
        ("When this was recorded", in_words(telling.recorded_at)),
    )


def said_rows(said: SaidAfterwards, *, by: str) -> list[SummaryRow]:
    """What was said with the outcome of a look in danger, in the order in which it was asked."""
    not_by_agreement = _why_not(said.why_not_by_agreement, WHY_NOT_BY_AGREEMENT_IN_THE_PAST)
    return _answered(
        ("Answered by", by),
        ("How the council came to be involved", _label(Relation, said.relation)),
        ("What was to be found out", said.purpose_words),
        ("Why this person's page", said.why_this_person),
        ("Why it was not done by agreement", "\n".join(one for one in (not_by_agreement, said.why_not_words) if one)),
        ("What else had been tried", said.less_intrusive),
        ("Might have lacked capacity", _yes_or_no(said.may_lack_capacity)),
        ("What was true of it", "\n".join(_label(CodeFactor, one) for one in said.code_factors)),
        ("Confidential material was likely", _yes_or_no(said.confidential_material_likely)),
        ("Unlawful content was suspected", _yes_or_no(said.illegal_content_suspected)),
        ("Why the data protection line does not fit", said.basis_does_not_fit),
        ("When this was recorded", in_words(said.recorded_at)),
    )


def _day(day: date | None) -> str | None:
    return day_in_words(day) if day is not None else None


def _why_not(answer: str | None, worded: dict[WhyNotByAgreement, str]) -> str:
    return worded[WhyNotByAgreement(answer)] if answer else ""


def _yes_or_no(answer: bool) -> str:
    return "Yes" if answer else "No"


def _answered(*rows: tuple[str, str | None]) -> list[SummaryRow]:
    return [SummaryRow(question, answer) for question, answer in rows if answer]


def _label(words: type[Word], value: str) -> str:
    return with_capital(words(value).label)
