"""Both sign at the same moment: one of the two signatures is the second, and puts it in force."""

from threading import Thread

import pytest
from sqlmodel import Session

from tests.fixtures.council import ONLY_POSTGRES, START, Council
from tests.rulebook.test_bases import DECIDED, OURS
from tracker.policy.entitlement import Actor
from tracker.rulebook import services
from tracker.rulebook.selectors import lawful_basis_of
from tracker.rulebook.services import propose_setting, sign_proposal

WAITS_SECONDS, PATIENCE_SECONDS = 0.5, 20.0


def sign(session: Session, reference: str, by: Actor) -> None:
    sign_proposal(session, reference, by=by, now=START)


def in_force_once_both_have_signed_at_once(council: Council) -> bool:
    """Whether the basis holds, after the second began to sign while the transaction of the first was still open."""
    legal, sro = council.actor(council.legal), council.actor(council.sro)
    with council.database.transaction() as session:
        reference = propose_setting(session, DECIDED, by=legal, now=START).reference

    def _second() -> None:
        with council.database.transaction() as session:
            sign(session, reference, sro)

    second = Thread(target=_second, daemon=True)
    with council.database.transaction() as session:
        sign(session, reference, legal)
        second.start()
        second.join(WAITS_SECONDS)
    second.join(PATIENCE_SECONDS)
    assert not second.is_alive()
    with council.database.reading() as session:
        return not lawful_basis_of(session, OURS.purpose).shipped


def test_it_is_in_force(council: Council) -> None:
    assert in_force_once_both_have_signed_at_once(council)


@ONLY_POSTGRES
def test_control_without_the_lock_each_is_the_first_and_nothing_comes_into_force(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "take_locks", lambda *_: None)
    assert not in_force_once_both_have_signed_at_once(council)
