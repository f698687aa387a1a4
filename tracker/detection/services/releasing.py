"""What Legal had before them when a hold was released: those looks alone never make a hold again."""

from sqlmodel import Session

from tracker.detection.models import ReviewedView
from tracker.detection.selectors import list_looks_reviewed_with
from tracker.people.groups import members_of
from tracker.referrals.models import Hold
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look


def keep_what_was_reviewed(session: Session, hold: Hold) -> list[str]:
    """Keeps which looks the release of a hold has before it, and gives their references.

    Part of a use-case that releases the hold, holds the locks of the person, and records the event. Source: issue 4, "A release
    names the views it reviewed".
    """
    if hold.released_at is not None:
        return []
    members = members_of(session, [hold.person_id])[hold.person_id]
    looks = list_looks_reviewed_with(session, hold, members)
    session.add_all(ReviewedView(hold_id=saved_key(hold), look_id=look) for look in looks)
    session.flush()
    return [session.get_one(Look, look).reference for look in looks]
