"""What is asked of this room, frozen: forms build these, services read them. People, staff and records are references.

All text has been stripped and limited by the form; empty text is None where the field is optional.
"""

from dataclasses import dataclass
from datetime import datetime

from tracker.decisions.vocabulary import CheckKind, WhyNotByAgreement
from tracker.policy.vocabulary import Aim, CodeFactor, Method, Platform, Purpose, Relation, Visibility


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """What would be looked with: `corporate_profile` (a reference of the register) or one of the other answers.

    The rules' `account` is worked out from this: a profile on the register whose user the viewer is counts as registered.
    """

    kind: str  # "not_used", "logged_out", "corporate", "corporate_unregistered", "personal" or "false_persona"
    corporate_profile: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheck:
    """A check that is asked for. `person` is whose page it is; `also_about` are others whom it is about too; `same_as` is the check
    that it was copied from, asked about somebody else of the household.

    Why, in words, and why not by agreement are None only for danger now, which does not wait to ask (`SaidAfterDanger`).
    """

    submission: str
    kind: CheckKind
    person: str
    also_about: tuple[str, ...]
    team: str
    viewer: str
    account: AccountChoice
    relation: Relation
    may_lack_capacity: bool
    purpose: Purpose
    purpose_words: str | None
    why_now: str | None
    why_not_by_agreement: WhyNotByAgreement | None
    why_not_words: str | None
    less_intrusive: str | None
    aim: Aim
    method: Method
    visibility: Visibility
    platforms: tuple[Platform, ...]
    profiles: tuple[str, ...]
    code_factors: tuple[CodeFactor, ...]
    immediate_risk: bool = False
    new_event: bool = False
    danger: str | None = None
    newly_happened: str | None = None
    confidential_material_likely: bool = False
    illegal_content_suspected: bool = False
    basis_does_not_fit: str | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAfterDanger:
    """What a planned check answers before, and danger leaves out: said by the requester with the outcome."""

    relation: Relation
    may_lack_capacity: bool
    purpose_words: str
    why_this_person: str
    why_not_by_agreement: WhyNotByAgreement
    why_not_words: str | None
    less_intrusive: str
    code_factors: tuple[CodeFactor, ...]
    confidential_material_likely: bool
    illegal_content_suspected: bool
    basis_does_not_fit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateEntry:
    """A look that was already made: the check as it would have been asked for, when the sitting was, and why it is late.

    The viewer is always the one who records it.
    """

    check: NewCheck
    opened_at: datetime
    closed_at: datetime
    why_late: str
