"""Start, report, what it means for the case, and what a manager confirms or reviews afterwards."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry
from tracker.checks.errors import (
    AlreadyReportedError,
    NothingToConfirmError,
    NotYetReportedError,
    OutsidePermitError,
    SittingError,
)
from tracker.checks.requests import AccountChoice
from tracker.checks.services import report_for_case
from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser
from tracker.corporate_accounts.services import allow_user, register_profile
from tracker.decisions.models import Check
from tracker.decisions.selectors import (
    PartsToShow,
    get_check,
    list_checks_to_report,
    list_looks_to_make,
    parts_to_show,
)
from tracker.people.models import Person
from tracker.people.services import DutyReasonNeededError
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Aim, Outcome, Platform, Reviewed, Visibility
from tracker.review.services import confirm_result, review_immediate_response
from tracker.storage.tables import NoSuchRecordError
from tracker.viewings.models import AlsoSeen, LookReport
from tracker.viewings.requests import ReportForCase
from tracker.viewings.vocabulary import LookResult, Told

pytestmark = ONE_DATABASE

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MEANING = ReportForCase(
    submission="s",
    meaning="It fits.",
    told=Told.TOLD,
    told_on=START.date(),
    told_words=None,
    shared=True,
    shared_on=START.date(),
    shared_words="By telephone.",
)


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Kit, an adult."""
    return casework.person("Kit")


def for_case(casework: Casework, check: Check, *, by: Actor) -> None:
    with casework.transaction() as session:
        report_for_case(session, get_check(session, check.reference), MEANING, by=by, now=START + DAY)


def confirm(casework: Casework, check: Check, *, by: Actor) -> None:
    with casework.transaction() as session:
        confirm_result(session, get_check(session, check.reference), by=by, now=START + 10 * DAY)


def review(casework: Casework, check: Check, *, by: Actor, reviewed: Reviewed = Reviewed.AGREED) -> None:
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        review_immediate_response(session, row, reviewed=reviewed, why="Seen.", by=by, now=START + DAY)


def test_starting_notes_the_time_once(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    assert casework.start(check, now=START + MINUTE).started_at == START + MINUTE
    assert casework.start(check, now=START + HOUR).started_at == START + MINUTE
    with casework.database.reading() as session:
        started = session.exec(select(AuditEntry).where(AuditEntry.event == "look:started")).all()
    assert len(started) == 1


def test_a_sitting_is_reported_once(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    casework.report(check, opened_at=START, now=START + HOUR, looked_for="A party.", found=False)
    with pytest.raises(AlreadyReportedError):
        casework.report(check, LookResult.NOT_USED, now=START + 2 * HOUR)
    with casework.database.reading() as session:
        (kept,) = session.exec(select(LookReport)).all()
    assert (kept.looked_for, kept.found) == ("A party.", False)
    assert casework.look(check).result == LookResult.LOOKED


def test_the_times_of_a_sitting_are_given_in_order_and_past(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    for opened, now, field in [
        (None, START + HOUR, "opened_at"),
        (START + 2 * HOUR, START + HOUR, "opened_at"),
    ]:
        with pytest.raises(SittingError) as refused:
            casework.report(check, opened_at=opened, now=now)
        assert refused.value.field == field


def test_a_sitting_typed_to_the_minute_in_which_the_permit_was_issued_is_within_it(
    casework: Casework, kit: Person
) -> None:
    issued = START + 30 * SECOND
    check = casework.ask(kit, now=issued)
    look = casework.report(check, opened_at=START, now=START + 5 * MINUTE)
    assert look.opened_at == issued


def test_a_sitting_a_minute_or_some_seconds_before_the_issue_is_not(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit, now=START + 90 * SECOND)
    for opened in (START, START + 80 * SECOND):
        with pytest.raises(OutsidePermitError):
            casework.report(check, opened_at=opened, now=START + HOUR)


def test_who_else_was_seen_is_kept_by_relation_and_by_record_only_where_they_are_on_the_case(
    casework: Casework, kit: Person
) -> None:
    lee = casework.person("Lee")
    check = casework.ask(kit)
    seen = (("a friend", None), ("a cousin", lee.reference))
    casework.report(check, opened_at=START, now=START + HOUR, also_seen=seen)
    with casework.database.reading() as session:
        rows = session.exec(select(AlsoSeen).order_by(AlsoSeen.id)).all()  # type: ignore[arg-type]
    assert [(row.relation, row.person_id) for row in rows] == [("a friend", None), ("a cousin", lee.id)]


def test_an_unknown_person_named_in_a_report_is_not_found_and_nothing_is_kept(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    with pytest.raises(NoSuchRecordError):
        casework.report(check, LookResult.WRONG_PERSON, opened_at=START, now=START + HOUR, wrong_person="PER-0000-0000")
    assert casework.look(check).reported_at is None


# What it means for the case ---------------------------------------------------------------------------------------


def colleague_looks(casework: Casework, kit: Person) -> Check:
    """A check that the worker asks for and the colleague, who may use the account, looks for."""
    new = NewCorporateProfile(platform=Platform.FACEBOOK, handle="zzcouncil", registered_at=START - HOUR)
    with casework.transaction() as session:
        profile = register_profile(session, new, by=casework.admin, now=START - HOUR).reference
        user = NewProfileUser(profile=profile, staff_id=casework.colleague.staff_id, from_at=START - HOUR)
        allow_user(session, user, by=casework.admin, now=START - HOUR)
    return casework.ask(kit, viewer=casework.colleague.reference, account=AccountChoice("corporate", profile))


def shown(casework: Casework, check: Check, to: Actor) -> PartsToShow:
    with casework.database.reading() as session:
        return parts_to_show(session, check, to=to)


def test_each_sees_only_their_own_part_until_both_are_done(casework: Casework, kit: Person) -> None:
    check = colleague_looks(casework, kit)
    requester, viewer, manager = casework.worker, casework.colleague, casework.manager
    nothing, everything = PartsToShow(False, False), PartsToShow(True, True)
    assert [shown(casework, check, one) for one in (requester, viewer)] == [nothing, nothing]
    casework.report(check, by=viewer, opened_at=START, now=START + HOUR)
    assert shown(casework, check, requester) == nothing
    assert shown(casework, check, viewer) == PartsToShow(look=True, case=False)
    for_case(casework, check, by=requester)
    assert [shown(casework, check, one) for one in (requester, viewer, manager)] == [everything] * 3


def test_the_viewer_reports_the_look_and_the_requester_the_case(casework: Casework, kit: Person) -> None:
    check = colleague_looks(casework, kit)
    with pytest.raises(NotAllowedError):
        casework.report(check, by=casework.worker, opened_at=START, now=START + HOUR)
    casework.report(check, by=casework.colleague, opened_at=START, now=START + HOUR)
    with pytest.raises(NotAllowedError):
        for_case(casework, check, by=casework.colleague)
    for_case(casework, check, by=casework.worker)
    with pytest.raises(AlreadyReportedError):
        for_case(casework, check, by=casework.worker)


def test_a_look_that_was_not_reported_or_not_made_means_nothing_yet(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    with pytest.raises(NotYetReportedError):
        for_case(casework, check, by=casework.worker)
    casework.report(check, LookResult.NOT_USED, now=START + HOUR)
    with pytest.raises(NotYetReportedError):
        for_case(casework, check, by=casework.worker)


def test_each_has_their_own_list(casework: Casework, kit: Person) -> None:
    casework.ask(casework.person("Noise"), by=casework.worker2)
    check = colleague_looks(casework, kit)

    def lists() -> tuple[list[str], list[str]]:
        with casework.database.reading() as session:
            make = list_looks_to_make(session, staff_id=casework.colleague.staff_id)
            report = list_checks_to_report(session, staff_id=casework.worker.staff_id)
        return [one.reference for one in make], [one.reference for one in report]

    assert lists() == ([check.reference], [])
    casework.report(check, by=casework.colleague, opened_at=START, now=START + HOUR)
    assert lists() == ([], [check.reference])
    for_case(casework, check, by=casework.worker)
    assert lists() == ([], [])


# Confirmed, reviewed ----------------------------------------------------------------------------------------------


def test_a_manager_confirms_and_never_of_a_look_of_their_own(casework: Casework, kit: Person) -> None:
    mine = casework.ask(kit, by=casework.manager)
    casework.report(mine, LookResult.NOT_USED, by=casework.manager, now=START + 9 * DAY)
    for by in (casework.manager, casework.manager2, casework.worker, casework.legal, casework.sro):
        with pytest.raises(NotAllowedError):
            confirm(casework, mine, by=by)
    confirm(casework, mine, by=casework.head)
    assert casework.look(mine).result_confirmed_by == casework.head.staff_id


def test_nothing_is_confirmed_twice_or_where_there_is_nothing_to_confirm(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    with pytest.raises(NothingToConfirmError):
        confirm(casework, check, by=casework.manager)
    casework.report(check, LookResult.NOT_USED, now=START + HOUR)
    with pytest.raises(NothingToConfirmError):
        confirm(casework, check, by=casework.manager)
    seen = casework.ask(kit, now=START + 2 * HOUR)
    casework.report(seen, opened_at=START + 2 * HOUR, now=START + 3 * HOUR)
    with pytest.raises(NothingToConfirmError):
        confirm(casework, seen, by=casework.manager)


def test_a_look_in_danger_is_reviewed_once_by_a_manager_who_did_not_look(casework: Casework, kit: Person) -> None:
    check = casework.danger(kit)
    with pytest.raises(NothingToConfirmError):
        review(casework, casework.ask(casework.person("Other")), by=casework.manager)
    casework.report(check, opened_at=START, now=START + HOUR)
    with pytest.raises(NotAllowedError):
        review(casework, check, by=casework.worker)
    review(casework, check, by=casework.manager, reviewed=Reviewed.NOT_AGREED)
    assert casework.look(check).reviewed == Reviewed.NOT_AGREED
    with pytest.raises(NothingToConfirmError):
        review(casework, check, by=casework.manager)


def test_the_duty_manager_reviews_too_and_no_manager_reviews_their_own(casework: Casework, kit: Person) -> None:
    mine = casework.danger(kit, by=casework.manager)
    casework.report(mine, by=casework.manager, opened_at=START, now=START + HOUR)
    with pytest.raises(NotAllowedError):
        review(casework, mine, by=casework.manager)
    with pytest.raises(DutyReasonNeededError):
        review(casework, mine, by=casework.duty)
    casework.come_on_duty(kit, now=START + DAY)
    review(casework, mine, by=casework.duty)


def test_a_look_that_may_still_be_made_is_not_reviewed_yet(casework: Casework, kit: Person) -> None:
    check = casework.danger(kit, now=START + DAY - HOUR)
    with pytest.raises(NothingToConfirmError):
        review(casework, check, by=casework.manager)


def test_find_and_look_that_finds_nothing_three_times_and_the_fourth_ask(casework: Casework, kit: Person) -> None:
    for place in range(3):
        asked = START + place * HOUR
        check = casework.ask(kit, now=asked, aim=Aim.FIND_THEN_VIEW, visibility=Visibility.UNKNOWN)
        assert casework.outcome(check) is Outcome.PERMITTED
        casework.report(check, LookResult.NOT_FOUND, opened_at=asked, now=asked + MINUTE)
    fourth = casework.ask(kit, now=START + 4 * HOUR, aim=Aim.FIND_THEN_VIEW, visibility=Visibility.UNKNOWN)
    assert casework.outcome(fourth) is Outcome.BLOCKED_LEGAL_ADVICE
