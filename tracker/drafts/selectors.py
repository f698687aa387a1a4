"""Drafts are seen by who typed them, and by nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.drafts.models import Draft
from tracker.policy.entitlement import Actor
from tracker.storage.tables import NoSuchRecordError

INTERRUPTED = "interrupted"
"""The form of a draft that holds a page posted after its session had ended."""


@dataclass(frozen=True, slots=True)
class InterruptedPage:
    """A page as it was posted: where to, what by name, when, and until when it is kept."""

    path: str
    values: Mapping[str, list[str]]
    sent_at: datetime
    ends_at: datetime


def get_draft(session: Session, reference: str, *, by: Actor, now: datetime) -> Draft:
    """The actor's draft. Raises `NoSuchRecordError` where there is none, it has ended, or it is somebody else's."""
    asked = {"reference": reference, "staff": by.staff_id, "now": now}
    draft = session.exec(_with_reference(), params=asked).first()
    if draft is None:
        raise NoSuchRecordError("there is no such draft")
    return draft


@cache
def _with_reference() -> SelectOfScalar[Draft]:
    """Built once: every step of a check that is asked for reads its draft."""
    mine = col(Draft.reference) == bindparam("reference"), col(Draft.staff_id) == bindparam("staff")
    return select(Draft).where(*mine, col(Draft.ends_at) > bindparam("now"))


def list_drafts(session: Session, *, form: str, by: Actor, now: datetime) -> list[Draft]:
    """The actor's drafts of one form, the last saved first."""
    mine = select(Draft).where(Draft.form == form, Draft.staff_id == by.staff_id, col(Draft.ends_at) > now)
    return list(session.exec(mine.order_by(col(Draft.saved_at).desc(), col(Draft.id).desc())))


def list_interrupted(session: Session, *, by: Actor, now: datetime) -> list[InterruptedPage]:
    """What the actor had sent when their session had ended, the last first."""
    drafts = list_drafts(session, form=INTERRUPTED, by=by, now=now)
    return [InterruptedPage(one.content["path"], one.content["values"], one.saved_at, one.ends_at) for one in drafts]
