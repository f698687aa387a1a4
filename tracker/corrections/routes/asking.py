"""Saying that a record is in error: one page for every kind of record, named by its reference."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.corrections.errors import CorrectionError
from tracker.corrections.forms import InErrorForm, LookInErrorForm
from tracker.corrections.opening import open_to_correct
from tracker.corrections.records import find_record, kind_of
from tracker.corrections.routes.blueprint import pages
from tracker.corrections.selectors import find_standing_correction
from tracker.corrections.services import ask_for_correction
from tracker.corrections.services.asking import why_not_asked
from tracker.corrections.showing import SHOWN_AT, who_answers
from tracker.corrections.striking import who_confirms
from tracker.corrections.vocabulary import KIND_WORDS, CorrectionKind
from tracker.drafts.services import once
from tracker.people.problems import ProblemError
from tracker.web.request import actor, now, reading, transaction


@pages.route("/in-error/<reference>", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CORRECTION, forms=(LookInErrorForm,))
def in_error(reference: str) -> Response | tuple[str, int]:
    """Say that a record is in error. Nothing changes until somebody else confirms it."""
    return _asked(kind_of(reference), reference)


@pages.route("/in-error/<reference>/objection", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CORRECTION, forms=(InErrorForm,))
def objection_in_error(reference: str) -> Response | tuple[str, int]:
    """Say that an objection to a notice (its reference) is in error."""
    return _asked(kind_of(reference, of_objection=True), reference)


def _asked(kind: CorrectionKind, reference: str) -> Response | tuple[str, int]:
    with transaction() as session:
        found = open_to_correct(session, kind, reference, by=actor(), now=now())
        place = who_confirms(session, found, really_about=None, by=actor(), now=now())
        waits_for = who_answers(session, place, found)
    form, status = LookInErrorForm() if kind is CorrectionKind.CHECK else InErrorForm(), 200
    if form.validate_on_submit():
        try:
            made = _once(form, kind, reference)
        except ProblemError as problem:
            form.refuse(problem.field if problem.field in form else "", problem.message)
        except CorrectionError:
            status = 409
        else:
            flash("It was recorded. Nothing changes until somebody else has confirmed it.", "success")
            return redirect(url_for("corrections.show", reference=made), 303)
    back = url_for(SHOWN_AT[kind], reference=reference) if kind in SHOWN_AT else url_for("overview.home")
    words = KIND_WORDS[kind]
    with reading() as session:
        refused = why_not_asked(session, find_record(session, kind, reference, now=now()))
        standing = find_standing_correction(session, kind, reference) if refused else None
    return render_template(
        "corrections/ask.html",
        form=form,
        found=found,
        words=words,
        waits_for=waits_for,
        back=back,
        refused=refused,
        standing=standing,
    ), status


def _once(form: InErrorForm, kind: CorrectionKind, reference: str) -> str:
    with transaction() as session:

        def _ask(session: Session = session) -> str:
            new = form.request(kind, reference)
            return ask_for_correction(session, new, by=actor(), now=now()).reference

        return once(session, form.submission.value, form="in_error", by=actor(), now=now(), do=_ask)
