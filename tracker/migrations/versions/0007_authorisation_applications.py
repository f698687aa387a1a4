"""Applications for authorisations, what a cancellation and a review say, and sealed copies that say something else."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Applications for authorisations, what a cancellation and a review say, and sealed copies that say something else."""
    op.create_table(
        "authorisation_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=13), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("urn", sa.String(length=40), nullable=True),
        sa.Column("offence", sa.String(length=200), nullable=True),
        sa.Column("maximum_penalty", sa.String(length=200), nullable=True),
        sa.Column("article_7a", sa.String(length=40), nullable=True),
        sa.Column("renewal_of_id", sa.Integer(), nullable=True),
        sa.Column("platforms", columns.JsonText(), nullable=True),
        sa.Column("accounts", columns.JsonText(), nullable=True),
        sa.Column("sought", sa.Text(), nullable=False),
        sa.Column("necessary", sa.Text(), nullable=False),
        sa.Column("proportionate", sa.Text(), nullable=False),
        sa.Column("collateral", sa.Text(), nullable=False),
        sa.Column("confidential_likely", sa.Boolean(), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("max_views", sa.Integer(), nullable=True),
        sa.Column("recorded_at", columns.UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("ripa_id", sa.Integer(), nullable=True),
        sa.Column("non_ripa_id", sa.Integer(), nullable=True),
        sa.Column("refused_at", columns.UtcInstant(), nullable=True),
        sa.Column("refused_by", sa.Integer(), nullable=True),
        sa.Column("refused_grade", sa.String(length=80), nullable=True),
        sa.Column("refused_why", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "article_7a IN ('six_months', 'under_age_sales')",
            name=op.f("ck_authorisation_application_article_7a_known"),
        ),
        sa.CheckConstraint(
            "kind <> 'non_ripa' OR (until_on IS NOT NULL AND max_views >= 1)",
            name=op.f("ck_authorisation_application_non_ripa_whole"),
        ),
        sa.CheckConstraint(
            "kind <> 'ripa' OR (urn IS NOT NULL AND offence IS NOT NULL AND maximum_penalty IS NOT NULL AND article_7a IS NOT NULL)",
            name=op.f("ck_authorisation_application_ripa_whole"),
        ),
        sa.CheckConstraint("kind IN ('ripa', 'non_ripa')", name=op.f("ck_authorisation_application_kind_known")),
        sa.CheckConstraint(
            "(refused_at IS NULL) = (refused_why IS NULL)", name=op.f("ck_authorisation_application_refused_whole")
        ),
        sa.CheckConstraint(
            "refused_at IS NULL OR (ripa_id IS NULL AND non_ripa_id IS NULL)",
            name=op.f("ck_authorisation_application_one_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["non_ripa_id"], ["non_ripa_authorisation.id"], name=op.f("fk_authorisation_application_non_ripa_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["staff_member.id"], name=op.f("fk_authorisation_application_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["refused_by"], ["staff_member.id"], name=op.f("fk_authorisation_application_refused_by")
        ),
        sa.ForeignKeyConstraint(
            ["renewal_of_id"], ["ripa_authorisation.id"], name=op.f("fk_authorisation_application_renewal_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["ripa_id"], ["ripa_authorisation.id"], name=op.f("fk_authorisation_application_ripa_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation_application")),
        sa.UniqueConstraint("reference", name=op.f("uq_authorisation_application_reference")),
        sa.UniqueConstraint("urn", name=op.f("uq_authorisation_application_urn")),
    )
    with op.batch_alter_table("authorisation_application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorisation_application_non_ripa_id"), ["non_ripa_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorisation_application_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorisation_application_refused_by"), ["refused_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorisation_application_renewal_of_id"), ["renewal_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorisation_application_ripa_id"), ["ripa_id"], unique=False)

    op.create_table(
        "court_order_correction",
        sa.Column("reported_id", sa.Integer(), nullable=False),
        sa.Column("corrected_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrected_id"], ["court_order.id"], name=op.f("fk_court_order_correction_corrected_id")
        ),
        sa.ForeignKeyConstraint(
            ["reported_id"], ["court_order.id"], name=op.f("fk_court_order_correction_reported_id")
        ),
        sa.PrimaryKeyConstraint("reported_id", name=op.f("pk_court_order_correction")),
        sa.UniqueConstraint("corrected_id", name=op.f("uq_court_order_correction_corrected_id")),
    )
    op.create_table(
        "application_person",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["authorisation_application.id"], name=op.f("fk_application_person_application_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_application_person_person_id")),
        sa.PrimaryKeyConstraint("application_id", "person_id", name=op.f("pk_application_person")),
    )
    with op.batch_alter_table("application_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_person_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("authorisation_review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("value_so_far", sa.Text(), nullable=True))

    with op.batch_alter_table("non_ripa_authorisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cancelled_obtained", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_material", sa.Text(), nullable=True))

    with op.batch_alter_table("ripa_authorisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cancelled_obtained", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_material", sa.Text(), nullable=True))
