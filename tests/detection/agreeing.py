"""Records that come to agree in what tells people apart, for tests of what follows."""

from collections.abc import Callable
from datetime import date, datetime

from tests.fixtures.casework import BEFORE, Casework
from tests.fixtures.council import START
from tracker.decisions.gather import gather_facts
from tracker.overview.standing import ordinary_look
from tracker.people.groups import group_of
from tracker.people.models import (
    Person,
)
from tracker.people.requests import (
    ChangedPerson,
    Details,
    NewPerson,
    NewProfile,
    TeamWork,
    TypedProfile,
)
from tracker.people.selectors import get_person
from tracker.people.services import add_person, add_profile, change_person
from tracker.policy.entitlement import Actor
from tracker.policy.facts import CheckFacts
from tracker.policy.vocabulary import Relation
from tracker.storage.tables import saved_key

OTHER_BIRTH = date(1970, 1, 2)
PAGE = TypedProfile(address="facebook.com/zz.example")
Way = Callable[[Casework, Person], Person]


def work_under(casework: Casework, case: str) -> TeamWork:
    return TeamWork(
        team=casework.council.south.reference,
        relation=Relation.SERVICE_USER,
        opened_on=BEFORE.date(),
        case_system="Zzcase",
        case_reference=case,
    )


def added(casework: Casework, details: Details, *, by: Actor | None = None, case: str = "ZZNEW-1") -> Person:
    """Somebody of the other team adds a record; nobody asks them about others, as in danger."""
    new = NewPerson(details=details, involvement=work_under(casework, case))
    with casework.transaction() as session:
        return add_person(session, new, by=by or casework.worker2, now=START)


def change(casework: Casework, person: Person, details: Details, *, now: datetime = START) -> None:
    with casework.transaction() as session:
        version = get_person(session, person.reference).version
        changed = ChangedPerson(
            person=person.reference, version=version, details=details, how_age_is_known="They said so."
        )
        change_person(session, changed, by=casework.worker2, now=now)


def facts_for(casework: Casework, person: Person, *, at: datetime = START) -> CheckFacts:
    """What an ordinary look would be decided on."""
    with casework.database.reading() as session:
        group = group_of(session, saved_key(person))
        return gather_facts(session, ordinary_look(group, by=casework.worker, now=at), group, at=at)


def as_they_are(person: Person) -> Details:
    return Details(name=person.name, date_of_birth=person.date_of_birth)


def by_adding(casework: Casework, kit: Person) -> Person:
    return added(casework, as_they_are(kit))


def by_a_profile_and_the_name(casework: Casework, kit: Person) -> Person:
    casework.profile(kit)
    copy = added(casework, Details(name=kit.name))
    with casework.transaction() as session:
        add_profile(session, NewProfile(person=copy.reference, profile=PAGE), by=casework.worker2, now=START)
    return copy
