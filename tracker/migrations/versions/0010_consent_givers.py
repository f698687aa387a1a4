"""Whoever said it for somebody is named by their record, where they are family on record.

The column comes with its reference in one statement that both databases read alike.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Adds the record of whoever said it."""
    op.execute("ALTER TABLE consent ADD COLUMN giver_id INTEGER CONSTRAINT fk_consent_giver_id REFERENCES person (id)")
    op.create_index(op.f("ix_consent_giver_id"), "consent", ["giver_id"], unique=False)
