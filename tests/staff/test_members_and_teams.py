"""Staff and teams: added, closed, never deleted."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.settling import FAST
from tests.fixtures.trail import last_event, trail
from tracker.access.permissions import NotAllowedError
from tracker.staff.models import SignInSession, StaffMember, Team
from tracker.staff.requests import NewStaffMember, NewTeam, StaffChangeError
from tracker.staff.selectors import (
    every_team,
    find_staff_by_email,
    get_staff_by_id,
    get_staff_by_reference,
    get_team,
    list_staff,
    list_teams,
)
from tracker.staff.services import (
    AddedStaffMember,
    add_staff_member,
    add_team,
    close_staff_member,
    close_team,
    start_session,
)
from tracker.storage.references import read_reference
from tracker.storage.tables import NoSuchRecordError, saved_key

pytestmark = ONE_DATABASE
NEW = NewStaffMember(" New.Person@Northshire.example ", "Nia Zznew", "Social worker")


def adding(council: Council, new: NewStaffMember = NEW, by: str = "admin") -> AddedStaffMember:
    with council.database.transaction() as session:
        return add_staff_member(session, new, by=council.actor(getattr(council, by)), now=START, passwords=FAST)


def test_somebody_added_has_a_one_time_password_for_a_day_and_no_role(council: Council) -> None:
    added = adding(council)
    assert read_reference("STF", added.member.reference) == added.member.reference
    assert added.member.email == "new.person@northshire.example"
    assert FAST.matches(added.member.password_hash, added.one_time_password)
    assert added.member.must_change_password
    assert added.member.password_ends_at == START + timedelta(hours=24)
    assert council.actor(added.member).holdings == ()
    assert added.one_time_password not in repr(added)


def test_the_trail_keeps_a_new_colleagues_name_where_it_can_be_erased(council: Council) -> None:
    added = adding(council)
    entry = last_event(council.database)
    assert (entry.event, entry.record) == ("staff:added", added.member.reference)
    assert entry.content["name"] == "Nia Zznew"
    assert "Nia" not in str(entry.facts)
    assert added.one_time_password not in str(entry)


def test_an_address_is_used_once_in_whatever_case_even_by_closed_staff(council: Council) -> None:
    adding(council)
    with pytest.raises(StaffChangeError, match="already signs in"):
        adding(council, NewStaffMember("NEW.PERSON@northshire.EXAMPLE", "Other Zzother", "Clerk"))


@pytest.mark.parametrize(
    "email", ["", "nobody", "@northshire.example", "a@b", "two words@b.example", "a" * 250 + "@b.ex"]
)
def test_an_address_that_is_none_is_refused(email: str) -> None:
    with pytest.raises(StaffChangeError, match="e-mail address"):
        NewStaffMember(email, "Nia Zznew", "Clerk")


@pytest.mark.parametrize(("name", "job_title"), [(" ", "Clerk"), ("Nia Zznew", ""), ("N" * 121, "Clerk")])
def test_a_name_and_a_job_title_are_needed(name: str, job_title: str) -> None:
    with pytest.raises(StaffChangeError, match="name and a job title"):
        NewStaffMember("nia@northshire.example", name, job_title)


@pytest.mark.parametrize("who", ["worker", "manager", "legal", "sro", "auditor"])
def test_nobody_but_an_administrator_adds_or_closes_staff_or_teams(council: Council, who: str) -> None:
    actor, before = council.actor(getattr(council, who)), len(trail(council.database))
    with pytest.raises(NotAllowedError):
        adding(council, by=who)
    with council.database.transaction() as session, pytest.raises(NotAllowedError):
        close_staff_member(session, saved_key(council.colleague), by=actor, now=START)
    with council.database.transaction() as session, pytest.raises(NotAllowedError):
        add_team(session, NewTeam("A new team"), by=actor, now=START)
    with council.database.transaction() as session, pytest.raises(NotAllowedError):
        close_team(session, saved_key(council.north), successor_id=saved_key(council.south), by=actor, now=START)
    assert len(trail(council.database)) == before


def test_closing_somebody_ends_their_sessions_at_once_and_nobody_elses(council: Council) -> None:
    with council.database.transaction() as session:
        for member in (council.worker, council.worker, council.colleague):
            start_session(session, saved_key(member), now=START)
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(council.worker), by=council.actor(council.admin), now=START)
    with council.database.reading() as session:
        rows = session.exec(select(SignInSession)).all()
        assert [row.ended_why for row in rows if row.staff_id == council.worker.id] == ["closed", "closed"]
        assert [row.ended_at for row in rows if row.staff_id == council.colleague.id] == [None]
        assert get_staff_by_id(session, saved_key(council.worker)).closed_at == START
        assert "Wanda Zzworker" not in [member.name for member in list_staff(session, now=START)]
        assert "Wanda Zzworker" in [member.name for member in list_staff(session, now=START - timedelta(seconds=1))]
    entry = last_event(council.database)
    assert (entry.event, entry.facts["sessions_ended"], len(entry.facts["ended"])) == ("staff:closed", 2, 1)


def test_an_administrator_does_not_close_themself_and_nobody_is_closed_twice(council: Council) -> None:
    by = council.actor(council.admin)
    with council.database.transaction() as session, pytest.raises(NotAllowedError):
        close_staff_member(session, saved_key(council.admin), by=by, now=START)
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(council.worker), by=by, now=START)
    with council.database.transaction() as session, pytest.raises(StaffChangeError, match="closed already"):
        close_staff_member(session, saved_key(council.worker), by=by, now=START)


def test_staff_are_found_by_reference_and_by_address_in_any_case(council: Council) -> None:
    with council.database.reading() as session:
        assert get_staff_by_reference(session, council.legal.reference).name == "Lena Zzlegal"
        found: StaffMember | None = find_staff_by_email(session, " ZzLegal@Northshire.example ")
        assert found is not None
        assert found.name == "Lena Zzlegal"
        assert find_staff_by_email(session, "nobody@northshire.example") is None
        with pytest.raises(NoSuchRecordError):
            get_staff_by_reference(session, "STF-0000-0000")


def test_a_team_is_added_under_another_and_found_by_its_reference(council: Council) -> None:
    with council.database.transaction() as session:
        new = NewTeam("Assessment", saved_key(council.department))
        team = add_team(session, new, by=council.actor(council.admin), now=START)
    with council.database.reading() as session:
        assert get_team(session, team.reference).parent_id == council.department.id
        with pytest.raises(NoSuchRecordError):
            get_team(session, "TEM-0000-0000")
    entry = last_event(council.database)
    assert (entry.event, entry.record, entry.content) == ("staff:team_added", team.reference, {"name": "Assessment"})
    assert entry.facts["parent"] == council.department.reference


def test_a_teams_name_is_used_once_and_has_words(council: Council) -> None:
    by = council.actor(council.admin)
    with council.database.transaction() as session, pytest.raises(StaffChangeError, match="already is a team"):
        add_team(session, NewTeam("Family Help North"), by=by, now=START)
    for name in (" ", "N" * 81):
        with pytest.raises(StaffChangeError, match="at most 80"):
            NewTeam(name)


def test_a_closed_team_has_a_successor_and_is_closed_once(council: Council) -> None:
    closed = closing(council, council.north, into=council.south)
    assert (closed.closed_at, closed.successor_id) == (START, council.south.id)
    assert last_event(council.database).facts == {"successor": council.south.reference}
    with council.database.reading() as session:
        assert "Family Help North" not in [team.name for team in list_teams(session)]
    with pytest.raises(StaffChangeError, match="closed already"):
        closing(council, council.north, into=council.department)


def test_only_another_open_team_that_is_not_on_duty_takes_over(council: Council) -> None:
    for into in (council.north, council.night):
        with pytest.raises(StaffChangeError):
            closing(council, council.north, into=into)
    closing(council, council.north, into=council.south)
    with pytest.raises(StaffChangeError, match="one that is open"):
        closing(council, council.department, into=council.north)


def test_a_team_that_another_transaction_closed_meanwhile_is_read_as_closed(council: Council) -> None:
    with council.database.transaction() as session:
        read_before = get_team(session, council.south.reference)
        elsewhere = update(Team.metadata.tables["team"]).where(col(Team.id) == council.south.id)
        session.connection().execute(elsewhere.values(closed_at=START, successor_id=council.north.id))
        assert every_team(session)[saved_key(council.south)].closed_at == START
        with pytest.raises(StaffChangeError, match="one that is open"):
            close_team(
                session,
                saved_key(council.north),
                successor_id=saved_key(read_before),
                by=council.actor(council.admin),
                now=START,
            )


def closing(council: Council, team: Team, *, into: Team) -> Team:
    with council.database.transaction() as session:
        by = council.actor(council.admin)
        return close_team(session, saved_key(team), successor_id=saved_key(into), by=by, now=START)
