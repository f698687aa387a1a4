"""One correction, and the answer of somebody else."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.corrections.errors import CorrectionError
from tracker.corrections.forms import AnswerForm
from tracker.corrections.opening import open_correction
from tracker.corrections.routes.blueprint import pages
from tracker.corrections.selectors import get_correction
from tracker.corrections.services import confirm_correction, decline_correction
from tracker.corrections.showing import page_of_correction
from tracker.corrections.vocabulary import Answered
from tracker.drafts.services import once
from tracker.storage.tables import StaleVersionError
from tracker.web.request import actor, now, transaction

SENT_TO_LEGAL = "It would take something out of the count, so it was sent to Legal. Nothing was struck through."
STRUCK = "It was struck through. It stays on the record, with the reason."
STANDS = "It stands as it was recorded."


@pages.get("/corrections/<reference>")
@requires(Permission.OPEN_CORRECTION)
def show(reference: str) -> str:
    """What is said to be in error, and what striking it through would do."""
    return _page(reference, AnswerForm())


@pages.post("/corrections/<reference>/answer")
@requires(Permission.ANSWER_CORRECTION, forms=(AnswerForm,))
def answer(reference: str) -> str | Response | tuple[str, int]:
    """Confirm that it was in error, or leave it as it is."""
    form, status = AnswerForm(), 200
    if form.validate_on_submit():
        try:
            said = _once(form, reference)
        except (CorrectionError, StaleVersionError) as error:
            stale = isinstance(error, StaleVersionError)
            form.refuse("", "Somebody else changed this while you had it open." if stale else str(error))
            status = 409
        else:
            flash(said, "success")
            return redirect(url_for("corrections.show", reference=reference), 303)
    return _page(reference, form), status


def _once(form: AnswerForm, reference: str) -> str:
    with transaction() as session:

        def _answer(session: Session = session) -> str:
            new = form.request(reference)
            if form.answer.value is Answered.DECLINED:
                decline_correction(session, new, by=actor(), now=now())
            else:
                confirm_correction(session, new, by=actor(), now=now())
            return reference

        once(session, form.submission.value, form="answer_correction", by=actor(), now=now(), do=_answer)
        row = get_correction(session, reference)
        if row.answered_at is None:
            return SENT_TO_LEGAL
        return STRUCK if row.answer == Answered.CONFIRMED else STANDS


def _page(reference: str, form: AnswerForm) -> str:
    with transaction() as session:
        correction, found = open_correction(session, reference, by=actor(), now=now())
        page = page_of_correction(session, correction, found, to=actor(), now=now())
    form.version.data = correction.version
    form.version.typed = {"": [str(correction.version)]}
    return render_template("corrections/correction.html", page=page, form=form)
