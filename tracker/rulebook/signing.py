"""Who can still sign which proposed limits, and as what."""

from tracker.access.permissions import Permission, has_permission
from tracker.policy.entitlement import Actor
from tracker.rulebook.selectors import LimitsRecord
from tracker.rulebook.vocabulary import Capacity

CAPACITY_PERMISSION = {Capacity.LEGAL: Permission.SIGN_LIMITS_FOR_LEGAL, Capacity.SRO: Permission.SIGN_LIMITS_AS_SRO}
"""What somebody needs to sign in each capacity."""


def capacities_open_to(record: LimitsRecord, actor: Actor) -> list[Capacity]:
    """The capacities in which the actor can still sign: nobody gives both signatures, and shipped limits take none."""
    signed_already = any(one.signed_by == actor.staff_id for one in record.signatures.values())
    if record.proposal.shipped or signed_already:
        return []
    mine = [one for one in Capacity if has_permission(actor, CAPACITY_PERMISSION[one])]
    return [one for one in mine if one not in record.signatures]
