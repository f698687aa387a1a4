"""How names sound, when a record was compared with all others, and which two looked like one person."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.people.sounds import keys_of_name
from tracker.storage import columns

revision: str = "0014"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

AT_ONCE = 10_000


def upgrade() -> None:
    """How names sound, when a record was compared with all others, and which two looked like one person."""
    op.create_table(
        "suggested_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("found_at", columns.UtcInstant(), nullable=False),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_suggested_link_lower_key_first")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_suggested_link_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_suggested_link_person_id")),
        sa.PrimaryKeyConstraint("person_id", "other_id", name=op.f("pk_suggested_link")),
    )
    with op.batch_alter_table("suggested_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggested_link_other_id"), ["other_id"], unique=False)

    op.create_table(
        "person_name_key",
        sa.Column("sound", sa.String(length=24), nullable=False),
        sa.Column("name_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["name_id"], ["person_name.id"], name=op.f("fk_person_name_key_name_id")),
        sa.PrimaryKeyConstraint("sound", "name_id", name=op.f("pk_person_name_key")),
    )
    with op.batch_alter_table("person_name_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name_key_name_id"), ["name_id"], unique=False)

    op.add_column("person", sa.Column("compared_at", columns.UtcInstant(), nullable=True))
    nothing = sa.text("compared_at IS NULL")
    op.create_index("ix_person_to_compare", "person", ["id"], sqlite_where=nothing, postgresql_where=nothing)
    _write_keys()


def _write_keys() -> None:
    connection = op.get_bind()
    keys = sa.table("person_name_key", sa.column("sound", sa.String), sa.column("name_id", sa.Integer))
    names = connection.execute(sa.text("SELECT id, name FROM person_name ORDER BY id")).all()
    rows = [{"sound": sound, "name_id": key} for key, name in names for sound in sorted(keys_of_name(name))]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(keys.insert(), rows[start : start + AT_ONCE])
