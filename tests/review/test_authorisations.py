"""What Legal applies for is granted or refused by an authorising officer who is apart from the checks of the people named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.fixtures.casework import BEFORE, CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.review.applying import apply, apply_outside_ripa, approve, grant, new_application, turn_on_non_ripa
from tracker.access.permissions import NotAllowedError
from tracker.authorities.models import Application, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.requests import NewCancellation, NewReview
from tracker.authorities.selectors import get_application, get_ripa, last_day_of, next_review_on
from tracker.authorities.selectors.about import list_reviews
from tracker.authorities.selectors.waiting import (
    list_applications_not_granted,
    list_applications_waiting,
    list_not_ended,
    list_waiting_for_a_justice,
)
from tracker.authorities.services import cancel_ripa, prepare_application, withdraw_application
from tracker.checks.requests import AccountChoice
from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser
from tracker.corporate_accounts.services import allow_user, register_profile
from tracker.decisions.selectors import get_check
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor, Holding, Role
from tracker.policy.vocabulary import Conclusion, Outcome, Platform, Purpose
from tracker.review.services import (
    approve_check,
    decline_check,
    refuse_application,
    review_granted,
)
from tracker.review.services.authorisations import Refusal
from tracker.tasks.ending import alert_of

pytestmark = ONE_DATABASE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICER = Holding(Role.AUTHORISING_OFFICER)


@pytest.fixture
def kit(casework: Casework) -> Person:
    casework.person("Noise")
    return casework.person("Kit")


def as_officer(actor: Actor, *, covers: int | None = None) -> Actor:
    """The same member of staff, also an authorising officer; `covers`: as somebody's deputy."""
    return replace(actor, holdings=(*actor.holdings, replace(OFFICER, covers=covers)))


def refuse(casework: Casework, application: Application, *, by: Actor | None = None) -> Application:
    with casework.transaction() as session:
        refusal = Refusal("Head of service", "Nothing less intrusive was tried.")
        return refuse_application(session, application.reference, refusal, by=by or casework.officer, now=START)


def test_a_grant_carries_over_what_was_applied_for_and_has_no_effect_until_a_justice_approves(
    casework: Casework, kit: Person
) -> None:
    application = apply(casework, kit)
    granted = grant(casework, application, now=START + HOUR)
    assert isinstance(granted, RipaAuthorisation)
    assert (granted.urn, granted.offence, granted.article_7a) == (application.urn, "Neglect", "six_months")
    with casework.database.reading() as session:
        assert get_application(session, application.reference).ripa_id == granted.id
        assert list_applications_waiting(session) == []
        assert [one.reference for one in list_waiting_for_a_justice(session)] == [granted.reference]
        assert last_day_of(session, granted) is None
    approve(casework, granted.reference, now=START + 2 * HOUR)
    with casework.database.reading() as session:
        assert list_waiting_for_a_justice(session) == []
        assert [day for _, day in list_not_ended(session, now=START)] == [date(2027, 2, 20)]


def test_a_refused_application_is_kept_with_its_reasons_and_is_not_answered_again(
    casework: Casework, kit: Person
) -> None:
    application = apply(casework, kit)
    refuse(casework, application)
    with casework.database.reading() as session:
        (kept,) = list_applications_not_granted(session)
        assert (kept.refused_why, kept.refused_grade) == ("Nothing less intrusive was tried.", "Head of service")
        assert list_applications_waiting(session) == []
    for again in (grant, refuse):
        with pytest.raises(ProblemError):
            again(casework, application)


def test_what_was_granted_is_not_granted_or_refused_again(casework: Casework, kit: Person) -> None:
    application = apply(casework, kit)
    grant(casework, application)
    for again in (grant, refuse):
        with pytest.raises(ProblemError):
            again(casework, application)


def withdraw(casework: Casework, application: Application, *, by: Actor | None = None) -> Application:
    with casework.transaction() as session:
        return withdraw_application(session, application.reference, " Not needed. ", by=by or casework.legal, now=START)


def test_a_withdrawn_application_is_kept_with_its_reason_and_is_answered_by_nobody(
    casework: Casework, kit: Person
) -> None:
    application, noise = apply(casework, kit, urn="NSC/1"), apply(casework, kit)
    withdraw(casework, application)
    with casework.database.reading() as session:
        (kept,) = list_applications_not_granted(session)
        assert (kept.reference, kept.withdrawn_why, kept.withdrawn_by) == (
            application.reference,
            "Not needed.",
            casework.legal.staff_id,
        )
        assert [one.reference for one in list_applications_waiting(session)] == [noise.reference]
    for again in (grant, refuse, withdraw):
        with pytest.raises(ProblemError):
            again(casework, application)
    with pytest.raises(ProblemError):
        apply(casework, kit, urn="NSC/1")
    assert grant(casework, noise)


def test_what_was_answered_is_not_withdrawn_and_nobody_but_legal_withdraws(casework: Casework, kit: Person) -> None:
    refused, granted, waits = (apply(casework, kit) for _ in range(3))
    refuse(casework, refused)
    grant(casework, granted)
    for application in (refused, granted):
        with pytest.raises(ProblemError):
            withdraw(casework, application)
    for by in (casework.officer, casework.manager, casework.sro, casework.worker):
        with pytest.raises(NotAllowedError):
            withdraw(casework, waits, by=by)
    assert withdraw(casework, waits).withdrawn_at == START


def test_without_article_7a_there_is_nothing_to_apply_for(kit: Person) -> None:
    with pytest.raises(ProblemError):
        new_application(kit, article_7a=None)


def test_a_urn_is_used_once_by_applications_and_grants(casework: Casework, kit: Person) -> None:
    apply(casework, kit, urn="NSC/1")
    with pytest.raises(ProblemError):
        apply(casework, kit, urn=" NSC/1 ")


def test_a_grant_is_not_dated_before_its_application_but_may_be_of_the_same_minute(
    casework: Casework, kit: Person
) -> None:
    application = apply(casework, kit, now=START + timedelta(seconds=50))
    with pytest.raises(ProblemError):
        grant(casework, application, granted_at=START - timedelta(minutes=1), now=START + HOUR)
    assert grant(casework, application, granted_at=START, now=START + HOUR)


# Apart from the checks -----------------------------------------------------------------------------------------------


def requester(casework: Casework, kit: Person) -> Actor:
    casework.ask(kit)
    return casework.worker


def viewer(casework: Casework, kit: Person) -> Actor:
    with casework.transaction() as session:
        new = NewCorporateProfile(platform=Platform.FACEBOOK, handle="zz.council", registered_at=BEFORE)
        profile = register_profile(session, new, by=casework.admin, now=BEFORE).reference
        allow_user(session, NewProfileUser(profile, casework.colleague.staff_id, BEFORE), by=casework.admin, now=BEFORE)
    casework.ask(kit, viewer=casework.colleague.reference, account=AccountChoice("corporate", profile))
    return casework.colleague


def approver(casework: Casework, kit: Person) -> Actor:
    check = casework.ask(kit)
    with casework.transaction() as session:
        approve_check(session, get_check(session, check.reference), reasons="Yes.", by=casework.manager, now=START)
    return casework.manager


def decliner(casework: Casework, kit: Person) -> Actor:
    check = casework.ask(kit)
    with casework.transaction() as session:
        decline_check(session, get_check(session, check.reference), reasons="No.", by=casework.manager, now=START)
    return casework.manager


def adviser(casework: Casework, kit: Person) -> Actor:
    casework.advice(kit, Conclusion.THRESHOLD_MET)
    return casework.legal


CONCERNED = [requester, viewer, approver, decliner, adviser]


@pytest.mark.parametrize("part", CONCERNED, ids=lambda one: one.__name__)
def test_nobody_answers_for_people_whose_check_they_had_a_part_in(
    casework: Casework, part: Callable[[Casework, Person], Actor]
) -> None:
    child, other = casework.person("Child", born=CHILD), casework.person("Other")
    concerned = part(casework, child)
    preparer = replace(casework.sro, holdings=(Holding(Role.LEGAL_REVIEWER),))
    application = apply(casework, other, child, by=preparer)
    deputy = as_officer(casework.head, covers=concerned.staff_id)
    for by in (as_officer(concerned), deputy):
        for answer in (grant, refuse):
            with pytest.raises(NotAllowedError):
                answer(casework, application, by=by)
    control = apply(casework, other, by=preparer)
    assert grant(casework, control, by=as_officer(concerned)), "nobody's check of whom it names"
    assert grant(casework, application), "somebody who had no part"


def test_nobody_answers_what_they_prepared_themselves(casework: Casework, kit: Person) -> None:
    application = apply(casework, kit)
    for answer in (grant, refuse):
        with pytest.raises(NotAllowedError):
            answer(casework, application, by=as_officer(casework.legal))


def test_a_check_of_a_linked_record_is_a_check_of_the_person(casework: Casework, kit: Person) -> None:
    twin = casework.person("Twin")
    casework.ask(twin)
    casework.link(kit, twin)
    application = apply(casework, kit)
    with pytest.raises(NotAllowedError):
        grant(casework, application, by=as_officer(casework.worker))


@pytest.mark.parametrize("who", ["worker", "manager", "legal", "sro", "admin", "duty"])
def test_nobody_but_an_authorising_officer_answers(casework: Casework, kit: Person, who: str) -> None:
    application = apply(casework, kit)
    with pytest.raises(NotAllowedError):
        grant(casework, application, by=getattr(casework, who))


def test_a_review_lets_it_run_on_and_is_not_made_by_somebody_concerned(casework: Casework, kit: Person) -> None:
    casework.ask(kit)
    granted = grant(casework, apply(casework, kit))
    new = NewReview(granted.reference, START + DAY, "Still needed.", date(2026, 12, 1), "One post.")

    def review(session: Session, by: Actor) -> None:
        review_granted(session, new, by=by, now=START + DAY)

    with pytest.raises(NotAllowedError), casework.transaction() as session:
        review(session, as_officer(casework.worker))
    with casework.transaction() as session:
        review(session, casework.officer)
    with casework.database.reading() as session:
        assert next_review_on(session, granted) == date(2026, 12, 1)
        assert [one.value_so_far for one in list_reviews(session, granted)] == ["One post.", None]


def test_a_cancellation_keeps_what_was_obtained_and_what_happens_to_it(casework: Casework, kit: Person) -> None:
    granted = grant(casework, apply(casework, kit))
    with casework.transaction() as session:
        new = NewCancellation(granted.reference, START, "Done.", "Two open posts.", "Kept in the case file.")
        cancel_ripa(session, new, by=casework.officer, now=START)
    with casework.database.reading() as session:
        kept = get_ripa(session, granted.reference)
        assert (kept.cancelled_obtained, kept.cancelled_material) == ("Two open posts.", "Kept in the case file.")


# Renewals, ends, outside RIPA ----------------------------------------------------------------------------------------


def test_a_renewal_is_applied_for_granted_and_approved_anew_and_begins_when_the_first_ends(
    casework: Casework, kit: Person
) -> None:
    granted = grant(casework, apply(casework, kit))
    with pytest.raises(ProblemError):
        apply(casework, kit, renewal_of=granted.reference, now=START + DAY)
    approve(casework, granted.reference)
    later = START + 80 * DAY
    application = apply(casework, kit, renewal_of=granted.reference, now=later)
    with pytest.raises(ProblemError):
        apply(casework, casework.person("Somebody else"), renewal_of=granted.reference, now=later)
    renewal = grant(casework, application, now=later)
    assert isinstance(renewal, RipaAuthorisation)
    assert (renewal.renewal_of_id, renewal.takes_effect_on) == (granted.id, date(2027, 2, 21))
    check = {"purpose": Purpose.PREVENT_OR_DETECT_CRIME, "now": START + 95 * DAY}
    assert casework.outcome(casework.ask(kit, **check)) is Outcome.BLOCKED_COURT_AUTHORISATION  # type: ignore[arg-type]
    approve(casework, renewal.reference, now=later)
    assert casework.outcome(casework.ask(kit, **check)) is Outcome.PERMITTED  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "alert"), [(0, 1), (1, 1), (2, 7), (7, 7), (8, 14), (14, 14), (15, 28), (28, 28), (29, None)]
)
def test_an_end_is_told_28_14_7_days_and_1_day_before(days: int, alert: int | None) -> None:
    assert alert_of(START.date() + days * DAY, now=START) == alert


def test_outside_ripa_is_applied_for_and_granted_only_while_the_council_has_it_on(
    casework: Casework, kit: Person
) -> None:
    with pytest.raises(ProblemError):
        apply_outside_ripa(casework, kit)
    turn_on_non_ripa(casework)
    first, second = (apply_outside_ripa(casework, kit) for _ in range(2))
    granted = grant(casework, first)
    assert isinstance(granted, NonRipaAuthorisation)
    assert (granted.max_views, granted.until_on) == (1, date(2026, 12, 31))
    turn_on_non_ripa(casework, on=False, now=START + HOUR)
    with pytest.raises(ProblemError):
        grant(casework, second, now=START + 2 * HOUR)


def test_legal_alone_prepares(casework: Casework, kit: Person) -> None:
    for by in (casework.worker, casework.manager, casework.officer, casework.sro, casework.admin):
        with pytest.raises(NotAllowedError), casework.transaction() as session:
            prepare_application(session, new_application(kit), by=by, now=START)
