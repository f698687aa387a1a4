"""Journey: a sealed child whom two teams search for. Each asks, neither learns of the other, and Legal sees both."""

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import HandOf
from tests.journeys.answers import ask

pytestmark = ONE_DATABASE
MATCHES = "A restricted record matches: ask Legal before you look."


def test_two_teams_search_for_a_sealed_child_and_only_legal_learns_that_it_is_one(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    council = casework.council
    old, new = casework.person("Ada"), casework.person("Bea")
    casework.ask(old, by=casework.worker2, now=START)
    lawyer, north, south = hand_of(council.legal), hand_of(council.worker), hand_of(council.worker2)

    lawyer.open(f"/people/{new.reference}").follow("Seal this record")
    lawyer.choose("Why is the record sealed?", "Adoption").write("What is it decided on?", "The adoption order.")
    lawyer.choose("Who may read it?", "Wanda Zzworker").choose("Who may read it?", "Mina Zzmanager")
    lawyer.press("Seal this record").sees("The record is sealed.").follow("What this record is the same as")
    lawyer.write("The reference of the other record", old.reference).write("How is it known?", "The order names both.")
    lawyer.press("Keep it for Legal").sees("For Legal alone", old.name or "", new.name or "")
    clock.advance(minutes=2)

    for words in (new.name or "", new.reference):
        south.open("/people").write("Name", words).press("Find").sees(MATCHES).does_not_see(new.reference)
    south.open(f"/people/{old.reference}").does_not_see(new.reference, new.name or "", "Legal since")
    north.open("/people").write("Name", new.name or "").press("Find").sees(new.reference)
    north.open(f"/people/{new.reference}").sees(
        "This record is sealed", "No look at this person's", "This is no decision."
    )
    ask(north, new).sees("Blocked pending legal advice", "Ask Legal.").does_not_see(old.reference, "another team")
    check = north.path
    north.open(f"/people/{new.reference}").sees("0 looks counted").does_not_see(old.reference, old.name or "")

    lawyer.open("/referrals").follow("REF-").sees("For Legal alone", old.reference, new.reference, "Wim Zzotherworker")
    case = lawyer.path
    lawyer.press("Take this case").follow("Weigh both sides").follow("Let each be decided by itself")
    lawyer.write("Why may each be decided by itself?", "The look was before the order.")
    lawyer.press("Let each be decided by itself").sees("Each is decided by itself")
    lawyer.open(case).press("Answer this case").write("What is the answer, and why?", "It may be decided by itself.")
    lawyer.press("Answer and close this case").sees("The case is answered and closed.")
    north.open(check).sees("You may go ahead").does_not_see(old.reference)
    clock.advance(minutes=2)
    ask(south, old).sees("Blocked pending legal advice").does_not_see(new.reference, new.name or "", "0 looks")
