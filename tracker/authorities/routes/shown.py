"""One order or authorisation, as those who may read it see it, and what they may do about it."""

from flask import render_template

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.authorities.models import Application
from tracker.authorities.opening import open_authority
from tracker.authorities.routes.blueprint import back_from, pages
from tracker.authorities.selectors import (
    find_application_of,
    find_correction_of,
    find_reported_of,
    get_non_ripa,
    get_order,
    get_ripa,
)
from tracker.authorities.selectors.about import list_reviews
from tracker.authorities.showing import (
    rows_of_non_ripa,
    rows_of_order,
    rows_of_ripa,
    status_of_non_ripa,
    status_of_order,
    status_of_ripa,
)
from tracker.authorities.standing import steps_for_non_ripa, steps_for_ripa
from tracker.rulebook.selectors import limits_in_force
from tracker.web.request import actor, now, reading, transaction


@pages.route("/orders/<reference>")
@requires(Permission.OPEN_AUTHORITY)
def show_order(reference: str) -> str:
    """One order or direction of a court."""
    with transaction() as session:
        opened = open_authority(session, get_order(session, reference), by=actor(), now=now())
    with reading() as session:
        order = get_order(session, reference)
        corrected, reported = find_correction_of(session, order), find_reported_of(session, order)
        hours = limits_in_force(session, at=now()).limits.unsealed_order_hours
        return render_template(
            "authorities/order.html",
            opened=opened,
            back=back_from(opened),
            status=status_of_order(order, hours=hours, now=now(), corrected=corrected is not None),
            rows=rows_of_order(session, order, opened),
            corrected=corrected and corrected.reference,
            reported=reported and reported.reference,
            may_see=order.seen_at is None
            and order.struck_at is None
            and has_permission(actor(), Permission.RECORD_COURT_ORDER),
        )


@pages.route("/authorisations/ripa/<reference>")
@requires(Permission.OPEN_AUTHORITY)
def show_ripa(reference: str) -> str:
    """One RIPA authorisation."""
    with transaction() as session:
        opened = open_authority(session, get_ripa(session, reference), by=actor(), now=now())
    with reading() as session:
        authorisation = get_ripa(session, reference)
        return render_template(
            "authorities/ripa.html",
            opened=opened,
            back=back_from(opened),
            status=status_of_ripa(session, authorisation, now=now()),
            rows=rows_of_ripa(session, authorisation, opened),
            reviews=list_reviews(session, authorisation),
            application=_application(find_application_of(session, authorisation)),
            steps=steps_for_ripa(session, authorisation, by=actor(), now=now()),
        )


@pages.route("/authorisations/non-ripa/<reference>")
@requires(Permission.OPEN_AUTHORITY)
def show_non_ripa(reference: str) -> str:
    """One non-RIPA authorisation."""
    with transaction() as session:
        opened = open_authority(session, get_non_ripa(session, reference), by=actor(), now=now())
    with reading() as session:
        authorisation = get_non_ripa(session, reference)
        limits = limits_in_force(session, at=now()).limits
        return render_template(
            "authorities/non_ripa.html",
            opened=opened,
            back=back_from(opened),
            status=status_of_non_ripa(authorisation, now=now()),
            rows=rows_of_non_ripa(session, authorisation, opened),
            reviews=list_reviews(session, authorisation),
            application=_application(find_application_of(session, authorisation)),
            steps=steps_for_non_ripa(authorisation, limits, by=actor(), now=now()),
        )


def _application(found: Application | None) -> str | None:
    """The reference of the application, for those who may open it."""
    return found.reference if found and has_permission(actor(), Permission.OPEN_APPLICATION) else None
