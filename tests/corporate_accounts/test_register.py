"""The register of the council's own profiles: who keeps it, who may use a profile and when, and what its page shows."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.visitor import ClientFor, Visitor
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.corporate_accounts.models import CorporateProfile, CorporateProfileUser
from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser, RegisterError
from tracker.corporate_accounts.selectors import find_profile, list_profiles_of, list_users_of, may_use
from tracker.corporate_accounts.services import allow_user, end_user, register_profile
from tracker.policy.vocabulary import Platform
from tracker.staff.models import StaffMember
from tracker.storage.tables import NoSuchRecordError, saved_key

DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


def register(
    council: Council, handle: str = "NorthshireCouncil", platform: Platform = Platform.FACEBOOK, **rest: Any
) -> CorporateProfile:
    with council.database.transaction() as session:
        new = NewCorporateProfile(platform, handle, rest.get("at", START))
        return register_profile(session, new, by=council.actor(rest.get("by", council.admin)), now=START)


def allow(council: Council, profile: CorporateProfile, member: StaffMember, **rest: Any) -> CorporateProfileUser:
    with council.database.transaction() as session:
        new = NewProfileUser(profile.reference, saved_key(member), rest.get("from_at", START), rest.get("until_at"))
        by = council.actor(rest.get("by", council.admin))
        return allow_user(session, new, by=by, now=rest.get("now", START))


def end(council: Council, profile: CorporateProfile, member: StaffMember, now: datetime, **rest: Any) -> None:
    with council.database.transaction() as session:
        by = council.actor(rest.get("by", council.admin))
        end_user(session, profile.reference, saved_key(member), by=by, now=now)


def uses(council: Council, profile: CorporateProfile, member: StaffMember, at: datetime) -> bool:
    with council.database.reading() as session:
        return may_use(session, saved_key(profile), saved_key(member), at)


def test_a_profile_is_used_by_whom_it_was_allowed_to_from_then_until_the_end(council: Council) -> None:
    profile, other = register(council), register(council, "Other", Platform.X)
    allow(council, profile, council.worker, from_at=START + DAY, until_at=START + 3 * DAY)
    allow(council, other, council.colleague)
    assert not uses(council, profile, council.worker, START + DAY - INSTANT)
    assert uses(council, profile, council.worker, START + DAY)
    assert uses(council, profile, council.worker, START + 3 * DAY - INSTANT)
    assert not uses(council, profile, council.worker, START + 3 * DAY)
    assert not uses(council, profile, council.colleague, START + DAY)
    assert not uses(council, other, council.worker, START + DAY)
    with council.database.reading() as session:
        mine = list_profiles_of(session, saved_key(council.worker), START + DAY)
        users = list_users_of(session, saved_key(profile), START + DAY)
    assert [one.reference for one in mine] == [profile.reference]
    assert [one.reference for one in users] == [council.worker.reference]


def test_a_use_that_was_ended_is_over_and_what_was_to_begin_never_does(council: Council) -> None:
    profile = register(council)
    allow(council, profile, council.worker, until_at=START + 5 * DAY)
    allow(council, profile, council.worker, from_at=START + 9 * DAY)
    allow(council, profile, council.colleague)
    end(council, profile, council.worker, START + DAY)
    assert uses(council, profile, council.worker, START + DAY - INSTANT)
    for at in (START + DAY, START + 9 * DAY, START + 30 * DAY):
        assert not uses(council, profile, council.worker, at)
    assert uses(council, profile, council.colleague, START + 30 * DAY)
    with pytest.raises(RegisterError):
        end(council, profile, council.worker, START + 2 * DAY)
    allow(council, profile, council.worker, from_at=START + 3 * DAY, now=START + 2 * DAY)
    assert uses(council, profile, council.worker, START + 3 * DAY)


def test_a_closed_profile_or_member_uses_nothing(council: Council) -> None:
    profile, other = register(council), register(council, "Other")
    allow(council, profile, council.worker)
    allow(council, other, council.colleague)
    with council.database.transaction() as session:
        session.get_one(CorporateProfile, profile.id).closed_at = START + DAY
        session.get_one(StaffMember, council.colleague.id).closed_at = START + DAY
    for one, member in ((profile, council.worker), (other, council.colleague)):
        assert uses(council, one, member, START + DAY - INSTANT)
        assert not uses(council, one, member, START + DAY)
        with pytest.raises(RegisterError):
            allow(council, one, member, from_at=START + 20 * DAY, now=START + 2 * DAY)


def test_one_profile_stands_in_the_register_once_however_it_is_written(council: Council) -> None:
    made = register(council, " @NorthshireCouncil ")
    assert made.handle == "northshirecouncil"
    with pytest.raises(RegisterError):
        register(council, "northshirecouncil")
    assert register(council, "northshirecouncil", Platform.X)
    for handle in (" ", "@", "x" * 201, "northsh\u0456re"):
        with pytest.raises(RegisterError):
            register(council, handle)
    with pytest.raises(RegisterError):
        register(council, "future", at=START + INSTANT)


def test_a_use_never_begins_in_the_past_nor_twice_at_once(council: Council) -> None:
    profile = register(council)
    with pytest.raises(RegisterError):
        allow(council, profile, council.worker, from_at=START - INSTANT)
    with pytest.raises(RegisterError):
        NewProfileUser(profile.reference, saved_key(council.worker), START, START)
    allow(council, profile, council.worker, from_at=START + 5 * DAY, until_at=START + 6 * DAY)
    for from_at, until_at in ((START, None), (START, START + 5 * DAY + INSTANT), (START + 6 * DAY - INSTANT, None)):
        with pytest.raises(RegisterError):
            allow(council, profile, council.worker, from_at=from_at, until_at=until_at)
    allow(council, profile, council.worker, until_at=START + 5 * DAY)
    allow(council, profile, council.worker, from_at=START + 6 * DAY)


def test_a_profile_that_is_not_there_is_not_found(council: Council) -> None:
    new = NewProfileUser("COP-0000-0000", saved_key(council.worker), START)
    with council.database.transaction() as session, pytest.raises(NoSuchRecordError):
        allow_user(session, new, by=council.actor(council.admin), now=START)
    with council.database.reading() as session:
        assert find_profile(session, "COP-0000-0000") is None


@ONE_DATABASE
@pytest.mark.parametrize("who", ["worker", "manager", "duty", "legal", "officer", "sro", "auditor"])
def test_only_an_administrator_keeps_the_register(council: Council, who: str) -> None:
    profile, by = register(council), getattr(council, who)
    allow(council, profile, council.colleague)
    for do in (
        lambda: register(council, "Another", by=by),
        lambda: allow(council, profile, council.worker, by=by),
        lambda: end(council, profile, council.colleague, START + DAY, by=by),
    ):
        with pytest.raises(NotAllowedError):
            do()
    assert uses(council, profile, council.colleague, START + 2 * DAY)
    with council.database.reading() as session:
        assert session.exec(select(func.count()).select_from(CorporateProfile)).one() == 1


@ONE_DATABASE
def test_each_change_of_the_register_is_an_event(council: Council) -> None:
    profile = register(council)
    allow(council, profile, council.worker)
    end(council, profile, council.worker, START + DAY)

    def _events(session: Session) -> list[str]:
        return list(session.exec(select(AuditEntry.event).where(AuditEntry.record == profile.reference)))

    with council.database.reading() as session:
        assert sorted(_events(session)) == sorted(
            [
                Event.CORPORATE_PROFILE_ADDED.value,
                Event.CORPORATE_PROFILE_USER_ADDED.value,
                Event.CORPORATE_PROFILE_USER_ENDED.value,
            ]
        )


@ONE_DATABASE
def test_everybody_on_the_staff_reads_the_register(council: Council, client_for: ClientFor, clock: Clock) -> None:
    empty = client_for(council.worker).get("/corporate-profiles")
    assert "No profile is registered yet." in empty.text
    profile, other = register(council), register(council, "Zzclosed", Platform.X)
    allow(council, profile, council.worker)
    allow(council, profile, council.colleague, from_at=START + DAY, until_at=START + 2 * DAY)
    allow(council, profile, council.manager, until_at=START + timedelta(minutes=1))
    with council.database.transaction() as session:
        session.get_one(CorporateProfile, other.id).closed_at = START
    clock.advance(minutes=2)
    for who in ("worker", "worker2", "manager", "duty", "legal", "officer", "sro", "auditor", "admin"):
        page = client_for(getattr(council, who)).get("/corporate-profiles")
        rows = [row.text for row in page.main.one("table").one("tbody").all("tr")]
        assert [profile.reference in rows[0], other.reference in rows[1]] == [True, True]
        assert f"{council.worker.name}, since 21 November 2026" in rows[0]
        assert f"{council.colleague.name}, from 22 November 2026" in rows[0]
        assert f"{council.manager.name}, until 21 November 2026" in rows[0]
        assert "Nobody may use it since 21 November 2026." in rows[1]


@ONE_DATABASE
def test_nobody_reads_the_register_without_signing_in(council: Council, visitor: Visitor) -> None:
    assert visitor.get("/corporate-profiles").path == "/sign-in"
