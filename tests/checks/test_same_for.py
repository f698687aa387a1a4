"""The same asked about others of a household: each a check of its own, decided, permitted, counted and recorded by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from tests.fixtures.casework import BEFORE, CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.review.sealing import sealed
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry, AuditPerson
from tracker.checks import same_for
from tracker.checks.household import (
    as_asked,
    get_check_to_copy,
    household_of,
    list_copies_to_show,
    same_elsewhere,
)
from tracker.checks.requests import AccountChoice, NewCheck
from tracker.checks.same_for import NOT_ON_RECORD, AskedSame
from tracker.checks.services import ask_same_for, submit_check
from tracker.decisions.concerned import lock_concerned
from tracker.decisions.models import Check, CopiedCheck
from tracker.decisions.records import list_copies
from tracker.decisions.selectors import find_look, get_check, latest_decision, list_person_decisions
from tracker.detection.services import add_family_link
from tracker.people.models import Person
from tracker.people.requests import NewFamilyLink, RestrictedPerson
from tracker.people.services import restrict_person
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Outcome, Purpose
from tracker.referrals.models import Hold
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.viewings.models import Viewing

HOUR = timedelta(hours=1)
LONG_AGO = START - timedelta(days=40)
"""So long that a look then is no part of a cluster in a family, and still counts for whoever was looked at."""


class Home:
    """Kit, and who lives with them, of whom Val was looked at long ago; a friend and a stranger are noise. `asked` is the worker's
    check about Kit."""

    def __init__(self, casework: Casework) -> None:
        self.casework = casework
        self.kit, self.sam = casework.person("Kit"), casework.person("Sam")
        self.lee, self.val = casework.person("Lee"), casework.person("Val", now=LONG_AGO)
        self.chris, self.rae = casework.person("Chris", CHILD), casework.person("Rae")
        casework.ask(self.val, by=casework.worker2, now=LONG_AGO + HOUR)
        for one in (self.lee, self.sam, self.chris, self.rae, self.val):
            self.related(one)
        self.friend, self.stranger = casework.person("Friend"), casework.person("Stranger")
        self.related(self.friend, FamilyLinkKind.ASSOCIATE)
        casework.ask(self.stranger, now=START - HOUR)
        self.asked = casework.ask(self.kit, now=START - HOUR)

    def related(self, other: Person, kind: FamilyLinkKind = FamilyLinkKind.HOUSEHOLD) -> None:
        """They belong with Kit."""
        new = NewFamilyLink(person=self.kit.reference, other=other.reference, kind=kind)
        with self.casework.transaction() as session:
            add_family_link(session, new, by=self.casework.worker, now=BEFORE)

    def restrict(self, person: Person, *readers: Actor) -> None:
        """Only these read the record."""
        new = RestrictedPerson(
            person=person.reference,
            version=person.version,
            ask_whom="the head of service",
            readers=tuple(one.reference for one in (self.casework.manager, *readers)),
        )
        with self.casework.transaction() as session:
            restrict_person(session, new, by=self.casework.manager, now=START - HOUR)

    def same(self, person: Person, **changes: Any) -> NewCheck:
        """What is asked about one of them: copied, with a why of their own."""
        with self.casework.database.reading() as session:
            copied = as_asked(session, get_check(session, self.asked.reference))
        own = {"submission": f"same{person.reference}", "person": person.reference, "why_now": f"Of {person.name}."}
        return replace(copied, **{**own, **changes})

    def ask(self, *asked: NewCheck, by: Actor | None = None) -> tuple[AskedSame, ...]:
        """The same is asked about each."""
        with self.casework.transaction() as session:
            check = get_check(session, self.asked.reference)
            return ask_same_for(session, check, asked, by=by or self.casework.worker, now=START)

    def outcome(self, came: AskedSame) -> Outcome:
        assert came.check is not None, came.why_not
        with self.casework.database.reading() as session:
            return Outcome(latest_decision(session, get_check(session, came.check)).outcome)

    def views_of(self, *people: Person) -> list[int]:
        """How many looks count for each."""
        with self.casework.database.reading() as session:
            of = [select(func.count()).select_from(Viewing).where(Viewing.person_id == one.id) for one in people]
            return [session.exec(one).one() for one in of]

    def entries(self, *people: Person) -> list[list[str]]:
        """What the trail says was asked about each, in the records that it is about."""
        with self.casework.database.reading() as session:
            found = []
            for one in people:
                query = select(AuditEntry.record).join(AuditPerson, col(AuditPerson.seq) == col(AuditEntry.seq))
                mine = (AuditPerson.person == one.reference, AuditEntry.event == "check:submitted")
                found.append([str(record) for record in session.exec(query.where(*mine))])
            return found

    def holds(self) -> int:
        with self.casework.database.reading() as session:
            return len(session.exec(select(Hold)).all())


@pytest.fixture
def home(casework: Casework) -> Home:
    return Home(casework)


def test_a_household_of_four_is_decided_permitted_and_counted_each_by_itself(home: Home) -> None:
    came = home.ask(home.same(home.val), home.same(home.sam), home.same(home.chris))
    assert [home.outcome(one) for one in came] == [
        Outcome.BLOCKED_LEGAL_ADVICE,
        Outcome.PERMITTED,
        Outcome.NEEDS_MANAGER_APPROVAL,
    ]
    assert home.views_of(home.kit, home.val, home.sam, home.chris, home.stranger) == [1, 1, 1, 0, 1]
    made = [one.check for one in came]
    assert [one[-1] for one in home.entries(home.val, home.sam, home.chris)] == made
    with home.casework.database.reading() as session:
        copies = list_copies(session, get_check(session, home.asked.reference))
        assert [one.reference for one in copies] == made
        assert [one.why_now for one in copies] == [f"Of {one.name}." for one in (home.val, home.sam, home.chris)]
        assert {one.purpose_words for one in copies} == {"To assess."}
        for one, person in zip(copies, (home.val, home.sam, home.chris), strict=True):
            (decided,) = list_person_decisions(session, latest_decision(session, one))
            assert (decided.person_id, one.person_id) == (person.id, person.id)
        assert [find_look(session, one) is not None for one in copies] == [False, True, False]
        assert len(session.exec(select(CopiedCheck)).all()) == len(copies)
    assert home.ask(home.same(home.val), home.same(home.sam), home.same(home.lee))[:2] == came[:2]  # sent again
    assert home.views_of(home.val, home.sam) == [1, 1]


def test_later_ones_see_the_looks_at_the_family_before_them(home: Home) -> None:
    """Kit, and three of the household in one go: four looks by one team are a pattern, and whoever is asked about next is held."""
    more = [home.casework.person(name) for name in ("Ash", "Bo")]
    for one in more:
        home.related(one)
    came = home.ask(*(home.same(one) for one in (home.lee, home.sam, home.rae, *more)))
    assert [home.outcome(one) for one in came] == [Outcome.PERMITTED] * 3 + [Outcome.BLOCKED_LEGAL_ADVICE] * 2
    assert home.holds() >= len(more)
    assert home.views_of(home.lee, *more) == [1, 0, 0]


def test_one_that_cannot_be_taken_leaves_the_others_as_they_are(home: Home) -> None:
    """Who would look may not open one of the records; a profile of another's is gone."""
    home.restrict(home.rae, home.casework.worker)
    looked_by = {"viewer": home.casework.colleague.reference}
    came = home.ask(
        home.same(home.rae, **looked_by), home.same(home.sam), home.same(home.lee, profiles=("PRF-0000-0000",))
    )
    assert [one.check is not None for one in came] == [False, True, False]
    assert [one.why_not for one in came] == ["Choose somebody who may open this record.", "", NOT_ON_RECORD]
    assert home.views_of(home.rae, home.sam, home.lee) == [0, 1, 0]
    assert home.entries(home.rae, home.lee) == [[], []]
    again = home.ask(home.same(home.rae), home.same(home.lee))
    assert [home.outcome(one) for one in again] == [Outcome.PERMITTED] * 2


@ONE_DATABASE
def test_a_purpose_that_the_council_no_longer_offers_is_not_copied(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_for, "purposes_offered", lambda *_, **__: {Purpose.COURT_DIRECTED: ""})
    assert [(one.check, one.why_not) for one in home.ask(home.same(home.sam))] == [(None, same_for.NOT_OFFERED)]
    assert home.views_of(home.sam) == [0]


@ONE_DATABASE
def test_every_lock_is_taken_in_one_call_before_the_first_is_asked_for_and_only_for_who_asked(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Sequence[str]] = []
    lock, submit = lock_concerned, submit_check

    def _lock(session: Any, people: Sequence[Person], **given: Any) -> Any:
        taken.append([one.reference for one in people])
        return lock(session, people, **given)

    def _submit(*given: Any, **named: Any) -> Check:
        assert taken == [[home.lee.reference, home.sam.reference]]
        return submit(*given, **named)

    monkeypatch.setattr(same_for, "lock_concerned", _lock)
    monkeypatch.setattr(same_for, "submit_check", _submit)
    for who in (home.casework.colleague, home.casework.worker2, home.casework.manager):
        with pytest.raises(NotAllowedError):
            home.ask(home.same(home.sam), by=who)
    assert taken == []
    assert all(one.check for one in home.ask(home.same(home.lee), home.same(home.sam)))


@ONE_DATABASE
def test_the_household_is_offered_once_each_without_friends_and_nothing_is_told_of_who_is_restricted(
    home: Home,
) -> None:
    home.related(home.sam, FamilyLinkKind.SIBLING)
    twin = home.casework.person("Sam")
    home.casework.link(home.sam, twin)
    home.related(twin)
    home.restrict(home.rae)
    with home.casework.database.reading() as session:
        found = household_of(session, get_check(session, home.asked.reference), by=home.casework.worker, now=START)
    assert [one.person.reference for one in found.offered] == [
        one.reference for one in (home.lee, home.sam, home.chris, home.val)
    ]
    assert found.members[1].relation == "lives in the same household, brother or sister"
    assert found.restricted == ("the head of service",)


@ONE_DATABASE
def test_danger_and_what_was_recorded_in_error_cannot_be_copied_and_the_account_is_judged_anew(
    casework: Casework,
) -> None:
    person = casework.person()
    asked, danger = casework.ask(person), casework.danger(casework.person())
    with casework.transaction() as session:
        assert as_asked(session, get_check(session, asked.reference)).account == AccountChoice("logged_out")
        with pytest.raises(NoSuchRecordError):
            get_check_to_copy(session, danger.reference)
        struck = session.get_one(Check, saved_key(asked))
        struck.struck_at, struck.struck_why, struck.struck_by = START, "Another.", casework.manager.staff_id
        session.flush()
        with pytest.raises(NoSuchRecordError):
            get_check_to_copy(session, asked.reference)


@ONE_DATABASE
def test_reasons_that_are_the_same_word_for_word_are_told_to_who_reads_the_check(home: Home) -> None:
    own, pasted = home.same(home.val), "They live together."
    came = home.ask(own, home.same(home.sam, why_now=pasted), home.same(home.chris, why_now=f"{pasted} "))
    checks = [one.check or "" for one in came]
    with home.casework.database.reading() as session:
        told = {
            one: same_elsewhere(session, get_check(session, one), to=home.casework.colleague, now=START).same_words
            for one in (home.asked.reference, *checks)
        }
    assert told == {home.asked.reference: (), checks[0]: (), checks[1]: (checks[2],), checks[2]: (checks[1],)}
    home.restrict(home.chris)
    with home.casework.database.reading() as session:
        sam = get_check(session, checks[1])
        assert same_elsewhere(session, sam, to=home.casework.colleague, now=START).same_words == ()


@ONE_DATABASE
def test_nothing_crosses_a_record_that_was_sealed_since(home: Home) -> None:
    """Not even for the worker, who asked for both and reads both."""
    (came,) = home.ask(home.same(home.sam))
    worker = home.casework.worker

    def told() -> tuple[object, ...]:
        with home.casework.database.reading() as session:
            asked, copy = get_check(session, home.asked.reference), get_check(session, str(came.check))
            shown = list_copies_to_show(session, asked, to=worker, now=START)
            household = household_of(session, asked, by=worker, now=START)
            return (
                [one.check.reference for one in shown],
                same_elsewhere(session, asked, to=worker, now=START).copies,
                same_elsewhere(session, copy, to=worker, now=START).original,
                home.sam.reference in [one.person.reference for one in household.members],
                household.restricted,
            )

    assert told() == ([came.check], 1, home.asked.reference, True, ())
    sealed(home.casework, home.sam, worker, now=START)
    assert told() == ([], 0, "", False, ())
