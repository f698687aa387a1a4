"""Putting the rulebook in place: what ships, what is proposed, withdrawn, and signed by two. Rows are only added."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.access.permissions import Permission, has_permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.policy.entitlement import Actor
from tracker.policy.limits import SHIPPED, limits_as_json, read_limits
from tracker.policy.periods import LONDON
from tracker.rulebook.models import LawfulBasis, Proposal, Signature, Withdrawal
from tracker.rulebook.requests import (
    NewBasis,
    NewLawfulBasis,
    NewLimits,
    NewPlatforms,
    NewPurposes,
    NewSetting,
    RulebookError,
)
from tracker.rulebook.selectors import (
    ProposalRecord,
    find_proposal,
    platforms_that_tell,
    purposes_offered,
    stands_against,
)
from tracker.rulebook.shipped import SHIPPED_BASES
from tracker.rulebook.signing import CAPACITY_PERMISSION, may_sign_as
from tracker.rulebook.vocabulary import CAPACITY_WORDS, Capacity, Subject
from tracker.staff.selectors import load_actor
from tracker.staff.standing_in import in_whose_place
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key

LAPSED = (
    "Something else came into force after the first signature, which was given for another change. Propose it anew."
)


def ship_limits(session: Session, *, now: datetime) -> Proposal:
    """Puts the shipped limits in, in force until the council signs its own; a second call changes nothing."""
    take_locks(session, LockKind.RULEBOOK, [0])
    there = session.exec(select(Proposal).where(col(Proposal.shipped))).first()
    if there is not None:
        return there
    why = "The limits that come with the tracker."
    made = _proposal(Subject.LIMITS, limits_as_json(SHIPPED), why, by=None, now=now)
    session.add(made)
    session.flush()
    record(session, Event.LIMITS_SHIPPED, at=now, by=None, about=made.reference, facts={"limits": made.settings})
    return made


def propose_limits(session: Session, new: NewLimits, *, by: Actor, now: datetime) -> Proposal:
    """Proposes a whole set of limits; nothing changes until both signatures are there.

    Raises `NotAllowedError`, or `LimitsError` naming the limit that is unknown or out of range.
    """
    require(by, Permission.PROPOSE_LIMITS)
    made = _proposal(Subject.LIMITS, limits_as_json(read_limits(new.values)), new.why, by=by, now=now)
    session.add(made)
    session.flush()
    facts, content = {"limits": made.settings}, {"why": made.why}
    record(session, Event.LIMITS_PROPOSED, at=now, by=by, about=made.reference, facts=facts, content=content)
    return made


def propose_setting(session: Session, new: NewSetting, *, by: Actor, now: datetime) -> Proposal:
    """Proposes a lawful basis, the purposes offered or the platforms that tell, signed as limits are.

    Raises `NotAllowedError`, or `RulebookError` where nothing would change or the basis was decided in the future.
    """
    require(by, Permission.PROPOSE_LIMITS)
    _refuse_what_changes_nothing(session, new, now)
    made = _proposal(new.subject, new.settings, new.why, by=by, now=now)
    session.add(made)
    session.flush()
    facts = {"subject": new.subject.value, **_chosen(new)}
    content = {"why": made.why, "settings": made.settings}
    record(session, Event.SETTING_PROPOSED, at=now, by=by, about=made.reference, facts=facts, content=content)
    return made


def withdraw_proposal(session: Session, reference: str, *, why: str, by: Actor, now: datetime) -> ProposalRecord:
    """Takes a proposal back, before both have signed: only who made it.

    Raises `NotAllowedError`, or `RulebookError` where there is none, it is in force, or it was withdrawn already.
    """
    take_locks(session, LockKind.RULEBOOK, [0])
    found = find_proposal(session, reference)
    theirs = found is not None and found.proposal.proposed_by == by.staff_id
    require(by, Permission.PROPOSE_LIMITS, allowed=theirs, about=reference)
    if found is None or not found.waits:
        raise RulebookError("It can no longer be withdrawn: it is in force, or was withdrawn already.")
    if not why.strip():
        raise RulebookError("Say why it is withdrawn.")
    taken_back = Withdrawal(
        proposal_id=saved_key(found.proposal), why=why.strip(), withdrawn_by=by.staff_id, recorded_at=now
    )
    session.add(taken_back)
    session.flush()
    facts, content = {"subject": found.proposal.subject}, {"why": taken_back.why}
    record(session, Event.PROPOSAL_WITHDRAWN, at=now, by=by, about=reference, facts=facts, content=content)
    return find_proposal(session, reference) or found


def sign_proposal(
    session: Session,
    reference: str,
    *,
    by: Actor,
    now: datetime,
    capacity: Capacity | None = None,
    against: str | None = None,
) -> ProposalRecord:
    """Signs a proposal as a legal reviewer or as the Senior Responsible Officer; in effect from the second signature.

    `capacity` None: the one that the signer holds and that is still open. `against`: what was in force when the signer was shown
    the difference (see `stands_against`). Raises `NotAllowedError`, or `RulebookError` where there is no such proposal, it was
    withdrawn or has lapsed, is signed in that capacity already, the other signature is the signer's or of one and their deputy with
    it, or something else came into force since.
    """
    capacity = capacity or _capacity_of(session, reference, by)
    require(by, CAPACITY_PERMISSION[capacity], about=reference)
    take_locks(session, LockKind.RULEBOOK, [0])
    found = find_proposal(session, reference)
    if found is None or found.proposal.shipped or found.withdrawal is not None:
        raise RulebookError(f"There is no proposal {reference} to sign.")
    if found.lapsed_at is not None:
        raise RulebookError(LAPSED)
    _refuse_a_second_signature(session, found, capacity, by)
    if against is not None and against != stands_against(session, found.proposal, at=now):
        raise RulebookError("Something else came into force while you had this open. Read what would change now.")
    signature = Signature(
        proposal_id=saved_key(found.proposal),
        capacity=capacity.value,
        signed_by=by.staff_id,
        signer_name=by.name,
        recorded_at=now,
    )
    session.add(signature)
    session.flush()
    complete = len(found.signatures) == 1
    if complete and found.subject is Subject.LAWFUL_BASIS:
        _put_basis_in_force(session, found.proposal, by=by, now=now)
    facts = {"capacity": capacity.value, "complete": complete, "subject": found.proposal.subject}
    event = Event.LIMITS_SIGNED if found.subject is Subject.LIMITS else Event.SETTING_SIGNED
    record(session, event, at=now, by=by, about=reference, facts=facts)
    return find_proposal(session, reference) or found


def ship_lawful_bases(session: Session, *, now: datetime) -> None:
    """Puts in the shipped lawful basis of every purpose that has none, not yet confirmed by the council's data protection officer."""
    take_locks(session, LockKind.RULEBOOK, [0])
    there = set(session.exec(select(LawfulBasis.purpose)).all())
    missing = [basis for basis in SHIPPED_BASES if basis.purpose.value not in there]
    session.add_all(_basis(basis, now=now) for basis in missing)
    if missing:
        session.flush()
        facts = {"purposes": [basis.purpose.value for basis in missing]}
        record(session, Event.LAWFUL_BASES_SHIPPED, at=now, by=None, facts=facts)


def _put_basis_in_force(session: Session, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """The basis holds for every check asked for from now; those asked for before keep theirs."""
    decided = NewBasis.read(proposal.settings, proposal.why)
    made = _basis(decided.basis, proposal=proposal, officer=decided.officer, decided_on=decided.decided_on, now=now)
    session.add(made)
    session.flush()
    facts = {"purpose": made.purpose, "proposed_by": proposal.reference}
    content = {name: value for name, value in proposal.settings.items() if name != "purpose"}
    record(session, Event.LAWFUL_BASIS_SET, at=now, by=by, about=proposal.reference, facts=facts, content=content)


def _refuse_what_changes_nothing(session: Session, new: NewSetting, now: datetime) -> None:
    same = (isinstance(new, NewPurposes) and dict(new.offered) == purposes_offered(session, at=now)) or (
        isinstance(new, NewPlatforms) and new.tells == platforms_that_tell(session, at=now)
    )
    if same:
        raise RulebookError("Nothing would change: this is how it is now.")
    if isinstance(new, NewBasis) and new.decided_on > now.astimezone(LONDON).date():
        raise RulebookError("The day on which it was decided must not be in the future.")


def _chosen(new: NewSetting) -> dict[str, Any]:
    """What of a setting comes out of a vocabulary: the trail tells it without its words."""
    if isinstance(new, NewBasis):
        return {"purpose": new.basis.purpose.value}
    return new.settings if isinstance(new, NewPlatforms) else {"offered": list(new.settings["offered"])}


def _capacity_of(session: Session, reference: str, by: Actor) -> Capacity:
    """The capacity in which the actor can sign now; where they hold neither, Legal's, and the permission refuses it."""
    held = [capacity for capacity in Capacity if has_permission(by, CAPACITY_PERMISSION[capacity])] or [Capacity.LEGAL]
    found = find_proposal(session, reference)
    still_open = [capacity for capacity in held if found is not None and capacity not in found.signatures]
    return (still_open or held)[0]


def _refuse_a_second_signature(session: Session, found: ProposalRecord, capacity: Capacity, by: Actor) -> None:
    if capacity in found.signatures:
        raise RulebookError(f"It is already signed by a {CAPACITY_WORDS[capacity]}.")
    signers = frozenset(signature.signed_by for signature in found.signatures.values())
    covered = frozenset[int]().union(*(_in_whose_place(session, one) for one in found.signatures.values()))
    if by.staff_id in covered or not may_sign_as(by, capacity, signers):
        raise RulebookError(
            "The two signatures must be those of two different people, and not of one and their deputy."
        )


def _in_whose_place(session: Session, signature: Signature) -> frozenset[int]:
    """Keys of those in whose place alone a signature was given, as cover stood then."""
    permission = CAPACITY_PERMISSION[Capacity(signature.capacity)]
    signer = load_actor(session, staff_id=signature.signed_by, now=signature.recorded_at)
    return in_whose_place(signer, lambda one: has_permission(one, permission))


def _proposal(subject: Subject, settings: dict[str, Any], why: str, *, by: Actor | None, now: datetime) -> Proposal:
    return Proposal(
        reference=new_reference("LIM" if subject is Subject.LIMITS else "SET"),
        subject=subject.value,
        settings=settings,
        why=why.strip(),
        proposed_by=by.staff_id if by else None,
        proposer_name=by.name if by else None,
        shipped=by is None,
        recorded_at=now,
    )


def _basis(
    new: NewLawfulBasis,
    *,
    now: datetime,
    proposal: Proposal | None = None,
    officer: str | None = None,
    decided_on: date | None = None,
) -> LawfulBasis:
    return LawfulBasis(
        purpose=new.purpose.value,
        article_6=new.article_6,
        article_9=new.article_9,
        article_10=new.article_10,
        statutory_function=new.statutory_function,
        shipped=proposal is None,
        set_by=proposal.proposed_by if proposal else None,
        setter_name=proposal.proposer_name if proposal else None,
        officer_name=officer,
        decided_on=decided_on,
        proposal_id=proposal.id if proposal else None,
        recorded_at=now,
    )
