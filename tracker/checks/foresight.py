"""What would come of a record before it is kept: it is made, the checks that wait are decided again, and all of it is undone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.again import is_waiting
from tracker.decisions.concerned import concerned_by
from tracker.decisions.deciding import decide_for_everyone
from tracker.decisions.liveness import liveness_of
from tracker.decisions.models import Check
from tracker.decisions.records import list_checks_about
from tracker.people.groups import members_of
from tracker.people.models import Person
from tracker.policy.vocabulary import Outcome
from tracker.storage.session import undone
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import find_look_of


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A check that waits, or whose permit is live, and its outcome on the facts as they are now, without and with the record."""

    check: Check
    before: Outcome
    after: Outcome

    @property
    def changes(self) -> bool:
        """Whether the record would change anything for it."""
        return self.before is not self.after


def foresee(session: Session, people: Iterable[Person], do: Callable[[], object], *, now: datetime) -> list[Foreseen]:
    """What `do` (one use-case on `session`, which raises as it always does) would change for every check that waits about
    these people, and for every permit of theirs that is live; the oldest first. Nothing of it is kept.

    For a transaction that writes; it takes the locks that `do` takes, and none of its own. A permit is decided without its own look.
    """
    checks = _list_open(session, people, now=now)
    before = _outcomes(session, checks, now=now)
    with undone(session):
        do()
        session.flush()
        after = _outcomes(session, checks, now=now)
    return [Foreseen(*one) for one in zip(checks, before, after, strict=True)]


def _list_open(session: Session, people: Iterable[Person], *, now: datetime) -> list[Check]:
    groups = members_of(session, [saved_key(one) for one in people])
    members = tuple(sorted({member for group in groups.values() for member in group}))
    about = reversed(list_checks_about(session, members))
    return [check for check in about if is_waiting(session, check) or liveness_of(session, check, now=now).live]


def _outcomes(session: Session, checks: Sequence[Check], *, now: datetime) -> list[Outcome]:
    return [_outcome(session, check, now=now) for check in checks]


def _outcome(session: Session, check: Check, *, now: datetime) -> Outcome:
    look = find_look_of(session, saved_key(check))
    own = None if look is None else saved_key(look)
    return decide_for_everyone(session, check, concerned_by(session, check), at=now, exclude_look=own).outcome
