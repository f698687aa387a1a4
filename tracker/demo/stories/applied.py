"""What waits for the authorising officer and for Legal: an application, and an order whose sealed copy nobody has seen."""

from tracker.demo import texts
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.people.requests import Details


def applied_for(c: Work) -> Tale:
    """Fay Placeholder: Legal has applied for directed surveillance, and the authorising officer has not answered."""
    yield c.day(9, "10:15")
    details = Details(name="Fay Placeholder", date_of_birth=c.timetable.born(43))
    person = c.add_person("worker2", details, profile="https://www.facebook.com/fay.placeholder.demo")
    yield c.day(1, "13:40")
    c.apply(person, urn="NSC/2026/019", offence=texts.FAY_OFFENCE)


def reported_order(c: Work) -> Tale:
    """Gil Fictional: a court's order was reported, and Legal has not seen its sealed copy."""
    yield c.day(6, "10:45")
    details = Details(name="Gil Fictional", date_of_birth=c.timetable.born(36))
    person = c.add_person("worker2", details, profile="https://www.facebook.com/gil.fictional.demo")
    yield c.ago(hours=6)
    c.report_order("worker2", person, terms=texts.GIL_TERMS)
