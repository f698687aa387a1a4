"""The audit trail can only grow: its triggers, and the head it starts from."""

import sqlalchemy as sa
from alembic import op

from tracker.audit import triggers

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Puts down the head of an empty trail, then the triggers."""
    head = sa.table("audit_head", sa.column("id"), sa.column("seq"), sa.column("hash"))
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])
    triggers.install(op.get_bind())
