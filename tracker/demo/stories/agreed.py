"""Looks by agreement and after notice: a permit that is live, one that died with its consent, one for a colleague to use."""

from tracker.demo import texts
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.people.requests import Details
from tracker.policy.vocabulary import ConsentStatus, NoticeKind, Platform, Purpose, Relation

AGREED_PLATFORMS = frozenset({Platform.FACEBOOK, Platform.INSTAGRAM})


def yes_and_a_permit(c: Work) -> Tale:
    """Max Specimen agreed; the look may be made now."""
    yield c.day(9, "10:40")
    details = Details(name="Max Specimen", date_of_birth=c.timetable.born(26))
    person = c.add_person("worker", details, profile="https://www.facebook.com/max.specimen.demo")
    c.add_profile("worker", person, ["@max.specimen.demo", "on", "instagram.com/max.specimen.demo"][-1])
    yield c.day(6, "14:00")
    purposes = frozenset({Purpose.ASSESSMENT, Purpose.VERIFY_ACCOUNT})
    c.say("worker", person, ConsentStatus.GIVEN, texts.MAX_SAYS_YES, platforms=AGREED_PLATFORMS, purposes=purposes)
    yield c.ago(hours=3)
    c.ask("worker", person, texts.MAX, platforms=(Platform.FACEBOOK, Platform.INSTAGRAM))


def took_it_back(c: Work) -> Tale:
    """Ivy Demo agreed, and took it back while the permit ran: it is dead."""
    yield c.day(11, "10:50")
    details = Details(name="Ivy Demo", other_names=("Ivy Placeholder",), date_of_birth=c.timetable.born(66))
    person = c.add_person(
        "worker", details, relation=Relation.CARER_OR_APPLICANT, profile="https://www.facebook.com/ivy.demo.demo"
    )
    yield c.day(5, "11:10")
    c.say("worker", person, ConsentStatus.GIVEN, texts.IVY_SAYS_YES)
    yield c.day(1, "11:00")
    c.ask("worker", person, texts.IVY, relation=Relation.CARER_OR_APPLICANT)
    yield c.ago(hours=1, minutes=30)
    c.say("worker", person, ConsentStatus.WITHDRAWN, texts.IVY_TAKES_IT_BACK)


def agreed_and_told(c: Work) -> Tale:
    """Wren Specimen, viewed once by the South team, was told; their manager approved one look, which Asha Shah is to make."""
    yield c.day(15, "9:20")
    details = Details(name="Wren Specimen", date_of_birth=c.timetable.born(58))
    carer = Relation.CARER_OR_APPLICANT
    person = c.add_person("worker2", details, relation=carer, profile="https://www.facebook.com/wren.specimen.demo")
    yield c.day(12, "9:30")
    first = c.ask("worker2", person, texts.FOR_THE_ASSESSMENT, relation=carer)
    yield c.day(12, "9:50")
    c.report("worker2", first, texts.LOOKED)
    yield c.day(12, "15:00")
    c.conclude("worker2", first, texts.TOLD)
    yield c.day(6, "13:30")
    c.tell_them("worker2", person, NoticeKind.SPECIFIC, texts.WREN_LETTER)
    yield c.day(1, "10:30")
    check = c.ask_for_colleague("worker2", person, texts.WREN_AGAIN, viewer="worker", relation=carer)
    yield c.day(1, "13:00")
    c.approve("manager2", check, texts.WREN_APPROVED)
