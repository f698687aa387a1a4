"""The looks that were entered late and those that were handed back can be found without reading the others."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Indexes of the few looks that the sweep asks for by what became of them."""
    late = sa.text("issued_at IS NULL")
    handed_back = sa.text("result IN ('not_used', 'not_found', 'not_open', 'would_not_load')")
    op.create_index("ix_look_late", "look", ["viewer_id"], sqlite_where=late, postgresql_where=late)
    op.create_index(
        "ix_look_handed_back", "look", ["viewer_id"], sqlite_where=handed_back, postgresql_where=handed_back
    )
