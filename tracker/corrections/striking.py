"""Striking a record through, and what that does to the count: nothing is removed, and its reason stays beside it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.foresight import Foreseen, foresee
from tracker.consent.models import Consent
from tracker.corrections.records import Found
from tracker.corrections.vocabulary import CorrectionKind, CorrectionPlace
from tracker.decisions.models import Check
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import ConsentStatus, ViewFooting
from tracker.referrals.services import close_waiting_referral
from tracker.storage.session import undone
from tracker.storage.tables import saved_key
from tracker.viewings.ledger import enter_wrong_person
from tracker.viewings.selectors import find_look_of, footing_as_recorded, list_viewings_of, views_as_facts

WHY_CLOSED = "The check was struck through as recorded in error."


@dataclass(frozen=True, slots=True)
class Effect:
    """How many looks count for a person as things are, and how many would once the record is struck through."""

    person: Person
    before: int
    after: int


def strike(session: Session, found: Found, *, why: str, really_about: Person | None, by: Actor, now: datetime) -> None:
    """Strikes the record through. A look leaves the count of those it was entered for, and counts for whoever's page it was.

    Part of a use-case that holds the locks, has asked who may, and records the event.
    """
    if found.kind is CorrectionKind.SAME_PERSON_LINK:
        found.row.undone_at, found.row.undone_by, found.row.undone_why = now, by.staff_id, why
    else:
        for row in found.rows:
            row.struck_at, row.struck_by, row.struck_why = now, by.staff_id, why
    session.add_all(found.rows)
    if isinstance(found.row, Check):
        _strike_look(session, found.row, why=why, really_about=really_about, by=by, now=now)
    session.flush()


def who_confirms(
    session: Session, found: Found, *, really_about: Person | None, by: Actor, now: datetime
) -> CorrectionPlace:
    """A manager confirms what makes nothing laxer. What would take a view, a refusal or an objection out of the count, anything
    of Legal's, and whatever would let a check that waits go further, is Legal's. Source: policy.md, "Recorded in error"."""
    if _takes_something_out(session, found, now=now):
        return CorrectionPlace.LEGAL
    laxer = makes_something_laxer(session, found, really_about=really_about, by=by, now=now)
    return CorrectionPlace.LEGAL if laxer else CorrectionPlace.MANAGER


def makes_something_laxer(
    session: Session, found: Found, *, really_about: Person | None, by: Actor, now: datetime
) -> bool:
    """Whether any check that waits, or any live permit, would come out less strict once the record is struck through."""
    touched = checks_touched(session, found, really_about=really_about, by=by, now=now)
    return any(one.after.strictness < one.before.strictness for one in touched)


def checks_touched(
    session: Session, found: Found, *, really_about: Person | None, by: Actor, now: datetime
) -> list[Foreseen]:
    """The checks that wait, and the live permits, that would come out otherwise once the record is struck through."""
    if found.is_struck:
        return []

    def struck() -> None:
        strike(session, found, why="-", really_about=really_about, by=by, now=now)

    own = saved_key(found.row) if found.kind is CorrectionKind.CHECK else None
    return [
        one
        for one in foresee(session, found.everyone(really_about), struck, now=now)
        if one.changes and one.check.id != own
    ]


def effects_of(
    session: Session, found: Found, *, really_about: Person | None, by: Actor, now: datetime
) -> list[Effect]:
    """What striking the record would do to the count of everyone it concerns. For a transaction; nothing of it is kept."""
    if found.is_struck:
        return []
    everyone = found.everyone(really_about)
    before = [_looks_at(session, one, now=now) for one in everyone]
    with undone(session):
        strike(session, found, why="-", really_about=really_about, by=by, now=now)
        after = [_looks_at(session, one, now=now) for one in everyone]
    return [Effect(*one) for one in zip(everyone, before, after, strict=True)]


def _takes_something_out(session: Session, found: Found, *, now: datetime) -> bool:
    match found.kind:
        case CorrectionKind.CHECK:
            return _is_counted(session, found.row, now=now)
        case CorrectionKind.CONSENT:
            return _is_a_no(found.row)
        case CorrectionKind.NOTICE:
            return False  # an objection to it stands by itself (ADR 0010)
        case _:
            return True


def _is_counted(session: Session, check: Check, *, now: datetime) -> bool:
    look = find_look_of(session, saved_key(check))
    if look is None:
        return False
    return any(footing_as_recorded(one, look, by=now) is not None for one in list_viewings_of(session, saved_key(look)))


def _is_a_no(consent: Consent) -> bool:
    return consent.status in (ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN)


def _strike_look(
    session: Session, check: Check, *, why: str, really_about: Person | None, by: Actor, now: datetime
) -> None:
    check.version += 1
    look = find_look_of(session, saved_key(check))
    if look is not None:
        look.struck_at, look.struck_by, look.struck_why = now, by.staff_id, why
        look.version += 1
        session.add(look)
        if really_about is not None:
            enter_wrong_person(session, look, saved_key(really_about), now=now)
    close_waiting_referral(session, saved_key(check), why=WHY_CLOSED, by=by, now=now)


def _looks_at(session: Session, person: Person, *, now: datetime) -> int:
    members = group_of(session, saved_key(person)).members
    views = views_as_facts(session, members, recorded_by=now)
    return sum(1 for view in views if view.footing is not ViewFooting.PRESENCE_SEARCH)
