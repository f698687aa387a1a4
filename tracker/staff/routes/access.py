"""How somebody gets in: a one-time password shown once, a lock ended, signed out everywhere."""

from collections.abc import Callable

from flask import flash, redirect, render_template, session, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.staff.attempting import passwords
from tracker.staff.forms import ConfirmForm
from tracker.staff.routes.blueprint import carried_out, member_of, pages
from tracker.staff.services import end_lock, end_sessions, give_one_time_password
from tracker.staff.services.authority import require_administrator
from tracker.storage.tables import saved_key
from tracker.web.request import actor, now

TO_SHOW = "one_time_password"
"""In the administrator's own cookie, from giving a password until the next page has shown it; it is kept nowhere else."""


def keep_to_show(reference: str, password: str) -> None:
    """Has the next page show that member's password, once."""
    session[TO_SHOW] = [reference, password]


@pages.route("/staff/<reference>/password", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(ConfirmForm,))
def give_password(reference: str) -> str | Response:
    """Give somebody a password for one use."""

    def _give(database_session: Session, staff_id: int) -> None:
        made = give_one_time_password(database_session, staff_id, by=actor(), now=now(), passwords=passwords())
        keep_to_show(reference, made)

    return _one_button(reference, "staff/give_password.html", "one_time_password", _give, "staff.password_shown", "")


@pages.get("/staff/<reference>/password/shown")
@requires(Permission.MANAGE_STAFF)
def password_shown(reference: str) -> str:
    """The password that was just given. Opened again, the page says that it was shown."""
    shown = member_of(reference)
    kept = session.pop(TO_SHOW, None)
    password = kept[1] if kept and kept[0] == reference else ""
    return render_template("staff/password_shown.html", member=shown, password=password)


@pages.route("/staff/<reference>/lock", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(ConfirmForm,))
def unlock(reference: str) -> str | Response:
    """End the lock on somebody's account before its 30 minutes are over."""

    def _end(database_session: Session, staff_id: int) -> None:
        end_lock(database_session, staff_id, by=actor(), now=now())

    return _one_button(reference, "staff/unlock.html", "lock_ended", _end, "staff.member", "The account is unlocked.")


@pages.route("/staff/<reference>/signed-out", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(ConfirmForm,))
def sign_out_everywhere(reference: str) -> str | Response:
    """Sign somebody out on every device."""

    def _end(database_session: Session, staff_id: int) -> None:
        end_sessions(database_session, staff_id, by=actor(), now=now())

    said = "They are signed out everywhere."
    return _one_button(reference, "staff/sign_out_everywhere.html", "signed_out_everywhere", _end, "staff.member", said)


def _one_button(
    reference: str, template: str, name: str, do: Callable[[Session, int], None], leads_to: str, said: str
) -> str | Response:
    """A page that says what its one button does, and the page after it. Nobody has one for their own account."""
    whose, form = member_of(reference), ConfirmForm()
    require_administrator(actor(), of=whose)
    if form.validate_on_submit():

        def _do(database_session: Session) -> str:
            do(database_session, saved_key(whose))
            return reference

        if carried_out(form, name, _do):
            if said:
                flash(said, "success")
            return redirect(url_for(leads_to, reference=reference), 303)
    return render_template(template, form=form, member=whose)
