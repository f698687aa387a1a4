"""Tables of the rulebook; rows are only ever added. Names stand as they were when the row was made."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field

from tracker.policy.vocabulary import Purpose
from tracker.rulebook.vocabulary import Capacity
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, listed, reference, to, words


class LimitsProposal(Table, table=True):
    """A whole set of limits: all values, who proposed them and why. `shipped` marks those that came with the tracker."""

    __tablename__ = "limits_proposal"
    __table_args__ = (rule("shipped_or_proposed", "shipped = (proposed_by IS NULL)"),)

    id: int | None = key()
    reference: str = reference()
    limits: dict[str, Any] = listed(nullable=False)
    why: str = words()
    proposed_by: int | None = to("staff_member.id", nullable=True)
    proposer_name: str | None = Field(default=None, sa_type=String(120), nullable=True)
    shipped: bool = False
    recorded_at: datetime = instant()


class LimitsSignature(Table, table=True):
    """One of the two signatures that put a proposal in force; nobody gives both."""

    __tablename__ = "limits_signature"
    __table_args__ = (
        one_of("capacity", Capacity),
        UniqueConstraint("proposal_id", "capacity"),
        UniqueConstraint("proposal_id", "signed_by"),
    )

    id: int | None = key()
    proposal_id: int = to("limits_proposal.id")
    capacity: str = code()
    signed_by: int = to("staff_member.id")
    signer_name: str = Field(sa_type=String(120))
    recorded_at: datetime = instant()


class LawfulBasis(Table, table=True):
    """The data-protection basis of a purpose, as the council's data protection officer set it; the latest row holds."""

    __tablename__ = "lawful_basis"
    __table_args__ = (one_of("purpose", Purpose), rule("shipped_or_set", "shipped = (set_by IS NULL)"))

    id: int | None = key()
    purpose: str = code(index=True)
    article_6: str = Field(sa_type=String(200))
    article_9: str = Field(sa_type=String(200))
    statutory_function: str = Field(sa_type=String(300))
    shipped: bool = False
    set_by: int | None = to("staff_member.id", nullable=True)
    setter_name: str | None = Field(default=None, sa_type=String(120), nullable=True)
    recorded_at: datetime = instant()
