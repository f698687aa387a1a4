"""Making a proposal: a form of what is now, the difference to check with what it would have changed, and then it waits to be signed."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.drafts.models import Draft
from tracker.drafts.selectors import get_draft
from tracker.drafts.services import begin_draft, end_draft, once, save_draft
from tracker.policy.limits import CAUTION_THRESHOLD, limits_as_json, read_limits
from tracker.policy.vocabulary import Purpose
from tracker.proposals.forms import BasisForm, LimitsForm, PlatformsForm, ProposeForm, PurposesForm
from tracker.proposals.routes.blueprint import pages
from tracker.proposals.showing import Change, changes_of_limits, changes_of_setting, would_change
from tracker.rulebook.requests import NewLimits, NewSetting, RulebookError
from tracker.rulebook.selectors import lawful_basis_of, limits_in_force, platforms_that_tell, purposes_offered
from tracker.rulebook.services import propose_limits, propose_setting
from tracker.rulebook.vocabulary import SUBJECT_WORDS, Subject
from tracker.storage.tables import NoSuchRecordError
from tracker.web.dates import in_london
from tracker.web.forms import Form
from tracker.web.request import actor, now, reading, transaction

FORM = "proposal"
NOTHING = "Nothing would change: this is how it is now"
_WITHOUT_TOKEN = {"csrf": False}


@pages.route("/policy/propose/limits", methods=["GET", "POST"], defaults={"reference": ""})
@pages.route("/policy/propose/limits/<reference>", methods=["GET", "POST"])
@requires(Permission.PROPOSE_LIMITS, forms=(LimitsForm,))
def limits(reference: str) -> str | Response:
    """Every limit with its value now, its range and what it does; and why they should be otherwise."""
    with reading() as session:
        in_force = limits_in_force(session, at=now())
        form = _shown(session, LimitsForm, Subject.LIMITS, reference, limits_as_json(in_force.limits))
    form.fill(in_force.limits)
    if form.validate_on_submit():
        if limits_as_json(read_limits(form.request().values)) != limits_as_json(in_force.limits):
            return _kept(form, Subject.LIMITS, reference)
        form.refuse("", NOTHING)
    return render_template("proposals/limits.html", form=form, caution=CAUTION_THRESHOLD)


@pages.route("/policy/propose/basis/<purpose>", methods=["GET", "POST"], defaults={"reference": ""})
@pages.route("/policy/propose/basis/<purpose>/<reference>", methods=["GET", "POST"])
@requires(Permission.PROPOSE_LIMITS, forms=(BasisForm,))
def basis(purpose: str, reference: str) -> str | Response:
    """The lawful basis of one purpose, who decided it and when; and why."""
    about = _purpose(purpose)
    with reading() as session:
        answers = BasisForm.answers(lawful_basis_of(session, about))
        form = _shown(session, BasisForm, Subject.LAWFUL_BASIS, reference, answers)
    if form.validate_on_submit():
        if form.decided_on.value <= in_london(now()).date():
            return _kept(form, Subject.LAWFUL_BASIS, reference, purpose=about.value)
        form.refuse("decided_on", "When they decided it must not be in the future", "day")
    return render_template("proposals/basis.html", form=form, purpose=about)


@pages.route("/policy/propose/purposes", methods=["GET", "POST"], defaults={"reference": ""})
@pages.route("/policy/propose/purposes/<reference>", methods=["GET", "POST"])
@requires(Permission.PROPOSE_LIMITS, forms=(PurposesForm,))
def purposes(reference: str) -> str | Response:
    """Which purposes are offered, and the council's own hint beside each; and why."""
    with reading() as session:
        offered = purposes_offered(session, at=now())
        form = _shown(session, PurposesForm, Subject.PURPOSES, reference, PurposesForm.answers(offered))
    if form.validate_on_submit():
        if form.request().offered != offered:
            return _kept(form, Subject.PURPOSES, reference)
        form.refuse("offered", NOTHING)
    return render_template("proposals/purposes.html", form=form)


@pages.route("/policy/propose/platforms", methods=["GET", "POST"], defaults={"reference": ""})
@pages.route("/policy/propose/platforms/<reference>", methods=["GET", "POST"])
@requires(Permission.PROPOSE_LIMITS, forms=(PlatformsForm,))
def platforms(reference: str) -> str | Response:
    """The platforms that tell people who looked; and why."""
    with reading() as session:
        tells = platforms_that_tell(session, at=now())
        form = _shown(session, PlatformsForm, Subject.PLATFORMS, reference, {"tells": tuple(tells)})
    if form.validate_on_submit():
        if form.request().tells != tells:
            return _kept(form, Subject.PLATFORMS, reference)
        form.refuse("tells", NOTHING)
    return render_template("proposals/platforms.html", form=form)


@pages.route("/policy/propose/answers/<reference>", methods=["GET", "POST"])
@requires(Permission.PROPOSE_LIMITS, forms=(ProposeForm,))
def answers(reference: str) -> str | Response:
    """Check what would change, and propose it."""
    form = ProposeForm()
    with reading() as session:
        kept = _draft(session, reference)
        new = _as_typed(kept)
    if form.validate_on_submit() and new is not None:
        made = _proposed(form, reference, new)
        if made:
            flash("It is proposed, and waits for a legal reviewer and the Senior Responsible Officer.", "success")
            return redirect(url_for("proposals.show", reference=made), 303)
    with reading() as session:
        return _answers_page(session, form, kept, new)


def _answers_page(
    session: Session, form: ProposeForm, kept: Draft, new: NewLimits | NewSetting | None
) -> str | Response:
    subject = Subject(kept.content["subject"])
    to_form = _to_form(subject, kept)
    if new is None:
        return redirect(to_form, 303)
    changes: tuple[Change, ...]
    foreseen = None
    if isinstance(new, NewLimits):
        wanted = read_limits(new.values)
        changes = changes_of_limits(session, wanted, at=now())
        foreseen = would_change(session, wanted, to=actor(), now=now())
    else:
        changes = changes_of_setting(session, new, at=now())
    return render_template(
        "proposals/answers.html",
        form=form,
        changes=changes,
        why=new.why,
        foreseen=foreseen,
        to_form=to_form,
        of_limits=subject is Subject.LIMITS,
        subject=SUBJECT_WORDS[subject],
        caution=CAUTION_THRESHOLD,
    )


def _shown(session: Session, kind: type[Any], subject: Subject, draft: str, given: dict[str, Any]) -> Any:
    """The form as it was posted, as its draft has it, or as things are now."""
    kept = _draft(session, draft, subject) if draft else None
    if request.method == "POST":
        return kind()
    return kind.from_raw(kept.content["raw"]) if kept else kind(data=given)


def _draft(session: Session, reference: str, subject: Subject | None = None) -> Draft:
    kept = get_draft(session, reference, by=actor(), now=now())
    if kept.form != FORM or (subject and kept.content["subject"] != subject.value):
        raise NoSuchRecordError("the draft is one of something else")
    return kept


def _kept(form: Form, subject: Subject, draft: str, **more: str) -> Response:
    """Keeps what was typed, and leads to the difference."""
    content = {"subject": subject.value, "raw": form.raw_values(), **more}

    def _keep(session: Session) -> str:
        if draft:
            return save_draft(session, draft, content=content, by=actor(), now=now()).reference
        return begin_draft(session, form=FORM, about=None, content=content, by=actor(), now=now()).reference

    with transaction() as session:
        reference = once(
            session, form.submission.value, form="proposal_draft", by=actor(), now=now(), do=lambda: _keep(session)
        )
    return redirect(url_for("proposals.answers", reference=reference), 303)


def _as_typed(kept: Draft) -> NewLimits | NewSetting | None:
    """What the draft proposes; None where it can no longer be taken, since the policy's vocabulary or ranges have changed."""
    kinds: dict[Subject, type[Any]] = {
        Subject.LIMITS: LimitsForm,
        Subject.LAWFUL_BASIS: BasisForm,
        Subject.PURPOSES: PurposesForm,
        Subject.PLATFORMS: PlatformsForm,
    }
    form = kinds[Subject(kept.content["subject"])].from_raw(kept.content["raw"], meta=_WITHOUT_TOKEN)
    form.validate()
    if any(field.errors for field in form.questions()):
        return None
    new: NewLimits | NewSetting = (
        form.request(Purpose(kept.content["purpose"])) if isinstance(form, BasisForm) else form.request()
    )
    return new


def _proposed(form: ProposeForm, draft: str, new: NewLimits | NewSetting) -> str | None:
    def _propose(session: Session) -> str:
        if isinstance(new, NewLimits):
            made = propose_limits(session, new, by=actor(), now=now())
        else:
            made = propose_setting(session, new, by=actor(), now=now())
        end_draft(session, draft, by=actor(), now=now())
        return made.reference

    try:
        with transaction() as session:
            return once(session, form.submission.value, form=FORM, by=actor(), now=now(), do=lambda: _propose(session))
    except RulebookError as error:
        form.refuse("", str(error))
        return None


def _to_form(subject: Subject, kept: Draft) -> str:
    endpoint = "basis" if subject is Subject.LAWFUL_BASIS else subject.value
    purpose = {"purpose": kept.content["purpose"]} if subject is Subject.LAWFUL_BASIS else {}
    return url_for(f"proposals.{endpoint}", reference=kept.reference, **purpose)


def _purpose(value: str) -> Purpose:
    try:
        return Purpose(value)
    except ValueError:
        raise NoSuchRecordError("the policy knows no such purpose") from None
