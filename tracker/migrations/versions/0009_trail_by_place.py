"""The trail is paged by its place in the chain, whatever it is filtered by."""

from collections.abc import Sequence

from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEXES = (
    ("audit_entry", "event"),
    ("audit_entry", "actor"),
    ("audit_entry", "record"),
    ("audit_person", "person"),
)


def upgrade() -> None:
    """The trail is paged by its place in the chain, whatever it is filtered by."""
    for table, column in INDEXES:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.create_index(op.f(f"ix_{table}_{column}_seq"), table, [column, "seq"], unique=False)
