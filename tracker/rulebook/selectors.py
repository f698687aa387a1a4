"""Queries over the rulebook: the limits in force at a moment, their history, and the lawful basis of a purpose."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.policy.limits import Limits, policy_version, read_limits
from tracker.policy.vocabulary import Purpose
from tracker.rulebook.models import LawfulBasis, LimitsProposal, LimitsSignature
from tracker.rulebook.vocabulary import Capacity
from tracker.storage.kept import kept
from tracker.storage.tables import saved_key

NOT_YET_SIGNED = "not yet signed by your council"


class NoRulebookError(LookupError):
    """The database holds no limits, no lawful basis, or not the one that was named; `tracker init` puts in what ships."""


@dataclass(frozen=True, slots=True)
class LimitsInForce:
    """The limits that hold at a moment: the row's key, its version (the proposal's reference), all values, and whether
    a legal reviewer and the Senior Responsible Officer have signed them."""

    id: int
    version: str
    limits: Limits
    signed: bool

    @property
    def policy_version(self) -> str:
        """What is stored with each decision made under them."""
        return policy_version(self.version)


@dataclass(frozen=True, slots=True)
class LimitsRecord:
    """A proposal with its signatures by capacity, and from when it has been in effect (None: not yet)."""

    proposal: LimitsProposal
    limits: Limits
    signatures: dict[Capacity, LimitsSignature]
    in_effect_at: datetime | None


def limits_in_force(session: Session, *, at: datetime) -> LimitsInForce:
    """The limits in effect at the instant `at`: of the proposals signed twice by then, the one whose second signature is
    latest; where there is none, the shipped ones, which also hold for every moment before the tracker was set up.

    Raises `NoRulebookError` where no limits were ever put in. Source: policy.md, "Limits".
    """
    return kept(session, ("limits_in_force", at), lambda: _limits_in_force(session, at))


def _limits_in_force(session: Session, at: datetime) -> LimitsInForce:
    signed = [
        record for record in _records(session, signed_by=at) if not record.proposal.shipped and record.in_effect_at
    ]
    if signed:
        newest = max(signed, key=lambda record: (record.in_effect_at, record.proposal.id))
        return _in_force(newest.proposal, signed=True)
    shipped = session.exec(select(LimitsProposal).where(col(LimitsProposal.shipped))).first()
    if shipped is None:
        raise NoRulebookError("no limits are in force; run `tracker init`")
    return _in_force(shipped, signed=False)


def limits_of_version(session: Session, version: str) -> LimitsInForce:
    """The limits that a stored decision was made under, by its version. Raises `NoRulebookError` for one unknown."""
    proposal = session.exec(select(LimitsProposal).where(LimitsProposal.reference == version)).first()
    if proposal is None:
        raise NoRulebookError(f"there are no limits {version}")
    return _in_force(proposal, signed=not proposal.shipped)


def find_proposal(session: Session, reference: str) -> LimitsRecord | None:
    """The proposal with that reference, or None."""
    return next((record for record in list_limits(session) if record.proposal.reference == reference), None)


def list_limits(session: Session) -> tuple[LimitsRecord, ...]:
    """Every set of limits that was shipped or proposed, the newest first."""
    return _records(session, signed_by=None)


def lawful_basis_of(session: Session, purpose: Purpose) -> LawfulBasis:
    """The lawful basis of a purpose: the row set last. Raises `NoRulebookError` where none was put in.

    Source: UK GDPR articles 6 and 9; the controller's decision, made by the council's data protection officer.
    """
    newest = col(LawfulBasis.recorded_at).desc(), col(LawfulBasis.id).desc()
    basis = session.exec(select(LawfulBasis).where(LawfulBasis.purpose == purpose.value).order_by(*newest)).first()
    if basis is None:
        raise NoRulebookError(f"no lawful basis is set for {purpose.value}; run `tracker init`")
    return basis


def list_lawful_bases(session: Session) -> tuple[LawfulBasis, ...]:
    """The lawful basis of every purpose, in the order of the policy's vocabulary."""
    return tuple(lawful_basis_of(session, purpose) for purpose in Purpose)


def _records(session: Session, *, signed_by: datetime | None) -> tuple[LimitsRecord, ...]:
    proposals = session.exec(select(LimitsProposal).order_by(col(LimitsProposal.id).desc())).all()
    signatures = session.exec(select(LimitsSignature).order_by(col(LimitsSignature.id))).all()
    counted = [one for one in signatures if signed_by is None or one.recorded_at <= signed_by]
    return tuple(
        _record(proposal, [one for one in counted if one.proposal_id == proposal.id]) for proposal in proposals
    )


def _record(proposal: LimitsProposal, signatures: list[LimitsSignature]) -> LimitsRecord:
    by_capacity = {Capacity(one.capacity): one for one in signatures}
    complete = set(by_capacity) == set(Capacity)
    in_effect_at = max(one.recorded_at for one in signatures) if complete else None
    if proposal.shipped:
        in_effect_at = proposal.recorded_at
    return LimitsRecord(proposal, read_limits(proposal.limits), by_capacity, in_effect_at)


def _in_force(proposal: LimitsProposal, *, signed: bool) -> LimitsInForce:
    return LimitsInForce(saved_key(proposal), proposal.reference, read_limits(proposal.limits), signed)
