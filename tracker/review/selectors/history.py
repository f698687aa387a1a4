"""Everything on record about one person across teams, as Legal reads it: looks, what was said and told, advice, holds, blocks."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.authorities.models import LegalAdvice
from tracker.authorities.selectors import platforms_of, purposes_of
from tracker.authorities.selectors.about import (
    list_advice,
)
from tracker.decisions.ahead import read_answers_ahead
from tracker.decisions.models import Check
from tracker.decisions.selectors import (
    list_checks_about,
    list_decisions,
    list_person_decisions,
    standing_of_check,
)
from tracker.decisions.vocabulary import Occasion
from tracker.people.groups import PersonGroup
from tracker.people.models import Person
from tracker.policy.entitlement import Actor, may_open_check
from tracker.policy.vocabulary import Conclusion, Outcome, Platform, Purpose
from tracker.referrals.models import Hold
from tracker.referrals.selectors import list_holds
from tracker.review.selectors.said_and_authorised import SaidRow, authorities_of, said_and_told
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.viewings.models import Look
from tracker.viewings.selectors import footing_as_recorded, list_viewings, sitting_began_at
from tracker.viewings.vocabulary import LookResult
from tracker.web.blocks import SummaryRow
from tracker.web.dates import day_in_words, in_words
from tracker.web.words import listed, with_capital

RESULTS: dict[LookResult, str] = {
    LookResult.LOOKED: "Looked",
    LookResult.NOT_FOUND: "Searched, and it was not there",
    LookResult.NOT_OPEN: "Searched, and it was not open",
    LookResult.WOULD_NOT_LOAD: "It would not load",
    LookResult.WRONG_PERSON: "Somebody else's page",
    LookResult.NOT_USED: "Nobody looked",
}
NOT_COUNTED = "Not counted"
BY_HAND = {"placed_by_hand": "Placed by hand"}
BLOCKED = frozenset({Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_COURT_AUTHORISATION, Outcome.REFUSED})


@dataclass(frozen=True)
class LookRow:
    """One look at the person, whichever team made it."""

    at: datetime
    footing: str
    who: str
    team: str
    platforms: str
    result: str
    check: str
    may_open: bool


@dataclass(frozen=True)
class HoldRow:
    """A hold: why, by whom, and how it ended."""

    reference: str
    at: datetime
    by: str
    pattern: str
    why: str
    released: str

    @property
    def stands(self) -> bool:
        """Whether nobody has released it."""
        return not self.released


@dataclass(frozen=True)
class BlockRow:
    """A check about the person that was blocked, refused or declined."""

    at: datetime
    check: str
    may_open: bool
    team: str
    outcome: str
    why: str


@dataclass(frozen=True)
class History:
    """All of it for one person, with every record that is the same person."""

    person: Person
    records: tuple[Person, ...]
    looks: list[LookRow]
    said_and_told: list[SaidRow]
    advice: list[list[SummaryRow]]
    authorities: list[SaidRow]
    holds: list[HoldRow]
    blocks: list[BlockRow]


def history_of(session: Session, group: PersonGroup, *, by: Actor, now: datetime) -> History:
    """What is on record about the person of these records; for a reader who may see what every team wrote."""
    read_answers_ahead(session, list_checks_about(session, group.members), now=now)
    return History(
        person=group.records[0],
        records=group.records,
        looks=_looks(session, group, by=by, now=now),
        said_and_told=said_and_told(session, group, now=now),
        advice=[advice_rows(session, one) for one in list_advice(session, group.members)],
        authorities=authorities_of(session, group, now=now),
        holds=[_hold(session, one) for one in list_holds(session, group.members)],
        blocks=_blocks(session, group, by=by, now=now),
    )


def advice_rows(session: Session, advice: LegalAdvice) -> list[SummaryRow]:
    """One advice in full: privileged, for Legal and those who read everything."""
    platforms, purposes = platforms_of(advice.platforms), purposes_of(advice.purposes)
    favourable = advice.conclusion == Conclusion.NOT_DIRECTED_SURVEILLANCE
    rows = [
        SummaryRow("Legal advice", f"{advice.reference}, privileged"),
        SummaryRow("Given", in_words(advice.at)),
        SummaryRow(
            "By", f"{get_staff_by_id(session, advice.recorded_by).name}, recorded {in_words(advice.recorded_at)}"
        ),
        SummaryRow("The question", advice.question),
        SummaryRow("The facts it rests on", advice.facts_relied_on),
        SummaryRow("Conclusion", with_capital(Conclusion(advice.conclusion).label)),
        SummaryRow("In its own words", advice.wording),
        SummaryRow(
            "Platforms", "Not limited" if platforms is None else listed(p.label for p in Platform if p in platforms)
        ),
        SummaryRow(
            "Purposes", "Not limited" if purposes is None else listed(p.label for p in Purpose if p in purposes)
        ),
        SummaryRow("Covers confidential material", "Yes" if advice.covers_confidential else "No"),
    ]
    if favourable and advice.until_on is not None:
        rows.append(SummaryRow("Looks allowed", str(advice.max_views)))
        rows.append(SummaryRow("Until the end of", day_in_words(advice.until_on)))
    return rows


def _looks(session: Session, group: PersonGroup, *, by: Actor, now: datetime) -> list[LookRow]:
    return [
        LookRow(
            at=sitting_began_at(look, by=now),
            footing=footing.label if (footing := footing_as_recorded(viewing, look, by=now)) else NOT_COUNTED,
            who=get_staff_by_id(session, look.viewer_id).name,
            team=get_team_by_id(session, look.team_id).name,
            platforms=listed(one.label for one in Platform if one.value in look.platforms),
            result=_result(look),
            check=check.reference,
            may_open=_may_open(session, check, by=by, now=now),
        )
        for viewing, look in list_viewings(session, group.members)
        for check in (session.get_one(Check, look.check_id),)
    ]


def _result(look: Look) -> str:
    if look.struck_at is not None:
        return "Recorded in error"
    return RESULTS[LookResult(look.result)] if look.result else "Not reported: it counts from its issue"


def _may_open(session: Session, check: Check, *, by: Actor, now: datetime) -> bool:
    return may_open_check(by, standing_of_check(session, check, now=now))


def _hold(session: Session, hold: Hold) -> HoldRow:
    released = ""
    if hold.released_at is not None and hold.released_by is not None:
        by = get_staff_by_id(session, hold.released_by).name
        released = f"{in_words(hold.released_at)} by {by}: {hold.released_why}"
    return HoldRow(
        reference=hold.reference,
        at=hold.at,
        by=get_staff_by_id(session, hold.placed_by).name if hold.placed_by else "the tracker",
        pattern=BY_HAND.get(hold.pattern, with_capital(hold.pattern.replace("_", " "))),
        why=hold.why,
        released=released,
    )


def _blocks(session: Session, group: PersonGroup, *, by: Actor, now: datetime) -> list[BlockRow]:
    """Every check whose first or latest answer was a block or a refusal, a decline among them."""
    found = []
    for check in list_checks_about(session, group.members):
        for decision in list_decisions(session, check):
            if decision.outcome in BLOCKED and decision.occasion != Occasion.LATE_AS_SAID:
                stops = [
                    stop["text"] for row in list_person_decisions(session, decision) for stop in row.answer["stops"]
                ]
                found.append(
                    BlockRow(
                        at=decision.at,
                        check=check.reference,
                        may_open=_may_open(session, check, by=by, now=now),
                        team=get_team_by_id(session, check.team_id).name,
                        outcome=Outcome(decision.outcome).label,
                        why=" ".join(dict.fromkeys(stops)) or "No ground stood.",
                    )
                )
    return found
