"""Reporting the look, and what it means for the case: each by the one whose part it is."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.errors import CheckError
from tracker.checks.forms.questions import ALWAYS_TRUE
from tracker.checks.forms.reporting import AfterDangerForm, CaseReportForm, ReportForm
from tracker.checks.opening import is_shut_out, open_check
from tracker.checks.routes.blueprint import made_once, pages
from tracker.checks.services import report_for_case, report_look
from tracker.decisions.models import Check
from tracker.decisions.selectors import find_look, get_check, list_concerned
from tracker.decisions.vocabulary import CheckKind
from tracker.people.groups import group_of
from tracker.people.selectors import find_person, list_family
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.entitlement import may_change_as_requester, may_report_the_look
from tracker.policy.vocabulary import Relation
from tracker.rulebook.models import LawfulBasis
from tracker.viewings.models import Look
from tracker.viewings.vocabulary import LookResult
from tracker.web.dates import in_london
from tracker.web.request import actor, now, reading, transaction


@pages.route("/checks/<reference>/report", methods=["GET", "POST"])
@requires(Permission.REPORT_LOOK, forms=(ReportForm,))
def report(reference: str) -> str | Response:
    """The viewer says what was seen."""
    with reading() as session:
        check = get_check(session, reference)
        look, offered = find_look(session, check), _people_on_the_case(session, check)
    form = ReportForm(data=_noted(check, look))
    form.people_seen.offer([(one, words) for one, (words, _) in offered.items()])
    relations = {one: relation for one, (_, relation) in offered.items()}
    if form.validate_on_submit() and _wrong_person_is_on_record(form):
        try:
            made_once(form, "report", lambda session: _reported(session, reference, form, relations))
        except CheckError as error:
            form.refuse(error.field if error.field and error.field in form else "", str(error))
        else:
            flash("What you saw was recorded.", "success")
            return _to_check(reference)
    with transaction() as session:
        check = open_check(
            session,
            reference,
            by=actor(),
            now=now(),
            permission=Permission.REPORT_LOOK,
            entitled=may_report_the_look,
        )
        shown = {"concerned": list_concerned(session, check)}
        shut_out = is_shut_out(session, check, by=actor(), now=now())
    late = check.kind == CheckKind.LATE_ENTRY
    return render_template(
        "checks/report.html", form=form, check=check, look=look, late=late, shut_out=shut_out, **shown
    )


@pages.route("/checks/<reference>/outcome", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(CaseReportForm,))
def outcome(reference: str) -> str | Response:
    """The requester says what the look means for the case; after danger there is more to say."""
    with reading() as session:
        if get_check(session, reference).kind == CheckKind.DANGER:
            return redirect(url_for("checks.danger_outcome", reference=reference), 303)
    return _outcome_page(reference, CaseReportForm())


@pages.route("/checks/<reference>/danger-outcome", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(AfterDangerForm,))
def danger_outcome(reference: str) -> str | Response:
    """The same after danger, with what was not asked then; how the team is involved is filled in."""
    with reading() as session:
        check = get_check(session, reference)
        relation, basis = Relation(check.relation), session.get_one(LawfulBasis, check.lawful_basis_id)
    if check.kind != CheckKind.DANGER:
        return redirect(url_for("checks.outcome", reference=reference), 303)
    form = AfterDangerForm(data={"relation": relation})
    return _outcome_page(reference, form, basis=basis, always=[one.label for one in ALWAYS_TRUE])


def _outcome_page(reference: str, form: CaseReportForm, **shown: object) -> str | Response:
    if form.validate_on_submit():
        try:
            made_once(form, "outcome", lambda session: _outcome(session, reference, form))
        except CheckError as error:
            form.refuse("", str(error))
        else:
            flash("What it means for the case was recorded.", "success")
            return _to_check(reference)
    with transaction() as session:
        check = open_check(
            session,
            reference,
            by=actor(),
            now=now(),
            permission=Permission.ASK_FOR_CHECK,
            entitled=may_change_as_requester,
        )
        concerned = list_concerned(session, check)
        shown["shut_out"] = is_shut_out(session, check, by=actor(), now=now())
    return render_template("checks/outcome.html", form=form, check=check, concerned=concerned, **shown)


def _reported(session: Session, reference: str, form: ReportForm, relations: dict[str, str]) -> str:
    report_look(session, get_check(session, reference), form.report(relations), by=actor(), now=now())
    return reference


def _outcome(session: Session, reference: str, form: CaseReportForm) -> str:
    said = form.said() if isinstance(form, AfterDangerForm) else None
    report_for_case(session, get_check(session, reference), form.report(), said=said, by=actor(), now=now())
    return reference


def _people_on_the_case(session: Session, check: Check) -> dict[str, tuple[str, str]]:
    """Family and household of the person whose page it is: by reference, the words offered and the relation."""
    group = group_of(session, check.person_id)
    family = list_family(session, group.members, by=actor(), on=in_london(now()).date())
    return {
        one.person.reference: (
            f"{one.person.name or one.person.known_by} ({FAMILY_LINK_WORDS[one.kind]})",
            FAMILY_LINK_WORDS[one.kind],
        )
        for one in family
        if one.person is not None
    }


def _noted(check: Check, look: Look | None) -> dict[str, object]:
    """What is known of the sitting already: the start that was noted, or the times of a late entry."""
    if look is None:
        return {}
    if check.kind == CheckKind.LATE_ENTRY:
        return {"result": LookResult.LOOKED, "opened_at": look.opened_at, "closed_at": look.closed_at}
    return {"opened_at": look.started_at, "closed_at": now() if look.started_at else None}


def _wrong_person_is_on_record(form: ReportForm) -> bool:
    typed = form.wrong_person.data
    if not typed:
        return True
    with reading() as session:
        known = find_person(session, typed) is not None
    if not known:
        form.refuse("wrong_person", "Enter the reference of a record, like PER-4QZK-77RD, or leave it empty")
    return known


def _to_check(reference: str) -> Response:
    return redirect(url_for("checks.show", reference=reference), 303)
