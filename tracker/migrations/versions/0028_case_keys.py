"""Each case reference as it is compared: in small letters, without spaces."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.people.searching import compact

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

AT_ONCE = 10_000


def upgrade() -> None:
    """Each case reference as it is compared, and an index of it."""
    op.add_column("involvement", sa.Column("case_key", sa.String(length=180), nullable=True))
    op.create_index(op.f("ix_involvement_case_key"), "involvement", ["case_key"])
    connection = op.get_bind()
    cases = connection.execute(
        sa.text("SELECT id, case_reference FROM involvement WHERE case_reference IS NOT NULL")
    ).all()
    rows = [{"one": key, "to_key": compact(reference)} for key, reference in cases]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(
            sa.text("UPDATE involvement SET case_key = :to_key WHERE id = :one"), rows[start : start + AT_ONCE]
        )
