"""The same asked about several of a household: each a check of its own, in one transaction under the locks of them all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.checks.errors import CheckError
from tracker.checks.household import get_check_to_copy
from tracker.checks.requests import NewCheck
from tracker.checks.submit import submit_check
from tracker.decisions.concerned import lock_concerned, moment_of
from tracker.decisions.models import Check
from tracker.decisions.selectors import standing_of_check
from tracker.people.selectors import get_person
from tracker.policy.entitlement import Actor, may_change_as_requester
from tracker.policy.vocabulary import Purpose
from tracker.rulebook.selectors import purposes_offered
from tracker.storage.locks import LockKind, key_of, take_locks
from tracker.storage.session import whole_or_not
from tracker.storage.submissions import once
from tracker.storage.tables import NoSuchRecordError

FORM = "same_for"
NOT_OFFERED = "The council no longer offers this purpose. Ask for a check of its own, with one that it offers."
NOT_ON_RECORD = "A profile that you ticked is no longer on record."


@dataclass(frozen=True, slots=True)
class AskedSame:
    """What came of one person's part: the reference of the check, or why there is none, in a sentence for the screen."""

    person: str
    check: str | None
    why_not: str = ""


def ask_same_for(
    session: Session, check: Check, asked: Sequence[NewCheck], *, by: Actor, now: datetime
) -> tuple[AskedSame, ...]:
    """Asks the same as `check` about each of these people, in this order: each is decided, permitted, counted and recorded by itself
    as `submit_check` does it, and later ones see what came of earlier ones.

    What cannot be taken for one of them leaves the others as they are. One whose submission was carried out before is not asked about
    again. Raises `NotAllowedError`, `ClockBehindError`, and `NoSuchRecordError` for a check that cannot be copied; then nothing has
    changed. Source: issue 5, "Same for…"; ADR 0155.
    """
    standing = standing_of_check(session, check, now=now)
    require(by, Permission.ASK_FOR_CHECK, allowed=may_change_as_requester(by, standing), about=check.reference)
    take_locks(session, LockKind.SUBMISSION, [key_of(one.submission) for one in asked])
    people = [get_person(session, one.person) for one in asked]
    concerned = lock_concerned(session, people, with_networks=True)
    same_as = get_check_to_copy(session, check.reference).reference
    moment = moment_of(session, concerned, now=now)
    if Purpose(check.purpose) not in purposes_offered(session, at=moment):
        return tuple(AskedSame(one.person, None, NOT_OFFERED) for one in asked)
    return tuple(_ask(session, replace(one, same_as=same_as), by=by, now=moment) for one in asked)


def _ask(session: Session, new: NewCheck, *, by: Actor, now: datetime) -> AskedSame:
    def _submitted() -> str:
        return submit_check(session, new, by=by, now=now).reference

    try:
        with whole_or_not(session):
            made = once(session, new.submission, form=FORM, by=by, now=now, do=_submitted)
    except CheckError as error:
        return AskedSame(new.person, None, str(error))
    except NoSuchRecordError:
        return AskedSame(new.person, None, NOT_ON_RECORD)
    return AskedSame(new.person, made)
