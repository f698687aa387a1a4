"""Patterns over people, each in several disguises: going back, a family, one page under two names, searches, being seen."""

from tests.simulator.book import minutes
from tests.simulator.ground import Ground, Planting
from tests.simulator.pen import misspelt


def misspelt_record(at: Ground) -> None:
    """Two teams look once each at what they take for two people; the records are linked afterwards."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    twin = at.pen.second_record(other, kit, at.on(2) - minutes(200))
    checks = [
        at.pen.look(one, kit, at.at, why="Wants to know where she lives now."),
        at.pen.look(other, twin, at.on(2), why="The same, under another name.", platforms=("tiktok",)),
    ]
    at.pen.same(other, kit, twin, at.on(6))
    at.planted("repeat_viewing", "two misspelt records, linked afterwards", "hold", checks, kit, twin)


def earlier_look_recorded_later(at: Ground) -> None:
    """A look within the rules, and one made before it that another team records after it."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    first = at.pen.look(one, kit, at.on(3, 11), why="Does the account given hold?")
    opened = at.on(3, 9)
    second = at.pen.late(
        other, kit, opened, at.on(3, 11) + minutes(240), why="Had looked on a phone.", platforms=("x",)
    )
    at.planted("repeat_viewing", "the earlier look recorded after the later one", "hold", [first, second], kit)


def danger_that_was_not(at: Ground) -> None:
    """A look within the rules, then one in danger with which the manager does not agree."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    first = at.pen.look(one, kit, at.at, why="Does the account given hold?")
    second = at.pen.danger(other, kit, at.on(9), why="Says that there was danger.", reviewed="not_agreed")
    at.planted("repeat_viewing", "danger that a manager did not agree with", "hold", [first, second], kit)


def months_apart(at: Ground) -> None:
    """Two late looks by two teams, seventy days apart."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    checks = [
        at.pen.late(one, kit, at.on(1, 9), at.on(1, 15), why="Was at a visit."),
        at.pen.late(other, kit, at.on(71, 9), at.on(71, 15), why="Was at court.", platforms=("instagram",)),
    ]
    at.planted("repeat_viewing", "two late looks by two teams, months apart", "hold", checks, kit)


def three_teams(at: Ground) -> None:
    """Three teams look at one relative each."""
    workers = at.workers(3)
    _child, *relatives = at.family(workers[0], "parent", "parent", "grandparent")
    checks = [
        at.pen.look(by, who, at.on(place * 7), why="Who is around the child?")
        for place, (by, who) in enumerate(zip(workers, relatives, strict=True))
    ]
    at.planted("family_cluster", "three teams, three relatives", "hold", checks, *relatives)


def one_team_four_relatives(at: Ground) -> None:
    """One team, four relatives, on four platforms."""
    (by,) = at.workers(1)
    _child, *relatives = at.family(by, "parent", "parent", "grandparent", "household")
    platforms = ("facebook", "instagram", "tiktok", "x")
    checks = [
        at.pen.look(at.one_of(by.team), who, at.on(place * 6), why="Who is around the child?", platforms=(where,))
        for place, (who, where) in enumerate(zip(relatives, platforms, strict=True))
    ]
    at.planted("family_cluster", "one team, four relatives, four platforms", "hold", checks, *relatives)


def family_known_later(at: Ground) -> None:
    """Three teams look at three people who are not known to be a family; that is recorded later."""
    workers = at.workers(3)
    people = [at.somebody(workers[0]) for _ in range(3)]
    checks = [
        at.pen.look(by, who, at.on(place * 4), why="A referral of their own.", platforms=(where,))
        for place, (by, who, where) in enumerate(zip(workers, people, ("x", "tiktok", "facebook"), strict=True))
    ]
    at.pen.belong(workers[2], people[0], people[1], "sibling", at.on(20))
    at.pen.belong(workers[2], people[0], people[2], "parent", at.on(20) + minutes(20))
    at.planted("family_cluster", "the family put on record after the looks", "hold", checks, *people)


def grandmother_under_two_names(at: Ground) -> None:
    """Two teams: a mother, a father late, and the second record of a grandmother."""
    one, other = at.workers(2)
    _child, mother, father, gran = at.family(one, "parent", "partner", "grandparent")
    twin = at.pen.second_record(other, gran, at.on(0) - minutes(100))
    checks = [
        at.pen.look(other, twin, at.at, why="An enquiry."),
        at.pen.look(one, mother, at.on(10), why="Who is around the child?"),
        at.pen.late(one, father, at.on(8, 9), at.on(11, 15), why="Forgot."),
    ]
    at.pen.same(one, gran, twin, at.on(14))
    at.planted(
        "family_cluster", "a second record of a grandmother and a late look", "hold", checks, twin, mother, father
    )


def three_by_one_team(at: Ground) -> None:
    """Three relatives by one team: nobody is held, and the manager is asked."""
    (by,) = at.workers(1)
    _child, *relatives = at.family(by, "parent", "parent", "grandparent")
    checks = [
        at.pen.look(by, who, at.on(place * 9), why="Who is around the child?") for place, who in enumerate(relatives)
    ]
    at.planted("family_cluster", "three by one team: a task", "task", checks, *relatives)


def one_page_two_people(at: Ground) -> None:
    """One page, on record under two people in two spellings of its address; each team looks at it once."""
    _shared(at, "https://www.facebook.com/zz.{}", "https://m.facebook.com/zz.{}/?ref=share")


def one_page_a_handle(at: Ground) -> None:
    """The same on another platform: an address with one, a handle with the other."""
    _shared(at, "https://www.instagram.com/zz{}/", "instagram.com/ZZ{}", platform="instagram")


def _shared(at: Ground, first: str, second: str, platform: str = "facebook") -> None:
    one, other = at.workers(2)
    number = at.pen.rng.randrange(10**9)
    kit = at.somebody(one, profile=first.format(number))
    twin = at.pen.second_record(other, kit, at.on(3) - minutes(200), profile=second.format(number))
    checks = [
        at.pen.look(by, who, when, why="Whose page is it?", platforms=(platform,), page=True)
        for by, who, when in ((one, kit, at.at), (other, twin, at.on(3)))
    ]
    at.planted("shared_profile", f"one {platform} page under two spellings and two names", "hold", checks, kit, twin)


def one_page_one_agreed(at: Ground) -> None:
    """One page under two people: one of them had agreed, the other never was asked."""
    one, other = at.workers(2)
    address = f"https://www.facebook.com/zz.{at.pen.rng.randrange(10**9)}"
    kit, cousin = at.somebody(one, profile=address), at.somebody(other, profile=address)
    at.pen.consent(one, kit, at.at)
    checks = [
        at.pen.look(one, kit, at.at + minutes(60), why="As agreed.", page=True),
        at.pen.look(other, cousin, at.on(40), why="A referral.", page=True),
    ]
    at.planted("shared_profile", "one page, agreed by one of two", "hold", checks, kit, cousin)


def six_searches(at: Ground) -> None:
    """One person, searched for three times in each of two months, by two teams."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    when = (0, 6, 12, 40, 46, 52)
    checks = [at.pen.search(one if day < 30 else other, kit, at.on(day), why="Again.") for day in when]
    at.planted("presence_drip", "one person, two months, two teams", "hold", checks, kit)


def searches_over_a_family(at: Ground) -> None:
    """Three relatives, twice each, by two teams, on two platforms."""
    one, other = at.workers(2)
    _child, *relatives = at.family(one, "parent", "parent", "grandparent")
    checks = [
        at.pen.search(by, who, at.on(place * 6 + turn * 2), why="Is there a page?", platform=where)
        for place, who in enumerate(relatives)
        for turn, (by, where) in enumerate(((one, "facebook"), (other, "x")))
    ]
    at.planted("presence_drip", "three relatives, twice each, two teams", "hold", checks, *relatives)


def searches_that_found_nothing(at: Ground) -> None:
    """Find and look, three times nothing there, and three searches under a second record that is linked later."""
    one, other = at.workers(2)
    kit = at.somebody(one)
    twin = at.pen.second_record(other, kit, at.on(1) - minutes(200))
    checks = [
        at.pen.look(
            one, kit, at.on(day), why="Find it.", result="not_found", aim="find_then_view", visibility="unknown"
        )
        for day in (0, 32)
    ]
    checks += [at.pen.search(other, twin, at.on(day), why="Is there a page?") for day in (2, 9, 34, 60)]
    at.pen.same(other, kit, twin, at.on(66))
    at.planted("presence_drip", "find and look, and a second record", "hold", checks, kit, twin)


def seen_in_three_families(at: Ground) -> None:
    """The same friend is seen in looks at three others by three teams."""
    workers = at.workers(3)
    friend = at.somebody(workers[0])
    checks = [
        at.pen.look(by, at.somebody(by), at.on(place * 25), why="A visit is due.", also_seen=(("a friend", friend),))
        for place, by in enumerate(workers)
    ]
    at.planted("collateral", "a friend of three others, three teams", "referral", checks, friend)


def seen_under_two_names(at: Ground) -> None:
    """A brother is seen in three looks of one team, once under a second record."""
    (by,) = at.workers(1)
    brother = at.somebody(by)
    twin = at.pen.person(
        by, at.on(0, 8), name=misspelt(at.pen.names[brother][0]), born=at.pen.names[brother][1], why="Again."
    )
    seen = (brother, twin, brother)
    checks = [
        at.pen.look(by, at.somebody(by), at.on(place * 11), why="Who is there?", also_seen=(("a brother", who),))
        for place, who in enumerate(seen)
    ]
    at.pen.same(by, brother, twin, at.on(30))
    at.planted("collateral", "under two names, one team", "referral", checks, brother, twin)


def seen_at_night(at: Ground) -> None:
    """A neighbour is seen in three looks on three platforms."""
    one, other = at.workers(2)
    neighbour = at.somebody(one)
    checks = [
        at.pen.look(
            by,
            at.somebody(by),
            at.on(day),
            why="Who is there?",
            platforms=(where,),
            also_seen=(("a neighbour", neighbour),),
        )
        for by, day, where in ((one, 0, "x"), (other, 41, "tiktok"), (other, 80, "instagram"))
    ]
    at.planted("collateral", "three platforms, at the edge of the window", "referral", checks, neighbour)


OF_PEOPLE: dict[str, tuple[Planting, ...]] = {
    "repeat_viewing": (misspelt_record, earlier_look_recorded_later, danger_that_was_not, months_apart),
    "family_cluster": (
        three_teams,
        one_team_four_relatives,
        family_known_later,
        grandmother_under_two_names,
        three_by_one_team,
    ),
    "shared_profile": (one_page_two_people, one_page_a_handle, one_page_one_agreed),
    "presence_drip": (six_searches, searches_over_a_family, searches_that_found_nothing),
    "collateral": (seen_in_three_families, seen_under_two_names, seen_at_night),
}
