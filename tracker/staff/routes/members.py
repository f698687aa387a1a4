"""Members of staff: found, added, shown and closed. An administrator sees who they are here, and no case."""

from flask import redirect, render_template, request, session, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.staff.attempting import passwords
from tracker.staff.entitlement import may_change_account_of
from tracker.staff.forms import NewMemberForm, SearchStaffForm
from tracker.staff.routes.access import keep_to_show
from tracker.staff.routes.blueprint import carried_out, pages
from tracker.staff.selectors import get_staff_by_reference
from tracker.staff.selectors.administering import member_page
from tracker.staff.selectors.cover import may_name_somebody_for
from tracker.staff.selectors.roster import count_members, list_members
from tracker.staff.services import add_staff_member
from tracker.storage.tables import saved_key
from tracker.web.paging import paging
from tracker.web.request import actor, now, reading

SEARCHED_FOR = "staff_searched_for"
"""In the cookie: a name that was looked for is in no address."""


@pages.route("/staff", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(SearchStaffForm,))
def members() -> str | Response:
    """Staff who work here, by name, and finding one of them."""
    form = SearchStaffForm(data={"words": session.get(SEARCHED_FOR, "")})
    if form.validate_on_submit():
        session[SEARCHED_FOR] = form.words.data
        return redirect(url_for("staff.members"), 303)
    words = session.get(SEARCHED_FOR, "")
    return render_template("staff/members.html", form=form, words=words, **_listed(words, closed=False))


@pages.get("/staff/closed")
@requires(Permission.MANAGE_STAFF)
def closed_members() -> str:
    """Staff who were closed, by name."""
    return render_template("staff/closed_members.html", **_listed("", closed=True))


@pages.route("/staff/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(NewMemberForm,))
def new_member() -> str | Response:
    """Add somebody who is to sign in; their one-time password is shown next."""
    form = NewMemberForm()
    if form.validate_on_submit():

        def _add(database_session: Session) -> str:
            added = add_staff_member(database_session, form.request(), by=actor(), now=now(), passwords=passwords())
            keep_to_show(added.member.reference, added.one_time_password)
            return added.member.reference

        reference = carried_out(form, "staff_member", _add, {"email": "work_email"})
        if reference:
            return redirect(url_for("staff.password_shown", reference=reference), 303)
    return render_template("staff/new_member.html", form=form)


@pages.get("/staff/<reference>")
@requires(Permission.MANAGE_STAFF)
def member(reference: str) -> str:
    """Who somebody is here: roles, teams, shifts, cover, lock, last sign-in."""
    with reading() as database_session:
        page = member_page(database_session, get_staff_by_reference(database_session, reference), now=now())
        may_name_deputy = may_name_somebody_for(database_session, page.member, by=actor(), now=now())
    others = may_change_account_of(actor(), saved_key(page.member))
    may = {"may_change": others and page.is_open, "may_name_deputy": others and may_name_deputy, "own": not others}
    return render_template("staff/member.html", page=page, **may)


def _listed(words: str, *, closed: bool) -> dict[str, object]:
    with reading() as database_session:
        total = count_members(database_session, closed=closed, words=words, now=now())
        shown = paging(total, request.args.get("page"))
        lines = list_members(database_session, shown, closed=closed, words=words, now=now())
    return {"lines": lines, "shown": shown, "total": total}
