"""Approved by telephone: recorded by who asked, and answered by the manager whom they name."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.errors import CheckError
from tracker.checks.opening import open_check
from tracker.decisions.selectors import get_check, latest_decision, list_concerned, standing_of_check
from tracker.decisions.telephone import find_telephone_approval, get_telephone_approval
from tracker.decisions.vocabulary import Occasion
from tracker.drafts.services import once
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor, CheckStanding, may_open_person
from tracker.policy.vocabulary import Outcome, Platform, Purpose
from tracker.review.forms.telephone import AnswerTelephoneForm, Said, TelephoneForm
from tracker.review.opening import open_telephone_approval
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.errors_said import RESTRICTED
from tracker.review.selectors.telephone import list_reachable, said_of
from tracker.review.services import (
    confirm_telephone_approval,
    deny_telephone_approval,
    record_telephone_approval,
)
from tracker.staff.selectors.cover import cover_in_words
from tracker.web.request import actor, now, transaction


@pages.route("/checks/<reference>/telephone", methods=["GET", "POST"])
@requires(Permission.RECORD_TELEPHONE_APPROVAL, forms=(TelephoneForm,))
def telephone(reference: str) -> str | Response:
    """Record that a duty manager approved the look in a call."""
    with transaction() as session:
        check = open_check(
            session,
            reference,
            by=actor(),
            now=now(),
            permission=Permission.RECORD_TELEPHONE_APPROVAL,
            entitled=_is_requester,
        )
        waits = latest_decision(session, check).outcome == Outcome.NEEDS_MANAGER_APPROVAL
        waits = waits and find_telephone_approval(session, check) is None
        managers = list_reachable(session, check, by=actor(), now=now()) if waits else []
        concerned = list_concerned(session, check)
        cover = cover_in_words(session, [one.staff_id for one in managers], now=now())
    form = TelephoneForm()
    form.manager.offer([(one.reference, one.name, cover.get(one.staff_id, "")) for one in managers])
    if form.validate_on_submit() and _recorded(reference, form):
        return redirect(url_for("checks.show", reference=check.reference), 303)
    page = {"check": check, "concerned": concerned, "managers": managers, "waits": waits}
    return render_template("review/telephone.html", form=form, **page)


@pages.route("/checks/<reference>/telephone/confirm", methods=["GET", "POST"])
@requires(Permission.ANSWER_TELEPHONE_APPROVAL, forms=(AnswerTelephoneForm,))
def answer_telephone(reference: str) -> str | Response:
    """Say whether one approved the look; for the manager named alone, on the rota or not."""
    with transaction() as session:
        check = open_telephone_approval(session, reference, by=actor(), now=now())
        said = said_of(session, get_telephone_approval(session, check))
        concerned = list_concerned(session, check)[0]
        may_open = may_open_person(actor(), standing_of_check(session, check, now=now()).person)
    form = AnswerTelephoneForm()
    if form.validate_on_submit() and _answered(reference, form):
        return redirect(url_for("overview.home"), 303)
    return render_template(
        "review/answer_telephone.html",
        form=form,
        said=said,
        check=check,
        whose=(concerned.name or concerned.known_by) if may_open else RESTRICTED,
        may_open=may_open,
        purpose=Purpose(check.purpose).label,
        platforms=", ".join(Platform(one).label for one in check.platforms),
        now=now(),
    )


def _is_requester(by: Actor, check: CheckStanding) -> bool:
    return by.staff_id == check.requester and may_open_person(by, check.person)


def _recorded(reference: str, form: TelephoneForm) -> bool:
    """Whether it was recorded, once however often it is posted; otherwise the form says why not."""

    def _record(session: Session) -> str:
        check = get_check(session, reference)
        decision = record_telephone_approval(session, check, form.request(), by=actor(), now=now())
        if decision.occasion == Occasion.APPROVED_BY_TELEPHONE:
            flash("The approval was recorded. The manager is asked to confirm it when they next sign in.", "success")
        else:
            flash("Nothing was approved. It was decided again, and came out otherwise.", "important")
        return reference

    try:
        with transaction() as session:
            once(session, form.submission.value, form="telephone", by=actor(), now=now(), do=lambda: _record(session))
    except ProblemError as problem:
        form.refuse(problem.field if problem.field in form else "", problem.message)
        return False
    except CheckError as error:
        form.refuse("", str(error))
        return False
    return True


def _answered(reference: str, form: AnswerTelephoneForm) -> bool:
    """The same of the manager's answer."""

    def _answer(session: Session) -> str:
        check = get_check(session, reference)
        if form.did.value is Said.CONFIRMED:
            confirm_telephone_approval(session, check, by=actor(), now=now())
            flash(f"{check.reference}: you confirmed that you approved this look.", "success")
        else:
            deny_telephone_approval(session, check, words=form.words.value, by=actor(), now=now())
            flash(f"{check.reference}: the permit has ended, and Legal has been told.", "important")
        return check.reference

    try:
        with transaction() as session:
            once(
                session,
                form.submission.value,
                form="telephone_answer",
                by=actor(),
                now=now(),
                do=lambda: _answer(session),
            )
    except CheckError as error:
        form.refuse("", str(error))
        return False
    return True
