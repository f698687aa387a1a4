"""The rows of a check as they were kept: the check itself, its decisions, everyone's part of them, and lists for pages."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.decisions.models import (
    Check,
    CheckDecision,
    CheckInvolvement,
    CheckSubject,
    CopiedCheck,
    ManagerDecision,
    PersonDecision,
    SaidAfterwards,
)
from tracker.decisions.vocabulary import Occasion, Verdict
from tracker.people.models import Involvement
from tracker.policy.vocabulary import Condition
from tracker.storage.kept import kept, kept_each, kept_rows
from tracker.storage.references import read_reference
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.viewings.models import CaseReport, Look
from tracker.viewings.vocabulary import LookResult

CHECK = "CHK"


def get_check(session: Session, reference: str) -> Check:
    """The check with that reference, however it was typed. Raises `NoSuchRecordError`."""
    read = read_reference(CHECK, reference)
    check = None if read is None else session.exec(_with_reference(), params={"reference": read}).first()
    if check is None:
        raise NoSuchRecordError("there is no such check")
    return check


@cache
def _with_reference() -> SelectOfScalar[Check]:
    """Built once, as are the others here that are asked again and again."""
    return select(Check).where(col(Check.reference) == bindparam("reference"))


def stands() -> tuple[ColumnElement[bool], ...]:
    """That of a look with its check nothing was struck through, and the check was not withdrawn: then what it owes is still owed."""
    return (col(Look.struck_at).is_(None), col(Check.struck_at).is_(None), col(Check.withdrawn_at).is_(None))


def find_said_afterwards(session: Session, check: Check) -> SaidAfterwards | None:
    """What was said with the outcome of a look in danger, or None."""
    return session.exec(select(SaidAfterwards).where(SaidAfterwards.check_id == saved_key(check))).first()


def find_original(session: Session, check: Check) -> Check | None:
    """The check that this one was asked the same as, or None. It is about somebody else, whom not everybody may know of."""

    def _read() -> Check | None:
        return session.exec(_copied_from(), params={"check": saved_key(check)}).first()

    return kept(session, ("find_original", check.id), _read)


@cache
def _copied_from() -> SelectOfScalar[Check]:
    mine = CopiedCheck.check_id == bindparam("check")
    return select(Check).join(CopiedCheck, col(CopiedCheck.copied_from_id) == col(Check.id)).where(mine)


def list_copies(session: Session, check: Check) -> list[Check]:
    """The checks that were asked the same as this one, about others of the household, in the order in which they were asked."""
    return list(session.exec(_copies_of(), params={"check": saved_key(check)}))


@cache
def _copies_of() -> SelectOfScalar[Check]:
    mine = CopiedCheck.copied_from_id == bindparam("check")
    query = select(Check).join(CopiedCheck, col(CopiedCheck.check_id) == col(Check.id)).where(mine)
    return query.order_by(col(Check.id))


def find_closing(session: Session, check: Check) -> ManagerDecision | None:
    """The verdict by which a manager closed the check, or None. Its answer stands: closing is not declining."""
    said = verdicts_of(session, [saved_key(check)])[saved_key(check)]
    return next((one for one in said if one.verdict == Verdict.CLOSED), None)


def verdicts_of(session: Session, check_ids: Iterable[int]) -> dict[int, tuple[ManagerDecision, ...]]:
    """What managers said of each of several checks (keys), the first first."""

    def _read(wanted: list[int]) -> dict[int, tuple[ManagerDecision, ...]]:
        found: dict[int, list[ManagerDecision]] = {key: [] for key in wanted}
        for row in session.exec(_verdicts(), params={"checks": wanted}):
            found[row.check_id].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    return kept_each(session, "verdicts_of", check_ids, _read)


@cache
def _verdicts() -> SelectOfScalar[ManagerDecision]:
    theirs = col(ManagerDecision.check_id).in_(bindparam("checks", expanding=True))
    return select(ManagerDecision).where(theirs).order_by(col(ManagerDecision.id))


def list_decisions(session: Session, check: Check) -> list[CheckDecision]:
    """Every decision on the check, the first first."""
    return list(decisions_of(session, [check])[saved_key(check)])


def decisions_of(session: Session, checks: Iterable[Check]) -> dict[int, tuple[CheckDecision, ...]]:
    """The same of several checks at once, by their keys."""

    def _read(wanted: list[int]) -> dict[int, tuple[CheckDecision, ...]]:
        found: dict[int, list[CheckDecision]] = {key: [] for key in wanted}
        for row in session.exec(_decisions(), params={"checks": wanted}):
            found[row.check_id].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    return kept_each(session, "decisions_of", map(saved_key, checks), _read)


@cache
def _decisions() -> SelectOfScalar[CheckDecision]:
    theirs = col(CheckDecision.check_id).in_(bindparam("checks", expanding=True))
    return select(CheckDecision).where(theirs).order_by(col(CheckDecision.number))


def latest_decision(session: Session, check: Check) -> CheckDecision:
    """The decision that governs: the latest, and for a late entry the one on what was recorded before the look."""
    governing = [one for one in list_decisions(session, check) if one.occasion != Occasion.LATE_AS_SAID]
    if not governing:
        raise NoSuchRecordError("the check has no decision")
    return governing[-1]


def list_person_decisions(session: Session, decision: CheckDecision) -> list[PersonDecision]:
    """The decision for each person concerned (`answer` is the whole answer as JSON), the person whose page it is first."""
    return kept_rows(session, _for_each_person(), decision=saved_key(decision))


@cache
def _for_each_person() -> SelectOfScalar[PersonDecision]:
    """Built once: every page of a check asks it."""
    mine = PersonDecision.decision_id == bindparam("decision")
    return select(PersonDecision).where(mine).order_by(col(PersonDecision.id))


def list_conditions(session: Session, decision: CheckDecision) -> list[Condition]:
    """What the look is bound by for anyone concerned, in the order of the policy's vocabulary."""
    bound = {name for row in list_person_decisions(session, decision) for name in row.answer["conditions"]}
    return [condition for condition in Condition if condition.value in bound]


def list_checks_of(session: Session, *, staff_id: int) -> list[Check]:
    """The checks that somebody asked for, newest first."""
    return kept_rows(session, _asked_for(), staff=staff_id)


@cache
def _asked_for() -> SelectOfScalar[Check]:
    newest = col(Check.recorded_at).desc(), col(Check.id).desc()
    return select(Check).where(Check.requester_id == bindparam("staff")).order_by(*newest)


def list_looks_to_make(session: Session, *, staff_id: int) -> list[Check]:
    """The checks whose permit or late look somebody is named to make and has not reported, the first to end at the top."""
    waiting = (Look.viewer_id == staff_id, col(Look.reported_at).is_(None), col(Look.struck_at).is_(None))
    query = select(Check).join(Look, col(Look.check_id) == col(Check.id)).where(*waiting)
    return list(session.exec(query.order_by(col(Look.ends_at), col(Look.id))))


def list_checks_to_report(session: Session, *, staff_id: int) -> list[Check]:
    """The checks that somebody asked for whose look was reported and whose meaning for the case is not, oldest first."""
    query = (
        select(Check)
        .join(Look, col(Look.check_id) == col(Check.id))
        .join(CaseReport, col(CaseReport.check_id) == col(Check.id), isouter=True)
        .where(
            Check.requester_id == staff_id,
            col(Look.result) != LookResult.NOT_USED.value,
            col(Look.struck_at).is_(None),
            col(CaseReport.id).is_(None),
        )
    )
    return list(session.exec(query.order_by(col(Look.reported_at), col(Look.id))))


def list_checks_about(session: Session, members: tuple[int, ...]) -> list[Check]:
    """The checks that concern any of these records (keys of a group), newest first."""
    return kept_rows(session, _checks_about(), members=members)


@cache
def _checks_about() -> SelectOfScalar[Check]:
    concerned = select(CheckSubject.check_id).where(
        col(CheckSubject.person_id).in_(bindparam("members", expanding=True))
    )
    mine = or_(col(Check.person_id).in_(bindparam("members", expanding=True)), col(Check.id).in_(concerned))
    return select(Check).where(mine).order_by(col(Check.recorded_at).desc(), col(Check.id).desc())


def list_cases(session: Session, check: Check) -> list[Involvement]:
    """The cases under which a check was asked, in the order in which they were opened; none where it was asked before that was kept."""
    mine = select(Involvement).join(CheckInvolvement).where(CheckInvolvement.check_id == saved_key(check))
    return list(session.exec(mine.order_by(col(Involvement.opened_on), col(Involvement.id))))
