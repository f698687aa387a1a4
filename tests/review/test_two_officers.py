"""Two authorising officers who answer one application at the same moment: the second waits, and is told that it was answered."""

from dataclasses import replace
from threading import Thread

from tests.fixtures.casework import Casework
from tests.fixtures.council import START
from tests.review.applying import apply
from tracker.authorities.selectors import get_application
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Holding, Role
from tracker.review.services import grant_application, refuse_application
from tracker.review.services.authorisations import Grant, Refusal

WAITS_SECONDS, PATIENCE_SECONDS = 0.5, 20.0


def test_the_second_officer_waits_and_is_told_that_it_was_granted(casework: Casework) -> None:
    reference = apply(casework, casework.person("Kit")).reference
    other = replace(casework.sro, holdings=(Holding(Role.AUTHORISING_OFFICER),))
    told: list[str] = []

    def _refuse() -> None:
        try:
            with casework.transaction() as session:
                refuse_application(session, reference, Refusal("Director", "No."), by=other, now=START)
        except ProblemError as problem:
            told.append(problem.message)

    second = Thread(target=_refuse, daemon=True)
    with casework.transaction() as session:
        grant_application(session, reference, Grant(START, "Director", "Yes."), by=casework.officer, now=START)
        session.flush()
        second.start()
        second.join(WAITS_SECONDS)
        waited = second.is_alive()
    second.join(PATIENCE_SECONDS)
    assert (waited, told) == (True, ["This application was granted already"])
    with casework.database.reading() as session:
        assert get_application(session, reference).refused_at is None
