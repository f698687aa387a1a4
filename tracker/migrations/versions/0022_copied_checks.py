"""That a check was asked as the same as another was, for somebody else of the household."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """That a check was asked as the same as another was, for somebody else of the household."""
    op.create_table(
        "check_copied",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("check_id <> copied_from_id", name=op.f("ck_check_copied_not_of_itself")),
        sa.ForeignKeyConstraint(["check_id"], ["check_request.id"], name=op.f("fk_check_copied_check_id")),
        sa.ForeignKeyConstraint(["copied_from_id"], ["check_request.id"], name=op.f("fk_check_copied_copied_from_id")),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_check_copied")),
    )
    with op.batch_alter_table("check_copied") as batch:
        batch.create_index(op.f("ix_check_copied_copied_from_id"), ["copied_from_id"], unique=False)
