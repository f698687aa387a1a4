"""Authorisations: what waits, one application, and the authorising officer's grant or refusal."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission, require
from tracker.authorities.applied import is_waiting, rows_of_application, status_of_application
from tracker.authorities.models import Application, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.opening import OpenedAuthority, open_application
from tracker.authorities.routes.blueprint import carried_out, require_non_ripa
from tracker.authorities.selectors import get_application
from tracker.authorities.vocabulary import ApplicationKind
from tracker.policy.entitlement import Role
from tracker.review.authorisations import authorisations as lists_of_authorisations
from tracker.review.forms.authorisations import GrantForm, RefuseForm
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.authorisations import may_answer
from tracker.review.services.authorisations import grant_application, refuse_application
from tracker.rulebook.selectors import limits_in_force
from tracker.staff.standing_in import only_for
from tracker.web.request import actor, now, reading, transaction


@pages.get("/authorisations")
@requires(Permission.SEE_AUTHORISATIONS)
def authorisations() -> str:
    """What waits about authorisations, and what is in force."""
    with reading() as session:
        lists = lists_of_authorisations(session, now=now())
    return render_template(
        "authorities/authorisations.html", lists=lists, in_place_of=only_for(actor(), Role.AUTHORISING_OFFICER)
    )


@pages.get("/authorisations/applications/<reference>")
@requires(Permission.OPEN_APPLICATION)
def application(reference: str) -> str:
    """One application, and what can be done about it."""
    opened = _opened(reference)
    with reading() as session:
        shown = get_application(session, reference)
        officer = has_permission(actor(), Permission.GRANT_AUTHORISATION) and is_waiting(shown)
        return render_template(
            "authorities/show_application.html",
            opened=opened,
            kind=shown.kind,
            status=status_of_application(shown),
            rows=rows_of_application(session, shown, opened),
            granted=_granted(session, shown),
            officer=officer and _is_on(session, shown),
            apart=officer and may_answer(session, shown, by=actor()),
            withdraws=is_waiting(shown) and has_permission(actor(), Permission.PREPARE_APPLICATION),
        )


@pages.route("/authorisations/applications/<reference>/grant", methods=["GET", "POST"])
@requires(Permission.GRANT_AUTHORISATION, forms=(GrantForm,))
def grant(reference: str) -> str | Response:
    """The authorising officer grants what was applied for."""
    opened, shown = _answered(reference)
    form = GrantForm(data={"next_review_on": shown.next_review_on})
    if form.validate_on_submit():

        def _grant(session: Session) -> str:
            granted = grant_application(session, reference, form.request(), by=actor(), now=now())
            return granted.reference

        made = carried_out(form, "grant", _grant)
        if made:
            is_ripa = shown.kind == ApplicationKind.RIPA
            further = " It has no effect until a justice of the peace approves it." if is_ripa else ""
            flash(f"The authorisation is granted.{further}", "success")
            endpoint = "authorities.show_ripa" if is_ripa else "authorities.show_non_ripa"
            return redirect(url_for(endpoint, reference=made), 303)
    return _answer_page("authorities/grant.html", form, opened, shown)


@pages.route("/authorisations/applications/<reference>/refuse", methods=["GET", "POST"])
@requires(Permission.GRANT_AUTHORISATION, forms=(RefuseForm,))
def refuse(reference: str) -> str | Response:
    """The authorising officer refuses what was applied for, with reasons."""
    opened, shown = _answered(reference)
    form = RefuseForm()
    if form.validate_on_submit():

        def _refuse(session: Session) -> str:
            return refuse_application(session, reference, form.request(), by=actor(), now=now()).reference

        if carried_out(form, "refusal", _refuse):
            flash("The application is refused. It stays on record.", "success")
            return redirect(url_for("review.application", reference=reference), 303)
    return _answer_page("authorities/refuse.html", form, opened, shown)


def _opened(reference: str) -> OpenedAuthority:
    with transaction() as session:
        return open_application(session, get_application(session, reference), by=actor(), now=now())


def _answered(reference: str) -> tuple[OpenedAuthority, Application]:
    """The application, for an officer who may answer it. Raises `NotAllowedError`; `NoSuchRecordError` where its kind is off."""
    with reading() as session:
        shown = get_application(session, reference)
        if shown.kind == ApplicationKind.NON_RIPA:
            require_non_ripa(session)
        allowed = may_answer(session, shown, by=actor())
    require(actor(), Permission.GRANT_AUTHORISATION, allowed=allowed, about=reference)
    return _opened(reference), shown


def _answer_page(template: str, form: GrantForm | RefuseForm, opened: OpenedAuthority, shown: Application) -> str:
    with reading() as session:
        rows = rows_of_application(session, shown, opened)
        days = limits_in_force(session, at=now()).limits.review_default_days
    return render_template(template, form=form, opened=opened, rows=rows, kind=shown.kind, days=days)


def _is_on(session: Session, shown: Application) -> bool:
    return shown.kind == ApplicationKind.RIPA or limits_in_force(session, at=now()).limits.non_ripa


def _granted(session: Session, shown: Application) -> str:
    """Where the authorisation stands that was granted on it; empty for none."""
    if shown.ripa_id is not None:
        ripa = session.get_one(RipaAuthorisation, shown.ripa_id)
        return url_for("authorities.show_ripa", reference=ripa.reference)
    if shown.non_ripa_id is not None:
        outside = session.get_one(NonRipaAuthorisation, shown.non_ripa_id)
        return url_for("authorities.show_non_ripa", reference=outside.reference)
    return ""
