"""Finding people, among others who must not be found."""

from datetime import date

import pytest

from tests.fixtures.council import START, Council
from tests.people.making import events, put_link, put_people, put_person, restrict, work_of
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.people.models import Person
from tracker.people.requests import TypedProfile
from tracker.people.search import Found
from tracker.people.searching import read_search
from tracker.people.services import search_people
from tracker.staff.models import StaffMember

BORN = date(2010, 11, 3)
NOISE = ("Brian Zzseamus", "Obi Zzrien", "Kitson Zzother", "Marion Zznoise", "Ann Zzmuell", "Seamus Zzbrienne")


def search(council: Council, typed: str, *, by: StaffMember | None = None, page: int = 1) -> Found:
    with council.database.transaction() as session:
        return search_people(session, typed, by=council.actor(by or council.worker2), now=START, page=page)


def names(found: Found) -> list[str | None]:
    return [one.person.name or one.person.known_by for one in found.people]


@pytest.fixture
def people(council: Council) -> list[Person]:
    """Somebody to be found, among others."""
    put_people(council, *NOISE, date_of_birth=date(2010, 3, 11))
    with council.database.transaction() as session:
        sean = put_person(
            session,
            council,
            "Seán O'Brien-Zzsmith",
            other_names=("Jack Zzmüller",),
            date_of_birth=BORN,
            work=work_of(council.north, reference="ZZ 77/A"),
            profile=TypedProfile(address="https://www.facebook.com/Zz.Sean?x=1"),
        )
        handle = put_person(session, council, None, known_by="zz_shadow.99")
    return [sean, handle]


SEAN = [
    "Seán O'Brien-Zzsmith", "sean o'brien-zzsmith", "SEAN O\u2019BRIEN ZZSMITH", "zzsmith, sean", "o brien sean", "obrien", "brien se",
    "Zzsm", "obrienzz", "jack zzmuller", "ZZMUELLER", "  se   obr ",
    "3/11/2010", "03-11-2010", "3 11 2010", "2010-11-03", "3 November 2010", "3rd nov 2010", "Sean 3.11.2010", "3/11/2010 zzsm",
    "ZZ 77/A", "zz77/a",
    "facebook.com/zz.sean", "https://m.facebook.com/ZZ.SEAN/about?x", "@zz.sean",
]  # fmt: skip


def test_a_person_is_found_however_they_are_typed(council: Council, people: list[Person]) -> None:
    for typed in SEAN:
        found = search(council, typed)
        assert (names(found), found.total) == (["Seán O'Brien-Zzsmith"], 1), typed


NOBODY = [
    "", " ", "s", "ean", "rien", "smithx", "sean zzother", "Sean 4/11/2010", "31/2/2010", "3/11/2011", "77/A", "ZZ 77",
    "facebook.com/zz.sea", "instagram.com/zz.sean", "%", "_", "' OR 1=1 --", "\0", "x" * 5000, "\u202e", "PER-",
]  # fmt: skip


def test_nobody_is_found_by_what_is_only_nearly_theirs(council: Council, people: list[Person]) -> None:
    for typed in NOBODY:
        assert names(search(council, typed)) == [], typed


def test_a_person_is_found_by_reference_however_it_is_typed(council: Council, people: list[Person]) -> None:
    sean, handle = people
    with council.database.transaction() as session:
        put_person(session, council, "Zoë Zzother", work=work_of(council.north, reference="ZZ/É ß 1"))
    assert names(search(council, " zz/é SS1 ")) == ["Zoë Zzother"]
    assert names(search(council, f" {sean.reference.lower().replace('-', ' ')} ")) == ["Seán O'Brien-Zzsmith"]
    assert names(search(council, handle.reference)) == ["zz_shadow.99"]
    assert names(search(council, "zz_shadow")) == ["zz_shadow.99"]


def test_a_search_is_an_event_with_the_count_for_ever_and_the_words_erasable(
    council: Council, people: list[Person]
) -> None:
    search(council, "Zzsmith")
    with council.database.reading() as session:
        ((entry, content),) = events(session, Event.PEOPLE_SEARCHED)
    assert '"found":1' in entry.text
    assert "smith" not in entry.text.lower()
    assert "Zzsmith" in content


def test_results_are_sorted_and_come_a_page_at_a_time(council: Council) -> None:
    put_people(council, *(f"{first}{second} Zzmany" for first in "EDCBA" for second in "aeiou"), "Noise Zzperson")
    pages = [search(council, "zzmany", page=page) for page in (1, 2, 3)]
    assert [(one.total, len(one.people)) for one in pages] == [(25, 20), (25, 5), (25, 0)]
    listed = [name for one in pages for name in names(one)]
    assert listed == sorted(listed, key=str)


def test_a_result_says_which_teams_work_with_the_person_and_which_records_are_the_same(council: Council) -> None:
    one, other, _ = put_people(council, "Kit Zzexample", "Kitty Zzexample", "Noise Zzperson")
    with council.database.transaction() as session:
        put_link(session, council, one, other)
    found = search(council, "zzexample")
    assert [(who.teams, who.same_person) for who in found.people] == [
        (("Family Help North",), (other.reference,)),
        (("Family Help North",), (one.reference,)),
    ]


def test_those_who_may_not_find_people_are_refused(council: Council) -> None:
    for who in (council.admin, council.officer):
        with pytest.raises(NotAllowedError):
            search(council, "zz", by=who)


@pytest.fixture
def restricted(council: Council, people: list[Person]) -> Person:
    """The person, restricted to North's manager and worker."""
    with council.database.transaction() as session:
        return restrict(session, council, people[0], council.worker)


def told(found: Found) -> bool:
    """Whether the search told that there is a restricted record; it must never tell more."""
    assert found.people == ()
    assert found.total == 0
    assert found.ask_whom in ((), ("Zzgatekeeper, extension 4411",))
    return bool(found.ask_whom)


EXACTLY = [*SEAN[:3], "zzsmith SEAN o brien", "jack zzmuller", "Jack Zzmueller", "ZZ 77/A", "zz77/a"]


def test_a_restricted_record_tells_whom_to_ask_to_who_knows_it_exactly(council: Council, restricted: Person) -> None:
    for typed in (*EXACTLY, restricted.reference):
        for who in (council.worker2, council.manager2, council.duty, council.colleague):
            assert told(search(council, typed, by=who)), typed


def test_a_restricted_record_tells_nothing_to_who_guesses(council: Council, restricted: Person) -> None:
    for typed in SEAN:
        assert told(search(council, typed)) == (typed in EXACTLY), typed


def test_a_date_of_birth_beside_the_name_tells_nothing_of_a_restricted_record(
    council: Council, restricted: Person
) -> None:
    right, wrong = search(council, "Jack Zzmüller 3/11/2010"), search(council, "Jack Zzmüller 4/11/2010")
    assert right == wrong
    assert told(right)


def test_readers_legal_and_those_who_read_everything_find_a_restricted_record(
    council: Council, restricted: Person
) -> None:
    for who in (council.worker, council.manager, council.legal, council.sro, council.auditor):
        assert names(search(council, "zzsm", by=who)) == ["Seán O'Brien-Zzsmith"]
    assert names(search(council, "zzsm", by=council.colleague)) == []


def test_a_record_linked_to_a_restricted_one_is_as_shut(council: Council, restricted: Person) -> None:
    (same,) = put_people(council, "Shane Zzlinked")
    assert names(search(council, "zzlin")) == ["Shane Zzlinked"]
    with council.database.transaction() as session:
        put_link(session, council, restricted, same)
    assert not told(search(council, "zzlin"))
    assert told(search(council, same.reference))


def test_a_search_reads_a_date_only_where_one_stands() -> None:
    assert read_search("Kit 3/11/2010").born == BORN
    assert read_search("Kit 3/11/2010").name == "Kit"
    assert read_search("31/2/2010").born is None
    assert read_search("5 Foo 2010").born is None
    assert read_search("x" * 5000).typed == "x" * 300
