"""All that Legal reads before answering a case, on one page: the question, what the decision stood on, and everything else on record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.again import is_waiting
from tracker.checks.rows import said_rows
from tracker.checks.said import Beneath, beneath
from tracker.checks.showing import asked_of
from tracker.decisions.concerned import concerned_by
from tracker.decisions.deciding import decide_for_everyone
from tracker.decisions.models import Check, CheckDecision
from tracker.decisions.selectors import (
    find_said_afterwards,
    latest_decision,
    list_checks_about,
    list_decisions,
    list_person_decisions,
)
from tracker.decisions.vocabulary import OCCASION_WORDS, CheckKind, Occasion
from tracker.people.groups import PersonGroup, groups_of
from tracker.people.models import Person
from tracker.people.selectors import called
from tracker.policy.entitlement import Actor, may_act_for_legal
from tracker.policy.facts import read_facts
from tracker.policy.vocabulary import Aim, Outcome, Platform, Purpose, Visibility
from tracker.referrals.models import Referral
from tracker.referrals.vocabulary import FINDING_WORDS, Finding, ReferralKind, ReferralPlace
from tracker.review.selectors.facts_in_words import FactsInWords, facts_in_words
from tracker.review.selectors.found import FoundPage, found_about
from tracker.review.selectors.history import History, history_of
from tracker.review.selectors.parties import may_answer_as_taken, parties_of_referral
from tracker.review.selectors.referrals import check_of, kind_in_words, people_of, status_of_case
from tracker.review.selectors.sealing import records_behind
from tracker.review.selectors.since import changes_since
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key
from tracker.web.blocks import Status, SummaryRow
from tracker.web.dates import in_words, near_in_words
from tracker.web.words import listed


@dataclass(frozen=True)
class DecisionInWords:
    """One decision on the check, with the facts that it saw of each person."""

    occasion: str
    outcome: str
    at: datetime
    reasons: tuple[str, ...]
    facts: tuple[FactsInWords, ...]


@dataclass(frozen=True)
class SaidAfter:
    """What was said with the outcome of one look in danger: its check, when that was asked, and the rows."""

    check: str
    at: datetime
    rows: list[SummaryRow]


@dataclass(frozen=True)
class ReferralPage:
    """What the page of a case shows, in its order."""

    referral: Referral
    kind: str
    people: tuple[Person, ...]
    behind: tuple[Person, ...]
    status: Status
    rows: list[SummaryRow]
    question: str
    check: Check | None
    asked: list[SummaryRow]
    said_after_danger: tuple[SaidAfter, ...]
    decisions: tuple[DecisionInWords, ...]
    changes: tuple[str, ...]
    beneath: Beneath
    found: FoundPage
    histories: tuple[History, ...]
    decides_again: bool
    is_mine: bool
    may_act: bool

    @property
    def waits(self) -> bool:
        """Whether the case lies with Legal."""
        return self.referral.place == ReferralPlace.LEGAL


def page_of_referral(session: Session, referral: Referral, *, to: Actor, now: datetime) -> ReferralPage:
    """What `to`, who may open the case, is shown of it at `now`."""
    check, people = check_of(session, referral), people_of(session, referral)
    decisions = list_decisions(session, check) if check is not None else []
    behind = records_behind(session, people)
    groups = groups_of(session, [saved_key(one) for one in (*people, *behind)])
    read = {groups[saved_key(one)].key: groups[saved_key(one)] for one in (*people, *behind)}
    return ReferralPage(
        referral=referral,
        kind=kind_in_words(session, referral),
        people=tuple(people),
        behind=tuple(behind),
        status=status_of_case(session, referral, now=now),
        rows=_rows(session, referral, people, now),
        question=_question(session, referral, check, people),
        check=check,
        asked=asked_of(session, check) if check is not None else [],
        said_after_danger=tuple(_said_after_danger(session, groups.values())),
        decisions=tuple(_decision(session, one) for one in decisions),
        changes=tuple(list_changes(session, check, now=now)) if check is not None else (),
        beneath=beneath(session, check) if check is not None else Beneath((), ()),
        found=found_about(session, referral, people, by=to, now=now),
        histories=tuple(history_of(session, one, by=to, now=now) for one in read.values()),
        decides_again=_decides_again(session, referral, check),
        is_mine=may_answer_as_taken(referral, to),
        may_act=may_act_for_legal(to, parties_of_referral(session, referral)),
    )


def list_changes(session: Session, check: Check, *, now: datetime) -> list[str]:
    """What has changed for anyone concerned since the decision that governs, in sentences."""
    then = {
        row.person_id: read_facts(row.facts) for row in list_person_decisions(session, latest_decision(session, check))
    }
    answer = decide_for_everyone(session, check, concerned_by(session, check), at=now)
    found: list[str] = []
    for one in answer.each:
        changes = changes_since(session, then[saved_key(one.person)], one.facts)
        several = len(answer.each) > 1
        found += [f"{called(one.person)}: {change}" if several else change for change in changes]
    return found


def _decides_again(session: Session, referral: Referral, check: Check | None) -> bool:
    """Whether answering the case decides its check again."""
    blocked = referral.kind == ReferralKind.BLOCKED_CHECK and referral.place == ReferralPlace.LEGAL
    return blocked and check is not None and is_waiting(session, check)


def _rows(session: Session, referral: Referral, people: list[Person], now: datetime) -> list[SummaryRow]:
    taken = "Nobody yet"
    if referral.taken_by is not None and referral.taken_at is not None:
        taken = f"{get_staff_by_id(session, referral.taken_by).name}, {near_in_words(referral.taken_at, now)}"
    since = referral.with_legal_at or referral.opened_at
    rows = [
        SummaryRow("About", "\n".join(f"{called(one)} ({one.reference})" for one in people)),
        SummaryRow("What it is", kind_in_words(session, referral)),
        SummaryRow("Why", referral.why),
        *(
            []
            if referral.asked_by is None
            else [SummaryRow("Asked by", get_staff_by_id(session, referral.asked_by).name)]
        ),
        SummaryRow("With Legal since", near_in_words(since, now)),
        SummaryRow("Taken by", taken),
    ]
    if referral.closed_at is not None and referral.closed_by is not None:
        rows.append(
            SummaryRow("Ended", f"{get_staff_by_id(session, referral.closed_by).name}, {in_words(referral.closed_at)}")
        )
        if referral.finding:
            rows.append(SummaryRow("What was found", FINDING_WORDS[Finding(referral.finding)]))
        rows.append(SummaryRow("The answer", referral.closed_why or ""))
    return rows


def _question(session: Session, referral: Referral, check: Check | None, people: list[Person]) -> str:
    names = listed(called(one) for one in people)
    if referral.kind == ReferralKind.SEAL_ASKED:
        return f"Is the record of {names} to be sealed?"
    if referral.kind == ReferralKind.SEALED:
        return f"Does what is on the records of {names}, taken together, change what may be done with any of them?"
    if check is None:
        return f"Is the looking at {names} one systematic course of viewing, so that the hold must stay?"
    viewer = get_staff_by_id(session, check.viewer_id).name
    where = listed(Platform(one).label for one in Platform if one.value in check.platforms)
    look = {
        Aim.FIND_PRESENCE: f"search for a profile of {names} on {where}",
        Aim.FIND_THEN_VIEW: f"find the profile of {names} on {where} and look once",
        Aim.VIEW: f"look once at the page of {names} on {where} ({Visibility(check.visibility).label})",
    }[Aim(check.aim)]
    purpose = Purpose(check.purpose).label
    if referral.kind == ReferralKind.POSSIBLE_ERROR or check.kind == CheckKind.LATE_ENTRY:
        return f"Was it an error that {viewer} did {look}, for {purpose}, when what was recorded did not permit it?"
    return f"May {viewer} {look}, for {purpose}?"


def _said_after_danger(session: Session, groups: Iterable[PersonGroup]) -> Iterator[SaidAfter]:
    """Of every look in danger at these people, by whichever team: what was asked with its outcome. The newest first."""
    members = tuple(sorted({one for group in groups for one in group.members}))
    for check in list_checks_about(session, members):
        said = find_said_afterwards(session, check)
        if said is not None:
            by = get_staff_by_id(session, said.recorded_by).name
            yield SaidAfter(check.reference, check.recorded_at, said_rows(said, by=by))


def _decision(session: Session, decision: CheckDecision) -> DecisionInWords:
    rows = list_person_decisions(session, decision)
    stops = [stop["text"] for row in rows for stop in row.answer["stops"]]
    grounds = [one["text"] for row in rows for one in row.answer["footings"] if not one["stands"]]
    return DecisionInWords(
        occasion=OCCASION_WORDS[Occasion(decision.occasion)],
        outcome=Outcome(decision.outcome).label,
        at=decision.at,
        reasons=tuple(dict.fromkeys(stops + grounds)),
        facts=tuple(facts_in_words(session, read_facts(row.facts)) for row in rows),
    )
