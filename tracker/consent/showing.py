"""A consent or notice as its page shows it: a status in words, and rows for whoever may see what was written."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.consent.models import Consent, Notice, Objection
from tracker.consent.vocabulary import HOW_GIVEN_WORDS, NOTICE_KIND_ANSWERS, SPEAKER_ANSWERS, HowGiven
from tracker.consent.wording import SAID, platforms_in_words, purposes_in_words
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, NoticeKind
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.web.blocks import Status, SummaryRow
from tracker.web.dates import day_in_words, in_words
from tracker.web.words import with_capital


def status_of_consent(consent: Consent, said: Iterable[Consent], *, now: datetime) -> Status:
    """Where a consent stands among all that was `said` for this person; what it means for a look is for the rules."""
    if consent.struck_at is not None:
        if consent.disagreement:
            return Status("Settled", f"Legal settled this on {day_in_words(consent.struck_at)}.", "grey")
        return Status("Struck through", f"Recorded in error; struck on {day_in_words(consent.struck_at)}.", "grey")
    if consent.disagreement:
        return Status(
            "Refused", "Those who may consent disagree. It counts as a refusal until Legal settles it.", "red"
        )
    if consent.status != ConsentStatus.GIVEN or consent.until_on is None:
        return Status(SAID[ConsentStatus(consent.status)], f"Said on {in_words(consent.at)}.", "red")
    if london_day(now) > consent.until_on:
        return Status("Ended", f"It ended with {day_in_words(consent.until_on)}.", "grey")
    if (no := _taken_back(consent, said)) is not None:
        part = " for a part of it" if _is_narrower(no, consent) else ""
        return Status(f"{with_capital(ConsentStatus(no.status).label)} since", f"On {in_words(no.at)}{part}.", "red")
    if why := _cannot_carry(consent):
        return Status(SAID[ConsentStatus.GIVEN], f"It cannot carry a look: {why}.", "yellow")
    return Status(SAID[ConsentStatus.GIVEN], f"It holds until the end of {day_in_words(consent.until_on)}.", "green")


def _taken_back(consent: Consent, said: Iterable[Consent]) -> Consent | None:
    """The latest no by the same giver, at or after this yes, about something of what it is about."""
    noes = [
        one
        for one in said
        if one.status != ConsentStatus.GIVEN and one.struck_at is None and one.at >= consent.at
        if one.given_by == consent.given_by
        if _meet(one.platforms, consent.platforms) and _meet(one.purposes, consent.purposes)
    ]
    return max(noes, key=lambda one: one.at, default=None)


def _meet(some: list[str] | None, others: list[str] | None) -> bool:
    return some is None or others is None or not set(some).isdisjoint(others)


def _is_narrower(no: Consent, yes: Consent) -> bool:
    pairs = ((no.platforms, yes.platforms), (no.purposes, yes.purposes))
    return any(of_no is not None and (of_yes is None or not set(of_yes) <= set(of_no)) for of_no, of_yes in pairs)


def _cannot_carry(consent: Consent) -> str:
    """Why this yes was not validly given, whoever it is about; empty where it may have been (policy.md, `consent`)."""
    if consent.competence == Competence.NOT_ASSESSED:
        return "competence or capacity was not assessed"
    if consent.given_by == GivenBy.SELF:
        return "" if consent.competence == Competence.HAS else "they were found unable to decide this"
    return "" if consent.competence == Competence.LACKS else "the person can decide this themself"


def status_of_notice(notice: Notice, objections: Iterable[Objection], *, now: datetime) -> Status:
    """Where a notice stands by itself."""
    if notice.struck_at is not None:
        return Status("Struck through", f"Recorded in error; struck on {day_in_words(notice.struck_at)}.", "grey")
    standing = [one.at for one in objections if one.struck_at is None]
    if standing:
        return Status("Objected", f"They objected on {in_words(max(standing))}.", "red")
    if london_day(now) > notice.until_on:
        return Status("Ended", f"It ended with {day_in_words(notice.until_on)}.", "grey")
    return Status("Told", f"It holds until the end of {day_in_words(notice.until_on)}.", "blue")


def rows_of_consent(session: Session, consent: Consent, *, whole: bool) -> list[SummaryRow]:
    """The rows of a consent: all of it, or, for other teams, who recorded it and when."""
    rows = [SummaryRow("When it was said", in_words(consent.at))]
    if whole and not consent.disagreement:
        rows += _said(consent)
    if whole:
        rows += _scope(consent, day_in_words(consent.until_on) if consent.until_on else None)
    return rows + _recorded(session, consent, whole=whole)


def rows_of_notice(session: Session, notice: Notice, *, whole: bool) -> list[SummaryRow]:
    """The rows of a notice: all of it, or, for other teams, who recorded it and when."""
    rows = [SummaryRow("When they were told", in_words(notice.at))]
    if whole:
        rows += [
            SummaryRow("What they were told", NOTICE_KIND_ANSWERS[NoticeKind(notice.kind)]),
            SummaryRow("In what words", notice.wording),
            SummaryRow("Language", notice.language),
            SummaryRow("How they were told", with_capital(HOW_GIVEN_WORDS[HowGiven(notice.how_given)])),
            SummaryRow("How they took it", notice.how_received),
            *_scope(notice, day_in_words(notice.until_on)),
        ]
    return rows + _recorded(session, notice, whole=whole)


def _said(consent: Consent) -> list[SummaryRow]:
    speaker = SPEAKER_ANSWERS[GivenBy(consent.given_by)]
    competence = with_capital(Competence(consent.competence).label)
    return [
        SummaryRow("Who said it", f"{consent.giver_name}\n{speaker}"),
        SummaryRow("What was asked and said", consent.wording),
        SummaryRow("Competence (Gillick) under 16, capacity from 16", f"{competence}\n{consent.competence_words}"),
        SummaryRow("Language", consent.language),
        SummaryRow("How it was said", with_capital(HOW_GIVEN_WORDS[HowGiven(consent.how_given)])),
        SummaryRow("How they took being asked", consent.how_received),
        SummaryRow("Told that they may say no", "Yes" if consent.right_to_refuse_explained else "No"),
        SummaryRow("Who else was there", consent.witness or "Nobody"),
    ]


def _scope(record: Consent | Notice, until: str | None) -> list[SummaryRow]:
    rows = [
        SummaryRow("Platforms", platforms_in_words(record)),
        SummaryRow("Purposes", with_capital(purposes_in_words(record))),
    ]
    return [*rows, SummaryRow("Until the end of", until)] if until else rows


def _recorded(session: Session, record: Consent | Notice, *, whole: bool) -> list[SummaryRow]:
    team = get_team_by_id(session, record.team_id).name
    by = f"{get_staff_by_id(session, record.recorded_by).name}, {team}" if whole else team
    rows = [SummaryRow("Recorded by", by), SummaryRow("Recorded on", in_words(record.recorded_at))]
    if whole and record.struck_why:
        rows.append(SummaryRow("Why it was struck or settled", record.struck_why))
    return rows
