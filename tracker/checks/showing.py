"""What the page of a check shows: plain words made from its rows, in the order in which the page has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.checks.rows import asked_rows, meant_rows, said_rows, seen_rows, telling_rows
from tracker.checks.status import Standing, find_referral, where_it_stands
from tracker.checks.telling import is_to_be_told, last_day_to_tell, may_record_telling
from tracker.consent.services import is_involved
from tracker.corporate_accounts.models import CorporateProfile
from tracker.decisions.concerned import concerned_by
from tracker.decisions.deciding import decide_for_everyone
from tracker.decisions.models import Check, CheckDecision, PersonDecision
from tracker.decisions.relying import record_in_words
from tracker.decisions.selectors import (
    Liveness,
    PartsToShow,
    find_case_report,
    find_closing,
    find_look,
    find_look_report,
    find_said_afterwards,
    latest_decision,
    list_cases,
    list_concerned,
    list_decisions,
    list_person_decisions,
    liveness_of,
    parts_to_show,
    standing_of_check,
)
from tracker.decisions.vocabulary import OCCASION_WORDS, CheckKind, Occasion
from tracker.decisions.withheld import may_be_restricted, stop_in_words, whom_it_waits_for, whose_looks_count
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.selectors import standing_of, whom_to_ask
from tracker.policy.entitlement import Actor, may_change_as_requester, may_open_person
from tracker.policy.facts import CheckFacts, read_facts
from tracker.policy.routes import Route, court_routes, routes_left
from tracker.policy.vocabulary import MAY_GO_ON, Aim, Condition, Footing, Outcome, Platform, Referral, Stop
from tracker.referrals.vocabulary import ReferralPlace
from tracker.rulebook.models import LawfulBasis
from tracker.rulebook.selectors import LimitsInForce, limits_in_force, limits_of_version, platforms_that_tell
from tracker.rulebook.vocabulary import tells_in_words
from tracker.staff.models import StaffMember
from tracker.staff.selectors import get_staff_by_id, list_managers_of
from tracker.storage.tables import saved_key
from tracker.viewings.models import CaseReport, Look, LookReport
from tracker.viewings.selectors import find_telling_of, list_also_seen
from tracker.viewings.vocabulary import LookResult
from tracker.web.blocks import Reason, SummaryRow
from tracker.web.dates import in_london, near_in_words
from tracker.web.words import with_capital

WAITING = frozenset({Outcome.NEEDS_MANAGER_APPROVAL, Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_COURT_AUTHORISATION})


@dataclass(frozen=True)
class FootingRow:
    """One ground: whether it stands, why or why not, and where that comes from."""

    ground: str
    stands: bool
    text: str
    source: str
    rule: str


@dataclass(frozen=True)
class PersonAnswer:
    """The answer for one of those concerned."""

    person: Person
    outcome: Outcome
    footing: Footing | None
    relied_on: tuple[str, ...]
    stops: tuple[Reason, ...]
    footings: tuple[FootingRow, ...]
    conditions: tuple[str, ...]
    views_counted: int
    routes: tuple[Route, ...]
    court_routes: tuple[str, ...]
    goes_to: str
    lead: str


@dataclass(frozen=True)
class WaysNow:
    """What a look asked for now would meet for one of those concerned, where the permit is dead: the grounds and routes left.

    `footings` are as the rules judge them at this moment; the permit itself counts among the looks.
    """

    person: Person
    outcome: Outcome
    ground: str
    footings: tuple[FootingRow, ...]
    routes: tuple[Route, ...]


@dataclass(frozen=True)
class Earlier:
    """One of the decisions on a check, in a line."""

    occasion: str
    outcome: str
    at: datetime


@dataclass(frozen=True)
class CheckPage:
    """All that the page of a check shows. `limits` are those that made the decision, not those in force today.

    `tell_by`: the last day to tell the person of the look, where that is still to be done; `may_tell`: whether the reader may record it.
    `shut_out`: whom to ask, where somebody whom it concerns was restricted since and the reader may not open their record.
    """

    check: Check
    concerned: tuple[Person, ...]
    requester: StaffMember
    viewer: StaffMember
    standing: Standing
    decision: CheckDecision
    answers: tuple[PersonAnswer, ...]
    earlier: tuple[Earlier, ...]
    limits: LimitsInForce
    look: Look | None
    live: bool
    dead_because: tuple[str, ...]
    tells: tuple[str, ...]
    next_step: str
    parts: PartsToShow
    look_report: LookReport | None
    case_report: CaseReport | None
    asked: list[SummaryRow]
    seen: list[SummaryRow]
    meant: list[SummaryRow]
    telling: list[SummaryRow]
    tell_by: date | None
    may_tell: bool
    said_afterwards: list[SummaryRow]
    ways_now: tuple[WaysNow, ...]
    may_record: frozenset[str]
    closed: bool
    shut_out: str

    @property
    def outcome(self) -> Outcome:
        """The outcome that governs."""
        return Outcome(self.decision.outcome)

    @property
    def on_ripa(self) -> bool:
        """Whether the look stands on a RIPA authorisation for everybody concerned; on every other the page says that it does not."""
        return all(one.footing is Footing.RIPA_AUTHORISATION for one in self.answers)

    @property
    def waits(self) -> bool:
        """Whether the check waits for somebody, so that it can be withdrawn or asked again."""
        over = self.closed or self.check.withdrawn_at is not None or self.check.struck_at is not None
        open_still = not over and self.look is None
        return open_still and self.outcome in WAITING


def page_of(session: Session, check: Check, *, to: Actor, now: datetime) -> CheckPage:
    """What `to`, who may open the check, is shown of it at `now`."""
    decision, look = latest_decision(session, check), find_look(session, check)
    limits = limits_of_version(session, decision.policy_version.partition("+")[2])
    live = liveness_of(session, check, now=now)
    parts = parts_to_show(session, check, to=to)
    concerned = tuple(list_concerned(session, check))
    report = find_look_report(session, look) if look and parts.look else None
    case_report = find_case_report(session, check) if parts.case else None
    requester, viewer = get_staff_by_id(session, check.requester_id), get_staff_by_id(session, check.viewer_id)
    asker = "" if may_change_as_requester(to, standing_of_check(session, check, now=now)) else requester.name
    return CheckPage(
        check=check,
        concerned=concerned,
        requester=requester,
        viewer=viewer,
        standing=where_it_stands(session, check, limits_in_force(session, at=now).limits, now=now, asker=asker),
        decision=decision,
        answers=tuple(
            _answer(session, check, one, concerned, limits, now) for one in list_person_decisions(session, decision)
        ),
        earlier=tuple(_earlier(one) for one in list_decisions(session, check)),
        limits=limits,
        look=look,
        live=live.live,
        dead_because=live.why,
        tells=_tells(session, check, now),
        next_step=_next_step(session, check, decision, now),
        parts=parts,
        look_report=report,
        case_report=case_report,
        asked=asked_of(session, check),
        seen=seen_rows(look, report, list_also_seen(session, look.id or 0)) if look and report else [],
        meant=meant_rows(case_report) if case_report else [],
        telling=telling_of(session, check) if case_report else [],
        tell_by=last_day_to_tell(look) if look and case_report and is_to_be_told(session, check) else None,
        may_tell=may_record_telling(to, standing_of_check(session, check, now=now)),
        said_afterwards=said_of(session, check) if case_report else [],
        ways_now=_ways_now(session, check, now) if _died(check, look, live) else (),
        may_record=_may_record(session, check, concerned, to, now),
        closed=find_closing(session, check) is not None,
        shut_out=_shut_out(session, check, concerned, to, now),
    )


def _tells(session: Session, check: Check, now: datetime) -> tuple[str, ...]:
    """The warnings for platforms that tell who looked, as the council says now: whoever looks does so from now on."""
    told = platforms_that_tell(session, at=now)
    return tuple(tells_in_words(one) for one in Platform if one in told and one in check.platforms)


def _shut_out(session: Session, check: Check, concerned: tuple[Person, ...], to: Actor, now: datetime) -> str:
    if may_open_person(to, standing_of_check(session, check, now=now).person):
        return ""
    asked = (whom_to_ask(session, saved_key(one)) for one in concerned)
    return next((one for one in asked if one), "your manager")


def telling_of(session: Session, check: Check) -> list[SummaryRow]:
    """What became of it that the person will be told, in rows; empty until it is recorded."""
    telling = find_telling_of(session, saved_key(check))
    return telling_rows(telling, by=get_staff_by_id(session, telling.recorded_by).name) if telling else []


def asked_of(session: Session, check: Check) -> list[SummaryRow]:
    """What was asked, in rows."""
    return asked_rows(
        check,
        requester=get_staff_by_id(session, check.requester_id).name,
        viewer=get_staff_by_id(session, check.viewer_id).name,
        profile=_profile(session, check),
        cases=list_cases(session, check),
        basis=session.get_one(LawfulBasis, check.lawful_basis_id),
    )


def said_of(session: Session, check: Check) -> list[SummaryRow]:
    """What was not asked in danger and said with the outcome, in rows; empty where nothing was."""
    said = find_said_afterwards(session, check)
    return said_rows(said, by=get_staff_by_id(session, said.recorded_by).name) if said else []


def _may_record(
    session: Session, check: Check, concerned: tuple[Person, ...], to: Actor, now: datetime
) -> frozenset[str]:
    """References of those about whom `to`, if they asked or speak for who did, may record consent, a notice or an order."""
    if not may_change_as_requester(to, standing_of_check(session, check, now=now)):
        return frozenset()
    today = in_london(now).date()
    return frozenset(
        one.reference for one in concerned if is_involved(to, standing_of(session, saved_key(one), on=today))
    )


def _died(check: Check, look: Look | None, live: Liveness) -> bool:
    """Whether there was a permit that may no longer be used, and nobody has said yet what came of it."""
    return look is not None and look.result is None and not live.live and check.kind != CheckKind.LATE_ENTRY


def _ways_now(session: Session, check: Check, now: datetime) -> tuple[WaysNow, ...]:
    answer = decide_for_everyone(session, check, concerned_by(session, check), at=now)
    return tuple(
        WaysNow(
            person=one.person,
            outcome=one.decision.outcome,
            ground=one.decision.footing.label if one.decision.footing else "",
            footings=tuple(
                FootingRow(reason.rule.label, reason.stands, reason.text, reason.source, reason.rule.value)
                for reason in one.decision.footings
            ),
            routes=() if one.decision.outcome in MAY_GO_ON else routes_left(one.facts, answer.limits.limits),
        )
        for one in answer.each
    )


def _profile(session: Session, check: Check) -> str:
    if check.corporate_profile_id is None:
        return ""
    profile = session.get_one(CorporateProfile, check.corporate_profile_id)
    return f"{profile.handle} on {Platform(profile.platform).label} ({profile.reference})"


def _answer(
    session: Session,
    check: Check,
    row: PersonDecision,
    concerned: tuple[Person, ...],
    limits: LimitsInForce,
    now: datetime,
) -> PersonAnswer:
    answer, facts = row.answer, read_facts(row.facts)
    left = () if row.outcome == Outcome.PERMITTED else routes_left(facts, limits.limits)
    courts = court_routes(facts, limits.limits) if row.outcome == Outcome.BLOCKED_COURT_AUTHORISATION else ()
    return PersonAnswer(
        person=next(person for person in concerned if person.id == row.person_id),
        outcome=Outcome(row.outcome),
        footing=Footing(answer["footing"]) if answer["footing"] else None,
        relied_on=tuple(f"{record_in_words(one)} {one}" for one in row.relied_on or ()),
        stops=tuple(
            Reason(stop_in_words(facts, stop["rule"], stop["text"]), stop["source"], stop["rule"])
            for stop in answer["stops"]
        ),
        footings=tuple(_footing(one) for one in answer["footings"]),
        conditions=tuple(Condition(one).label for one in answer["conditions"]),
        views_counted=answer["views_counted"],
        routes=left,
        court_routes=tuple(footing.label for footing in courts),
        goes_to=_goes_to(answer),
        lead=" ".join(filter(None, (_lead(facts, answer), *_of_another(session, check, row, facts, now)))),
    )


def _of_another(session: Session, check: Check, row: PersonDecision, facts: CheckFacts, now: datetime) -> Iterator[str]:
    """What is told of looks at another record that may be the same person, while that is so, where no look may go ahead."""
    if row.outcome == Outcome.PERMITTED:
        return
    group, asked_by = group_of(session, row.person_id), {check.requester_id, check.viewer_id}
    if may_be_restricted(facts):
        yield whom_it_waits_for(session, group, at=now, asked_by=asked_by)
    if facts.views:
        yield whose_looks_count(session, group, at=now, asked_by=asked_by)


def _goes_to(answer: dict[str, Any]) -> str:
    """Whom it is referred to. Possible CHIS conduct is named only where a stop says so: otherwise it is what Legal concluded."""
    if not answer["referral"]:
        return ""
    referral = Referral(answer["referral"])
    said_openly = {stop["rule"] for stop in answer["stops"]} & {Stop.S3_INTERACTION, Stop.S12_TASKED_SOURCE}
    return Referral.LEGAL.label if referral is Referral.CHIS and not said_openly else referral.label


def _lead(facts: CheckFacts, answer: dict[str, Any]) -> str:
    """What is read first where stops do not say it: why a manager is asked, or why a look like this one does not go ahead."""
    if answer["stops"] or answer["outcome"] == Outcome.PERMITTED:
        return ""
    request = facts.request
    nearest = Footing.PRESENCE_SEARCH if request.aim is Aim.FIND_PRESENCE else Footing.OPEN_SOURCE
    wanted = Footing.IMMEDIATE_RESPONSE if request.immediate_risk else nearest
    ground = Footing(answer["footing"] or wanted)
    text = next(str(one["text"]) for one in answer["footings"] if one["rule"] == ground)
    return f"{ground.label} does not carry it. {text}" if "this ground" in text.lower() else text


def _footing(one: dict[str, Any]) -> FootingRow:
    return FootingRow(Footing(one["rule"]).label, one["stands"], one["text"], one["source"], one["rule"])


def _earlier(decision: CheckDecision) -> Earlier:
    return Earlier(OCCASION_WORDS[Occasion(decision.occasion)], Outcome(decision.outcome).label, decision.at)


def _next_step(session: Session, check: Check, decision: CheckDecision, now: datetime) -> str:
    """Who has it, and what happens next; empty where nothing waits."""
    if check.withdrawn_at is not None or find_closing(session, check) is not None:
        return ""
    if Outcome(decision.outcome) not in WAITING:
        return _review(session, check, now)
    managers = _other_managers(session, check, now)
    if decision.outcome == Outcome.NEEDS_MANAGER_APPROVAL:
        return f"This waits for {managers}. You will see the answer on your home page."
    referral = find_referral(session, check)
    if referral is not None and referral.place == ReferralPlace.LEGAL:
        return "Legal has this. You will see the answer on your home page."
    if check.kind == CheckKind.LATE_ENTRY:
        return ""
    if referral is not None and referral.closed_at is not None and referral.with_legal_at is not None:
        answered = f"Legal answered {near_in_words(referral.closed_at, now)}, and the check stays blocked."
        return f"{answered} Once something below is recorded that would let a look go ahead, ask again."
    sentence = f"This has gone to {managers}, who can send it to Legal. You will see the answer on your home page."
    return with_capital(sentence)


def _review(session: Session, check: Check, now: datetime) -> str:
    """Who reviews a look made in danger, until it is reviewed."""
    look = find_look(session, check)
    if look is None or look.reviewed is not None or look.result == LookResult.NOT_USED:
        return ""
    if latest_decision(session, check).footing != Footing.IMMEDIATE_RESPONSE:
        return ""
    return f"{with_capital(_other_managers(session, check, now))} reviews this look: agreed or not agreed."


def _other_managers(session: Session, check: Check, now: datetime) -> str:
    """Managers of the team who neither asked nor would look."""
    managers = list_managers_of(session, team_id=check.team_id, now=now)
    names = [one.name for one in managers if one.id not in (check.requester_id, check.viewer_id)]
    return " or ".join(names) or "another manager"
