"""What a record would change, as a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.foresight import Foreseen
from tracker.decisions.selectors import get_check, list_concerned, standing_of_check
from tracker.policy.entitlement import READERS_OF_EVERYTHING, Actor, Role, may_open_check
from tracker.policy.vocabulary import Outcome

NOT_YOURS = "A check of another team"
READS_EVERY_TEAM = READERS_OF_EVERYTHING | {Role.LEGAL_REVIEWER}


@dataclass(frozen=True)
class ForeseenRow:
    """A check that waits or whose permit is live, and its answer without and with the record, in words."""

    reference: str
    person: str
    before: str
    after: str
    changes: bool
    may_open: bool


def rows_of(session: Session, foreseen: Iterable[Foreseen], *, to: Actor, now: datetime) -> list[ForeseenRow]:
    """What was foreseen, for a reader; the check and its person are named only to who may open it or is Legal."""
    return [_row(session, one.check.reference, one.before, one.after, to=to, now=now) for one in foreseen]


def as_kept(foreseen: Iterable[Foreseen]) -> list[list[str]]:
    """What was foreseen as plain values, in their order, for a draft: two that are equal say the same."""
    return [[one.check.reference, one.before.value, one.after.value] for one in foreseen]


def rows_kept(session: Session, kept: Iterable[list[str]], *, to: Actor, now: datetime) -> list[ForeseenRow]:
    """The rows of what `as_kept` gave."""
    return [
        _row(session, reference, Outcome(before), Outcome(after), to=to, now=now) for reference, before, after in kept
    ]


def _row(session: Session, reference: str, before: Outcome, after: Outcome, *, to: Actor, now: datetime) -> ForeseenRow:
    check = get_check(session, reference)
    may_open = may_open_check(to, standing_of_check(session, check, now=now))
    may_know = may_open or bool(to.roles & READS_EVERY_TEAM)
    person = list_concerned(session, check)[0]
    return ForeseenRow(
        reference=reference if may_know else NOT_YOURS,
        person=(person.name or person.known_by or "") if may_know else "",
        before=before.label,
        after=after.label,
        changes=before is not after,
        may_open=may_open,
    )
