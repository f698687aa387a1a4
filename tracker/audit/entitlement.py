"""Who may have words erased from the trail. Pure: it sees the actor and a reference, and nothing else."""

from tracker.policy.entitlement import Actor, Role


def may_erase_words(actor: Actor, *, of: str | None) -> bool:
    """The Senior Responsible Officer, of an entry that says what somebody else did: `of` is the reference of whoever acted, None where
    it was the system.

    In their own right: it cannot be undone, and whoever stands in for a fortnight decides nothing that stays for good.
    """
    own = {holding.role for holding in actor.holdings if holding.covers is None}
    return Role.SENIOR_RESPONSIBLE_OFFICER in own and actor.reference != of
