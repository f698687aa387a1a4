"""A manager's queue: everything that waits for this manager, danger first and then the oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, exists, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.decisions.ahead import read_ahead
from tracker.decisions.models import Check, CheckDecision, CheckQuestion, ManagerDecision
from tracker.decisions.selectors import get_check, list_concerned, standing_of_check, standings_of_checks
from tracker.decisions.vocabulary import AskedAs, CheckKind, Occasion, Verdict
from tracker.people.models import Person
from tracker.policy.entitlement import Actor, CheckStanding, may_decide_on_check, may_open_person
from tracker.policy.vocabulary import Outcome, ViewFooting
from tracker.review.selectors.errors_said import RESTRICTED, SaidInError, list_said_in_error
from tracker.review.selectors.falling import Managers
from tracker.review.selectors.left import LeftBehind, list_left_behind
from tracker.review.selectors.waiting import Waits, waits_for_manager
from tracker.review.vocabulary import WANTED_WORDS, Wanted, Words
from tracker.rulebook.selectors import limits_in_force
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.staff.standing_in import in_whose_place, names_of
from tracker.storage.kept import kept_each
from tracker.storage.tables import saved_key
from tracker.viewings.models import CaseReport, Look, Viewing
from tracker.viewings.vocabulary import LookResult

WAITING = (Outcome.NEEDS_MANAGER_APPROVAL, Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_COURT_AUTHORISATION)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the queue: of which check, what is wanted since when, who asked and would look, and whom it is about.

    `person` says only that the record is restricted where the manager may not open it. `asked_back`: a manager's question has
    no answer yet, so that it is the worker's turn. `for_whom`: in whose place the manager has it, where not by a role of their own.
    """

    check: Check
    waits: Waits
    requester: str
    viewer: str
    team: str
    person: str
    asked_back: bool
    for_whom: str = ""

    @property
    def in_danger(self) -> bool:
        """Whether somebody is in danger and the check still waits for its answer: then it comes before everything else."""
        return self.check.immediate_risk and self.waits.wanted in (Wanted.APPROVAL, Wanted.REFERRAL)

    @property
    def reference(self) -> str:
        """The check's reference."""
        return self.check.reference

    @property
    def words(self) -> Words:
        """What is asked, and what happens if nothing is done."""
        return WANTED_WORDS[self.waits.wanted]


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for the manager; records said to be in error; drafts of those who have left; and what waits for an answer.

    Each the oldest first.
    """

    items: tuple[Item, ...]
    said_in_error: tuple[SaidInError, ...]
    left_behind: tuple[LeftBehind, ...]
    asked_back: tuple[Item, ...]

    @property
    def count(self) -> int:
        """How much waits for the manager themself."""
        return len(self.items) + len(self.said_in_error)

    def after(self, item: Item | None) -> Item | None:
        """What comes next once `item` was dealt with, or left; from the top again at the end. None where nothing else waits."""
        return next(iter(self.others(item)), None)

    def others(self, item: Item | None) -> list[Item]:
        """Everything else in the order in which it comes after `item`: what is later, and then again from the top."""
        others = [one for one in self.items if item is None or one.reference != item.reference]
        return sorted(others, key=lambda one: item is not None and _age(one) < _age(item))


def queue_of(session: Session, actor: Actor, *, now: datetime) -> Queue:
    """The queue of a manager at `now`: of their own teams, and of teams below where it falls to them."""
    managers, limits = Managers.read(session, now=now), limits_in_force(session, at=now).limits
    candidates = _candidates(session, managers.teams_reached(actor))
    read_ahead(session, candidates)
    open_questions_of(session, map(saved_key, candidates))
    waiting = [
        (check, waits)
        for check in candidates
        if (waits := waits_for_manager(session, check, limits, now=now)) is not None
    ]
    standings = standings_of_checks(session, [check for check, _ in waiting], now=now)
    found = [
        item
        for check, waits in waiting
        if (item := _item(session, check, waits, standings[saved_key(check)], managers, to=actor)) is not None
    ]
    found.sort(key=_age)
    return Queue(
        items=tuple(one for one in found if not one.asked_back),
        said_in_error=tuple(list_said_in_error(session, managers, to=actor, now=now)),
        left_behind=tuple(list_left_behind(session, managers, to=actor, now=now)),
        asked_back=tuple(one for one in found if one.asked_back),
    )


def item_of(session: Session, check: Check, *, to: Actor, now: datetime) -> Item | None:
    """What the check waits for a manager to do, as `to`, who may decide on it, sees it; None where nothing waits."""
    limits = limits_in_force(session, at=now).limits
    waits = waits_for_manager(session, check, limits, now=now)
    if waits is None:
        return None
    standing = standing_of_check(session, check, now=now)
    place_of = in_whose_place(to, lambda one: may_decide_on_check(one, standing))
    return replace(_shown(session, check, waits, standing, to=to), for_whom=names_of(to, place_of))


def count_waiting_in(session: Session, teams: Iterable[int], *, now: datetime) -> int:
    """How much waits for a manager of what these teams (keys) asked for, whoever has it today."""
    return len(list_waiting(session, teams, now=now))


def list_waiting(session: Session, teams: Iterable[int] | None, *, now: datetime) -> list[Check]:
    """The checks of these teams (keys; None for every team) that wait for a manager, whoever has them today."""
    limits = limits_in_force(session, at=now).limits
    candidates = _candidates(session, teams)
    read_ahead(session, candidates)
    return [check for check in candidates if waits_for_manager(session, check, limits, now=now) is not None]


def still_waits(session: Session, item: Item, *, now: datetime) -> bool:
    """Whether a check that waited a moment ago does still, read anew."""
    check = get_check(session, item.reference)
    return waits_for_manager(session, check, limits_in_force(session, at=now).limits, now=now) is not None


def person_shown(session: Session, check: Check, standing: CheckStanding, *, to: Actor) -> str:
    """Whose page it is, by name; of a restricted record that `to` may not open only that it is one."""
    if not may_open_person(to, standing.person):
        return RESTRICTED
    person: Person = list_concerned(session, check)[0]
    return person.name or person.known_by or ""


def _item(
    session: Session, check: Check, waits: Waits, standing: CheckStanding, managers: Managers, *, to: Actor
) -> Item | None:
    if not managers.has_to_decide(to, standing):
        return None
    place_of = managers.for_whom(to, standing, lambda one: may_decide_on_check(one, standing))
    return replace(_shown(session, check, waits, standing, to=to), for_whom=names_of(to, place_of))


def _shown(session: Session, check: Check, waits: Waits, standing: CheckStanding, *, to: Actor) -> Item:
    return Item(
        check=check,
        waits=waits,
        requester=get_staff_by_id(session, check.requester_id).name,
        viewer=get_staff_by_id(session, check.viewer_id).name,
        team=get_team_by_id(session, check.team_id).name,
        person=person_shown(session, check, standing, to=to),
        asked_back=_is_asked_back(session, check),
    )


def _is_asked_back(session: Session, check: Check) -> bool:
    """Whether it is the worker's turn: a manager's question has no answer yet, and whoever is to answer has not left."""
    if get_staff_by_id(session, check.requester_id).closed_at is not None:
        return False
    return open_questions_of(session, [saved_key(check)])[saved_key(check)]


def open_questions_of(session: Session, check_ids: Iterable[int]) -> dict[int, bool]:
    """Whether a manager's question about each of these checks (keys) has no answer yet."""

    def _read(wanted: list[int]) -> dict[int, bool]:
        unanswered = (
            col(CheckQuestion.check_id).in_(wanted),
            CheckQuestion.asked_as == AskedAs.MANAGER.value,
            col(CheckQuestion.answered_at).is_(None),
        )
        found = set(session.exec(select(CheckQuestion.check_id).where(*unanswered)))
        return {check_id: check_id in found for check_id in wanted}

    return kept_each(session, "open_questions_of", check_ids, _read)


def _age(item: Item) -> tuple[bool, datetime, str]:
    return not item.in_danger, item.waits.since, item.reference


# What may wait at all, so that not every check that ever was is worked out --------------------------------------------


def _candidates(session: Session, teams: Iterable[int] | None) -> list[Check]:
    if teams is None:
        return list(session.exec(_may_wait()))
    return list(session.exec(_may_wait_in(), params={"teams": tuple(teams)}))


@cache
def _may_wait() -> SelectOfScalar[Check]:
    """Built once, as is the next one: it is long, and every page of a manager's asks it."""
    open_still = (col(Check.withdrawn_at).is_(None), col(Check.struck_at).is_(None))
    either = or_(col(Check.id).in_(_without_look()), col(Check.id).in_(_with_look()))
    return select(Check).where(*open_still, either).order_by(col(Check.id))


@cache
def _may_wait_in() -> SelectOfScalar[Check]:
    return _may_wait().where(col(Check.team_id).in_(bindparam("teams", expanding=True)))


def _without_look() -> Any:  # a sub-query has no type worth its words
    governing = CheckDecision.occasion != Occasion.LATE_AS_SAID.value
    last = (
        select(CheckDecision.check_id, func.max(col(CheckDecision.number)).label("number"))
        .where(governing)
        .group_by(col(CheckDecision.check_id))
        .subquery()
    )
    looked = exists().where(col(Look.check_id) == col(CheckDecision.check_id))
    return (
        select(CheckDecision.check_id)
        .join(last, (last.c.check_id == CheckDecision.check_id) & (last.c.number == CheckDecision.number))
        .where(col(CheckDecision.outcome).in_([one.value for one in WAITING]), ~looked)
    )


def _with_look() -> Any:
    danger = ViewFooting.IMMEDIATE_RESPONSE.value
    in_danger = exists().where(col(Viewing.look_id) == col(Look.id), col(Viewing.footing) == danger)
    meant = exists().where(col(CaseReport.check_id) == col(Look.check_id))
    verdict = (col(ManagerDecision.check_id) == col(Look.check_id), col(ManagerDecision.verdict) == Verdict.SEEN.value)
    late = exists().where(col(Check.id) == col(Look.check_id), col(Check.kind) == CheckKind.LATE_ENTRY.value)
    return select(Look.check_id).where(
        col(Look.struck_at).is_(None),
        or_(
            col(Look.reported_at).is_(None),
            col(Look.result_counts_from).is_(None) & (col(Look.result) != LookResult.LOOKED.value),
            col(Look.reviewed).is_(None) & in_danger,
            late & ~exists().where(*verdict),
            (col(Look.result) != LookResult.NOT_USED.value) & ~meant,
        ),
    )
