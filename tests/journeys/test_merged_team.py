"""A team merged on a full queue: a permit runs, a case is with Legal, and the managers of the other team clear what waits."""

from datetime import timedelta

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import HandOf
from tests.journeys.test_legal import endorse
from tracker.decisions.models import Check
from tracker.policy.vocabulary import Visibility

pytestmark = ONE_DATABASE

HOUR = timedelta(hours=1)


def blocked(casework: Casework, name: str) -> Check:
    """A check that is blocked, since somebody has looked."""
    person = casework.person(name)
    casework.ask(person, by=casework.worker2)
    return casework.ask(person)


def test_a_team_merged_on_a_full_queue(casework: Casework, hand_of: HandOf, clock: Clock) -> None:
    council = casework.council
    danger = casework.danger(casework.person("Lee"))
    casework.start(danger)
    casework.report(danger, opened_at=START, now=START + timedelta(minutes=5), visibility_found=Visibility.OPEN)
    child = casework.ask(casework.person("Ben", born=CHILD))
    stuck, sent, permit = blocked(casework, "Sam"), blocked(casework, "Ann"), casework.ask(casework.person("Kit"))
    endorse(casework, sent.reference, START)

    clock.set(START + HOUR)
    admin = hand_of(council.admin)
    admin.open(f"/teams/{council.north.reference}/close").sees("Waiting for a manager", "Looks that may go ahead")
    for line in ("Waiting for a manager 3", "Looks that may go ahead 1", "People whom the team works with 5"):
        words = " ".join(admin.page.locator("main").inner_text().split())
        assert line in words, words
    admin.does_not_see("Zzexample", "CHK-")
    admin.page.get_by_label("Which team takes over?").select_option(label=council.south.name)
    admin.press("Close the team").sees("The team was closed.", f"{council.south.name} took over")

    clock.set(START + 2 * HOUR)
    moss = hand_of(council.manager2)
    moss.open("/").sees("For you as a manager (3)").open(f"/review/{danger.reference}")
    moss.choose("Do you agree that the look had to be made at once?", "Agreed")
    moss.write("Why?", "There was a threat to life.").press("Record the review")
    moss.open(f"/review/{child.reference}").write("Why may this one look be made?", "Needed for the hearing.")
    moss.press("Approve this one look")
    moss.open(f"/review/{stuck.reference}").write("What should Legal know?", "It is needed.").press("Send it to Legal")
    moss.open("/review").sees("Nothing waits for you.")
    assert casework.outcome(child) == "permitted"

    lena = hand_of(council.legal)
    lena.open("/referrals").sees("Ann Zzexample", "Sam Zzexample")
    wanda = hand_of(council.worker)
    wanda.open("/").sees("Kit Zzexample").open(f"/checks/{permit.reference}").sees("You may go ahead")
    casework.start(permit, now=clock())
    casework.report(permit, opened_at=clock(), now=clock() + timedelta(minutes=5), visibility_found=Visibility.OPEN)
    assert casework.look(permit).team_id == council.north.id
