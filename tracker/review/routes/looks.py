"""One decision page: read what the decision saw and what has changed, decide, and go on to the next in the queue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.errors import CheckError
from tracker.checks.forms.answering import QuestionForm
from tracker.checks.opening import open_check
from tracker.checks.services import ask_question
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.decisions.vocabulary import Occasion
from tracker.drafts.services import once
from tracker.policy.entitlement import Actor, may_decide_on_check
from tracker.policy.vocabulary import Reviewed
from tracker.referrals.errors import NotOpenError
from tracker.review.errors import ChangedMeanwhileError
from tracker.review.forms.looks import (
    ApproveForm,
    CloseForm,
    ConfirmForm,
    DeclineForm,
    EndorseForm,
    NobodyLeftForm,
    ReadForm,
    ReviewForm,
    SeeForm,
)
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.look_page import look_page
from tracker.review.selectors.queue import Item, item_of, queue_of, still_waits
from tracker.review.services import (
    approve_check,
    close_check,
    confirm_result,
    decline_check,
    endorse_check,
    review_immediate_response,
    see_late_entry,
    see_nobody_left,
)
from tracker.review.vocabulary import Wanted
from tracker.web.forms import Form
from tracker.web.request import actor, now, reading, transaction

FORMS: Mapping[Wanted, tuple[type[ReadForm], ...]] = {
    Wanted.APPROVAL: (ApproveForm, DeclineForm),
    Wanted.REFERRAL: (EndorseForm, CloseForm),
    Wanted.REVIEW: (ReviewForm,),
    Wanted.NOT_USED: (ConfirmForm,),
    Wanted.WRONG_PERSON: (ConfirmForm,),
    Wanted.NOTHING_FOUND: (ConfirmForm,),
    Wanted.LATE_ENTRY: (SeeForm,),
    Wanted.NOBODY_LEFT: (NobodyLeftForm,),
}
"""The forms that stand on the page, by what is wanted; a question can always be asked."""

THE_END = "queue"
MOST = 40  # characters of a form's name as it is kept


class Given(TypedDict):
    """What every use-case is given."""

    by: Actor
    now: datetime
    seen: str | None


@dataclass(frozen=True)
class Act:
    """What a form does: its name, the use-case, and what is said once it is done. `do` gives "" or why it came out otherwise."""

    name: str
    do: Callable[[Session, Check, Given], object]
    done: str


@pages.get("/review/<reference>")
@requires(Permission.DECIDE_CHECK)
def look(reference: str) -> str:
    """What the decision saw, what has changed since, and the forms for what is wanted."""
    return _page(reference)


@pages.post("/review/<reference>/approve")
@requires(Permission.DECIDE_CHECK, forms=(ApproveForm,))
def approve(reference: str) -> str | Response:
    """Approve this one look: it is decided again."""
    form = ApproveForm()
    return _decided(reference, form, Act("approve", lambda *a: _approved(form, *a), "One look was approved."))


@pages.post("/review/<reference>/decline")
@requires(Permission.DECIDE_CHECK, forms=(DeclineForm,))
def decline(reference: str) -> str | Response:
    """Decline the look."""
    form = DeclineForm()

    def _decline(session: Session, check: Check, given: Given) -> object:
        return decline_check(session, check, reasons=form.why_declined.value, **given)

    return _decided(reference, form, Act("decline", _decline, "The look was declined."))


@pages.post("/review/<reference>/endorse")
@requires(Permission.DECIDE_CHECK, forms=(EndorseForm,))
def endorse(reference: str) -> str | Response:
    """Send a blocked check to Legal."""
    form = EndorseForm()

    def _endorse(session: Session, check: Check, given: Given) -> object:
        return endorse_check(session, check, reasons=form.why_legal.value, **given)

    return _decided(reference, form, Act("endorse", _endorse, "The check was sent to Legal."))


@pages.post("/review/<reference>/close")
@requires(Permission.DECIDE_CHECK, forms=(CloseForm,))
def close(reference: str) -> str | Response:
    """Close a blocked check as it was asked."""
    form = CloseForm()

    def _close(session: Session, check: Check, given: Given) -> object:
        return close_check(session, check, reasons=form.why_closed.value, **given)

    return _decided(reference, form, Act("close", _close, "The check was closed. Its answer stands."))


@pages.post("/review/<reference>/agree")
@requires(Permission.DECIDE_CHECK, forms=(ReviewForm,))
def agree(reference: str) -> str | Response:
    """Review a look made in danger: agreed or not agreed."""
    form = ReviewForm()

    def _review(session: Session, check: Check, given: Given) -> object:
        why, reviewed = form.why_reviewed.value, form.reviewed.value
        return review_immediate_response(session, check, reviewed=reviewed, why=why, **given)

    agreed = form.reviewed.data is Reviewed.AGREED
    done = "The look in danger was reviewed: agreed." if agreed else "The look in danger was reviewed: not agreed."
    return _decided(reference, form, Act("agree", _review, done))


@pages.post("/review/<reference>/confirm")
@requires(Permission.DECIDE_CHECK, forms=(ConfirmForm,))
def confirm(reference: str) -> str | Response:
    """Confirm what came of a look."""

    def _confirm(session: Session, check: Check, given: Given) -> object:
        return confirm_result(session, check, **given)

    return _decided(reference, ConfirmForm(), Act("confirm", _confirm, "What came of the look was confirmed."))


@pages.post("/review/<reference>/seen")
@requires(Permission.DECIDE_CHECK, forms=(SeeForm,))
def seen(reference: str) -> str | Response:
    """Have seen a late entry."""
    form = SeeForm()

    def _see(session: Session, check: Check, given: Given) -> object:
        return see_late_entry(session, check, reasons=form.words.value, **given)

    return _decided(reference, form, Act("seen", _see, "It was recorded that you have seen the late entry."))


@pages.post("/review/<reference>/nobody-left")
@requires(Permission.DECIDE_CHECK, forms=(NobodyLeftForm,))
def nobody_left(reference: str) -> str | Response:
    """Have seen that nobody is left who could report."""
    form = NobodyLeftForm()

    def _see(session: Session, check: Check, given: Given) -> object:
        return see_nobody_left(session, check, known=form.what_is_known.value, **given)

    said = "It was recorded that nobody is left who could report. The look goes on counting."
    return _decided(reference, form, Act("nobody_left", _see, said))


@pages.post("/review/<reference>/ask")
@requires(Permission.DECIDE_CHECK, forms=(QuestionForm,))
def ask(reference: str) -> str | Response:
    """Ask who asked for the check."""
    form = QuestionForm()

    def _ask(session: Session, check: Check, given: Given) -> object:
        return ask_question(session, check, question=form.question.value, by=given["by"], now=given["now"])

    return _decided(reference, form, Act("ask", _ask, "Your question was sent."))


# What every form does ------------------------------------------------------------------------------------------------


def _approved(form: ApproveForm, session: Session, check: Check, given: Given) -> object:
    decision = approve_check(session, check, reasons=form.reasons.value, **given)
    return decision if decision.occasion == Occasion.APPROVED else None


def _decided(reference: str, form: Form, act: Act) -> str | Response:
    """Carries the form out once and goes on to the next in the queue; shows the page again where that cannot be."""
    if not form.validate_on_submit():
        return _page(reference, form)
    with reading() as session:  # here, so that nobody waits for the locks while a whole queue is worked out
        following = _following(session, reference)
    try:
        with transaction() as session:
            to = once(
                session,
                form.submission.value,
                form=f"review_{act.name} {reference}"[:MOST],  # carried to another check it is another form
                by=actor(),
                now=now(),
                do=lambda: _and_next(session, reference, form, act, following),
            )
    except ChangedMeanwhileError as error:
        form.refuse("", str(error))
        return Response(_page(reference, form, stale=True), 409)
    except (CheckError, NotOpenError) as error:
        form.refuse("", str(error))
        return _page(reference, form)
    return _on_to(reference, to, act)


def _following(session: Session, reference: str) -> list[Item]:
    """What waits for the actor besides this check, in the order in which it comes after it."""
    waiting = queue_of(session, actor(), now=now())
    return waiting.others(item_of(session, get_check(session, reference), to=actor(), now=now()))


def _and_next(session: Session, reference: str, form: Form, act: Act, following: list[Item]) -> str:
    """The reference of the next of those that were following; of this one where the use-case came out otherwise than was wanted."""
    check = get_check(session, reference)
    mark = form.mark if isinstance(form, ReadForm) else None
    if act.do(session, check, Given(by=actor(), now=now(), seen=mark)) is None:
        return check.reference
    return next((one.reference for one in following if still_waits(session, one, now=now())), THE_END)


def _on_to(reference: str, to: str, act: Act) -> Response:
    if to == reference:
        flash(f"{reference}: nothing was approved. It was decided again, and came out otherwise.", "important")
    else:
        flash(f"{reference}: {act.done}", "success")
    return redirect(url_for("review.queue") if to == THE_END else url_for("review.look", reference=to), 303)


def _page(reference: str, posted: Form | None = None, *, stale: bool = False) -> str:
    """The page, with the form that was posted as it was typed."""
    with transaction() as session:
        open_check(
            session,
            reference,
            by=actor(),
            now=now(),
            permission=Permission.DECIDE_CHECK,
            entitled=may_decide_on_check,
        )
    opened_at = posted.opened_at(now()) if stale and isinstance(posted, ReadForm) else None
    with reading() as session:
        check = get_check(session, reference)
        waiting = queue_of(session, actor(), now=now())  # first: what it reads at once the page asks for too
        page = look_page(session, check, to=actor(), now=now(), opened_at=opened_at)
        following = waiting.after(page.item)
        wanted = FORMS.get(page.item.waits.wanted, ()) if page.item else ()
        forms = {one.__name__: _form(one, posted, page.mark) for one in (*wanted, QuestionForm)}
        return render_template(
            "review/look.html",
            page=page,
            following=following,
            left=len(waiting.items),
            forms=list(forms.values()) if posted is None or posted in forms.values() else [posted],
            stale=stale,
            now=now(),
            **_named(forms),
        )


def _form(wanted: type[Form], posted: Form | None, mark: str) -> Form:
    form: Form = posted if posted is not None and type(posted) is wanted else wanted(formdata=None)
    if isinstance(form, ReadForm):
        form.show(mark, now())
    return form


def _named(forms: Mapping[str, Form]) -> dict[str, Any]:
    """Each form of the page by the name that the template knows, None where it does not stand there."""
    names = [form.__name__ for forms_of in FORMS.values() for form in forms_of]
    return {name.removesuffix("Form").lower(): forms.get(name) for name in (*names, "QuestionForm")}
