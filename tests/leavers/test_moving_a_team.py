"""Two administrators move a team, each from the page as they opened it: the second is shown what the first did, and overwrites nothing."""

from typing import Any

import pytest
from sqlmodel import Session

import tracker.staff.services.teams as teams
from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.settling import sign_up
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.leavers.services import place_team
from tracker.policy.entitlement import Role
from tracker.staff.models import StaffMember, Team
from tracker.storage.tables import StaleVersionError, saved_key

NONE = "None: it stands alone"


@pytest.fixture
def second_administrator(council: Council) -> StaffMember:
    with council.database.transaction() as session:
        return sign_up(session, "Nora Zzsecond", Role.ADMINISTRATOR)


@pytest.fixture
def opened(council: Council, client_for: ClientFor, second_administrator: StaffMember) -> tuple[Visitor, Page, Page]:
    """The second administrator, and the page as each has it before them."""
    first, second = client_for(council.admin), client_for(second_administrator)
    address = f"/teams/{council.south.reference}/parent"
    theirs, mine = first.get(address), second.get(address)
    assert first.send(theirs, {"parent": council.north.reference}).path == "/teams"
    return second, mine, first.get(address)


def parent(council: Council) -> int | None:
    with council.database.reading() as session:
        return session.get_one(Team, council.south.id).parent_id


@ONE_DATABASE
def test_the_second_is_told_what_the_first_did_and_what_they_chose_themself(
    council: Council, opened: tuple[Visitor, Page, Page]
) -> None:
    second, mine, _ = opened
    stale = second.send(mine, {"parent": "none"})
    assert stale.status == 409
    assert stale.errors[0].startswith("Somebody changed this while you had it open")
    assert stale.form().values["parent"] == ["none"]
    assert [cell.text for cell in stale.main.one("table").all("td")] == [council.north.name, NONE]
    assert parent(council) == council.north.id
    assert len(trail(council.database, "staff:team_moved")) == 1


@ONE_DATABASE
def test_sent_again_once_they_have_seen_it_theirs_stands(council: Council, opened: tuple[Visitor, Page, Page]) -> None:
    second, mine, _ = opened
    assert second.send(second.send(mine, {"parent": "none"}), {}).path == "/teams"
    assert parent(council) is None


@ONE_DATABASE
def test_without_the_comparison_the_second_would_overwrite_the_first_and_nobody_be_told(
    council: Council, opened: tuple[Visitor, Page, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(teams, "next_version", _count_only)
    second, mine, _ = opened
    assert second.send(mine, {"parent": "none"}).status == 200
    assert parent(council) is None


def _count_only(_: Session, record: Any, __: int) -> None:
    record.version += 1


def test_the_service_moves_only_the_team_that_was_seen(council: Council, second_administrator: StaffMember) -> None:
    south, admins = saved_key(council.south), (council.admin, second_administrator)
    first, second = (council.actor(one) for one in admins)
    with council.database.transaction() as session:
        place_team(session, south, version=1, parent_id=council.north.id, by=first, now=START)
    with pytest.raises(StaleVersionError), council.database.transaction() as session:
        place_team(session, south, version=1, parent_id=None, by=second, now=START)
    assert parent(council) == council.north.id
