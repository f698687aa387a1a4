"""A case is taken by one lawyer, given back, and answered: what waited is decided again on the facts as they then are."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.faults import every_row
from tracker.access.permissions import NotAllowedError
from tracker.authorities.models import LegalAdvice
from tracker.authorities.requests import NewAdvice
from tracker.authorities.selectors.about import list_advice
from tracker.decisions.concerned import concerned_by
from tracker.decisions.deciding import decide_for_everyone
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check, list_decisions
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor, Holding, Role
from tracker.policy.vocabulary import Conclusion, Outcome
from tracker.referrals.errors import NotOpenError
from tracker.referrals.models import Referral
from tracker.referrals.selectors import find_open_referral, get_referral
from tracker.referrals.services import open_referral
from tracker.referrals.vocabulary import Finding, ReferralKind, ReferralPlace
from tracker.review.errors import ChangedMeanwhileError
from tracker.review.requests import NewHold, NewResolution, ReleasedHolds
from tracker.review.selectors.holds import list_holds_that_stand
from tracker.review.selectors.since import mark_of
from tracker.review.services import (
    advise_on_person,
    approve_check,
    endorse_check,
    give_back_referral,
    hold_people,
    resolve_referral,
    take_referral,
)
from tracker.storage.tables import StaleVersionError, saved_key

LATER = START + timedelta(hours=1)


class Case:
    """A second look at somebody, blocked and sent to Legal."""

    def __init__(self, casework: Casework, person: Person | None = None, **asked: Any) -> None:
        self.work = casework
        self.person: Person = person or casework.person("Kit")
        casework.ask(self.person)
        self.check: Check = casework.ask(self.person, **asked)
        with casework.transaction() as session:
            endorse_check(session, self._check(session), reasons="Advise.", by=casework.manager, now=START)
        self.reference = self.now.reference

    @property
    def now(self) -> Referral:
        """The case as it is now."""
        with self.work.database.reading() as session:
            if hasattr(self, "reference"):
                return get_referral(session, self.reference)
            found = find_open_referral(session, saved_key(self.check))
        assert found is not None
        return found

    def seen(self) -> str:
        """The mark of what the page would show now."""
        with self.work.database.reading() as session:
            check = get_check(session, self.check.reference)
            return mark_of(decide_for_everyone(session, check, concerned_by(session, check), at=LATER))

    def take(self, by: Actor | None = None, version: int | None = None) -> None:
        seen = self.now.version if version is None else version
        with self.work.transaction() as session:
            row = get_referral(session, self.reference)
            take_referral(session, row, version=seen, by=by or self.work.legal, now=LATER)

    def give_back(self, by: Actor) -> None:
        with self.work.transaction() as session:
            row = get_referral(session, self.reference)
            give_back_referral(session, row, version=row.version, by=by, now=LATER)

    def resolve(
        self,
        by: Actor | None = None,
        seen: str | None = None,
        finding: Finding | None = None,
        answer: str = "Zzprivileged answer.",
    ) -> None:
        new = NewResolution(answer, self.now.version, seen or self.seen(), finding)
        with self.work.transaction() as session:
            row = get_referral(session, self.reference)
            resolve_referral(session, row, new, by=by or self.work.legal, now=LATER)

    def advice(self) -> list[LegalAdvice]:
        """What Legal advised on the person."""
        with self.work.database.reading() as session:
            return list_advice(session, [saved_key(self.person)])

    def _check(self, session: Session) -> Check:
        return get_check(session, self.check.reference)


@pytest.fixture
def case(casework: Casework) -> Case:
    return Case(casework)


def another_lawyer(case: Case) -> Actor:
    """The officer, with the role of a legal reviewer."""
    return replace(case.work.officer, holdings=(Holding(Role.LEGAL_REVIEWER),))


@ONE_DATABASE
def test_one_lawyer_has_a_case_until_it_is_given_back(case: Case) -> None:
    case.take()
    assert case.now.taken_by == case.work.legal.staff_id
    with pytest.raises(NotOpenError, match="Lena Zzlegal has taken this case"):
        case.take(by=another_lawyer(case))
    case.give_back(by=another_lawyer(case))
    assert case.now.taken_by is None
    case.take(by=another_lawyer(case))


@ONE_DATABASE
def test_a_case_that_changed_since_the_page_was_shown_is_not_taken(case: Case) -> None:
    version = case.now.version
    case.take()
    case.give_back(by=case.work.legal)
    with pytest.raises(StaleVersionError):
        case.take(version=version)


def test_favourable_advice_and_an_answer_let_the_check_wait_for_a_manager_beside_the_first_decision(case: Case) -> None:
    case.take()
    case.work.advice(case.person, Conclusion.NOT_DIRECTED_SURVEILLANCE, now=LATER)
    case.resolve()
    with case.work.database.reading() as session:
        outcomes = [(one.occasion, one.outcome) for one in list_decisions(session, case.check)]
    assert outcomes == [("asked", "blocked_legal_advice"), ("referral_resolved", "needs_manager_approval")]
    assert case.now.place == ReferralPlace.CLOSED
    with case.work.transaction() as session:
        check = get_check(session, case.check.reference)
        assert approve_check(session, check, reasons="Yes.", by=case.work.manager, now=LATER).outcome == "permitted"


@ONE_DATABASE
def test_an_answer_without_advice_leaves_the_block_and_closes_the_case(case: Case) -> None:
    case.take()
    case.resolve()
    assert case.work.outcome(case.check) is Outcome.BLOCKED_LEGAL_ADVICE
    assert (case.now.place, case.now.closed_why) == (ReferralPlace.CLOSED, "Zzprivileged answer.")


@ONE_DATABASE
def test_what_changed_since_the_page_was_read_is_not_decided_on(case: Case) -> None:
    case.take()
    seen = case.seen()
    case.work.notice(case.person, now=LATER)
    before = every_row(case.work.database)
    with pytest.raises(ChangedMeanwhileError):
        case.resolve(seen=seen)
    assert every_row(case.work.database) == before
    case.resolve()
    assert case.work.outcome(case.check) is Outcome.NEEDS_MANAGER_APPROVAL


@ONE_DATABASE
def test_only_who_has_taken_a_case_answers_it_and_only_once(case: Case) -> None:
    with pytest.raises(NotOpenError):
        case.resolve()
    case.take()
    with pytest.raises(NotOpenError):
        case.resolve(by=another_lawyer(case))
    case.resolve()
    with pytest.raises(NotOpenError):
        case.resolve()


@ONE_DATABASE
@pytest.mark.parametrize("who", ["worker", "manager"])
@pytest.mark.parametrize("as_deputy", [False, True])
def test_nobody_who_asked_or_sent_it_on_answers_for_legal_nor_their_deputy(
    case: Case, who: str, as_deputy: bool
) -> None:
    party: Actor = getattr(case.work, who)
    legal = Holding(Role.LEGAL_REVIEWER, covers=party.staff_id if as_deputy else None)
    by = replace(case.work.officer if as_deputy else party, holdings=(*party.holdings, legal))
    for do in (case.take, case.give_back, case.resolve):
        with pytest.raises(NotAllowedError):
            do(by=by)
    new = NewAdvice(case.person.reference, Conclusion.NOT_DIRECTED_SURVEILLANCE, LATER, "May we?", "This.", "Yes.")
    with pytest.raises(NotAllowedError), case.work.transaction() as session:
        advise_on_person(session, new, by=by, now=LATER)


@ONE_DATABASE
def test_a_possible_error_is_answered_with_what_was_found(casework: Casework) -> None:
    person = casework.person("Kit")
    casework.ask(person)
    check = casework.late(person, START + timedelta(minutes=10), now=LATER)
    with casework.database.reading() as session:
        found = find_open_referral(session, saved_key(check))
    assert found is not None
    assert (found.kind, found.place) == (ReferralKind.POSSIBLE_ERROR, ReferralPlace.LEGAL)

    def resolve(finding: Finding | None) -> Referral:
        with casework.transaction() as session:
            row = get_referral(session, found.reference)
            new = NewResolution("It could have been asked for.", row.version, None, finding)
            return resolve_referral(session, row, new, by=casework.legal, now=LATER).referral

    with casework.transaction() as session:
        row = get_referral(session, found.reference)
        take_referral(session, row, version=row.version, by=casework.legal, now=LATER)
    for wrong in (None, Finding.HOLD_KEPT):
        with pytest.raises(ProblemError):
            resolve(wrong)
    assert resolve(Finding.ERROR).finding == Finding.ERROR
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE


@ONE_DATABASE
@pytest.mark.parametrize(
    ("finding", "still_held"), [(Finding.HOLD_RELEASED, {"other"}), (Finding.HOLD_KEPT, {"kit", "other"})]
)
def test_a_pattern_is_answered_by_releasing_its_holds_or_keeping_them(
    casework: Casework, finding: Finding, still_held: set[str]
) -> None:
    """Noise: a hold on the same person that was not placed with the case."""
    kit = casework.person("Kit")
    with casework.transaction() as session:
        case = open_referral(
            session,
            kind=ReferralKind.PATTERN,
            place=ReferralPlace.LEGAL,
            people=[kit],
            check_id=None,
            about=None,
            why="Looks spread over workers.",
            urgent=False,
            by=casework.worker,
            now=START,
        )
    names = {}
    for name, from_case in (("kit", case.id), ("other", None)):
        with casework.transaction() as session:
            new = NewHold((kit.reference,), "Spread.")
            (held,) = hold_people(session, new, by=casework.legal, now=START, referral_id=from_case)
        names[held.reference] = name
    with casework.transaction() as session:
        row = get_referral(session, case.reference)
        take_referral(session, row, version=row.version, by=casework.legal, now=LATER)
        resolve_referral(session, row, NewResolution("No.", row.version, None, finding), by=casework.legal, now=LATER)
    with casework.database.reading() as session:
        assert {names[one.reference] for one in list_holds_that_stand(session, [saved_key(kit)])} == still_held


@ONE_DATABASE
def test_advice_releases_the_hold_with_it_only_where_it_is_favourable(case: Case) -> None:
    held = case.work.hold(case.person, now=LATER)[0].reference
    released = ReleasedHolds((held,), "No pattern.")

    def advise(conclusion: Conclusion) -> None:
        new = NewAdvice(case.person.reference, conclusion, LATER, "May we?", "This.", "Words.")
        with case.work.transaction() as session:
            advise_on_person(session, new, by=case.work.legal, now=LATER, releasing=released)

    with pytest.raises(ProblemError):
        advise(Conclusion.CHIS)
    assert case.advice() == []
    advise(Conclusion.NOT_DIRECTED_SURVEILLANCE)
    with case.work.database.reading() as session:
        assert list_holds_that_stand(session, [saved_key(case.person)]) == []
    assert [one.conclusion for one in case.advice()] == [Conclusion.NOT_DIRECTED_SURVEILLANCE]
