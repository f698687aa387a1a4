"""Journey (b): granted and not approved, approved by a justice, and the day after the last day."""

from datetime import UTC, datetime, timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.journeys.answers import WHY, ask
from tracker.authorities.requests import NewReview
from tracker.people.models import Person
from tracker.review.services import review_granted

pytestmark = ONE_DATABASE

CRIME = {**WHY, "What is it for?": "Preventing or detecting crime"}
APPLICATION = {
    "Which criminal offence": "Neglect, Children and Young Persons Act 1933 section 1",
    "What is its maximum penalty?": "Ten years",
    "Does the offence meet article 7A?": "Yes: its maximum is at least six months' imprisonment",
    "What is the URN?": "NSC/2026/7",
    "What information is sought?": "Whether the child is left alone.",
    "Why is it necessary?": "Nobody opens the door.",
    "Why is it proportionate?": "Two visits and a letter brought nothing.",
    "What about other people?": "Friends in the pictures; nothing is kept of them.",
    "Is confidential or privileged information likely": "No",
    "On which platforms?": "Any platform: it is not limited",
    "With which accounts?": "Any account that the council allows: it is not limited",
}
GRANT = {
    "Why do you grant it?": "Nothing less intrusive is left, and the offence is grave.",
    "What is your grade?": "Head of service",
}
HEARING = {
    "What did the justice decide?": "Approved it",
    "Which magistrates' court?": "Zznorthshire magistrates",
    "What is the name of the justice?": "J Zzjustice",
    "Where is the copy of the order kept?": "Case system, Legal's folder",
}


def applied_for(legal: Hand, person: Person) -> str:
    """Legal applies on the page for it; gives where the application stands."""
    legal.open(f"/people/{person.reference}").follow("Apply for a RIPA authorisation")
    return legal.answer(APPLICATION).press("Continue").sees("It waits for the authorising officer").path


def reviewed(casework: Casework, reference: str, at: datetime) -> None:
    """The officer reviews, so that no review is overdue."""
    with casework.transaction() as session:
        review_granted(session, NewReview(reference, at, "Still needed."), by=casework.officer, now=at)


def test_a_justice_opens_what_was_granted_for_crime_alone_until_its_last_day(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person, council = casework.person("Kit"), casework.council
    legal, officer, worker = (hand_of(one) for one in (council.legal, council.officer, council.worker))
    applied_for(legal, person)
    officer.open("/").follow("A RIPA authorisation").sees("Neglect", "Nobody opens the door.")
    clock.advance(minutes=5)
    officer.press("Grant it").answer(GRANT).when("When did you grant it?", clock()).press("Grant it")
    officer.sees("It has no effect until a justice of the peace approves it.", "No judicial approval")
    ripa = officer.path

    ask(worker, person, why=CRIME).sees("Blocked until judicial approval or a court's order is recorded")

    clock.advance(minutes=5)
    legal.open("/").follow("Record the justice's decision").press("Record the justice's decision")
    legal.answer(HEARING).when("When was the hearing?", clock()).press("Record the decision")
    legal.sees("Judicial approval is recorded. Its last day is 20 February 2027.")

    worker.open(ripa).sees(
        "It could go ahead now, on a RIPA authorisation with judicial approval, once it is asked for again."
    ).press("Ask again")
    worker.sees("You may go ahead").does_not_see("This is not a RIPA authorisation")
    ask(worker, person).sees("Blocked until judicial approval or a court's order is recorded")

    for days in (27, 54, 81):
        reviewed(casework, ripa.rpartition("/")[2], START + timedelta(days=days))
    clock.set(datetime(2027, 2, 20, 23, 30, tzinfo=UTC))
    ask(worker.sign_in(council.worker), person, why=CRIME).sees("You may go ahead")
    clock.set(datetime(2027, 2, 21, 0, 10, tzinfo=UTC))
    ask(worker.sign_in(council.worker), person, why=CRIME)
    worker.sees("Blocked until judicial approval or a court's order is recorded")


def test_without_article_7a_the_form_says_so_and_nothing_goes_to_the_officer(
    casework: Casework, hand_of: HandOf
) -> None:
    person = casework.person("Kit")
    legal = hand_of(casework.council.legal, javascript=False)
    legal.open(f"/people/{person.reference}/applications/new")
    legal.answer(
        {
            "Which criminal offence": "Shouting",
            "What is its maximum penalty?": "A fine",
            "Does the offence meet article 7A?": "No, article 7A is not met",
        }
    ).press("Continue")
    legal.sees("RIPA is not available: article 7A is not met", "Agreement.", "Specific notice.", "A court's order")
    legal.open("/authorisations").sees("No application waits.")
