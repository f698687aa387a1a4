"""Sealed records: Legal seals and unseals, and keeps what only Legal may know each to be the same as."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.drafts.services import once
from tracker.people.counterparts import find_seal, get_counterpart
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.readers import list_possible_readers, list_readers
from tracker.people.routes.restricting import named_by_address
from tracker.people.selectors import find_person, get_person, get_person_by_id
from tracker.people.vocabulary import SealKind
from tracker.referrals.selectors import find_seal_asked
from tracker.referrals.vocabulary import ReferralPlace
from tracker.review.forms.sealing import (
    AnswerCounterpartForm,
    CounterpartForm,
    EndCounterpartForm,
    SealForm,
    UnsealForm,
)
from tracker.review.opening import open_person_for_legal, open_sides
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.sealing import sides_of
from tracker.review.services import (
    answer_counterpart,
    end_counterpart,
    record_counterpart,
    seal_person,
    unseal_person,
)
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import NoSuchRecordError, StaleVersionError, saved_key
from tracker.web.forms import Form
from tracker.web.request import actor, now, reading, transaction


@pages.route("/people/<reference>/seal", methods=["GET", "POST"])
@requires(Permission.SEAL_RECORD, forms=(SealForm,))
def seal(reference: str) -> str | Response | tuple[str, int]:
    """Seal a record, or seal it anew with other readers."""
    person, on_record = _as_sealed(reference)
    form = SealForm(data={"version": person.version, **on_record})
    with reading() as session:
        offered = list_possible_readers(session, get_person(session, reference), by=actor(), now=now())
    form.readers.offer([(one.reference, one.name) for one in offered])
    status = 200
    if form.validate_on_submit():
        others = named_by_address(form, form.addresses())

        def _seal(session: Session) -> str:
            seal_person(session, form.request(person.reference, others), by=actor(), now=now())
            return person.reference

        try:
            if not form.others.errors and _carried_out(form, "seal", _seal):
                flash("The record is sealed. Those you chose read it; others are told to ask Legal.", "success")
                return redirect(_page_of(person), 303)
        except StaleVersionError:
            status = 409
            person, on_record = _as_sealed(reference)
            form.meet(person.version, {"readers": on_record["readers"]})
    with reading() as session:
        case = find_seal_asked(session, saved_key(person))
        asked = case if case is not None and case.place == ReferralPlace.LEGAL else None
        asked_by = get_staff_by_id(session, asked.asked_by).name if asked is not None and asked.asked_by else ""
    page = {"form": form, "person": person, "asked": asked, "asked_by": asked_by, "now": now()}
    return render_template("review/seal.html", **page, back=_page_of(person)), status


@pages.route("/people/<reference>/unseal", methods=["GET", "POST"])
@requires(Permission.SEAL_RECORD, forms=(UnsealForm,))
def unseal(reference: str) -> str | Response | tuple[str, int]:
    """Unseal a record, once that was confirmed."""
    person = _opened(reference, only_sealed=True)
    form = UnsealForm(data={"version": person.version})
    status = 200
    if form.validate_on_submit():

        def _unseal(session: Session) -> str:
            return unseal_person(session, form.request(person.reference), by=actor(), now=now()).reference

        try:
            if _carried_out(form, "unseal", _unseal):
                flash("The record is not sealed any more. It stays restricted to its readers.", "success")
                return redirect(_page_of(person), 303)
        except StaleVersionError:
            status = 409
            form.meet(_opened(reference).version, {})
    return render_template("review/unseal.html", form=form, person=person, back=_page_of(person)), status


@pages.route("/people/<reference>/counterparts", methods=["GET", "POST"])
@requires(Permission.SEAL_RECORD, forms=(CounterpartForm,))
def counterparts(reference: str) -> str | Response:
    """What Legal alone knows a sealed record to be the same person as, and what is on every side."""
    with transaction() as session:
        person = open_sides(session, reference, by=actor(), now=now())
    form = CounterpartForm()
    if form.validate_on_submit() and _is_on_record(form):

        def _record(session: Session) -> str:
            return record_counterpart(session, form.request(person.reference), by=actor(), now=now()).reference

        if _carried_out(form, "counterpart", _record):
            flash("It is kept for Legal alone. A check of either asks Legal where the other counts.", "success")
            return redirect(url_for("review.counterparts", reference=person.reference), 303)
    with reading() as session:
        page = sides_of(session, get_person(session, person.reference), to=actor(), now=now())
        return render_template("review/counterparts.html", form=form, person=person, page=page, back=_page_of(person))


@pages.route("/counterparts/<reference>/end", methods=["GET", "POST"])
@requires(Permission.SEAL_RECORD, forms=(EndCounterpartForm,))
def end(reference: str) -> str | Response:
    """Say that two records are not the same person after all."""
    person, both = _both(reference)
    form, back = EndCounterpartForm(), url_for("review.counterparts", reference=person.reference)
    if form.validate_on_submit():

        def _end(session: Session) -> str:
            return end_counterpart(session, form.request(reference), by=actor(), now=now()).reference

        if _carried_out(form, "end_counterpart", _end):
            flash("It is ended: neither asks Legal because of the other any more.", "success")
            return redirect(back, 303)
    return render_template("review/end_counterpart.html", form=form, both=both, back=back)


@pages.route("/counterparts/<reference>/weigh", methods=["GET", "POST"])
@requires(Permission.SEAL_RECORD, forms=(AnswerCounterpartForm,))
def weigh(reference: str) -> str | Response:
    """Let each of two records be decided by itself again, once what is on both was weighed."""
    person, both = _both(reference)
    form, back = AnswerCounterpartForm(), url_for("review.counterparts", reference=person.reference)
    if form.validate_on_submit():

        def _answer(session: Session) -> str:
            answer_counterpart(session, form.request(reference), by=actor(), now=now())
            return reference

        if _carried_out(form, "answer_counterpart", _answer):
            flash("Each is decided by itself, until more is recorded of the other.", "success")
            return redirect(back, 303)
    return render_template("review/answer_counterpart.html", form=form, both=both, back=back)


def _opened(reference: str, *, only_sealed: bool = False) -> Person:
    with transaction() as session:
        person = open_person_for_legal(session, reference, Permission.SEAL_RECORD, by=actor(), now=now())
        if only_sealed and not person.sealed:
            raise NoSuchRecordError("this record is not sealed")
        return person


def _both(reference: str) -> tuple[Person, list[Person]]:
    """The two records of a counterpart that stands, both opened. Raises `NoSuchRecordError`."""
    with transaction() as session:
        row = get_counterpart(session, reference)
        both = [get_person_by_id(session, one) for one in (row.person_id, row.other_id)]
        open_sides(session, both[0].reference, by=actor(), now=now())
    return both[0], both


def _as_sealed(reference: str) -> tuple[Person, dict[str, object]]:
    """The record, opened, and how it is sealed now, as the form has it."""
    person = _opened(reference)
    with reading() as session:
        row = find_seal(session, saved_key(person))
        readers = tuple(one.reference for one in list_readers(session, person))
    sealed = {} if row is None else {"kind": SealKind(row.kind), "kind_words": row.kind_words or "", "why": row.why}
    return person, {"readers": readers, **sealed}


def _is_on_record(form: CounterpartForm) -> bool:
    with reading() as session:
        known = find_person(session, form.other.value) is not None
    if not known:
        form.refuse("other", "Enter the reference of a record, like PER-4QZK-77RD")
    return known


def _carried_out(form: Form, name: str, do: Callable[[Session], str]) -> bool:
    """Whether it was done, once however often it is posted; otherwise the form says why not."""
    try:
        with transaction() as session:
            submission = form.submission.value
            once(session, submission, form=name, by=actor(), now=now(), do=lambda: do(session))
    except ProblemError as problem:
        form.refuse(problem.field if problem.field in form else "", problem.message)
        return False
    return True


def _page_of(person: Person) -> str:
    return url_for("overview.show_person", reference=person.reference)
