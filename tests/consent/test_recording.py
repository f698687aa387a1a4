"""What was said and told is kept as it was said, by those who may, dated when it happened."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.consent.saying import new_consent, new_notice, say, tell
from tests.consent.world import World, keys
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.consent.models import Consent, Notice, Objection
from tracker.consent.requests import NewObjection
from tracker.consent.selectors import get_consent, list_consents, list_notices
from tracker.consent.services import record_consent, record_notice, record_objection
from tracker.people.problems import ProblemError
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, NoticeKind, Platform, Purpose
from tracker.rulebook.requests import NewLimits
from tracker.rulebook.services import propose_limits, sign_proposal
from tracker.staff.models import StaffMember

pytestmark = ONE_DATABASE


def test_a_consent_is_kept_as_it_was_said(world: World) -> None:
    made = say(
        world,
        world.rae,
        platforms=frozenset({Platform.X, Platform.FACEBOOK}),
        purposes=frozenset({Purpose.ASSESSMENT}),
        witness="Ola Zzwitness",
    )
    kept = world.read(lambda session: get_consent(session, made.reference))
    assert (kept.giver_name, kept.wording, kept.witness) == ("Rae Zzexample", "You may look, she said", "Ola Zzwitness")
    assert (kept.platforms, kept.purposes) == (["facebook", "x"], ["assessment"])
    assert (kept.person_id, kept.team_id) == (world.rae.id, world.council.north.id)
    assert (kept.recorded_at, kept.recorded_by) == (START, world.council.worker.id)
    assert not kept.disagreement


def test_a_consent_given_ends_after_the_months_that_the_council_set(world: World) -> None:
    assert say(world, world.rae).until_on == date(2027, 5, 21)
    council = world.council
    limits = NewLimits({"consent_default_months": 3, "notice_default_months": 12}, "Shorter for us")
    proposed = world.write(lambda session: propose_limits(session, limits, by=world.by(council.legal), now=START))
    for signer in (council.legal, council.sro):
        world.write(lambda s, by=signer: sign_proposal(s, proposed.reference, by=world.by(by), now=START))  # type: ignore[misc]
    assert say(world, world.rae, at=START - timedelta(days=1)).until_on == date(2027, 2, 20)
    assert tell(world, world.rae).until_on == date(2027, 11, 21)


@pytest.mark.parametrize("status", [ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN])
def test_a_no_has_no_end(world: World, status: ConsentStatus) -> None:
    assert say(world, world.rae, status=status).until_on is None
    with pytest.raises(ProblemError) as problem:
        new_consent(world, world.rae, status=status, until_on=date(2027, 1, 1))
    assert problem.value.field == "until_on"


def test_what_was_said_may_be_past_and_never_in_the_future(world: World) -> None:
    assert say(world, world.rae, at=START - timedelta(days=900)).at == START - timedelta(days=900)
    assert say(world, world.rae, at=START).at == START
    for doing in (say, tell):
        with pytest.raises(ProblemError) as problem:
            doing(world, world.rae, at=START + timedelta(seconds=1))
        assert problem.value.field == "at"


@pytest.mark.parametrize("field", ["wording", "competence_words", "language", "how_received"])
def test_what_must_be_written_cannot_be_empty(world: World, field: str) -> None:
    with pytest.raises(ProblemError) as problem:
        new_consent(world, world.rae, **{field: " \n"})
    assert problem.value.field == field


def test_whoever_speaks_for_somebody_else_is_named(world: World) -> None:
    with pytest.raises(ProblemError) as problem:
        new_consent(world, world.kit, given_by=GivenBy.PARENTAL_RESPONSIBILITY, giver_name=" ")
    assert problem.value.field == "giver_name"


def test_nobody_has_parental_responsibility_for_an_adult(world: World) -> None:
    parent: dict[str, Any] = {
        "given_by": GivenBy.PARENTAL_RESPONSIBILITY,
        "giver_name": "Pat Zzparent",
        "competence": Competence.LACKS,
    }
    assert say(world, world.kit, **parent)
    assert say(world, world.ash, **parent), "an age that is not known does not refuse it"
    with pytest.raises(ProblemError) as problem:
        say(world, world.rae, **parent)
    assert problem.value.field == "given_by"


def test_a_scope_cannot_be_limited_to_nothing(world: World) -> None:
    for field in ("platforms", "purposes"):
        with pytest.raises(ProblemError) as problem:
            new_consent(world, world.rae, **{field: frozenset()})
        assert problem.value.field == field


def test_an_end_before_the_beginning_is_refused(world: World) -> None:
    for new in (new_consent, new_notice):
        with pytest.raises(ProblemError) as problem:
            new(world, world.rae, until_on=date(2026, 11, 20))
        assert problem.value.field == "until_on"
        assert new(world, world.rae, until_on=date(2026, 11, 21))


@pytest.mark.parametrize("who", ["worker2", "manager2", "head", "duty", "legal", "officer", "sro", "auditor", "admin"])
def test_only_a_worker_of_an_involved_team_records_consent_or_notice(world: World, who: str) -> None:
    member: StaffMember = getattr(world.council, who)
    notice = tell(world, world.rae)
    before = world.read(
        lambda session: (list_consents(session, keys(world.rae)), list_notices(session, keys(world.rae)))
    )
    for team in (world.council.north, world.council.south):
        consent = replace(new_consent(world, world.rae), team=team.reference)
        told = replace(new_notice(world, world.rae), team=team.reference)
        with pytest.raises(NotAllowedError):
            world.write(lambda s, new=consent: record_consent(s, new, by=world.by(member), now=START))  # type: ignore[misc]
        with pytest.raises(NotAllowedError):
            world.write(lambda s, new=told: record_notice(s, new, by=world.by(member), now=START))  # type: ignore[misc]
    objection = NewObjection(notice.reference, START, "Stop")
    with pytest.raises(NotAllowedError):
        world.write(lambda s: record_objection(s, objection, by=world.by(member), now=START))
    after = world.read(
        lambda session: (list_consents(session, keys(world.rae)), list_notices(session, keys(world.rae)))
    )
    assert after == before


@pytest.mark.parametrize("who", ["worker", "colleague", "manager"])
def test_everybody_who_works_in_the_involved_team_may_record(world: World, who: str) -> None:
    member = getattr(world.council, who)
    assert say(world, world.rae, by=member).recorded_by == member.id


def test_a_restricted_record_takes_words_only_from_its_readers(world: World) -> None:
    world.restrict(world.rae)
    with pytest.raises(NotAllowedError):
        say(world, world.rae)
    assert say(world, world.rae, by=world.council.manager)


def test_an_objection_must_not_be_dated_before_its_notice(world: World) -> None:
    notice = tell(world, world.rae, at=START - timedelta(days=2))
    early = NewObjection(notice.reference, START - timedelta(days=3), "Stop")
    with pytest.raises(ProblemError) as problem:
        world.write(lambda s: record_objection(s, early, by=world.by(world.council.worker), now=START))
    assert problem.value.field == "at"
    late = NewObjection(notice.reference, START + timedelta(days=3), "Stop")
    with pytest.raises(ProblemError):
        world.write(lambda s: record_objection(s, late, by=world.by(world.council.worker), now=START))
    new = NewObjection(notice.reference, START - timedelta(days=2), " Stop ", " We will. ")
    made = world.write(lambda s: record_objection(s, new, by=world.by(world.council.worker), now=START))
    assert isinstance(made, Objection)
    assert (made.wording, made.reply, made.notice_id) == ("Stop", "We will.", notice.id)


def test_another_teams_words_are_listed_with_the_persons_own_and_nobody_elses(world: World) -> None:
    mine, other = say(world, world.rae), say(world, world.lee, by=world.council.worker2)
    first, second = (
        tell(world, world.rae, at=START - timedelta(days=3)),
        tell(world, world.rae, kind=NoticeKind.GENERAL),
    )
    tell(world, world.kit)

    def _listed(session: Session) -> tuple[tuple[Consent, ...], tuple[Notice, ...]]:
        return list_consents(session, keys(world.rae)), list_notices(session, keys(world.rae))

    consents, notices = world.read(_listed)
    assert [one.reference for one in consents] == [mine.reference]
    assert [one.reference for one in notices] == [second.reference, first.reference]
    assert other.reference not in {one.reference for one in consents}
