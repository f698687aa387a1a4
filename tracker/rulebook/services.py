"""Putting the rulebook in place: what ships, what is proposed, the two signatures, the lawful bases. Rows are only added."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.access.permissions import Permission, has_permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.policy.entitlement import Actor
from tracker.policy.limits import SHIPPED, limits_as_json, read_limits
from tracker.rulebook.models import LawfulBasis, LimitsProposal, LimitsSignature
from tracker.rulebook.requests import NewLawfulBasis, NewLimits, RulebookError
from tracker.rulebook.selectors import LimitsRecord, find_proposal
from tracker.rulebook.shipped import SHIPPED_BASES
from tracker.rulebook.signing import CAPACITY_PERMISSION, may_sign_as
from tracker.rulebook.vocabulary import CAPACITY_WORDS, Capacity
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key


def ship_limits(session: Session, *, now: datetime) -> LimitsProposal:
    """Puts the shipped limits in, in force until the council signs its own; a second call changes nothing."""
    take_locks(session, LockKind.RULEBOOK, [0])
    there = session.exec(select(LimitsProposal).where(col(LimitsProposal.shipped))).first()
    if there is not None:
        return there
    made = _proposal(limits_as_json(SHIPPED), "The limits that come with the tracker.", by=None, now=now)
    session.add(made)
    session.flush()
    record(session, Event.LIMITS_SHIPPED, at=now, by=None, about=made.reference, facts={"limits": made.limits})
    return made


def propose_limits(session: Session, new: NewLimits, *, by: Actor, now: datetime) -> LimitsProposal:
    """Proposes a whole set of limits; nothing changes until both signatures are there.

    Raises `NotAllowedError`, or `LimitsError` naming the limit that is unknown or out of range.
    """
    require(by, Permission.PROPOSE_LIMITS)
    made = _proposal(limits_as_json(read_limits(new.values)), new.why.strip(), by=by, now=now)
    session.add(made)
    session.flush()
    facts, content = {"limits": made.limits}, {"why": made.why}
    record(session, Event.LIMITS_PROPOSED, at=now, by=by, about=made.reference, facts=facts, content=content)
    return made


def sign_limits(
    session: Session, reference: str, *, by: Actor, now: datetime, capacity: Capacity | None = None
) -> LimitsRecord:
    """Signs a proposal as a legal reviewer or as the Senior Responsible Officer; in effect from the second signature.

    `capacity` None: the one that the signer holds and that is still open. Raises `NotAllowedError`, or `RulebookError` where
    there is no such proposal, it is signed in that capacity already, or the signer gave the other signature.
    """
    capacity = capacity or _capacity_of(session, reference, by)
    require(by, CAPACITY_PERMISSION[capacity], about=reference)
    take_locks(session, LockKind.RULEBOOK, [0])
    found = find_proposal(session, reference)
    if found is None or found.proposal.shipped:
        raise RulebookError(f"There is no proposal {reference} to sign.")
    _refuse_a_second_signature(found, capacity, by)
    signature = LimitsSignature(
        proposal_id=saved_key(found.proposal),
        capacity=capacity.value,
        signed_by=by.staff_id,
        signer_name=by.name,
        recorded_at=now,
    )
    session.add(signature)
    session.flush()
    facts = {"capacity": capacity.value, "complete": len(found.signatures) == 1}
    record(session, Event.LIMITS_SIGNED, at=now, by=by, about=reference, facts=facts)
    return find_proposal(session, reference) or found


def ship_lawful_bases(session: Session, *, now: datetime) -> None:
    """Puts in the shipped lawful basis of every purpose that has none, not yet confirmed by the council's data protection officer."""
    take_locks(session, LockKind.RULEBOOK, [0])
    there = set(session.exec(select(LawfulBasis.purpose)).all())
    missing = [basis for basis in SHIPPED_BASES if basis.purpose.value not in there]
    session.add_all(_basis(basis, by=None, now=now) for basis in missing)
    if missing:
        session.flush()
        facts = {"purposes": [basis.purpose.value for basis in missing]}
        record(session, Event.LAWFUL_BASES_SHIPPED, at=now, by=None, facts=facts)


def set_lawful_basis(session: Session, new: NewLawfulBasis, *, by: Actor, now: datetime) -> LawfulBasis:
    """Records the basis of one purpose as the council's data protection officer set it; it holds from now.

    Raises `NotAllowedError`.
    """
    require(by, Permission.SET_LAWFUL_BASIS)
    made = _basis(new, by=by, now=now)
    session.add(made)
    session.flush()
    content = {"article_6": new.article_6, "article_9": new.article_9, "statutory_function": new.statutory_function}
    facts = {"purpose": new.purpose.value}
    record(session, Event.LAWFUL_BASIS_SET, at=now, by=by, facts=facts, content=content)
    return made


def _capacity_of(session: Session, reference: str, by: Actor) -> Capacity:
    """The capacity in which the actor can sign now; where they hold neither, Legal's, and the permission refuses it."""
    held = [capacity for capacity in Capacity if has_permission(by, CAPACITY_PERMISSION[capacity])] or [Capacity.LEGAL]
    found = find_proposal(session, reference)
    still_open = [capacity for capacity in held if found is not None and capacity not in found.signatures]
    return (still_open or held)[0]


def _refuse_a_second_signature(found: LimitsRecord, capacity: Capacity, by: Actor) -> None:
    if capacity in found.signatures:
        raise RulebookError(f"It is already signed by a {CAPACITY_WORDS[capacity]}.")
    signers = frozenset(signature.signed_by for signature in found.signatures.values())
    if not may_sign_as(by, capacity, signers):
        raise RulebookError(
            "The two signatures must be those of two different people, and not of one and their deputy."
        )


def _proposal(limits: dict[str, int | bool], why: str, *, by: Actor | None, now: datetime) -> LimitsProposal:
    return LimitsProposal(
        reference=new_reference("LIM"),
        limits=limits,
        why=why,
        proposed_by=by.staff_id if by else None,
        proposer_name=by.name if by else None,
        shipped=by is None,
        recorded_at=now,
    )


def _basis(new: NewLawfulBasis, *, by: Actor | None, now: datetime) -> LawfulBasis:
    return LawfulBasis(
        purpose=new.purpose.value,
        article_6=new.article_6,
        article_9=new.article_9,
        statutory_function=new.statutory_function,
        shipped=by is None,
        set_by=by.staff_id if by else None,
        setter_name=by.name if by else None,
        recorded_at=now,
    )
