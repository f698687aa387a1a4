"""Whose doing a task is about, the authorisations that ran out uncancelled, and what the clocks look up by day."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = (
    "kind IN ('family_cluster', 'late_logging', 'handed_back', 'unreviewed', 'unreported', 'outcome_due', 'consent_ending',"
    " 'notice_ending', 'advice_ending', 'authorisation_ending', 'authorisation_ended', 'order_ending', 'review_due',"
    " 'order_unseen', 'referral_old', 'telephone_approval_unconfirmed', 'self_check_failed')"
)
BY_DAY = (("consent", "until_on"), ("notice", "until_on"), ("legal_advice", "until_on"), ("look", "reported_at"))


def upgrade() -> None:
    """Whose doing a task is about, the authorisations that ran out uncancelled, and what the clocks look up by day."""
    known = op.f("ck_task_kind_known")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_task_about_id"), "staff_member", ["about_id"], ["id"])
        batch_op.create_index(op.f("ix_task_about_id"), ["about_id"], unique=False)
        batch_op.drop_constraint(known, type_="check")
        batch_op.create_check_constraint(known, KINDS)
        batch_op.create_check_constraint(op.f("ck_task_not_for_whom_it_is_about"), "staff_id <> about_id")
        batch_op.create_check_constraint(op.f("ck_task_not_finished_by_whom_it_is_about"), "done_by <> about_id")
    for table, column in BY_DAY:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
