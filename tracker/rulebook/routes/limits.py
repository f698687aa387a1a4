"""Proposed limits: what they would change and why, and the two signatures that put them in force."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.policy.limits import CAUTION_THRESHOLD
from tracker.rulebook.forms import SignLimitsForm
from tracker.rulebook.requests import RulebookError
from tracker.rulebook.routes.policy import pages
from tracker.rulebook.selectors import ProposalRecord, find_proposal, limits_in_force
from tracker.rulebook.services import sign_proposal
from tracker.rulebook.showing import changes_of, entry_of
from tracker.rulebook.signing import capacities_open_to
from tracker.staff.attempting import try_password
from tracker.staff.selectors import get_staff_by_id
from tracker.staff.services import prove_password
from tracker.storage.submissions import once
from tracker.storage.tables import NoSuchRecordError
from tracker.web.request import actor, now, reading, transaction

NOT_YOUR_PASSWORD = "The password is wrong, or your account is locked after too many wrong tries"  # noqa: S105


@pages.get("/policy/limits/<reference>")
@requires(Permission.READ_POLICY)
def proposed(reference: str) -> str:
    """A set of limits: what it changes, why, who signed it, where it stands."""
    with reading() as session:
        return _page("rulebook/limits.html", session, _get(session, reference))


@pages.route("/policy/limits/<reference>/sign", methods=["GET", "POST"])
@requires(Permission.SIGN_LIMITS, forms=(SignLimitsForm,))
def sign(reference: str) -> str | Response:
    """Sign proposed limits, with one's own password, as the command line has it too."""
    with reading() as session:
        record = _get(session, reference)
    form = SignLimitsForm()
    form.capacity.offer(capacities_open_to(record, actor()))
    if form.validate_on_submit() and _proved(form) and _signed(form, reference):
        return redirect(url_for("rulebook.proposed", reference=reference), 303)
    with reading() as session:
        return _page("rulebook/sign_limits.html", session, record, form=form)


def _page(template: str, session: Session, record: ProposalRecord, **more: object) -> str:
    in_force = limits_in_force(session, at=now())
    return render_template(
        template,
        entry=entry_of(record, in_force),
        changes=changes_of(record.limits, in_force.limits),
        in_force=in_force,
        is_in_force=record.proposal.id == in_force.id,
        caution=CAUTION_THRESHOLD,
        may_sign=bool(capacities_open_to(record, actor())),
        **more,
    )


def _get(session: Session, reference: str) -> ProposalRecord:
    found = find_proposal(session, reference)
    if found is None:
        raise NoSuchRecordError("there are no such limits")
    return found


def _proved(form: SignLimitsForm) -> bool:
    """Whether the password was right; a wrong one counts like one at the door."""
    with reading() as session:
        email = get_staff_by_id(session, actor().staff_id).email
    attempt = try_password(email, form.password.value)
    with transaction() as session:
        refusal = prove_password(session, attempt, now=now())
    if refusal is not None:
        form.refuse("password", NOT_YOUR_PASSWORD)
    return refusal is None


def _signed(form: SignLimitsForm, reference: str) -> bool:
    def _sign(session: Session) -> str:
        record = sign_proposal(session, reference, by=actor(), now=now(), capacity=form.capacity.value)
        in_force = record.in_effect_at is not None
        flash(
            "You signed. The limits are in force." if in_force else "You signed. One signature is missing.", "success"
        )
        return reference

    try:
        with transaction() as session:
            once(session, form.submission.value, form="limits_signed", by=actor(), now=now(), do=lambda: _sign(session))
    except RulebookError as error:
        form.refuse("", str(error))
        return False
    return True
