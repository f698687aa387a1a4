"""Tables of the rulebook; rows are only ever added. Names stand as they were when the row was made."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field

from tracker.policy.vocabulary import Purpose
from tracker.rulebook.vocabulary import Capacity, Subject
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, listed, reference, to, words


class Proposal(Table, table=True):
    """What was proposed to the council, whole, by whom and why; `settings` is read as `subject` says.

    The first subject were the limits, and the table has its name from them. `shipped` marks the limits that came with the tracker.
    """

    __tablename__ = "limits_proposal"
    __table_args__ = (one_of("subject", Subject), rule("shipped_or_proposed", "shipped = (proposed_by IS NULL)"))

    id: int | None = key()
    reference: str = reference()
    subject: str = Field(default=Subject.LIMITS.value, sa_type=String(40), nullable=False)
    settings: dict[str, Any] = listed(nullable=False)
    why: str = words()
    proposed_by: int | None = to("staff_member.id", nullable=True)
    proposer_name: str | None = Field(default=None, sa_type=String(120), nullable=True)
    shipped: bool = False
    recorded_at: datetime = instant()


class Signature(Table, table=True):
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


class Withdrawal(Table, table=True):
    """A proposal taken back by whoever made it, before both had signed."""

    __tablename__ = "proposal_withdrawal"

    id: int | None = key()
    proposal_id: int = Field(foreign_key="limits_proposal.id", nullable=False, unique=True)
    why: str = words()
    withdrawn_by: int = to("staff_member.id")
    recorded_at: datetime = instant()


class LawfulBasis(Table, table=True):
    """The data-protection basis of a purpose, as the council's data protection officer set it; the latest row holds.

    `proposal_id`: the proposal whose second signature put it in force; `set_by` is who proposed it.
    """

    __tablename__ = "lawful_basis"
    __table_args__ = (one_of("purpose", Purpose), rule("shipped_or_set", "shipped = (set_by IS NULL)"))

    id: int | None = key()
    purpose: str = code(index=True)
    article_6: str = Field(sa_type=String(200))
    article_9: str = Field(sa_type=String(200))
    article_10: str | None = Field(default=None, sa_type=String(200), nullable=True)
    statutory_function: str = Field(sa_type=String(300))
    shipped: bool = False
    set_by: int | None = to("staff_member.id", nullable=True)
    setter_name: str | None = Field(default=None, sa_type=String(120), nullable=True)
    officer_name: str | None = Field(default=None, sa_type=String(120), nullable=True)
    decided_on: date | None = Field(default=None, nullable=True)
    proposal_id: int | None = to("limits_proposal.id", nullable=True)
    recorded_at: datetime = instant()

    @property
    def in_words(self) -> str:
        """The articles and the function in one line, as a check shows it."""
        articles = (self.article_6, self.article_9, self.article_10)
        return f"{'; '.join(one for one in articles if one)}. {self.statutory_function}."
