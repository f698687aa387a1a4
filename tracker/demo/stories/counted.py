"""What counts, and what is owed: reports that are due, a permit nobody reported, a look nobody asked for, a search, danger."""

from tracker.demo import texts
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.people.requests import Details
from tracker.policy.vocabulary import Aim, Platform, Relation, Visibility
from tracker.viewings.vocabulary import LookResult


def outcome_overdue(c: Work) -> Tale:
    """Uma Specimen: a colleague looked and reported; what it means for the case is overdue."""
    yield c.day(7, "10:30")
    details = Details(name="Uma Specimen", date_of_birth=c.timetable.born(52))
    person = c.add_person("worker", details, profile="https://www.facebook.com/uma.specimen.demo")
    yield c.day(4, "11:10")
    check = c.ask_for_colleague("worker", person, texts.FOR_THE_ASSESSMENT, viewer="worker2")
    yield c.day(4, "13:30")
    c.start("worker2", check)
    yield c.day(4, "13:55")
    c.report("worker2", check, texts.LOOKED, minutes=20)


def never_reported(c: Work) -> Tale:
    """Val Demo: the permit ran out and nobody has said whether it was used. It counts."""
    yield c.day(6, "9:25")
    details = Details(name="Val Demo", date_of_birth=c.timetable.born(23))
    person = c.add_person("worker", details, profile="https://www.facebook.com/val.demo.demo")
    yield c.day(3, "13:15")
    c.ask("worker", person, texts.FOR_THE_ASSESSMENT)


def not_used_said_late(c: Work) -> Tale:
    """Ola Placeholder: that nobody looked was said after the permit had run out, so a manager has to confirm it."""
    yield c.day(10, "14:40")
    details = Details(name="Ola Placeholder", date_of_birth=c.timetable.born(44))
    person = c.add_person("worker", details, profile="https://www.facebook.com/ola.placeholder.demo")
    yield c.day(6, "12:30")
    check = c.ask("worker", person, texts.FOR_THE_ASSESSMENT)
    yield c.day(3, "10:10")
    c.say_not_used("worker", check)


def looked_without_asking(c: Work) -> Tale:
    """Nico Placeholder was viewed once; a second look was made without asking, and entered next day as a possible error."""
    yield c.day(14, "13:00")
    details = Details(name="Nico Placeholder", date_of_birth=c.timetable.born(30))
    person = c.add_person("worker2", details, profile="https://www.facebook.com/nico.placeholder.demo")
    yield c.day(11, "9:45")
    first = c.ask("worker2", person, texts.FOR_THE_ASSESSMENT)
    yield c.day(11, "10:10")
    c.report("worker2", first, texts.LOOKED)
    yield c.day(11, "14:50")
    c.conclude("worker2", first, texts.TOLD)
    yield c.day(2, "9:15")
    late = c.enter_late("worker2", person, texts.NICO_LATE, minutes_ago=18 * 60, why_late=texts.NICO_WHY_LATE)
    yield c.day(2, "9:40")
    c.report("worker2", late, texts.LOOKED)


def found_nothing(c: Work) -> Tale:
    """Theo Placeholder is missing: a page was searched for, to be looked at only if open, and there was none."""
    yield c.day(5, "9:10")
    details = Details(name="Theo Placeholder", date_of_birth=c.timetable.born(24))
    person = c.add_person("worker", details)
    yield c.day(4, "9:50")
    find = {"aim": Aim.FIND_THEN_VIEW, "visibility": Visibility.UNKNOWN, "profiles": ()}
    check = c.ask("worker", person, texts.THEO, platforms=(Platform.FACEBOOK, Platform.INSTAGRAM), **find)
    yield c.day(4, "10:00")
    c.start("worker", check)
    yield c.day(4, "10:20")
    c.report("worker", check, texts.NOTHING_THERE, result=LookResult.NOT_FOUND, visibility=None)
    yield c.day(4, "14:20")
    c.conclude("worker", check, texts.THEO_CONCLUDED)


def in_danger(c: Work) -> Tale:
    """Jude Demo, 15, was in danger: a look was made at once, and waits for a manager's review."""
    yield c.day(12, "13:10")
    details = Details(name="Jude Demo", date_of_birth=c.timetable.born(15))
    person = c.add_person("worker2", details)
    yield c.day(1, "13:20")
    check = c.ask_in_danger("worker2", person, texts.JUDE_DANGER, on=Platform.SNAPCHAT)
    yield c.day(1, "13:24")
    c.start("worker2", check)
    yield c.day(1, "13:50")
    c.report("worker2", check, texts.JUDE_SEEN, minutes=25)
    yield c.day(1, "15:50")
    c.conclude("worker2", check, texts.JUDE_CONCLUDED, was=texts.JUDE_AFTERWARDS)


def out_of_hours(c: Work) -> Tale:
    """Lou Specimen was referred out of hours: the duty worker may look before a visit."""
    yield c.ago(hours=5)
    details = Details(name="Lou Specimen", date_of_birth=c.timetable.born(35))
    enquiry = Relation.REFERRAL_OR_ENQUIRY
    person = c.add_person("duty", details, relation=enquiry, profile="https://www.facebook.com/lou.specimen.demo")
    yield c.ago(hours=4, minutes=30)
    c.come_on_duty("duty", person, texts.LOU.why_now)
    c.ask("duty", person, texts.LOU, relation=enquiry)


def approved_by_telephone(c: Work) -> Tale:
    """Wren Demo: opened on duty the day before; a look at a child was approved by telephone, which the manager has to confirm."""
    yield c.day(3, "9:15")
    details = Details(name="Wren Demo", date_of_birth=c.timetable.born(14))
    person = c.add_person("worker", details, profile="https://www.facebook.com/wren.demo.demo")
    yield c.day(1, "15:20")
    c.come_on_duty("duty", person, texts.WREN_ON_DUTY)
    yield c.ago(hours=1, minutes=40)
    check = c.ask("worker", person, texts.WREN)
    yield c.ago(hours=1, minutes=30)
    c.approved_by_telephone("worker", check, manager="duty", said=texts.WREN_APPROVED)
