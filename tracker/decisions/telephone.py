"""The approval by telephone of a check: one at most, answered or not by the manager whom it names."""

from sqlmodel import Session, select

from tracker.decisions.models import Check, TelephoneApproval
from tracker.storage.tables import NoSuchRecordError, saved_key


def find_telephone_approval(session: Session, check: Check) -> TelephoneApproval | None:
    """The approval by telephone of this check, or None."""
    mine = TelephoneApproval.check_id == saved_key(check)
    return session.exec(select(TelephoneApproval).where(mine)).first()


def get_telephone_approval(session: Session, check: Check) -> TelephoneApproval:
    """The same. Raises `NoSuchRecordError` where nobody has recorded one."""
    found = find_telephone_approval(session, check)
    if found is None:
        raise NoSuchRecordError("this check was not approved by telephone")
    return found
