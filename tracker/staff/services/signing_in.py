"""Signing in: one attempt, counted in the database, that is let in, refused, or locks the account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, delete

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.staff.models import SignInAttempt, StaffLock, StaffMember
from tracker.staff.selectors import get_staff_by_id, is_open, load_actor
from tracker.staff.selectors.signing_in import FAILURES_THAT_LOCK, count_failures, find_lock
from tracker.staff.services.sessions import start_session
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.tables import saved_key

LOCK_LASTS = timedelta(minutes=30)
ATTEMPTS_ARE_KEPT = timedelta(days=1)


class Refusal(StrEnum):
    """Why an attempt was refused. Kept in the trail; the page tells nobody but the owner of an ended one-time password."""

    UNKNOWN = "unknown_account"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a word, not a password
    LOCKED = "locked"
    CLOSED = "closed"
    ONE_TIME_ENDED = "one_time_password_ended"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, with the password already tried: `right` says that it was the one behind `tried_hash`.

    `staff_id` is None where no such account exists. The digests are keyed: they cannot be turned back.
    """

    staff_id: int | None
    tried_hash: str | None
    right: bool
    account_digest: str
    address_digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt: the new session's token, or why not."""

    token: str | None = None
    refusal: Refusal | None = None


def sign_in(session: Session, attempt: Attempt, *, now: datetime) -> Answer:
    """Counts the attempt; lets in, or records the failure, and locks the account for 30 minutes at the tenth in 15.

    A locked account stays shut whatever is typed, and what is typed meanwhile is no event. An account that does not exist is
    counted and nothing else.
    """
    refusal = prove_password(session, attempt, now=now)
    if refusal is not None or attempt.staff_id is None:
        return Answer(refusal=refusal)
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < now - ATTEMPTS_ARE_KEPT))
    actor = load_actor(session, staff_id=attempt.staff_id, now=now)
    record(session, Event.SIGNED_IN, at=now, by=actor, about=actor.reference)
    return Answer(token=start_session(session, attempt.staff_id, now=now))


def prove_password(session: Session, attempt: Attempt, *, now: datetime) -> Refusal | None:
    """Counts an attempt, at signing in or before the password is changed, and says why it is refused, or None.

    A failure on an account that exists is an event, and the tenth in 15 minutes locks it.
    """
    if attempt.staff_id is None:
        _count(session, attempt, succeeded=False, now=now)
        return Refusal.UNKNOWN
    take_locks(session, LockKind.STAFF, [attempt.staff_id])
    member = get_staff_by_id(session, attempt.staff_id)
    session.refresh(member)
    refusal = _refusal(session, member, attempt, now)
    _count(session, attempt, succeeded=refusal is None, now=now)
    if refusal not in (None, Refusal.LOCKED):
        _record_failure(session, member, attempt, refusal, now)
    return refusal


def _refusal(session: Session, member: StaffMember, attempt: Attempt, now: datetime) -> Refusal | None:
    if find_lock(session, saved_key(member), now=now):
        return Refusal.LOCKED
    if not attempt.right or member.password_hash != attempt.tried_hash:
        return Refusal.WRONG_PASSWORD
    if not is_open(member, now):
        return Refusal.CLOSED
    if member.password_ends_at is not None and member.password_ends_at <= now:
        return Refusal.ONE_TIME_ENDED
    return None


def _record_failure(session: Session, member: StaffMember, attempt: Attempt, refusal: Refusal, now: datetime) -> None:
    record(session, Event.SIGN_IN_FAILED, at=now, by=None, about=member.reference, facts={"why": refusal.value})
    staff_id = saved_key(member)
    failures = count_failures(session, staff_id=staff_id, account_digest=attempt.account_digest, now=now)
    if failures < FAILURES_THAT_LOCK:
        return
    session.add(StaffLock(staff_id=staff_id, from_at=now, until_at=now + LOCK_LASTS))
    session.flush()
    facts = {"failures": failures, "until": (now + LOCK_LASTS).isoformat()}
    record(session, Event.ACCOUNT_LOCKED, at=now, by=None, about=member.reference, facts=facts)


def _count(session: Session, attempt: Attempt, *, succeeded: bool, now: datetime) -> None:
    session.add(
        SignInAttempt(
            account_digest=attempt.account_digest, address_digest=attempt.address_digest, at=now, succeeded=succeeded
        )
    )
    session.flush()
