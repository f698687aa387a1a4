"""An order or an authorisation names a sealed record and nobody else: whoever reads the one would learn of the other."""

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.review.applying import apply, grant
from tests.review.sealing import sealed
from tracker.authorities.requests import NewCourtOrder
from tracker.authorities.services import record_court_order, report_court_order
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.review.services import enter_corrected_order

pytestmark = ONE_DATABASE


def order(*persons: Person) -> NewCourtOrder:
    return NewCourtOrder(
        persons=frozenset(one.reference for one in persons),
        court="Zzcourt",
        case_number="ZZ1",
        judge="HHJ Example",
        made_on=START.date(),
        from_on=START.date(),
        terms="The council may look.",
        terms_clear=True,
    )


@pytest.mark.parametrize("what", ["reported", "recorded", "put right", "applied for", "granted"])
def test_a_sealed_record_is_named_alone(casework: Casework, what: str) -> None:
    """The control is the same of two records of which none is sealed; what was applied for before the sealing is not granted after it."""
    work = casework

    def record_of(*persons: Person, seal: bool) -> None:
        applied = apply(work, *persons) if what == "granted" else None
        with work.transaction() as session:
            reported = report_court_order(session, order(persons[0]), by=work.worker, now=START).reference
        if seal:
            sealed(work, persons[0], work.worker)
        if applied is not None:
            grant(work, applied)
        elif what == "applied for":
            apply(work, *persons)
        else:
            with work.transaction() as session:
                match what:
                    case "reported":
                        report_court_order(session, order(*persons), by=work.worker, now=START)
                    case "recorded":
                        record_court_order(session, order(*persons), apart_from=frozenset(), by=work.legal, now=START)
                    case _:
                        enter_corrected_order(session, reported, order(*persons), by=work.legal, now=START)

    record_of(work.person("Lee"), work.person("Noise"), seal=False)
    with pytest.raises(ProblemError) as refused:
        record_of(work.person("Kit"), work.person("Other"), seal=True)
    assert (refused.value.field, "names nobody else" in refused.value.message) == ("persons", True)
