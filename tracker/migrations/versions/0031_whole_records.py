"""What is struck, refused, cancelled, withdrawn, released or answered has who and why, and what happened lies before its record.

Beside it what an inspector or a court asks for and no table had: which records a decision stands on, the cases under which a check was
asked, where a justice's order lies, the article 10 condition of a purpose, and who withdrew a check.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

HAPPENED = ("happened_before_recorded", "at <= recorded_at")
DIGEST = "length(evidence_sha256) = 64 AND ltrim(evidence_sha256, '0123456789abcdef') = ''"


def _with(what: str, other: str) -> str:
    return f"({what}_at IS NULL) = ({what}_{other} IS NULL)"


def _somebody(*what: str) -> list[tuple[str, str]]:
    return [(f"{one}_by_somebody", _with(one, "by")) for one in what]


CANCELLED = [
    *_somebody("cancelled"),
    ("cancelled_when_recorded", _with("cancelled", "recorded_at")),
    ("cancelled_before_recorded", "cancelled_at <= cancelled_recorded_at"),
]
RULES: dict[str, list[tuple[str, str]]] = {
    "consent": _somebody("struck"),
    "notice": _somebody("struck"),
    "objection": [("struck_with_reason", _with("struck", "why")), *_somebody("struck")],
    "legal_advice": _somebody("struck"),
    "ripa_authorisation": [*_somebody("struck"), *CANCELLED],
    "non_ripa_authorisation": [*_somebody("struck"), *CANCELLED],
    "authorisation_application": [
        *_somebody("refused", "withdrawn"),
        (
            "answered_as_asked",
            "(ripa_id IS NULL OR kind = 'ripa') AND (non_ripa_id IS NULL OR kind = 'non_ripa')",
        ),
    ],
    "authorisation_review": [HAPPENED],
    "court_order": [
        *_somebody("struck", "seen"),
        ("reported_before_recorded", "reported_at <= recorded_at"),
        ("seen_once_recorded", "seen_at >= recorded_at"),
    ],
    "check_request": _somebody("struck", "withdrawn"),
    "manager_decision": [HAPPENED],
    "look": _somebody("struck", "reviewed"),
    "look_report": [("digest_whole", DIGEST)],
    "referral": [
        ("endorsed_whole", "(endorsed_at IS NULL) = (endorsement IS NULL)"),
        ("closed_with_reason", _with("closed", "why")),
        *_somebody("endorsed", "taken", "closed"),
    ],
    "hold": [HAPPENED, *_somebody("released")],
    "family_link": _somebody("ended"),
    "same_person_link": _somebody("undone"),
    "person_seal": _somebody("unsealed"),
    "sealed_counterpart": _somebody("ended"),
    "role_grant": [
        (
            "confirmed_by_somebody",
            f"{_with('confirmed', 'by')} OR (granted_by IS NULL AND confirmed_by IS NULL)",
        ),
        ("declined_whole", _with("declined", "why")),
        *_somebody("declined"),
    ],
}


def upgrade() -> None:
    """Columns and the table that were missing, and then the rules."""
    op.add_column("person_decision", sa.Column("relied_on", sa.Text(), nullable=True))
    op.add_column("jp_hearing", sa.Column("order_place", sa.String(length=300), nullable=True))
    op.add_column("lawful_basis", sa.Column("article_10", sa.String(length=200), nullable=True))
    _add_cases()
    with op.batch_alter_table("check_request") as batch:
        batch.add_column(sa.Column("withdrawn_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_check_request_withdrawn_by"), "staff_member", ["withdrawn_by"], ["id"])
        batch.create_index(op.f("ix_check_request_withdrawn_by"), ["withdrawn_by"], unique=False)
    _say_who_withdrew()
    op.execute("UPDATE look_report SET evidence_sha256 = lower(evidence_sha256)")
    for table, rules in RULES.items():
        with op.batch_alter_table(table) as batch:
            for name, condition in rules:
                batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def _add_cases() -> None:
    op.create_table(
        "check_involvement",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("involvement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["check_request.id"], name=op.f("fk_check_involvement_check_id")),
        sa.ForeignKeyConstraint(
            ["involvement_id"], ["involvement.id"], name=op.f("fk_check_involvement_involvement_id")
        ),
        sa.PrimaryKeyConstraint("check_id", "involvement_id", name=op.f("pk_check_involvement")),
    )
    op.create_index(op.f("ix_check_involvement_involvement_id"), "check_involvement", ["involvement_id"])


def _say_who_withdrew() -> None:
    """As the trail has it; whoever asked, where it has no entry of it."""
    op.execute(
        "UPDATE check_request SET withdrawn_by = coalesce((SELECT max(staff_member.id) FROM audit_entry JOIN staff_member"
        " ON staff_member.reference = audit_entry.actor WHERE audit_entry.event = 'check:withdrawn'"
        " AND audit_entry.record = check_request.reference), requester_id) WHERE withdrawn_at IS NOT NULL"
    )
