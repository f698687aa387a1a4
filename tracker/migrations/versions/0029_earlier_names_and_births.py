"""Until when a name was a person's, and what was recorded of their birth before it was changed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Until when a name was a person's, and what was recorded of their birth before it was changed."""
    op.add_column("person_name", sa.Column("until", columns.UtcInstant(), nullable=True))
    op.create_table(
        "person_birth_earlier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("approximate_age", sa.Integer(), nullable=True),
        sa.Column("approximate_age_on", sa.Date(), nullable=True),
        sa.Column("unborn", sa.Boolean(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.Column("until", columns.UtcInstant(), nullable=True),
        sa.CheckConstraint(
            "date_of_birth IS NOT NULL OR approximate_age IS NOT NULL OR unborn",
            name=op.f("ck_person_birth_earlier_something_known"),
        ),
        sa.CheckConstraint(
            "(approximate_age IS NULL) = (approximate_age_on IS NULL)",
            name=op.f("ck_person_birth_earlier_age_with_its_day"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_birth_earlier_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_birth_earlier")),
    )
    op.create_index(op.f("ix_person_birth_earlier_person_id"), "person_birth_earlier", ["person_id"])
    op.create_index(op.f("ix_person_birth_earlier_date_of_birth"), "person_birth_earlier", ["date_of_birth"])
