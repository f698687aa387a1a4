"""What a record would change is said before it is kept, and nothing of it is kept."""

from datetime import timedelta

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.faults import every_row
from tracker.authorities.requests import NewAdvice
from tracker.authorities.services import record_advice
from tracker.checks.foresight import foresee
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Conclusion, Outcome

LATER = START + timedelta(hours=2)


def advice(person: Person, conclusion: Conclusion) -> NewAdvice:
    return NewAdvice(person.reference, conclusion, LATER, "May we?", "As recorded.", "Privileged.")


def foreseen(
    casework: Casework, person: Person, conclusion: Conclusion, by: Actor
) -> dict[str, tuple[Outcome, Outcome]]:
    new = advice(person, conclusion)
    with casework.transaction() as session:
        found = foresee(
            session, [person], lambda: record_advice(session, new, apart_from=frozenset(), by=by, now=LATER), now=LATER
        )
        return {one.check.reference: (one.before, one.after) for one in found}


def test_what_waits_and_what_runs_is_decided_with_and_without_the_record_and_nothing_is_kept(
    casework: Casework,
) -> None:
    kit, noise = casework.person("Kit"), casework.person("Noise")
    used, blocked = casework.ask(kit), casework.ask(kit)
    casework.ask(noise), casework.ask(noise)
    before = every_row(casework.database)
    nothing, blocks = Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_COURT_AUTHORISATION
    assert foreseen(casework, kit, Conclusion.NOT_DIRECTED_SURVEILLANCE, casework.legal) == {
        used.reference: (Outcome.PERMITTED, Outcome.PERMITTED),
        blocked.reference: (nothing, Outcome.NEEDS_MANAGER_APPROVAL),
    }
    assert foreseen(casework, kit, Conclusion.THRESHOLD_NOT_MET, casework.legal) == {
        used.reference: (Outcome.PERMITTED, blocks),
        blocked.reference: (nothing, blocks),
    }
    assert every_row(casework.database) == before


@ONE_DATABASE
def test_what_is_refused_is_refused_in_looking_ahead_too(casework: Casework) -> None:
    kit = casework.person("Kit")
    before = every_row(casework.database)
    wrong = NewAdvice("PER-0000-0000", Conclusion.CHIS, LATER, "May we?", "As recorded.", "Privileged.")
    with casework.transaction() as session, pytest.raises(ProblemError):
        foresee(
            session,
            [kit],
            lambda: record_advice(session, wrong, apart_from=frozenset(), by=casework.legal, now=LATER),
            now=LATER,
        )
    assert every_row(casework.database) == before


def test_what_is_done_after_looking_ahead_is_kept_with_its_own_entry_alone(casework: Casework) -> None:
    kit = casework.person("Kit")
    new = advice(kit, Conclusion.NOT_DIRECTED_SURVEILLANCE)
    before = every_row(casework.database)
    with casework.transaction() as session:
        foresee(
            session,
            [kit],
            lambda: record_advice(session, new, apart_from=frozenset(), by=casework.legal, now=LATER),
            now=LATER,
        )
        record_advice(session, new, apart_from=frozenset(), by=casework.legal, now=LATER)
    after = every_row(casework.database)
    assert len(after["legal_advice"]) == 1
    assert len(after["audit_entry"]) == len(before["audit_entry"]) + 1
