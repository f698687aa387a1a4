"""The limits as a page shows them: each with its value now, the shipped one and its range; and their history in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.policy.catalogue import LIMIT_CATALOGUE, CatalogueLimit
from tracker.policy.limits import Limits, limits_as_json
from tracker.rulebook.selectors import LimitsInForce, ProposalRecord
from tracker.rulebook.vocabulary import CAPACITY_WORDS, Capacity
from tracker.web.blocks import Colour, Status
from tracker.web.dates import in_words
from tracker.web.words import listed, with_capital

_SIGNERS = {Capacity.LEGAL: "a legal reviewer", Capacity.SRO: "the Senior Responsible Officer"}


@dataclass(frozen=True, slots=True)
class LimitNow:
    """One limit with its value in force."""

    described: CatalogueLimit
    value: str


@dataclass(frozen=True, slots=True)
class LimitChange:
    """One limit that would be otherwise than it is now."""

    described: CatalogueLimit
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class LimitsEntry:
    """One set of limits in the history: who proposed it, why, who signed, where it stands, what it changed from the shipped."""

    version: str
    at: datetime
    proposed_by: str
    why: str
    signatures: tuple[str, ...]
    status: Status
    differs: tuple[str, ...]


def limits_now(limits: Limits) -> dict[str, LimitNow]:
    """Every limit by name, with its value in words."""
    values = limits_as_json(limits)
    return {one.name: LimitNow(one, _value(values[one.name])) for one in LIMIT_CATALOGUE}


def history_of(records: Iterable[ProposalRecord], in_force: LimitsInForce) -> tuple[LimitsEntry, ...]:
    """The sets of limits as the page lists them, in the order given."""
    return tuple(entry_of(record, in_force) for record in records)


def changes_of(wanted: Limits, now: Limits) -> tuple[LimitChange, ...]:
    """What is otherwise in the limits wanted than in those of now, in the order of the catalogue."""
    before, after = limits_as_json(now), limits_as_json(wanted)
    return tuple(
        LimitChange(one, _value(before[one.name]), _value(after[one.name]))
        for one in LIMIT_CATALOGUE
        if before[one.name] != after[one.name]
    )


def entry_of(record: ProposalRecord, in_force: LimitsInForce) -> LimitsEntry:
    """One set of limits in words."""
    return LimitsEntry(
        version=record.proposal.reference,
        at=record.proposal.recorded_at,
        proposed_by=record.proposal.proposer_name or "Shipped with the tracker",
        why=record.proposal.why,
        signatures=tuple(_signature(record, capacity) for capacity in Capacity if capacity in record.signatures),
        status=_status(record, in_force),
        differs=_differs(record.limits),
    )


def _signature(record: ProposalRecord, capacity: Capacity) -> str:
    signature = record.signatures[capacity]
    return f"{signature.signer_name}, {CAPACITY_WORDS[capacity]}, on {in_words(signature.recorded_at)}"


def _status(record: ProposalRecord, in_force: LimitsInForce) -> Status:
    if record.proposal.id == in_force.id:
        unsigned = "" if in_force.signed else " They are not yet signed by your council."
        return Status("In force", f"Decisions are made under these limits.{unsigned}", _colour(in_force.signed))
    if record.in_effect_at is not None:
        return Status("No longer in force", "Later limits have taken their place.", "grey")
    missing = listed(_SIGNERS[one] for one in Capacity if one not in record.signatures)
    return Status("Proposed", f"They wait for the signature of {missing}.", "blue")


def _colour(signed: bool) -> Colour:
    return "green" if signed else "yellow"


def _differs(limits: Limits) -> tuple[str, ...]:
    """What is set otherwise than shipped."""
    values = limits_as_json(limits)
    changed = ((one, _value(values[one.name])) for one in LIMIT_CATALOGUE)
    return tuple(
        f"{with_capital(one.name.replace('_', ' '))}: {value}" for one, value in changed if value != one.default
    )


def _value(value: int | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
