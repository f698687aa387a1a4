"""Legal's pages in a real browser: empty, filled and with errors, readable by everybody and on a small phone."""

from datetime import timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_legal import record_advice
from tests.review.test_referral_services import Case
from tracker.policy.vocabulary import Conclusion

pytestmark = ONE_DATABASE

DAY = timedelta(days=1)


def looked_at(hand: Hand) -> Hand:
    assert_accessible(hand.page)
    assert_no_sideways_scroll(hand.page)
    return hand


def everything_on_record(casework: Casework) -> Case:
    """A case about somebody with one of everything."""
    person = casework.person("Kit")
    casework.consent(person, now=START - 9 * DAY, until=(START - 4 * DAY).date())
    casework.notice(person, now=START - 8 * DAY, until=(START - 4 * DAY).date())
    casework.ripa(person, now=START - 7 * DAY)
    casework.order(person, now=START - 6 * DAY, until=(START - 4 * DAY).date())
    casework.advice(person, Conclusion.THRESHOLD_NOT_MET, now=START - 5 * DAY)
    casework.hold(person, now=START - 4 * DAY)
    casework.danger(person, by=casework.worker2, now=START - 3 * DAY)
    return Case(casework, person)


def test_the_queue_and_a_case_are_readable_empty_and_filled(casework: Casework, hand_of: HandOf, clock: Clock) -> None:
    hand = hand_of(casework.council.legal)
    looked_at(hand.open("/referrals")).sees("Nothing waits for Legal.")
    case = everything_on_record(casework)
    clock.advance(minutes=10)
    looked_at(hand.open("/referrals"))
    looked_at(hand.open(f"/referrals/{case.reference}")).press("Take this case")
    looked_at(hand.press("Answer this case"))
    looked_at(hand.press("Answer and close this case")).sees("There is a problem")
    looked_at(hand.open(f"/referrals/{case.reference}/question"))


def test_the_forms_about_a_person_are_readable_filled_and_with_errors(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    case = everything_on_record(casework)
    clock.advance(minutes=10)
    hand = hand_of(casework.council.legal)
    person = f"/people/{case.person.reference}"
    looked_at(hand.open(f"{person}/advice"))
    looked_at(hand.press("See what this will do")).sees("There is a problem")
    looked_at(record_advice(hand, "Not directed surveillance", clock(), looks=2)).sees("under a hold")
    looked_at(hand.press("Record this advice")).sees("Select whether the hold is to be released")
    looked_at(hand.open(f"{person}/hold").press("Place the hold"))
    looked_at(hand.open(f"{person}/count").press("Begin the count anew"))
    looked_at(hand.open(person).follow("Release the hold of").press("Release the hold"))
