"""Nothing of the demonstration was put in by hand: its trail holds, and every row stands behind an event of a service."""

import ast
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, text
from sqlmodel import col, select

import tracker.demo
from tests.demo.telling import Told
from tracker.audit.chain import verify
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.checks.replay import replay
from tracker.demo.timetable import Timetable
from tracker.policy.vocabulary import Outcome, Purpose
from tracker.schema import METADATA

DECIDED_ONCE = (
    Event.CHECK_SUBMITTED,
    Event.CHECK_APPROVED,
    Event.CHECK_APPROVED_BY_TELEPHONE,
    Event.CHECK_DECLINED,
    Event.CHECK_DECIDED_AGAIN,
)

ROWS_OF: dict[str, tuple[Event, ...]] = {
    "team": (Event.TEAM_ADDED,),
    "staff_member": (Event.STAFF_ADDED,),
    "role_grant": (Event.ROLE_GRANTED,),
    "rota_shift": (Event.ROTA_SHIFT_ADDED,),
    "deputy": (Event.DEPUTY_NAMED,),
    "corporate_profile": (Event.CORPORATE_PROFILE_ADDED,),
    "corporate_profile_user": (Event.CORPORATE_PROFILE_USER_ADDED,),
    "limits_proposal": (Event.LIMITS_SHIPPED, Event.LIMITS_PROPOSED, Event.SETTING_PROPOSED),
    "limits_signature": (Event.LIMITS_SIGNED, Event.SETTING_SIGNED),
    "person": (Event.PERSON_ADDED,),
    "involvement": (Event.INVOLVEMENT_OPENED,),
    "profile": (Event.PROFILE_ADDED,),
    "family_link": (Event.FAMILY_LINK_ADDED,),
    "same_person_link": (Event.RECORDS_LINKED,),
    "person_seal": (Event.PERSON_SEALED,),
    "sealed_counterpart": (Event.COUNTERPART_RECORDED,),
    "consent": (Event.CONSENT_RECORDED, Event.DISAGREEMENT_RECORDED),
    "notice": (Event.NOTICE_RECORDED,),
    "legal_advice": (Event.ADVICE_RECORDED,),
    "authorisation_application": (Event.APPLICATION_PREPARED,),
    "ripa_authorisation": (Event.RIPA_GRANTED,),
    "jp_hearing": (Event.RIPA_APPROVAL_RECORDED,),
    "authorisation_review": (Event.RIPA_GRANTED, Event.RIPA_REVIEWED),
    "court_order": (Event.COURT_ORDER_RECORDED, Event.COURT_ORDER_REPORTED),
    "check_request": (Event.CHECK_SUBMITTED, Event.LATE_ENTRY_RECORDED),
    "check_decision": (
        *DECIDED_ONCE,
        Event.LATE_ENTRY_RECORDED,
        Event.LATE_ENTRY_RECORDED,
    ),  # a late entry is decided twice
    "manager_decision": (
        Event.CHECK_APPROVED,
        Event.CHECK_APPROVED_BY_TELEPHONE,
        Event.CHECK_DECLINED,
        Event.REFERRAL_ENDORSED,
    ),
    "telephone_approval": (Event.CHECK_APPROVED_BY_TELEPHONE,),
    "duty_opening": (Event.OPENED_ON_DUTY,),
    "look_report": (Event.LOOK_REPORTED, Event.LOOK_NOT_USED),
    "case_report": (Event.OUTCOME_REPORTED,),
    "sighting": (Event.SIGHTING_RECORDED,),
    "referral": (Event.REFERRAL_OPENED,),
    "pattern_finding": (Event.PATTERN_FOUND,),
}
"""For each table, the events of which each stands for one of its rows."""

PARTS_OF = {
    "person_name": "person",
    "person_name_key": "person",
    "person_birth_earlier": "person",
    "person_reader": "person",
    "check_subject": "check_request",
    "check_involvement": "check_request",
    "check_said_afterwards": "check_request",
    "check_profile": "check_request",
    "check_copied": "check_request",
    "person_decision": "check_decision",
    "viewing": "look",
    "application_person": "authorisation_application",
    "ripa_person": "ripa_authorisation",
    "court_order_person": "court_order",
    "referral_person": "referral",
    "pattern_finding_person": "pattern_finding",
    "pattern_finding_view": "pattern_finding",
}
"""Tables whose rows are parts of a row of another."""

OTHERWISE = {"look", "hold", "lawful_basis", "draft", "submission"}
"""Tables counted in a test of their own, and drafts and what keeps a form from being carried out twice, which are no record."""

WRITING = {"add", "add_all", "merge", "delete", "flush", "commit", "execute", "insert", "update", "exec_driver_sql"}


def test_the_trail_holds_and_its_times_rise(told: Told) -> None:
    assert verify(told.session).holds
    times = list(told.session.exec(select(AuditEntry.at).order_by(col(AuditEntry.seq))))
    assert times == sorted(times)
    assert times[0] == Timetable(told.now).beginning
    assert told.now - timedelta(hours=2) < times[-1] <= told.now


def test_every_decision_comes_out_the_same_again(told: Told) -> None:
    found = replay(told.session)
    assert found.differs is None
    assert found.decisions > 30


def test_every_outcome_was_met(told: Told) -> None:
    met = {fact["decision"]["outcome"] for fact in _facts(told, *DECIDED_ONCE)}
    assert met == {outcome.value for outcome in Outcome}


@pytest.mark.parametrize("table", ROWS_OF)
def test_every_row_stands_behind_an_event(told: Told, table: str) -> None:
    events = _events(told)
    assert _rows(told, table) == sum(events[event] for event in ROWS_OF[table]) > 0


def test_every_look_hold_and_lawful_basis_stands_behind_an_event(told: Told) -> None:
    looks = [fact["look"] for fact in _facts(told, *DECIDED_ONCE, Event.LATE_ENTRY_RECORDED) if "look" in fact]
    holds = [hold for fact in _facts(told, Event.HOLD_PLACED) for hold in fact["holds"]]
    bases = [purpose for fact in _facts(told, Event.LAWFUL_BASES_SHIPPED) for purpose in fact["purposes"]]
    assert (_rows(told, "look"), _rows(told, "hold"), _rows(told, "lawful_basis")) == (
        len(set(looks)),
        len(set(holds)),
        len(Purpose) + len(_facts(told, Event.LAWFUL_BASIS_SET)),
    )
    assert sorted(bases) == sorted(Purpose)


def test_a_table_that_no_event_speaks_for_is_empty(told: Told) -> None:
    trail = {name for name in METADATA.tables if name.startswith("audit_")}
    assert set(PARTS_OF.values()) <= set(ROWS_OF) | OTHERWISE
    unspoken = set(METADATA.tables) - set(ROWS_OF) - set(PARTS_OF) - OTHERWISE - trail
    assert {name: _rows(told, name) for name in sorted(unspoken)} == dict.fromkeys(sorted(unspoken), 0)


def test_nobody_was_refused_and_nobody_signed_in(told: Told) -> None:
    events = _events(told)
    assert [events[event] for event in (Event.ACCESS_REFUSED, Event.SIGNED_IN, Event.SIGN_IN_FAILED)] == [0, 0, 0]


def test_no_module_of_the_demonstration_writes_a_row_itself() -> None:
    modules = sorted(Path(tracker.demo.__file__).parent.rglob("*.py"))
    assert len(modules) > 10
    assert [one for module in modules for one in _writes_in(module.read_text())] == []


def test_a_module_that_wrote_a_row_itself_would_be_found() -> None:
    assert _writes_in("def f(session, row):\n    session.add(row)\n") == ["add"]


def _writes_in(source: str) -> list[str]:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in WRITING]


def _events(told: Told) -> Counter[str]:
    rows = told.session.exec(select(AuditEntry.event, func.count()).group_by(col(AuditEntry.event)))
    return Counter(dict(rows.all()))


def _facts(told: Told, *events: Event) -> list[dict[str, Any]]:
    wanted = [event.value for event in events]
    rows = told.session.exec(select(AuditEntry.text).where(col(AuditEntry.event).in_(wanted)))
    return [json.loads(row)["facts"] for row in rows]


def _rows(told: Told, table: str) -> int:
    count = told.session.connection().execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()  # noqa: S608 - our own name
    return int(count)
