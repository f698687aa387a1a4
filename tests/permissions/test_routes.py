"""Every route, for everybody: what the table says is what comes out, and a refusal changes nothing but the trail."""

import pytest

from tests.fixtures.rehearsal import Rehearsal
from tests.permissions.routes_table import ROUTES
from tests.permissions.table import Row, differences, endpoint_of, read_table
from tracker.access.permissions import HELD_BY, Permission
from tracker.policy.entitlement import Role

ROWS = read_table(ROUTES)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says(rehearsal: Rehearsal, row: Row) -> None:
    assert differences(rehearsal, row) == []


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
    assert differences(rehearsal, row_of(line))
