"""What a court or a justice decided is recorded for Legal by nobody who is a party to a check about the people named."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlmodel import Session

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tracker.access.permissions import NotAllowedError
from tracker.authorities.requests import NewCourtOrder, NewJpHearing
from tracker.authorities.services import report_court_order
from tracker.authorities.vocabulary import JpDecision
from tracker.people.models import Person
from tracker.policy.entitlement import Actor, Holding, Role
from tracker.policy.vocabulary import Outcome
from tracker.review.services import enter_corrected_order, enter_court_order, enter_jp_hearing, enter_order_seen
from tracker.staff.requests import NewDeputy
from tracker.staff.services import name_deputy
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


@dataclass
class Decided:
    """A person at whom somebody looked, so that the next check is blocked; an order reported by a colleague; a grant."""

    casework: Casework
    person: Person
    order: str
    ripa: str

    def new_order(self) -> NewCourtOrder:
        return NewCourtOrder(
            persons=frozenset({self.person.reference}),
            court="Zzcourt",
            case_number="ZZ1",
            judge="HHJ Example",
            made_on=START.date(),
            from_on=START.date(),
            terms="The council may look.",
            terms_clear=True,
        )

    def acts(self) -> dict[str, Callable[[Session, Actor], object]]:
        hearing = NewJpHearing(self.ripa, "Zzcourt", "A. Justice", START, JpDecision.APPROVED)
        return {
            "order": lambda s, by: enter_court_order(s, self.new_order(), by=by, now=START),
            "corrected": lambda s, by: enter_corrected_order(s, self.order, self.new_order(), by=by, now=START),
            "seen": lambda s, by: enter_order_seen(s, self.order, by=by, now=START),
            "hearing": lambda s, by: enter_jp_hearing(s, hearing, by=by, now=START),
        }


@pytest.fixture
def decided(casework: Casework) -> Decided:
    person = casework.person()
    made = Decided(casework, person, "", casework.ripa(person, approved=False))
    casework.ask(person)
    with casework.transaction() as session:
        made.order = report_court_order(session, made.new_order(), by=casework.colleague, now=START).reference
    return made


def with_legal(by: Actor, *, covers: Actor | None = None) -> Actor:
    holding = Holding(Role.LEGAL_REVIEWER, covers=covers.staff_id if covers else None)
    return replace(by, holdings=(*by.holdings, holding))


@pytest.mark.parametrize("what", ["order", "corrected", "seen", "hearing"])
def test_who_asked_or_stands_in_for_who_asked_records_nothing_for_legal(decided: Decided, what: str) -> None:
    casework, do = decided.casework, decided.acts()[what]
    barred = {
        "asked": with_legal(casework.worker),
        "asked, for a lawyer": with_legal(casework.worker, covers=casework.legal),
        "for who asked": replace(
            casework.worker2, holdings=with_legal(casework.worker2, covers=casework.worker).holdings
        ),
    }
    for why, by in barred.items():
        with pytest.raises(NotAllowedError), casework.transaction() as session:
            do(session, by)
        assert why
    with casework.transaction() as session:
        do(session, with_legal(casework.worker2, covers=casework.legal))


def test_who_granted_does_not_record_that_a_justice_approved(decided: Decided) -> None:
    both = with_legal(decided.casework.officer)
    with pytest.raises(NotAllowedError), decided.casework.transaction() as session:
        decided.acts()["hearing"](session, both)


def test_a_worker_whom_a_lawyer_names_deputy_opens_no_page_to_record_an_order_for_their_own_check(
    casework: Casework, client_for: ClientFor
) -> None:
    mine, other = casework.person(), casework.person()
    casework.ask(mine)
    assert casework.outcome(casework.ask(mine)) is Outcome.BLOCKED_LEGAL_ADVICE
    council = casework.council
    until = START.replace(day=28)
    new = NewDeputy(saved_key(council.legal), saved_key(council.worker), START, until, "Annual leave")
    with casework.transaction() as session:
        name_deputy(session, new, by=casework.legal, now=START)
    worker = client_for(council.worker)
    assert worker.get(f"/people/{mine.reference}/orders/record").status == 403
    assert worker.get(f"/people/{other.reference}/orders/record").status == 200
