"""Owing somebody a mail: it is written down with the change that it is about, and leaves after the commit."""

from datetime import datetime

from sqlmodel import Session

from tracker.messages.models import Message


def queue_message(session: Session, *, to_staff_id: int, subject: str, body: str, now: datetime) -> Message:
    """Owes a member of staff a mail, in this transaction. It carries references and what to do, never anybody's name."""
    message = Message(to_staff_id=to_staff_id, subject=subject, body=body, recorded_at=now)
    session.add(message)
    session.flush()
    return message
