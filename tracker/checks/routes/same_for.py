"""The same for others of the household: whom, and afterwards what came of each."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.forms.asking import DiscardForm
from tracker.checks.forms.same_for import SameForForm
from tracker.checks.household import Member, get_check_to_copy, household_of, list_copies_to_show
from tracker.checks.opening import open_check
from tracker.checks.routes.blueprint import made_once, pages
from tracker.checks.same_for import FORM, NOT_OFFERED
from tracker.checks.same_left import get_same_draft, list_left
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check, list_concerned
from tracker.drafts.services import begin_draft, end_draft
from tracker.people.selectors import get_person_by_id
from tracker.people.services import require_person
from tracker.policy.entitlement import may_change_as_requester
from tracker.policy.vocabulary import Purpose
from tracker.rulebook.selectors import limits_in_force, purposes_offered
from tracker.web.request import actor, now, reading, transaction


@pages.route("/checks/<reference>/same-for", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(SameForForm,))
def same_for(reference: str) -> str | Response:
    """Whom of the household the same is to be asked about."""
    with transaction() as session:
        open_check(
            session,
            reference,
            by=actor(),
            now=now(),
            permission=Permission.ASK_FOR_CHECK,
            entitled=may_change_as_requester,
        )
        check = get_check_to_copy(session, reference)
        require_page(session, check)
    form = SameForForm()
    with reading() as session:
        household = household_of(session, check, by=actor(), now=now())
        form.people.offer([_offer(one) for one in household.offered])
        limits = limits_in_force(session, at=now()).limits
        why_not = "" if Purpose(check.purpose) in purposes_offered(session, at=now()) else NOT_OFFERED
        concerned = list_concerned(session, check)
    if form.is_submitted() and why_not:
        form.refuse("", why_not)
    elif form.validate_on_submit():
        people = list(form.people.data)
        draft = made_once(form, "begin_same_for", lambda session: _begun(session, check, people))
        return redirect(url_for("checks.same_answers", reference=draft), 303)
    return render_template(
        "checks/same_for.html",
        form=form,
        check=check,
        concerned=concerned,
        household=household,
        limits=limits,
        why_not=why_not,
    )


@pages.get("/checks/<reference>/same-for/asked")
@requires(Permission.OPEN_CHECK)
def same_asked(reference: str) -> str:
    """What came of each: one row a person, with a link to each answer."""
    with transaction() as session:
        open_check(session, reference, by=actor(), now=now())
    with reading() as session:
        check = get_check(session, reference)
        left = list_left(session, by=actor(), now=now())
        return render_template(
            "checks/same_asked.html",
            check=check,
            concerned=list_concerned(session, check),
            copies=list_copies_to_show(session, check, to=actor(), now=now()),
            left=[one for one in left if one.check.id == check.id],
            now=now(),
        )


@pages.route("/checks/drafts/<reference>/same-for/discard", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(DiscardForm,))
def discard_same(reference: str) -> str | Response:
    """Throw away what is kept about those left, once that was confirmed. It names nobody: their records may be closed by now."""
    form = DiscardForm()
    if form.validate_on_submit():
        made_once(form, "discard_same", lambda session: _discarded(session, reference))
        flash("What you had not asked about was thrown away.", "success")
        return redirect(url_for("overview.home"), 303)
    with reading() as session:
        draft = get_same_draft(session, reference, by=actor(), now=now())
        people = len(draft.content["people"])
        return render_template("checks/discard_same.html", form=form, check=draft.about, people=people)


def require_page(session: Session, check: Check) -> None:
    """Whose page the check is about may still be worked on: their family is shown. Raises `NotAllowedError`."""
    person = get_person_by_id(session, check.person_id)
    require_person(session, person, Permission.ASK_FOR_CHECK, by=actor(), now=now())


def _begun(session: Session, check: Check, people: list[str]) -> str:
    content = {"people": people, "typed": {}, "why_not": {}}
    return begin_draft(session, form=FORM, about=check.reference, content=content, by=actor(), now=now()).reference


def _discarded(session: Session, reference: str) -> str:
    get_same_draft(session, reference, by=actor(), now=now())
    end_draft(session, reference, by=actor(), now=now())
    return reference


def _offer(one: Member) -> tuple[str, str, str]:
    words = f"{one.person.name or one.person.known_by} ({one.relation})"
    return one.person.reference, words, "The same was asked about them already." if one.asked else ""
