"""`tracker staff add`: how a council gets its first people."""

import re

import pytest
from click.testing import CliRunner, Result

from tests.fixtures.council import ONE_DATABASE, Council
from tests.fixtures.trail import trail
from tracker.cli import main
from tracker.policy.entitlement import Role
from tracker.staff.passwords import Passwords
from tracker.staff.selectors import find_staff_by_email, find_team, list_grants
from tracker.staff.services import waits_for_confirmation
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


def run(url: str, *words: str) -> Result:
    person = ["--name", "Fi Zzfirst", "--job-title", "Solicitor"]
    return CliRunner().invoke(main, ["staff", "add", *person, *words], env={"TRACKER_DATABASE_URL": url})


def test_the_first_person_is_added_with_roles_in_force_and_a_password_shown_once(
    database: Database, database_url: str
) -> None:
    roles = ["legal-reviewer", "senior-responsible-officer", "team_manager:Family Help", "duty_worker:Nights"]
    result = run(
        database_url, "--email", "Fi@Northshire.example", *[word for role in roles for word in ("--role", role)]
    )
    assert result.exit_code == 0, result.output
    with database.reading() as session:
        member = find_staff_by_email(session, "fi@northshire.example")
        assert member is not None
        grants = [grant for grant, _ in list_grants(session, staff_id=saved_key(member), now=member.recorded_at)]
        nights = find_team(session, "Nights")
    assert {grant.role for grant in grants} == {role.partition(":")[0].replace("-", "_") for role in roles}
    assert not [grant for grant in grants if waits_for_confirmation(grant)]
    assert nights is not None
    assert nights.on_duty
    (password,) = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", result.output)
    assert Passwords().matches(member.password_hash, password)
    assert {one.actor for one in trail(database)} == {None}


def test_a_role_that_somebody_could_confirm_waits_and_the_command_says_so(
    council: Council, database: Database, database_url: str
) -> None:
    result = run(database_url, "--email", "fi@northshire.example", "--role", "legal_reviewer")
    assert result.exit_code == 0, result.output
    assert "legal reviewer in all teams, in force once somebody who may confirms it" in result.output
    with database.reading() as session:
        member = find_staff_by_email(session, "fi@northshire.example")
    assert member is not None
    assert Role.LEGAL_REVIEWER not in council.actor(member, at=member.recorded_at).roles


def test_an_address_that_is_taken_changes_nothing_and_ends_with_1(
    council: Council, database: Database, database_url: str
) -> None:
    before = len(trail(database))
    result = run(database_url, "--email", council.worker.email)
    assert result.exit_code == 1
    assert "Nothing was done: Somebody already signs in with that e-mail address." in result.output
    assert len(trail(database)) == before


def test_one_role_that_cannot_be_granted_adds_nobody(council: Council, database: Database, database_url: str) -> None:
    result = run(database_url, "--email", "fi@northshire.example", "--role", "social_worker")
    assert result.exit_code == 1
    assert "needs a team" in result.output
    with database.reading() as session:
        assert find_staff_by_email(session, "fi@northshire.example") is None


@pytest.mark.parametrize("words", [("--role", "king"), (), ("--email",)])
def test_wrong_use_ends_with_2(database: Database, database_url: str, words: tuple[str, ...]) -> None:
    email = ("--email", "fi@northshire.example") if words == ("--role", "king") else ()
    assert run(database_url, *email, *words).exit_code == 2


def test_a_database_that_was_not_prepared_ends_with_1(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('empty') / 'tracker.sqlite3'}"
    result = run(url, "--email", "fi@northshire.example")
    assert result.exit_code == 1
    assert "tracker init" in result.output
