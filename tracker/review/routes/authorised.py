"""The authorising officer reviews what is in force, and cancels what is no longer needed."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, require
from tracker.authorities.models import NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.opening import open_authority
from tracker.authorities.routes.blueprint import carried_out, require_non_ripa
from tracker.authorities.selectors import get_non_ripa, get_ripa
from tracker.authorities.services import cancel_non_ripa, cancel_ripa
from tracker.authorities.showing import (
    rows_of_non_ripa,
    rows_of_ripa,
    status_of_non_ripa,
    status_of_ripa,
)
from tracker.review.forms.authorisations import CancelForm, ReviewForm
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.authorisations import may_review
from tracker.review.services.authorisations import review_granted
from tracker.rulebook.selectors import limits_in_force
from tracker.web.request import actor, now, reading, transaction

Authorisation = RipaAuthorisation | NonRipaAuthorisation
MUST_BE_CANCELLED = "What is no longer necessary and proportionate must be cancelled. Cancel it instead"


@pages.route("/authorisations/ripa/<reference>/cancel", methods=["GET", "POST"])
@requires(Permission.GRANT_AUTHORISATION, forms=(CancelForm,))
def cancel_ripa_page(reference: str) -> str | Response:
    """Cancel a RIPA authorisation that is no longer needed (RIPA s.45)."""
    with reading() as session:
        authorisation = get_ripa(session, reference)
    return _cancel(authorisation, url_for("authorities.show_ripa", reference=reference))


@pages.route("/authorisations/non-ripa/<reference>/cancel", methods=["GET", "POST"])
@requires(Permission.GRANT_AUTHORISATION, forms=(CancelForm,))
def cancel_non_ripa_page(reference: str) -> str | Response:
    """Cancel a non-RIPA authorisation that is no longer needed."""
    with reading() as session:
        authorisation = get_non_ripa(session, reference)
        require_non_ripa(session)
    return _cancel(authorisation, url_for("authorities.show_non_ripa", reference=reference))


@pages.route("/authorisations/ripa/<reference>/review", methods=["GET", "POST"])
@requires(Permission.GRANT_AUTHORISATION, forms=(ReviewForm,))
def review_ripa_page(reference: str) -> str | Response:
    """Review a RIPA authorisation."""
    with reading() as session:
        authorisation = get_ripa(session, reference)
    return _review(
        authorisation,
        url_for("authorities.show_ripa", reference=reference),
        url_for("review.cancel_ripa_page", reference=reference),
    )


@pages.route("/authorisations/non-ripa/<reference>/review", methods=["GET", "POST"])
@requires(Permission.GRANT_AUTHORISATION, forms=(ReviewForm,))
def review_non_ripa_page(reference: str) -> str | Response:
    """Review a non-RIPA authorisation."""
    with reading() as session:
        authorisation = get_non_ripa(session, reference)
        require_non_ripa(session)
    return _review(
        authorisation,
        url_for("authorities.show_non_ripa", reference=reference),
        url_for("review.cancel_non_ripa_page", reference=reference),
    )


def _cancel(authorisation: Authorisation, back: str) -> str | Response:
    form = CancelForm()
    is_ripa = isinstance(authorisation, RipaAuthorisation)
    if form.validate_on_submit():
        cancel: Callable[..., Authorisation] = cancel_ripa if is_ripa else cancel_non_ripa

        def _do(session: Session) -> str:
            return cancel(session, form.request(authorisation.reference), by=actor(), now=now()).reference

        if carried_out(form, "cancellation", _do):
            flash("The authorisation is cancelled.", "success")
            return redirect(back, 303)
    return _page("authorities/cancel.html", form, authorisation, back, is_ripa=is_ripa)


def _review(authorisation: Authorisation, back: str, cancel_at: str) -> str | Response:
    form = ReviewForm()
    with reading() as session:
        allowed = may_review(session, authorisation, by=actor())
        days = limits_in_force(session, at=now()).limits.review_default_days
    require(actor(), Permission.GRANT_AUTHORISATION, allowed=allowed, about=authorisation.reference)
    if form.validate_on_submit():
        if not form.still_necessary.value:
            form.refuse("still_necessary", MUST_BE_CANCELLED)
        elif carried_out(form, "review", lambda session: _reviewed(session, form, authorisation.reference)):
            flash("The review is recorded.", "success")
            return redirect(back, 303)
    return _page("authorities/review.html", form, authorisation, back, days=days, cancel_at=cancel_at)


def _reviewed(session: Session, form: ReviewForm, reference: str) -> str:
    review_granted(session, form.request(reference), by=actor(), now=now())
    return reference


def _page(template: str, form: CancelForm | ReviewForm, authorisation: Authorisation, back: str, **more: object) -> str:
    with transaction() as session:
        opened = open_authority(session, authorisation, by=actor(), now=now())
    with reading() as session:
        if isinstance(authorisation, RipaAuthorisation):
            status = status_of_ripa(session, authorisation, now=now())
            rows = rows_of_ripa(session, authorisation, opened)
        else:
            status = status_of_non_ripa(authorisation, now=now())
            rows = rows_of_non_ripa(session, authorisation, opened)
    return render_template(template, form=form, opened=opened, status=status, rows=rows, back=back, **more)
