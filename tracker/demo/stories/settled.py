"""The council's own rules as they come to be its own: a lawful basis that was decided, and limits that wait to be signed."""

from tracker.demo import texts
from tracker.demo.timetable import Tale
from tracker.demo.work import Work
from tracker.policy.vocabulary import Purpose
from tracker.rulebook.requests import NewBasis, NewLawfulBasis, NewLimits
from tracker.rulebook.services import propose_limits, propose_setting, sign_proposal
from tracker.rulebook.shipped import PUBLIC_TASK, SAFEGUARDING


def decided_basis(c: Work) -> Tale:
    """What the data protection officer decided about staff safety, written down by Legal and signed by two."""
    yield c.day(15, "10:05")
    basis = NewLawfulBasis(Purpose.STAFF_SAFETY_BEFORE_VISIT, PUBLIC_TASK, SAFEGUARDING, texts.STAFF_SAFETY_FUNCTION)
    new = NewBasis(basis, texts.OFFICER, c.now.date(), texts.WHY_THIS_BASIS)
    reference = propose_setting(c.session, new, by=c.staff("legal"), now=c.now).reference
    yield c.day(14, "9:25")
    sign_proposal(c.session, reference, by=c.staff("legal"), now=c.now)
    yield c.day(14, "12:35")
    sign_proposal(c.session, reference, by=c.staff("sro"), now=c.now)


def proposed_limits(c: Work) -> Tale:
    """Fewer platforms in one single viewing are proposed, and nobody has signed yet."""
    yield c.day(2, "11:25")
    new = NewLimits({"single_viewing_platforms": 1, "outcome_due_hours": 48}, texts.WHY_THESE_LIMITS)
    propose_limits(c.session, new, by=c.staff("admin"), now=c.now)
