"""What would be looked with, as the rules read it: worked out from the account that was chosen, never asked."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.corporate_accounts.models import CorporateProfile
from tracker.corporate_accounts.selectors import may_use
from tracker.policy.vocabulary import Account, Platform


def account_of_profile(
    session: Session, profile_id: int, *, platforms: Iterable[Platform], viewer_id: int, at: datetime
) -> Account:
    """Registered only while the profile is open, on a platform that is asked for, and the viewer may use it."""
    profile = session.get(CorporateProfile, profile_id)
    asked_for = profile is not None and profile.platform in {platform.value for platform in platforms}
    registered = asked_for and may_use(session, profile_id, viewer_id, at)
    return Account.CORPORATE_REGISTERED if registered else Account.CORPORATE_UNREGISTERED
