"""What managers decided and what was asked and answered about a check: what stands beneath it, with the names."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.questions import list_questions
from tracker.decisions.models import Check, CheckQuestion, ManagerDecision
from tracker.decisions.records import verdicts_of
from tracker.decisions.vocabulary import VERDICT_WORDS, AskedAs, Verdict
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, who asked it and as what, and the answer where there is one."""

    reference: str
    by: str
    as_manager: bool
    at: datetime
    question: str
    answered_by: str
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a manager decided on the check, with reasons."""

    words: str
    by: str
    at: datetime
    reasons: str


@dataclass(frozen=True, slots=True)
class Beneath:
    """What stands beneath a check: the first first."""

    decided: tuple[Said, ...]
    asked: tuple[Asked, ...]


def beneath(session: Session, check: Check) -> Beneath:
    """All that managers decided on a check and all that was asked about it."""
    asked = tuple(find_asked(session, one) for one in list_questions(session, check))
    said = verdicts_of(session, [saved_key(check)])[saved_key(check)]
    return Beneath(tuple(_said(session, row) for row in said), asked)


def find_asked(session: Session, asked: CheckQuestion) -> Asked:
    """One question with the names of who asked and answered."""
    return Asked(
        reference=asked.reference,
        by=get_staff_by_id(session, asked.asked_by).name,
        as_manager=asked.asked_as == AskedAs.MANAGER,
        at=asked.asked_at,
        question=asked.question,
        answered_by="" if asked.answered_by is None else get_staff_by_id(session, asked.answered_by).name,
        answered_at=asked.answered_at,
        answer=asked.answer or "",
    )


def _said(session: Session, row: ManagerDecision) -> Said:
    by = get_staff_by_id(session, row.decided_by).name
    return Said(VERDICT_WORDS[Verdict(row.verdict)], by, row.at, row.reasons)
