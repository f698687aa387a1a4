"""What a manager is shown of one check before deciding: what the decision saw, what has changed since, and what else there was."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from tracker.checks.household import asked_the_same
from tracker.checks.said import Beneath, beneath
from tracker.checks.showing import CheckPage, page_of
from tracker.decisions.concerned import concerned_by, list_people_of
from tracker.decisions.deciding import Answer
from tracker.decisions.models import Check, PersonDecision
from tracker.decisions.records import find_original
from tracker.decisions.selectors import (
    latest_decision,
    list_person_decisions,
    standing_of_check,
    standings_of_checks,
)
from tracker.detection.selectors import people_named
from tracker.people.selectors import standings_of, whom_to_ask
from tracker.policy.entitlement import Actor, CheckStanding, may_give_verdict, may_open_person, may_see_what_was_written
from tracker.policy.facts import read_facts
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import MAY_GO_ON, Outcome
from tracker.review.selectors.before import Earlier, list_before
from tracker.review.selectors.changes import changes_for_managers, grounds_changed
from tracker.review.selectors.facts_in_words import (
    OF_A_RECORD,
    RECORDS,
    FactsInWords,
    RecordsInWords,
    facts_in_words,
    named_with,
)
from tracker.review.selectors.marks import decided_now, mark_of_check
from tracker.review.selectors.queue import Item, item_of
from tracker.review.vocabulary import Wanted
from tracker.staff.selectors import every_team
from tracker.storage.tables import saved_key

NO_TEAM = 0
"""The key of no team."""


@dataclass(frozen=True)
class SameAsked:
    """Another check of the same asking, and whether the reader decides on it, or else only reads it."""

    reference: str
    decides: bool


@dataclass(frozen=True)
class LookPage:
    """One decision page. `item` None: nothing waits for a manager.

    `may_open` False: the record is restricted and the reader may not open it, so that nothing of it is shown but the answer, and
    they do not decide; `ask_whom` says who can let them read it.
    `saw`: the facts of the decision in words; `changed`: since then; `since_opened`: since the reader opened the page, where
    something has. `before` is what else there was about these people, `mark` the mark of all this. `same`: the other checks of the
    asking that this one is of, where it was asked about several of a household; `copied_from`: which of them it copies, or "".
    """

    item: Item | None
    check: CheckPage
    may_open: bool
    ask_whom: str
    saw: tuple[FactsInWords, ...]
    changed: tuple[str, ...]
    since_opened: tuple[str, ...]
    decided_now: str
    before: tuple[Earlier, ...]
    said: Beneath
    mark: str
    same: tuple[SameAsked, ...]
    copied_from: str


def look_page(
    session: Session, check: Check, *, to: Actor, now: datetime, opened_at: datetime | None = None
) -> LookPage:
    """What `to`, who may decide on the check, is shown at `now`. `opened_at`: when the page that was posted had been opened."""
    item, answer = (
        item_of(session, check, to=to, now=now),
        decided_now(session, check, concerned_by(session, check), now=now),
    )
    standing = standing_of_check(session, check, now=now)
    may_open, hidden = may_open_person(to, standing.person), _hidden_teams(session, standing, to)
    same = _same(session, check, to=to, now=now) if may_open else ()
    original = find_original(session, check)
    return LookPage(
        item=item,
        check=page_of(session, check, to=to, now=now),
        may_open=may_open,
        ask_whom="" if may_open else _whom_to_ask(session, check),
        saw=_saw(session, check, hidden, to=to, now=now) if may_open else (),
        changed=_changed(session, check, answer, hidden),
        since_opened=()
        if opened_at is None
        else _since(session, check, answer, max(opened_at, check.recorded_at), hidden),
        decided_now=_what_now(item, answer),
        before=tuple(list_before(session, check, now=now, hidden=hidden)) if may_open else (),
        said=beneath(session, check) if may_open else Beneath((), ()),
        mark=mark_of_check(session, check, now=now),
        same=same,
        copied_from=next((one.reference for one in same if original and one.reference == original.reference), ""),
    )


def _same(session: Session, check: Check, *, to: Actor, now: datetime) -> tuple[SameAsked, ...]:
    others = asked_the_same(session, check, to=to, now=now)
    standings = standings_of_checks(session, others, now=now)
    return tuple(SameAsked(one.reference, may_give_verdict(to, standings[saved_key(one)])) for one in others)


def _whom_to_ask(session: Session, check: Check) -> str:
    asked = (whom_to_ask(session, saved_key(person)) for person in list_people_of(session, check))
    return next((one for one in asked if one), "who restricted it")


def _hidden_teams(session: Session, standing: CheckStanding, to: Actor) -> frozenset[str]:
    """References of the teams whose looks are another team's to the reader: of these that and when, not who."""
    teams = every_team(session).values()
    mine = (standing.team, *to.work_teams)
    reads_all = may_see_what_was_written(to, NO_TEAM, standing.person)
    return frozenset() if reads_all else frozenset(one.reference for one in teams if one.id not in mine)


def _saw(
    session: Session, check: Check, hidden: frozenset[str], *, to: Actor, now: datetime
) -> tuple[FactsInWords, ...]:
    """All that the decision saw of each person, but for what Legal advised: of that only that there was advice, and when; and for whom
    else an authorisation or order names, where the reader may not open them."""
    rows = list_person_decisions(session, latest_decision(session, check))
    saw = [read_facts(row.facts) for row in rows]
    closed = _closed_to(session, frozenset().union(*map(named_with, saw)), to=to, now=now)
    return tuple(_without_advice(facts_in_words(session, one, hidden=hidden, closed=closed)) for one in saw)


def _closed_to(session: Session, people: frozenset[str], *, to: Actor, now: datetime) -> frozenset[str]:
    """Which of these people (references) the reader may not open."""
    keys = {saved_key(one): one.reference for one in people_named(session, people).values()}
    standings = standings_of(session, keys, on=london_day(now))
    return frozenset(keys[key] for key, standing in standings.items() if not may_open_person(to, standing))


def _without_advice(facts: FactsInWords) -> FactsInWords:
    kept = [_only_when(one) if one.title == RECORDS["advice"] else one for one in facts.records]
    return replace(facts, records=kept)


def _only_when(advice: RecordsInWords) -> RecordsInWords:
    when = OF_A_RECORD["at"]
    rows = [[one for one in row if one.key == when] for row in advice.rows]
    return RecordsInWords(advice.title, [when] if rows else [], rows)


def _changed(session: Session, check: Check, answer: Answer, hidden: frozenset[str]) -> tuple[str, ...]:
    """What is otherwise than when the decision that governs was taken; each sentence once, whomever of them it is about."""
    decision = latest_decision(session, check)
    stored = {row.person_id: row for row in list_person_decisions(session, decision)}
    found = (
        []
        if decision.policy_version == answer.limits.policy_version
        else ["The rules or the limits in force have changed."]
    )
    for one in answer.each:
        row: PersonDecision = stored[saved_key(one.person)]
        found += changes_for_managers(session, read_facts(row.facts), one.facts, hidden=hidden)
        found += grounds_changed(row.answer, one.decision)
    return tuple(dict.fromkeys(found))


def _since(
    session: Session, check: Check, answer: Answer, opened_at: datetime, hidden: frozenset[str]
) -> tuple[str, ...]:
    then = decided_now(session, check, concerned_by(session, check, links_at=opened_at), now=opened_at)
    found = [
        sentence
        for one, other in zip(then.each, answer.each, strict=True)
        for sentence in changes_for_managers(session, one.facts, other.facts, hidden=hidden)
    ]
    return tuple(dict.fromkeys(found))


def _what_now(item: Item | None, answer: Answer) -> str:
    """What would come of the manager's word at this moment, where that is not what they are asked for."""
    if item is None or item.waits.wanted not in (Wanted.APPROVAL, Wanted.REFERRAL):
        return ""
    if item.waits.wanted is Wanted.APPROVAL and answer.outcome is not Outcome.NEEDS_MANAGER_APPROVAL:
        why = " ".join(dict.fromkeys(stop.text for one in answer.each for stop in one.decision.stops))
        return f"Decided now it would not be approved. It would come out as: {answer.outcome.label}. {why}".strip()
    if item.waits.wanted is Wanted.REFERRAL and answer.outcome in MAY_GO_ON:
        return f"Decided now it would come out as: {answer.outcome.label}. Who asked for it can ask again on the facts as they now are."
    return ""
