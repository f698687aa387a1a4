"""What became of it where the report of a look said that the person will be told."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.checks.errors import CheckError
from tracker.checks.forms.reporting import TellingForm
from tracker.checks.opening import is_shut_out, open_check
from tracker.checks.routes.blueprint import made_once, pages
from tracker.checks.rows import told_and_shared_rows
from tracker.checks.services import record_telling
from tracker.checks.showing import telling_of
from tracker.checks.telling import is_to_be_told, last_day_to_tell, may_record_telling
from tracker.decisions.models import Check
from tracker.decisions.selectors import find_case_report, find_look, get_check, list_concerned, standing_of_check
from tracker.policy.entitlement import may_open_check
from tracker.web.request import actor, now, reading, transaction


@pages.route("/checks/<reference>/told", methods=["GET", "POST"])
@requires(Permission.RECORD_TELLING, forms=(TellingForm,))
def told(reference: str) -> str | Response:
    """They were told, or an exemption applies after all; and whether what was found was shared with them since."""
    form = TellingForm()
    with reading() as session:
        check = get_check(session, reference)
        report, leads_to = find_case_report(session, check), _where_it_is_shown(session, check)
    if report is not None and report.shared:
        form.leave_out_sharing()
    if form.validate_on_submit():
        try:
            made_once(form, "telling", lambda session: _told(session, reference, form))
        except CheckError as error:
            form.refuse(error.field or "", str(error))
        else:
            flash("It was recorded.", "success")
            return redirect(leads_to, 303)
    with transaction() as session:
        check = open_check(
            session,
            reference,
            by=actor(),
            now=now(),
            permission=Permission.RECORD_TELLING,
            entitled=may_record_telling,
        )
        shown = _shown(session, check)
    return render_template("checks/told.html", form=form, check=check, back=leads_to, now=now(), **shown)


def _told(session: Session, reference: str, form: TellingForm) -> str:
    record_telling(session, get_check(session, reference), form.telling(), by=actor(), now=now())
    return reference


def _shown(session: Session, check: Check) -> dict[str, object]:
    report, look = find_case_report(session, check), find_look(session, check)
    waits = look is not None and is_to_be_told(session, check)
    return {
        "concerned": list_concerned(session, check),
        "shut_out": is_shut_out(session, check, by=actor(), now=now()),
        "looked_at": look.opened_at if look else None,
        "tell_by": last_day_to_tell(look) if look and waits else None,
        "reported": told_and_shared_rows(report) if report else [],
        "recorded": telling_of(session, check),
    }


def _where_it_is_shown(session: Session, check: Check) -> str:
    """The check's page; for a manager above the team, who does not open it, the tasks."""
    may_open = has_permission(actor(), Permission.OPEN_CHECK) and may_open_check(
        actor(), standing_of_check(session, check, now=now())
    )
    return url_for("checks.show", reference=check.reference) if may_open else url_for("overview.tasks")
