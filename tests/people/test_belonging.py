"""Profiles, family, records that are one person, and from when views count."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from tests.fixtures.council import START, Council
from tests.people.making import events, put_link, put_people, put_person, work_of
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.corrections.errors import AlreadyStruckError
from tracker.corrections.services import unlink_records
from tracker.detection.services import add_family_link, end_family_link, link_records
from tracker.people.models import CountRestart, Person, SamePersonLink
from tracker.people.problems import ProblemError
from tracker.people.requests import (
    ClosedInvolvement,
    EndedFamilyLink,
    LinkedRecords,
    NewFamilyLink,
    NewInvolvement,
    NewProfile,
    RestartedCount,
    TypedProfile,
    UnlinkedRecords,
)
from tracker.people.selectors import (
    counted_from,
    list_family,
    list_involvements,
    list_profiles,
    list_same_person_links,
    profile_on_record,
)
from tracker.people.services import (
    add_involvement,
    add_profile,
    close_involvement,
    restart_count,
)
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import Platform
from tracker.staff.models import StaffMember
from tracker.storage.tables import NoSuchRecordError, saved_key

TODAY = date(2026, 11, 21)


def new_profile(person: Person, address: str, platform: Platform | None = None) -> NewProfile:
    return NewProfile(person=person.reference, profile=TypedProfile(address=address, platform=platform))


def test_two_spellings_of_a_profile_are_on_record_once_but_two_people_may_share_it(council: Council) -> None:
    person, other = put_people(council, "Kit Zzexample", "Noise Zzperson")
    by = council.actor(council.worker2)
    with council.database.transaction() as session:
        add_profile(session, new_profile(person, "https://www.Facebook.com/zz.doe?x=1"), by=by, now=START)
        add_profile(session, new_profile(other, "facebook.com/zz.doe"), by=by, now=START)
        add_profile(session, new_profile(person, "zz.doe", Platform.INSTAGRAM), by=by, now=START)
        with pytest.raises(ProblemError) as refused:
            add_profile(session, new_profile(person, "facebook.com/zz.doe"), by=by, now=START)
    assert refused.value.field == "address"
    with council.database.reading() as session:
        mine = [(one.platform, one.handle) for one in list_profiles(session, [saved_key(person)])]
        assert mine == [("facebook", "zzdoe"), ("instagram", "zz.doe")]


def test_a_profile_without_a_platform_or_host_is_asked_for_the_platform(council: Council) -> None:
    (person,) = put_people(council, "Kit Zzexample")
    with pytest.raises(ProblemError) as refused, council.database.transaction() as session:
        add_profile(session, new_profile(person, "zz.doe"), by=council.actor(council.worker), now=START)
    assert refused.value.field == "platform"


def test_a_profile_is_on_record_for_the_whole_group_on_its_platform_from_when_it_was_recorded(council: Council) -> None:
    person, same, other = put_people(council, "Kit Zzexample", "Kitty Zzexample", "Noise Zzperson")
    with council.database.transaction() as session:
        add_profile(session, new_profile(same, "facebook.com/zz"), by=council.actor(council.worker), now=START)
        add_profile(session, new_profile(other, "tiktok.com/@zz"), by=council.actor(council.worker), now=START)
    members = [saved_key(person), saved_key(same)]
    with council.database.reading() as session:
        assert profile_on_record(session, members, [Platform.X, Platform.FACEBOOK])
        assert not profile_on_record(session, members, [Platform.X, Platform.TIKTOK])
        assert not profile_on_record(session, members[:1], [Platform.FACEBOOK])
        assert profile_on_record(session, members, [Platform.FACEBOOK], recorded_by=START)
        earlier = START - timedelta(seconds=1)
        assert not profile_on_record(session, members, [Platform.FACEBOOK], recorded_by=earlier)


def test_a_family_link_is_read_from_both_sides_and_made_once(council: Council) -> None:
    child, mother, _ = put_people(council, "Kit Zzexample", "Rae Zzexample", "Noise Zzperson")
    by = council.actor(council.worker)
    new = NewFamilyLink(person=child.reference, other=mother.reference, kind=FamilyLinkKind.PARENT)
    turned = NewFamilyLink(person=mother.reference, other=child.reference, kind=FamilyLinkKind.CHILD)
    household = NewFamilyLink(person=mother.reference, other=child.reference, kind=FamilyLinkKind.HOUSEHOLD)
    with council.database.transaction() as session:
        link = add_family_link(session, new, by=by, now=START)
        for same in (new, turned):
            with pytest.raises(ProblemError):
                add_family_link(session, same, by=by, now=START)
        add_family_link(session, household, by=by, now=START)
        with pytest.raises(ProblemError):
            add_family_link(
                session,
                NewFamilyLink(person=child.reference, other=child.reference, kind=FamilyLinkKind.SIBLING),
                by=by,
                now=START,
            )
    assert family(council, child) == [("Rae Zzexample", "parent"), ("Rae Zzexample", "household")]
    assert family(council, mother) == [("Kit Zzexample", "child"), ("Kit Zzexample", "household")]
    with council.database.transaction() as session:
        ended = EndedFamilyLink(person=mother.reference, link=link.reference, why="Never lived together")
        end_family_link(session, ended, by=by, now=START)
        with pytest.raises(ProblemError):
            end_family_link(session, ended, by=by, now=START)
    assert family(council, child) == [("Rae Zzexample", "household")]
    with council.database.transaction() as session:
        add_family_link(session, new, by=by, now=START)
    assert family(council, child) == [("Rae Zzexample", "household"), ("Rae Zzexample", "parent")]


def family(council: Council, person: Person) -> list[tuple[str | None, str]]:
    with council.database.reading() as session:
        found = list_family(session, [saved_key(person)], by=council.actor(council.worker), on=TODAY)
        return [(one.person.name if one.person else None, one.kind.value) for one in found]


def test_any_worker_links_two_records_with_a_reason_and_only_a_manager_undoes_it(council: Council) -> None:
    one, other, third = put_people(council, "Kit Zzexample", "Kitty Zzexample", "Noise Zzperson")
    linked = LinkedRecords(person=one.reference, other=other.reference, why="Same birth and address")
    for who in (council.legal, council.auditor, council.admin):
        with pytest.raises(NotAllowedError), council.database.transaction() as session:
            link_records(session, linked, by=council.actor(who), now=START)
    with council.database.transaction() as session:
        link = link_records(session, linked, by=council.actor(council.worker2), now=START)
        with pytest.raises(ProblemError):
            link_records(session, linked, by=council.actor(council.worker), now=START)
    undone = UnlinkedRecords(person=other.reference, link=link.reference, why="Two cousins")
    for who in (council.worker, council.worker2, council.legal):
        with pytest.raises(NotAllowedError), council.database.transaction() as session:
            unlink_records(session, undone, by=council.actor(who), now=START)
    elsewhere = UnlinkedRecords(person=third.reference, link=link.reference, why="Two cousins")
    with pytest.raises(NoSuchRecordError), council.database.transaction() as session:
        unlink_records(session, elsewhere, by=council.actor(council.manager), now=START)
    with council.database.transaction() as session:
        unlink_records(session, undone, by=council.actor(council.manager2), now=START)
        with pytest.raises(AlreadyStruckError):
            unlink_records(session, undone, by=council.actor(council.manager2), now=START)
    with council.database.reading() as session:
        (row,) = list_same_person_links(session, [saved_key(one)])
        assert (row.why, row.undone_why) == ("Same birth and address", "Two cousins")
        assert [len(events(session, kind)) for kind in (Event.RECORDS_LINKED, Event.RECORDS_UNLINKED)] == [1, 1]


def test_records_that_are_one_person_already_are_not_linked_again_over_a_third(council: Council) -> None:
    one, other, third = put_people(council, "Kit Zzexample", "Kitty Zzexample", "Kat Zzexample")
    with council.database.transaction() as session:
        put_link(session, council, one, other)
        put_link(session, council, other, third)
        with pytest.raises(ProblemError):
            put_link(session, council, one, third)
        with pytest.raises(ProblemError):
            put_link(session, council, one, one)
        assert len(session.exec(select(SamePersonLink)).all()) == 2


def close_all(council: Council, person: Person, on: date) -> None:
    with council.database.transaction() as session:
        for work in list_involvements(session, [saved_key(person)]):
            closed = ClosedInvolvement(
                person=person.reference, involvement=work.involvement.reference, version=1, closed_on=on
            )
            close_involvement(session, closed, by=council.actor(council.worker), now=START)


def put_closed(council: Council, name: str, on: date) -> Person:
    with council.database.transaction() as session:
        person = put_person(session, council, name, work=work_of(council.north, opened_on=date(2020, 1, 1)))
    close_all(council, person, on)
    return person


def restart(
    council: Council, person: Person, from_on: date, *, at: datetime = START, by: StaffMember | None = None
) -> list[CountRestart]:
    new = RestartedCount(person=person.reference, from_on=from_on, why="A new episode after two years")
    with council.database.transaction() as session:
        return restart_count(session, new, apart_from=frozenset(), by=council.actor(by or council.legal), now=at)


def test_only_legal_restarts_the_count_and_only_after_twelve_closed_months(council: Council) -> None:
    person, _ = put_closed(council, "Kit Zzexample", date(2025, 11, 21)), put_people(council, "Noise Zzperson")
    for who in (council.worker, council.manager, council.sro, council.auditor, council.officer):
        with pytest.raises(NotAllowedError):
            restart(council, person, TODAY, by=who)
    with pytest.raises(ProblemError):
        restart(council, person, date(2026, 11, 20))
    with pytest.raises(ProblemError):
        restart(council, person, date(2026, 11, 22))
    restart(council, person, TODAY)
    with council.database.reading() as session:
        midnight = datetime(2026, 11, 21, tzinfo=UTC)
        assert counted_from(session, [saved_key(person)], recorded_by=START) == midnight
        assert counted_from(session, [saved_key(person)], recorded_by=START - timedelta(seconds=1)) is None


def test_the_count_is_not_restarted_while_a_team_works_with_the_person_or_a_linked_record(council: Council) -> None:
    person, open_one = put_closed(council, "Kit Zzexample", date(2022, 1, 1)), put_people(council, "Kitty Zzexample")[0]
    with council.database.transaction() as session:
        put_link(session, council, person, open_one)
    with pytest.raises(ProblemError):
        restart(council, person, TODAY)


def test_a_new_episode_that_begins_that_day_does_not_stand_in_the_way(council: Council) -> None:
    person = put_closed(council, "Kit Zzexample", date(2024, 1, 1))
    new = NewInvolvement(person=person.reference, work=work_of(council.south, opened_on=date(2026, 11, 1)))
    with council.database.transaction() as session:
        add_involvement(session, new, by=council.actor(council.worker2), now=START)
    with pytest.raises(ProblemError):
        restart(council, person, date(2026, 11, 2))
    restart(council, person, date(2026, 11, 1))


def test_the_latest_restart_holds_for_every_record_of_the_group(council: Council) -> None:
    person, same = (
        put_closed(council, "Kit Zzexample", date(2020, 2, 1)),
        put_closed(council, "Kitty Zz", date(2020, 3, 1)),
    )
    with council.database.transaction() as session:
        put_link(session, council, person, same)
    assert len(restart(council, person, date(2026, 1, 1))) == 2
    restart(council, same, date(2025, 1, 1), at=START + timedelta(hours=1))
    with council.database.reading() as session:
        both = [saved_key(person), saved_key(same)]
        assert counted_from(session, both, recorded_by=START) == datetime(2026, 1, 1, tzinfo=UTC)
        later = START + timedelta(hours=1)
        assert counted_from(session, both, recorded_by=later) == datetime(2025, 1, 1, tzinfo=UTC)


def test_a_record_linked_since_takes_no_view_out_of_the_count(council: Council) -> None:
    person, same = put_closed(council, "Kit Zzexample", date(2020, 2, 1)), put_people(council, "Kitty Zz")[0]
    restart(council, person, date(2026, 1, 1))
    with council.database.reading() as session:
        assert counted_from(session, [saved_key(person)], recorded_by=START) is not None
        assert counted_from(session, [saved_key(person), saved_key(same)], recorded_by=START) is None
