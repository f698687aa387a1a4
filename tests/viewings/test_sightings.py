"""Something seen without a search: kept and shown, not counted."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry, AuditPerson
from tracker.people.models import Person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Outcome, Platform
from tracker.storage.tables import saved_key
from tracker.viewings.errors import SightingTimeError
from tracker.viewings.models import Sighting
from tracker.viewings.requests import NewSighting
from tracker.viewings.selectors import list_sightings, views_as_facts
from tracker.viewings.services import record_sighting
from tracker.viewings.vocabulary import SightingKind

pytestmark = ONE_DATABASE

HOUR = timedelta(hours=1)


def seen(
    casework: Casework, person: Person, *, by: Actor | None = None, hours_ago: int = 1, team: str = "north"
) -> Sighting:
    new = NewSighting(
        submission="s",
        person=person.reference,
        team=getattr(casework.council, team).reference,
        kind=SightingKind.BROUGHT,
        platform=Platform.FACEBOOK,
        at=START - hours_ago * HOUR,
        brought_by="a neighbour",
        what_for="A photograph of a party.",
        evidence_place="Zzmosaic, document 7",
    )
    with casework.transaction() as session:
        return record_sighting(session, new, by=by or casework.worker, now=START)


def test_it_is_kept_and_shown_and_does_not_count(casework: Casework) -> None:
    kit, other = casework.person("Kit"), casework.person("Other")
    seen(casework, other)
    first, second = seen(casework, kit, hours_ago=3), seen(casework, kit)
    with casework.database.reading() as session:
        shown = list_sightings(session, [saved_key(kit)])
        assert [one.reference for one in shown] == [second.reference, first.reference]
        assert views_as_facts(session, [saved_key(kit)], recorded_by=START) == ()
    assert casework.outcome(casework.ask(kit, now=START + HOUR)) is Outcome.PERMITTED


def test_going_back_to_it_is_a_view(casework: Casework) -> None:
    kit = casework.person("Kit")
    seen(casework, kit)
    casework.ask(kit)
    assert casework.outcome(casework.ask(kit, now=START + HOUR)) is Outcome.BLOCKED_LEGAL_ADVICE


def test_the_trail_says_that_and_not_what(casework: Casework) -> None:
    kit = casework.person("Kit")
    sighting = seen(casework, kit)
    with casework.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.record == sighting.reference)).one()
        people = session.exec(select(AuditPerson.person).where(AuditPerson.seq == entry.seq)).all()
    assert (entry.event, people) == ("look:sighting_recorded", [kit.reference])
    assert "party" not in entry.text
    assert "neighbour" not in entry.text


def test_it_cannot_be_in_the_future(casework: Casework) -> None:
    with pytest.raises(SightingTimeError):
        seen(casework, casework.person("Kit"), hours_ago=-1)


def test_it_is_recorded_by_a_worker_in_a_team_of_theirs(casework: Casework) -> None:
    kit = casework.person("Kit")
    for by in (casework.legal, casework.sro, casework.admin, casework.officer):
        with pytest.raises(NotAllowedError):
            seen(casework, kit, by=by)
    with pytest.raises(NotAllowedError):
        seen(casework, kit, team="south")
