"""Whoever reads a page of the demonstration sees that nobody on it is real, and every sign-in is what it says."""

import re

import pytest
from sqlmodel import select

from tests.demo.telling import Told
from tests.fixtures.council import START
from tests.fixtures.settling import FAST
from tracker.demo.people import DOMAIN, SIGN_INS, TEAMS, is_demonstration
from tracker.demo.records import CASE_SYSTEM
from tracker.people.models import Involvement, Person, Profile
from tracker.policy.entitlement import Role
from tracker.staff.models import StaffMember
from tracker.staff.requests import NewStaffMember
from tracker.staff.services import add_staff_member
from tracker.storage.session import Database

SURNAMES = {"Example", "Sample", "Demo", "Specimen", "Placeholder", "Fictional"}

EXPECTED: dict[str, tuple[set[Role], str | None]] = {
    "worker": ({Role.SOCIAL_WORKER}, "north"),
    "worker2": ({Role.SOCIAL_WORKER}, "south"),
    "manager": ({Role.TEAM_MANAGER}, "north"),
    "manager2": ({Role.TEAM_MANAGER}, "south"),
    "duty": ({Role.DUTY_WORKER, Role.DUTY_MANAGER}, "night"),
    "legal": ({Role.LEGAL_REVIEWER}, None),
    "officer": ({Role.AUTHORISING_OFFICER}, None),
    "sro": ({Role.SENIOR_RESPONSIBLE_OFFICER, Role.AUDITOR}, None),
    "admin": ({Role.ADMINISTRATOR}, None),
    "senior": ({Role.SOCIAL_WORKER}, "north"),
}


def test_the_sign_ins_are_those_promised_in_their_order() -> None:
    assert [email for email, _ in SIGN_INS] == [f"{one}@demo.example" for one in EXPECTED]


@pytest.mark.parametrize("sign_in", EXPECTED)
def test_each_holds_the_roles_that_their_sign_in_promises(told: Told, sign_in: str) -> None:
    roles, team = EXPECTED[sign_in]
    actor = told.actor(sign_in)
    words = dict(SIGN_INS)[f"{sign_in}@{DOMAIN}"]
    assert {held.role for held in actor.holdings if held.covers is None} == roles
    assert words.startswith(actor.name)
    assert team is None or TEAMS[team] in words


def test_nobody_has_to_change_the_password_and_it_is_one_for_all(told: Told) -> None:
    staff = list(told.session.exec(select(StaffMember)))
    assert {(one.must_change_password, one.password_ends_at) for one in staff} == {(False, None)}
    assert len({one.password_hash for one in staff}) == 1


def test_every_name_handle_and_case_reference_is_unmistakable(told: Told) -> None:
    named = [person.name for person in told.session.exec(select(Person)) if person.name]
    assert len(named) > 20
    assert [name for name in named if name.split()[-1] not in SURNAMES] == []
    handles = [profile.handle for profile in told.session.exec(select(Profile))]
    assert [handle for handle in handles if not re.search("demo|specimen", handle)] == []
    works = list(told.session.exec(select(Involvement)))
    assert {work.case_system for work in works} == {CASE_SYSTEM}
    assert [work.case_reference for work in works if not re.fullmatch(r"DEMO-\d{4}", work.case_reference or "")] == []


def test_a_council_of_its_own_is_no_demonstration(database: Database) -> None:
    with database.transaction() as session:
        assert not is_demonstration(session)
        new = NewStaffMember("a.worker@northshire.example", "A Worker", "Social worker")
        add_staff_member(session, new, by=None, now=START, passwords=FAST)
        assert not is_demonstration(session)


def test_one_address_of_a_demonstration_makes_it_one(told: Told) -> None:
    assert is_demonstration(told.session)
