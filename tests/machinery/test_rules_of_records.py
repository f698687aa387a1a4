"""What a form or a service could forget, the table refuses: who did it and why, what happened before it was recorded, one answer."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, CheckConstraint, Date, Integer, Table, insert
from sqlalchemy.exc import IntegrityError

from tests.fixtures.council import START
from tracker.schema import METADATA
from tracker.storage.columns import JsonText, UtcInstant
from tracker.storage.session import Database

Row = dict[str, Any]
LATER, DAY = START + timedelta(hours=1), date(2026, 11, 21)
DIGEST = "0123456789abcdef" * 4

WHOLE: dict[str, Row] = {
    "consent": {"status": "refused"},
    "legal_advice": {"conclusion": "threshold_met"},
    "authorisation_application": {"kind": "non_ripa", "until_on": DAY, "max_views": 1},
    "authorisation_review": {"ripa_id": 1},
    "check_request": {"kind": "danger", "immediate_risk": True},
    "court_order": {"reported_at": START},
    "family_link": {"other_id": 2},
    "look": {"issued_at": START, "ends_at": LATER, "reviewed": None},
    "person_seal": {"kind_words": "-"},
    "referral": {"kind": "pattern", "place": "legal", "with_legal_at": START},
    "role_grant": {"staff_id": 2, "granted_by": 1, "team_id": 1},
    "same_person_link": {"other_id": 2},
    "sealed_counterpart": {"other_id": 2},
}
"""What a row of each table needs besides what its columns demand."""

SOMEBODY: dict[tuple[str, str], Row] = {
    **{
        (table, "struck"): {"struck_why": "-"}
        for table in (
            "consent",
            "notice",
            "objection",
            "legal_advice",
            "ripa_authorisation",
            "non_ripa_authorisation",
            "court_order",
            "check_request",
            "look",
        )
    },
    **{
        (table, "cancelled"): {"cancelled_why": "-", "cancelled_recorded_at": START}
        for table in ("ripa_authorisation", "non_ripa_authorisation")
    },
    ("authorisation_application", "refused"): {"refused_why": "-"},
    ("authorisation_application", "withdrawn"): {"withdrawn_why": "-"},
    ("court_order", "seen"): {},
    ("check_request", "withdrawn"): {"withdrawn_why": "-"},
    ("look", "reviewed"): {"reviewed": "agreed"},
    ("referral", "endorsed"): {"endorsement": "-"},
    ("referral", "taken"): {},
    ("referral", "closed"): {"place": "closed", "closed_why": "-"},
    ("hold", "released"): {"released_why": "-"},
    ("family_link", "ended"): {},
    ("same_person_link", "undone"): {"undone_why": "-"},
    ("person_seal", "unsealed"): {"unsealed_why": "-"},
    ("sealed_counterpart", "ended"): {"ended_why": "-"},
    ("role_grant", "confirmed"): {},
    ("role_grant", "declined"): {"declined_why": "-"},
}
"""What has a moment and so must have who: the table, what was done, and what a row where it was done has besides."""

OTHERS: list[tuple[str, str, Row]] = [
    ("objection", "struck_with_reason", {"struck_at": START, "struck_by": 3}),
    ("objection", "struck_with_reason", {"struck_why": "-"}),
    ("role_grant", "declined_whole", {"declined_at": START, "declined_by": 3}),
    ("role_grant", "confirmed_by_somebody", {"granted_by": None, "confirmed_by": 3}),
    ("referral", "endorsed_whole", {"endorsed_at": START, "endorsed_by": 3}),
    ("referral", "closed_with_reason", {"place": "closed", "closed_at": START, "closed_by": 3}),
    ("authorisation_review", "happened_before_recorded", {"at": LATER}),
    ("manager_decision", "happened_before_recorded", {"at": LATER}),
    ("hold", "happened_before_recorded", {"at": LATER}),
    ("court_order", "reported_before_recorded", {"reported_at": LATER}),
    ("court_order", "seen_once_recorded", {"seen_at": START - timedelta(hours=1), "seen_by": 3}),
    *(
        (table, rule, {"cancelled_at": START, "cancelled_by": 3, "cancelled_why": "-", **more})
        for table in ("ripa_authorisation", "non_ripa_authorisation")
        for rule, more in (
            ("cancelled_when_recorded", {}),
            ("cancelled_before_recorded", {"cancelled_at": LATER, "cancelled_recorded_at": START}),
        )
    ),
    ("authorisation_application", "answered_as_asked", {"ripa_id": 1, "non_ripa_id": 1}),
    ("authorisation_application", "answered_as_asked", {"ripa_id": 1}),
    *(
        ("look_report", "digest_whole", {"evidence_sha256": digest})
        for digest in (DIGEST.upper(), DIGEST[:-1], DIGEST[:-1] + "g", " " + DIGEST[1:], "x" * 64, "")
    ),
]


def broken() -> Iterator[Any]:
    """Each rule with a row that breaks it, and nothing else."""
    for (table, done), besides in SOMEBODY.items():
        rule = f"{done}_by_somebody"
        yield pytest.param(table, rule, {f"{done}_at": START, **besides}, id=f"{table}-{rule}-nobody")
        yield pytest.param(table, rule, {f"{done}_by": 3}, id=f"{table}-{rule}-never")
    for number, (table, rule, change) in enumerate(OTHERS):
        yield pytest.param(table, rule, change, id=f"{table}-{rule}-{number}")


def whole_row(table: Table) -> Row:
    """A row of the table that breaks no rule of it; what it refers to need not be there."""
    kinds = {UtcInstant: START, JsonText: {}, Boolean: False, Date: DAY, Integer: 1}
    demanded = [column for column in table.columns if not column.nullable and not column.primary_key]
    row = {one.name: next((kinds[kind] for kind in kinds if isinstance(one.type, kind)), "-") for one in demanded}
    rules = [str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)]
    known = [found for rule in rules if (found := re.fullmatch(r"(\w+) IN \('(\w+)'.*\)", rule))]
    return row | {one[1]: one[2] for one in known if one[1] in row} | WHOLE.get(table.name, {})


def rule_against(database: Database, table: Table, row: Row) -> str:
    """The rule of the table by which the database refuses a row; "" where it breaks none, whatever it refers to."""
    try:
        with database.transaction() as session:
            session.execute(insert(table).values(**row))
            session.rollback()
    except IntegrityError as error:
        said = str(error.orig)
        found = re.search(rf"ck_{table.name}_(\w+)", said)
        if "foreign key" not in said.lower():
            return found.group(1) if found else said
    return ""


@pytest.mark.parametrize(("name", "rule", "change"), [*broken()])
def test_a_row_that_breaks_a_rule_is_refused_and_is_not_without_what_breaks_it(
    database: Database, name: str, rule: str, change: Row
) -> None:
    table = METADATA.tables[name]
    row = whole_row(table)
    assert rule_against(database, table, {**row, **change}) == rule
    assert rule_against(database, table, row) == ""


def test_what_was_done_by_somebody_with_a_reason_is_taken(database: Database) -> None:
    """The control."""
    for (name, done), besides in SOMEBODY.items():
        table = METADATA.tables[name]
        row = {**whole_row(table), f"{done}_at": START, f"{done}_by": 3, **besides}
        assert rule_against(database, table, row) == "", (name, done)
    report = METADATA.tables["look_report"]
    assert rule_against(database, report, {**whole_row(report), "evidence_sha256": DIGEST}) == ""


def test_every_moment_that_says_what_somebody_did_says_who() -> None:
    """Whoever adds one and forgets the rule reads it here."""
    did = {
        (table.name, column.name.removesuffix("_at"))
        for table in METADATA.sorted_tables
        for column in table.columns
        if re.fullmatch(
            "(struck|refused|cancelled|withdrawn|released|undone|unsealed|endorsed|declined)_at", column.name
        )
    }
    assert did - SOMEBODY.keys() == {("profile", "struck")}  # nothing strikes a profile
