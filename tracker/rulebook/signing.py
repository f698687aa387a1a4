"""Who can still sign which proposal, and as what."""

from tracker.access.permissions import HELD_BY, Permission
from tracker.policy.entitlement import Actor
from tracker.rulebook.selectors import ProposalRecord
from tracker.rulebook.vocabulary import Capacity

CAPACITY_PERMISSION = {Capacity.LEGAL: Permission.SIGN_LIMITS_FOR_LEGAL, Capacity.SRO: Permission.SIGN_LIMITS_AS_SRO}
"""What somebody needs to sign in each capacity."""


def capacities_open_to(record: ProposalRecord, actor: Actor) -> list[Capacity]:
    """The capacities in which the actor can still sign: nobody gives both signatures, and what shipped, was withdrawn or has lapsed
    takes none."""
    if record.proposal.shipped or record.withdrawal is not None or record.lapsed_at is not None:
        return []
    signers = frozenset(one.signed_by for one in record.signatures.values())
    return [one for one in Capacity if one not in record.signatures and may_sign_as(actor, one, signers)]


def may_sign_as(actor: Actor, capacity: Capacity, signers: frozenset[int]) -> bool:
    """Whether the actor signs in that capacity beside those who have signed: not one of them, nor in the place of one."""
    roles = HELD_BY[CAPACITY_PERMISSION[capacity]]
    return actor.staff_id not in signers and any(
        holding.role in roles and holding.covers not in signers for holding in actor.holdings
    )
