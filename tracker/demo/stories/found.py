"""What detection finds: looks at one family by two teams, each within the rules."""

from tracker.demo import texts
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.people.requests import Details
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import Relation


def found_over_a_family(c: Work) -> Tale:
    """Fern Placeholder, her father Hal and his mother Ida were each looked at once, by two teams. The next ask is blocked."""
    yield c.day(13, "9:05")
    fern, hal, ida = (
        c.add_person("worker", Details(name=f"{name} Placeholder", date_of_birth=c.timetable.born(age)))
        for name, age in (("Fern", 20), ("Hal", 45), ("Ida", 69))
    )
    c.belong("worker", hal, FamilyLinkKind.PARENT, fern)
    c.belong("worker", ida, FamilyLinkKind.PARENT, hal)
    yield from _look(c, "worker", fern, day=10)
    yield c.day(9, "9:35")
    c.involve("worker2", hal, relation=Relation.FAMILY_OR_ASSOCIATE)
    c.involve("worker2", fern)
    yield from _look(c, "worker2", hal, day=8)
    yield from _look(c, "worker", ida, day=6)
    yield c.day(3, "9:55")
    c.ask("worker2", fern, texts.FERN_AGAIN)


def _look(c: Work, by: str, person: str, *, day: int) -> Tale:
    yield c.day(day, "11:20")
    check = c.ask(by, person, texts.FOR_THE_ASSESSMENT)
    yield c.day(day, "12:05")
    c.report(by, check, texts.LOOKED)
    yield c.day(day, "15:10")
    c.conclude(by, check, texts.WILL_BE_TOLD)
