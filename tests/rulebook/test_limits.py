"""The limits in force are rows: shipped first, then what two people have signed, from the second signature on."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from tests.fixtures.council import START, Council
from tests.fixtures.settling import SETTLED
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.policy.entitlement import Holding, Role
from tracker.policy.limits import SHIPPED, Limits, LimitsError, policy_version
from tracker.rulebook.models import Proposal, Signature
from tracker.rulebook.requests import NewLimits, RulebookError
from tracker.rulebook.selectors import (
    LimitsInForce,
    NoRulebookError,
    limits_in_force,
    limits_of_version,
    list_proposals,
)
from tracker.rulebook.services import propose_limits, ship_limits, sign_proposal
from tracker.rulebook.vocabulary import Capacity
from tracker.staff.models import StaffMember
from tracker.staff.requests import NewDeputy
from tracker.staff.selectors import load_actor
from tracker.staff.services import name_deputy
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

HOUR = timedelta(hours=1)


def in_force(council: Council, at: datetime = START) -> LimitsInForce:
    with council.database.reading() as session:
        return limits_in_force(session, at=at)


def propose(council: Council, now: datetime = START, by: StaffMember | None = None, **values: Any) -> Proposal:
    with council.database.transaction() as session:
        new = NewLimits(values, "Our council wants it so")
        return propose_limits(session, new, by=council.actor(by or council.legal), now=now)


def sign(
    council: Council, proposal: Proposal, by: StaffMember, now: datetime = START, capacity: Capacity | None = None
) -> None:
    with council.database.transaction() as session:
        sign_proposal(session, proposal.reference, by=council.actor(by), now=now, capacity=capacity)


def test_limits_stored_before_there_were_some_of_them_hold_with_the_defaults_of_those(council: Council) -> None:
    with council.database.transaction() as session:
        earlier = Proposal(
            reference="LIM-0000000E",
            settings={"notice_view_limit": 5, "non_ripa": True},
            why="From before there were patterns",
            proposed_by=saved_key(council.legal),
            proposer_name=council.legal.name,
            recorded_at=START,
        )
        session.add(earlier)
    for by in (council.legal, council.sro):
        sign(council, earlier, by)
    now = in_force(council)
    assert (now.version, now.signed) == ("LIM-0000000E", True)
    assert now.limits == replace(SHIPPED, notice_view_limit=5, non_ripa=True)
    assert (now.limits.repeat_viewing_views, now.limits.family_cluster_days) == (2, 28)


def test_until_the_council_signs_the_shipped_limits_hold_and_say_so(council: Council) -> None:
    shipped = in_force(council)
    assert (shipped.limits, shipped.signed) == (SHIPPED, False)
    assert shipped.version.startswith("LIM-")
    assert shipped.policy_version == policy_version(shipped.version)
    propose(council, notice_view_limit=5)
    assert in_force(council) == shipped


def test_shipping_again_changes_nothing(council: Council) -> None:
    before = in_force(council)
    with council.database.transaction() as session:
        assert ship_limits(session, now=START).reference == before.version
    with council.database.reading() as session:
        assert session.exec(select(func.count()).select_from(Proposal)).one() == 1


def test_limits_are_in_force_from_the_second_signature_and_not_before(council: Council) -> None:
    shipped = in_force(council)
    proposal = propose(council, notice_view_limit=5, non_ripa=True)
    sign(council, proposal, council.sro, START + HOUR)
    assert in_force(council, START + 2 * HOUR) == shipped
    sign(council, proposal, council.legal, START + 3 * HOUR)
    assert in_force(council, START + 3 * HOUR - timedelta(microseconds=1)) == shipped
    signed = in_force(council, START + 3 * HOUR)
    assert (signed.version, signed.signed) == (proposal.reference, True)
    assert signed.limits == replace(SHIPPED, notice_view_limit=5, non_ripa=True)


def test_of_several_signed_sets_the_one_signed_last_holds_whichever_was_proposed_first(council: Council) -> None:
    first, second = propose(council, notice_view_limit=5), propose(council, notice_view_limit=7)
    for proposal, hour in ((second, 1), (first, 2)):
        sign(council, proposal, council.legal, START + hour * HOUR)
        sign(council, proposal, council.sro, START + hour * HOUR)
    assert in_force(council, START + HOUR).limits.notice_view_limit == 7
    assert in_force(council, START + 2 * HOUR).limits.notice_view_limit == 5


def test_before_the_tracker_was_set_up_the_shipped_limits_hold(council: Council) -> None:
    assert in_force(council, SETTLED - timedelta(days=900)).limits == SHIPPED


def test_a_database_without_limits_says_so(database: Database) -> None:
    with database.reading() as session, pytest.raises(NoRulebookError):
        limits_in_force(session, at=START)


def test_the_limits_of_an_old_decision_are_found_by_its_version(council: Council) -> None:
    shipped, proposal = in_force(council), propose(council, sitting_minutes=30)
    for signer in (council.legal, council.sro):
        sign(council, proposal, signer)
    with council.database.reading() as session:
        assert limits_of_version(session, shipped.version) == shipped
        assert limits_of_version(session, proposal.reference).limits.sitting_minutes == 30
        with pytest.raises(NoRulebookError):
            limits_of_version(session, "LIM-0000-0000")


@pytest.mark.parametrize(
    "values",
    [{"notice_view_limit": 11}, {"notice_view_limit": 0}, {"non_ripa": 1}, {"presence_search_days": "28"}, {"zz": 1}],
)
def test_a_value_out_of_range_or_unknown_is_refused_and_named(council: Council, values: dict[str, Any]) -> None:
    with pytest.raises(LimitsError, match=next(iter(values))):
        propose(council, **values)
    with council.database.reading() as session:
        assert [one for one in list_proposals(session) if not one.proposal.shipped] == []


def test_a_proposal_holds_every_value_even_those_not_named(council: Council) -> None:
    proposal = propose(council, notice_view_limit=5)
    assert set(proposal.settings) == set(Limits.__dataclass_fields__)


MAY_PROPOSE, MAY_SIGN = {"legal", "admin"}, {"legal", "sro"}
EVERYBODY = ("worker", "manager", "head", "duty", "legal", "officer", "sro", "auditor", "admin")


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_propose_and_sign_is_as_the_policy_says(council: Council, who: str) -> None:
    member, waiting = getattr(council, who), propose(council, sitting_minutes=45)
    if who in MAY_PROPOSE:
        assert propose(council, by=member).proposed_by == member.id
    else:
        with pytest.raises(NotAllowedError):
            propose(council, by=member)
    if who in MAY_SIGN:
        sign(council, waiting, member)
    else:
        for capacity in (None, *Capacity):
            with pytest.raises(NotAllowedError):
                sign(council, waiting, member, capacity=capacity)
    with council.database.reading() as session:
        signatures = session.exec(select(Signature.signed_by)).all()
    assert list(signatures) == ([member.id] if who in MAY_SIGN else [])


def test_nobody_signs_in_the_others_capacity(council: Council) -> None:
    proposal = propose(council)
    for member, capacity in ((council.legal, Capacity.SRO), (council.sro, Capacity.LEGAL)):
        with pytest.raises(NotAllowedError):
            sign(council, proposal, member, capacity=capacity)


def test_one_person_with_both_offices_gives_one_signature_only(council: Council) -> None:
    proposal = propose(council, sitting_minutes=50)
    both = replace(
        council.actor(council.sro), holdings=(Holding(Role.LEGAL_REVIEWER), Holding(Role.SENIOR_RESPONSIBLE_OFFICER))
    )
    with council.database.transaction() as session:
        sign_proposal(session, proposal.reference, by=both, now=START)
    for capacity in (None, Capacity.SRO, Capacity.LEGAL):
        with council.database.transaction() as session, pytest.raises(RulebookError):
            sign_proposal(session, proposal.reference, by=both, now=START, capacity=capacity)
    assert not in_force(council).signed


def test_a_deputy_does_not_give_the_other_signature_in_the_place_of_who_has_signed(council: Council) -> None:
    proposal = propose(council, sitting_minutes=50)
    sign(council, proposal, council.legal)
    worker = council.actor(council.worker)
    in_place_of = {
        name: replace(worker, holdings=(Holding(Role.SENIOR_RESPONSIBLE_OFFICER, covers=getattr(council, name).id),))
        for name in ("legal", "sro")
    }
    with council.database.transaction() as session, pytest.raises(RulebookError):
        sign_proposal(session, proposal.reference, by=in_place_of["legal"], now=START)
    assert not in_force(council).signed
    with council.database.transaction() as session:
        sign_proposal(session, proposal.reference, by=in_place_of["sro"], now=START)
    assert in_force(council).signed


def test_nobody_gives_the_other_signature_where_their_deputy_gave_the_first_in_their_place(council: Council) -> None:
    proposal, legal, worker = propose(council), council.actor(council.legal), council.actor(council.worker)
    cover = NewDeputy(legal.staff_id, worker.staff_id, START, START + HOUR, "Annual leave")
    both = replace(legal, holdings=(*legal.holdings, Holding(Role.SENIOR_RESPONSIBLE_OFFICER)))
    with council.database.transaction() as session:
        name_deputy(session, cover, by=legal, now=START)
        deputy = load_actor(session, staff_id=worker.staff_id, now=START)
        sign_proposal(session, proposal.reference, by=deputy, now=START)
        with pytest.raises(RulebookError):
            sign_proposal(session, proposal.reference, by=both, now=START, capacity=Capacity.SRO)
        sro = council.actor(council.sro)
        assert sign_proposal(session, proposal.reference, by=sro, now=START).in_effect_at is not None


def test_the_same_signature_twice_an_unknown_proposal_and_the_shipped_one_are_refused(council: Council) -> None:
    proposal, shipped = propose(council), in_force(council).version
    sign(council, proposal, council.legal)
    with pytest.raises(RulebookError):
        sign(council, proposal, council.legal)
    for reference in ("LIM-0000-0000", shipped):
        with council.database.transaction() as session, pytest.raises(RulebookError):
            sign_proposal(session, reference, by=council.actor(council.legal), now=START)


def test_every_step_is_an_event_with_its_values(council: Council) -> None:
    proposal = propose(council, sitting_minutes=20)
    sign(council, proposal, council.legal)
    sign(council, proposal, council.sro)

    def _events(session: Session) -> list[str]:
        about = AuditEntry.record == proposal.reference
        return list(session.exec(select(AuditEntry.event).where(about).order_by(AuditEntry.seq)))  # type: ignore[arg-type]

    with council.database.reading() as session:
        assert _events(session) == [Event.LIMITS_PROPOSED, Event.LIMITS_SIGNED, Event.LIMITS_SIGNED]
        proposed = session.exec(select(AuditEntry.text).where(AuditEntry.event == Event.LIMITS_PROPOSED)).one()
    assert '"sitting_minutes":20' in proposed
