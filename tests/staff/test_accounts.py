"""Passwords changed by their owner, and one-time passwords from an administrator."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.settling import FAST
from tests.fixtures.trail import last_event, trail
from tracker.access.permissions import NotAllowedError
from tracker.staff.models import SignInSession, StaffMember
from tracker.staff.passwords import choose_password
from tracker.staff.requests import StaffChangeError
from tracker.staff.selectors import get_staff_by_id
from tracker.staff.services import change_password, close_staff_member, give_one_time_password, start_session
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE
CHOSEN = choose_password("seven paper umbrellas", passwords=FAST, personal=())


def now_is(council: Council, member: StaffMember) -> StaffMember:
    with council.database.reading() as session:
        return get_staff_by_id(session, saved_key(member))


def signed_in_twice(council: Council, member: StaffMember) -> None:
    with council.database.transaction() as session:
        for _ in range(2):
            start_session(session, saved_key(member), now=START)


def why_ended(council: Council, member: StaffMember) -> list[str | None]:
    with council.database.reading() as session:
        rows = session.exec(select(SignInSession).where(SignInSession.staff_id == member.id)).all()
    return [row.ended_why for row in rows]


def test_a_changed_password_is_the_only_one_that_matches_and_ends_every_session(council: Council) -> None:
    signed_in_twice(council, council.worker)
    signed_in_twice(council, council.colleague)
    with council.database.transaction() as session:
        change_password(session, CHOSEN, by=council.actor(council.worker), now=START)
    kept = now_is(council, council.worker)
    assert FAST.matches(kept.password_hash, "seven paper umbrellas")
    assert (kept.must_change_password, kept.password_ends_at) == (False, None)
    assert why_ended(council, council.worker) == ["password_changed", "password_changed"]
    assert why_ended(council, council.colleague) == [None, None]
    entry = last_event(council.database)
    assert (entry.event, entry.actor, entry.facts) == (
        "staff:password_changed",
        council.worker.reference,
        {"sessions_ended": 2},
    )
    assert CHOSEN.hash not in str(entry)


def test_closed_staff_do_not_change_their_password(council: Council) -> None:
    act = council.actor(council.worker)
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(council.worker), by=council.actor(council.admin), now=START)
    with council.database.transaction() as session, pytest.raises(NotAllowedError):
        change_password(session, CHOSEN, by=act, now=START)


def test_a_one_time_password_lasts_a_day_must_be_changed_and_ends_every_session(council: Council) -> None:
    signed_in_twice(council, council.worker)
    with council.database.transaction() as session:
        by = council.actor(council.admin)
        given = give_one_time_password(session, saved_key(council.worker), by=by, now=START, passwords=FAST)
    kept = now_is(council, council.worker)
    assert FAST.matches(kept.password_hash, given)
    assert (kept.must_change_password, kept.password_ends_at) == (True, START + timedelta(hours=24))
    assert why_ended(council, council.worker) == ["one_time_password", "one_time_password"]
    entry = last_event(council.database)
    assert (entry.event, entry.record) == ("staff:one_time_password_given", council.worker.reference)
    assert given not in str(entry)


@pytest.mark.parametrize("who", ["worker", "manager", "legal", "sro", "auditor"])
def test_nobody_but_an_administrator_gives_a_one_time_password(council: Council, who: str) -> None:
    before = len(trail(council.database))
    by = council.actor(getattr(council, who))
    with council.database.transaction() as session, pytest.raises(NotAllowedError):
        give_one_time_password(session, saved_key(council.colleague), by=by, now=START, passwords=FAST)
    assert len(trail(council.database)) == before


def test_an_administrator_gives_themself_no_one_time_password(council: Council) -> None:
    by = council.actor(council.admin)
    with council.database.transaction() as session, pytest.raises(NotAllowedError):
        give_one_time_password(session, saved_key(council.admin), by=by, now=START, passwords=FAST)


def test_closed_staff_are_given_no_one_time_password(council: Council) -> None:
    by = council.actor(council.admin)
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(council.worker), by=by, now=START)
    with council.database.transaction() as session, pytest.raises(StaffChangeError, match="closed"):
        give_one_time_password(session, saved_key(council.worker), by=by, now=START, passwords=FAST)
