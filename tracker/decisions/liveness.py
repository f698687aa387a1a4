"""Whether a permit is live: derived each time, never stored, so that nothing that ends it can be missed.

The facts of the moment, without the permit's own look, are decided again with the approval that was given. Where the answer is no
longer `permitted` the permit is dead; so is that of a viewer who has left (ADR 0156).

Source: policy.md, "A permit is live only while its decision still holds".
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.audit.changes import list_change_times
from tracker.decisions.concerned import concerned_by
from tracker.decisions.deciding import Answer, DecidedFor, decide_for_everyone
from tracker.decisions.models import Check
from tracker.decisions.records import latest_decision, list_person_decisions
from tracker.decisions.withheld import stop_in_words
from tracker.policy.vocabulary import Footing, Outcome
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.kept import kept
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import find_look_of

TICK = timedelta(microseconds=1)
FINE_ENOUGH = timedelta(seconds=1)

NO_PERMIT = "There is no permit."
REPORTED = "The look has been reported. A permit allows one sitting."
STRUCK = "The permit was recorded in error."
RAN_OUT = "It ran out, and nobody has reported. It counts as a view."
VIEWER_LEFT = (
    "Whoever was named to look has left, so that nobody can use it. It counts as a view; a manager sees that nobody is left to "
    "report. To look, ask for a new check that names somebody who is here."
)


@dataclass(frozen=True, slots=True)
class Liveness:
    """Whether a permit may be used now. Where not: since when, and why, in sentences. `ends_at`: when it ends at the latest."""

    live: bool
    since: datetime | None
    why: tuple[str, ...]
    ends_at: datetime | None


def liveness_of(session: Session, check: Check, *, now: datetime) -> Liveness:
    """Whether the check's permit is live at `now`, and otherwise since when and why not. Not live where there is none."""
    return kept(session, ("liveness_of", check.id, now), lambda: _liveness_of(session, check, now))


def _liveness_of(session: Session, check: Check, now: datetime) -> Liveness:
    look = find_look_of(session, saved_key(check))
    if look is None or look.issued_at is None or look.ends_at is None:
        return Liveness(False, None, (NO_PERMIT,), None)
    if look.struck_at is not None and look.struck_at <= now:
        return Liveness(False, look.struck_at, (STRUCK,), look.ends_at)
    if look.reported_at is not None and look.reported_at <= now:
        return Liveness(False, look.reported_at, (REPORTED,), look.ends_at)
    found = _by_the_rules(session, check, look, now=now, ends_at=look.ends_at, issued_at=look.issued_at)
    left_at = get_staff_by_id(session, check.viewer_id).closed_at
    if left_at is None or left_at > now:
        return found
    if found.since is not None and found.since <= left_at:
        return replace(found, why=(*found.why, VIEWER_LEFT))
    return Liveness(False, left_at, (VIEWER_LEFT,), look.ends_at)


def decided_at(session: Session, check: Check, look: Look, *, at: datetime) -> Answer:
    """The check decided on the facts of the moment `at`, as they had been recorded by then, without its own look."""
    concerned = concerned_by(session, check, links_at=at)
    return decide_for_everyone(session, check, concerned, at=at, exclude_look=saved_key(look))


def reasons_of(answer: Answer, footings: dict[int, Footing | None]) -> tuple[str, ...]:
    """Why the answer is no longer that the look may go ahead, in sentences; `footings`: what it stood on, by person."""
    sentences = [
        sentence
        for one in answer.each
        if one.decision.outcome is not Outcome.PERMITTED
        for sentence in _reasons_for(one, footings.get(saved_key(one.person)))
    ]
    return tuple(dict.fromkeys(sentences))


def stood_on(session: Session, check: Check) -> dict[int, Footing | None]:
    """What the check's decision stood on for each person, by their key."""
    rows = list_person_decisions(session, latest_decision(session, check))
    return {row.person_id: Footing(row.answer["footing"]) if row.answer["footing"] else None for row in rows}


def _by_the_rules(
    session: Session, check: Check, look: Look, *, now: datetime, ends_at: datetime, issued_at: datetime
) -> Liveness:
    last = min(now, ends_at - TICK)
    answer = decided_at(session, check, look, at=last)
    if answer.outcome is Outcome.PERMITTED:
        return Liveness(True, None, (), ends_at) if now < ends_at else Liveness(False, ends_at, (RAN_OUT,), ends_at)

    def permitted(at: datetime) -> bool:
        return decided_at(session, check, look, at=at).outcome is Outcome.PERMITTED

    if answer.says_not_when:  # since when would tell when something was recorded on a record that may not be opened
        return Liveness(False, last, reasons_of(answer, stood_on(session, check)), ends_at)
    references = [record.reference for one in concerned_by(session, check) for record in one.group.records]
    changes = list_change_times(session, references, after=issued_at, until=last)
    since = first_dead(permitted, changes, after=issued_at, last=last)
    return Liveness(False, since, reasons_of(answer, stood_on(session, check)), ends_at)


def first_dead(
    permitted: Callable[[datetime], bool], changes: list[datetime], *, after: datetime, last: datetime
) -> datetime:
    """The instant at which a permit that was live `after` an instant and is dead at `last` died.

    Looked for among the instants at which something changed, and between them to the second, since time alone can end it.
    """
    points = [*changes, last]
    low, high = 0, len(points) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if permitted(points[middle]) else (low, middle)
    begin, dead = (points[low - 1] if low else after), points[low]
    if permitted(dead - TICK):
        return dead
    while dead - begin > FINE_ENOUGH:
        middle_at = begin + (dead - begin) / 2
        begin, dead = (middle_at, dead) if permitted(middle_at) else (begin, middle_at)
    return dead


def _reasons_for(one: DecidedFor, footing: Footing | None) -> list[str]:
    stops = [stop_in_words(one.facts, reason.rule, reason.text) for reason in one.decision.stops]
    if footing is None:
        return stops
    ground = next(reason for reason in one.decision.footings if reason.rule is footing)
    return stops if ground.stands and stops else [*stops, ground.text]
