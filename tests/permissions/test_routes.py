"""Every route, for everybody: what the table says is what comes out, and a refusal changes nothing but the trail.

Nobody else walks through every route: whoever judges all answers judges those that are given here.
"""

import sys
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from tests.architecture.reading import wrong_with_reading
from tests.fixtures.furnishing import SURNAME
from tests.fixtures.rehearsal import Rehearsal
from tests.permissions.came import Came
from tests.permissions.routes_table import ROUTES
from tests.permissions.table import Asking, Row, endpoint_of, read_table
from tests.privacy.giving_away import Secrets, given_away, told_by_the_log
from tests.privacy.headers import nonce_of, wrong_with_headers
from tracker.access.decorators import declared_access
from tracker.access.permissions import HELD_BY, Permission
from tracker.policy.entitlement import Role
from tracker.web.logging import configure_logging
from tracker.web.request import transaction

ROWS = read_table(ROUTES)


@pytest.fixture(scope="module")
def secrets(rehearsal: Rehearsal) -> Secrets:
    """What stands in pages and nowhere else."""
    return Secrets(rehearsal)


@pytest.fixture(scope="module")
def nonces() -> set[str]:
    """Those of the answers so far."""
    return set()


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What is logged meanwhile; a test that fails shows it."""
    lines = StringIO()
    configure_logging(lines)
    yield lines
    structlog.reset_defaults()
    sys.stderr.write(lines.getvalue())


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says_and_nothing_is_given_away(
    rehearsal: Rehearsal, row: Row, secrets: Secrets, nonces: set[str], log: StringIO
) -> None:
    asking = Asking(rehearsal, row)
    assert asking.differences() == []
    for came in asking.came.values():
        assert wrong_with(came, secrets) == []
        assert nonce_of(came.response) not in nonces
        nonces.add(nonce_of(came.response))
    lines = log.getvalue().splitlines()
    assert len(lines) >= len(row.answers)
    assert told_by_the_log(lines, secrets) == []


def wrong_with(came: Came, secrets: Secrets) -> list[str]:
    """What all who judge an answer find wrong with one."""
    opened = came.response.request.method == "GET" and came.response.status_code < 400
    written = wrong_with_reading(came) if opened else []
    return [*written, *wrong_with_headers(came.response), *given_away(came, secrets)]


def test_no_route_is_missing_from_the_table(rehearsal: Rehearsal) -> None:
    in_table = {(endpoint_of(rehearsal, row)[0], row.method) for row in ROWS}
    routes = {
        (rule.endpoint, method)
        for rule in rehearsal.app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
    }
    assert routes - in_table == set()
    assert in_table - routes == set()


def row_of(line: str) -> Row:
    return next(row for row in ROWS if str(row) == line)


@pytest.mark.parametrize(
    ("permission", "role", "line"),
    [
        (Permission.FIND_PERSON, Role.ADMINISTRATOR, "GET /people"),
        (Permission.READ_POLICY, None, "GET /policy"),
        (Permission.ADD_PERSON, Role.LEGAL_REVIEWER, "GET /people/new"),
        (Permission.UNLINK_RECORDS, Role.SOCIAL_WORKER, "POST /people/{other}/links/{link}/undo"),
        (Permission.OPEN_AUTHORITY, Role.ADMINISTRATOR, "GET /orders/ORD-0000-0000"),
    ],
)
def test_one_grant_too_many_or_too_few_is_seen(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, permission: Permission, role: Role | None, line: str
) -> None:
    """The control: the table of the application altered in one place, no role standing for a grant taken away from all."""
    altered = HELD_BY[permission] | {role} if role else frozenset[Role]()
    monkeypatch.setitem(HELD_BY, permission, altered)
    assert Asking(rehearsal, row_of(line)).differences()


def test_a_page_that_writes_and_runs_and_tells_is_seen_by_each_who_judges_it(
    rehearsal: Rehearsal, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the judges; each has its own, of all that it looks for."""
    view = rehearsal.app.view_functions["rulebook.policy"]

    def _careless() -> str:
        with transaction() as session:
            session.connection().exec_driver_sql("DELETE FROM draft")
        return f"<title>{SURNAME}</title><script>x()</script>"

    _careless.__access__ = declared_access(view)  # type: ignore[attr-defined]
    monkeypatch.setitem(rehearsal.app.view_functions, "rulebook.policy", _careless)
    asking = Asking(rehearsal, row_of("GET /policy"))
    assert asking.differences()
    assert wrong_with(asking.came["y"], secrets) == [
        "GET /policy by worker wrote ['DELETE FROM draft']",
        "runs <script>",
        SURNAME,
    ]
