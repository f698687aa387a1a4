"""The real timetable killed fifty times: the findings, holds, cases and tasks that one run leaves that nobody killed, none twice."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.clockwork.killing import LEAST_INSIDE, count_inside, killed
from tests.clockwork.test_killing import without_unique
from tests.clockwork.victims import Forker, Order
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Council
from tracker.audit.chain import verify
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.detection import finding
from tracker.detection.models import FindingPerson, FindingView, PatternFinding
from tracker.detection.services import add_family_link
from tracker.people.requests import NewFamilyLink
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import Outcome
from tracker.referrals.models import Hold, Referral, ReferralPerson
from tracker.storage.session import Database
from tracker.tasks.models import Task

pytestmark = ONE_DATABASE

FAMILIES = 6
AT = (START + timedelta(days=3)).isoformat()
LATE = 200
Found = dict[str, Counter[Any]]


@dataclass(frozen=True)
class Planted:
    """A council in which much was looked at and nothing was found yet, and what one whole run finds in it."""

    path: Path
    found: Found

    def copy_to(self, folder: Path) -> str:
        """The address of a copy."""
        shutil.copyfile(self.path, folder / "planted.sqlite3")
        return f"sqlite:///{folder / 'planted.sqlite3'}"


@pytest.fixture(scope="module")
def planted(settled_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, forker: Forker) -> Planted:
    """Families looked at by two teams, people looked at twice, permits that nobody reported: made while detection slept."""
    path = tmp_path_factory.mktemp("planted") / "tracker.sqlite3"
    shutil.copyfile(settled_sqlite, path)
    database = Database(f"sqlite:///{path}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "find_patterns", lambda *_, **__: ())
        plant(Casework(Council(database)))
    database.close()
    whole = Planted(path, {})
    url = whole.copy_to(tmp_path_factory.mktemp("never_killed"))
    assert forker.run(Order(url, "real", AT, warms_up=True)) == 0
    return Planted(path, found_in(url))


def plant(casework: Casework) -> None:
    """Nothing of it is found at once: whoever calls this has put detection to sleep."""
    for number in range(FAMILIES):
        family = [casework.person(f"{name}{number}") for name in ("Ann", "Bo", "Cy")]
        for other in family[1:]:
            with casework.transaction() as session:
                link = NewFamilyLink(person=family[0].reference, other=other.reference, kind=FamilyLinkKind.SIBLING)
                add_family_link(session, link, by=casework.worker, now=START)
        for one, by in zip(family, (casework.worker, casework.worker2, casework.colleague), strict=True):
            check = casework.ask(one, by=by, now=START + timedelta(minutes=number))
            assert casework.outcome(check) is Outcome.PERMITTED
        twice = casework.person(f"Dee{number}")
        for days in (2, 4):
            casework.late(twice, START - timedelta(days=days))


def found_in(url: str) -> Found:
    """What was found and what follows from it, without the references that are drawn anew each time."""
    database = Database(url)
    with database.reading() as session:
        assert verify(session).holds
        found = _read(session)
        entries = Counter(session.exec(select(AuditEntry.event)))
        for event, rows in (
            (Event.PATTERN_FOUND, "findings"),
            (Event.HOLD_PLACED, "holds"),
            (Event.TASK_RAISED, "tasks"),
        ):
            assert entries[event.value] == found[rows].total(), "what there is was recorded, once"
    database.close()
    return found


def _read(session: Session) -> Found:
    looks, people, about = (_grouped(session, table) for table in (FindingView, FindingPerson, ReferralPerson))
    return {
        "findings": Counter(
            (one.pattern, one.effect, one.key, one.why, looks[one.id], people[one.id])
            for one in session.exec(select(PatternFinding))
        ),
        "holds": Counter((one.person_id, one.pattern, one.why) for one in session.exec(select(Hold))),
        "cases": Counter((one.kind, one.place, about[one.id]) for one in session.exec(select(Referral))),
        "tasks": Counter(
            (one.kind, one.what, one.waits_for, one.team_id, one.staff_id, one.level, one.due_at, one.done_at is None)
            for one in session.exec(select(Task))
        ),
    }


def _grouped(session: Session, table: Any) -> dict[int | None, tuple[int, ...]]:
    first, second = (column.name for column in table.__table__.primary_key)
    grouped: dict[int | None, list[int]] = {}
    for row in session.exec(select(table)):
        grouped.setdefault(getattr(row, first), []).append(getattr(row, second))
    return {key: tuple(sorted(values)) for key, values in grouped.items()}


@pytest.fixture
def opened(planted: Planted, tmp_path: Path) -> Iterator[Database]:
    """A copy of what was planted."""
    database = Database(planted.copy_to(tmp_path))
    yield database
    database.close()


def test_a_run_that_nobody_killed_finds_all_that_was_planted(planted: Planted) -> None:
    patterns = Counter(finding[0] for finding in planted.found["findings"].elements())
    assert (patterns["family_cluster"], patterns["repeat_viewing"]) == (FAMILIES, FAMILIES)
    assert planted.found["holds"].total() == 4 * FAMILIES
    assert planted.found["tasks"].total() >= 3 * FAMILIES, "a permit ran out that nobody reported, for every relative"


def test_killed_fifty_times_and_run_once_more_it_leaves_the_same_and_nothing_twice(
    planted: Planted, opened: Database, forker: Forker
) -> None:
    url = opened.engine.url.render_as_string()
    killed(forker, url, "real", late=LATE, at=AT)
    assert count_inside(opened) >= LEAST_INSIDE
    assert forker.run(Order(url, "real", AT)) == 0
    assert found_in(url) == planted.found


@pytest.mark.parametrize("unique", [True, False])
def test_where_detection_forgot_what_it_found_the_unique_key_still_stands_against_doubles(
    opened: Database, forker: Forker, unique: bool
) -> None:
    """The control: without the key there are doubles."""
    url = opened.engine.url.render_as_string()
    if not unique:
        without_unique(opened, "pattern_finding")
    for _ in range(2):
        assert forker.run(Order(url, "sweep", AT, forgets=True)) == 0
    with opened.reading() as session:
        keys = Counter(session.exec(select(PatternFinding.key)))
        holds = Counter(session.exec(select(Hold.person_id, Hold.pattern)))
    assert len(keys) > FAMILIES
    assert max(holds.values()) == 1
    assert (max(keys.values()) == 1) == unique
