"""Looks that rest on an authority: a RIPA authorisation approved or not, a court's order, legal advice."""

from tracker.demo import texts
from tracker.demo.records import yesterday_of
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.people.requests import Details
from tracker.policy.vocabulary import Relation


def approved_by_a_justice(c: Work) -> Tale:
    """Dale Placeholder is named by a RIPA authorisation in force; one look was made under it, and it has been reviewed."""
    yield c.day(18, "10:30")
    details = Details(name="Dale Placeholder", date_of_birth=c.timetable.born(45))
    person = c.add_person("worker", details, profile="https://www.facebook.com/dale.placeholder.demo")
    yield c.day(14, "11:00")
    authorisation = c.grant(person, urn="NSC/2026/017", offence=texts.DALE_OFFENCE, own_words=texts.DALE_NECESSARY)
    yield c.day(13, "14:20")
    c.hear(authorisation)
    yield c.day(11, "13:15")
    check = c.ask("worker", person, texts.DALE)
    yield c.day(11, "13:50")
    c.report("worker", check, texts.LOOKED)
    yield c.day(11, "15:40")
    c.conclude("worker", check, texts.DALE_CONCLUDED)
    yield c.day(4, "12:40")
    c.review(authorisation, texts.DALE_STILL_NEEDED)


def granted_and_not_approved(c: Work) -> Tale:
    """Toni Placeholder: granted, not yet approved by a justice of the peace, so the look is blocked; Legal has it."""
    yield c.day(8, "11:30")
    details = Details(name="Toni Placeholder", date_of_birth=c.timetable.born(39))
    person = c.add_person("worker", details, profile="https://www.facebook.com/toni.placeholder.demo")
    yield c.day(2, "11:40")
    c.grant(person, urn="NSC/2026/018", offence=texts.TONI_OFFENCE, own_words=texts.TONI_NECESSARY)
    yield c.day(1, "9:20")
    check = c.ask("worker", person, texts.TONI)
    yield c.day(1, "12:10")
    c.send_on("manager", check, texts.TONI_TO_LEGAL)


def ordered_by_a_court(c: Work) -> Tale:
    """Mo Fictional: the family court has allowed looks, and one was made within its terms."""
    yield c.day(15, "11:00")
    details = Details(name="Mo Fictional", date_of_birth=c.timetable.born(47))
    person = c.add_person("worker2", details, profile="https://www.facebook.com/mo.fictional.demo")
    yield c.day(7, "15:00")
    c.order(person, made_on=yesterday_of(c.now), terms=texts.MO_TERMS)
    yield c.day(5, "9:40")
    check = c.ask("worker2", person, texts.MO)
    yield c.day(5, "10:00")
    c.report("worker2", check, texts.LOOKED)
    yield c.day(5, "14:45")
    c.conclude("worker2", check, texts.TOLD)


def advised(c: Work) -> Tale:
    """Hal Fictional was viewed once; Legal advised that one more look is not directed surveillance, and the manager approved it."""
    yield c.day(17, "9:50")
    details = Details(name="Hal Fictional", date_of_birth=c.timetable.born(71))
    carer = Relation.CARER_OR_APPLICANT
    person = c.add_person("worker", details, relation=carer, profile="https://www.facebook.com/hal.fictional.demo")
    yield c.day(12, "10:30")
    first = c.ask("worker", person, texts.FOR_THE_ASSESSMENT, relation=carer)
    yield c.day(12, "10:55")
    c.report("worker", first, texts.LOOKED)
    yield c.day(12, "14:10")
    c.conclude("worker", first, texts.TOLD)
    yield c.day(6, "11:20")
    c.advise(person, texts.HAL_QUESTION, texts.HAL_ADVICE)
    yield c.day(5, "11:45")
    check = c.ask("worker", person, texts.HAL_AGAIN, relation=carer)
    yield c.day(5, "13:10")
    c.approve("manager", check, texts.HAL_APPROVED)
    yield c.day(5, "14:00")
    c.report("worker", check, texts.LOOKED)
    yield c.day(4, "9:30")
    c.conclude("worker", check, texts.TOLD)
