"""Those of Legal's pages in a real browser to which the crawl (`tests/crawl`) does not come: all others it looks at."""

from datetime import timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_legal import record_advice
from tracker.people.models import Person
from tracker.policy.vocabulary import Conclusion

pytestmark = ONE_DATABASE

DAY = timedelta(days=1)


def looked_at(hand: Hand) -> Hand:
    assert_accessible(hand.page)
    assert_no_sideways_scroll(hand.page)
    return hand


def everything_on_record(casework: Casework) -> Person:
    """Somebody with one of everything."""
    person = casework.person("Kit")
    casework.consent(person, now=START - 9 * DAY, until=(START - 4 * DAY).date())
    casework.notice(person, now=START - 8 * DAY, until=(START - 4 * DAY).date())
    casework.ripa(person, now=START - 7 * DAY)
    casework.order(person, now=START - 6 * DAY, until=(START - 4 * DAY).date())
    casework.advice(person, Conclusion.THRESHOLD_NOT_MET, now=START - 5 * DAY)
    casework.hold(person, now=START - 4 * DAY)
    casework.danger(person, by=casework.worker2, now=START - 3 * DAY)
    return person


def test_advice_about_somebody_under_a_hold_is_readable_filled_and_with_errors(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = everything_on_record(casework)
    clock.advance(minutes=10)
    hand = hand_of(casework.council.legal).open(f"/people/{person.reference}/advice")
    looked_at(record_advice(hand, "Not directed surveillance", clock(), looks=2)).sees("under a hold")
    looked_at(hand.press("Record this advice")).sees("Select whether the hold is to be released")
