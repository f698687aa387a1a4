"""Pages of consents, notices and objections: reached from a person's page and from inside a check that is being recorded."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.consent.forms import ConsentForm, NoticeForm, ObjectionForm, ScopedForm, SettleForm
from tracker.consent.givers import list_givers
from tracker.consent.opening import open_consent, open_notice
from tracker.consent.selectors import (
    get_consent,
    get_notice,
    list_consents,
    list_objections,
    list_standing_disagreements,
)
from tracker.consent.services import (
    is_involved,
    record_consent,
    record_notice,
    record_objection,
    settle_disagreement,
)
from tracker.consent.showing import rows_of_consent, rows_of_notice, status_of_consent, status_of_notice
from tracker.consent.wording import competence_question
from tracker.drafts.selectors import get_draft
from tracker.drafts.services import once
from tracker.people.groups import PersonGroup, group_of
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import get_person_by_id, standing_of
from tracker.people.services import open_in_passing, require_person
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.limits import Limits
from tracker.policy.periods import london_day
from tracker.rulebook.selectors import limits_in_force
from tracker.staff.models import Team
from tracker.staff.selectors import get_team_by_id
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.web.forms import Form
from tracker.web.request import actor, now, reading, transaction

pages = Blueprint("consent", __name__)

CHECK = "check"
"""The form whose drafts these pages go back to."""


@dataclass(frozen=True)
class Place:
    """Where something is recorded: about whom, for which of the actor's teams, and in which draft of a check, if any."""

    person: Person
    group: PersonGroup
    teams: tuple[Team, ...]
    draft: str | None
    limits: Limits

    @property
    def back(self) -> str:
        """Where the page was reached from."""
        if self.draft:
            return url_for("checks.agreement", reference=self.draft)
        return url_for("overview.show_person", reference=self.person.reference)

    def team_chosen(self, form: ScopedForm) -> str | None:
        """The team that records it: the one chosen, or the only one there is; None, and an error, where none was chosen."""
        if form.team.data or len(self.teams) == 1:
            return form.team.data or self.teams[0].reference
        form.refuse("team", "Select which of your teams records this")
        return None


@pages.route("/people/<reference>/consents/new", methods=["GET", "POST"])
@requires(Permission.RECORD_CONSENT, forms=(ConsentForm,))
def new_consent(reference: str) -> str | Response:
    """Record what was said about a look at somebody's social media."""
    form = ConsentForm()
    place = _place_of(reference, Permission.RECORD_CONSENT, form)
    form.competence.label.text = competence_question(place.group, on=london_day(now()))
    form.until_on.description = _default_end(place.limits.consent_default_months)
    _offer_givers(form, place.group)
    if form.validate_on_submit() and (team := place.team_chosen(form)):

        def _record(session: Session) -> str:
            return record_consent(session, form.request(place.person.reference, team), by=actor(), now=now()).reference

        made = _carried_out(form, "consent", _record)
        if made:
            flash("What was said is recorded.", "success")
            following = place.back if place.draft else url_for("consent.show_consent", reference=made)
            return redirect(following, 303)
    return render_template("consent/new_consent.html", form=form, place=place)


@pages.route("/people/<reference>/notices/new", methods=["GET", "POST"])
@requires(Permission.RECORD_NOTICE, forms=(NoticeForm,))
def new_notice(reference: str) -> str | Response:
    """Record what somebody was told about looks at their social media."""
    form = NoticeForm()
    place = _place_of(reference, Permission.RECORD_NOTICE, form)
    form.until_on.description = _default_end(place.limits.notice_default_months)
    if form.validate_on_submit() and (team := place.team_chosen(form)):

        def _record(session: Session) -> str:
            return record_notice(session, form.request(place.person.reference, team), by=actor(), now=now()).reference

        made = _carried_out(form, "notice", _record)
        if made:
            flash("What they were told is recorded.", "success")
            following = place.back if place.draft else url_for("consent.show_notice", reference=made)
            return redirect(following, 303)
    return render_template("consent/new_notice.html", form=form, place=place)


@pages.route("/notices/<reference>/objection", methods=["GET", "POST"])
@requires(Permission.RECORD_NOTICE, forms=(ObjectionForm,))
def new_objection(reference: str) -> str | Response:
    """Record an objection to what a notice announced."""
    form = ObjectionForm()
    with reading() as session:
        notice = get_notice(session, reference)
        person = get_person_by_id(session, notice.person_id)
        require_person(session, person, Permission.RECORD_NOTICE, by=actor(), now=now(), allowed=is_involved)
    if form.validate_on_submit():

        def _record(session: Session) -> str:
            record_objection(session, form.request(notice.reference), by=actor(), now=now())
            return notice.reference

        if _carried_out(form, "objection", _record):
            flash("The objection is recorded.", "success")
            return redirect(url_for("consent.show_notice", reference=notice.reference), 303)
    return render_template("consent/new_objection.html", form=form, person=person, notice=notice)


@pages.route("/consents/<reference>")
@requires(Permission.OPEN_PERSON)
def show_consent(reference: str) -> str:
    """One consent, refusal or withdrawal; of another team's only that and when."""
    with transaction() as session:
        opened = open_consent(session, reference, by=actor(), now=now())
    with reading() as session:
        consent = get_consent(session, reference)
        members = group_of(session, saved_key(opened.person)).members
        return render_template(
            "consent/consent.html",
            person=opened.person,
            consent=consent,
            status=status_of_consent(consent, list_consents(session, members), now=now()),
            rows=rows_of_consent(session, consent, whole=opened.whole),
            whole=opened.whole,
            may_record=opened.may_record,
            disagreements=list_standing_disagreements(session, members) if opened.whole else (),
            may_settle=has_permission(actor(), Permission.SETTLE_DISAGREEMENT),
        )


@pages.route("/consents/<reference>/settle", methods=["GET", "POST"])
@requires(Permission.SETTLE_DISAGREEMENT, forms=(SettleForm,))
def settle(reference: str) -> str | Response:
    """Legal settles that those who may consent disagree: the refusal that stood for it is struck through."""
    form = SettleForm()
    with reading() as session:
        refusal = get_consent(session, reference)
        members = group_of(session, refusal.person_id).members
        if refusal.id not in {one.id for one in list_standing_disagreements(session, members)}:
            raise NoSuchRecordError("there is no disagreement that waits to be settled here")
        said = [one for one in list_consents(session, members) if not one.disagreement and one.struck_at is None]
    with transaction() as session:
        opened = open_consent(session, reference, by=actor(), now=now())
    if form.validate_on_submit():

        def _settle(session: Session) -> str:
            settle_disagreement(session, reference, why=form.why.value, by=actor(), now=now())
            return reference

        if _carried_out(form, "settle_disagreement", _settle):
            flash("The disagreement is settled.", "success")
            return redirect(url_for("consent.show_consent", reference=reference), 303)
    return render_template("consent/settle.html", form=form, person=opened.person, refusal=refusal, said=said)


@pages.route("/notices/<reference>")
@requires(Permission.OPEN_PERSON)
def show_notice(reference: str) -> str:
    """One notice, with the objections to it; of another team's only that and when."""
    with transaction() as session:
        opened = open_notice(session, reference, by=actor(), now=now())
    with reading() as session:
        notice = get_notice(session, reference)
        objections = list_objections(session, [saved_key(notice)])
        return render_template(
            "consent/notice.html",
            person=opened.person,
            notice=notice,
            status=status_of_notice(notice, objections, now=now()),
            rows=rows_of_notice(session, notice, whole=opened.whole),
            objections=objections,
            whole=opened.whole,
            may_object=opened.may_record,
        )


def _place_of(reference: str, permission: Permission, form: ScopedForm) -> Place:
    """Where a page of `form` records, its teams offered. Raises as `require_person` does, and `NoSuchRecordError`."""
    with transaction() as session:
        person = open_in_passing(session, reference, permission, by=actor(), now=now(), allowed=is_involved)
    with reading() as session:
        standing = standing_of(session, saved_key(person), on=london_day(now()))
        reached = standing.teams | actor().duty_teams
        mine = [get_team_by_id(session, team) for team in actor().work_teams if team in reached]
        teams = tuple(sorted(mine, key=lambda team: team.name))
        form.team.offer([(team.reference, team.name) for team in teams])
        limits = limits_in_force(session, at=now()).limits
        return Place(person, group_of(session, saved_key(person)), teams, _draft_of(session, person), limits)


def _offer_givers(form: ConsentForm, group: PersonGroup) -> None:
    with reading() as session:
        family = list_givers(session, group, by=actor(), on=london_day(now()))
        words = {
            one.person.reference: f"{one.person.name or one.person.known_by} ({FAMILY_LINK_WORDS[one.kind]})"
            for one in family
            if one.person is not None
        }
    form.offer_givers(list(words.items()))


def _draft_of(session: Session, person: Person) -> str | None:
    """The draft named in the address, where it is the actor's own, of a check about this person; otherwise None."""
    try:
        draft = get_draft(session, request.args.get("draft", ""), by=actor(), now=now())
    except NoSuchRecordError:
        return None
    return draft.reference if (draft.form, draft.about) == (CHECK, person.reference) else None


def _carried_out(form: Form, name: str, do: Callable[[Session], str]) -> str | None:
    """What `do` made, once however often it is posted; None where it cannot be recorded, and the form says why."""
    try:
        with transaction() as session:
            submission = form.submission.value
            return once(session, submission, form=name, by=actor(), now=now(), do=lambda: do(session))
    except ProblemError as problem:
        form.refuse(problem.field if problem.field in form else "", problem.message)
        return None


def _default_end(months: int) -> str:
    return f"Leave it empty for {months} month{'' if months == 1 else 's'}, as your council set it."
