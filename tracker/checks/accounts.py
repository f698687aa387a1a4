"""The account that was chosen on a form, as the rules read it."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.checks.requests import AccountChoice
from tracker.corporate_accounts.selectors import find_profile
from tracker.decisions.accounts import account_of_profile
from tracker.policy.vocabulary import Account, Platform

CORPORATE = "corporate"


def account_chosen(
    session: Session, choice: AccountChoice, *, platforms: Iterable[Platform], viewer_id: int, at: datetime
) -> tuple[Account, int | None]:
    """The account as the rules read it, and the key of the profile of the register that was chosen, if any."""
    if choice.kind != CORPORATE:
        return Account(choice.kind), None
    profile = None if choice.corporate_profile is None else find_profile(session, choice.corporate_profile)
    if profile is None or profile.id is None:
        return Account.CORPORATE_UNREGISTERED, None
    account = account_of_profile(session, profile.id, platforms=platforms, viewer_id=viewer_id, at=at)
    return account, profile.id
