"""What is to be struck, as it was recorded: whoever answers a correction of a check reads it first, and it is theirs to read for that
alone, where they may not open the check itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.rows import meant_rows, seen_rows
from tracker.checks.showing import asked_of, said_of, telling_of
from tracker.corrections.models import Correction
from tracker.corrections.records import Found
from tracker.corrections.selectors import may_answer
from tracker.decisions.models import Check
from tracker.decisions.selectors import (
    find_case_report,
    find_look,
    find_look_report,
    latest_decision,
    list_decisions,
    list_person_decisions,
    parts_to_show,
)
from tracker.decisions.vocabulary import OCCASION_WORDS, Occasion
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor, may_open_person
from tracker.policy.vocabulary import Footing, Outcome
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import list_also_seen
from tracker.web.blocks import SummaryRow
from tracker.web.dates import end_in_words, in_words


@dataclass(frozen=True)
class Part:
    """A part of what was recorded, under its heading."""

    heading: str
    rows: list[SummaryRow]


def recorded_parts(
    session: Session, correction: Correction, found: Found, *, to: Actor, now: datetime
) -> tuple[Part, ...]:
    """What was asked, decided and reported of the check, for whoever may answer its correction and open the records that it concerns;
    nothing for anybody else, and nothing of other kinds of record. What Legal advised is no part of it, nor are the facts decided on.
    """
    if not isinstance(found.row, Check) or not may_answer(session, correction, by=to, now=now):
        return ()
    if not may_open_person(to, found.standing.person):
        return ()
    return tuple(part for part in _parts(session, found.row, to) if part.rows)


def _parts(session: Session, check: Check, to: Actor) -> Iterator[Part]:
    shown, look = parts_to_show(session, check, to=to), find_look(session, check)
    yield Part("What was asked", asked_of(session, check))
    yield Part("What was decided", _decided(session, check))
    if look is not None:
        yield Part("The look", _allowed(look))
        report = find_look_report(session, look) if shown.look else None
        yield Part("What was seen", seen_rows(look, report, list_also_seen(session, saved_key(look))) if report else [])
    case = find_case_report(session, check) if shown.case else None
    if case is not None:
        yield Part("What it means for the case", meant_rows(case))
        yield Part("Whether they were told", telling_of(session, check))
        yield Part("What was not asked in danger", said_of(session, check))


def _decided(session: Session, check: Check) -> list[SummaryRow]:
    """Each decision, and of the latest why, for each of those concerned, as the page of the check says it."""
    rows = [
        SummaryRow(OCCASION_WORDS[Occasion(one.occasion)], f"{Outcome(one.outcome).label}, {in_words(one.at)}")
        for one in list_decisions(session, check)
    ]
    for one in list_person_decisions(session, latest_decision(session, check)):
        person = get_person_by_id(session, one.person_id)
        ground = [Footing(one.answer["footing"]).label] if one.answer["footing"] else []
        stops = [str(stop["text"]) for stop in one.answer["stops"]]
        if ground or stops:
            rows.append(SummaryRow(f"Why, for {person.name or person.known_by}", "\n".join(ground + stops)))
    return rows


def _allowed(look: Look) -> list[SummaryRow]:
    if look.issued_at is None or look.ends_at is None:
        return []
    rows = [SummaryRow("Allowed", f"{in_words(look.issued_at)}, until {end_in_words(look.ends_at)}")]
    if look.started_at is not None:
        rows.append(SummaryRow("Started", in_words(look.started_at)))
    return [*rows, *([] if look.reported_at else [SummaryRow("Reported", "Not yet")])]
