"""What the sweep reads of the ledger is what the counter counts, and it begins again where the last whole one ended."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from bench import ledger
from tests.detection.by_hand import sweep
from tests.detection.finding import HOUR, findings
from tests.fixtures.casework import Casework
from tests.fixtures.council import AS_OWNER, START
from tracker.checks import looking
from tracker.detection import reading, statements
from tracker.detection.candidates import find_candidates
from tracker.detection.changes import Changes
from tracker.detection.links import read_links_near
from tracker.policy.limits import SHIPPED
from tracker.policy.patterns import Pattern
from tracker.policy.vocabulary import ConsentStatus, Reviewed, ViewFooting
from tracker.storage.session import Database
from tracker.viewings.models import Look, Viewing
from tracker.viewings.selectors import footing_as_recorded
from tracker.viewings.vocabulary import LookResult

SUCH = (ViewFooting.OPEN_SOURCE, ViewFooting.LATE_ENTRY)


def every_kind_of_look() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Columns of a look and of its row in the ledger: all that can make it count or not."""
    for footing, result, counts, searched, struck, wrong, reviewed in product(
        ViewFooting, [None, *LookResult], (False, True), (False, True), (False, True), (False, True), [None, *Reviewed]
    ):
        if counts and result is None:
            continue
        at = ledger.stamp(START)
        look = {
            "result": result and result.value,
            "reported_at": at if result else None,
            "result_counts_from": at if counts else None,
            "searched_first": searched,
            "struck_at": at if struck else None,
            "struck_by": 1 if struck else None,
            "struck_why": "-" if struck else None,
            "reviewed": reviewed and reviewed.value,
            "reviewed_at": at if reviewed else None,
            "reviewed_by": ledger.WORKERS + 1 if reviewed else None,
        }
        yield look, {"footing": footing.value, "because_wrong_person": wrong}


@AS_OWNER
def test_what_is_read_of_every_kind_of_look_is_what_counts(database: Database) -> None:
    kinds = list(every_kind_of_look())
    with ledger.quick(database) as raw:
        ledger.fill(raw, viewings=0, people=3)
        numbers = range(1, len(kinds) + 1)
        rows = [(i, 1, "open_source", START) for i in numbers]
        ledger.insert(raw, "check_request", [ledger.check(*row) for row in rows])
        ledger.insert(raw, "look", [ledger.look(*row) | look for row, (look, _) in zip(rows, kinds, strict=True)])
        ledger.insert(raw, "viewing", [ledger.viewing(*row) | seen for row, (_, seen) in zip(rows, kinds, strict=True)])
    with database.reading() as session:
        read = {row[1]: bool(row[3]) for row in session.execute(text(statements.COUNTED.format(near="")))}
        pairs = session.exec(select(Viewing, Look).join(Look, col(Look.id) == col(Viewing.look_id))).all()
        wanted = {}
        for viewing, look in pairs:
            footing = footing_as_recorded(viewing, look, by=START + timedelta(days=1))
            not_agreed = footing is ViewFooting.IMMEDIATE_RESPONSE and look.reviewed == Reviewed.NOT_AGREED
            if footing is ViewFooting.PRESENCE_SEARCH or footing in SUCH or not_agreed:
                wanted[look.id] = footing is ViewFooting.PRESENCE_SEARCH
    assert read == wanted
    assert 0 < sum(read.values()) < len(read) < len(kinds)


def about(*people: int) -> Changes:
    """Something has changed about these people that is no look."""
    return Changes(people=frozenset(people))


@AS_OWNER
def test_those_around_whom_nothing_happened_are_not_read_again(database: Database) -> None:
    with ledger.quick(database) as raw:
        ledger.fill(raw, viewings=90, people=30)
        ledger.plant(raw, [2, 5], after=90)
    with database.reading() as session:
        whole = find_candidates(session, SHIPPED)
        near = find_candidates(session, SHIPPED, changes=about(7))
        elsewhere = find_candidates(session, SHIPPED, changes=about(1, 2))
    assert [set(family) for family in whole.families] == [{7, 8, 9}, {16, 17, 18}]
    assert [set(family) for family in near.families] == [{7, 8, 9}]
    assert elsewhere.families == ()


@AS_OWNER
def test_looks_a_day_too_far_apart_make_nobody_a_candidate(database: Database) -> None:
    first = datetime(2026, 3, 2, 9, tzinfo=UTC)
    last_day = timedelta(days=SHIPPED.family_cluster_days)
    with ledger.quick(database) as raw:
        ledger.fill(raw, viewings=0, people=6)
        within = [(1, 1, first), (2, 2, first + timedelta(days=1)), (3, 3, first + last_day)]
        beyond = [(4, 4, first), (5, 5, first + timedelta(days=1)), (6, 6, first + last_day + timedelta(seconds=1))]
        ledger.add_looks(raw, [(i, one, "open_source", at) for i, one, at in within + beyond])
    with database.reading() as session:
        assert [set(family) for family in find_candidates(session, SHIPPED).families] == [{1, 2, 3}]


@AS_OWNER
def test_what_is_read_of_some_people_is_what_is_read_of_them_among_all(database: Database) -> None:
    """Permits handed back and looks entered late, each by a worker of their own; the noise is a look of each kind by another."""
    often, late_by = (
        max(SHIPPED.handed_back_least, SHIPPED.late_logging_views),
        timedelta(hours=SHIPPED.late_logging_hours),
    )
    at = ledger.stamp(START)
    back = {"result": "not_found", "result_counts_from": at, "recorded_at": at}
    late = {"result_counts_from": None, "recorded_at": ledger.stamp(START + late_by + timedelta(minutes=1))}
    rows = [(kind * ledger.WORKERS * 100 + i * ledger.WORKERS + kind, kind, i) for kind in (1, 2) for i in range(often)]
    rows += [(70, 1, 0), (71, 2, 0)]
    with ledger.quick(database) as raw:
        ledger.fill(raw, viewings=0, people=9)
        looks = [(number, 4 * kind, ("notice", "late_entry")[kind - 1], START) for number, kind, _ in rows]
        ledger.insert(raw, "check_request", [ledger.check(*one) for one in looks])
        ledger.insert(raw, "look", [ledger.look(*one) | (late if one[2] == "late_entry" else back) for one in looks])
        ledger.insert(raw, "viewing", [ledger.viewing(*one) for one in looks])
    with database.reading() as session:
        whole = find_candidates(session, SHIPPED)
        near = find_candidates(session, SHIPPED, changes=about(4, 8))
        elsewhere = find_candidates(session, SHIPPED, changes=about(1))
    assert near == whole
    assert whole.staff == {2, 3}
    assert {key for family in whole.families for key in family} == {4, 8}
    assert elsewhere.families == ()
    assert not elsewhere.staff


@AS_OWNER
def test_of_a_family_around_whom_nothing_is_close_together_no_look_is_read(database: Database) -> None:
    """Three looks too far apart, and one within the days that is no cluster for being on a notice; the control is one that is."""
    with ledger.quick(database) as raw:
        ledger.fill(raw, viewings=0, people=6)
        far = [(1, 1, "open_source", 0), (2, 2, "open_source", 40), (3, 3, "open_source", 80), (4, 2, "notice", 41)]
        near = [(11, 4, "open_source", 0), (12, 5, "open_source", 9), (13, 6, "immediate_response", 18)]
        ledger.add_looks(raw, [(i, one, on, START + timedelta(days=days)) for i, one, on, days in far + near])
    with database.reading() as session:
        links = {touched: read_links_near(session, [touched], ()) for touched in (1, 4)}
        crowded = {one: reading._crowded(session, near, about(one), (), SHIPPED) for one, near in links.items()}
        found = {touched: find_candidates(session, SHIPPED, changes=about(touched)) for touched in (1, 4)}
    assert crowded == {1: set(), 4: {4, 5, 6}}
    assert found[4].families == (), "nobody has said of the look in danger that it was not agreed"


@AS_OWNER
def test_six_looks_on_any_ground_are_read_since_each_may_have_been_a_search_that_found_nothing(
    database: Database,
) -> None:
    with ledger.quick(database) as raw:
        ledger.fill(raw, viewings=0, people=3)
        ledger.add_looks(raw, [(i, i % 3 + 1, "notice", START + timedelta(days=i)) for i in range(1, 7)])
        raw.execute("UPDATE look SET searched_first = TRUE, result = 'not_found', result_counts_from = reported_at")
    with database.reading() as session:
        whole, near = find_candidates(session, SHIPPED), find_candidates(session, SHIPPED, changes=about(1))
    assert [set(family) for family in near.families] == [{1, 2, 3}]
    assert near == whole


@pytest.mark.parametrize("around_authorities", [True, False], ids=["as it is", "control"])
def test_a_gap_that_the_report_of_a_look_opens_is_found_by_the_next_sweep(
    casework: Casework, monkeypatch: pytest.MonkeyPatch, *, around_authorities: bool
) -> None:
    """The look began, as is reported later, when the consent it stood on had just been withdrawn, which was recorded in between."""
    monkeypatch.setattr(looking, "detect", lambda *_, **__: [])
    if not around_authorities:
        monkeypatch.setattr(reading, "_on", lambda footing, looks: set())
    person = casework.person()
    casework.consent(person)
    check = casework.ask(person, now=START + HOUR)
    assert casework.footing(check) == "consent"
    casework.consent(person, ConsentStatus.WITHDRAWN, at=START + 2 * HOUR, now=START + 4 * HOUR)
    sweep(casework.database, START + 5 * HOUR)
    assert findings(casework) == []
    casework.report(check, opened_at=START + 3 * HOUR, now=START + 6 * HOUR)
    sweep(casework.database, START + 7 * HOUR)
    assert len(findings(casework, Pattern.AUTHORITY_GAP)) == around_authorities
