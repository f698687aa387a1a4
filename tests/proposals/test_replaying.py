"""What proposed limits would have changed among the last 90 days' decisions, told in numbers, and in references to who may open them."""

from datetime import timedelta

import pytest

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.decisions.models import Check
from tracker.policy.entitlement import Actor
from tracker.policy.limits import SHIPPED, Limits
from tracker.policy.vocabulary import Outcome, Platform
from tracker.proposals import replaying
from tracker.proposals.replaying import WINDOW, Move, WouldChange, what_would_change
from tracker.rulebook.requests import NewLimits
from tracker.rulebook.selectors import limits_in_force
from tracker.rulebook.services import propose_limits, sign_proposal

pytestmark = ONE_DATABASE
HOUR = timedelta(hours=1)
TWO = (Platform.FACEBOOK, Platform.LINKEDIN)
WAITS, MAY, BLOCKED = Outcome.NEEDS_MANAGER_APPROVAL, Outcome.PERMITTED, Outcome.BLOCKED_LEGAL_ADVICE


def would_change(casework: Casework, to: Actor, wanted: Limits) -> WouldChange:
    with casework.database.reading() as session:
        in_force = limits_in_force(session, at=START + 2 * HOUR)
        return what_would_change(session, wanted, in_force, to=to, now=START + 2 * HOUR)


@pytest.fixture
def asked(casework: Casework) -> list[Check]:
    """Somebody of unknown age, an adult on two platforms, a child and their mother in one check, and one decided too long ago."""
    casework.ask(casework.person("Longago", born=None, now=START - 2 * WINDOW), now=START - WINDOW)
    child = casework.person("Child", born=CHILD)
    return [
        casework.ask(casework.person("Ageless", born=None)),
        casework.ask(casework.person("Adult"), platforms=TWO),
        casework.ask(casework.person("Mother"), also_about=(child.reference,)),
    ]


def test_only_what_differs_is_told_by_outcome_and_each_changed_limit_alone(
    casework: Casework, asked: list[Check]
) -> None:
    ageless, adult, both = (check.reference for check in asked)
    wanted = Limits(child_first_look_needs_approval=False, single_viewing_platforms=1, sitting_minutes=30)
    found = would_change(casework, casework.sro, wanted)
    assert found.moves == (Move(MAY, BLOCKED, 1, (adult,)), Move(WAITS, MAY, 2, (both, ageless)))
    assert (found.replayed, found.in_all, found.changed) == (3, 3, 3)
    assert dict(found.alone) == {"child_first_look_needs_approval": 2, "single_viewing_platforms": 1}
    assert found.untold == ("sitting_minutes",)


def test_references_are_told_only_to_who_may_open_the_check(casework: Casework, asked: list[Check]) -> None:
    wanted = Limits(single_viewing_platforms=1)
    for to, named in ((casework.admin, ()), (casework.legal, ()), (casework.sro, (asked[1].reference,))):
        (move,) = would_change(casework, to, wanted).moves
        assert (move.decisions, move.checks) == (1, named)


def test_a_decision_of_earlier_limits_is_held_against_the_limits_in_force(
    casework: Casework, asked: list[Check]
) -> None:
    """Else the doing of an earlier change would be told as that of this one."""
    new = NewLimits(values={"child_first_look_needs_approval": False}, why="So.")
    with casework.transaction() as session:
        reference = propose_limits(session, new, by=casework.admin, now=START + HOUR).reference
        for by in (casework.legal, casework.sro):
            sign_proposal(session, reference, by=by, now=START + HOUR)
    same = Limits(child_first_look_needs_approval=False, single_viewing_platforms=2)
    assert would_change(casework, casework.sro, same).changed == 0
    back = would_change(casework, casework.sro, SHIPPED)
    assert [(move.before, move.after, move.decisions) for move in back.moves] == [(MAY, WAITS, 2)]


def test_clocks_and_patterns_are_said_to_be_untold_and_nothing_is_decided_for_them(
    casework: Casework, asked: list[Check]
) -> None:
    found = would_change(casework, casework.sro, Limits(sitting_minutes=30, repeat_viewing_views=3))
    assert (found.replayed, found.moves, found.alone) == (0, (), ())
    assert found.untold == ("sitting_minutes", "repeat_viewing_views")


def test_no_more_are_decided_again_than_a_page_can_wait_for(
    casework: Casework, asked: list[Check], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "MOST", 1)
    found = would_change(casework, casework.sro, Limits(child_first_look_needs_approval=False))
    assert (found.replayed, found.in_all) == (1, 3)
    assert [move.checks for move in found.moves] == [(asked[2].reference,)]
