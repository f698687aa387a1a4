"""Patterns found at once, in the transaction of what makes them, through the services."""

from datetime import timedelta

from sqlmodel import col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import START
from tracker.detection.models import PatternFinding
from tracker.policy.patterns import Pattern
from tracker.policy.vocabulary import Outcome
from tracker.referrals.models import Hold

DAY = timedelta(days=1)


def findings(casework: Casework, pattern: Pattern) -> list[PatternFinding]:
    with casework.database.reading() as session:
        query = select(PatternFinding).where(PatternFinding.pattern == pattern.value).order_by(col(PatternFinding.id))
        return list(session.exec(query))


def holds(casework: Casework) -> list[Hold]:
    with casework.database.reading() as session:
        return list(session.exec(select(Hold).order_by(col(Hold.id))))


def test_a_late_entry_makes_two_single_looks_a_repeat(casework: Casework) -> None:
    person, noise = casework.person(), casework.person("Noise")
    casework.ask(noise)
    check = casework.ask(person)
    assert casework.outcome(check) is Outcome.PERMITTED
    casework.report(check, opened_at=START + timedelta(minutes=1), now=START + timedelta(hours=1))
    casework.late(person, START - DAY, by=casework.worker2, now=START + DAY)
    (found,) = findings(casework, Pattern.REPEAT_VIEWING)
    (hold,) = holds(casework)
    assert (hold.person_id, hold.referral_id) == (person.id, found.referral_id)
    blocked = casework.ask(person, by=casework.colleague, now=START + 2 * DAY)
    assert casework.outcome(blocked) is Outcome.BLOCKED_LEGAL_ADVICE
    assert len(findings(casework, Pattern.REPEAT_VIEWING)) == 1
