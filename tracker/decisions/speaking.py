"""Who spoke for whoever asked for a check, while they stood in for them."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from tracker.decisions.models import Check, SpokenFor
from tracker.policy.entitlement import Actor
from tracker.storage.kept import kept_each
from tracker.storage.tables import saved_key


def note_who_speaks(session: Session, check: Check, *, by: Actor, now: datetime) -> None:
    """Keeps that the actor spoke for whoever asked for the check, where they are somebody else; under the check's locks.

    The use-case that calls this records its own event, which names the actor and whom they stood in for.
    """
    if by.staff_id == check.requester_id or by.staff_id in who_spoke(session, [saved_key(check)]):
        return
    session.add(SpokenFor(check_id=saved_key(check), staff_id=by.staff_id, recorded_at=now))
    session.flush()


def who_spoke(session: Session, checks: Iterable[int]) -> frozenset[int]:
    """Keys of those who spoke for the requester of any of these checks (keys)."""
    return frozenset().union(*who_spoke_of(session, checks).values())


def who_spoke_of(session: Session, checks: Iterable[int]) -> dict[int, frozenset[int]]:
    """The same of each of these checks."""

    def _read(wanted: list[int]) -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = {key: set() for key in wanted}
        for key, who in session.exec(_spoken(), params={"checks": wanted}):
            found[key].add(who)
        return {key: frozenset(who) for key, who in found.items()}

    return kept_each(session, "who_spoke_of", checks, _read)


@cache
def _spoken() -> Select[int, int]:
    theirs = col(SpokenFor.check_id).in_(bindparam("checks", expanding=True))
    return select(SpokenFor.check_id, SpokenFor.staff_id).where(theirs)
