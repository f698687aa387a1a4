"""Answering a question that a manager or Legal asked about a check."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.errors import CheckError
from tracker.checks.forms.answering import AnswerForm
from tracker.checks.opening import is_shut_out, open_check
from tracker.checks.questions import get_question
from tracker.checks.routes.blueprint import made_once, pages
from tracker.checks.said import find_asked
from tracker.checks.services import answer_question
from tracker.decisions.selectors import get_check, list_concerned
from tracker.policy.entitlement import may_change_as_requester
from tracker.web.request import actor, now, transaction


@pages.route("/checks/<reference>/questions/<question>", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(AnswerForm,))
def answer(reference: str, question: str) -> str | Response:
    """Who asked for the check answers one question about it."""
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            made_once(form, "answer_question", lambda session: _answered(session, reference, question, form))
        except CheckError as error:
            form.refuse("", str(error))
        else:
            flash("Your answer was recorded.", "success")
            return redirect(url_for("checks.show", reference=reference), 303)
    with transaction() as session:
        check = open_check(
            session,
            reference,
            by=actor(),
            now=now(),
            permission=Permission.ASK_FOR_CHECK,
            entitled=may_change_as_requester,
        )
        asked = find_asked(session, get_question(session, check, question))
        concerned = list_concerned(session, check)
        shut_out = is_shut_out(session, check, by=actor(), now=now())
    return render_template(
        "checks/question.html", form=form, check=check, concerned=concerned, shut_out=shut_out, asked=asked
    )


def _answered(session: Session, reference: str, question: str, form: AnswerForm) -> str:
    check = get_check(session, reference)
    return answer_question(
        session, get_question(session, check, question), answer=form.answer.value, by=actor(), now=now()
    ).reference
