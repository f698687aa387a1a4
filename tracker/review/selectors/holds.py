"""The holds that stand."""

from collections.abc import Iterable

from sqlmodel import Session

from tracker.referrals.models import Hold
from tracker.referrals.selectors import list_holds


def list_holds_that_stand(session: Session, members: Iterable[int]) -> list[Hold]:
    """The holds on these records that nobody has released, newest first."""
    return [hold for hold in list_holds(session, members) if hold.released_at is None]
