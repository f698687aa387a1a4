"""Legal's queue and one case: everything on one page, taken, given back, answered."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.checks.errors import CheckError
from tracker.checks.forms.answering import QuestionForm
from tracker.checks.services import ask_question
from tracker.consent.selectors import list_disagreements_waiting
from tracker.corrections.selectors import list_corrections_waiting
from tracker.corrections.vocabulary import KIND_WORDS, CorrectionKind, CorrectionPlace
from tracker.decisions.concerned import concerned_by
from tracker.decisions.deciding import decide_for_everyone
from tracker.decisions.selectors import get_check
from tracker.drafts.services import once
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Role
from tracker.policy.vocabulary import Outcome
from tracker.referrals.errors import NotOpenError
from tracker.referrals.models import Referral
from tracker.referrals.selectors import get_referral
from tracker.referrals.vocabulary import FINDINGS_OF, ReferralKind
from tracker.review.errors import ChangedMeanwhileError
from tracker.review.forms.referrals import FOR_WHO_ASKED, GiveBackForm, ResolveForm, TakeForm
from tracker.review.opening import open_case
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.referral_page import ReferralPage, page_of_referral
from tracker.review.selectors.referrals import SHOWN_WORDS, Shown, check_of, count_cases, list_cases
from tracker.review.selectors.since import mark_of
from tracker.review.services import give_back_referral, resolve_referral, take_referral
from tracker.staff.standing_in import only_for
from tracker.storage.tables import NoSuchRecordError, StaleVersionError
from tracker.web.forms import RESTORED, VersionedForm
from tracker.web.paging import paging
from tracker.web.request import actor, now, reading, transaction

ON_A_PAGE = 20
CHANGED = "This case has changed since you opened it. Read it again, then decide what to do."
ODD = "This page was not received as it was sent. Press the button again"


@pages.get("/referrals")
@requires(Permission.OPEN_REFERRAL)
def referrals() -> str:
    """Cases that lie with Legal, the one needed first at the top."""
    asked = request.args.get("show", "")
    shown = Shown(asked) if asked in set(Shown) else Shown.ALL
    with reading() as session:
        total = count_cases(session, shown, by=actor())
        page = paging(total, request.args.get("page"), ON_A_PAGE)
        rows = list_cases(session, shown, page, by=actor(), now=now())
        waiting = list_corrections_waiting(session, place=CorrectionPlace.LEGAL, by=actor(), now=now())
        disagreements = list_disagreements_waiting(session)
    return render_template(
        "referrals/queue.html",
        rows=rows,
        page=page,
        shown=shown,
        lists=SHOWN_WORDS,
        disagreements=disagreements,
        corrections=[(one, KIND_WORDS[CorrectionKind(one.kind)]) for one in waiting],
        in_place_of=only_for(actor(), Role.LEGAL_REVIEWER),
        names_readers=has_permission(actor(), Permission.NAME_READERS),
        now=now(),
    )


@pages.get("/referrals/<reference>")
@requires(Permission.OPEN_REFERRAL)
def referral(reference: str) -> str:
    """One case: the question, what the decision stood on, and everything on record about its people."""
    return _shown(reference, {})


@pages.post("/referrals/<reference>/take")
@requires(Permission.ANSWER_REFERRAL, forms=(TakeForm,))
def take(reference: str) -> Response | tuple[str, int]:
    """Take a case that is free."""

    def _take(session: Session, row: Referral, version: int) -> None:
        take_referral(session, row, version=version, by=actor(), now=now())

    return _pressed(reference, TakeForm(), "take_form", _take, "You have taken this case.")


@pages.post("/referrals/<reference>/give-back")
@requires(Permission.ANSWER_REFERRAL, forms=(GiveBackForm,))
def give_back(reference: str) -> Response | tuple[str, int]:
    """Make a case free again."""

    def _give_back(session: Session, row: Referral, version: int) -> None:
        give_back_referral(session, row, version=version, by=actor(), now=now())

    return _pressed(reference, GiveBackForm(), "give_back_form", _give_back, "This case is free again.")


@pages.route("/referrals/<reference>/resolve", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRAL, forms=(ResolveForm,))
def resolve(reference: str) -> str | Response | tuple[str, int]:
    """Answer a case: what waits is decided again on the facts as they now are."""
    form, status = ResolveForm(), 200
    with transaction() as session:
        open_case(session, reference, by=actor(), now=now(), permission=Permission.ANSWER_REFERRAL)
    with reading() as session:
        kind = ReferralKind(get_referral(session, reference).kind)
        form.finding.offer(FINDINGS_OF[kind])
        if kind is ReferralKind.SEAL_ASKED:
            form.answer.description = FOR_WHO_ASKED
    if form.validate_on_submit():
        try:
            outcome = _resolved(reference, form)
        except ProblemError as problem:
            form.refuse(problem.field if problem.field in form else "", problem.message)
        except (ChangedMeanwhileError, NotOpenError, CheckError) as error:
            form.refuse("", str(error))
            status = 409
        except StaleVersionError:
            form.refuse("", CHANGED)
            status = 409
        else:
            flash(outcome, "success")
            return redirect(url_for("review.referral", reference=reference), 303)
    with reading() as session:
        row = get_referral(session, reference)
        page = page_of_referral(session, row, to=actor(), now=now())
        foreseen, mark = _decided_now(session, page)
        if not form.is_submitted() or status == 409:
            _read_anew(form, row.version, mark)
        return render_template("referrals/resolve.html", form=form, page=page, foreseen=foreseen), status


@pages.route("/referrals/<reference>/question", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRAL, forms=(QuestionForm,))
def question(reference: str) -> str | Response:
    """Ask who asked for the check of a case."""
    form = QuestionForm()
    with transaction() as session:
        row = open_case(session, reference, by=actor(), now=now(), permission=Permission.ANSWER_REFERRAL)
    with reading() as session:
        check = check_of(session, row)
        if check is None:
            raise NoSuchRecordError("there is no check to ask about")
    if form.validate_on_submit():

        def _ask(session: Session) -> str:
            asked = get_check(session, check.reference)
            return ask_question(session, asked, question=form.question.value, by=actor(), now=now()).reference

        try:
            with transaction() as session:
                submission = form.submission.value
                once(session, submission, form="ask_question", by=actor(), now=now(), do=lambda: _ask(session))
        except CheckError as error:
            form.refuse("", str(error))
        else:
            flash("Your question was sent.", "success")
            return redirect(url_for("review.referral", reference=reference), 303)
    return render_template("referrals/question.html", form=form, case=row)


def _pressed(
    reference: str,
    form: VersionedForm,
    name: str,
    do: Callable[[Session, Referral, int], None],
    done: str,
) -> Response | tuple[str, int]:
    """What a single button on the page of a case does; where the case has changed meanwhile, the page as it is now."""
    if not form.validate_on_submit():
        return _shown(reference, {} if RESTORED in request.form else {name: form}), 200

    def _done(session: Session) -> str:
        do(session, get_referral(session, reference), form.version.value)
        return reference

    try:
        with transaction() as session:
            once(session, form.submission.value, form=name, by=actor(), now=now(), do=lambda: _done(session))
    except NotOpenError as error:
        form.refuse("", str(error))
        return _shown(reference, {name: form}), 409
    except StaleVersionError:
        form.refuse("", CHANGED)
        return _shown(reference, {name: form}), 409
    flash(done, "success")
    return redirect(url_for("review.referral", reference=reference), 303)


def _shown(reference: str, pressed: Mapping[str, VersionedForm]) -> str:
    """The page of a case as it is now; `pressed`: the form of a button that could not be carried out, by name."""
    with transaction() as session:
        open_case(session, reference, by=actor(), now=now())
    with reading() as session:
        row = get_referral(session, reference)
        page = page_of_referral(session, row, to=actor(), now=now())
        forms: dict[str, VersionedForm] = {
            "take_form": TakeForm(formdata=None, data={"version": row.version}),
            "give_back_form": GiveBackForm(formdata=None, data={"version": row.version}),
        }
        for name, form in pressed.items():
            forms[name].form_errors = form.form_errors or [ODD]
        shown = list(forms.values())
        return render_template("referrals/referral.html", page=page, now=now(), forms=shown, **forms)


def _resolved(reference: str, form: ResolveForm) -> str:
    """What came of it, in a sentence."""
    came: list[str] = []

    def _resolve(session: Session) -> str:
        resolved = resolve_referral(session, get_referral(session, reference), form.request(), by=actor(), now=now())
        if resolved.decision is not None:
            came.append(f" The check was decided again: {Outcome(resolved.decision.outcome).label}.")
        return reference

    with transaction() as session:
        submission = form.submission.value
        once(session, submission, form="resolve", by=actor(), now=now(), do=lambda: _resolve(session))
    return f"The case is answered and closed.{''.join(came)}"


def _decided_now(session: Session, page: ReferralPage) -> tuple[Outcome | None, str]:
    """What deciding the waiting check again would come to now, and the mark of it; None where no check waits."""
    if page.check is None or not page.decides_again:
        return None, ""
    answer = decide_for_everyone(session, page.check, concerned_by(session, page.check), at=now())
    return answer.outcome, mark_of(answer)


def _read_anew(form: ResolveForm, version: int, mark: str) -> None:
    """The form stands on what the page shows now."""
    form.version.data, form.version.typed = version, {"": [str(version)]}
    form.seen.data, form.seen.typed = mark, {"": [mark]}
