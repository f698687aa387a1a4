"""Legal's advice: what it is, then a page that says what it will do to each check that waits, then it is recorded."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.authorities.requests import NewAdvice
from tracker.checks.foresight import foresee
from tracker.drafts.models import Draft
from tracker.drafts.selectors import get_draft
from tracker.drafts.services import begin_draft, once, save_draft
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import called
from tracker.policy.vocabulary import Conclusion, Purpose
from tracker.referrals.models import Hold
from tracker.review.errors import ChangedMeanwhileError
from tracker.review.forms.advice import AdviceForm, ConfirmAdviceForm, summary_of, what_each_does
from tracker.review.opening import open_person_for_legal
from tracker.review.requests import ReleasedHolds
from tracker.review.routes.blueprint import pages
from tracker.review.routes.places import Place, place_of
from tracker.review.selectors.foreseen import as_kept, rows_kept
from tracker.review.selectors.holds import list_holds_that_stand
from tracker.review.services import advise_on_person
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.web.forms import RESTORED
from tracker.web.request import actor, now, reading, transaction

FORM = "advice"
CHANGED = "What this advice will do has changed since you read it. Read it again, then record the advice."


@pages.route("/people/<reference>/advice", methods=["GET", "POST"])
@requires(Permission.RECORD_ADVICE, forms=(AdviceForm,))
def advise(reference: str) -> str | Response:
    """Say what Legal advises on a person. Nothing is recorded yet."""
    with transaction() as session:
        person = open_person_for_legal(session, reference, Permission.RECORD_ADVICE, by=actor(), now=now())
    with reading() as session:
        place, draft = place_of(session, person), _draft_named(session, person)
        form = _form(session, place, draft)
        days = limits_in_force(session, at=now()).limits.advice_default_days
    form.until_on.description = f"Leave it empty for {days} days from the advice, as your council set it."
    if form.validate_on_submit():
        kept = _foreseen(form, place, draft)
        if kept:
            return redirect(url_for("review.confirm_advice", reference=person.reference, draft=kept), 303)
    named = draft.reference if draft else None
    return render_template("referrals/advice.html", form=form, place=place, draft=named)


@pages.route("/people/<reference>/advice/<draft>", methods=["GET", "POST"])
@requires(Permission.RECORD_ADVICE, forms=(ConfirmAdviceForm,))
def confirm_advice(reference: str, draft: str) -> str | Response | tuple[str, int]:
    """What the advice will do, before it is recorded. Once it is, this leads to where that was reached from."""
    status = 200
    with transaction() as session:
        person = open_person_for_legal(session, reference, Permission.RECORD_ADVICE, by=actor(), now=now())
        done = _draft(session, person, draft).content.get("done")
    if done:
        return redirect(done, 303)
    form = ConfirmAdviceForm()
    with reading() as session:
        typed, holds = _whole(session, person, draft), _holds(session, person)
    asks = bool(holds) and typed.conclusion.data is Conclusion.NOT_DIRECTED_SURVEILLANCE
    if not asks:
        del form.release, form.release_why
    if _was_posted() and RESTORED not in request.form and _looked_ahead_anew(person, draft):
        form.refuse("", CHANGED)
        status = 409
    elif form.validate_on_submit():
        try:
            following = _recorded(form, person, draft, holds if asks else [])
        except ChangedMeanwhileError as error:
            _looked_ahead_anew(person, draft)
            form.refuse("", str(error))
            status = 409
        except ProblemError as problem:
            form.refuse(problem.field if problem.field in form else "", problem.message)
        else:
            flash("The advice is recorded.", "success")
            return redirect(following, 303)
    with reading() as session:
        row = _draft(session, person, draft)
        shown = {
            "rows": rows_kept(session, row.content["foreseen"], to=actor(), now=now()),
            "released": rows_kept(session, row.content["released"], to=actor(), now=now()) if asks else [],
            "place": place_of(session, person, row.content["at"]),
            "typed": summary_of(typed),
            "holds": holds if asks else [],
        }
        return render_template("referrals/confirm_advice.html", form=form, draft=draft, **shown), status


def _form(session: Session, place: Place, draft: Draft | None) -> AdviceForm:
    """The form, with what each conclusion will do; filled in as the draft has it where nothing was posted."""
    form = AdviceForm.from_raw(draft.content["typed"]) if draft and not _was_posted() else AdviceForm()
    crime = place.check is not None and place.check.purpose == Purpose.PREVENT_OR_DETECT_CRIME
    non_ripa = limits_in_force(session, at=now()).limits.non_ripa
    form.explain(what_each_does(crime=crime, called=called(place.person), non_ripa=non_ripa))
    return form


def _was_posted() -> bool:
    return request.method == "POST"


def _foreseen(form: AdviceForm, place: Place, draft: Draft | None) -> str | None:
    """The draft that keeps what was typed and what it will do; None where it cannot be recorded, and the form says why."""
    try:
        with transaction() as session:
            content = {"typed": form.raw_values(), "at": place.at, **_ahead(session, place.person, form)}

            def _keep() -> str:
                if draft is not None:
                    return save_draft(session, draft.reference, content=content, by=actor(), now=now()).reference
                about = place.person.reference
                return begin_draft(session, form=FORM, about=about, content=content, by=actor(), now=now()).reference

            return once(session, form.submission.value, form="begin_advice", by=actor(), now=now(), do=_keep)
    except ProblemError as problem:
        form.refuse(problem.field if problem.field in form else "", problem.message)
        return None


def _ahead(session: Session, person: Person, form: AdviceForm) -> dict[str, Any]:
    """What the advice will do to each check, and what it will do where the holds are released with it."""
    new = form.request(person.reference)

    def _with(releasing: ReleasedHolds | None) -> list[list[str]]:
        def _advise() -> None:
            advise_on_person(session, new, by=actor(), now=now(), releasing=releasing)

        return as_kept(foresee(session, [person], _advise, now=now()))

    holds = tuple(hold.reference for hold in _holds(session, person))
    favourable = new.conclusion is Conclusion.NOT_DIRECTED_SURVEILLANCE
    released = _with(ReleasedHolds(holds, "Looking ahead")) if holds and favourable else []
    return {"foreseen": _with(None), "released": released}


def _looked_ahead_anew(person: Person, draft: str) -> bool:
    """Whether the advice would do something else now than the draft says; the draft then says what it would do now."""
    with transaction() as session:
        row, ahead = _draft(session, person, draft), _ahead(session, person, _whole(session, person, draft))
        changed = any(row.content[name] != ahead[name] for name in ahead)
        if changed:
            save_draft(session, draft, content=ahead, by=actor(), now=now())
    return changed


def _recorded(form: ConfirmAdviceForm, person: Person, draft: str, holds: list[Hold]) -> str:
    """Records the advice once, and gives the address that follows. Raises `ChangedMeanwhileError`, `ProblemError`."""
    with transaction() as session:

        def _record() -> str:
            row, typed = _draft(session, person, draft), _whole(session, person, draft)
            ahead = _ahead(session, person, typed)
            if any(row.content[name] != ahead[name] for name in ahead):
                raise ChangedMeanwhileError(CHANGED)
            new: NewAdvice = typed.request(person.reference)
            releasing = form.releasing(tuple(hold.reference for hold in holds)) if holds else None
            advise_on_person(session, new, by=actor(), now=now(), releasing=releasing)
            following = place_of(session, person, row.content["at"]).back
            done = {"typed": {}, "foreseen": [], "released": [], "done": following}
            save_draft(session, draft, content=done, by=actor(), now=now())
            return following

        return once(session, form.submission.value, form=FORM, by=actor(), now=now(), do=_record)


def _whole(session: Session, person: Person, draft: str) -> AdviceForm:
    """The advice as the draft has it, read again."""
    row = _draft(session, person, draft)
    form = AdviceForm.from_raw(row.content["typed"], meta={"csrf": False})
    form.validate()
    return form


def _draft(session: Session, person: Person, draft: str) -> Draft:
    """The actor's own draft of advice about this person. Raises `NoSuchRecordError` for any other."""
    row = get_draft(session, draft, by=actor(), now=now())
    if (row.form, row.about) != (FORM, person.reference):
        raise NoSuchRecordError("there is no such draft of advice about this person")
    return row


def _draft_named(session: Session, person: Person) -> Draft | None:
    """The draft named in the address, unless it has been recorded."""
    try:
        draft = _draft(session, person, request.args.get("draft", ""))
    except NoSuchRecordError:
        return None
    return None if "done" in draft.content else draft


def _holds(session: Session, person: Person) -> list[Hold]:
    return list_holds_that_stand(session, group_of(session, saved_key(person)).members)
