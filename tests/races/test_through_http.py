"""Two server processes, eight clients signed in as eight workers, one single viewing: exactly one permit, no failed request.

Each client has a draft that is whole; the race is for the answer to "Ask for a decision".
"""

import secrets
from collections import Counter
from collections.abc import Callable

from sqlmodel import col, select

from tests.races.race import CLIENTS, Race, asking
from tests.races.racing import Browser, together
from tracker.audit.models import AuditEntry
from tracker.detection.vocabulary import AreThey
from tracker.people.models import Person
from tracker.policy.vocabulary import Outcome
from tracker.referrals.models import Hold
from tracker.storage.tables import saved_key

ROUNDS = 50
MOST_ROUNDS_WITHOUT_LOCKS = 20
ROUNDS_OF_LINKS = 12
PERMITTED, BLOCKED = Outcome.PERMITTED.value, Outcome.BLOCKED_LEGAL_ADVICE.value


def one_round(race: Race) -> tuple[list[int], Counter[str]]:
    """Everybody asks at once about somebody whom nobody has looked at: the answers, and what was decided."""
    person = race.casework.person()
    drafts = race.drafts(person, race.workers)
    statuses = together([asking(*one) for one in zip(race.browsers, drafts, strict=True)])
    return statuses, race.outcomes(person)


def test_in_every_round_exactly_one_gets_the_single_viewing_and_no_request_fails(race: Race) -> None:
    rounds = [one_round(race) for _ in range(ROUNDS)]
    assert rounds == [([303] * CLIENTS, {PERMITTED: 1, BLOCKED: CLIENTS - 1})] * ROUNDS
    assert race.trail_holds()


def test_without_the_locks_more_than_one_gets_it(race_without_locks: Race) -> None:
    """The control: it ends with the first round in which two got it."""
    rounds = (one_round(race_without_locks)[1] for _ in range(MOST_ROUNDS_WITHOUT_LOCKS))
    assert any(decided[PERMITTED] > 1 for decided in rounds)


def linking(race: Race, browser: Browser, one: Person, other: Person) -> Callable[[], int]:
    """Links the other record with the first; gives the status."""
    values = {
        "submission": [secrets.token_hex(16)],
        "are_they": [AreThey.ONE_PERSON.value],
        "why": ["The same day of birth."],
    }
    return lambda: browser.post(f"/people/{one.reference}/links/with/{other.reference}", values)[0]


def order_of(race: Race, since: int) -> list[str]:
    """What happened in a round, in the order of the trail: "linked", or the outcome of a check."""
    with race.casework.database.reading() as session:
        wanted = col(AuditEntry.event).in_(["check:submitted", "people:records_linked"])
        query = select(AuditEntry).where(wanted, col(AuditEntry.seq) > since).order_by(col(AuditEntry.seq))
        return [_in_a_word(entry) for entry in session.exec(query)]


def _in_a_word(entry: AuditEntry) -> str:
    if entry.event == "people:records_linked":
        return "linked"
    return PERMITTED if f'"outcome":"{PERMITTED}"' in entry.text else BLOCKED


def last_entry(race: Race) -> int:
    """Where the trail ends now."""
    with race.casework.database.reading() as session:
        return max(session.exec(select(AuditEntry.seq)).all())


def is_held(race: Race, *people: Person) -> bool:
    """Whether a hold stands on either record."""
    with race.casework.database.reading() as session:
        keys = [saved_key(person) for person in people]
        return session.exec(select(Hold.id).where(col(Hold.person_id).in_(keys))).first() is not None


def slipped_through(order: list[str]) -> bool:
    """Whether somebody was permitted after the link although somebody had been before: by then the two were one person."""
    after = order[order.index("linked") :]
    return PERMITTED in after and order.count(PERMITTED) > 1


def test_a_link_made_while_a_check_on_each_is_asked_lets_no_view_slip_through(race: Race) -> None:
    orders = []
    for number in range(ROUNDS_OF_LINKS):
        one, other = race.casework.person("One"), race.casework.person("Other")
        (first,), (second,) = race.drafts(one, race.workers[:1]), race.drafts(other, race.workers[1:2])
        link, since = linking(race, race.browsers[2], one, other), last_entry(race)
        jobs = [asking(race.browsers[0], first), asking(race.browsers[1], second), link]
        statuses = together(jobs, after_s=[0.0, 0.02 * (number % 5), 0.015 * (number % 4)])
        assert statuses == [303] * 3
        orders.append(order_of(race, since))
        assert is_held(race, one, other) == (orders[-1].count(PERMITTED) > 1)
    assert all(order.count("linked") == 1 and len(order) == 3 for order in orders), orders
    assert not any(slipped_through(order) for order in orders), orders
    assert race.trail_holds()


def test_what_would_slip_through_would_be_seen() -> None:
    """The control of the judgement itself."""
    assert slipped_through([PERMITTED, "linked", PERMITTED])
    assert slipped_through(["linked", PERMITTED, PERMITTED])
    assert not slipped_through([PERMITTED, PERMITTED, "linked"])
    assert not slipped_through(["linked", PERMITTED, BLOCKED])
