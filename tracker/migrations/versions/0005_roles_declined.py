"""Grants of roles and shifts have references of their own, and a grant that waits can be declined."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from tracker.storage import columns
from tracker.storage.references import new_reference

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Grants of roles and shifts have references of their own, and a grant that waits can be declined."""
    for table, kind in (("role_grant", "ROL"), ("rota_shift", "SHF")):
        op.add_column(table, sa.Column("reference", sa.String(length=13), nullable=True))
        _give_references(table, kind)
        with op.batch_alter_table(table) as batch:
            batch.alter_column("reference", existing_type=sa.String(length=13), nullable=False)
            batch.create_unique_constraint(op.f(f"uq_{table}_reference"), ["reference"])
            if table == "role_grant":
                _let_grants_be_declined(batch)


def _give_references(table: str, kind: str) -> None:
    rows = sa.table(table, sa.column("id", sa.Integer()), sa.column("reference", sa.String()))
    connection = op.get_bind()
    for key in connection.execute(sa.select(rows.c.id)).scalars().all():
        connection.execute(sa.update(rows).where(rows.c.id == key).values(reference=new_reference(kind)))


def _let_grants_be_declined(batch: BatchOperations) -> None:
    batch.add_column(sa.Column("declined_by", sa.Integer(), nullable=True))
    batch.add_column(sa.Column("declined_at", columns.UtcInstant(), nullable=True))
    batch.add_column(sa.Column("declined_why", sa.Text(), nullable=True))
    batch.create_foreign_key(op.f("fk_role_grant_declined_by"), "staff_member", ["declined_by"], ["id"])
    batch.create_index(op.f("ix_role_grant_declined_by"), ["declined_by"], unique=False)
    batch.create_check_constraint(op.f("ck_role_grant_not_declined_by_oneself"), "declined_by <> staff_id")
    batch.create_check_constraint(
        op.f("ck_role_grant_confirmed_or_declined"), "confirmed_at IS NULL OR declined_at IS NULL"
    )
