"""Looks that cannot go ahead as things stand: with Legal, refused, declined, waiting for a manager, on hold."""

from tracker.demo import texts
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.people.requests import Details
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import Platform, Relation, Visibility


def with_legal(c: Work) -> Tale:
    """Lee Demo was viewed once; a second look is blocked, and the manager has sent it on to Legal."""
    yield c.day(16, "13:40")
    details = Details(name="Lee Demo", date_of_birth=c.timetable.born(41))
    person = c.add_person("worker", details, profile="https://www.facebook.com/lee.demo.demo")
    yield c.day(13, "10:00")
    first = c.ask("worker", person, texts.FOR_THE_ASSESSMENT)
    yield c.day(13, "10:25")
    c.report("worker", first, texts.LOOKED)
    yield c.day(13, "12:00")
    c.conclude("worker", first, texts.WILL_BE_TOLD)
    yield c.day(1, "10:00")
    check = c.ask("worker", person, texts.LEE_AGAIN)
    yield c.day(1, "13:40")
    c.send_on("manager", check, texts.LEE_TO_LEGAL)


def behind_settings(c: Work) -> Tale:
    """Sol Specimen's page is behind privacy settings, so the look was refused."""
    yield c.day(9, "14:15")
    details = Details(name="Sol Specimen", date_of_birth=c.timetable.born(28))
    person = c.add_person("worker", details, profile="https://www.instagram.com/sol.specimen.demo")
    yield c.day(1, "9:35")
    c.ask("worker", person, texts.SOL, platforms=(Platform.INSTAGRAM,), visibility=Visibility.RESTRICTED)


def declined(c: Work) -> Tale:
    """Pia Placeholder is 17: the first look waited for the manager, who declined it."""
    yield c.day(11, "9:15")
    details = Details(name="Pia Placeholder", date_of_birth=c.timetable.born(17))
    person = c.add_person("worker", details, profile="https://www.tiktok.com/@pia.placeholder.demo")
    yield c.day(9, "11:00")
    check = c.ask("worker", person, texts.PIA, platforms=(Platform.TIKTOK,))
    yield c.day(8, "9:10")
    c.decline("manager", check, texts.PIA_DECLINED)


def waiting_for_a_manager(c: Work) -> Tale:
    """Noor Sample is 14: the first look waits for a manager."""
    yield c.day(2, "14:20")
    details = Details(name="Noor Sample", date_of_birth=c.timetable.born(14))
    person = c.add_person("worker", details, profile="https://www.instagram.com/noor.sample.demo")
    yield c.ago(hours=2, minutes=40)
    c.ask("worker", person, texts.NOOR, platforms=(Platform.INSTAGRAM,))


def on_hold(c: Work) -> Tale:
    """Ash and Bo Fictional, of one family, were each looked at; Legal holds further looks, and another team's ask is blocked."""
    yield c.day(15, "10:20")
    ash = c.add_person(
        "worker",
        Details(name="Ash Fictional", date_of_birth=c.timetable.born(16)),
        profile="https://www.facebook.com/ash.fictional.demo",
    )
    bo = c.add_person(
        "worker",
        Details(name="Bo Fictional", date_of_birth=c.timetable.born(19)),
        relation=Relation.FAMILY_OR_ASSOCIATE,
        profile="https://www.facebook.com/bo.fictional.demo",
    )
    c.belong("worker", bo, FamilyLinkKind.SIBLING, ash)
    yield c.day(10, "11:20")
    yield from _look(c, bo, day=10)
    yield c.day(9, "9:50")
    check = c.ask("worker", ash, texts.FOR_THE_ASSESSMENT)
    yield c.day(9, "12:15")
    c.approve("manager", check, texts.ASH_APPROVED)
    yield c.day(9, "13:10")
    c.report("worker", check, texts.LOOKED)
    yield c.day(9, "15:20")
    c.conclude("worker", check, texts.WILL_BE_TOLD)
    yield c.day(4, "10:30")
    c.hold((ash, bo), texts.FICTIONAL_HOLD)
    yield c.day(3, "9:00")
    c.involve("worker2", bo, relation=Relation.REFERRAL_OR_ENQUIRY)
    yield c.day(2, "10:15")
    c.ask("worker2", bo, texts.FICTIONAL_AGAIN, relation=Relation.REFERRAL_OR_ENQUIRY)


def _look(c: Work, person: str, *, day: int) -> Tale:
    check = c.ask("worker", person, texts.FOR_THE_ASSESSMENT, relation=Relation.FAMILY_OR_ASSOCIATE)
    yield c.day(day, "11:50")
    c.report("worker", check, texts.LOOKED)
    yield c.day(day, "14:00")
    c.conclude("worker", check, texts.WILL_BE_TOLD)
