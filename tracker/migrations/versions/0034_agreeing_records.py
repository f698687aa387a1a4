"""Records that agree in what tells people apart are kept with since when."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORD = sa.table(
    "not_same_person",
    sa.column("person_id", sa.Integer),
    sa.column("other_id", sa.Integer),
    sa.column("in_doubt", sa.Boolean),
    sa.column("recorded_at", columns.UtcInstant()),
    sa.column("recorded_by", sa.Integer),
)
AGREEING = sa.table(
    "agreeing_records",
    sa.column("person_id", sa.Integer),
    sa.column("other_id", sa.Integer),
    sa.column("recorded_at", columns.UtcInstant()),
    sa.column("recorded_by", sa.Integer),
    sa.column("in_full_at", columns.UtcInstant()),
)
PERSON = sa.table("person", sa.column("compared_at", columns.UtcInstant()), sa.column("sealed", sa.Boolean))


def upgrade() -> None:
    """Keeps the pairs of which one person had said that they are two. Every record is compared with all others again, by the
    scheduler, which keeps what agrees."""
    op.create_table(
        "agreeing_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("in_full_at", columns.UtcInstant(), nullable=True),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_agreeing_records_lower_key_first")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_agreeing_records_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreeing_records_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff_member.id"], name=op.f("fk_agreeing_records_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreeing_records")),
        sa.UniqueConstraint("person_id", "other_id", name=op.f("uq_agreeing_records_person_id_other_id")),
    )
    with op.batch_alter_table("agreeing_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreeing_records_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreeing_records_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreeing_records_recorded_by"), ["recorded_by"], unique=False)
    kept = ["person_id", "other_id", "recorded_at", "recorded_by"]
    doubted = sa.select(*(WORD.c[name] for name in kept), WORD.c.recorded_at).where(WORD.c.in_doubt)
    op.execute(sa.insert(AGREEING).from_select([*kept, "in_full_at"], doubted))
    with op.batch_alter_table("not_same_person", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_not_same_person_doubt_with_reason"), type_="check")
        batch_op.drop_column("in_doubt")
    op.execute(sa.update(PERSON).where(~PERSON.c.sealed).values(compared_at=None))
