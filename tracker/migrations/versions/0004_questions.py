"""Questions about a check, and the verdict that a late entry was seen."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VERDICTS = "verdict IN ('approved', 'declined', 'endorsed', 'closed', 'seen')"


def upgrade() -> None:
    """Adds the table of questions, and lets a manager's verdict be that a late entry was seen."""
    op.create_table(
        "check_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=13), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("asked_as", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", columns.UtcInstant(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", columns.UtcInstant(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint("asked_as IN ('manager', 'legal')", name=op.f("ck_check_question_asked_as_known")),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_check_question_answered_whole")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name=op.f("ck_check_question_answered_by_somebody")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["staff_member.id"], name=op.f("fk_check_question_answered_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff_member.id"], name=op.f("fk_check_question_asked_by")),
        sa.ForeignKeyConstraint(["check_id"], ["check_request.id"], name=op.f("fk_check_question_check_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_question")),
        sa.UniqueConstraint("reference", name=op.f("uq_check_question_reference")),
    )
    for column in ("answered_by", "asked_by", "check_id"):
        op.create_index(op.f(f"ix_check_question_{column}"), "check_question", [column], unique=False)
    name = op.f("ck_manager_decision_verdict_known")
    with op.batch_alter_table("manager_decision", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, VERDICTS)
