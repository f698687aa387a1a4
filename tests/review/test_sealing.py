"""Nothing crosses a sealed record: no link, no group, no network; and a count only as "ask Legal"."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.review.sealing import EARLIER, WHY, same_as, sealed, two_sides, weighed
from tracker.checks.errors import SealedError
from tracker.checks.replay import replay
from tracker.checks.services import ask_again
from tracker.decisions.crossing import ASK_LEGAL
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check, latest_decision, list_person_decisions
from tracker.detection.services import add_family_link, link_records, tell_apart
from tracker.people.groups import group_of, members_of
from tracker.people.models import SealedCounterpart
from tracker.people.networks import network_of
from tracker.people.problems import ProblemError
from tracker.people.requests import (
    LiftedRestriction,
    LinkedRecords,
    NewFamilyLink,
    RecordsToldApart,
    RestrictedPerson,
    UnsealedPerson,
)
from tracker.people.selectors import get_person, list_family, list_same_person_links
from tracker.people.services import lift_restriction, restrict_person, search_people
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import ConsentStatus, Outcome, Visibility
from tracker.referrals.models import Hold, Referral
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.review.services import unseal_person
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE
HOUR = timedelta(hours=1)


@contextmanager
def problem(words: str) -> Iterator[None]:
    """What is refused says this."""
    with pytest.raises(ProblemError) as refused:
        yield
    assert words in refused.value.message


def facts_of(session: Session, check: Check) -> dict[str, object]:
    return dict(list_person_decisions(session, latest_decision(session, check))[0].facts)


def case_of(work: Casework, check: Check) -> Referral:
    with work.database.reading() as session:
        return session.exec(select(Referral).where(Referral.check_id == check.id)).one()


def test_the_other_side_blocks_with_ask_legal_and_tells_nothing_else(casework: Casework) -> None:
    """A look at the old record; then north asks about the new one. The control is the same without the tie."""
    old, new, _ = two_sides(casework)
    alone = sealed(casework, casework.person("Alone"), casework.worker)
    casework.ask(old, by=casework.worker2, now=START - HOUR)
    check, control = casework.ask(new), casework.ask(alone)
    assert casework.outcome(control) is Outcome.PERMITTED
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    with casework.database.reading() as session:
        facts = facts_of(session, check)
        answer = list_person_decisions(session, latest_decision(session, check))[0].answer
        assert facts["views"] == []
        assert facts["holds"] == [{"pattern": ASK_LEGAL, "at": facts["now"], "released_at": None}]
        assert answer["views_counted"] == 0
        assert old.reference not in str((facts, answer))
        assert replay(session).differs is None
        assert session.exec(select(Hold)).all() == []
    case = case_of(casework, check)
    assert (case.kind, case.place) == (ReferralKind.BLOCKED_CHECK, ReferralPlace.LEGAL)


def test_it_is_so_from_the_side_that_is_not_sealed_too_and_a_permit_counts_from_its_issue(casework: Casework) -> None:
    old, new, _ = two_sides(casework)
    first = casework.ask(new)
    assert casework.outcome(first) is Outcome.PERMITTED
    second = casework.ask(old, by=casework.worker2, now=START + HOUR)
    assert casework.outcome(second) is Outcome.BLOCKED_LEGAL_ADVICE
    assert casework.liveness(first, now=START + 2 * HOUR).live  # what was blocked there is no look


def test_what_legal_has_weighed_stops_nothing_until_more_is_recorded(casework: Casework) -> None:
    old, new, tie = two_sides(casework)
    casework.ask(old, by=casework.worker2, now=START - HOUR)
    check = casework.ask(new)
    weighed(casework, tie, now=START + HOUR)
    with casework.transaction() as session:
        ask_again(session, get_check(session, check.reference), by=casework.worker, now=START + 2 * HOUR)
    assert casework.outcome(check) is Outcome.PERMITTED
    later = casework.ask(old, by=casework.worker2, now=START + 3 * HOUR)
    assert casework.outcome(later) is Outcome.BLOCKED_LEGAL_ADVICE


@pytest.mark.parametrize("said", ["refusal", "hold"])
def test_a_no_a_hold_or_consent_taken_back_on_the_other_side_asks_legal(casework: Casework, said: str) -> None:
    old, new, _ = two_sides(casework)
    if said == "refusal":
        casework.consent(new, now=START - 2 * HOUR)
        casework.consent(old, ConsentStatus.REFUSED, now=START - HOUR)
    else:
        casework.hold(old, now=START - HOUR)
    check = casework.ask(new)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE


def test_consent_on_the_other_side_permits_nothing_here(casework: Casework) -> None:
    old, new, _ = two_sides(casework)
    casework.consent(old, now=START - HOUR)
    casework.ask(new)
    again = casework.ask(new, now=START + HOUR)
    assert casework.outcome(again) is Outcome.BLOCKED_LEGAL_ADVICE


def test_danger_goes_ahead_and_legal_hears_of_it_alone(casework: Casework) -> None:
    old, new, _ = two_sides(casework)
    casework.danger(old, by=casework.worker2, now=START - HOUR)
    check = casework.danger(new)
    assert casework.outcome(check) is Outcome.PERMITTED
    with casework.database.reading() as session:
        case = session.exec(select(Referral).where(Referral.kind == ReferralKind.SEALED)).one()
        assert (case.place, case.check_id) == (ReferralPlace.LEGAL, None)


def test_a_permit_dies_by_what_is_said_on_the_other_side_and_since_when_is_not_told(casework: Casework) -> None:
    old, new, _ = two_sides(casework)
    check = casework.ask(new)
    casework.hold(old, now=START + HOUR)
    assert casework.liveness(check, now=START + HOUR / 2).live
    asked = START + 2 * HOUR
    dead = casework.liveness(check, now=asked)
    assert (dead.live, dead.since) == (False, asked)
    assert "Ask Legal" in " ".join(dead.why)


def test_sealing_undoes_the_links_and_what_was_counted_is_counted_still_as_ask_legal(casework: Casework) -> None:
    old, new = casework.person("Old"), casework.person("New")
    casework.link(old, new, now=EARLIER)
    casework.ask(old, by=casework.worker2, now=START - HOUR)
    sealed(casework, new, casework.worker, now=START - HOUR / 2)
    keys = [saved_key(old), saved_key(new)]
    with casework.database.reading() as session:
        assert members_of(session, keys) == {key: (key,) for key in keys}
        assert group_of(session, keys[0], at=START - HOUR).members == (keys[0],)
        assert list_same_person_links(session, keys) == []
        assert session.exec(select(SealedCounterpart)).one().ended_at is None
    assert casework.outcome(casework.ask(new)) is Outcome.BLOCKED_LEGAL_ADVICE


def test_nobody_links_a_sealed_record_and_its_family_is_shown_to_nobody(casework: Casework) -> None:
    mother, child = casework.person("Mother"), casework.person("Child")
    told = NewFamilyLink(person=child.reference, other=mother.reference, kind=FamilyLinkKind.PARENT)
    with casework.transaction() as session:
        add_family_link(session, told, by=casework.worker, now=EARLIER)
    sealed(casework, child, casework.worker)
    attempts = (
        lambda session: link_records(
            session,
            LinkedRecords(person=child.reference, other=mother.reference, why=WHY),
            by=casework.worker,
            now=START,
        ),
        lambda session: tell_apart(
            session,
            RecordsToldApart(person=child.reference, other=mother.reference, why=None),
            by=casework.worker,
            now=START,
        ),
        lambda session: add_family_link(
            session,
            NewFamilyLink(person=mother.reference, other=child.reference, kind=FamilyLinkKind.SIBLING),
            by=casework.worker,
            now=START,
        ),
    )
    for attempt in attempts:
        with problem("Ask Legal"), casework.transaction() as session:
            attempt(session)
    for one in (mother, child):
        with casework.database.reading() as session:
            assert network_of(session, [saved_key(one)])[saved_key(one)] == (saved_key(one),)
            for reader in (casework.worker, casework.manager, casework.legal, casework.sro):
                assert list_family(session, [saved_key(one)], by=reader, on=START.date()) == []


def test_a_manager_neither_lifts_nor_changes_who_reads_a_sealed_record_and_legal_unseals_it(casework: Casework) -> None:
    person = sealed(casework, casework.person("Kit"), casework.worker)
    restricted = RestrictedPerson(
        person=person.reference, version=2, ask_whom="me", readers=(casework.manager.reference,), why=WHY
    )
    lifted = LiftedRestriction(person=person.reference, version=2, why=WHY)
    with problem("ask Legal"), casework.transaction() as session:
        restrict_person(session, restricted, by=casework.manager, now=START)
    with problem("ask Legal"), casework.transaction() as session:
        lift_restriction(session, lifted, by=casework.manager, now=START)
    unsealed = UnsealedPerson(person=person.reference, version=2, why=WHY)
    with casework.transaction() as session:
        unseal_person(session, unsealed, by=casework.legal, now=START)
    with casework.transaction() as session:
        row = get_person(session, person.reference)
        assert (row.sealed, row.restricted) == (False, True)
        lift_restriction(
            session, LiftedRestriction(person=row.reference, version=3, why=WHY), by=casework.manager, now=START
        )


def test_a_search_tells_who_may_not_read_only_to_ask_legal(casework: Casework) -> None:
    person = sealed(casework, casework.person("Kit"), casework.worker)
    name = person.name or ""
    searched = {who: _search(casework, name, who) for who in ("worker", "colleague", "worker2", "duty", "legal", "sro")}
    assert {who for who, (found, _) in searched.items() if found} == {"worker", "legal", "sro"}
    assert {ask for found, ask in searched.values() if not found} == {("Legal before you look",)}
    assert _search(casework, name[:-1], "worker2") == ([], ())  # a guess tells nothing


def _search(work: Casework, words: str, who: str) -> tuple[list[str], tuple[str, ...]]:
    with work.transaction() as session:
        found = search_people(session, words, by=getattr(work, who), now=START)
    return [one.person.reference for one in found.people], found.ask_whom


def test_two_records_of_which_none_is_sealed_are_linked_and_not_kept_for_legal(casework: Casework) -> None:
    one, other = casework.person("One"), casework.person("Other")
    with problem("sealed"):
        same_as(casework, one, other)
    assert _count(casework) == 0


def _count(work: Casework) -> int:
    with work.database.reading() as session:
        return len(session.exec(select(SealedCounterpart)).all())


def test_looks_split_over_a_sealed_record_are_found_and_only_legal_is_told(casework: Casework) -> None:
    """The control is the same looks over two records that are nobody's counterpart."""
    old, new, _ = two_sides(casework)
    strangers = casework.person("Stranger"), casework.person("Other")
    for people in ((old, new), strangers):
        for place in range(2):
            at = START - timedelta(days=4) + place * HOUR * 3
            by = casework.worker2 if place % 2 == 0 else casework.worker
            casework.late(people[place % 2], at, by=by, now=at + HOUR)
    with casework.database.reading() as session:
        cases = session.exec(select(Referral).where(Referral.kind == ReferralKind.SEALED)).all()
        assert len(cases) == 1
        assert session.exec(select(Hold)).all() == []
        plain = session.exec(select(Referral).where(col(Referral.kind) == ReferralKind.PATTERN)).all()
        assert plain == []


def test_a_check_and_a_report_are_about_a_sealed_record_and_nobody_else(casework: Casework) -> None:
    person, other = sealed(casework, casework.person("Kit"), casework.worker), casework.person("Noise")
    with pytest.raises(SealedError):
        casework.ask(person, also_about=(other.reference,))
    check = casework.ask(person)
    with pytest.raises(SealedError):
        casework.report(
            check,
            opened_at=START,
            now=START + HOUR / 4,
            found=False,
            visibility_found=Visibility.OPEN,
            also_seen=(("parent", other.reference),),
        )
