"""What the page of a correction shows: what is in error, who said so, who answers, and what striking it does to the count."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.foresight import Foreseen
from tracker.corrections.models import Correction
from tracker.corrections.recorded import Part, recorded_parts
from tracker.corrections.records import NO_TEAM, Found
from tracker.corrections.selectors import may_answer
from tracker.corrections.striking import Effect, checks_touched, effects_of
from tracker.corrections.vocabulary import KIND_WORDS, Answered, CorrectionKind, CorrectionPlace
from tracker.decisions.selectors import standing_of_check
from tracker.people.models import Person
from tracker.people.selectors import get_person_by_id, standing_of
from tracker.policy.entitlement import Actor, Role, may_open_check, may_open_person
from tracker.policy.periods import london_day
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.storage.tables import saved_key
from tracker.web.blocks import Status, SummaryRow
from tracker.web.dates import in_words, near_in_words
from tracker.web.words import with_capital

A_RESTRICTED_RECORD = "A restricted record"

SHOWN_AT: dict[CorrectionKind, str] = {
    CorrectionKind.CHECK: "checks.show",
    CorrectionKind.CONSENT: "consent.show_consent",
    CorrectionKind.NOTICE: "consent.show_notice",
    CorrectionKind.OBJECTION: "consent.show_notice",
    CorrectionKind.RIPA: "authorities.show_ripa",
    CorrectionKind.NON_RIPA: "authorities.show_non_ripa",
    CorrectionKind.COURT_ORDER: "authorities.show_order",
}
"""Where each kind of record is read. Advice is read in Legal's cases; a link on the page of either record."""


@dataclass(frozen=True)
class EffectShown:
    """What striking does to the count of one person, named only to whoever may open their record."""

    called: str
    before: int
    after: int


@dataclass(frozen=True)
class TouchedCheck:
    """A check that waits, or a live permit, that would come out otherwise; its reference only for who may open it."""

    reference: str
    before: str
    after: str


@dataclass(frozen=True)
class CorrectionPage:
    """All that the page of a correction shows to one reader."""

    correction: Correction
    person: Person | None
    status: Status
    rows: list[SummaryRow]
    effects: tuple[EffectShown, ...]
    touched: tuple[TouchedCheck, ...]
    may_answer: bool
    shown_at: str
    recorded: tuple[Part, ...]


def page_of_correction(
    session: Session, correction: Correction, found: Found, *, to: Actor, now: datetime
) -> CorrectionPage:
    """What `to`, who may open the correction, is shown of it. For a transaction: striking is tried out and undone."""
    really = get_person_by_id(session, correction.really_about_id) if correction.really_about_id else None
    waits = correction.answered_at is None
    effects = effects_of(session, found, really_about=really, by=to, now=now) if waits else []
    touched = checks_touched(session, found, really_about=really, by=to, now=now) if waits else []
    kind = CorrectionKind(correction.kind)
    return CorrectionPage(
        correction=correction,
        person=found.people[0] if _may_know(session, found.people[0], to, now) else None,
        status=status_of_correction(session, correction, found, now=now),
        rows=_rows(session, correction, found, really, to, now),
        effects=tuple(_effect(session, one, to, now) for one in effects),
        touched=tuple(_touched(session, one, to, now) for one in touched),
        may_answer=waits and may_answer(session, correction, by=to, now=now),
        shown_at=SHOWN_AT.get(kind, "") if _may_read(found, kind, to) else "",
        recorded=recorded_parts(session, correction, found, to=to, now=now),
    )


def status_of_correction(session: Session, correction: Correction, found: Found, *, now: datetime) -> Status:
    """Where the correction stands, in a tag and a sentence."""
    if correction.answered_at is not None and correction.answered_by is not None:
        who, when = get_staff_by_id(session, correction.answered_by).name, in_words(correction.answered_at)
        if correction.answer == Answered.CONFIRMED:
            return Status("Struck through", f"{who} confirmed on {when} that it was recorded in error.", "grey")
        return Status("Stands", f"{who} answered on {when} that it stands as it was recorded.", "green")
    since = near_in_words(correction.asked_at, now)
    return Status("Waiting", f"Waiting for {who_answers(session, correction.place, found)} since {since}.", "yellow")


def who_answers(session: Session, place: str, found: Found) -> str:
    """Who confirms, in words."""
    if place == CorrectionPlace.LEGAL or found.standing.team == NO_TEAM:
        return "Legal"
    return f"another manager of {get_team_by_id(session, found.standing.team).name}"


def _rows(
    session: Session, correction: Correction, found: Found, really: Person | None, to: Actor, now: datetime
) -> list[SummaryRow]:
    rows = [
        SummaryRow("Record", f"{with_capital(KIND_WORDS[found.kind])}, {found.reference}"),
        SummaryRow("Recorded by", get_staff_by_id(session, found.standing.requester).name),
        SummaryRow("Said to be in error by", get_staff_by_id(session, correction.asked_by).name),
        SummaryRow("On", in_words(correction.asked_at)),
        SummaryRow("What is wrong with it", correction.why),
    ]
    if really is not None:
        rows.append(SummaryRow("Whose page it really was", _called(session, really, to, now)))
    if correction.answer_words:
        rows.append(SummaryRow("What was answered", correction.answer_words))
    return rows


def _effect(session: Session, effect: Effect, to: Actor, now: datetime) -> EffectShown:
    return EffectShown(_called(session, effect.person, to, now), effect.before, effect.after)


def _may_read(found: Found, kind: CorrectionKind, to: Actor) -> bool:
    """Whether the reader may open the record itself: who answers for a parent team, or on duty, may not open its checks."""
    if kind is CorrectionKind.CHECK:
        return may_open_check(to, found.standing)
    return may_open_person(to, found.standing.person) or Role.AUTHORISING_OFFICER in to.roles


def _touched(session: Session, one: Foreseen, to: Actor, now: datetime) -> TouchedCheck:
    may_open = may_open_check(to, standing_of_check(session, one.check, now=now))
    return TouchedCheck(one.check.reference if may_open else "", one.before.label, one.after.label)


def _called(session: Session, person: Person, to: Actor, now: datetime) -> str:
    if not _may_know(session, person, to, now):
        return A_RESTRICTED_RECORD
    return f"{person.name or person.known_by} ({person.reference})"


def _may_know(session: Session, person: Person, to: Actor, now: datetime) -> bool:
    return may_open_person(to, standing_of(session, saved_key(person), on=london_day(now)))
