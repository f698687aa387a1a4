"""Drafts are seen by who typed them, and by nobody else."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.drafts.models import Draft
from tracker.policy.entitlement import Actor
from tracker.storage.tables import NoSuchRecordError


def get_draft(session: Session, reference: str, *, by: Actor, now: datetime) -> Draft:
    """The actor's draft. Raises `NoSuchRecordError` where there is none, it has ended, or it is somebody else's."""
    query = select(Draft).where(Draft.reference == reference, Draft.staff_id == by.staff_id, col(Draft.ends_at) > now)
    draft = session.exec(query).first()
    if draft is None:
        raise NoSuchRecordError("there is no such draft")
    return draft


def list_drafts(session: Session, *, form: str, by: Actor, now: datetime) -> list[Draft]:
    """The actor's drafts of one form, the last saved first."""
    mine = select(Draft).where(Draft.form == form, Draft.staff_id == by.staff_id, col(Draft.ends_at) > now)
    return list(session.exec(mine.order_by(col(Draft.saved_at).desc(), col(Draft.id).desc())))
