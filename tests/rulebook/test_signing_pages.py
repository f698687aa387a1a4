"""Limits signed in the browser: what would change and why, one's own password, two different people."""

from datetime import timedelta

import pytest

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.settling import PASSWORD
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.policy.entitlement import Role
from tracker.rulebook.requests import NewLimits
from tracker.rulebook.selectors import limits_in_force
from tracker.rulebook.services import propose_limits
from tracker.staff.requests import NewRole
from tracker.staff.services import confirm_role, grant_role
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


@pytest.fixture
def proposal(council: Council) -> str:
    with council.database.transaction() as session:
        wanted = NewLimits({"sitting_minutes": 45}, "A sitting takes longer than we thought.")
        return propose_limits(session, wanted, by=council.actor(council.admin), now=START).reference


def sign(visitor: Visitor, proposal: str, capacity: str, password: str = PASSWORD) -> Page:
    page = visitor.get(f"/policy/proposals/{proposal}/sign")
    return visitor.send(page, {"capacity": capacity, "password": password})


def sitting(council: Council) -> int:
    with council.database.reading() as session:
        return limits_in_force(session, at=START + timedelta(minutes=1)).limits.sitting_minutes


def test_a_proposal_waits_on_both_home_pages_as_a_difference_with_its_reasons(
    council: Council, client_for: ClientFor, proposal: str
) -> None:
    for name in ("legal", "sro"):
        visitor = client_for(getattr(council, name))
        home = visitor.get("/")
        assert "Proposals to sign (1)" in home.text
        link = next(one["href"] for one in home.main.all("a") if one.text == proposal)
        page = visitor.get(link)
        assert "A sitting takes longer than we thought." in page.text
        changes = page.main.all("table")[0].all("tr")[1:]
        assert [row.all("td")[1].text for row in changes] == ["45"]
    for name in ("worker", "auditor", "admin"):
        assert "Proposals to sign" not in client_for(getattr(council, name)).get("/").text


def test_they_are_in_force_from_the_second_signature_and_the_history_keeps_both(
    council: Council, client_for: ClientFor, proposal: str
) -> None:
    first = sign(client_for(council.legal), proposal, "legal")
    assert "You signed. One signature is missing." in first.text
    assert sitting(council) != 45
    second = sign(client_for(council.sro), proposal, "sro")
    assert "You signed. It is in force." in second.text
    assert sitting(council) == 45
    policy = client_for(council.worker).get("/policy/proposals").text
    assert "Lena Zzlegal, legal reviewer" in policy
    assert "Saba Zzresponsible, Senior Responsible Officer" in policy
    assert len(trail(council.database, "limits:signed")) == 2


def test_a_wrong_password_signs_nothing_and_counts_like_one_at_the_door(
    council: Council, client_for: ClientFor, proposal: str
) -> None:
    page = sign(client_for(council.legal), proposal, "legal", "wrong words of somebody")
    assert page.errors[0].startswith("The password is wrong")
    assert trail(council.database, "limits:signed") == []
    assert len(trail(council.database, "staff:sign_in_failed")) == 1


def test_nobody_gives_both_signatures(council: Council, client_for: ClientFor, proposal: str) -> None:
    with council.database.transaction() as session:
        both = NewRole(saved_key(council.legal), Role.SENIOR_RESPONSIBLE_OFFICER)
        grant = grant_role(session, both, by=council.actor(council.admin), now=START)
        confirm_role(session, saved_key(grant), by=council.actor(council.sro), now=START)
    visitor = client_for(council.legal)
    sign(visitor, proposal, "legal")
    again = visitor.get(f"/policy/proposals/{proposal}/sign")
    assert "There is nothing here for you to sign" in again.text
    assert [form for form in again.forms if "Sign this" in form.buttons] == []
    assert "Proposals to sign" not in visitor.get("/").text
