"""Nobody confirms for Legal what they reported or granted themself, whomever they stand in for."""

from dataclasses import replace

import pytest

from tests.authorities.granting import new_order, report
from tests.consent.world import World
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.authorities.services import correct_court_order, record_order_seen
from tracker.policy.entitlement import Actor, Holding, Role

pytestmark = ONE_DATABASE


def with_legal(world: World, by: Actor, *, covers: bool) -> Actor:
    """The same member of staff, a legal reviewer too: themself, or in place of one."""
    covered = world.council.legal.id if covers else None
    return replace(by, holdings=(*by.holdings, Holding(Role.LEGAL_REVIEWER, covers=covered)))


@pytest.mark.parametrize("covers", [False, True])
def test_who_reported_an_order_does_not_say_that_its_sealed_copy_was_seen(world: World, covers: bool) -> None:
    order = report(world, world.kit)
    both = with_legal(world, world.by(world.council.worker), covers=covers)
    other = with_legal(world, world.by(world.council.worker2), covers=covers)
    with pytest.raises(NotAllowedError):
        world.write(
            lambda s: correct_court_order(
                s, order.reference, new_order(world.kit), apart_from=frozenset(), by=both, now=START
            )
        )
    with pytest.raises(NotAllowedError):
        world.write(lambda s: record_order_seen(s, order.reference, apart_from=frozenset(), by=both, now=START))
    world.write(lambda s: record_order_seen(s, order.reference, apart_from=frozenset(), by=other, now=START))


def test_a_deputy_of_a_lawyer_who_reported_an_order_does_not_see_it_for_them(world: World) -> None:
    lawyer = with_legal(world, world.by(world.council.worker), covers=False)
    order = report(world, world.kit)
    deputy = world.by(world.council.worker2)
    deputy = replace(deputy, holdings=(Holding(Role.LEGAL_REVIEWER, covers=lawyer.staff_id),))
    with pytest.raises(NotAllowedError):
        world.write(lambda s: record_order_seen(s, order.reference, apart_from=frozenset(), by=deputy, now=START))
