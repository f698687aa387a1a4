"""A fortnight's leave with a deputy: named before it, the queue worked by them, their own check out of their reach, and over."""

from datetime import timedelta

from tests.fixtures.casework import CHILD, Casework, actor_of
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import HandOf
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll

pytestmark = ONE_DATABASE

DAY = timedelta(days=1)


def test_a_managers_fortnight_of_leave(casework: Casework, hand_of: HandOf, clock: Clock) -> None:
    council = casework.council
    mina = hand_of(council.manager)
    mina.open("/settings").follow("Who covers for you").sees("Nobody stands in for you")
    mina.press("Name who stands in for you").answer({"Who stands in?": "Cole Zzcolleague, Colleague"})
    for question, day, month in (("From which day?", 23, 11), ("Until which day?", 4, 12)):
        group = mina.page.get_by_role("group", name=question)
        for label, value in (("Day", day), ("Month", month), ("Year", 2026)):
            group.get_by_label(label).fill(str(value))
    mina.press("Have them stand in")
    mina.page.get_by_role("link", name="Enter why cover is needed").wait_for()
    mina.write("Why is cover needed?", "Annual leave").press("Have them stand in")
    mina.sees("Cole Zzcolleague", "The cover was recorded, from", "the end of 4 December 2026", "To come")
    assert_no_sideways_scroll(mina.page)

    clock.set(START + 3 * DAY)
    asked = casework.ask(casework.person("Ben", born=CHILD), now=clock())
    own = casework.ask(
        casework.person("Ann", born=CHILD), by=actor_of(casework, council.colleague, at=START), now=clock()
    )
    cole = hand_of(council.colleague)
    cole.open("/").sees(
        "You stand in for Mina Zzmanager (team manager)", "For you as a manager (1)", "For Mina Zzmanager"
    )
    assert_accessible(cole.page)
    assert_no_sideways_scroll(cole.page)
    cole.open(f"/review/{own.reference}").sees("You cannot see or do this")
    cole.open("/review").follow("Approve one look").sees("You decide in place of Mina Zzmanager")
    cole.write("Why may this one look be made?", "Needed for the hearing.").press("Approve this one look")
    cole.sees("Nothing waits for you.")
    assert casework.outcome(asked) == "permitted"

    clock.set(START + 14 * DAY)
    again = hand_of(council.colleague)
    again.open("/")
    assert "stand in for" not in again.page.content()
    again.open("/review").sees("You cannot see or do this")
    back = hand_of(council.manager)
    back.open("/").sees("Ann Zzexample").open("/settings/cover").sees("Over", "It ended on")
    back.open("/review").follow("Approve one look").sees("Ann Zzexample", "Asked by Cole Zzcolleague")
    assert "You decide in place of" not in back.page.content()
