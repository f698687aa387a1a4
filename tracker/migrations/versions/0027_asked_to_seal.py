"""That a manager asked Legal to seal a record, as a case of Legal's, and that it was sealed as asked."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = ("blocked_check", "refused_check", "possible_error", "pattern", "sealed", "seal_asked")
FINDINGS = ("error", "no_error", "hold_released", "hold_kept", "sealed")


def upgrade() -> None:
    """That a manager asked Legal to seal a record, as a case of Legal's, and that it was sealed as asked."""
    known = {"kind": KINDS, "finding": FINDINGS}
    check = op.f("ck_referral_check_unless_pattern")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_referral_asked_by"), "staff_member", ["asked_by"], ["id"])
        batch_op.create_index(batch_op.f("ix_referral_asked_by"), ["asked_by"], unique=False)
        for column, words in known.items():
            name = op.f(f"ck_referral_{column}_known")
            batch_op.drop_constraint(name, type_="check")
            batch_op.create_check_constraint(name, f"{column} IN ({', '.join(map(repr, words))})")
        batch_op.drop_constraint(check, type_="check")
        batch_op.create_check_constraint(check, "kind IN ('pattern', 'sealed', 'seal_asked') OR check_id IS NOT NULL")
        batch_op.create_check_constraint(
            op.f("ck_referral_asked_by_somebody"), "(kind = 'seal_asked') = (asked_by IS NOT NULL)"
        )
