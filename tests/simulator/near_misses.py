"""What lies just on the innocent side of each limit: it looks like a pattern and is none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.simulator.book import LONDON, NearMiss, Worker, at_hour, days, minutes, next_working_day
from tests.simulator.ground import Ground, Planting

WINDOW, LONG_WINDOW = days(28), days(84)


def third_on_day_29(at: Ground) -> None:
    """Two relatives in 28 days and a third a minute after them, by three teams."""
    workers = at.workers(3)
    _child, *relatives = at.family(workers[0], "parent", "parent", "grandparent")
    when = (at.on(0, 10), at.on(14), at.on(0, 10) + WINDOW + minutes(1))
    _near(at, "family_cluster", "a third relative on day 29", _looks(at, workers, relatives, when))


def three_by_one_team_hold_nobody(at: Ground) -> None:
    """Three relatives by one team ask the manager; they hold nobody."""
    (by,) = at.workers(1)
    _child, *relatives = at.family(by, "parent", "parent", "grandparent")
    checks = _looks(at, [by] * 3, relatives, [at.on(day) for day in (0, 5, 10)])
    _near(at, "family_cluster", "three by one team hold nobody", checks, effect="hold")


def friends_are_no_family(at: Ground) -> None:
    """Three teams look at a person and two friends of theirs."""
    workers = at.workers(3)
    people = [at.somebody(workers[0]) for _ in range(3)]
    for friend in people[1:]:
        at.pen.belong(workers[0], people[0], friend, "associate", at.at - minutes(60))
    checks = _looks(at, workers, people, [at.on(day) for day in (0, 5, 10)])
    _near(at, "family_cluster", "friends are no family", checks)


def agreed_looks_do_not_add_up(at: Ground) -> None:
    """Two relatives looked at once, and a third three times on consent."""
    one, other = at.workers(2)
    _child, mother, father, gran = at.family(one, "parent", "parent", "grandparent")
    checks = _looks(at, (one, other), (mother, father), (at.on(0), at.on(3)))
    at.pen.consent(one, gran, at.on(4))
    checks += _looks(at, [one] * 3, [gran] * 3, [at.on(day) for day in (5, 9, 13)])
    _near(at, "family_cluster", "looks by agreement do not add up", checks)
    _near(at, "repeat_viewing", "looks by agreement do not add up", checks)


def once_and_by_agreement(at: Ground) -> None:
    """One look at an open page, then consent and two more, over two linked records."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    twin = at.pen.second_record(other, kit, at.at - minutes(90))
    at.pen.same(one, kit, twin, at.at - minutes(60))
    checks = [at.pen.look(one, kit, at.at, why="Does the account given hold?")]
    at.pen.consent(other, twin, at.on(8))
    checks += _looks(at, (other, one), (twin, kit), (at.on(10), at.on(19)))
    _near(at, "repeat_viewing", "one look, then by agreement", checks)


def danger_that_was(at: Ground) -> None:
    """One look at an open page, and one in danger with which the manager agrees."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    checks = [at.pen.look(one, kit, at.at, why="A visit is due.")]
    checks.append(at.pen.danger(other, kit, at.on(10), why="A threat."))
    _near(at, "repeat_viewing", "danger that a manager agreed with", checks)


def one_page_one_person(at: Ground) -> None:
    """One page under two records that are one person, looked at once and once by agreement."""
    one, other = at.workers(2)
    address = f"https://www.facebook.com/zz.{at.pen.rng.randrange(10**9)}"
    kit = at.somebody(one, profile=address)
    twin = at.pen.second_record(other, kit, at.at - minutes(100), profile=address)
    at.pen.same(one, kit, twin, at.at - minutes(50))
    at.pen.consent(other, twin, at.on(1))
    checks = [
        at.pen.look(one, kit, at.on(2), why="As agreed.", page=True),
        at.pen.look(other, twin, at.on(6), why="As agreed.", page=True),
    ]
    _near(at, "shared_profile", "one page of one person with two records", checks)


def one_page_looked_at_once(at: Ground) -> None:
    """One page on record under two people, of whom only one is looked at."""
    one, other = at.workers(2)
    address = f"https://www.facebook.com/zz.{at.pen.rng.randrange(10**9)}"
    kit, cousin = at.somebody(one, profile=address), at.somebody(other, profile=address)
    checks = [at.pen.look(one, kit, at.at, why="A visit is due.", page=True)]
    checks += _looks(at, (other,), (cousin,), (at.on(6),), platforms=("x",))
    _near(at, "shared_profile", "the other's look was elsewhere", checks)


def sixth_search_too_late(at: Ground) -> None:
    """Five searches over a family in 84 days, and a sixth a minute after them."""
    one, other = at.workers(2)
    _child, mother, father = at.family(one, "parent", "parent")
    first = at.on(0, 10)
    when = [first, *(at.on(day) for day in (20, 40, 55, 70)), first + minutes(10) + LONG_WINDOW]
    who = [mother, father, mother, father, mother, father]
    checks = [at.pen.search(one if place % 2 else other, who[place], when[place], why="A page?") for place in range(6)]
    _near(at, "presence_drip", "a sixth search on day 85", checks)


def seen_twice(at: Ground) -> None:
    """Seen in two checks of others, in one of their own, and a third time on day 85."""
    one, other = at.workers(2)
    friend = at.somebody(one)
    seen = (("a friend", friend),)
    first = at.on(0, 10)
    checks = [
        at.pen.look(by, at.somebody(by), when, why="Who is there?", also_seen=seen)
        for by, when in ((one, first), (other, at.on(30)), (one, first + LONG_WINDOW + minutes(20)))
    ]
    _near(at, "collateral", "a third time on day 85", checks)


def exactly_a_day_late(at: Ground) -> None:
    """Three looks recorded exactly 24 hours after they were made."""
    (by,) = at.workers(1)
    checks = []
    for day in (0, 7, 14):
        opened = at.on(day, 10)
        checks.append(at.pen.late(by, at.somebody(by), opened, opened + days(1), why="The system was down."))
    _near(at, "late_logging", "exactly 24 hours", checks)


def third_late_too_late(at: Ground) -> None:
    """Two looks recorded late, and a third made and recorded more than 28 days after the first."""
    (by,) = at.workers(1)
    first = at.on(0, 10)
    checks = []
    for opened in (first, at.on(14), first + WINDOW + minutes(1)):
        checks.append(at.pen.late(by, at.somebody(by), opened, opened + minutes(60 * 26), why="Busy."))
    _near(at, "late_logging", "a third on day 29", checks)


def handed_back_twice(at: Ground) -> None:
    """Two permits not used in 28 days and a third a minute after them."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    first = at.on(0, 10)
    when = (first, at.on(12), first + WINDOW + minutes(1))
    checks = [
        at.pen.not_used(by, kit, at_, why="Did not look.") for by, at_ in zip((one, other, one), when, strict=True)
    ]
    _near(at, "handed_back", "a third on day 29", checks)


def withdrawn_after_the_look(at: Ground) -> None:
    """Consent withdrawn a minute after the look ended, recorded a week later."""
    (by,) = at.workers(1)
    kit = at.somebody(by)
    at.pen.consent(by, kit, at.at)
    looked = at.on(10, 11)
    checks = [at.pen.look(by, kit, looked, why="As agreed.")]
    at.pen.consent(by, kit, at.on(17), status="withdrawn", said_at=looked + minutes(3))
    _near(at, "authority_gap", "withdrawn a minute after the look began", checks)


def on_the_last_day_of_an_order(at: Ground) -> None:
    """A look on the last day of a court's order."""
    (by,) = at.workers(1)
    kit = at.somebody(by)
    last = at.on(6, 15)
    at.pen.order(kit, at.at, until=last.astimezone(LONDON).date().isoformat())
    _near(at, "authority_gap", "on an order's last day", [at.pen.look(by, kit, last, why="The court directed it.")])


def reviewed_after_a_holiday(at: Ground) -> None:
    """Danger before the weekend or a holiday, reviewed on the next working day's afternoon."""
    (by,) = at.workers(1)
    day = at.at.astimezone(LONDON).date()
    while next_working_day(day) == day + days(1):
        day += days(1)
    kit = at.somebody(by)
    review = at_hour(next_working_day(day), 16.8)
    checks = [at.pen.danger(by, kit, at_hour(day, 11), why="A threat.", review_at=review)]
    _near(at, "unreviewed", "reviewed on the afternoon of the next working day", checks)


def reported_at_the_last_minute(at: Ground) -> None:
    """A look reported in the last minutes of its permit, at the end of the next working day."""
    (by,) = at.workers(1)
    kit = at.somebody(by)
    day = at.at.astimezone(LONDON).date()
    check = at.pen.ask(by, kit, at.at, why="A visit is due.")
    ends = at_hour(next_working_day(day), 23.95)
    at.pen.report(by, kit, check, ends - minutes(20), ends)
    _near(at, "unreported", "reported in the last minutes", [check])


def _looks(
    at: Ground, workers: Sequence[Worker], people: Sequence[str], when: Sequence[datetime], **asked: Any
) -> list[str]:
    return [
        at.pen.look(by, who, moment, why="A referral.", **asked)
        for by, who, moment in zip(workers, people, when, strict=True)
    ]


def _near(at: Ground, pattern: str, what: str, checks: list[str], *, effect: str | None = None) -> None:
    at.pen.book.near_misses.append(NearMiss(pattern, what, frozenset(checks), effect))


NEAR_MISSES: tuple[Planting, ...] = (
    third_on_day_29,
    three_by_one_team_hold_nobody,
    friends_are_no_family,
    agreed_looks_do_not_add_up,
    once_and_by_agreement,
    danger_that_was,
    one_page_one_person,
    one_page_looked_at_once,
    sixth_search_too_late,
    seen_twice,
    exactly_a_day_late,
    third_late_too_late,
    handed_back_twice,
    withdrawn_after_the_look,
    on_the_last_day_of_an_order,
    reviewed_after_a_holiday,
    reported_at_the_last_minute,
)
