"""When somebody was told of a look and it was shared with them, and what became of it where they were to be told."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = (
    "family_cluster",
    "late_logging",
    "handed_back",
    "unreviewed",
    "unreported",
    "outcome_due",
    "telling_due",
    "consent_ending",
    "notice_ending",
    "advice_ending",
    "authorisation_ending",
    "authorisation_ended",
    "order_ending",
    "review_due",
    "order_unseen",
    "referral_old",
    "telephone_approval_unconfirmed",
    "self_check_failed",
    "duty_openings",
)


def upgrade() -> None:
    """The days of telling and sharing, a table of what became of it afterwards, and the task that it is to be done."""
    with op.batch_alter_table("case_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("shared_on", sa.Date(), nullable=True))
        batch_op.alter_column("shared_words", existing_type=sa.Text(), nullable=True)
        batch_op.create_check_constraint(op.f("ck_case_report_told_on_where_told"), "told_on IS NULL OR told = 'told'")
        batch_op.create_check_constraint(op.f("ck_case_report_shared_on_where_shared"), "shared_on IS NULL OR shared")
        batch_op.create_check_constraint(
            op.f("ck_case_report_not_shared_with_reason"), "shared OR shared_words IS NOT NULL"
        )
    promised = sa.text("told = 'will_be_told'")
    op.create_index(
        "ix_case_report_will_be_told",
        "case_report",
        ["recorded_at"],
        sqlite_where=promised,
        postgresql_where=promised,
    )
    op.create_table(
        "telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=40), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.String(length=80), nullable=True),
        sa.Column("told_words", sa.Text(), nullable=False),
        sa.Column("shared_on", sa.Date(), nullable=True),
        sa.Column("shared_words", sa.Text(), nullable=True),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "told IN ('told', 'already_knows', 'would_prejudice', 'impossible')", name=op.f("ck_telling_told_known")
        ),
        sa.CheckConstraint("(told = 'told') = (told_on IS NOT NULL)", name=op.f("ck_telling_told_with_day")),
        sa.CheckConstraint("(told = 'told') = (told_by IS NOT NULL)", name=op.f("ck_telling_told_by_somebody")),
        sa.CheckConstraint(
            "shared_on IS NOT NULL OR shared_words IS NULL", name=op.f("ck_telling_answered_where_shared")
        ),
        sa.ForeignKeyConstraint(["check_id"], ["check_request.id"], name=op.f("fk_telling_check_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff_member.id"], name=op.f("fk_telling_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
        sa.UniqueConstraint("check_id", name=op.f("uq_telling_check_id")),
    )
    with op.batch_alter_table("telling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telling_recorded_by"), ["recorded_by"], unique=False)

    name = op.f("ck_task_kind_known")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN ({', '.join(map(repr, KINDS))})")
