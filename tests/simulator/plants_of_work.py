"""Patterns over how work is done, each in several disguises: late, handed back, without its footing, not reviewed, not reported."""

from datetime import datetime

from tests.simulator.book import LONDON, QUIET, Worker, at_hour, days, minutes
from tests.simulator.ground import Ground, Planting


def three_late_of_three_people(at: Ground) -> None:
    """One worker records three looks at three strangers a day and more afterwards."""
    _late(at, ((0, "facebook"), (8, "facebook"), (16, "facebook")), "three strangers")


def late_over_platforms(at: Ground) -> None:
    """The same, on three platforms and near the edge of the window."""
    _late(at, ((0, "x"), (3, "tiktok"), (24, "instagram")), "three platforms")


def late_all_at_once(at: Ground) -> None:
    """Three looks of three weeks, recorded on one afternoon, the last of them first."""
    (by,) = at.workers(1)
    recorded = at.on(27, 14)
    checks = [
        at.pen.late(by, at.somebody(by), at.on(day, 10), recorded + minutes(place * 20), why="Clearing the desk.")
        for place, day in enumerate((15, 9, 2))
    ]
    at.planted("late_logging", "all at once, the last first", "task", checks)


def _late(at: Ground, looks: tuple[tuple[int, str], ...], disguise: str) -> None:
    (by,) = at.workers(1)
    checks = []
    for day, where in looks:
        opened = at.on(day, 10)
        recorded = opened + minutes(60 * 27)
        checks.append(at.pen.late(by, at.somebody(by), opened, recorded, why="Busy.", platforms=(where,)))
    at.planted("late_logging", disguise, "task", checks)


def three_workers_hand_back(at: Ground) -> None:
    """Three workers of two teams each have a permit for one person and say that they did not look."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    by = (one, other, at.one_of(other.team))
    checks = [at.pen.not_used(who, kit, at.on(place * 8), why="Did not look.") for place, who in enumerate(by)]
    at.planted("handed_back", "not used, three times, two teams", "task", checks, kit)


def would_not_load(at: Ground) -> None:
    """Find and look, three times, three reasons why there is nothing to report."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    checks = [
        at.pen.look(by, kit, at.on(day), why="Find it.", result=result, aim="find_then_view", visibility="unknown")
        for day, by, result in ((0, one, "would_not_load"), (9, other, "not_found"))
    ]
    checks.append(at.pen.not_used(one, kit, at.on(20), why="Did not look."))
    at.planted("handed_back", "would not load, not found, not used", "task", checks, kit)


def one_who_hands_back(at: Ground) -> None:
    """A worker hands back six permits for six people, while their team hardly ever does."""
    by, *colleagues = at.who_stay(QUIET)
    for place, other in enumerate(colleagues):
        for turn in range(2):
            at.pen.look(other, at.somebody(other), at.on(10 + 4 * place + 20 * turn), why="A visit is due.")
    checks = [at.pen.not_used(by, at.somebody(by), at.on(place * 9), why="Did not look.") for place in range(6)]
    at.planted("handed_back", "a worker's rate", "task", checks)


def no_longer_agreed(at: Ground) -> None:
    """Somebody agreed, then withdrew; that was written down only after the look."""
    (by,) = at.workers(1)
    kit = at.somebody(by)
    at.pen.consent(by, kit, at.at)
    check = at.pen.look(by, kit, at.on(10, 11), why="As agreed.", platforms=("instagram",))
    at.pen.consent(by, kit, at.on(17), status="withdrawn", said_at=at.on(3, 16))
    at.planted("authority_gap", "consent withdrawn before the look, recorded after it", "possible_error", [check], kit)


def no_longer_agreed_elsewhere(at: Ground) -> None:
    """The same, but the withdrawal was said to another team, which has a record of its own, linked later."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    twin = at.pen.second_record(other, kit, at.on(2) - minutes(100))
    at.pen.consent(one, kit, at.at)
    at.pen.consent(other, twin, at.on(4), status="withdrawn")
    check = at.pen.look(one, kit, at.on(10, 11), why="As agreed.")
    at.pen.same(other, kit, twin, at.on(16))
    at.planted("authority_gap", "consent withdrawn on a second record, linked later", "possible_error", [check], kit)


def no_longer_agreed_on_a_linked_record(at: Ground) -> None:
    """The same; the two records were one person all along, and nothing touches the one that was looked at afterwards."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    twin = at.pen.second_record(other, kit, at.at - minutes(100))
    at.pen.same(other, kit, twin, at.at - minutes(60))
    at.pen.consent(one, kit, at.at)
    check = at.pen.look(one, kit, at.on(11, 11), why="As agreed.")
    at.pen.consent(other, twin, at.on(30), status="withdrawn", said_at=at.on(4, 12))
    at.planted("authority_gap", "consent withdrawn on a linked record, recorded late", "possible_error", [check], kit)


def advice_overtaken(at: Ground) -> None:
    """Legal had advised for a look, and against it again before it was made; the second was recorded afterwards."""
    (by,) = at.workers(1)
    kit = at.somebody(by)
    at.pen.look(by, kit, at.at, why="Does the account given hold?")
    at.pen.advice(kit, at.on(1, 9), "not_directed_surveillance")
    check = at.pen.look(by, kit, at.on(11, 10), why="As Legal advised.", approved=True)
    at.pen.advice(kit, at.on(18), "court_order_needed", said_at=at.on(4, 12))
    at.planted("authority_gap", "advice overtaken before the look, recorded after it", "possible_error", [check], kit)


def not_reviewed(at: Ground) -> None:
    """Danger by day, which no manager ever reviews."""
    _unreviewed(at, at.on(0), at.workers(1)[0], "by day")


def not_reviewed_at_night(at: Ground) -> None:
    """Danger on a Friday night, by who was on duty."""
    day = at.at.astimezone(LONDON).date()
    friday = day + days((4 - day.weekday()) % 7)
    _unreviewed(at, at_hour(friday, 23.2), at.pen.book.staff["night1"], "on a Friday night")


def not_reviewed_over_relatives(at: Ground) -> None:
    """Danger about a child, on a page of a parent's."""
    (by,) = at.workers(1)
    _child, parent = at.family(by, "parent")
    check = at.pen.danger(by, parent, at.on(0), why="A threat.", reviewed=None)
    at.planted("unreviewed", "about a parent", "task", [check], parent)


def _unreviewed(at: Ground, when: datetime, by: Worker, disguise: str) -> None:
    kit = at.somebody(at.workers(1)[0])
    check = at.pen.danger(by, kit, when, why="A threat.", reviewed=None)
    at.planted("unreviewed", disguise, "task", [check], kit)


def never_reported(at: Ground) -> None:
    """A permit of which nothing is heard again."""
    (by,) = at.workers(1)
    kit = at.somebody(by)
    check = at.pen.ask(by, kit, at.at, why="Does the account given hold?")
    at.planted("unreported", "nothing is heard again", "task", [check], kit)


def never_reported_by_who_left(at: Ground) -> None:
    """A permit of somebody who left that week, or of anybody where nobody leaves then."""
    book = at.pen.book
    leaver = next((one for one in book.staff.values() if one.left_at is not None), None) or at.workers(1)[0]
    when = (leaver.left_at or at.at) - minutes(240)
    kit = at.pen.person(leaver, when - minutes(120))
    check = at.pen.ask(leaver, kit, when, why="One more before leaving.")
    at.planted("unreported", "asked on the day somebody left", "task", [check], kit)


def approved_and_never_reported(at: Ground) -> None:
    """A look at a child that a manager approved, started and never reported."""
    (by,) = at.workers(1)
    child, _ = at.family(by, "parent")
    check = at.pen.ask(by, child, at.on(0, 10), why="Is the child safe online?", approved=True, platforms=("tiktok",))
    at.planted("unreported", "approved by a manager", "task", [check], child)


OF_WORK: dict[str, tuple[Planting, ...]] = {
    "late_logging": (three_late_of_three_people, late_over_platforms, late_all_at_once),
    "handed_back": (three_workers_hand_back, would_not_load, one_who_hands_back),
    "authority_gap": (
        no_longer_agreed,
        no_longer_agreed_elsewhere,
        no_longer_agreed_on_a_linked_record,
        advice_overtaken,
    ),
    "unreviewed": (not_reviewed, not_reviewed_at_night, not_reviewed_over_relatives),
    "unreported": (never_reported, never_reported_by_who_left, approved_and_never_reported),
}
