"""Keep a file that is imported, row by row, until it was carried out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0024"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Keep a file that is imported, row by row, until it was carried out."""
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=13), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("done_to", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.Column("begun_at", columns.UtcInstant(), nullable=True),
        sa.Column("done_at", columns.UtcInstant(), nullable=True),
        sa.Column("ends_at", columns.UtcInstant(), nullable=False),
        sa.Column("erased_at", columns.UtcInstant(), nullable=True),
        sa.CheckConstraint("kind IN ('teams', 'staff', 'people')", name=op.f("ck_import_file_kind_known")),
        sa.CheckConstraint("state IN ('tried', 'running', 'done', 'ended')", name=op.f("ck_import_file_state_known")),
        sa.CheckConstraint("done_at IS NULL OR begun_at IS NOT NULL", name=op.f("ck_import_file_begun_before_done")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_import_file_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
        sa.UniqueConstraint("reference", name=op.f("uq_import_file_reference")),
    )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_file_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_file_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "import_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", columns.JsonText(), nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("fate", sa.String(length=40), nullable=False),
        sa.Column("said", sa.String(length=500), nullable=False),
        sa.Column("record", sa.String(length=13), nullable=True),
        sa.CheckConstraint("fate IN ('wrong', 'alike', 'new', 'here')", name=op.f("ck_import_row_fate_known")),
        sa.ForeignKeyConstraint(["import_id"], ["import_file.id"], name=op.f("fk_import_row_import_id")),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_row")),
    )
