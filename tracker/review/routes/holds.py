"""Holds placed and released by hand, and the day from which views count."""

from collections.abc import Callable

from flask import flash, redirect, render_template
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.drafts.services import once
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import called, get_person_by_id, list_family
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.periods import london_day
from tracker.referrals.errors import NotOpenError
from tracker.referrals.selectors import get_hold, get_referral
from tracker.review.forms.holds import CountForm, HoldForm, ReleaseForm
from tracker.review.opening import open_person_for_legal
from tracker.review.requests import ReleasedHolds
from tracker.review.routes.blueprint import pages
from tracker.review.routes.places import place_of
from tracker.review.selectors.found import mark_of_reviewed, reviewed_with
from tracker.review.services import hold_people, release_held, restart_count_of
from tracker.storage.tables import saved_key
from tracker.web.forms import Form
from tracker.web.request import actor, now, reading, transaction


@pages.route("/people/<reference>/hold", methods=["GET", "POST"])
@requires(Permission.PLACE_HOLD, forms=(HoldForm,))
def hold(reference: str) -> str | Response:
    """Place a hold on a person, and on those of their family who belong to the pattern."""
    person = _person(reference, Permission.PLACE_HOLD)
    with reading() as session:
        form, place = HoldForm(data={"people": (person.reference,)}), place_of(session, person)
        form.people.offer(_who_may_be_held(session, person))
    if form.validate_on_submit():

        def _hold(session: Session) -> str:
            case = get_referral(session, place.at).id if place.at.startswith("REF-") else None
            return hold_people(session, form.request(), by=actor(), now=now(), referral_id=case)[0].reference

        if _carried_out(form, "hold", _hold):
            flash("The hold is placed. It stops every look that nothing lifts, until it is released.", "success")
            return redirect(place.back, 303)
    return render_template("referrals/hold.html", form=form, place=place)


@pages.route("/holds/<reference>/release", methods=["GET", "POST"])
@requires(Permission.PLACE_HOLD, forms=(ReleaseForm,))
def release(reference: str) -> str | Response:
    """Release a hold, with reasons."""
    with reading() as session:
        row = get_hold(session, reference)
        named = get_person_by_id(session, row.person_id).reference
    person = _person(named, Permission.PLACE_HOLD)
    with reading() as session:
        form, place = ReleaseForm(), place_of(session, person)
        looks = reviewed_with(session, row, group_of(session, row.person_id).members)
    if not form.is_submitted():
        _read_anew(form, looks)
    if form.validate_on_submit():
        released = ReleasedHolds((row.reference,), form.why.value, seen=form.seen.data or None)

        def _release(session: Session) -> str:
            release_held(session, released, by=actor(), now=now())
            return row.reference

        if _carried_out(form, "release_hold", _release):
            flash("The hold is released.", "success")
            return redirect(place.back, 303)
        _read_anew(form, looks)
    return render_template("referrals/release.html", form=form, place=place, hold=row, reviewed=looks)


@pages.route("/people/<reference>/count", methods=["GET", "POST"])
@requires(Permission.RESTART_COUNT, forms=(CountForm,))
def restart(reference: str) -> str | Response:
    """Set from when views of a person count: a new episode."""
    person = _person(reference, Permission.RESTART_COUNT)
    form = CountForm()
    with reading() as session:
        place = place_of(session, person)
    if form.validate_on_submit():

        def _restart(session: Session) -> str:
            restart_count_of(session, form.request(person.reference), by=actor(), now=now())
            return person.reference

        if _carried_out(form, "restart_count", _restart):
            flash("Views count from that day. Earlier looks are kept and shown.", "success")
            return redirect(place.back, 303)
    return render_template("referrals/count.html", form=form, place=place)


def _read_anew(form: ReleaseForm, looks: list[str]) -> None:
    """The form stands on the looks that the page names now."""
    form.seen.data, form.seen.typed = mark_of_reviewed(looks), {"": [mark_of_reviewed(looks)]}


def _person(reference: str, permission: Permission) -> Person:
    with transaction() as session:
        return open_person_for_legal(session, reference, permission, by=actor(), now=now())


def _carried_out(form: Form, name: str, do: Callable[[Session], str]) -> bool:
    """Whether it was done, once however often it is posted; otherwise the form says why not."""
    try:
        with transaction() as session:
            submission = form.submission.value
            once(session, submission, form=name, by=actor(), now=now(), do=lambda: do(session))
    except ProblemError as problem:
        form.refuse(problem.field if problem.field in form else "", problem.message)
        return False
    except NotOpenError as error:
        form.refuse("", str(error))
        return False
    return True


def _who_may_be_held(session: Session, person: Person) -> list[tuple[str, str]]:
    """The person, and family and household on record."""
    members = group_of(session, saved_key(person)).members
    family = list_family(session, members, by=actor(), on=london_day(now()))
    others = {
        one.person.reference: f"{called(one.person)} ({FAMILY_LINK_WORDS[one.kind]})"
        for one in family
        if one.person is not None
    }
    return list({person.reference: called(person), **others}.items())
