"""Cover has a reference of its own, and a check knows who spoke for whoever asked for it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns
from tracker.storage.references import new_reference

revision: str = "0025"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Cover has a reference of its own, and a check knows who spoke for whoever asked for it."""
    op.add_column("deputy", sa.Column("reference", sa.String(length=13), nullable=True))
    _give_references()
    with op.batch_alter_table("deputy") as batch:
        batch.alter_column("reference", existing_type=sa.String(length=13), nullable=False)
        batch.create_unique_constraint(op.f("uq_deputy_reference"), ["reference"])
    op.create_table(
        "check_spoken_for",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["check_request.id"], name=op.f("fk_check_spoken_for_check_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_check_spoken_for_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_spoken_for")),
        sa.UniqueConstraint("check_id", "staff_id", name=op.f("uq_check_spoken_for_check_id_staff_id")),
    )
    with op.batch_alter_table("check_spoken_for") as batch:
        batch.create_index(op.f("ix_check_spoken_for_check_id"), ["check_id"], unique=False)
        batch.create_index(op.f("ix_check_spoken_for_staff_id"), ["staff_id"], unique=False)


def _give_references() -> None:
    rows = sa.table("deputy", sa.column("id", sa.Integer()), sa.column("reference", sa.String()))
    connection = op.get_bind()
    for key in connection.execute(sa.select(rows.c.id)).scalars().all():
        connection.execute(sa.update(rows).where(rows.c.id == key).values(reference=new_reference("COV")))
