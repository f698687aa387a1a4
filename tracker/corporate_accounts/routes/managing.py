"""Keeping the register: a profile registered or closed, a member of staff allowed to use it or no longer."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.corporate_accounts.forms import CorporateProfileForm, ProfileUserForm
from tracker.corporate_accounts.requests import RegisterError
from tracker.corporate_accounts.routes.register import entry_of, pages
from tracker.corporate_accounts.selectors import get_profile, list_profile_users
from tracker.corporate_accounts.services import allow_user, close_profile, end_user, register_profile
from tracker.drafts.services import once
from tracker.staff.forms import ConfirmForm
from tracker.staff.selectors import get_staff_by_reference, list_staff
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.web.forms import Form
from tracker.web.request import actor, now, reading, transaction

_QUESTIONS = {"registered_at": "registered_on", "staff_id": "member", "from_at": "from_on", "until_at": "until_on"}


@pages.route("/corporate-profiles/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CORPORATE_PROFILES, forms=(CorporateProfileForm,))
def new_profile() -> str | Response:
    """Register a profile."""
    form = CorporateProfileForm()
    if form.validate_on_submit():

        def _register(session: Session) -> str:
            return register_profile(session, form.request(now=now()), by=actor(), now=now()).reference

        reference = _carried_out(form, "corporate_profile", _register)
        if reference:
            flash("The profile was registered. Nobody may use it yet.", "success")
            return redirect(url_for("corporate_accounts.profile", reference=reference), 303)
    return render_template("corporate_accounts/new_profile.html", form=form)


@pages.get("/corporate-profiles/<reference>")
@requires(Permission.MANAGE_CORPORATE_PROFILES)
def profile(reference: str) -> str:
    """One profile: who may use it, could once, or may later."""
    with reading() as session:
        found = get_profile(session, reference)
        users = list_profile_users(session, found)
    running = {
        user.use.id: user.use.until_at is None or user.use.until_at > max(now(), user.use.from_at) for user in users
    }
    entry = entry_of(found, users, now())
    return render_template("corporate_accounts/profile.html", entry=entry, users=users, running=running, profile=found)


@pages.route("/corporate-profiles/<reference>/users/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CORPORATE_PROFILES, forms=(ProfileUserForm,))
def new_user(reference: str) -> str | Response:
    """Allow a member of staff to use a profile."""
    form = ProfileUserForm()
    with reading() as session:
        entry = entry_of(get_profile(session, reference), (), now())
        staff = list_staff(session, now=now())
    form.member.offer([(one.reference, f"{one.name}, {one.job_title}") for one in staff])
    if form.validate_on_submit():

        def _allow(session: Session) -> str:
            member = get_staff_by_reference(session, form.member.value)
            allow_user(session, form.request(reference, saved_key(member), now=now()), by=actor(), now=now())
            return reference

        if _carried_out(form, "corporate_profile_user", _allow):
            flash("They may use the profile.", "success")
            return redirect(url_for("corporate_accounts.profile", reference=reference), 303)
    return render_template("corporate_accounts/new_user.html", form=form, entry=entry)


@pages.route("/corporate-profiles/<reference>/users/<member>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_CORPORATE_PROFILES, forms=(ConfirmForm,))
def end_use(reference: str, member: str) -> str | Response:
    """End the use of a profile by a member of staff."""
    form = ConfirmForm()
    with reading() as session:
        found, user = get_profile(session, reference), get_staff_by_reference(session, member)
        if user.id not in {one.use.staff_id for one in list_profile_users(session, found)}:
            raise NoSuchRecordError
    if form.validate_on_submit():

        def _end(session: Session) -> str:
            end_user(session, reference, saved_key(user), by=actor(), now=now())
            return reference

        if _carried_out(form, "corporate_profile_user_ended", _end):
            flash("They may no longer use the profile.", "success")
            return redirect(url_for("corporate_accounts.profile", reference=reference), 303)
    entry = entry_of(found, (), now())
    return render_template("corporate_accounts/end_use.html", form=form, entry=entry, user=user)


@pages.route("/corporate-profiles/<reference>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_CORPORATE_PROFILES, forms=(ConfirmForm,))
def close(reference: str) -> str | Response:
    """Close a profile: nobody may use it from now."""
    form = ConfirmForm()
    with reading() as session:
        entry = entry_of(get_profile(session, reference), (), now())
    if form.validate_on_submit():

        def _close(session: Session) -> str:
            return close_profile(session, reference, by=actor(), now=now()).reference

        if _carried_out(form, "corporate_profile_closed", _close):
            flash("The profile was closed.", "success")
            return redirect(url_for("corporate_accounts.profile", reference=reference), 303)
    return render_template("corporate_accounts/close.html", form=form, entry=entry)


def _carried_out(
    form: Form, name: str, do: Callable[[Session], str], questions: Mapping[str, str] = _QUESTIONS
) -> str | None:
    """What `do` made, once however often it is posted; None where it cannot be done, and the form says why."""
    try:
        with transaction() as session:
            submission = form.submission.value
            return once(session, submission, form=name, by=actor(), now=now(), do=lambda: do(session))
    except RegisterError as error:
        question = questions.get(error.field, error.field)
        form.refuse(question if question in form else "", str(error))
        return None
