"""In danger only what was asked is kept, and the rest stands in a table of its own once it is said.

SQLite cannot drop NOT NULL from a column, and the table cannot be made anew while other tables refer to it. Its text is changed in
the way that https://www.sqlite.org/lang_altertable.html (section 7) gives for removing constraints; no row is touched.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NOT_ASKED_IN_DANGER = {
    "purpose_words": "TEXT",
    "why_now": "TEXT",
    "why_not_by_agreement": "VARCHAR(40)",
    "less_intrusive": "TEXT",
}
RULE = "ck_check_request_asked_before_the_look"
ASKED_BEFORE_THE_LOOK = (
    "kind = 'danger' OR (purpose_words IS NOT NULL AND why_now IS NOT NULL "
    "AND why_not_by_agreement IS NOT NULL AND less_intrusive IS NOT NULL)"
)
BESIDE = "CONSTRAINT ck_check_request_danger_is_immediate"


def upgrade() -> None:
    """What danger leaves out may be empty in the check; it is kept, once it is said, beside it."""
    if op.get_bind().dialect.name == "sqlite":
        _in_the_text_of_the_table()
    else:
        for column in NOT_ASKED_IN_DANGER:
            op.alter_column("check_request", column, nullable=True)
        op.create_check_constraint(op.f(RULE), "check_request", ASKED_BEFORE_THE_LOOK)
    op.create_table(
        "check_said_afterwards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("may_lack_capacity", sa.Boolean(), nullable=False),
        sa.Column("purpose_words", sa.Text(), nullable=False),
        sa.Column("why_this_person", sa.Text(), nullable=False),
        sa.Column("why_not_by_agreement", sa.String(length=40), nullable=False),
        sa.Column("why_not_words", sa.Text(), nullable=True),
        sa.Column("less_intrusive", sa.Text(), nullable=False),
        sa.Column("code_factors", columns.JsonText(), nullable=False),
        sa.Column("confidential_material_likely", sa.Boolean(), nullable=False),
        sa.Column("illegal_content_suspected", sa.Boolean(), nullable=False),
        sa.Column("basis_does_not_fit", sa.Text(), nullable=True),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "relation IN ('service_user', 'family_or_associate', 'carer_or_applicant', 'referral_or_enquiry', 'no_case')",
            name=op.f("ck_check_said_afterwards_relation_known"),
        ),
        sa.CheckConstraint(
            "why_not_by_agreement IN ('agreed', 'asked_and_refused', 'asking_raises_risk', 'cannot_be_found', 'urgent', 'court', 'not_yet_asked')",
            name=op.f("ck_check_said_afterwards_why_not_by_agreement_known"),
        ),
        sa.ForeignKeyConstraint(["check_id"], ["check_request.id"], name=op.f("fk_check_said_afterwards_check_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["staff_member.id"], name=op.f("fk_check_said_afterwards_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_said_afterwards")),
        sa.UniqueConstraint("check_id", name=op.f("uq_check_said_afterwards_check_id")),
    )
    op.create_index(
        op.f("ix_check_said_afterwards_recorded_by"), "check_said_afterwards", ["recorded_by"], unique=False
    )


def _in_the_text_of_the_table() -> None:
    """Raises `RuntimeError` where the text is not as 0001 made it; then nothing has changed."""
    connection = op.get_bind()
    written = connection.execute(sa.text("SELECT sql FROM sqlite_schema WHERE name = 'check_request'")).scalar_one()
    changes = {f"{column} {kind} NOT NULL": f"{column} {kind}" for column, kind in NOT_ASKED_IN_DANGER.items()}
    changes[BESIDE] = f"CONSTRAINT {RULE} CHECK ({ASKED_BEFORE_THE_LOOK}), \n\t{BESIDE}"
    for before, after in changes.items():
        if written.count(before) != 1:
            raise RuntimeError(f"the table check_request does not say {before!r} once")
        written = written.replace(before, after)
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :written WHERE name = 'check_request'"), {"written": written}
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))
