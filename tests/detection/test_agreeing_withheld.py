"""Of two records that agree one is restricted or sealed: it bars a look all the same, and nothing of it is told."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from tests.detection.agreeing import OTHER_BIRTH, added, by_adding, facts_for
from tests.detection.finding import DAY, MINUTE
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor
from tests.people.making import restrict
from tests.review.sealing import sealed
from tracker.people.doubts import Doubt, find_doubt, list_in_doubt, pair_of
from tracker.people.models import (
    AgreeingRecords,
    Person,
    SealedCounterpart,
)
from tracker.people.requests import (
    AnsweredCounterpart,
    Details,
    UnsealedPerson,
)
from tracker.people.selectors import get_person
from tracker.policy.vocabulary import Outcome
from tracker.review.services import end_counterpart, unseal_person
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


def unseal(casework: Casework, person: Person, *, now: datetime) -> None:
    with casework.transaction() as session:
        version = get_person(session, person.reference).version
        unsealed = UnsealedPerson(person=person.reference, version=version, why="No need any more")
        unseal_person(session, unsealed, by=casework.legal, now=now)


def find_doubt_at(session: Session, one: Person, other: Person, at: datetime) -> Doubt | None:
    pair = pair_of(saved_key(one), saved_key(other))
    return next((doubt for doubt in list_in_doubt(session, pair, at=at) if doubt.pair == pair), None)


def test_danger_is_asked_about_where_a_restricted_record_agrees(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit = casework.person("Kit")
    casework.ask(kit)
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, kit.reference))
    copy = by_adding(casework, kit)
    clock.set(START + DAY)
    page = client_for(casework.council.worker2).get(f"/people/{copy.reference}/danger")
    assert page.status == 200
    assert kit.reference not in page.text
    assert casework.outcome(casework.danger(copy, by=casework.worker2, now=START + DAY)) is Outcome.PERMITTED


def test_from_a_sealed_record_nothing_of_the_other_is_told(casework: Casework) -> None:
    kit = casework.person("Kit")
    copy = by_adding(casework, kit)
    casework.ask(copy, by=casework.worker2)
    assert len(facts_for(casework, kit, at=START + MINUTE).views) == 1
    sealed(casework, kit, now=START + MINUTE)
    assert facts_for(casework, kit, at=START + DAY).views == ()


def test_a_restricted_record_stops_a_look_and_the_page_says_whom_to_ask_and_nothing_else(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit = casework.person("Kit")
    casework.ask(kit)
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, kit.reference))
    copy = by_adding(casework, kit)
    check = casework.ask(copy, by=casework.worker2, now=START + MINUTE)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    clock.set(START + DAY)
    visitor = client_for(casework.council.worker2)
    page = visitor.get(f"/checks/{check.reference}")
    assert "A restricted record may be the same person" in page.text
    assert "Ask Zzgatekeeper" in page.text
    assert "Only Legal can release" not in page.text
    assert kit.reference not in page.text


def test_no_page_tells_whether_a_guess_at_a_restricted_record_is_right(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit = casework.person("Kit")
    casework.ask(kit)
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, kit.reference))
    guesses = [added(casework, Details(name=kit.name, date_of_birth=born)) for born in (kit.date_of_birth, OTHER_BIRTH)]
    clock.set(START + DAY)
    visitor = client_for(casework.council.worker2)
    shown = [visitor.get(f"/people/{one.reference}").text.replace(one.reference, "PER") for one in guesses]
    stands = [text[text.index("Where this person stands") : text.index("counted here")] for text in shown]
    assert stands[0] == stands[1]
    assert all("What is recorded there" not in text for text in shown)


def test_since_when_a_permit_is_dead_does_not_tell_when_a_restricted_record_was_looked_at(casework: Casework) -> None:
    kit = casework.person()
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, kit.reference), casework.council.worker)
    copy = by_adding(casework, kit)
    permit = casework.ask(copy, by=casework.worker2, now=START + MINUTE)
    assert casework.outcome(permit) is Outcome.PERMITTED
    casework.danger(kit, now=START + 30 * MINUTE)
    asked_at = START + timedelta(hours=2)
    dead = casework.liveness(permit, now=asked_at)
    assert (dead.live, dead.since) == (False, asked_at)


def test_sealing_one_of_them_gives_nothing_back_and_becomes_legals(casework: Casework) -> None:
    kit = casework.person()
    casework.ask(kit, now=START - 11 * DAY)
    copy = by_adding(casework, kit)
    sealed(casework, kit, now=START + 2 * MINUTE)
    check = casework.ask(copy, by=casework.worker2, now=START + DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    with casework.database.reading() as session:
        (kept,) = session.exec(select(SealedCounterpart)).all()
        assert {kept.person_id, kept.other_id} == {kit.id, copy.id}
    unseal(casework, kit, now=START + 2 * DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is not None


def test_a_record_linked_with_a_sealed_one_still_counts(casework: Casework) -> None:
    kit = casework.person()
    second = added(casework, Details(name="Somebody Zzelse", date_of_birth=OTHER_BIRTH))
    casework.link(kit, second)
    casework.ask(second, now=START, by=casework.worker2)
    copy = by_adding(casework, kit)
    sealed(casework, second, now=START + 2 * MINUTE)
    check = casework.ask(copy, by=casework.worker2, now=START + DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE


def test_what_legal_has_answered_stays_answered_when_the_seal_ends(casework: Casework) -> None:
    kit = casework.person()
    copy = by_adding(casework, kit)
    sealed(casework, kit, now=START)
    with casework.transaction() as session:
        (kept,) = session.exec(select(SealedCounterpart)).all()
        ended = AnsweredCounterpart(counterpart=kept.reference, why="They were born in two places")
        end_counterpart(session, ended, by=casework.legal, now=START + MINUTE)
    unseal(casework, kit, now=START + DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is None
        assert find_doubt_at(session, kit, copy, START) is not None, "by then nobody had answered"


def test_records_that_came_to_agree_while_one_was_sealed_agree_once_it_is_not(casework: Casework) -> None:
    kit = casework.person()
    sealed(casework, kit, now=START)
    copy = by_adding(casework, kit)
    with casework.database.reading() as session:
        assert not session.exec(select(AgreeingRecords)).all()
    unseal(casework, kit, now=START + DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is not None


def test_a_link_that_went_because_one_was_sealed_is_no_word_that_they_are_two(casework: Casework) -> None:
    kit = casework.person()
    copy = by_adding(casework, kit)
    casework.link(kit, copy)
    sealed(casework, kit, now=START + MINUTE)
    unseal(casework, kit, now=START + DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is not None
