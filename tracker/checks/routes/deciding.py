"""The decision page, and what can be done there: start, give back, withdraw, ask again."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.checks.errors import CheckError
from tracker.checks.forms.reporting import AskAgainForm, NotUsedForm, StartLookForm, WithdrawForm
from tracker.checks.household import same_elsewhere
from tracker.checks.looking import gives_back_at_once
from tracker.checks.opening import Entitled, open_check
from tracker.checks.routes.blueprint import made_once, pages
from tracker.checks.said import beneath
from tracker.checks.services import ask_again, report_look, start_look, withdraw_check
from tracker.checks.showing import page_of
from tracker.decisions.selectors import find_look, get_check, latest_decision, standing_of_check
from tracker.decisions.telephone import find_telephone_approval
from tracker.policy.entitlement import may_change_as_requester, may_decide_on_check, may_report_the_look
from tracker.policy.vocabulary import Outcome
from tracker.staff.selectors import get_staff_by_id
from tracker.viewings.requests import ReportOfLook
from tracker.viewings.vocabulary import LookResult
from tracker.web.request import actor, now, reading, transaction


@pages.get("/checks/<reference>")
@requires(Permission.OPEN_CHECK)
def show(reference: str) -> str:
    """The answer, its reasons, what is missing for each ground, and what happens next."""
    with transaction() as session:
        open_check(session, reference, by=actor(), now=now())
    with reading() as session:
        page = page_of(session, get_check(session, reference), to=actor(), now=now())
        said = beneath(session, page.check)
        forms = {"start_form": StartLookForm(), "again_form": AskAgainForm()}
        standing = standing_of_check(session, page.check, now=now())
        may: dict[str, object] = {
            "advises": has_permission(actor(), Permission.RECORD_ADVICE),
            "decides": may_decide_on_check(actor(), standing),
            "speaks": may_change_as_requester(actor(), standing),
        }
        by_telephone = find_telephone_approval(session, page.check)
        called = get_staff_by_id(session, by_telephone.manager_id).name if by_telephone else ""
        may |= {"by_telephone": by_telephone, "called": called}
        may["same"] = same_elsewhere(session, page.check, to=actor(), now=now())
        return render_template("checks/show.html", page=page, said=said, me=actor().staff_id, now=now(), **may, **forms)


@pages.post("/checks/<reference>/start")
@requires(Permission.REPORT_LOOK, forms=(StartLookForm,))
def start(reference: str) -> Response:
    """Note that the sitting starts; nothing is opened."""
    if StartLookForm().validate_on_submit():
        try:
            with transaction() as session:
                start_look(session, get_check(session, reference), by=actor(), now=now())
        except CheckError as error:
            flash(str(error), "important")
        else:
            flash("The start of your look was noted. Report what you saw as soon as you stop.", "success")
    return _to_check(reference)


@pages.route("/checks/<reference>/not-used", methods=["GET", "POST"])
@requires(Permission.REPORT_LOOK, forms=(NotUsedForm,))
def give_back(reference: str) -> str | Response:
    """I did not look: confirmed on a page of its own."""
    form = NotUsedForm()
    if form.validate_on_submit():
        report = ReportOfLook(
            submission=form.submission.value, result=LookResult.NOT_USED, opened_at=None, closed_at=None
        )
        try:
            made_once(form, "not_used", lambda session: _given_back(session, reference, report))
        except CheckError as error:
            form.refuse("", str(error))
        else:
            flash("It was recorded that nobody looked.", "success")
            return _to_check(reference)
    return _with_check("checks/not_used.html", reference, form, Permission.REPORT_LOOK, may_report_the_look)


@pages.route("/checks/<reference>/withdraw", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(WithdrawForm,))
def withdraw(reference: str) -> str | Response:
    """Take back a check that waits."""
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                check = get_check(session, reference)
                withdraw_check(session, check, why=form.why.value, by=actor(), now=now())
        except CheckError as error:
            form.refuse("", str(error))
        else:
            flash("The check was withdrawn.", "success")
            return _to_check(reference)
    return _with_check("checks/withdraw.html", reference, form, Permission.ASK_FOR_CHECK, may_change_as_requester)


@pages.post("/checks/<reference>/ask-again")
@requires(Permission.ASK_FOR_CHECK, forms=(AskAgainForm,))
def ask(reference: str) -> Response:
    """Have a waiting check decided again on the facts as they now are."""
    form = AskAgainForm()
    if form.validate_on_submit():
        try:
            made_once(form, "ask_again", lambda session: _decided_again(session, reference))
        except CheckError as error:
            flash(str(error), "important")
    return _to_check(reference)


def _decided_again(session: Session, reference: str) -> str:
    decision = ask_again(session, get_check(session, reference), by=actor(), now=now())
    flash(f"It was decided again: {Outcome(decision.outcome).label}.", "important")
    return reference


def _given_back(session: Session, reference: str, report: ReportOfLook) -> str:
    report_look(session, get_check(session, reference), report, by=actor(), now=now())
    return reference


def _with_check(
    template: str, reference: str, form: NotUsedForm | WithdrawForm, permission: Permission, entitled: Entitled
) -> str:
    with transaction() as session:
        check = open_check(session, reference, by=actor(), now=now(), permission=permission, entitled=entitled)
        outcome = Outcome(latest_decision(session, check).outcome)
        look = find_look(session, check)
        at_once = look is not None and gives_back_at_once(look, now=now())
    return render_template(template, form=form, check=check, outcome=outcome, at_once=at_once)


def _to_check(reference: str) -> Response:
    return redirect(url_for("checks.show", reference=reference), 303)
