"""What is opened on duty with a reason, and approvals that were given by telephone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VERDICTS = ("approved", "approved_by_telephone", "denied", "declined", "endorsed", "closed", "seen")
OCCASIONS = (
    "asked",
    "asked_again",
    "approved",
    "approved_by_telephone",
    "declined",
    "referral_resolved",
    "late_as_recorded",
    "late_as_said",
)
KINDS = (
    "family_cluster",
    "late_logging",
    "handed_back",
    "unreviewed",
    "unreported",
    "outcome_due",
    "consent_ending",
    "notice_ending",
    "advice_ending",
    "authorisation_ending",
    "authorisation_ended",
    "order_ending",
    "review_due",
    "order_unseen",
    "referral_old",
    "telephone_approval_unconfirmed",
    "self_check_failed",
    "duty_openings",
)
KNOWN = (
    ("manager_decision", "verdict", VERDICTS),
    ("check_decision", "occasion", OCCASIONS),
    ("task", "kind", KINDS),
)


def upgrade() -> None:
    """What is opened on duty with a reason, and approvals that were given by telephone."""
    op.create_table(
        "duty_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", columns.UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duty_opening_person_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["rota_shift.id"], name=op.f("fk_duty_opening_shift_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_duty_opening_staff_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_duty_opening_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_opening")),
        sa.UniqueConstraint(
            "shift_id", "staff_id", "person_id", name=op.f("uq_duty_opening_shift_id_staff_id_person_id")
        ),
    )
    with op.batch_alter_table("duty_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_opening_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_opening_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_opening_shift_id"), ["shift_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_opening_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_opening_team_id"), ["team_id"], unique=False)

    op.create_table(
        "telephone_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=False),
        sa.Column("called_at", columns.UtcInstant(), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("answered_at", columns.UtcInstant(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (confirmed IS NULL)", name=op.f("ck_telephone_approval_answered_whole")
        ),
        sa.CheckConstraint("called_at <= recorded_at", name=op.f("ck_telephone_approval_called_before_recorded")),
        sa.CheckConstraint(
            "confirmed IS NULL OR confirmed OR words IS NOT NULL", name=op.f("ck_telephone_approval_denied_in_words")
        ),
        sa.CheckConstraint("manager_id <> recorded_by", name=op.f("ck_telephone_approval_not_by_whom_they_name")),
        sa.ForeignKeyConstraint(["check_id"], ["check_request.id"], name=op.f("fk_telephone_approval_check_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["manager_decision.id"], name=op.f("fk_telephone_approval_decision_id")
        ),
        sa.ForeignKeyConstraint(["manager_id"], ["staff_member.id"], name=op.f("fk_telephone_approval_manager_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff_member.id"], name=op.f("fk_telephone_approval_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telephone_approval")),
        sa.UniqueConstraint("check_id", name=op.f("uq_telephone_approval_check_id")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_telephone_approval_decision_id")),
    )
    with op.batch_alter_table("telephone_approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telephone_approval_manager_id"), ["manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_telephone_approval_recorded_by"), ["recorded_by"], unique=False)

    for table, column, known in KNOWN:
        name = op.f(f"ck_{table}_{column}_known")
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(name, type_="check")
            batch_op.create_check_constraint(name, f"{column} IN ({', '.join(map(repr, known))})")
