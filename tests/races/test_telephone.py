"""A manager says in one window that they approved a look by telephone, and in another that they did not, at the same moment: one holds."""

import secrets
from datetime import timedelta

from sqlmodel import col, select

from tests.fixtures.casework import CHILD
from tests.fixtures.council import START
from tests.races.race import Race
from tests.races.racing import Browser, together
from tracker.decisions.models import TelephoneApproval
from tracker.decisions.selectors import get_check
from tracker.decisions.telephone import get_telephone_approval
from tracker.referrals.models import Referral
from tracker.review.requests import TelephoneCall
from tracker.review.services import record_telephone_approval

ROUNDS, MOST_ROUNDS_WITHOUT_LOCKS = 10, 20
EARLIER = START - timedelta(hours=1)
SENT, TOLD_WHY_NOT = 303, 200


def approved(race: Race) -> str:
    """A look at a child that who is on duty is said to have approved; its reference."""
    work = race.casework
    check = work.ask(work.person("Kit", CHILD), now=EARLIER)
    with work.transaction() as session:
        call = TelephoneCall(manager=work.duty.reference, called_at=EARLIER, said="Once.")
        record_telephone_approval(session, get_check(session, check.reference), call, by=work.worker, now=EARLIER)
    return check.reference


def one_round(race: Race, windows: list[Browser]) -> tuple[list[int], bool]:
    """Both answers at once: what was answered to them, and whether Legal has a case exactly where it was denied."""
    reference = approved(race)

    def saying(window: Browser, did: str) -> int:
        values = {"submission": [secrets.token_hex(16)], "did": [did], "words": ["Nobody rang me."]}
        return window.post(f"/checks/{reference}/telephone/confirm", values)[0]

    statuses = together([lambda: saying(windows[0], "confirmed"), lambda: saying(windows[1], "denied")])
    with race.casework.database.reading() as session:
        check = get_check(session, reference)
        approval: TelephoneApproval = get_telephone_approval(session, check)
        cases = session.exec(select(Referral).where(col(Referral.check_id) == check.id)).all()
    return sorted(statuses), len(cases) == (0 if approval.confirmed else 1)


def two_windows(race: Race) -> list[Browser]:
    """The duty manager, signed in twice."""
    return [race.enter(race.casework.council.duty), race.enter(race.casework.council.duty)]


def test_of_two_answers_to_one_call_the_first_holds(race: Race) -> None:
    windows = two_windows(race)
    assert [one_round(race, windows) for _ in range(ROUNDS)] == [([TOLD_WHY_NOT, SENT], True)] * ROUNDS
    assert race.trail_holds()


def test_without_the_locks_both_are_taken(race_without_locks: Race) -> None:
    """The control: it ends with the first round in which both were."""
    windows = two_windows(race_without_locks)
    rounds = (one_round(race_without_locks, windows) for _ in range(MOST_ROUNDS_WITHOUT_LOCKS))
    assert any(statuses == [SENT, SENT] for statuses, _ in rounds)
