"""Every proposal with what it changes and why; the two signatures that put one in force; taking one back."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission, require
from tracker.drafts.services import once
from tracker.policy.limits import CAUTION_THRESHOLD
from tracker.policy.vocabulary import Purpose
from tracker.proposals.forms import SignForm, WithdrawForm
from tracker.proposals.routes.blueprint import pages
from tracker.proposals.showing import entry_of, would_change
from tracker.rulebook.requests import RulebookError
from tracker.rulebook.selectors import ProposalRecord, find_proposal, list_proposals
from tracker.rulebook.services import sign_proposal, withdraw_proposal
from tracker.rulebook.signing import capacities_open_to
from tracker.rulebook.vocabulary import Subject
from tracker.staff.attempting import try_password
from tracker.staff.selectors import get_staff_by_id
from tracker.staff.services import prove_password
from tracker.storage.tables import NoSuchRecordError
from tracker.web.request import actor, now, reading, transaction

NOT_YOUR_PASSWORD = "The password is wrong, or your account is locked after too many wrong tries"  # noqa: S105


@pages.get("/policy/proposals")
@requires(Permission.READ_POLICY)
def history() -> str:
    """What waits for a signature, what is in force and what was before, of every subject; and the ways to propose."""
    with reading() as session:
        entries = [entry_of(session, one, now=now()) for one in list_proposals(session)]
        return render_template(
            "proposals/history.html",
            waiting=[one for one in entries if one.waits],
            others=[one for one in entries if not one.waits],
            caution=CAUTION_THRESHOLD,
            purposes=tuple(Purpose),
            may_propose=has_permission(actor(), Permission.PROPOSE_LIMITS),
        )


@pages.get("/policy/proposals/<reference>")
@requires(Permission.READ_POLICY)
def show(reference: str) -> str:
    """A proposal: what it changes, why, what it would have changed, who signed it, where it stands."""
    with reading() as session:
        record = _get(session, reference)
        return _page("proposals/show.html", session, record, may_withdraw=_may_withdraw(record))


@pages.route("/policy/proposals/<reference>/sign", methods=["GET", "POST"])
@requires(Permission.SIGN_LIMITS, forms=(SignForm,))
def sign(reference: str) -> str | Response:
    """Sign a proposal, with one's own password, as the command line has it too."""
    with reading() as session:
        record = _get(session, reference)
        entry = entry_of(session, record, now=now())
    form = SignForm(data={"against": entry.against})
    form.capacity.offer(capacities_open_to(record, actor()))
    if form.validate_on_submit() and _proved(form) and _signed(form, reference):
        return redirect(url_for("proposals.show", reference=reference), 303)
    form.read_again(entry.against)
    with reading() as session:
        return _page("proposals/sign.html", session, record, form=form)


@pages.route("/policy/proposals/<reference>/withdraw", methods=["GET", "POST"])
@requires(Permission.PROPOSE_LIMITS, forms=(WithdrawForm,))
def withdraw(reference: str) -> str | Response:
    """Take back a proposal of one's own, with a reason, before both have signed."""
    with reading() as session:
        record = _get(session, reference)
        theirs = record.proposal.proposed_by == actor().staff_id
        require(actor(), Permission.PROPOSE_LIMITS, allowed=theirs, about=reference)
    form = WithdrawForm()
    if form.validate_on_submit() and _withdrawn(form, reference):
        flash("The proposal was withdrawn.", "success")
        return redirect(url_for("proposals.show", reference=reference), 303)
    with reading() as session:
        return _page("proposals/withdraw.html", session, record, form=form)


def _page(template: str, session: Session, record: ProposalRecord, **more: object) -> str:
    foreseen = None
    if record.subject is Subject.LIMITS and record.waits:
        foreseen = would_change(session, record.limits, to=actor(), now=now())
    return render_template(
        template,
        entry=entry_of(session, record, now=now()),
        foreseen=foreseen,
        caution=CAUTION_THRESHOLD,
        may_sign=bool(capacities_open_to(record, actor())),
        **more,
    )


def _may_withdraw(record: ProposalRecord) -> bool:
    theirs = record.proposal.proposed_by == actor().staff_id
    return theirs and record.waits and has_permission(actor(), Permission.PROPOSE_LIMITS)


def _get(session: Session, reference: str) -> ProposalRecord:
    found = find_proposal(session, reference)
    if found is None:
        raise NoSuchRecordError("there is no such proposal")
    return found


def _proved(form: SignForm) -> bool:
    """Whether the password was right; a wrong one counts like one at the door."""
    with reading() as session:
        email = get_staff_by_id(session, actor().staff_id).email
    attempt = try_password(email, form.password.value)
    with transaction() as session:
        refusal = prove_password(session, attempt, now=now())
    if refusal is not None:
        form.refuse("password", NOT_YOUR_PASSWORD)
    return refusal is None


def _signed(form: SignForm, reference: str) -> bool:
    def _sign(session: Session) -> str:
        record = sign_proposal(
            session, reference, by=actor(), now=now(), capacity=form.capacity.value, against=form.against.value
        )
        in_force = record.in_effect_at is not None
        flash("You signed. It is in force." if in_force else "You signed. One signature is missing.", "success")
        return reference

    try:
        with transaction() as session:
            once(session, form.submission.value, form="limits_signed", by=actor(), now=now(), do=lambda: _sign(session))
    except RulebookError as error:
        form.refuse("", str(error))
        return False
    return True


def _withdrawn(form: WithdrawForm, reference: str) -> bool:
    def _withdraw(session: Session) -> str:
        withdraw_proposal(session, reference, why=form.why.value, by=actor(), now=now())
        return reference

    try:
        with transaction() as session:
            once(session, form.submission.value, form="withdrawn", by=actor(), now=now(), do=lambda: _withdraw(session))
    except RulebookError as error:
        form.refuse("", str(error))
        return False
    return True
