"""Proposals as a page shows them: what each changes, in words, why, who signed, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.policy.catalogue import LIMIT_CATALOGUE
from tracker.policy.entitlement import Actor
from tracker.policy.limits import Limits
from tracker.policy.vocabulary import Platform, Purpose
from tracker.proposals.replaying import WouldChange, what_would_change
from tracker.rulebook.models import LawfulBasis
from tracker.rulebook.requests import NewBasis, NewLawfulBasis, NewPlatforms, NewPurposes, NewSetting
from tracker.rulebook.selectors import (
    SHIPPED_STILL,
    ProposalRecord,
    lawful_basis_of,
    limits_in_force,
    platforms_that_tell,
    purposes_offered,
    stands_against,
)
from tracker.rulebook.showing import limits_now
from tracker.rulebook.vocabulary import CAPACITY_WORDS, SUBJECT_WORDS, Capacity, Subject
from tracker.web.blocks import Status
from tracker.web.dates import day_in_words, in_words
from tracker.web.words import listed, with_capital

_SIGNERS = {Capacity.LEGAL: "a legal reviewer", Capacity.SRO: "the Senior Responsible Officer"}
_A_MOMENT = timedelta(microseconds=1)
MAY_SEE_WHAT_WOULD_CHANGE = (Permission.PROPOSE_LIMITS, Permission.SIGN_LIMITS, Permission.READ_TRAIL)

Values = Mapping[str, str]
"""What is set, in words, by what it is about."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be otherwise: what it is, its name and range where it is a limit, as it is and as it would be."""

    what: str
    now: str
    then: str
    name: str = ""
    range: str = ""


@dataclass(frozen=True, slots=True)
class ProposalEntry:
    """One proposal. `changes`: from what is in force, or, of one that has been in force, from what was before it.

    `overtaken`: something else of its subject came into force since it was proposed. `against`: see `stands_against`.
    """

    reference: str
    subject: str
    about: str
    at: datetime
    proposed_by: str
    why: str
    signatures: tuple[str, ...]
    status: Status
    changes: tuple[Change, ...]
    of_limits: bool
    waits: bool
    overtaken: bool
    against: str
    in_effect_at: datetime | None


def entry_of(session: Session, record: ProposalRecord, *, now: datetime) -> ProposalEntry:
    """One proposal in words."""
    proposal, subject = record.proposal, record.subject
    against = stands_against(session, proposal, at=now)
    return ProposalEntry(
        reference=proposal.reference,
        subject=with_capital(SUBJECT_WORDS[subject]),
        about=Purpose(proposal.settings["purpose"]).label if subject is Subject.LAWFUL_BASIS else "",
        at=proposal.recorded_at,
        proposed_by=proposal.proposer_name or "Shipped with the tracker",
        why=proposal.why,
        signatures=tuple(_signature(record, capacity) for capacity in Capacity if capacity in record.signatures),
        status=_status(record, against),
        changes=_changes_of(session, record, now),
        of_limits=subject is Subject.LIMITS,
        waits=record.waits,
        overtaken=record.waits and against != stands_against(session, proposal, at=proposal.recorded_at),
        against=against,
        in_effect_at=record.in_effect_at,
    )


def would_change(session: Session, wanted: Limits, *, to: Actor, now: datetime) -> WouldChange | None:
    """What the limits would have changed, for who proposes, signs or reads everything; None for others."""
    if not any(has_permission(to, permission) for permission in MAY_SEE_WHAT_WOULD_CHANGE):
        return None
    return what_would_change(session, wanted, limits_in_force(session, at=now), to=to, now=now)


def changes_of_limits(session: Session, wanted: Limits, *, at: datetime) -> tuple[Change, ...]:
    """What limits that are about to be proposed would change."""
    return _limits_changed(limits_in_force(session, at=at).limits, wanted)


def changes_of_setting(session: Session, new: NewSetting, *, at: datetime) -> tuple[Change, ...]:
    """What a setting that is about to be proposed would change."""
    if isinstance(new, NewBasis):
        return _differing(_basis_at(session, new.basis.purpose, at), _basis(new))
    if isinstance(new, NewPurposes):
        return _differing(_purposes(purposes_offered(session, at=at)), _purposes(new.offered))
    return _differing(_platforms(platforms_that_tell(session, at=at)), _platforms(new.tells))


def _changes_of(session: Session, record: ProposalRecord, now: datetime) -> tuple[Change, ...]:
    """Against what was there just before it came into force, lapsed or was withdrawn; against what is there now while it waits."""
    ended = record.in_effect_at or record.lapsed_at or (record.withdrawal.recorded_at if record.withdrawal else None)
    at = ended - _A_MOMENT if ended else now
    if record.proposal.shipped:
        return ()
    if record.subject is Subject.LIMITS:
        return _limits_changed(limits_in_force(session, at=at).limits, record.limits)
    return changes_of_setting(session, _as_proposed(record), at=at)


def _as_proposed(record: ProposalRecord) -> NewSetting:
    settings, why = record.proposal.settings, record.proposal.why
    if record.subject is Subject.LAWFUL_BASIS:
        return NewBasis.read(settings, why)
    if record.subject is Subject.PURPOSES:
        return NewPurposes({Purpose(one): hint for one, hint in settings["offered"].items()}, why)
    return NewPlatforms(frozenset(map(Platform, settings["tells"])), why)


def _limits_changed(before: Limits, after: Limits) -> tuple[Change, ...]:
    was, will_be = limits_now(before), limits_now(after)
    return tuple(
        Change(one.sentence, was[one.name].value, will_be[one.name].value, one.name, one.range)
        for one in LIMIT_CATALOGUE
        if was[one.name].value != will_be[one.name].value
    )


def _differing(before: Values, after: Values) -> tuple[Change, ...]:
    return tuple(Change(what, before[what], after[what]) for what in before if before[what] != after[what])


def _basis_at(session: Session, purpose: Purpose, at: datetime) -> Values:
    row = lawful_basis_of(session, purpose, at=at)
    decided = _decided(row.officer_name, day_in_words(row.decided_on)) if row.decided_on else "Nobody yet"
    return _basis_words(row, decided)


def _basis(new: NewBasis) -> Values:
    basis = new.basis
    decided = _decided(new.officer, day_in_words(new.decided_on))
    return _basis_words(basis, decided)


def _basis_words(basis: LawfulBasis | NewLawfulBasis, decided: str) -> Values:
    return {
        "Article 6": basis.article_6,
        "Article 9": basis.article_9,
        "Article 10": basis.article_10 or "None",
        "Statutory function": basis.statutory_function,
        "Decided by": decided,
    }


def _decided(officer: str | None, day: str) -> str:
    return f"{officer}, data protection officer, on {day}"


def _purposes(offered: Mapping[Purpose, str]) -> Values:
    return {purpose.label: _offered(offered, purpose) for purpose in Purpose}


def _offered(offered: Mapping[Purpose, str], purpose: Purpose) -> str:
    if purpose not in offered:
        return "Not offered"
    return f"Offered, with the hint: {offered[purpose]}" if offered[purpose] else "Offered"


def _platforms(tells: frozenset[Platform]) -> Values:
    return {platform.label: "Tells" if platform in tells else "Does not tell" for platform in Platform}


def _signature(record: ProposalRecord, capacity: Capacity) -> str:
    signature = record.signatures[capacity]
    return f"{signature.signer_name}, {CAPACITY_WORDS[capacity]}, on {in_words(signature.recorded_at)}"


def _status(record: ProposalRecord, against: str) -> Status:
    if record.proposal.reference == against:
        return Status(
            "In force", f"It is in force since {in_words(record.in_effect_at or record.proposal.recorded_at)}.", "green"
        )
    if record.proposal.shipped and against == SHIPPED_STILL:
        return Status("In force", "These hold until your council signs its own.", "yellow")
    if record.in_effect_at is not None:
        return Status("No longer in force", "A later one has taken its place.", "grey")
    if record.withdrawal is not None:
        taken_back = f"{record.proposal.proposer_name} withdrew it on {in_words(record.withdrawal.recorded_at)}"
        return Status("Withdrawn", f"{taken_back}: {record.withdrawal.why}", "grey")
    if record.lapsed_at is not None:
        return Status(
            "Lapsed",
            f"On {in_words(record.lapsed_at)}, after the first signature, something else came into force. Propose it anew.",
            "grey",
        )
    missing = listed(_SIGNERS[one] for one in Capacity if one not in record.signatures)
    return Status("Proposed", f"It waits for the signature of {missing}.", "blue")
