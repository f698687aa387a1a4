"""An application that the authorising officer has not answered can be withdrawn by Legal."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """An application that the authorising officer has not answered can be withdrawn by Legal."""
    with op.batch_alter_table("authorisation_application", schema=None) as batch:
        batch.add_column(sa.Column("withdrawn_at", columns.UtcInstant(), nullable=True))
        batch.add_column(sa.Column("withdrawn_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("withdrawn_why", sa.Text(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_authorisation_application_withdrawn_by"), "staff_member", ["withdrawn_by"], ["id"]
        )
        batch.create_index(op.f("ix_authorisation_application_withdrawn_by"), ["withdrawn_by"], unique=False)
        batch.create_check_constraint(
            op.f("ck_authorisation_application_withdrawn_whole"), "(withdrawn_at IS NULL) = (withdrawn_why IS NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_authorisation_application_withdrawn_unanswered"),
            "withdrawn_at IS NULL OR (refused_at IS NULL AND ripa_id IS NULL AND non_ripa_id IS NULL)",
        )
