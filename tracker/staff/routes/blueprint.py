"""What the pages of this room share: the blueprint, and carrying a form out once."""

from collections.abc import Callable, Mapping

from flask import Blueprint
from sqlmodel import Session

from tracker.staff.models import StaffMember
from tracker.staff.requests import StaffChangeError
from tracker.staff.selectors import get_staff_by_reference
from tracker.storage.submissions import once
from tracker.web.forms import Form
from tracker.web.request import actor, now, reading, transaction

pages = Blueprint("staff", __name__)


def member_of(reference: str) -> StaffMember:
    """The member of staff whose page it is; raises `NoSuchRecordError`."""
    with reading() as session:
        return get_staff_by_reference(session, reference)


def carried_out(
    form: Form, name: str, do: Callable[[Session], str], questions: Mapping[str, str] | None = None
) -> str | None:
    """What `do` made, once however often it is posted; None where it cannot be done, and the form says why.

    `questions` says which question of the form a part of the request was made from, where the two have other names.
    """
    try:
        with transaction() as session:
            submission = form.submission.value
            return once(session, submission, form=name, by=actor(), now=now(), do=lambda: do(session))
    except StaffChangeError as error:
        question = (questions or {}).get(error.field, error.field)
        form.refuse(question if question in form else "", str(error))
        return None
