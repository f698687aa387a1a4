"""That a manager saw that nobody is left who could report a look."""

from collections.abc import Sequence

from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VERDICTS = ("approved", "approved_by_telephone", "denied", "declined", "endorsed", "closed", "seen", "nobody_left")


def upgrade() -> None:
    """That a manager saw that nobody is left who could report a look."""
    name = op.f("ck_manager_decision_verdict_known")
    with op.batch_alter_table("manager_decision", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"verdict IN ({', '.join(map(repr, VERDICTS))})")
