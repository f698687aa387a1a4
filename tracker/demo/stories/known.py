"""People as they come to be known: by a handle alone, on a restricted record, twice without anybody having noticed."""

from tracker.demo import texts
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.people.requests import Details
from tracker.policy.vocabulary import Platform, Relation

ENQUIRY = Relation.REFERRAL_OR_ENQUIRY


def known_by_handle(c: Work) -> Tale:
    """Somebody of whom only a handle is known, after something that was brought unasked."""
    yield c.day(3, "14:10")
    details = Details(known_by="sunny_specimen_77")
    person = c.add_person("worker", details, relation=ENQUIRY, profile="https://www.tiktok.com/@sunny_specimen_77")
    yield c.day(3, "14:50")
    brought_by = "A safeguarding lead at a school"
    c.brought("worker", person, Platform.TIKTOK, brought_by=brought_by, what_for=texts.SUNNY_BROUGHT)


def restricted(c: Work) -> Tale:
    """Quinn Sample's record is restricted: others see only that it is, and whom to ask."""
    yield c.day(16, "9:30")
    details = Details(name="Quinn Sample", date_of_birth=c.timetable.born(37))
    person = c.add_person("manager", details, profile="https://www.facebook.com/quinn.sample.demo")
    yield c.day(16, "9:45")
    c.restrict("manager", person, readers=("manager",), ask_whom=texts.QUINN_ASK)


def sealed(c: Work) -> Tale:
    """Elin Placeholder was adopted. Her new record is sealed; that the old one was hers only Legal knows. A look at the old one makes
    a check of the new one ask Legal."""
    born = c.timetable.born(6)
    yield c.day(20, "10:05")
    old = c.add_person("worker2", Details(name="Elin Fictional", date_of_birth=born))
    yield c.day(19, "11:20")
    check = c.ask("worker2", old, texts.FOR_THE_ASSESSMENT)
    yield c.day(18, "9:40")
    c.approve("manager2", check, texts.ELIN_APPROVED)
    yield c.day(18, "13:30")
    c.report("worker2", check, texts.LOOKED)
    yield c.day(18, "14:10")
    c.conclude("worker2", check, texts.TOLD)
    yield c.day(15, "9:15")
    new = c.add_person("manager", Details(name="Elin Placeholder", date_of_birth=born))
    yield c.day(15, "9:40")
    c.seal(new, readers=("manager",), why=texts.ELIN_SEALED)
    yield c.day(15, "9:50")
    c.same_for_legal(new, old, texts.ELIN_SAME)


def maybe_one_person(c: Work) -> Tale:
    """Sasha and Sacha Specimen, born on one day, each on record with a team of their own; only one has been viewed."""
    born = c.timetable.born(33)
    yield c.day(12, "11:40")
    c.add_person(
        "worker",
        Details(name="Sasha Specimen", date_of_birth=born),
        profile="https://www.instagram.com/sasha.specimen.demo",
    )
    yield c.day(10, "10:15")
    other = c.add_person(
        "worker2",
        Details(name="Sacha Specimen", date_of_birth=born),
        profile="https://www.facebook.com/sacha.specimen.demo",
    )
    yield c.day(7, "13:05")
    check = c.ask("worker2", other, texts.FOR_THE_ASSESSMENT)
    yield c.day(7, "13:30")
    c.report("worker2", check, texts.LOOKED)
    yield c.day(6, "10:00")
    c.conclude("worker2", check, texts.TOLD)


def linked(c: Work) -> Tale:
    """Frankie Fictional and a handle turned out to be one person; the two records count as one."""
    yield c.day(13, "9:05")
    details = Details(name="Frankie Fictional", date_of_birth=c.timetable.born(22))
    person = c.add_person("worker", details, profile="https://www.facebook.com/frankie.fictional.demo")
    yield c.day(9, "13:50")
    handle = c.add_person(
        "worker2",
        Details(known_by="frankie_fic_demo", approximate_age=20),
        relation=ENQUIRY,
        profile="https://www.snapchat.com/add/frankie_fic_demo",
    )
    yield c.day(5, "13:40")
    c.link("worker", person, handle, texts.SAME_FRANKIE)
