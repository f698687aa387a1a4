"""What detection found, read as rows, and families for it to find something in."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import START
from tracker.detection.models import FindingPerson, FindingView, PatternFinding
from tracker.detection.services import detect
from tracker.people.models import FamilyLink, Person, Profile
from tracker.people.networks import lock_networks
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.patterns import Pattern
from tracker.referrals.models import Hold, Referral, ReferralPerson
from tracker.storage.tables import saved_key
from tracker.tasks.models import Task
from tracker.viewings.models import Look

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def findings(casework: Casework, pattern: Pattern | None = None) -> list[PatternFinding]:
    """What was found, the first first."""
    with casework.database.reading() as session:
        rows = session.exec(select(PatternFinding).order_by(col(PatternFinding.id)))
        return [row for row in rows if pattern is None or row.pattern == pattern]


def looks_of(casework: Casework, finding: PatternFinding) -> set[str]:
    """The references of its looks."""
    query = select(Look.reference).join(FindingView, col(FindingView.look_id) == col(Look.id))
    with casework.database.reading() as session:
        return set(session.exec(query.where(FindingView.finding_id == saved_key(finding))))


def people_of(casework: Casework, finding: PatternFinding) -> set[int]:
    """The keys of its people."""
    mine = FindingPerson.finding_id == saved_key(finding)
    with casework.database.reading() as session:
        return set(session.exec(select(FindingPerson.person_id).where(mine)))


def holds(casework: Casework, *, standing: bool = True) -> list[Hold]:
    """The holds that nobody has released, or all."""
    with casework.database.reading() as session:
        return [
            one for one in session.exec(select(Hold).order_by(col(Hold.id))) if not standing or one.released_at is None
        ]


def cases(casework: Casework) -> list[tuple[Referral, set[int]]]:
    """The cases and whom each is about."""
    with casework.database.reading() as session:
        people = session.exec(select(ReferralPerson)).all()
        return [
            (one, {row.person_id for row in people if row.referral_id == one.id})
            for one in session.exec(select(Referral).order_by(col(Referral.id)))
        ]


def tasks(casework: Casework) -> list[Task]:
    """The tasks."""
    with casework.database.reading() as session:
        return list(session.exec(select(Task).order_by(col(Task.id))))


def run(casework: Casework, *people: Person, now: datetime, staff: tuple[int, ...] = ()) -> list[PatternFinding]:
    """Runs detection about these people, as the sweep does; gives what is new."""
    keys = [saved_key(one) for one in people]
    with casework.transaction() as session:
        lock_networks(session, keys)
        return detect(session, keys, now=now, staff=staff)


def belong(casework: Casework, one: Person, other: Person, kind: FamilyLinkKind = FamilyLinkKind.PARENT) -> None:
    """One is something to the other."""
    row = FamilyLink(
        person_id=saved_key(one),
        other_id=saved_key(other),
        kind=kind.value,
        recorded_at=START,
        recorded_by=casework.worker.staff_id,
    )
    with casework.transaction() as session:
        session.add(row)


def family(casework: Casework) -> tuple[Person, Person, Person]:
    """A child, their mother and their grandmother: the mother is one step from both."""
    child, mother, grandmother = (casework.person(name) for name in ("Child", "Mother", "Grandmother"))
    belong(casework, mother, child)
    belong(casework, grandmother, mother)
    return child, mother, grandmother


def put_profile(casework: Casework, person: Person, address: str) -> str:
    """Puts a profile on record and gives its reference."""
    casework.profile(person, address)
    with casework.database.reading() as session:
        return session.exec(select(Profile.reference).where(Profile.person_id == saved_key(person))).one()
