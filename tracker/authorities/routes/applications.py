"""Legal prepares an application for the authorising officer, or is told what is left where article 7A is not met."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.authorities import services
from tracker.authorities.applied import rows_of_application
from tracker.authorities.forms import ApplicationForm, NonRipaApplicationForm, WithdrawForm
from tracker.authorities.models import RipaAuthorisation
from tracker.authorities.opening import open_application, open_authority
from tracker.authorities.routes.blueprint import carried_out, pages, require_non_ripa, who_may_be_named
from tracker.authorities.selectors import find_application_of, get_application, get_ripa, platforms_of
from tracker.authorities.services import prepare_application, prepare_non_ripa_application
from tracker.authorities.vocabulary import Extent, Threshold
from tracker.people.models import Person
from tracker.people.selectors import called
from tracker.people.services import open_in_passing
from tracker.policy.entitlement import may_open_person
from tracker.policy.vocabulary import Account
from tracker.rulebook.selectors import limits_in_force
from tracker.web.request import actor, now, reading, transaction


@pages.route("/people/<reference>/applications/new", methods=["GET", "POST"])
@requires(Permission.PREPARE_APPLICATION, forms=(ApplicationForm,))
def new_application(reference: str) -> str | Response:
    """Prepare an application for directed surveillance under RIPA."""
    person = _opened(reference)
    form = ApplicationForm(data={"persons": (person.reference,)})
    with reading() as session:
        form.persons.offer(who_may_be_named(session, person))
    if form.validate_on_submit():
        if not form.is_met:
            return redirect(url_for("authorities.not_met", reference=person.reference), 303)
        made = _prepared(form, renewal_of=None)
        if made:
            return redirect(url_for("review.application", reference=made), 303)
    return render_template(
        "authorities/application.html",
        form=form,
        back=url_for("overview.show_person", reference=person.reference),
        renewed=None,
        days=_review_days(),
    )


@pages.get("/people/<reference>/applications/not-met")
@requires(Permission.PREPARE_APPLICATION)
def not_met(reference: str) -> str:
    """Article 7A is not met: RIPA is not available, and what is left."""
    person = _opened(reference)
    with reading() as session:
        non_ripa = limits_in_force(session, at=now()).limits.non_ripa
    return render_template("authorities/not_met.html", person=person, non_ripa=non_ripa)


@pages.route("/people/<reference>/applications/new-non-ripa", methods=["GET", "POST"])
@requires(Permission.PREPARE_APPLICATION, forms=(NonRipaApplicationForm,))
def new_non_ripa_application(reference: str) -> str | Response:
    """Prepare an application for an authorisation outside RIPA. Not found where the council does not have the route on."""
    with reading() as session:
        require_non_ripa(session)
    person = _opened(reference)
    form = NonRipaApplicationForm(data={"persons": (person.reference,)})
    with reading() as session:
        form.persons.offer(who_may_be_named(session, person))
    if form.validate_on_submit():

        def _prepare(session: Session) -> str:
            return prepare_non_ripa_application(session, form.request(), by=actor(), now=now()).reference

        made = carried_out(form, "non_ripa_application", _prepare)
        if made:
            flash("The application waits for the authorising officer.", "success")
            return redirect(url_for("review.application", reference=made), 303)
    return render_template("authorities/non_ripa_application.html", form=form, person=person, days=_review_days())


@pages.route("/authorisations/ripa/<reference>/renew", methods=["GET", "POST"])
@requires(Permission.PREPARE_APPLICATION, forms=(ApplicationForm,))
def renew(reference: str) -> str | Response:
    """Prepare the renewal of an authorisation that is in force: an application of its own, and a justice of its own."""
    with transaction() as session:
        opened = open_authority(session, get_ripa(session, reference), by=actor(), now=now())
    with reading() as session:
        form = ApplicationForm(data=_as_answers(session, get_ripa(session, reference), opened.persons))
    form.persons.offer([(person.reference, called(person)) for person in opened.persons])
    if form.validate_on_submit():
        if not form.is_met:
            return redirect(url_for("authorities.not_met", reference=opened.persons[0].reference), 303)
        made = _prepared(form, renewal_of=reference)
        if made:
            return redirect(url_for("review.application", reference=made), 303)
    back = url_for("authorities.show_ripa", reference=reference)
    return render_template("authorities/application.html", form=form, back=back, renewed=reference, days=_review_days())


@pages.route("/authorisations/applications/<reference>/withdraw", methods=["GET", "POST"])
@requires(Permission.PREPARE_APPLICATION, forms=(WithdrawForm,))
def withdraw_application(reference: str) -> str | Response:
    """Legal withdraws an application that waits, with a reason; also where the council no longer has its route on."""
    with transaction() as session:
        opened = open_application(session, get_application(session, reference), by=actor(), now=now())
    form = WithdrawForm()
    if form.validate_on_submit():

        def _withdraw(session: Session) -> str:
            return services.withdraw_application(session, reference, form.why.value, by=actor(), now=now()).reference

        if carried_out(form, "withdrawal", _withdraw):
            flash("The application is withdrawn. It stays on record.", "success")
            return redirect(url_for("review.application", reference=reference), 303)
    with reading() as session:
        application = get_application(session, reference)
        rows = rows_of_application(session, application, opened)
    return render_template(
        "authorities/withdraw_application.html", form=form, opened=opened, rows=rows, urn=application.urn
    )


def _opened(reference: str) -> Person:
    with transaction() as session:
        return open_in_passing(
            session, reference, Permission.PREPARE_APPLICATION, by=actor(), now=now(), allowed=may_open_person
        )


def _review_days() -> int:
    with reading() as session:
        return limits_in_force(session, at=now()).limits.review_default_days


def _prepared(form: ApplicationForm, *, renewal_of: str | None) -> str | None:
    def _prepare(session: Session) -> str:
        return prepare_application(session, form.request(renewal_of=renewal_of), by=actor(), now=now()).reference

    made = carried_out(form, "application", _prepare)
    if made:
        flash("The application waits for the authorising officer.", "success")
    return made


def _as_answers(session: Session, renewed: RipaAuthorisation, persons: tuple[Person, ...]) -> dict[str, Any]:
    """What an authorisation already says, as the answers of its renewal; why it is still needed is asked anew."""
    earlier = find_application_of(session, renewed)
    platforms = platforms_of(renewed.platforms)
    return {
        "persons": tuple(person.reference for person in persons),
        "offence": renewed.offence,
        "maximum_penalty": earlier.maximum_penalty if earlier else "",
        "article_7a": Threshold(renewed.article_7a),
        "extent_of_platforms": Extent.ANY if platforms is None else Extent.SOME,
        "platforms": tuple(platforms or ()),
        "extent_of_accounts": Extent.ANY if renewed.accounts is None else Extent.SOME,
        "accounts": tuple(map(Account, renewed.accounts or ())),
    }
