"""What Legal reads of a sealed record: how it was sealed, what it is the same person as, and what is on every side."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.people.counterparts import find_seal, list_answers, list_counterparts
from tracker.people.groups import everyone_behind, groups_of
from tracker.people.models import CounterpartAnswer, Person, SealedCounterpart
from tracker.people.selectors import get_person_by_id
from tracker.people.vocabulary import SEAL_KIND_WORDS, SealKind
from tracker.policy.entitlement import Actor
from tracker.review.selectors.history import History, history_of
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key
from tracker.web.blocks import SummaryRow
from tracker.web.dates import in_words


@dataclass(frozen=True)
class CounterpartShown:
    """Two records that Legal knows to be one person, who said so, and what came of it."""

    row: SealedCounterpart
    people: tuple[Person, Person]
    recorded_by: str
    answers: tuple[tuple[CounterpartAnswer, str], ...]


@dataclass(frozen=True)
class Sides:
    """The seal of a record in rows (none where it is not sealed), its counterparts, and the history of every side."""

    seal: tuple[SummaryRow, ...]
    counterparts: tuple[CounterpartShown, ...]
    histories: tuple[History, ...]


def sides_of(session: Session, person: Person, *, to: Actor, now: datetime) -> Sides:
    """Everything about a record that only Legal may see together; `to` acts for Legal."""
    behind = everyone_behind(session, [saved_key(person)])
    groups = {group.key: group for group in groups_of(session, sorted(behind)).values()}
    mine = sorted(groups.values(), key=lambda group: (person.id not in group.members, group.members))
    rows = list_counterparts(session, behind)
    return Sides(
        seal=_seal(session, person),
        counterparts=tuple(_shown(session, row) for row in rows),
        histories=tuple(history_of(session, group, by=to, now=now) for group in mine),
    )


def records_behind(session: Session, people: list[Person]) -> list[Person]:
    """The records that Legal alone knows to be the same person as one of these, but for these."""
    keys = {saved_key(one) for one in people}
    return [get_person_by_id(session, one) for one in sorted(everyone_behind(session, keys) - keys)]


def _seal(session: Session, person: Person) -> tuple[SummaryRow, ...]:
    seal = find_seal(session, saved_key(person))
    if seal is None:
        return ()
    kind = seal.kind_words or SEAL_KIND_WORDS[SealKind(seal.kind)]
    by = get_staff_by_id(session, seal.sealed_by).name
    return (
        SummaryRow("Sealed", f"{kind}, by {by}, {in_words(seal.sealed_at)}"),
        SummaryRow("Decided on", seal.why),
    )


def _shown(session: Session, row: SealedCounterpart) -> CounterpartShown:
    both = get_person_by_id(session, row.person_id), get_person_by_id(session, row.other_id)
    answers = tuple(
        (one, get_staff_by_id(session, one.recorded_by).name) for one in list_answers(session, saved_key(row))
    )
    return CounterpartShown(row, both, get_staff_by_id(session, row.recorded_by).name, answers)
