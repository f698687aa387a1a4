"""Signing in and out, and one's own settings."""

import time
from math import ceil

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.access.decorators import public, requires
from tracker.access.permissions import Permission
from tracker.staff.attempting import delay_of_caller, passwords, take_time_to_refuse, try_password
from tracker.staff.current import about_to_enter, enter, leave, signed_in, was_signed_in
from tracker.staff.forms import FirstPasswordForm, PasswordForm, SignInForm
from tracker.staff.models import StaffMember
from tracker.staff.passwords import ChosenPassword, WeakPasswordError, choose_password
from tracker.staff.routes.blueprint import pages
from tracker.staff.selectors import get_staff_by_id, own_settings
from tracker.staff.services import Refusal, change_password, prove_password, sign_in, sign_out, start_session
from tracker.staff.sign_in import local_page
from tracker.web.logging import log
from tracker.web.register import council_shown
from tracker.web.request import actor, now, reading, settings, stop_reading, transaction

NOT_LET_IN = (
    "The e-mail address or the password is wrong, or the account is locked. "
    "After 10 wrong tries an account is locked for 30 minutes; an administrator can unlock it"
)
ONE_TIME_ENDED = "Your one-time password has ended. Ask an administrator for a new one"


@pages.route("/sign-in", methods=["GET", "POST"])
@public(forms=(SignInForm,))
def sign_in_page() -> Answer | tuple[str, int, dict[str, str]] | str:
    """The sign-in page. It answers alike, and in the same time, whether or not the account exists."""
    if request.method == "GET" and signed_in() is not None:
        return redirect("/", 303)
    form = SignInForm()
    if form.validate_on_submit():
        return _try_to_sign_in(form)
    return _sign_in_form(form)


@pages.post("/sign-out")
@requires(Permission.OWN_SETTINGS)
def sign_out_page() -> Answer:
    """Ends the session and shows the sign-in page."""
    entered = signed_in()
    if entered is not None:
        with transaction() as session:
            sign_out(session, entered.token, by=entered.actor, now=now())
    leave()
    flash("You have signed out", "success")
    return redirect(url_for("staff.sign_in_page"), 303)


@pages.get("/settings")
@requires(Permission.OWN_SETTINGS)
def settings_page() -> str:
    """Who one is here: name, address, roles, cover."""
    with reading() as session:
        shown = own_settings(session, by=actor(), now=now())
    return render_template("staff/settings.html", shown=shown)


@pages.route("/settings/password", methods=["GET", "POST"])
@requires(Permission.OWN_SETTINGS, forms=(PasswordForm, FirstPasswordForm))
def password_page() -> str | Answer:
    """Changing one's password: with the current one, or at once after a one-time password."""
    entered = signed_in()
    first = entered is not None and entered.must_change_password
    form = FirstPasswordForm() if first else PasswordForm()
    if form.validate_on_submit() and form.passwords_agree():
        with reading() as session:
            member = get_staff_by_id(session, actor().staff_id)
        chosen = _choose(form, member) if _proved(form, member) else None  # else it would tell what the password is
        if chosen is not None:
            return _change(chosen)
    return render_template("staff/password.html", form=form, first=first)


def _try_to_sign_in(form: SignInForm) -> Answer | tuple[str, int, dict[str, str]] | str:
    delay = ceil(delay_of_caller().total_seconds())
    if delay:
        form.refuse("", f"Too many wrong tries came from your network. Try again in {delay} seconds")
        return _sign_in_form(form), 429, {"Retry-After": str(delay)}
    started = time.perf_counter()
    attempt = try_password(form.email.value, form.password.value)
    with transaction() as session:
        answer = sign_in(session, attempt, now=now())
        entering = about_to_enter(session, answer.token) if answer.token is not None else None
    if entering is not None:
        enter(entering)
        return redirect(local_page(request.args.get("next")) or "/", 303)
    if answer.refusal is Refusal.UNKNOWN:
        log("sign_in_to_unknown_account")
    take_time_to_refuse(started)
    form.refuse("", ONE_TIME_ENDED if answer.refusal is Refusal.ONE_TIME_ENDED else NOT_LET_IN)
    return _sign_in_form(form)


def _sign_in_form(form: SignInForm) -> str:
    return render_template("staff/sign_in.html", form=form, signed_out=was_signed_in())


def _choose(form: FirstPasswordForm, member: StaffMember) -> ChosenPassword | None:
    personal = (member.email, member.name, settings().council_name, council_shown())
    stop_reading()  # nothing is held while a password is hashed
    if passwords().matches(member.password_hash, form.new.value):
        form.refuse("new", "The new password must be different from the one before")
        return None
    try:
        return choose_password(form.new.value, passwords=passwords(), personal=personal)
    except WeakPasswordError as weak:
        form.refuse("new", str(weak))
        return None


def _proved(form: FirstPasswordForm, member: StaffMember) -> bool:
    """Whether the current password was right; a wrong one counts like one at the door. A one-time password was just typed."""
    if not isinstance(form, PasswordForm):
        return True
    attempt = try_password(member.email, form.current.value)
    with transaction() as session:
        refusal = prove_password(session, attempt, now=now())
    if refusal is not None:
        form.refuse("current", "The current password is wrong, or your account is locked after too many wrong tries")
    return refusal is None


def _change(chosen: ChosenPassword) -> Answer:
    with transaction() as session:
        change_password(session, chosen, by=actor(), now=now())
        entering = about_to_enter(session, start_session(session, actor().staff_id, now=now()))
    enter(entering)
    flash("Your password was changed. You are signed out everywhere else", "success")
    return redirect(url_for("staff.settings_page"), 303)
