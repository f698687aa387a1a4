"""What a record changes for the checks that wait: a function that the pages of the rooms below are given.

Consent and authorities stand below checks and cannot ask what a check would come out as. Their templates call `what_changes`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from tracker.checks.forms.reporting import AskAgainForm
from tracker.people.models import Person
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.bearing import Changes, changes_about
from tracker.web.request import actor, now, reading


@pages.app_context_processor
def what_changes_for_pages() -> dict[str, Callable[..., Any]]:
    """Gives every template `what_changes(people)`: worked out only where a page asks for it; and the form to ask again."""
    return {"what_changes": _what_changes, "ask_again_form": AskAgainForm}


def _what_changes(people: Iterable[Person]) -> Changes:
    with reading() as session:
        return changes_about(session, people, to=actor(), now=now())
