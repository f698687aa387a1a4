"""Purposes and platforms are proposed and signed as limits are; a proposal can be taken back, and is signed only as it was read."""

from datetime import timedelta

import pytest

from tests.fixtures.council import START, Council
from tests.fixtures.trail import trail
from tracker.access.permissions import NotAllowedError
from tracker.policy.limits import SHIPPED
from tracker.policy.vocabulary import Platform, Purpose
from tracker.rulebook.requests import NewLimits, NewPlatforms, NewPurposes, NewSetting, RulebookError
from tracker.rulebook.selectors import (
    find_proposal,
    limits_in_force,
    platforms_that_tell,
    purposes_offered,
    stands_against,
)
from tracker.rulebook.services import propose_limits, propose_setting, sign_proposal, withdraw_proposal
from tracker.rulebook.vocabulary import TELLS

HOUR = timedelta(hours=1)
FEWER = NewPurposes({Purpose.OTHER: "Say which.", Purpose.ASSESSMENT: ""}, "We do no more than these.")
NO_LINKEDIN = NewPlatforms(frozenset({Platform.TIKTOK, Platform.DATING}), "LinkedIn stopped.")


def signed(council: Council, new: NewSetting) -> str:
    """Proposed by the administrator, and in force an hour later."""
    with council.database.transaction() as session:
        reference = propose_setting(session, new, by=council.actor(council.admin), now=START).reference
        for by in (council.legal, council.sro):
            sign_proposal(session, reference, by=council.actor(by), now=START + HOUR)
    return reference


def test_purposes_and_platforms_hold_from_the_second_signature_and_limits_are_left_alone(council: Council) -> None:
    signed(council, FEWER)
    reference = signed(council, NO_LINKEDIN)
    with council.database.reading() as session:
        assert list(purposes_offered(session, at=START)) == list(Purpose)
        assert purposes_offered(session, at=START + HOUR) == {Purpose.ASSESSMENT: "", Purpose.OTHER: "Say which."}
        assert platforms_that_tell(session, at=START) == frozenset(TELLS)
        assert platforms_that_tell(session, at=START + HOUR) == {Platform.TIKTOK, Platform.DATING}
        assert limits_in_force(session, at=START + HOUR).limits == SHIPPED
        assert reference.startswith("SET-")
    with council.database.transaction() as session, pytest.raises(RulebookError, match="Nothing would change"):
        propose_setting(session, NO_LINKEDIN, by=council.actor(council.legal), now=START + HOUR)


def test_at_least_one_purpose_is_offered() -> None:
    with pytest.raises(RulebookError):
        NewPurposes({}, "None at all.")


def test_only_who_proposed_takes_it_back_and_then_nobody_signs(council: Council) -> None:
    admin, legal = council.actor(council.admin), council.actor(council.legal)
    with council.database.transaction() as session:
        reference = propose_setting(session, FEWER, by=admin, now=START).reference
        sign_proposal(session, reference, by=legal, now=START)
        with pytest.raises(NotAllowedError):
            withdraw_proposal(session, reference, why="Not mine.", by=legal, now=START)
        assert withdraw_proposal(session, reference, why="A mistake.", by=admin, now=START).withdrawal is not None
        with pytest.raises(RulebookError):
            sign_proposal(session, reference, by=council.actor(council.sro), now=START)
        with pytest.raises(RulebookError):
            withdraw_proposal(session, reference, why="Again.", by=admin, now=START)
    assert len(trail(council.database, "limits:proposal_withdrawn")) == 1
    in_force = signed(council, FEWER)
    with council.database.transaction() as session, pytest.raises(RulebookError):
        withdraw_proposal(session, in_force, why="Too late.", by=admin, now=START)


def test_who_read_another_difference_than_there_is_now_does_not_sign(council: Council) -> None:
    admin, legal, sro = (council.actor(one) for one in (council.admin, council.legal, council.sro))
    with council.database.transaction() as session:
        first, second = (
            propose_limits(session, NewLimits({"sitting_minutes": minutes}, "So."), by=admin, now=START).reference
            for minutes in (30, 45)
        )
        found = find_proposal(session, second)
        assert found is not None
        read = stands_against(session, found.proposal, at=START)
        for by in (legal, sro):
            sign_proposal(session, first, by=by, now=START + HOUR)
        with pytest.raises(RulebookError, match="Something else came into force"):
            sign_proposal(session, second, by=legal, now=START + HOUR, against=read)
        sign_proposal(session, second, by=legal, now=START + HOUR, against=first)


def test_what_lapsed_between_its_signatures_takes_no_second_one(council: Council) -> None:
    """The first signature was for another change: that LinkedIn no longer tells, not that what came in since is set back."""
    admin, legal, sro = (council.actor(one) for one in (council.admin, council.legal, council.sro))
    with council.database.transaction() as session:
        reference = propose_setting(session, NO_LINKEDIN, by=admin, now=START).reference
        sign_proposal(session, reference, by=legal, now=START)
    signed(council, FEWER)
    with council.database.reading() as session:
        found = find_proposal(session, reference)
        assert found is not None
        assert found.waits  # the control: of another subject
    signed(council, NewPlatforms(frozenset({Platform.REDDIT}), "So."))
    with council.database.transaction() as session:
        with pytest.raises(RulebookError, match="after the first signature"):
            sign_proposal(session, reference, by=sro, now=START + 2 * HOUR)
        found = find_proposal(session, reference)
        assert found is not None
        assert (found.waits, found.lapsed_at) == (False, START + HOUR)
        assert platforms_that_tell(session, at=START + 2 * HOUR) == {Platform.REDDIT}
