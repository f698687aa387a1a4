"""Telling the person of a look: by when, who records it, and what became of it where the report said that they will be told.

Source: UK GDPR article 14(3)(a): within a month of obtaining the data, unless article 14(5) or Schedule 3 exempts.
"""

from datetime import date, datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.errors import AlreadyReportedError, NothingSaidError, NotPromisedError, WrongDayError
from tracker.consent.ends import months_after
from tracker.decisions.concerned import lock_check, standing_of_check
from tracker.decisions.models import Check
from tracker.decisions.speaking import note_who_speaks
from tracker.people.services import act_on_duty_about
from tracker.policy.entitlement import Actor, CheckStanding, may_change_as_requester, may_open_person
from tracker.policy.periods import london_day
from tracker.storage.tables import saved_key
from tracker.tasks.entitlement import OF_MANAGERS
from tracker.viewings.models import Look, Telling
from tracker.viewings.requests import NewTelling
from tracker.viewings.selectors import find_case_report_of, find_look_of, find_telling_of
from tracker.viewings.vocabulary import Told
from tracker.web.dates import day_in_words
from tracker.web.words import with_capital

MONTHS = 1
"""Within how many calendar months of the look. Source: UK GDPR article 14(3)(a)."""


def last_day_to_tell(look: Look) -> date:
    """The last day on which the person can be told in time: one calendar month after the look."""
    return months_after(_day_of(look), MONTHS)


def may_record_telling(actor: Actor, check: CheckStanding) -> bool:
    """Who asked, or their deputy; and who manages the team of the check or one above it and may open the record."""
    if may_change_as_requester(actor, check):
        return True
    teams = {check.team, *check.parent_teams}
    manages = any(holding.role in OF_MANAGERS and holding.team in teams for holding in actor.holdings)
    return manages and may_open_person(actor, check.person)


def is_to_be_told(session: Session, check: Check) -> bool:
    """Whether the report said that the person will be told, and nobody has recorded what became of it."""
    report = find_case_report_of(session, saved_key(check))
    promised = report is not None and report.told == Told.WILL_BE_TOLD and check.struck_at is None
    return promised and find_telling_of(session, saved_key(check)) is None


def record_telling(session: Session, check: Check, new: NewTelling, *, by: Actor, now: datetime) -> Telling:
    """Records, once, what became of it that the person will be told: they were, or an exemption applies after all.

    Raises `NotAllowedError`, `DutyReasonNeededError` where only the rota brings the actor there, `NotPromisedError`,
    `AlreadyReportedError`, also for a day of sharing where the report has one, `NothingSaidError` where it is not said how they were told
    and by whom, or why the exemption applies, and `WrongDayError` where a day is missing, in the future or before the look.
    """
    concerned = lock_check(session, check)
    standing = standing_of_check(session, check, now=now)
    require(by, Permission.RECORD_TELLING, allowed=may_record_telling(by, standing), about=check.reference)
    speaks = may_change_as_requester(by, standing)
    if not speaks:
        act_on_duty_about(session, [one.person for one in concerned], by=by, now=now)
    report, look = find_case_report_of(session, saved_key(check)), find_look_of(session, saved_key(check))
    if report is None or look is None or report.told != Told.WILL_BE_TOLD or check.struck_at is not None:
        raise NotPromisedError("It was not said of this look that they will be told, or it was recorded in error.")
    if find_telling_of(session, saved_key(check)) is not None:
        raise AlreadyReportedError("Whether they were told has been recorded already.")
    if report.shared and new.shared_on is not None:
        raise AlreadyReportedError("The report says already that it was shared with them, and when.")
    _require_said(new)
    require_day(new.told_on, "told_on", look, wanted=new.told is Told.TOLD, now=now)
    require_day(new.shared_on, "shared_on", look, wanted=new.shared_on is not None, now=now)
    kept = _kept(check, new, by=by, now=now)
    if speaks:
        note_who_speaks(session, check, by=by, now=now)
    session.add(kept)
    session.flush()
    record(
        session,
        Event.TELLING_RECORDED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={
            "look": look.reference,
            "told": kept.told,
            "told_on": in_figures(kept.told_on),
            "shared_on": in_figures(kept.shared_on),
        },
        content={"by": kept.told_by, "words": kept.told_words, "shared": kept.shared_words},
    )
    return kept


def _require_said(new: NewTelling) -> None:
    """Raises `NothingSaidError` where what a telling is made of is missing, under the name of the field that asks for it."""
    if new.told is not Told.TOLD:
        if not new.words.strip():
            raise NothingSaidError("Enter why the exemption applies", "why")
    elif not new.words.strip():
        raise NothingSaidError("Enter how they were told", "told_how")
    elif new.told_by is None or not new.told_by.strip():
        raise NothingSaidError("Enter who told them", "told_by")


def require_day(day: date | None, field: str, look: Look, *, wanted: bool, now: datetime) -> None:
    """Raises `WrongDayError` unless there is a day exactly where one is `wanted`, from the day of the look to today."""
    the_day = f"the day on which {_HAPPENED[field]}"
    if day is None or not wanted:
        if wanted or day is not None:
            raise WrongDayError(f"{'Enter' if wanted else 'Leave out'} {the_day}", field)
    elif day > london_day(now):
        raise WrongDayError(f"{with_capital(the_day)} must be today or in the past", field)
    elif day < _day_of(look):
        raise WrongDayError(
            f"{with_capital(the_day)} must not be before the look, of {day_in_words(_day_of(look))}", field
        )


_HAPPENED = {"told_on": "they were told", "shared_on": "it was shared"}


def in_figures(day: date | None) -> str | None:
    """A day as the trail keeps it."""
    return day.isoformat() if day is not None else None


def _day_of(look: Look) -> date:
    began = look.opened_at or look.started_at or look.issued_at
    assert began is not None  # noqa: S101 - a constraint of the table: a look was issued, or says when it was opened
    return london_day(began)


def _kept(check: Check, new: NewTelling, *, by: Actor, now: datetime) -> Telling:
    told = new.told is Told.TOLD
    return Telling(
        check_id=saved_key(check),
        told=new.told.value,
        told_on=new.told_on,
        told_by=new.told_by if told else None,
        told_words=new.words,
        shared_on=new.shared_on,
        shared_words=new.shared_words if new.shared_on is not None else None,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
