"""What signing in needs to know: sessions, locks, and how many attempts failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

from sqlalchemy import BindParameter, Select, bindparam, exists
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, func, select

from tracker.clockwork.models import Heartbeat
from tracker.staff.models import Deputy, SignInAttempt, SignInSession, StaffLock, StaffMember
from tracker.staff.selectors.holdings import cover_in_force

SESSION_LASTS = timedelta(hours=12)
COUNTED_FOR = timedelta(minutes=15)
FAILURES_THAT_LOCK = 10
FAILURES_THAT_DELAY = 50
LONGEST_DELAY = timedelta(seconds=30)


def token_hash(token: str) -> str:
    """What is kept of a session's token."""
    return sha256(token.encode()).hexdigest()


def find_session(session: Session, token: str) -> SignInSession | None:
    """The session of that token, whether or not it still runs."""
    return session.exec(select(SignInSession).where(SignInSession.token_hash == token_hash(token))).one_or_none()


@dataclass(frozen=True, slots=True)
class Whose:
    """A session, whose it is, whether they cover anybody now, and when the scheduler last said that it lives: what every page asks for
    first, read at once."""

    member: StaffMember
    started_at: datetime
    ended_at: datetime | None
    covers: bool
    beat_at: datetime | None


def find_whose(session: Session, token: str, *, now: datetime) -> Whose | None:
    """The session of that token, whether or not it still runs, with whoever it is of."""
    found = session.execute(_by_digest(), {"digest": token_hash(token), "now": now}).first()
    return None if found is None else Whose(*found)


@cache
def _by_digest() -> Select[StaffMember, datetime, datetime | None, bool, datetime | None]:
    """Built once: every page asks it first."""
    digest: BindParameter[str] = bindparam("digest")
    times = col(SignInSession.started_at), col(SignInSession.ended_at)
    covers = exists().where(col(Deputy.deputy_id) == col(StaffMember.id), cover_in_force())
    return (
        select_rows(StaffMember, *times, covers, col(Heartbeat.beat_at))
        .select_from(SignInSession)
        .join(StaffMember, col(StaffMember.id) == col(SignInSession.staff_id))
        .join(Heartbeat, col(Heartbeat.id) == 1, isouter=True)
        .where(col(SignInSession.token_hash) == digest)
    )


def runs(signed_in: SignInSession | Whose, now: datetime) -> bool:
    """Whether the session was neither ended nor older than its absolute limit of 12 hours. Idleness is in the cookie."""
    return signed_in.ended_at is None and now < signed_in.started_at + SESSION_LASTS


def find_lock(session: Session, staff_id: int, *, now: datetime) -> StaffLock | None:
    """The lock that stands on the account now."""
    standing = (StaffLock.from_at <= now, StaffLock.until_at > now, col(StaffLock.ended_at).is_(None))
    return session.exec(select(StaffLock).where(StaffLock.staff_id == staff_id, *standing)).first()


def count_failures(session: Session, *, staff_id: int, account_digest: str, now: datetime) -> int:
    """Failed attempts on an account in the last 15 minutes that a lock has not already answered."""
    ends = session.exec(select(StaffLock).where(StaffLock.staff_id == staff_id)).all()
    since = max([now - COUNTED_FOR, *(lock.ended_at or lock.until_at for lock in ends)])
    failed = (SignInAttempt.account_digest == account_digest, ~col(SignInAttempt.succeeded), SignInAttempt.at > since)
    return session.exec(select(func.count()).select_from(SignInAttempt).where(*failed)).one()


def delay_of_address(session: Session, address_digest: str, *, now: datetime) -> timedelta:
    """How long the address still has to wait before its next attempt is looked at.

    From the 50th failure in 15 minutes each adds a second to the wait after the last, up to 30 seconds: a council behind one
    address can go on signing in, a guesser gets nowhere. Zero when it need not wait.
    """
    failed = (
        SignInAttempt.address_digest == address_digest,
        ~col(SignInAttempt.succeeded),
        SignInAttempt.at > now - COUNTED_FOR,
    )
    count, last = session.exec(select(func.count(), func.max(SignInAttempt.at)).where(*failed)).one()
    if count < FAILURES_THAT_DELAY or last is None:
        return timedelta(0)
    delay = min(timedelta(seconds=count - FAILURES_THAT_DELAY + 1), LONGEST_DELAY)
    return max(last + delay - now, timedelta(0))
