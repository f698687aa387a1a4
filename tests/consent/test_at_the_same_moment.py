"""Two parents whose words are recorded at the same moment: whoever comes second sees what the first said."""

from collections.abc import Iterable
from threading import Thread

import pytest
from sqlmodel import Session

from tests.consent.saying import new_consent
from tests.consent.world import World, keys
from tests.fixtures.council import ONLY_POSTGRES, START
from tracker.consent import services
from tracker.consent.selectors import list_standing_disagreements
from tracker.consent.services import record_consent
from tracker.people.groups import PersonGroup, groups_of
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy

WAITS_SECONDS, PATIENCE_SECONDS = 0.5, 20.0


def says(world: World, name: str, status: ConsentStatus, session: Session) -> None:
    """A parent of Kit says something, in a transaction that is still open."""
    new = new_consent(
        world,
        world.kit,
        status=status,
        given_by=GivenBy.PARENTAL_RESPONSIBILITY,
        giver_name=name,
        competence=Competence.LACKS,
    )
    record_consent(session, new, by=world.by(world.council.worker), now=START)


def both_speak_at_once(world: World) -> tuple[bool, int]:
    """Whether the second had to wait for the first, and how many refusals stand afterwards."""
    second = Thread(target=lambda: world.write(lambda s: says(world, "Alex", ConsentStatus.REFUSED, s)), daemon=True)
    with world.council.database.transaction() as session:
        says(world, "Pat", ConsentStatus.GIVEN, session)
        session.flush()
        second.start()
        second.join(WAITS_SECONDS)
        waited = second.is_alive()
    second.join(PATIENCE_SECONDS)
    assert not second.is_alive()
    return waited, len(world.read(lambda s: list_standing_disagreements(s, keys(world.kit))))


def test_the_second_waits_and_the_disagreement_is_recorded(world: World) -> None:
    assert both_speak_at_once(world) == (True, 1)


@ONLY_POSTGRES
def test_control_without_the_lock_the_disagreement_slips_through(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def _without_waiting(session: Session, person_ids: Iterable[int]) -> dict[int, PersonGroup]:
        return groups_of(session, person_ids)

    monkeypatch.setattr(services, "lock_everyone", _without_waiting)
    assert both_speak_at_once(world) == (False, 0)
