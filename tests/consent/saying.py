"""Saying and telling in one line, for the tests."""

from datetime import datetime
from typing import Any

from tests.consent.world import World
from tests.fixtures.council import START
from tracker.consent.models import Consent, Notice, Objection
from tracker.consent.requests import NewConsent, NewNotice, NewObjection
from tracker.consent.services import record_consent, record_notice, record_objection
from tracker.consent.vocabulary import HowGiven
from tracker.people.models import Person
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, NoticeKind
from tracker.staff.models import StaffMember


def new_consent(world: World, person: Person, **said: Any) -> NewConsent:
    """What is recorded of a consent: given today by the person, who can decide, unless said otherwise."""
    usual: dict[str, Any] = {
        "person": person.reference,
        "team": world.council.north.reference,
        "status": ConsentStatus.GIVEN,
        "at": START,
        "given_by": GivenBy.SELF,
        "giver_name": "",
        "competence": Competence.HAS,
        "competence_words": "Told back in their own words what we would do",
        "wording": "You may look, she said",
        "language": "English",
        "how_given": HowGiven.SPOKEN_IN_PERSON,
        "how_received": "At the visit",
        "right_to_refuse_explained": True,
    }
    return NewConsent(**{**usual, **said})


def new_notice(world: World, person: Person, **told: Any) -> NewNotice:
    """What is recorded of a notice: specific, given today, unless said otherwise."""
    usual: dict[str, Any] = {
        "person": person.reference,
        "team": world.council.north.reference,
        "kind": NoticeKind.SPECIFIC,
        "at": START,
        "wording": "We may look at what you post",
        "language": "English",
        "how_given": HowGiven.LETTER,
        "how_received": "Handed over",
    }
    return NewNotice(**{**usual, **told})


def say(world: World, person: Person, *, by: StaffMember | None = None, now: datetime = START, **said: Any) -> Consent:
    """Records a consent, refusal or withdrawal."""
    worker, new = _worker_and_team(world, by), new_consent(world, person, **said)
    if worker is world.council.worker2:
        new = new_consent(world, person, **{**said, "team": world.council.south.reference})
    return world.write(lambda session: record_consent(session, new, by=world.by(worker, now), now=now))


def tell(world: World, person: Person, *, now: datetime = START, **told: Any) -> Notice:
    """Records a notice."""
    new = new_notice(world, person, **told)
    return world.write(lambda s: record_notice(s, new, by=world.by(world.council.worker, now), now=now))


def object_to(world: World, notice: Notice, *, at: datetime, now: datetime = START) -> Objection:
    """Records an objection."""
    new = NewObjection(notice.reference, at, "I do not want that")
    return world.write(lambda s: record_objection(s, new, by=world.by(world.council.worker, now), now=now))


def _worker_and_team(world: World, by: StaffMember | None) -> StaffMember:
    return by or world.council.worker
