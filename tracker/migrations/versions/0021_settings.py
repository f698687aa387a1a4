"""Proposals of other settings than limits, proposals withdrawn, who decided a lawful basis, and the council's own words."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0021"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Proposals of other settings than limits, proposals withdrawn, who decided a lawful basis, and the council's own words."""
    _let_proposals_be_of_any_subject()
    _say_who_decided_a_basis()
    op.create_table(
        "site_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=13), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("writer_name", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.CheckConstraint(
            "part IN ('name', 'accessibility', 'privacy', 'cookies', 'help')", name=op.f("ck_site_text_part_known")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["staff_member.id"], name=op.f("fk_site_text_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_text")),
        sa.UniqueConstraint("reference", name=op.f("uq_site_text_reference")),
    )
    op.create_index(op.f("ix_site_text_part"), "site_text", ["part"], unique=False)
    op.create_index(op.f("ix_site_text_written_by"), "site_text", ["written_by"], unique=False)
    op.create_table(
        "site_text_shown",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("shown_by", sa.Integer(), nullable=False),
        sa.Column("shower_name", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["shown_by"], ["staff_member.id"], name=op.f("fk_site_text_shown_shown_by")),
        sa.ForeignKeyConstraint(["text_id"], ["site_text.id"], name=op.f("fk_site_text_shown_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_text_shown")),
    )
    op.create_index(op.f("ix_site_text_shown_shown_by"), "site_text_shown", ["shown_by"], unique=False)
    op.create_index(op.f("ix_site_text_shown_text_id"), "site_text_shown", ["text_id"], unique=False)


def _let_proposals_be_of_any_subject() -> None:
    """Every proposal so far is one of limits."""
    with op.batch_alter_table("limits_proposal") as batch:
        batch.add_column(sa.Column("subject", sa.String(length=40), nullable=False, server_default="limits"))
        batch.alter_column("limits", new_column_name="settings")
    with op.batch_alter_table("limits_proposal") as batch:
        batch.alter_column("subject", existing_type=sa.String(length=40), server_default=None)
        batch.create_check_constraint(
            op.f("ck_limits_proposal_subject_known"), "subject IN ('limits', 'lawful_basis', 'purposes', 'platforms')"
        )
    op.create_table(
        "proposal_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["limits_proposal.id"], name=op.f("fk_proposal_withdrawal_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["staff_member.id"], name=op.f("fk_proposal_withdrawal_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_withdrawal")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_proposal_withdrawal_proposal_id")),
    )
    op.create_index(op.f("ix_proposal_withdrawal_withdrawn_by"), "proposal_withdrawal", ["withdrawn_by"], unique=False)


def _say_who_decided_a_basis() -> None:
    op.add_column("lawful_basis", sa.Column("officer_name", sa.String(length=120), nullable=True))
    op.add_column("lawful_basis", sa.Column("decided_on", sa.Date(), nullable=True))
    op.execute(
        "ALTER TABLE lawful_basis ADD COLUMN proposal_id INTEGER "
        "CONSTRAINT fk_lawful_basis_proposal_id REFERENCES limits_proposal (id)"
    )
    op.create_index(op.f("ix_lawful_basis_proposal_id"), "lawful_basis", ["proposal_id"], unique=False)
