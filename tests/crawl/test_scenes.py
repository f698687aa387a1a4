"""Pages that no link leads to: the door, what was sent too late, what is refused. Each is as sound as any other."""

from tests.crawl.place import Place
from tests.crawl.soundness import faults_of
from tests.fixtures.council import ONE_DATABASE
from tests.fixtures.hand import Hand
from tests.fixtures.settling import FAST
from tracker.staff.services import give_one_time_password
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


def test_the_door_is_sound_closed_refusing_and_after_the_session_ended(newly_opened: Place) -> None:
    hand = newly_opened.stranger()
    hand.open("/people").sees("Sign in")
    faults = faults_of(hand.page, "staff.sign_in_page")
    hand.press("Sign in").sees("Enter")
    faults += faults_of(hand.page, "staff.sign_in_page")
    hand.sign_in(newly_opened.council.worker)
    newly_opened.clock.advance(minutes=31)
    hand.open("/settings").sees("You are signed out")
    faults += faults_of(hand.page, "staff.sign_in_page")
    hand.open("/help").sees("Help")
    assert not [*faults, *faults_of(hand.page, "site.help"), *newly_opened.faults()]


def test_the_first_password_is_chosen_on_a_sound_page(newly_opened: Place) -> None:
    council = newly_opened.council
    with council.database.transaction() as session:
        once = give_one_time_password(
            session,
            saved_key(council.worker),
            by=council.actor(council.admin),
            now=newly_opened.clock(),
            passwords=FAST,
        )
    hand = newly_opened.stranger()
    hand.sign_in(council.worker, password=once).sees("Choose a password")
    faults = faults_of(hand.page, "a first password")
    hand.press("Save the password").sees("There is a problem")
    assert not [*faults, *faults_of(hand.page, "a first password"), *newly_opened.faults()]


def test_what_was_sent_after_the_session_ended_is_given_back_on_sound_pages(newly_opened: Place) -> None:
    hand = newly_opened.sign_in(newly_opened.council.worker)
    hand.open("/unsaved").sees("Nothing is waiting to be saved")
    faults = faults_of(hand.page, "drafts.unsaved_page")
    _type_and_come_too_late(newly_opened, hand)
    hand.sign_in(newly_opened.council.worker).sees("What you had typed was kept for you")
    faults += faults_of(hand.page, "drafts.unsaved_page")
    hand.press("Show what I typed")
    assert hand.page.get_by_label("Name (optional)", exact=True).input_value() == "Zelda Zztyped"
    assert not [*faults, *faults_of(hand.page, "people.new_person"), *newly_opened.faults()]


def test_what_is_refused_or_not_there_is_said_on_sound_pages(at_work: Place) -> None:
    restricted, elsewhere = at_work.records["restricted"], at_work.records["south"]
    faults = []
    for member, path, words in (
        (at_work.council.worker2, f"/people/{restricted}", "This record is restricted"),
        (at_work.council.worker, f"/checks/{elsewhere}", "You cannot see or do this"),
        (at_work.council.worker, "/checks/CHK-0000-0000", "Page not found"),
    ):
        hand = at_work.sign_in(member)
        hand.open(path).sees(words)
        faults += faults_of(hand.page, path)
    assert not [*faults, *at_work.faults()]


def _type_and_come_too_late(place: Place, hand: Hand) -> None:
    hand.open("/people/new").page.get_by_label("Name (optional)", exact=True).fill("Zelda Zztyped")
    place.clock.advance(minutes=31)
    hand.press("Add this person").sees("You were signed out before this was saved")
