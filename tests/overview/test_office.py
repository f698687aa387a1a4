"""What those who read everything see of who was let in, without looking for it."""

from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.settling import FAST
from tests.fixtures.visitor import ClientFor
from tracker.policy.entitlement import Role
from tracker.staff.requests import NewRole
from tracker.staff.services import give_one_time_password, grant_role
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


def test_new_roles_and_one_time_passwords_are_on_the_responsible_officers_home_page_for_14_days(
    council: Council, client_for: ClientFor, clock: Clock
) -> None:
    with council.database.transaction() as session:
        by = council.actor(council.admin)
        role = NewRole(saved_key(council.worker), Role.SOCIAL_WORKER, council.south.id)
        grant_role(session, role, by=by, now=START)
        give_one_time_password(session, saved_key(council.manager), by=by, now=START, passwords=FAST)
    home = client_for(council.sro).get("/").text
    assert f"granted a role to {council.worker.name}" in home
    assert f"gave {council.manager.name} a one-time password" in home
    assert "of the last 14 days" not in client_for(council.worker2).get("/").text
    clock.advance(days=15)
    assert "None in the last 14 days." in client_for(council.sro).get("/").text
