"""What the rules see of authorities: what had been recorded by then, naming everyone who is this person, and nobody else's."""

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.authorities.granting import (
    advise,
    allow_non_ripa,
    cancel,
    grant,
    grant_outside_ripa,
    hear,
    order,
    report,
    review,
    see,
)
from tests.authorities.happened import Happened
from tests.consent.world import World, keys
from tests.fixtures.council import ONE_DATABASE, START
from tracker.authorities.models import LegalAdvice, RipaAuthorisation
from tracker.authorities.selectors import (
    advice_as_facts,
    court_orders_as_facts,
    non_ripa_as_facts,
    ripa_as_facts,
)
from tracker.authorities.vocabulary import JpDecision
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.policy import facts
from tracker.policy.vocabulary import Account, Conclusion, Platform, Purpose

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


Seen = tuple[
    tuple[facts.Advice, ...],
    tuple[facts.RipaAuthorisation, ...],
    tuple[facts.NonRipaAuthorisation, ...],
    tuple[facts.CourtOrder, ...],
]


def seen(world: World, *people: Person, by: datetime = START) -> Seen:
    """All that the rules see of authorities about these people, recorded by then."""

    def _seen(session: Session) -> Seen:
        def key_of(person: int) -> str:
            return group_of(session, person).key

        members = keys(*people)
        return (
            advice_as_facts(session, members, recorded_by=by),
            ripa_as_facts(session, members, recorded_by=by, key_of=key_of),
            non_ripa_as_facts(session, members, recorded_by=by, key_of=key_of),
            court_orders_as_facts(session, members, recorded_by=by, key_of=key_of),
        )

    return world.read(_seen)


def ripa(world: World, *people: Person, by: datetime = START) -> facts.RipaAuthorisation:
    """The one RIPA authorisation that the rules see."""
    (only,) = seen(world, *people, by=by)[1]
    return only


def test_advice_is_seen_as_it_was_given(world: World) -> None:
    advise(world, world.kit)
    advise(
        world,
        world.rae,
        platforms=frozenset({Platform.X}),
        purposes=frozenset({Purpose.ASSESSMENT}),
        max_views=2,
        covers_confidential=True,
        until_on=date(2026, 12, 1),
    )
    advise(world, world.rae, conclusion=Conclusion.THRESHOLD_NOT_MET, now=START + HOUR)
    assert seen(world, world.rae, by=START + HOUR)[0] == (
        facts.Advice(
            Conclusion.NOT_DIRECTED_SURVEILLANCE,
            START,
            date(2026, 12, 1),
            frozenset({Platform.X}),
            frozenset({Purpose.ASSESSMENT}),
            max_views=2,
            covers_confidential=True,
        ),
        facts.Advice(
            Conclusion.THRESHOLD_NOT_MET, START + HOUR, None, None, None, max_views=1, covers_confidential=False
        ),
    )
    assert [one.conclusion for one in seen(world, world.rae)[0]] == [Conclusion.NOT_DIRECTED_SURVEILLANCE]


def test_a_grant_is_not_approved_until_a_justices_approval_is_recorded(world: World) -> None:
    granted = grant(world, world.rae, accounts=frozenset({Account.CORPORATE_REGISTERED}))
    grant(world, world.kit, urn="NSC/2026/002")
    fact = ripa(world, world.rae)
    assert (fact.urn, fact.granted_at, fact.approved_at) == ("NSC/2026/001", START, None)
    assert (fact.persons, fact.accounts) == (
        frozenset({world.rae.reference}),
        frozenset({Account.CORPORATE_REGISTERED}),
    )
    assert fact.next_review_on == date(2026, 12, 19)
    hear(world, granted, now=START + 3 * HOUR, heard_at=START + 2 * HOUR)
    assert ripa(world, world.rae, by=START + 3 * HOUR).approved_at == START + 2 * HOUR
    assert ripa(world, world.rae, by=START + 3 * HOUR - timedelta(microseconds=1)).approved_at is None


def test_what_a_justice_refused_is_not_approved(world: World) -> None:
    granted = grant(world, world.rae)
    hear(world, granted, JpDecision.REFUSED, now=START + HOUR)
    assert ripa(world, world.rae, by=START + DAY).approved_at is None
    hear(world, granted, now=START + DAY)
    assert ripa(world, world.rae, by=START + DAY).approved_at == START + DAY, "asked for again, and approved"


def test_what_was_quashed_is_no_longer_approved(world: World) -> None:
    granted = grant(world, world.rae)
    hear(world, granted, now=START + HOUR)
    hear(world, granted, JpDecision.QUASHED, now=START + DAY, heard_at=START + 2 * HOUR)
    assert ripa(world, world.rae, by=START + DAY - HOUR).approved_at == START + HOUR
    assert ripa(world, world.rae, by=START + DAY).approved_at is None


def test_a_courts_order_approves_no_grant_and_a_justices_approval_is_no_order(world: World) -> None:
    granted = grant(world, world.rae)
    order(world, world.rae)
    assert ripa(world, world.rae).approved_at is None
    hear(world, granted)
    orders = seen(world, world.rae)[3]
    assert len(orders) == 1
    hear_only = grant(world, world.kit, urn="NSC/2026/002")
    hear(world, hear_only)
    assert seen(world, world.kit)[3] == ()


def test_reviews_and_cancellations_are_seen_from_when_they_were_recorded(world: World) -> None:
    granted = grant(world, world.rae, next_review_on=date(2026, 11, 30))
    review(world, granted, now=START + 5 * DAY, at=START + 2 * DAY)
    cancel(world, granted, now=START + 9 * DAY, at=START + 4 * DAY)
    assert ripa(world, world.rae, by=START + 4 * DAY).next_review_on == date(2026, 11, 30)
    reviewed = ripa(world, world.rae, by=START + 5 * DAY)
    assert (reviewed.next_review_on, reviewed.cancelled_at) == (date(2026, 12, 21), None)
    assert ripa(world, world.rae, by=START + 9 * DAY).cancelled_at == START + 4 * DAY


def test_a_review_recorded_late_does_not_put_off_what_a_later_one_set(world: World) -> None:
    granted = grant(world, world.rae)
    review(world, granted, now=START + 6 * DAY, next_review_on=date(2026, 12, 2))
    review(world, granted, now=START + 7 * DAY, at=START + 3 * DAY)
    assert ripa(world, world.rae, by=START + 7 * DAY).next_review_on == date(2026, 12, 2)


def test_a_non_ripa_authorisation_is_seen_with_its_views_and_end(world: World) -> None:
    allow_non_ripa(world)
    granted = grant_outside_ripa(world, world.rae, world.kit, max_views=3, platforms=frozenset({Platform.TIKTOK}))
    grant_outside_ripa(world, world.lee)
    (fact,) = seen(world, world.rae)[2]
    assert fact == facts.NonRipaAuthorisation(
        reference=granted.reference,
        granted_at=START,
        until=date(2026, 12, 12),
        cancelled_at=None,
        next_review_on=date(2026, 12, 19),
        persons=frozenset({world.rae.reference, world.kit.reference}),
        platforms=frozenset({Platform.TIKTOK}),
        max_views=3,
    )
    cancel(world, granted, now=START + DAY)
    assert seen(world, world.kit, by=START + DAY)[2][0].cancelled_at == START + DAY


def test_an_order_is_only_reported_until_its_sealed_copy_was_seen(world: World) -> None:
    reported = report(world, world.rae, until_on=date(2027, 1, 1), purposes=frozenset({Purpose.COURT_DIRECTED}))
    order(world, world.kit)
    see(world, reported, now=START + DAY)
    (fact,) = seen(world, world.rae)[3]
    assert fact.reported_at == START
    assert (fact.from_, fact.until) == (date(2026, 11, 21), date(2027, 1, 1))
    assert fact.purposes == frozenset({Purpose.COURT_DIRECTED})
    (fact,) = seen(world, world.rae, by=START + DAY)[3]
    assert fact.reported_at is None
    assert seen(world, world.kit)[3][0].reported_at is None


def test_whoever_is_linked_to_somebody_named_is_named(world: World) -> None:
    granted = grant(world, world.rae)
    order(world, world.rae, world.kit)
    world.link(world.rae, world.ash)
    group = world.read(lambda session: group_of(session, keys(world.ash)[0]))
    members = [world.rae, world.ash]
    assert ripa(world, *members).persons == frozenset({group.key})
    assert seen(world, *members)[3][0].persons == frozenset({group.key, world.kit.reference})
    assert ripa(world, *members).urn == granted.urn
    assert seen(world, world.lee) == ((), (), (), ())


def test_what_was_struck_is_seen_until_it_was_struck(world: World) -> None:
    advice, granted = advise(world, world.rae), grant(world, world.rae)

    def _strike(session: Session) -> None:
        for table, record in ((LegalAdvice, advice), (RipaAuthorisation, granted)):
            row = session.get_one(table, record.id)
            row.struck_at, row.struck_by, row.struck_why = START + HOUR, world.council.legal.id, "Of somebody else"

    world.write(_strike)
    before, after = seen(world, world.rae), seen(world, world.rae, by=START + HOUR)
    assert (len(before[0]), len(before[1])) == (1, 1)
    assert (after[0], after[1]) == ((), ())


DOINGS = st.lists(
    st.tuples(
        st.sampled_from(
            ["advise", "grant", "approve", "refuse", "quash", "review", "cancel", "order", "report", "see"]
        ),
        st.integers(0, 20),
    ),
    min_size=4,
    max_size=10,
)


@ONE_DATABASE
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=DOINGS)
def test_what_had_been_recorded_by_a_moment_never_changes_afterwards(
    world: World, doings: list[tuple[str, int]]
) -> None:
    person, now = world.add("Zz Drawn", date(1980, 1, 1)), START
    happened = Happened(world, person)
    then = {}
    for what, hours_ago in doings:
        now += DAY
        happened.do(what, now - hours_ago * HOUR, now)
        then[now] = seen(world, person, by=now)
    for moment, what_was_seen in then.items():
        assert seen(world, person, by=moment) == what_was_seen
        assert seen(world, person, by=moment + HOUR) == what_was_seen
