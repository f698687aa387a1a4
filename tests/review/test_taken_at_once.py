"""Two lawyers who take one case at the same moment: one has it, the other is told who."""

from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from sqlmodel import Session

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONLY_POSTGRES
from tests.review.test_referral_services import LATER, Case
from tracker.decisions.concerned import concerned_by
from tracker.policy.entitlement import Actor, Holding, Role
from tracker.referrals.errors import NotOpenError
from tracker.referrals.selectors import get_referral
from tracker.review.services import referrals, take_referral
from tracker.storage.tables import StaleVersionError

WAITS_SECONDS, PATIENCE_SECONDS = 0.5, 20.0


def take(session: Session, case: Case, version: int, by: Actor) -> None:
    take_referral(session, get_referral(session, case.reference), version=version, by=by, now=LATER)


def both_take_at_once(case: Case) -> list[str]:
    """What came of the second, while the transaction of the first was still open when it began."""
    work, version, came = case.work, case.now.version, list[str]()
    other = replace(work.officer, holdings=(Holding(Role.LEGAL_REVIEWER),))

    def _second() -> None:
        try:
            with work.transaction() as session:
                take(session, case, version, other)
        except (NotOpenError, StaleVersionError) as error:
            came.append(type(error).__name__)
        else:
            came.append("taken")

    second = Thread(target=_second, daemon=True)
    with work.transaction() as session:
        take(session, case, version, work.legal)
        session.flush()
        second.start()
        second.join(WAITS_SECONDS)
    second.join(PATIENCE_SECONDS)
    assert not second.is_alive()
    return came


def test_one_of_two_has_the_case(casework: Casework) -> None:
    case = Case(casework)
    assert both_take_at_once(case) == ["NotOpenError"]
    assert case.now.taken_by == casework.legal.staff_id


@ONLY_POSTGRES
def test_control_without_lock_and_version_both_take_it(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    def _next_version(_: Session, record: Any, seen: int) -> None:
        record.version = seen + 1

    monkeypatch.setattr(referrals, "lock_check", concerned_by)
    monkeypatch.setattr(referrals, "next_version", _next_version)
    case = Case(casework)
    assert both_take_at_once(case) == ["taken"]
