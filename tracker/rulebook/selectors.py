"""Queries over the rulebook: what was proposed and who signed it, the limits in force at a moment, the basis of a purpose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.policy.limits import Limits, policy_version, read_limits
from tracker.policy.vocabulary import Platform, Purpose
from tracker.rulebook.models import LawfulBasis, Proposal, Signature, Withdrawal
from tracker.rulebook.vocabulary import SUBJECT_WORDS, TELLS, Capacity, Subject
from tracker.storage.kept import kept, kept_rows
from tracker.storage.tables import saved_key

SHIPPED_STILL = "shipped"
NO_WITHDRAWALS: Mapping[int, Withdrawal] = {}


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
class ProposalRecord:
    """A proposal with its signatures by capacity, from when it has been in effect (None: not yet), and its withdrawal.

    `lapsed_at`: when something else of its subject came into force between its two signatures. Whoever signed first read another
    difference than the second would, so it takes no second signature.
    """

    proposal: Proposal
    signatures: dict[Capacity, Signature]
    in_effect_at: datetime | None
    withdrawal: Withdrawal | None = None
    lapsed_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.proposal.subject)

    @property
    def subject_in_words(self) -> str:
        """What it is about, in words."""
        return SUBJECT_WORDS[self.subject]

    @property
    def limits(self) -> Limits:
        """The limits that it proposes; only of a proposal of limits."""
        return read_limits(self.proposal.settings)

    @property
    def waits(self) -> bool:
        """Whether it waits for a signature."""
        return self.in_effect_at is None and self.withdrawal is None and self.lapsed_at is None


def limits_in_force(session: Session, *, at: datetime) -> LimitsInForce:
    """The limits in effect at the instant `at`: of the proposals signed twice by then, the one whose second signature is
    latest; where there is none, the shipped ones, which also hold for every moment before the tracker was set up.

    Raises `NoRulebookError` where no limits were ever put in. Source: policy.md, "Limits".
    """
    return kept(session, ("limits_in_force", at), lambda: _limits_in_force(session, at))


def _limits_in_force(session: Session, at: datetime) -> LimitsInForce:
    newest = find_in_force(session, Subject.LIMITS, at=at)
    if newest is not None:
        return _in_force(newest.proposal, signed=True)
    shipped = session.exec(_shipped()).first()
    if shipped is None:
        raise NoRulebookError("no limits are in force; run `tracker init`")
    return _in_force(shipped, signed=False)


@cache
def _shipped() -> SelectOfScalar[Proposal]:
    """Built once, as are the others here that every decision and many pages ask for."""
    return select(Proposal).where(col(Proposal.shipped))


def find_in_force(
    session: Session, subject: Subject, *, at: datetime, purpose: str | None = None
) -> ProposalRecord | None:
    """The proposal of that subject in effect at the instant `at`; None while what ships with the tracker still holds.

    `purpose`: of the lawful bases only those of this purpose.
    """
    signatures = _signatures(session, by=at)
    if not signatures:  # nothing that was proposed can be in effect yet
        return None
    signed = [
        record
        for record in _signed(_proposals_about(session, subject), signatures)
        if record.in_effect_at and not record.proposal.shipped and record.proposal.settings.get("purpose") == purpose
    ]
    return max(signed, key=_since_when, default=None)


def stands_against(session: Session, proposal: Proposal, *, at: datetime) -> str:
    """What a proposal would take the place of: the reference of what is in force of its subject, "shipped" where that is what ships.

    Whoever signs has seen the difference from this, and from nothing else.
    """
    found = find_in_force(session, Subject(proposal.subject), at=at, purpose=proposal.settings.get("purpose"))
    return found.proposal.reference if found else SHIPPED_STILL


def _since_when(record: ProposalRecord) -> tuple[datetime, int]:
    return record.in_effect_at or record.proposal.recorded_at, saved_key(record.proposal)


def limits_of_version(session: Session, version: str) -> LimitsInForce:
    """The limits that a stored decision was made under, by its version. Raises `NoRulebookError` for one unknown."""
    proposal = next((one for one in _proposals_about(session, Subject.LIMITS) if one.reference == version), None)
    if proposal is None:
        raise NoRulebookError(f"there are no limits {version}")
    return _in_force(proposal, signed=not proposal.shipped)


def find_proposal(session: Session, reference: str) -> ProposalRecord | None:
    """The proposal with that reference, or None."""
    return next((record for record in list_proposals(session) if record.proposal.reference == reference), None)


def list_proposals(session: Session) -> tuple[ProposalRecord, ...]:
    """Everything that was shipped or proposed, of whatever subject, the newest first."""
    records = _records(session, tuple(session.exec(_proposals())))
    return tuple(replace(one, lapsed_at=_lapsed_at(one, records)) if one.waits else one for one in records)


def lawful_basis_of(session: Session, purpose: Purpose, *, at: datetime | None = None) -> LawfulBasis:
    """The lawful basis of a purpose: the row set last, by `at` where that is given. Raises `NoRulebookError` where none was put in.

    Source: UK GDPR articles 6 and 9; the controller's decision, made by the council's data protection officer.
    """
    if at is None:
        return _latest(session.exec(_bases(), params={"purposes": [purpose.value]}), [purpose])[0]
    return _latest(session.exec(_bases_by(), params={"purposes": [purpose.value], "by": at}), [purpose])[0]


def list_lawful_bases(session: Session) -> tuple[LawfulBasis, ...]:
    """The lawful basis of every purpose, in the order of the policy's vocabulary."""
    return _latest(session.exec(_bases(), params={"purposes": [purpose.value for purpose in Purpose]}), Purpose)


def _latest(bases: Iterable[LawfulBasis], purposes: Iterable[Purpose]) -> tuple[LawfulBasis, ...]:
    """Of each of these purposes the row that comes last."""
    latest = {basis.purpose: basis for basis in bases}
    for purpose in purposes:
        if purpose.value not in latest:
            raise NoRulebookError(f"no lawful basis is set for {purpose.value}; run `tracker init`")
    return tuple(latest[purpose.value] for purpose in purposes)


@cache
def _bases() -> SelectOfScalar[LawfulBasis]:
    """In the order in which they were set."""
    those = col(LawfulBasis.purpose).in_(bindparam("purposes", expanding=True))
    return select(LawfulBasis).where(those).order_by(col(LawfulBasis.recorded_at), col(LawfulBasis.id))


@cache
def _bases_by() -> SelectOfScalar[LawfulBasis]:
    """Those set by an instant. What ships holds for every moment before, as the shipped limits do."""
    return _bases().where(or_(col(LawfulBasis.recorded_at) <= bindparam("by"), col(LawfulBasis.shipped)))


def purposes_offered(session: Session, *, at: datetime) -> dict[Purpose, str]:
    """The purposes offered when a look is asked for, in the policy's order, each with the council's hint; all until it chose."""
    found = find_in_force(session, Subject.PURPOSES, at=at)
    if found is None:
        return dict.fromkeys(Purpose, "")
    offered = found.proposal.settings["offered"]
    return {purpose: offered[purpose.value] for purpose in Purpose if purpose.value in offered}


def platforms_that_tell(session: Session, *, at: datetime) -> frozenset[Platform]:
    """The platforms that tell the person who looked, as the council says; those known to, until it says so."""
    found = find_in_force(session, Subject.PLATFORMS, at=at)
    return frozenset(TELLS) if found is None else frozenset(map(Platform, found.proposal.settings["tells"]))


def _records(session: Session, proposals: Iterable[Proposal]) -> tuple[ProposalRecord, ...]:
    """These with everything that became of them since."""
    withdrawn = {one.proposal_id: one for one in session.exec(select(Withdrawal))}
    return _signed(proposals, _signatures(session, by=None), withdrawn)


def _signed(
    proposals: Iterable[Proposal], signatures: list[Signature], withdrawn: Mapping[int, Withdrawal] = NO_WITHDRAWALS
) -> tuple[ProposalRecord, ...]:
    return tuple(
        _record(one, [each for each in signatures if each.proposal_id == one.id], withdrawn.get(saved_key(one)))
        for one in proposals
    )


def _proposals_about(session: Session, subject: Subject) -> list[Proposal]:
    """Those of that subject, the newest first."""
    return kept_rows(session, _about(), subject=subject.value)


@cache
def _proposals() -> SelectOfScalar[Proposal]:
    """The newest first."""
    return select(Proposal).order_by(col(Proposal.id).desc())


@cache
def _about() -> SelectOfScalar[Proposal]:
    return _proposals().where(col(Proposal.subject) == bindparam("subject"))


def _signatures(session: Session, *, by: datetime | None) -> list[Signature]:
    def _read() -> tuple[Signature, ...]:
        return tuple(session.exec(_every_signature()))

    return [one for one in kept(session, ("_signatures",), _read) if by is None or one.recorded_at <= by]


@cache
def _every_signature() -> SelectOfScalar[Signature]:
    return select(Signature).order_by(col(Signature.id))


def _record(proposal: Proposal, signatures: list[Signature], withdrawal: Withdrawal | None) -> ProposalRecord:
    by_capacity = {Capacity(one.capacity): one for one in signatures}
    complete = set(by_capacity) == set(Capacity)
    in_effect_at = max(one.recorded_at for one in signatures) if complete else None
    if proposal.shipped:
        in_effect_at = proposal.recorded_at
    return ProposalRecord(proposal, by_capacity, in_effect_at, withdrawal)


def _lapsed_at(record: ProposalRecord, others: tuple[ProposalRecord, ...]) -> datetime | None:
    """When, after somebody had signed it, the first of the others took the place that it would have taken."""
    if not record.signatures:
        return None
    place, since = _place_of(record.proposal), min(one.recorded_at for one in record.signatures.values())
    came = [one.in_effect_at for one in others if one.in_effect_at and _place_of(one.proposal) == place]
    return min((at for at in came if at > since), default=None)


def _place_of(proposal: Proposal) -> tuple[str, str | None]:
    return proposal.subject, proposal.settings.get("purpose")


def _in_force(proposal: Proposal, *, signed: bool) -> LimitsInForce:
    return LimitsInForce(saved_key(proposal), proposal.reference, read_limits(proposal.settings), signed)
