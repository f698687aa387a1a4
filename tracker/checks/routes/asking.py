"""Recording a check: begin, three short pages, check your answers, ask for a decision."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.errors import CheckError
from tracker.checks.forms.asking import (
    SAME_AS_LAST_TIME,
    AgreementForm,
    AnswersForm,
    DiscardForm,
    LookForm,
    StartForm,
    WhyForm,
)
from tracker.checks.forms.questions import ALWAYS_TRUE
from tracker.checks.last_time import as_answers, find_last_check, last_found, purposes_used
from tracker.checks.routes.answers import rows_of
from tracker.checks.routes.blueprint import made_once, pages
from tracker.checks.routes.draft_pages import (
    FORM,
    AskedAlreadyError,
    Pages,
    draft_of,
    first_relation,
    open_draft,
    pages_of,
)
from tracker.checks.routes.offers import offer_about, offer_look, offer_purposes, offer_teams
from tracker.checks.routes.on_record import said_and_told
from tracker.checks.services import submit_check
from tracker.decisions.vocabulary import WhyNotByAgreement
from tracker.drafts.services import begin_draft, end_draft, once, save_draft
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.services import open_in_passing
from tracker.policy.vocabulary import Visibility
from tracker.rulebook.selectors import lawful_basis_of, limits_in_force
from tracker.viewings.models import LookReport
from tracker.web.dates import in_london
from tracker.web.forms import RESTORED
from tracker.web.request import actor, now, reading, transaction


@pages.route("/people/<reference>/checks/new", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(StartForm,))
def begin(reference: str) -> str | Response:
    """Begin a check about this person, in a team that is involved with them."""
    with transaction() as session:
        person = open_in_passing(session, reference, Permission.ASK_FOR_CHECK, by=actor(), now=now())
    form = StartForm()
    with reading() as session:
        offer_teams(session, form.team, by=actor(), involved=True, person=person)
    teams = list(form.team.options.meaning)
    if len(teams) == 1:
        form.team.data = teams[0]
    if form.is_submitted() and not teams:
        form.refuse("", "None of your teams works with this person")
    elif form.is_submitted() and (form.validate_on_submit() or _only_the_team_is_missing(form, teams)):
        team = form.team.data or teams[0]
        made = made_once(form, "begin_check", lambda session: _begun(session, person, team))
        return redirect(url_for("checks.why", reference=made), 303)
    return render_template("checks/begin.html", form=form, person=person, teams=teams)


@pages.route("/checks/drafts/<reference>/why", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(WhyForm,))
def why(reference: str) -> str | Response:
    """Page 1: whose page, who it is about, and why."""
    with transaction() as session:
        open_draft(session, reference, by=actor(), now=now())
    with reading() as session:
        draft, person = draft_of(session, reference, by=actor(), now=now())
        form = _why_form(session, draft.content, person)
        offer_about(session, form, person, by=actor(), now=now())
        offer_purposes(session, form, now=now())
        used = purposes_used(session, staff_id=actor().staff_id)
    if used:
        words = ", ".join(purpose.label for purpose in used)
        tick = "Use what I chose last time for this purpose, for all but the reasons"
        form.as_last_time.offer([(SAME_AS_LAST_TIME, tick, f"You have asked before for {words}.")])
    if form.validate_on_submit():
        with transaction() as session:
            content: dict[str, Any] = {"why": _without_the_tick(form)}
            if SAME_AS_LAST_TIME in (form.as_last_time.data or ()):
                content |= _as_last_time(session, form, person)
            save_draft(session, reference, content=content, by=actor(), now=now())
        following = "checks.answers" if "look" in content else "checks.look"
        if form.why_not_by_agreement.data is WhyNotByAgreement.NOT_YET_ASKED:
            following = "checks.ask_first"
        return redirect(url_for(following, reference=reference), 303)
    return render_template("checks/why.html", form=form, person=person, draft=reference, offers_last_time=bool(used))


@pages.route("/checks/drafts/<reference>/look", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(LookForm,))
def look(reference: str) -> str | Response:
    """Page 2: the look."""
    with transaction() as session:
        open_draft(session, reference, by=actor(), now=now())
    with reading() as session:
        draft, person = draft_of(session, reference, by=actor(), now=now())
        found = last_found(session, group_of(session, person.id or 0).members)
        form = _look_form(draft.content, _visibility(found))
        platforms_of = offer_look(session, form, person, by=actor(), now=now())
    sent = form.validate_on_submit()
    if form.is_submitted() and form.submission.data and "_restored" not in request.form:
        form.check_platforms(platforms_of)
    if sent and not form.platforms.errors:
        with transaction() as session:
            save_draft(session, reference, content={"look": form.raw_values()}, by=actor(), now=now())
        return redirect(url_for("checks.agreement", reference=reference), 303)
    return render_template(
        "checks/look.html",
        form=form,
        person=person,
        draft=reference,
        found=found,
        always=[one.label for one in ALWAYS_TRUE],
    )


@pages.route("/checks/drafts/<reference>/agreement", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(AgreementForm,))
def agreement(reference: str) -> str | Response:
    """Page 3: what is on record of agreement and notice; a new one is recorded on the spot."""
    form = AgreementForm()
    with transaction() as session:
        open_draft(session, reference, by=actor(), now=now())
    with reading() as session:
        _, person = draft_of(session, reference, by=actor(), now=now())
        if form.validate_on_submit():
            return redirect(url_for("checks.answers", reference=reference), 303)
        said, told = said_and_told(session, person, by=actor(), on=in_london(now()).date())
    return render_template("checks/agreement.html", form=form, person=person, draft=reference, said=said, told=told)


@pages.route("/checks/drafts/<reference>/answers", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(AnswersForm,))
def answers(reference: str) -> str | Response:
    """Check your answers, and ask for a decision: nothing is decided before it."""
    form = AnswersForm()
    with transaction() as session:
        open_draft(session, reference, by=actor(), now=now())
    with reading() as session:
        draft = pages_of(session, reference, by=actor(), now=now())
        if not draft.why_is_whole:
            return redirect(url_for("checks.why", reference=reference), 303)
        if not draft.look_is_whole():
            return redirect(url_for("checks.look", reference=reference), 303)
        basis = lawful_basis_of(session, draft.why.purpose.value)
        limits = limits_in_force(session, at=now())
    if form.validate_on_submit():
        made = _asked(reference, draft, form)
        if made:
            return redirect(url_for("checks.show", reference=made), 303)
    rows = rows_of(draft, reference)
    return render_template(
        "checks/answers.html",
        form=form,
        person=draft.person,
        draft=reference,
        rows=rows,
        basis=basis,
        limits=limits,
        always=[one.label for one in ALWAYS_TRUE],
    )


@pages.route("/checks/drafts/<reference>/discard", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(DiscardForm,))
def discard(reference: str) -> str | Response:
    """Throw a draft away, once that was confirmed."""
    form = DiscardForm()
    if form.validate_on_submit():
        about = made_once(form, "discard_check", lambda session: _discarded(session, reference))
        flash("The unfinished check was thrown away.", "success")
        return redirect(url_for("overview.show_person", reference=about), 303)
    with transaction() as session:
        open_draft(session, reference, by=actor(), now=now())
    with reading() as session:
        _, person = draft_of(session, reference, by=actor(), now=now())
    return render_template("checks/discard.html", form=form, person=person, draft=reference)


@pages.errorhandler(AskedAlreadyError)
def asked_already(error: AskedAlreadyError) -> Response:
    """A second click, or a tab that still shows a draft that was sent: on to what became of it."""
    flash("You have asked for this check already. Nothing was asked a second time.", "success")
    return redirect(url_for("checks.show", reference=error.check), 303)


def _asked(reference: str, draft: Pages, form: AnswersForm) -> str | None:
    """The reference of the check made; None where the answers cannot be taken, and the form says why."""
    try:
        with transaction() as session:
            return once(
                session,
                reference,
                form=FORM,
                by=actor(),
                now=now(),
                do=lambda: _submitted(session, reference, draft, form),
            )
    except CheckError as error:
        form.refuse("", str(error))
        return None


def _submitted(session: Session, reference: str, draft: Pages, form: AnswersForm) -> str:
    check = submit_check(session, draft.new_check(form), by=actor(), now=now())
    end_draft(session, reference, by=actor(), now=now())
    return check.reference


def _discarded(session: Session, reference: str) -> str:
    _, person = draft_of(session, reference, by=actor(), now=now())
    end_draft(session, reference, by=actor(), now=now())
    return person.reference


def _begun(session: Session, person: Person, team: str) -> str:
    content = {"team": team}
    return begin_draft(session, form=FORM, about=person.reference, content=content, by=actor(), now=now()).reference


def _only_the_team_is_missing(form: StartForm, teams: list[str]) -> bool:
    """With one team nothing is asked: the page is one button."""
    sent_as_it_was = not form.submission.errors and not form.csrf_token.errors and RESTORED not in request.form
    return len(teams) == 1 and sent_as_it_was and "team" not in request.form


def _why_form(session: Session, content: dict[str, Any], person: Person) -> WhyForm:
    if request.method == "POST":
        return WhyForm()
    if "why" in content:
        return WhyForm.from_raw(content["why"])
    return WhyForm(data=first_relation(session, person, content["team"]))


ABOUT_LAST_TIME = {"as_last_time", "confidential_this_time", "illegal_this_time"}


def _without_the_tick(form: WhyForm) -> dict[str, list[str]]:
    return {name: values for name, values in form.raw_values().items() if name not in ABOUT_LAST_TIME}


def _look_form(content: dict[str, Any], found: Visibility | None) -> LookForm:
    if request.method == "POST":
        return LookForm()
    if "look" in content:
        return LookForm.from_raw(content["look"])
    return LookForm(data={"viewer": actor().reference, "visibility": found})


def _as_last_time(session: Session, why: WhyForm, person: Person) -> dict[str, Any]:
    """Page 2 as it was the last time for this purpose; nothing where there was none.

    The platforms are those of this person's profiles where any is on record; what is expected of the page was asked anew.
    """
    last = find_last_check(session, staff_id=actor().staff_id, purpose=why.purpose.value)
    if last is None:
        return {}
    found = last_found(session, group_of(session, person.id or 0).members)
    answers = as_answers(session, last, visibility=_visibility(found))
    answers["confidential_material_likely"] = why.confidential_this_time.data
    answers["illegal_content_suspected"] = why.illegal_this_time.data
    form = LookForm(formdata=None, data=answers)
    platforms_of = offer_look(session, form, person, by=actor(), now=now())
    form.profiles.data = tuple(key for key, platform in platforms_of.items() if platform in answers["platforms"])
    if platforms_of:
        form.platforms.data = tuple(one for one in answers["platforms"] if one in platforms_of.values())
    return {"look": form.raw_values()}


def _visibility(found: LookReport | None) -> Visibility | None:
    return Visibility(found.visibility_found) if found and found.visibility_found else None
