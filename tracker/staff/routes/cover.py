"""Who stands in for whom: one's own cover, cover of others, and ending it."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission, require
from tracker.policy.entitlement import ROLE_WORDS
from tracker.staff.forms import ConfirmForm, DeputyForm
from tracker.staff.models import Deputy, StaffMember
from tracker.staff.routes.blueprint import carried_out, member_of, pages
from tracker.staff.selectors import get_staff_by_id, get_staff_by_reference
from tracker.staff.selectors.cover import (
    cover_line,
    get_cover,
    list_cover_seen_to,
    list_who_could_stand_in,
    list_who_may_be_covered,
    may_be_ended_by,
    may_name_somebody_for,
    own_cover,
)
from tracker.staff.services import end_cover, name_deputy
from tracker.storage.tables import saved_key
from tracker.web.dates import end_in_words, in_words
from tracker.web.request import actor, now, reading

_QUESTIONS = {"from_at": "from_on", "until_at": "until_on", "deputy": "member"}


@pages.get("/settings/cover")
@requires(Permission.OWN_SETTINGS)
def my_cover() -> str:
    """Who stands in for whoever is signed in, and for whom they stand in: now, to come, and over."""
    with reading() as session:
        shown = own_cover(session, by=actor(), now=now())
    others = has_permission(actor(), Permission.NAME_DEPUTY)
    return render_template("staff/my_cover.html", shown=shown, others=others)


@pages.route("/settings/cover/new", methods=["GET", "POST"])
@requires(Permission.OWN_SETTINGS, forms=(DeputyForm,))
def name_my_deputy() -> str | Response:
    """Name who stands in for oneself."""
    form = DeputyForm()
    with reading() as session:
        me = get_staff_by_id(session, actor().staff_id)
        _offer(form, list_who_could_stand_in(session, me, by=actor(), now=now()))
    if form.validate_on_submit() and _named(form, me):
        return redirect(url_for("staff.my_cover"), 303)
    passed_on = sorted({ROLE_WORDS[held.role] for held in actor().holdings if held.covers is None})
    return render_template("staff/name_my_deputy.html", form=form, passed_on=passed_on)


@pages.get("/cover")
@requires(Permission.NAME_DEPUTY)
def cover() -> str:
    """Cover of others that runs or is to come, and those for whom whoever is signed in may name a deputy."""
    administers = has_permission(actor(), Permission.MANAGE_STAFF)
    with reading() as session:
        lines = list_cover_seen_to(session, by=actor(), now=now())
        away = [] if administers else list_who_may_be_covered(session, by=actor(), now=now())
    return render_template("staff/cover.html", lines=lines, away=away, administers=administers)


@pages.route("/staff/<reference>/cover/new", methods=["GET", "POST"])
@requires(Permission.NAME_DEPUTY, forms=(DeputyForm,))
def name_deputy_for(reference: str) -> str | Response:
    """Name who stands in for somebody who is away and could name nobody."""
    form, away = DeputyForm(), member_of(reference)
    with reading() as session:
        allowed = may_name_somebody_for(session, away, by=actor(), now=now())
        _offer(form, list_who_could_stand_in(session, away, by=actor(), now=now()))
    require(actor(), Permission.NAME_DEPUTY, allowed=allowed, about=away.reference)
    if form.validate_on_submit() and _named(form, away):
        return redirect(url_for("staff.cover"), 303)
    return render_template("staff/name_deputy.html", form=form, away=away)


@pages.route("/cover/<reference>/end", methods=["GET", "POST"])
@requires(Permission.OWN_SETTINGS, forms=(ConfirmForm,))
def end_a_cover(reference: str) -> str | Response:
    """End cover before its time, or before it begins."""
    form = ConfirmForm()
    with reading() as session:
        ending = get_cover(session, reference)
        line = cover_line(session, ending, by=actor(), now=now())
        covered, allowed = (
            get_staff_by_id(session, ending.covers_id),
            may_be_ended_by(session, ending, actor(), now=now()),
        )
    own = ending.covers_id == actor().staff_id
    require(
        actor(), Permission.OWN_SETTINGS if own else Permission.NAME_DEPUTY, allowed=allowed, about=covered.reference
    )
    leads_to = url_for("staff.my_cover" if own else "staff.cover")
    if form.validate_on_submit():

        def _end(session: Session) -> str:
            return end_cover(session, saved_key(ending), by=actor(), now=now()).reference

        if carried_out(form, "cover_ended", _end):
            flash("The cover was ended.", "success")
            return redirect(leads_to, 303)
    return render_template("staff/end_cover.html", form=form, line=line, own=own, leads_to=leads_to, now=now())


def _offer(form: DeputyForm, staff: list[StaffMember]) -> None:
    form.member.offer([(one.reference, f"{one.name}, {one.job_title}") for one in staff])


def _named(form: DeputyForm, covered: StaffMember) -> bool:
    def _name(session: Session) -> str:
        deputy = get_staff_by_reference(session, form.member.value)
        new = form.request(saved_key(covered), saved_key(deputy), now=now())
        made = name_deputy(session, new, by=actor(), now=now())
        flash(_said(made), "success")
        return made.reference

    return carried_out(form, "deputy", _name, _QUESTIONS) is not None


def _said(made: Deputy) -> str:
    """Without a name: the words are kept in the cookie until the page is shown, and the list on it has the names."""
    begins = "now" if made.from_at <= now() else in_words(made.from_at)
    return f"The cover was recorded, from {begins} until {end_in_words(made.until_at)}."
