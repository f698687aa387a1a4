"""Three households: one where another team used the single viewing, one where a second look is blocked, one asked the same about."""

from datetime import timedelta

from tracker.demo import texts
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.people.requests import Details
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import ConsentStatus, NoticeKind, Relation


def example_family(c: Work) -> Tale:
    """Kit Example's single viewing was used by the South team; Robin and Alex were never viewed; a check is begun about Alex."""
    yield c.day(14, "9:40")
    born = c.timetable.born(34)
    kit = c.add_person(
        "worker", Details(name="Kit Example", date_of_birth=born), profile="https://www.facebook.com/kit.example.demo"
    )
    c.add_profile("worker", kit, "https://www.instagram.com/kit.example.demo")
    robin = c.add_person("worker", Details(name="Robin Example", date_of_birth=c.timetable.born(8)))
    alex = c.add_person(
        "worker",
        Details(name="Alex Example", approximate_age=36),
        relation=Relation.FAMILY_OR_ASSOCIATE,
        profile="https://www.facebook.com/alex.example.demo",
    )
    c.belong("worker", kit, FamilyLinkKind.PARENT, robin)
    c.belong("worker", alex, FamilyLinkKind.PARENT, robin)
    c.belong("worker", alex, FamilyLinkKind.PARTNER, kit)
    yield c.day(14, "15:10")
    c.tell_them("worker", kit, NoticeKind.GENERAL, texts.KIT_LEAFLET)
    yield c.day(12, "10:05")
    c.involve("worker2", kit)
    yield c.day(8, "10:10")
    check = c.ask("worker2", kit, texts.KIT)
    yield c.day(8, "10:20")
    c.start("worker2", check)
    yield c.day(8, "10:45")
    c.report("worker2", check, texts.LOOKED, minutes=20)
    yield c.day(8, "14:30")
    c.conclude("worker2", check, texts.TOLD)
    yield c.ago(minutes=50)
    c.begin_a_draft("worker", alex, texts.ALEX_DRAFT)


def sample_household(c: Work) -> Tale:
    """Rae Sample said no to a second look, which is blocked and waits for the manager; a look at Sid has begun; a child is expected."""
    yield c.day(13, "11:15")
    rae = c.add_person(
        "worker",
        Details(name="Rae Sample", date_of_birth=c.timetable.born(29)),
        profile="https://www.facebook.com/rae.sample.demo",
    )
    expected = c.timetable.today + timedelta(weeks=8)
    baby = c.add_person("worker", Details(name="Baby Sample", unborn=True, expected_on=expected))
    sid = c.add_person(
        "worker",
        Details(name="Sid Sample", other_names=("Sidney Sample",), date_of_birth=c.timetable.born(31)),
        relation=Relation.FAMILY_OR_ASSOCIATE,
        profile="https://www.facebook.com/sid.sample.demo",
    )
    c.belong("worker", rae, FamilyLinkKind.PARENT, baby)
    c.belong("worker", sid, FamilyLinkKind.PARENT, baby)
    c.belong("worker", sid, FamilyLinkKind.PARTNER, rae)
    yield c.day(10, "9:30")
    first = c.ask("worker", rae, texts.FOR_THE_ASSESSMENT)
    yield c.day(10, "9:55")
    c.report("worker", first, texts.LOOKED)
    yield c.day(10, "13:20")
    c.conclude("worker", first, texts.TOLD)
    yield c.day(3, "12:00")
    c.say("worker", rae, ConsentStatus.REFUSED, texts.RAE_REFUSES)
    yield c.day(1, "11:30")
    c.ask("worker", rae, texts.RAE_AGAIN)
    yield c.ago(hours=2, minutes=10)
    look = c.ask("worker", sid, texts.SID, relation=Relation.FAMILY_OR_ASSOCIATE)
    yield c.ago(hours=1, minutes=55)
    c.start("worker", look)


def asked_the_same(c: Work) -> Tale:
    """Gwen Example was looked at; the same is asked about her son Ioan, fourteen, and waits for a manager."""
    yield c.day(9, "14:15")
    born = c.timetable.born(37)
    gwen = c.add_person(
        "worker", Details(name="Gwen Example", date_of_birth=born), profile="https://www.facebook.com/gwen.example.demo"
    )
    details = Details(name="Ioan Example", date_of_birth=c.timetable.born(14))
    ioan = c.add_person("worker", details, profile="https://www.facebook.com/ioan.example.demo")
    c.belong("worker", gwen, FamilyLinkKind.PARENT, ioan)
    yield c.day(5, "9:40")
    first = c.ask("worker", gwen, texts.FOR_THE_ASSESSMENT)
    yield c.day(5, "10:05")
    c.report("worker", first, texts.LOOKED)
    yield c.day(5, "13:10")
    c.conclude("worker", first, texts.TOLD)
    yield c.ago(hours=2, minutes=40)
    c.ask_same("worker", first, ioan, texts.IOAN)
