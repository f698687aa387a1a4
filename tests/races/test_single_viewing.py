"""Many asking for one person's single viewing at the same moment: one gets it, nobody fails, and no link lets another through."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, func, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONLY_POSTGRES, START
from tests.fixtures.settling import sign_up
from tests.review.sealing import two_sides
from tracker.audit.chain import verify
from tracker.checks.services import submit_check
from tracker.decisions.models import Check
from tracker.decisions.selectors import latest_decision, liveness_of
from tracker.detection.ledger import Entry, Whose, list_entries
from tracker.detection.services import link_records
from tracker.drafts.services import once
from tracker.people.models import Person
from tracker.people.requests import LinkedRecords
from tracker.policy.entitlement import Actor, Role
from tracker.policy.vocabulary import Outcome
from tracker.referrals.models import Hold
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look

WORKERS = 8
ROUNDS = 10
FEW_ROUNDS = 4
SECOND = timedelta(seconds=1)

Job = Callable[[], object]


@pytest.fixture
def workers(casework: Casework) -> list[Actor]:
    """Eight workers, in two teams."""
    teams = [casework.council.north, casework.council.south]
    with casework.transaction() as session:
        members = [
            sign_up(session, f"Wes Zzracer{place}", Role.SOCIAL_WORKER, team_id=saved_key(teams[place % 2]))
            for place in range(WORKERS)
        ]
    return [casework.council.actor(member) for member in members]


def together(jobs: list[Job]) -> None:
    """Runs the jobs in threads that begin at one moment; raises what any of them raised."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Job) -> object:
        barrier.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(run, job) for job in jobs]:
            done.result()


def asking(casework: Casework, person: Person, by: Actor, now: datetime, *, also_about: tuple[str, ...] = ()) -> Job:
    team = casework.council.north if by.works_in(saved_key(casework.council.north)) else casework.council.south
    new = casework.new(person, by=by, team=team.reference, also_about=also_about)

    def ask() -> None:
        with casework.transaction() as session:
            submit_check(session, new, by=by, now=now)

    return ask


def outcomes(casework: Casework, *people: Person) -> list[Outcome]:
    keys = [saved_key(person) for person in people]
    with casework.database.reading() as session:
        checks = session.exec(select(Check).where(Check.person_id.in_(keys))).all()  # type: ignore[attr-defined]
        return [Outcome(latest_decision(session, check).outcome) for check in checks]


def one_round(casework: Casework, workers: list[Actor], number: int) -> Counter[Outcome]:
    """All ask at once, each with the time of their own request: none knows who will come to the locks first."""
    person, moment = casework.person(), START + number * SECOND
    together(
        [asking(casework, person, by, moment + place * timedelta(milliseconds=3)) for place, by in enumerate(workers)]
    )
    return Counter(outcomes(casework, person))


def permits(casework: Casework) -> int:
    with casework.database.reading() as session:
        return session.exec(select(func.count()).select_from(Look)).one()


def test_exactly_one_gets_the_single_viewing_and_nobody_fails(casework: Casework, workers: list[Actor]) -> None:
    """By the services themselves, the times of their requests out of order; fifty rounds of it: `test_through_http.py`."""
    rounds = [one_round(casework, workers, number) for number in range(FEW_ROUNDS)]
    assert rounds == [{Outcome.PERMITTED: 1, Outcome.BLOCKED_LEGAL_ADVICE: WORKERS - 1}] * FEW_ROUNDS
    assert permits(casework) == FEW_ROUNDS
    with casework.database.reading() as session:
        assert verify(session).holds


@ONLY_POSTGRES
def test_control_without_the_locks_of_people_more_than_one_gets_it(
    casework: Casework, workers: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("tracker.people.networks.take_locks", "tracker.people.groups.take_locks"):
        monkeypatch.setattr(place, lambda *_: None)
    rounds = (one_round(casework, workers, number) for number in range(5))
    assert any(outcome[Outcome.PERMITTED] > 1 for outcome in rounds)


def test_control_without_the_moment_under_the_locks_more_than_one_gets_it(
    casework: Casework, workers: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.checks.submit.moment_of", lambda *_, now: now)
    rounds = (one_round(casework, workers, number) for number in range(5))
    assert any(outcome[Outcome.PERMITTED] > 1 for outcome in rounds)


def test_a_form_sent_twice_at_once_is_carried_out_once(casework: Casework) -> None:
    def send(number: int) -> None:
        new, results = casework.new(casework.person()), []

        def once_more() -> None:
            with casework.transaction() as session:
                results.append(
                    once(
                        session,
                        new.submission,
                        form="check",
                        by=casework.worker,
                        now=START + number * SECOND,
                        do=lambda: (
                            submit_check(session, new, by=casework.worker, now=START + number * SECOND).reference
                        ),
                    )
                )

        together([once_more] * 4)
        assert len(set(results)) == 1

    for number in range(10):
        send(number)
    assert permits(casework) == 10


def test_checks_that_concern_each_others_people_wait_for_each_other_and_never_for_ever(casework: Casework) -> None:
    for number in range(ROUNDS):
        moment = START + number * 10 * SECOND
        people = [casework.person(name) for name in ("Mother", "Father", "Child")]
        jobs = [
            asking(casework, people[place], by, moment, also_about=tuple(one.reference for one in reversed(people)))
            for place, by in enumerate((casework.worker, casework.worker2, casework.colleague))
        ]
        together(jobs)
        assert Counter(outcomes(casework, *people)) == {Outcome.PERMITTED: 1, Outcome.BLOCKED_LEGAL_ADVICE: 2}


def linking(casework: Casework, one: Person, other: Person, now: datetime) -> Job:
    linked = LinkedRecords(person=one.reference, other=other.reference, why="The same day of birth.")

    def link() -> None:
        with casework.transaction() as session:
            link_records(session, linked, by=casework.worker, now=now)

    return link


def live_permits(casework: Casework, *people: Person, now: datetime) -> int:
    keys = [saved_key(person) for person in people]
    with casework.database.reading() as session:
        checks = session.exec(select(Check).where(Check.person_id.in_(keys))).all()  # type: ignore[attr-defined]
        return sum(liveness_of(session, check, now=now).live for check in checks)


def test_a_link_to_somebody_seen_made_while_a_check_is_asked_lets_no_view_through(casework: Casework) -> None:
    for number in range(ROUNDS):
        moment = START + number * 10 * SECOND
        seen, unseen = casework.person("Seen"), casework.person("Unseen")
        casework.ask(seen, by=casework.worker2, now=moment)
        together(
            [
                linking(casework, seen, unseen, moment + SECOND),
                asking(casework, unseen, casework.worker, moment + SECOND),
            ]
        )
        assert live_permits(casework, unseen, now=moment + 2 * SECOND) == 0


def test_of_two_records_linked_while_both_are_asked_about_at_most_one_permit_lives(casework: Casework) -> None:
    lived = Counter[int]()
    for number in range(ROUNDS):
        moment = START + number * 10 * SECOND
        one, other = casework.person("One"), casework.person("Other")
        together(
            [
                asking(casework, one, casework.worker, moment + SECOND),
                linking(casework, one, other, moment + SECOND),
                asking(casework, other, casework.worker2, moment + SECOND),
            ]
        )
        lived[live_permits(casework, one, other, now=moment + 2 * SECOND)] += 1
    assert set(lived) <= {0, 1}, lived


def held(casework: Casework, *people: Person) -> bool:
    keys = [saved_key(person) for person in people]
    with casework.database.reading() as session:
        return session.exec(select(Hold.id).where(col(Hold.person_id).in_(keys))).first() is not None


def permitted(casework: Casework, *people: Person) -> int:
    return outcomes(casework, *people).count(Outcome.PERMITTED)


def one_round_of_a_link(casework: Casework, number: int) -> tuple[int, bool]:
    """One record was looked at; it is linked with another while a look at that is asked: how many looks were allowed in all, and
    whether a hold came of it."""
    moment = START + number * 10 * SECOND
    seen, unseen = casework.person("Seen"), casework.person("Unseen")
    casework.ask(seen, by=casework.worker2, now=moment)
    link = linking(casework, seen, unseen, moment + SECOND)
    together([link, asking(casework, unseen, casework.worker, moment + SECOND)])
    return permitted(casework, seen, unseen), held(casework, seen, unseen)


def test_a_link_and_a_check_at_one_moment_end_in_one_look_or_in_two_and_a_hold(casework: Casework) -> None:
    ended = {one_round_of_a_link(casework, number) for number in range(ROUNDS)}
    assert ended <= {(1, False), (2, True)}, ended


def test_two_records_with_a_look_each_linked_while_a_check_is_asked_on_either_are_held(casework: Casework) -> None:
    for number in range(FEW_ROUNDS):
        moment = START + number * 10 * SECOND
        one, other = casework.person("One"), casework.person("Other")
        casework.ask(one, by=casework.worker2, now=moment)
        casework.ask(other, by=casework.colleague, now=moment)
        together(
            [
                asking(casework, one, casework.worker, moment + SECOND),
                linking(casework, one, other, moment + SECOND),
                asking(casework, other, casework.worker2, moment + SECOND),
            ]
        )
        assert (permitted(casework, one, other), held(casework, one, other)) == (2, True)
        assert live_permits(casework, one, other, now=moment + 2 * SECOND) == 0


def looked_at_both_and_linked_by_whoever_waited(casework: Casework) -> bool:
    """A link whose request took its time before it waited for the locks, and both looks theirs after it."""
    one, other = casework.person("One"), casework.person("Other")
    casework.ask(one, by=casework.worker2, now=START + SECOND)
    casework.ask(other, by=casework.colleague, now=START + SECOND)
    linking(casework, one, other, START)()
    return held(casework, one, other)


def test_a_link_that_waited_for_the_locks_sees_what_was_recorded_meanwhile(casework: Casework) -> None:
    assert looked_at_both_and_linked_by_whoever_waited(casework)


def test_control_with_the_time_of_the_request_alone_it_does_not(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_of_the_request(session: Session, whose: Whose, keys: Iterable[int]) -> list[Entry]:
        return [entry for entry in list_entries(session, whose, keys) if entry.viewing.recorded_at <= START]

    monkeypatch.setattr("tracker.detection.facts.list_entries", as_of_the_request)
    assert not looked_at_both_and_linked_by_whoever_waited(casework)


def test_control_without_detection_in_the_link_two_looks_are_not_held(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.detection.services.linking.detect", lambda *_, **__: [])
    one, other = casework.person("One"), casework.person("Other")
    casework.ask(one, by=casework.worker2)
    casework.ask(other, by=casework.colleague)
    linking(casework, one, other, START + SECOND)()
    assert not held(casework, one, other)


@ONLY_POSTGRES
def test_control_without_the_locks_a_link_and_a_check_slip_past_each_other(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither sees what the other does, and two looks are held by nobody."""
    for place in ("tracker.people.networks.take_locks", "tracker.people.groups.take_locks"):
        monkeypatch.setattr(place, lambda *_: None)
    assert any(one_round_of_a_link(casework, number) == (2, False) for number in range(3 * ROUNDS))


def test_control_two_permits_issued_before_the_link_are_both_there_and_only_deciding_again_kills_them(
    casework: Casework,
) -> None:
    one, other = casework.person("One"), casework.person("Other")
    casework.ask(one, now=START)
    casework.ask(other, by=casework.worker2, now=START)
    linking(casework, one, other, START + SECOND)()
    assert outcomes(casework, one, other) == [Outcome.PERMITTED, Outcome.PERMITTED]
    assert live_permits(casework, one, other, now=START + 2 * SECOND) == 0


def both_sides(casework: Casework, number: int) -> int:
    """Looks at a sealed record and at its counterpart are asked for at the same moment, by two teams; gives how many may go ahead."""
    old, new, _ = two_sides(casework)
    moment = START + number * SECOND
    together([asking(casework, new, casework.worker, moment), asking(casework, old, casework.worker2, moment)])
    return Counter(outcomes(casework, old, new))[Outcome.PERMITTED]


def test_of_two_looks_on_both_sides_of_a_sealed_record_at_once_one_asks_legal(casework: Casework) -> None:
    assert [both_sides(casework, number) for number in range(FEW_ROUNDS)] == [1] * FEW_ROUNDS


@ONLY_POSTGRES
def test_control_without_the_locks_of_the_other_side_both_go_ahead(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.people.networks.everyone_behind", lambda _, people: frozenset(people))
    assert any(both_sides(casework, number) > 1 for number in range(2 * ROUNDS))
