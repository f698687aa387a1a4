"""The blueprint that every page of a check hangs on, and how its forms are carried out."""

from collections.abc import Callable

from flask import Blueprint
from sqlmodel import Session

from tracker.drafts.services import once
from tracker.web.forms import Form
from tracker.web.request import actor, now, transaction

pages = Blueprint("checks", __name__)


def made_once(form: Form, name: str, do: Callable[[Session], str]) -> str:
    """What `do` made in a transaction of its own, once however often the form is posted. Raises what `do` raises."""
    with transaction() as session:
        return once(session, form.submission.value, form=name, by=actor(), now=now(), do=lambda: do(session))
