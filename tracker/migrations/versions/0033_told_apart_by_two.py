"""Records that agree in what tells people apart are told apart by two; why a family link was ended, and a task about it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0033"
down_revision: str | None = "0032"
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
    "family_link_ended",
)


def upgrade() -> None:
    """Records that agree in what tells people apart are told apart by two; why a family link was ended, and a task about it."""
    with op.batch_alter_table("not_same_person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_doubt", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("agreed_at", columns.UtcInstant(), nullable=True))
        batch_op.add_column(sa.Column("agreed_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_not_same_person_agreed_by"), "staff_member", ["agreed_by"], ["id"])
        batch_op.create_check_constraint(
            op.f("ck_not_same_person_doubt_with_reason"), "NOT in_doubt OR why IS NOT NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_not_same_person_agreed_by_somebody"), "(agreed_at IS NULL) = (agreed_by IS NULL)"
        )
    with op.batch_alter_table("not_same_person", schema=None) as batch_op:
        batch_op.alter_column("in_doubt", existing_type=sa.Boolean(), server_default=None)
        batch_op.create_index(batch_op.f("ix_not_same_person_agreed_by"), ["agreed_by"], unique=False)

    with op.batch_alter_table("family_link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_why", sa.Text(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_family_link_reason_of_an_end"), "ended_why IS NULL OR ended_at IS NOT NULL"
        )

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_task_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_task_kind_known"), f"kind IN ({', '.join(map(repr, KINDS))})")
