"""Records that are sealed, what Legal knows to be their counterparts, and the cases that come of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Records that are sealed, what Legal knows to be their counterparts, and the cases that come of it."""
    op.create_table(
        "person_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("kind_words", sa.String(length=120), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("sealed_at", columns.UtcInstant(), nullable=False),
        sa.Column("sealed_by", sa.Integer(), nullable=False),
        sa.Column("unsealed_at", columns.UtcInstant(), nullable=True),
        sa.Column("unsealed_by", sa.Integer(), nullable=True),
        sa.Column("unsealed_why", sa.Text(), nullable=True),
        sa.CheckConstraint("kind <> 'other' OR kind_words IS NOT NULL", name=op.f("ck_person_seal_other_in_words")),
        sa.CheckConstraint(
            "kind IN ('adoption', 'refuge', 'witness_protection', 'other')", name=op.f("ck_person_seal_kind_known")
        ),
        sa.CheckConstraint(
            "(unsealed_at IS NULL) = (unsealed_why IS NULL)", name=op.f("ck_person_seal_unsealed_with_reason")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_seal_person_id")),
        sa.ForeignKeyConstraint(["sealed_by"], ["staff_member.id"], name=op.f("fk_person_seal_sealed_by")),
        sa.ForeignKeyConstraint(["unsealed_by"], ["staff_member.id"], name=op.f("fk_person_seal_unsealed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_seal")),
    )
    with op.batch_alter_table("person_seal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_seal_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_seal_sealed_by"), ["sealed_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_seal_unsealed_by"), ["unsealed_by"], unique=False)
        batch_op.create_index(
            "uq_person_seal_standing",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("unsealed_at IS NULL"),
            postgresql_where=sa.text("unsealed_at IS NULL"),
        )

    op.create_table(
        "sealed_counterpart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=13), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", columns.UtcInstant(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_why IS NULL)", name=op.f("ck_sealed_counterpart_ended_with_reason")
        ),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_sealed_counterpart_lower_key_first")),
        sa.ForeignKeyConstraint(["ended_by"], ["staff_member.id"], name=op.f("fk_sealed_counterpart_ended_by")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_sealed_counterpart_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sealed_counterpart_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff_member.id"], name=op.f("fk_sealed_counterpart_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_counterpart")),
        sa.UniqueConstraint("reference", name=op.f("uq_sealed_counterpart_reference")),
    )
    with op.batch_alter_table("sealed_counterpart", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_counterpart_ended_by"), ["ended_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_counterpart_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_counterpart_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_counterpart_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            "uq_sealed_counterpart_standing",
            ["person_id", "other_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "counterpart_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counterpart_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counterpart_id"], ["sealed_counterpart.id"], name=op.f("fk_counterpart_answer_counterpart_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff_member.id"], name=op.f("fk_counterpart_answer_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counterpart_answer")),
    )
    with op.batch_alter_table("counterpart_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counterpart_answer_counterpart_id"), ["counterpart_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_counterpart_answer_recorded_by"), ["recorded_by"], unique=False)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_check_constraint(op.f("ck_person_sealed_is_restricted"), "NOT sealed OR restricted")
    kind, check = op.f("ck_referral_kind_known"), op.f("ck_referral_check_unless_pattern")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_constraint(kind, type_="check")
        batch_op.create_check_constraint(
            kind, "kind IN ('blocked_check', 'refused_check', 'possible_error', 'pattern', 'sealed')"
        )
        batch_op.drop_constraint(check, type_="check")
        batch_op.create_check_constraint(check, "kind IN ('pattern', 'sealed') OR check_id IS NOT NULL")
