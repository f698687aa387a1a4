"""Two who may consent for a child and disagree: a refusal stands until Legal settles it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.consent.saying import say
from tests.consent.world import World, keys
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.consent.disagreement import UNSETTLED, Said, find_disagreement
from tracker.consent.models import Consent
from tracker.consent.selectors import consents_as_facts, list_consents, list_standing_disagreements
from tracker.consent.services import settle_disagreement
from tracker.people.problems import ProblemError
from tracker.policy.agreement import without_agreement
from tracker.policy.entitlement import Holding, Role
from tracker.policy.facts import CheckFacts, read_facts
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, Platform, Purpose

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-facts.json"
HOUR = timedelta(hours=1)
YES, NO, TAKEN_BACK = ConsentStatus.GIVEN, ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN


def parent(world: World, name: str, status: ConsentStatus, *, hours: int = 0, **said: Any) -> Consent:
    """A parent of Kit says something, `hours` after the start; recorded then."""
    by = {"given_by": GivenBy.PARENTAL_RESPONSIBILITY, "giver_name": name, "competence": Competence.LACKS}
    at = START + hours * HOUR
    return say(world, world.kit, status=status, **{"at": at, "now": at, **by, **said})


def refusals(world: World) -> list[Consent]:
    """The refusals that stand until Legal settles them."""
    return list(world.read(lambda session: list_standing_disagreements(session, keys(world.kit))))


def test_a_yes_and_a_no_of_two_parents_record_a_refusal_at_the_same_instant(world: World) -> None:
    parent(world, "Pat Zzparent", YES)
    assert refusals(world) == []
    said = parent(world, "Alex Zzparent", NO, hours=2)
    (refusal,) = refusals(world)
    assert (refusal.status, refusal.given_by) == ("refused", "parental_responsibility")
    assert (refusal.at, refusal.recorded_at, refusal.until_on) == (said.at, said.at, None)
    assert refusal.person_id == world.kit.id


def test_a_no_and_then_a_yes_record_it_too_although_the_yes_is_later(world: World) -> None:
    parent(world, "Alex Zzparent", NO)
    yes = parent(world, "Pat Zzparent", YES, hours=1)
    (refusal,) = refusals(world)
    assert refusal.at == yes.at


def test_words_recorded_out_of_order_are_opposed_from_the_later_of_them(world: World) -> None:
    yes = parent(world, "Pat Zzparent", YES, hours=5)
    parent(world, "Alex Zzparent", NO, hours=6, at=START + 3 * HOUR)
    (refusal,) = refusals(world)
    assert refusal.at == yes.at
    assert refusal.recorded_at == START + 6 * HOUR


@pytest.mark.parametrize("no", [NO, TAKEN_BACK])
def test_one_parent_who_changes_their_mind_disagrees_with_nobody(world: World, no: ConsentStatus) -> None:
    parent(world, "Pat Zzparent", YES)
    parent(world, " pat  ZZPARENT ", no, hours=1)
    parent(world, "Pat Zzparent", YES, hours=2)
    assert refusals(world) == []


def test_two_parents_who_come_to_say_the_same_before_anything_is_recorded_do_not_disagree(world: World) -> None:
    parent(world, "Pat Zzparent", YES)
    parent(world, "Pat Zzparent", TAKEN_BACK, hours=1)
    parent(world, "Alex Zzparent", NO, hours=2)
    assert refusals(world) == []


def test_another_childs_parents_and_the_childs_own_words_disagree_with_nobody(world: World) -> None:
    other = world.add("Other Zzchild", date(2015, 1, 1))
    parent(world, "Pat Zzparent", YES)
    say(world, world.kit, status=NO)
    by: dict[str, Any] = {"given_by": GivenBy.PARENTAL_RESPONSIBILITY, "competence": Competence.LACKS}
    say(world, other, status=NO, giver_name="Alex Zzparent", **by)
    assert refusals(world) == []


def test_words_about_different_platforms_or_purposes_do_not_disagree(world: World) -> None:
    parent(world, "Pat Zzparent", YES, platforms=frozenset({Platform.X}))
    parent(world, "Alex Zzparent", NO, platforms=frozenset({Platform.TIKTOK}), hours=1)
    parent(
        world, "Alex Zzparent", NO, purposes=frozenset({Purpose.OTHER}), platforms=frozenset({Platform.DATING}), hours=2
    )
    assert refusals(world) == []
    parent(world, "Alex Zzparent", NO, platforms=frozenset({Platform.X, Platform.TIKTOK}), hours=3)
    (refusal,) = refusals(world)
    assert (refusal.platforms, refusal.purposes) == (["x"], None)


def test_a_consent_that_had_ended_when_the_other_said_no_is_no_disagreement(world: World) -> None:
    parent(world, "Pat Zzparent", YES, at=START - timedelta(days=30), until_on=date(2026, 11, 20))
    parent(world, "Alex Zzparent", NO, hours=1)
    assert refusals(world) == []
    parent(world, "Pat Zzparent", YES, hours=2)
    assert len(refusals(world)) == 1


def test_linked_records_are_one_child(world: World) -> None:
    same = world.add("Kit Zzexample", date(2014, 5, 1))
    parent(world, "Pat Zzparent", YES)
    world.link(world.kit, same)
    by: dict[str, Any] = {"given_by": GivenBy.PARENTAL_RESPONSIBILITY, "competence": Competence.LACKS}
    say(world, same, status=NO, giver_name="Alex Zzparent", at=START + HOUR, now=START + HOUR, **by)
    assert len(world.read(lambda session: list_standing_disagreements(session, keys(world.kit, same)))) == 1


def _child_on_x() -> CheckFacts:
    facts = json.loads(EXAMPLE.read_text())
    facts["request"].update(under_18=True, platforms=["x"], purpose="assessment")
    return read_facts({**facts, "consents": []})


def consent_stands(world: World, now: datetime) -> bool:
    """Whether the rules find consent for a look at Kit on X."""
    consents = world.read(lambda session: consents_as_facts(session, keys(world.kit), recorded_by=now))
    return not without_agreement(replace(_child_on_x(), now=now, consents=consents))


def test_no_later_yes_by_either_parent_outruns_it_until_legal_settles_it(world: World) -> None:
    council = world.council
    parent(world, "Pat Zzparent", YES)
    assert consent_stands(world, START)
    parent(world, "Alex Zzparent", NO, hours=1)
    for hours, name in ((2, "Pat Zzparent"), (3, "Alex Zzparent"), (4, "Pat Zzparent"), (5, "Third Zzguardian")):
        parent(world, name, YES, hours=hours)
        assert not consent_stands(world, START + hours * HOUR), name
    refusal, later = refusals(world)[0], START + 6 * HOUR
    settled = world.write(
        lambda s: settle_disagreement(
            s, refusal.reference, why="Both agree now, seen in writing", by=world.by(council.legal), now=later
        )
    )
    assert len(settled) == 5
    assert refusals(world) == []
    assert consent_stands(world, later)
    assert not consent_stands(world, later - timedelta(microseconds=1)), "what stood before is still what stood before"


def test_what_was_settled_is_not_opened_again_by_a_repeated_yes_but_by_a_new_no(world: World) -> None:
    parent(world, "Pat Zzparent", YES)
    parent(world, "Alex Zzparent", NO, hours=1)
    settle(world, refusals(world)[0], hours=2)
    parent(world, "Pat Zzparent", YES, hours=3)
    assert refusals(world) == []
    assert consent_stands(world, START + 3 * HOUR)
    parent(world, "Alex Zzparent", NO, hours=4)
    assert len(refusals(world)) == 1


def test_settling_one_disagreement_leaves_one_about_other_platforms(world: World) -> None:
    for platform in (Platform.X, Platform.TIKTOK):
        parent(world, "Pat Zzparent", YES, platforms=frozenset({platform}))
        parent(world, "Alex Zzparent", NO, platforms=frozenset({platform}), hours=1)
    on_x = next(one for one in refusals(world) if one.platforms == ["x"])
    settle(world, on_x, hours=2)
    assert [one.platforms for one in refusals(world)] == [["tiktok"]]
    parent(world, "Pat Zzparent", YES, platforms=frozenset({Platform.TIKTOK}), hours=3)
    assert [one.platforms for one in refusals(world)] == [["tiktok"], ["tiktok"]], "not settled with the other"


def test_a_no_about_what_was_never_settled_still_opposes_a_later_yes(world: World) -> None:
    parent(world, "Alex Zzparent", NO, platforms=frozenset({Platform.X, Platform.REDDIT}))
    parent(world, "Pat Zzparent", YES, platforms=frozenset({Platform.X}), hours=1)
    settle(world, refusals(world)[0], hours=2)
    parent(world, "Pat Zzparent", YES, platforms=frozenset({Platform.REDDIT, Platform.X}), hours=3)
    assert [one.platforms for one in refusals(world)] == [["reddit"]]


def settle(world: World, refusal: Consent, *, hours: int, why: str = "Settled") -> None:
    at = START + hours * HOUR
    legal = world.by(world.council.legal)
    world.write(lambda s: settle_disagreement(s, refusal.reference, why=why, by=legal, now=at))


@ONE_DATABASE
@pytest.mark.parametrize("who", ["worker", "manager", "worker2", "officer", "sro", "auditor", "admin", "duty"])
def test_only_legal_settles_it(world: World, who: str) -> None:
    parent(world, "Pat Zzparent", YES)
    parent(world, "Alex Zzparent", NO)
    (refusal,) = refusals(world)
    by = world.by(getattr(world.council, who))
    with pytest.raises(NotAllowedError):
        world.write(lambda s: settle_disagreement(s, refusal.reference, why="Mine", by=by, now=START))
    assert [one.reference for one in refusals(world)] == [refusal.reference]


@ONE_DATABASE
@pytest.mark.parametrize("covers", [None, "legal"])
def test_who_recorded_what_they_said_does_not_settle_it_whoever_they_stand_in_for(
    world: World, covers: str | None
) -> None:
    parent(world, "Pat Zzparent", YES)
    parent(world, "Alex Zzparent", NO)
    (refusal,) = refusals(world)
    worker = world.by(world.council.worker)
    legal = Holding(Role.LEGAL_REVIEWER, covers=world.council.legal.id if covers else None)
    both = replace(worker, holdings=(*worker.holdings, legal))
    with pytest.raises(NotAllowedError):
        world.write(lambda s: settle_disagreement(s, refusal.reference, why="Mine", by=both, now=START))
    settle(world, refusal, hours=1)
    assert refusals(world) == []


@ONE_DATABASE
def test_settling_needs_a_reason_and_a_disagreement_that_waits(world: World) -> None:
    parent(world, "Pat Zzparent", YES)
    no = parent(world, "Alex Zzparent", NO)
    (refusal,) = refusals(world)
    for chosen, why in ((refusal, "  "), (no, "A parent's own words are not struck")):
        with pytest.raises(ProblemError):
            settle(world, chosen, hours=1, why=why)
    settle(world, refusal, hours=1)
    with pytest.raises(ProblemError):
        settle(world, refusal, hours=2)
    assert len(world.read(lambda session: list_consents(session, keys(world.kit)))) == 3


# Pure -------------------------------------------------------------------------------------------------------------

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SCOPES = st.sampled_from([None, frozenset({Platform.X}), frozenset({Platform.X, Platform.TIKTOK})])
WORDS = st.builds(
    lambda giver, status, hour, platforms: Said(
        giver, status, NOON + hour * HOUR, NOON + hour * HOUR, None, platforms, None
    ),
    st.sampled_from(["pat", "alex", "sam", UNSETTLED]),
    st.sampled_from([YES, NO, TAKEN_BACK]),
    st.integers(0, 5),
    SCOPES,
)


@given(st.lists(WORDS, max_size=5).flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_the_order_in_which_words_are_listed_changes_nothing(pair: tuple[list[Said], list[Said]]) -> None:
    words, shuffled = pair
    assert [find_disagreement(words, (), about=one) for one in words] == [
        find_disagreement(shuffled, (), about=one) for one in words
    ]


@given(st.lists(WORDS, max_size=4), st.sampled_from(["pat", "alex"]))
def test_with_one_giver_alone_nobody_disagrees(words: list[Said], giver: str) -> None:
    alone = [replace(one, giver=giver) for one in words]
    assert all(find_disagreement(alone, (), about=one) is None for one in alone)
