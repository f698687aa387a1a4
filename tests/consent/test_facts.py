"""What the rules see of consent and notice: what had been recorded by then, of everyone who is this person, of nobody else."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.consent.saying import object_to, say, tell
from tests.consent.world import World, keys
from tests.fixtures.council import ONE_DATABASE, START
from tracker.consent.models import Consent, Notice
from tracker.consent.selectors import consents_as_facts, list_notices, notices_as_facts
from tracker.people.models import Person
from tracker.policy import facts
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, NoticeKind, Platform, Purpose

HOUR = timedelta(hours=1)


def consents(world: World, *people: Person, by: datetime = START) -> tuple[facts.Consent, ...]:
    return world.read(lambda session: consents_as_facts(session, keys(*people), recorded_by=by))


def notices(world: World, *people: Person, by: datetime = START) -> tuple[facts.Notice, ...]:
    return world.read(lambda session: notices_as_facts(session, keys(*people), recorded_by=by))


def strike(world: World, record: Consent | Notice, at: datetime) -> None:
    """Strikes a row, as the service for it will."""

    def _strike(session: Session) -> None:
        row = session.get_one(type(record), record.id)
        row.struck_at, row.struck_by, row.struck_why = at, world.council.manager.id, "Of somebody else"

    world.write(_strike)


def test_a_consent_is_seen_as_it_was_said(world: World) -> None:
    say(world, world.kit, given_by=GivenBy.PARENTAL_RESPONSIBILITY, giver_name="Pat", competence=Competence.LACKS)
    say(
        world,
        world.rae,
        at=START - 2 * HOUR,
        until_on=date(2026, 12, 1),
        platforms=frozenset({Platform.X}),
        purposes=frozenset({Purpose.ASSESSMENT, Purpose.OTHER}),
    )
    say(world, world.rae, status=ConsentStatus.WITHDRAWN, at=START - HOUR)
    assert consents(world, world.rae) == (
        facts.Consent(
            status=ConsentStatus.GIVEN,
            at=START - 2 * HOUR,
            until=date(2026, 12, 1),
            platforms=frozenset({Platform.X}),
            purposes=frozenset({Purpose.ASSESSMENT, Purpose.OTHER}),
            given_by=GivenBy.SELF,
            competence=Competence.HAS,
        ),
        facts.Consent(ConsentStatus.WITHDRAWN, START - HOUR, None, None, None, GivenBy.SELF, Competence.HAS),
    )


def test_what_any_linked_record_holds_is_this_persons_and_nobody_elses_is(world: World) -> None:
    say(world, world.rae, at=START - 3 * HOUR)
    say(world, world.lee, by=world.council.worker2, status=ConsentStatus.REFUSED, at=START - HOUR)
    tell(world, world.kit)
    assert [one.status for one in consents(world, world.rae, world.lee)] == [ConsentStatus.GIVEN, ConsentStatus.REFUSED]
    assert [one.status for one in consents(world, world.lee)] == [ConsentStatus.REFUSED]
    assert consents(world, world.ash) == ()
    assert notices(world, world.rae, world.lee) == ()


def test_what_was_recorded_later_is_not_seen_however_early_it_happened(world: World) -> None:
    say(world, world.rae, at=START - 9 * HOUR, now=START)
    tell(world, world.rae, at=START - 9 * HOUR, now=START)
    before = START - timedelta(microseconds=1)
    assert (consents(world, world.rae, by=before), notices(world, world.rae, by=before)) == ((), ())
    assert (len(consents(world, world.rae)), len(notices(world, world.rae))) == (1, 1)


def test_what_was_struck_is_seen_until_it_was_struck(world: World) -> None:
    said, told = say(world, world.rae), tell(world, world.rae)
    kept = tell(world, world.rae, kind=NoticeKind.GENERAL)
    strike(world, said, START + HOUR)
    strike(world, told, START + HOUR)
    just_before = START + HOUR - timedelta(microseconds=1)
    assert len(consents(world, world.rae, by=just_before)) == 1
    assert len(notices(world, world.rae, by=just_before)) == 2
    assert consents(world, world.rae, by=START + HOUR) == ()
    assert [one.kind for one in notices(world, world.rae, by=START + HOUR)] == [NoticeKind(kept.kind)]


def test_an_objection_is_a_general_notice_of_its_own_dated_when_they_objected(world: World) -> None:
    told = tell(world, world.rae, at=START - 5 * HOUR, platforms=frozenset({Platform.X}), until_on=date(2027, 1, 1))
    tell(world, world.kit, at=START - 4 * HOUR)
    object_to(world, told, at=START - HOUR)
    specific, objection = notices(world, world.rae)
    assert (specific.kind, specific.at, specific.objected) == (NoticeKind.SPECIFIC, START - 5 * HOUR, False)
    assert objection == facts.Notice(
        NoticeKind.GENERAL, START - HOUR, date(2027, 1, 1), frozenset({Platform.X}), None, objected=True
    )
    assert [one.objected for one in notices(world, world.kit)] == [False]


def test_an_objection_outlives_the_striking_of_its_notice(world: World) -> None:
    told = tell(world, world.rae)
    object_to(world, told, at=START)
    strike(world, told, START + HOUR)
    assert [one.objected for one in notices(world, world.rae, by=START + 2 * HOUR)] == [True]


SAYINGS = st.tuples(
    st.sampled_from(["given", "refused", "withdrawn", "parent", "other parent", "notice", "objection", "strike"]),
    st.integers(0, 500),
    st.sampled_from([None, frozenset({Platform.X}), frozenset({Platform.X, Platform.TIKTOK})]),
)


@ONE_DATABASE
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sayings=st.lists(SAYINGS, min_size=3, max_size=8))
def test_what_had_been_recorded_by_a_moment_never_changes_afterwards(
    world: World, sayings: list[tuple[str, int, frozenset[Platform] | None]]
) -> None:
    child = world.add("Kit Zzexample", date(2014, 5, 1))
    now, seen = START, dict[datetime, tuple[tuple[facts.Consent, ...], tuple[facts.Notice, ...]]]()
    for what, hours_ago, platforms in sayings:
        now += HOUR
        _record(world, child, what, at=now - hours_ago * HOUR, platforms=platforms, now=now)
        seen[now] = (consents(world, child, by=now), notices(world, child, by=now))
    for moment, then in seen.items():
        assert (consents(world, child, by=moment), notices(world, child, by=moment)) == then
        between = moment + HOUR / 2
        assert (consents(world, child, by=between), notices(world, child, by=between)) == then


def _record(
    world: World, child: Person, what: str, *, at: datetime, platforms: frozenset[Platform] | None, now: datetime
) -> None:
    told = world.read(lambda s: _latest_notice(s, child))
    if what in ("given", "refused", "withdrawn"):
        say(world, child, status=ConsentStatus(what), at=at, platforms=platforms, now=now)
    elif what.endswith("parent"):
        status = ConsentStatus.GIVEN if what == "parent" else ConsentStatus.REFUSED
        parent: dict[str, Any] = {
            "given_by": GivenBy.PARENTAL_RESPONSIBILITY,
            "giver_name": what,
            "competence": Competence.LACKS,
        }
        say(world, child, status=status, at=at, platforms=platforms, now=now, **parent)
    elif what == "notice" or told is None:
        tell(world, child, at=at, platforms=platforms, now=now)
    elif what == "objection":
        object_to(world, told, at=max(at, told.at), now=now)
    else:
        strike(world, told, now)


def _latest_notice(session: Session, child: Person) -> Notice | None:
    found = list_notices(session, keys(child))
    return found[0] if found and found[0].struck_at is None else None
