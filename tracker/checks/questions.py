"""Questions about a check, put before deciding, and their answers. They stand beneath the check, which itself never changes."""

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.errors import AlreadyAnsweredError, NotWaitingError
from tracker.decisions.concerned import lock_check, standing_of_check
from tracker.decisions.models import Check, CheckQuestion
from tracker.decisions.speaking import note_who_speaks
from tracker.decisions.vocabulary import AskedAs
from tracker.people.services import act_on_duty_about
from tracker.policy.entitlement import (
    Actor,
    CheckStanding,
    may_ask_for_legal,
    may_change_as_requester,
    may_decide_on_check,
)
from tracker.storage.kept import kept_rows
from tracker.storage.references import new_reference, read_reference
from tracker.storage.tables import NoSuchRecordError, saved_key

QUESTION = "QST"


def ask_question(session: Session, check: Check, *, question: str, by: Actor, now: datetime) -> CheckQuestion:
    """A manager who may decide on the check, or Legal where it was sent to them, asks who asked for it.

    Raises `NotAllowedError`, `DutyReasonNeededError` where only the rota brings the manager there, and `NotWaitingError` where the
    check was withdrawn, closed or recorded in error.
    """
    concerned = lock_check(session, check)
    standing = standing_of_check(session, check, now=now)
    asked_as = _asks_as(by, standing)
    require(by, Permission.ASK_QUESTION, allowed=asked_as is not None, about=check.reference)
    act_on_duty_about(session, [one.person for one in concerned], by=by, now=now)
    if check.withdrawn_at is not None or check.struck_at is not None:
        raise NotWaitingError("This check was withdrawn or recorded in error. There is nothing to ask about it.")
    asked = CheckQuestion(
        reference=new_reference(QUESTION),
        check_id=saved_key(check),
        asked_as=(asked_as or AskedAs.MANAGER).value,
        asked_by=by.staff_id,
        asked_at=now,
        question=question,
    )
    session.add(asked)
    session.flush()
    record(
        session,
        Event.QUESTION_ASKED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={"question": asked.reference, "asked_as": asked.asked_as},
        content={"question": question},
    )
    return asked


def answer_question(session: Session, asked: CheckQuestion, *, answer: str, by: Actor, now: datetime) -> CheckQuestion:
    """Who asked for the check, or their deputy, answers a question about it, once. Raises `NotAllowedError`, `AlreadyAnsweredError`."""
    check = session.get_one(Check, asked.check_id)
    concerned = lock_check(session, check)
    allowed = may_change_as_requester(by, standing_of_check(session, check, now=now))
    require(by, Permission.ASK_FOR_CHECK, allowed=allowed, about=check.reference)
    session.refresh(asked)
    if asked.answered_at is not None:
        raise AlreadyAnsweredError("This question has been answered already.")
    note_who_speaks(session, check, by=by, now=now)
    asked.answered_by, asked.answered_at, asked.answer = by.staff_id, now, answer
    session.add(asked)
    session.flush()
    record(
        session,
        Event.QUESTION_ANSWERED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={"question": asked.reference},
        content={"answer": answer},
    )
    return asked


def get_question(session: Session, check: Check, reference: str) -> CheckQuestion:
    """The question of that reference about this check. Raises `NoSuchRecordError`."""
    mine = (CheckQuestion.check_id == saved_key(check), CheckQuestion.reference == read_reference(QUESTION, reference))
    asked = session.exec(select(CheckQuestion).where(*mine)).first()
    if asked is None:
        raise NoSuchRecordError("there is no such question")
    return asked


def list_questions(session: Session, check: Check) -> list[CheckQuestion]:
    """Every question about a check, the first first."""
    return kept_rows(session, _about(), check=saved_key(check))


@cache
def _about() -> SelectOfScalar[CheckQuestion]:
    """Built once: every page of a check asks it."""
    mine = CheckQuestion.check_id == bindparam("check")
    return select(CheckQuestion).where(mine).order_by(col(CheckQuestion.asked_at), col(CheckQuestion.id))


def list_questions_to_answer(session: Session, *, staff_id: int) -> list[tuple[CheckQuestion, Check]]:
    """The questions about checks that somebody asked for which have no answer yet, the oldest first."""
    query = (
        select(CheckQuestion, Check)
        .join(Check, col(Check.id) == col(CheckQuestion.check_id))
        .where(
            Check.requester_id == staff_id,
            col(CheckQuestion.answered_at).is_(None),
            col(Check.withdrawn_at).is_(None),
            col(Check.struck_at).is_(None),
        )
    )
    return list(session.exec(query.order_by(col(CheckQuestion.asked_at), col(CheckQuestion.id))).all())


def _asks_as(by: Actor, standing: CheckStanding) -> AskedAs | None:
    if may_decide_on_check(by, standing):
        return AskedAs.MANAGER
    return AskedAs.LEGAL if may_ask_for_legal(by, standing) else None
