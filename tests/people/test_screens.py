"""The pages of people in a real browser, in states that the crawl (`tests/crawl`) does not come to, and with all that is long.

The crawl looks at each of them empty, filled and with errors.
"""

from datetime import date

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.hand import Hand, HandOf
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll
from tests.people.making import put_link, put_people, put_person, restrict, work_of
from tracker.detection.services import add_family_link
from tracker.people.models import Person
from tracker.people.requests import ChangedPerson, Details, NewFamilyLink, TypedProfile
from tracker.people.services import change_person
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import Platform

pytestmark = ONE_DATABASE

NEW = {
    "Name": "Kitt Zzexample",
    "What is known of their age?": "Nothing: they count as under 18 until it is known",
    "What are they to the council?": "A person we work with",
    "Case system": "Zzcase",
    "Reference in the case system": "ZZ-1",
}


def looked_at(hand: Hand) -> Hand:
    assert_accessible(hand.page)
    return fitting(hand)


def fitting(hand: Hand) -> Hand:
    assert_no_sideways_scroll(hand.page)
    return hand


def household(council: Council) -> Person:
    """Kit with everything on record: profiles, family (one of them restricted), two teams, a second record, an old name."""
    put_people(council, *(f"Noise{n} Zzmany" for n in range(25)))
    with council.database.transaction() as session:
        kit = put_person(
            session,
            council,
            "Kit Zzexample",
            other_names=("Christopher Zzexample-with-a-very-long-name-indeed",),
            date_of_birth=date(2012, 5, 6),
            profile=TypedProfile(address="https://example.org/" + "long" * 30, platform=Platform.OTHER),
        )
        rae, sam = put_person(session, council, "Rae Zzexample"), put_person(session, council, "Sam Zzsecret")
        same = put_person(session, council, "Kitty Zzexample", work=work_of(council.south), by=council.worker2)
        by = council.actor(council.worker)
        for other, kind in ((rae, FamilyLinkKind.PARENT), (sam, FamilyLinkKind.SIBLING)):
            new = NewFamilyLink(person=kit.reference, other=other.reference, kind=kind)
            add_family_link(session, new, by=by, now=START)
        put_link(session, council, kit, same)
        restrict(session, council, sam)
    return kit


def test_what_is_not_found_is_readable_and_the_way_back_and_to_records_alike_works(
    council: Council, hand_of: HandOf
) -> None:
    household(council)
    hand = hand_of(council.worker2).open("/people")
    looked_at(
        hand.answer({"Name, date of birth": "nobody at all"}).press("Find").sees("Nobody whom you may open matches")
    )
    looked_at(hand.answer({"Name, date of birth": "Sam Zzsecret"}).press("Find").sees("A restricted record matches"))
    fitting(hand.answer({"Name, date of birth": "zz"}).press("Find").sees("Kit Zzexample"))
    hand.follow("Page 2")
    hand.sees("21 to 28 of 28 people").page.go_back()
    hand.sees("1 to 20 of 28 people").page.go_back()
    hand.sees("A restricted record matches").press("Add a person").press("Add this person")
    assert hand.sees("What is known of their age?").page.title().startswith("Error:")
    fitting(hand.answer(NEW).press("Add this person").sees("They may be on record already", "Kit Zzexample"))
    hand.page.get_by_role("link", name="Look at the records").click()
    assert hand.page.evaluate("document.activeElement.id") == "somebody_else"
    hand.choose("Is it one of these?", "No: this is somebody else").press("Add this person").sees("Kitt Zzexample")


def test_long_names_and_addresses_fit_a_small_phone(council: Council, hand_of: HandOf) -> None:
    kit = household(council)
    hand = hand_of(council.worker2)
    for page in ("profiles", "involvements", "details", "network"):
        fitting(hand.open(f"/people/{kit.reference}/{page}"))
    fitting(hand.open(f"/people/{kit.reference}/family")).answer({"Name, date of birth": "zzexample"})
    fitting(hand.press("Find"))
    fitting(hand.open(f"/people/{kit.reference}/family").follow("End"))
    fitting(hand.open(f"/people/{kit.reference}/links")).answer({"Name, date of birth": "zzexample"})
    fitting(hand.press("Find")).choose("Which record may be about the same person?", "Rae Zzexample")
    fitting(hand.press("Compare the records").sees("Side by side"))
    manager = hand_of(council.manager)
    fitting(manager.open(f"/people/{kit.reference}/links").follow("Undo"))
    fitting(manager.open(f"/people/{kit.reference}/involvements").follow("Close"))


def test_details_are_readable_with_errors_and_when_somebody_else_changed_them(
    council: Council, hand_of: HandOf
) -> None:
    kit = household(council)
    hand = hand_of(council.worker).open(f"/people/{kit.reference}/details")
    hand.page.get_by_label("Year").first.fill("99999")
    looked_at(hand.press("Save the details").sees("There is a problem"))
    hand.open(f"/people/{kit.reference}/details")
    meanwhile = ChangedPerson(person=kit.reference, version=1, details=Details(name="Kit Zzmeanwhile"))
    with council.database.transaction() as session:
        change_person(session, meanwhile, by=council.actor(council.worker2), now=START)
    looked_at(hand.write("Name", "Kit Zzmine").press("Save the details").sees("What is different", "Kit Zzmeanwhile"))


def test_a_person_is_found_and_added_without_javascript(council: Council, hand_of: HandOf) -> None:
    household(council)
    hand = hand_of(council.worker, javascript=False)
    hand.open("/people").answer({"Name, date of birth": "Kitt Zzexample"}).press("Find").sees("Kitty Zzexample")
    hand.press("Add a person").answer(NEW).press("Add this person").sees("They may be on record already")
    hand.choose("Is it one of these?", "No: this is somebody else").press("Add this person").sees("Kitt Zzexample")
