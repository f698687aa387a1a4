"""Who asks for a change of staff: a member of staff, or the operator's command line, which sets a council up."""

from tracker.access.permissions import Permission, require
from tracker.policy.entitlement import Actor
from tracker.staff.entitlement import may_change_account_of
from tracker.staff.models import StaffMember
from tracker.storage.tables import saved_key


def require_administrator(by: Actor | None, *, of: StaffMember | None = None) -> None:
    """Raises `NotAllowedError` unless `by` is an administrator and not `of`, or None: the operator's command line."""
    if by is None:
        return
    allowed = of is None or may_change_account_of(by, saved_key(of))
    require(by, Permission.MANAGE_STAFF, allowed=allowed, about=of.reference if of else None)
