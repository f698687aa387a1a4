"""What Legal found on a possible error or a pattern.

The column comes with its constraint in one statement that both databases read alike, so that the table, to which holds refer,
need not be made anew on SQLite.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """What Legal found on a possible error or a pattern."""
    op.execute(
        "ALTER TABLE referral ADD COLUMN finding VARCHAR(40) CONSTRAINT ck_referral_finding_known "
        "CHECK (finding IN ('error', 'no_error', 'hold_released', 'hold_kept'))"
    )
