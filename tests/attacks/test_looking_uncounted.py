"""Ways to a second look that would not count."""

from datetime import timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.decisions.selectors import get_check
from tracker.policy.vocabulary import Outcome
from tracker.review.services import confirm_result
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE
LATER = START + timedelta(minutes=50)


def test_who_pressed_start_cannot_give_the_look_back_alone(casework: Casework) -> None:
    person, noise = casework.person(), casework.person()
    casework.ask(noise)
    check = casework.ask(person)
    casework.start(check, now=START + timedelta(minutes=1))
    assert casework.report(check, LookResult.NOT_USED, now=LATER).result_counts_from is None
    assert casework.outcome(casework.ask(person, now=LATER)) is Outcome.BLOCKED_LEGAL_ADVICE
    with casework.transaction() as session:
        confirm_result(session, get_check(session, check.reference), by=casework.manager, now=LATER)
    assert casework.outcome(casework.ask(person, now=LATER + timedelta(minutes=1))) is Outcome.PERMITTED


def test_who_never_pressed_start_gives_it_back_alone_while_the_permit_runs(casework: Casework) -> None:
    person = casework.person()
    check = casework.ask(person)
    assert casework.report(check, LookResult.NOT_USED, now=LATER).result_counts_from == LATER
    assert casework.outcome(casework.ask(person, now=LATER)) is Outcome.PERMITTED
