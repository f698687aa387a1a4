"""What waits for whoever is away is in the lists of who stands in for them, marked, and done by them; their own never is."""

from datetime import timedelta

import pytest

from tests.fixtures.casework import CHILD, Casework, actor_of
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.audit.selectors import Wanted, list_entries
from tracker.checks.services import answer_question, ask_again, ask_question, withdraw_check
from tracker.decisions.models import Check
from tracker.policy.entitlement import Actor, Role
from tracker.policy.vocabulary import Conclusion, Visibility
from tracker.referrals.selectors import get_referral
from tracker.review.selectors.referrals import Shown, count_cases
from tracker.review.services import approve_check, endorse_check, take_referral
from tracker.staff.models import RoleGrant, StaffMember
from tracker.staff.requests import NewDeputy, NewRole
from tracker.staff.services import confirm_role, grant_role, name_deputy
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE
DAY = timedelta(days=1)
LATER = START + DAY


def cover(casework: Casework, covered: StaffMember, deputy: StaffMember, *, by: StaffMember | None = None) -> None:
    """From the beginning for a fortnight; named by who is covered, unless by somebody else."""
    new = NewDeputy(saved_key(covered), saved_key(deputy), START, START + 14 * DAY, "Annual leave")
    with casework.transaction() as session:
        name_deputy(session, new, by=casework.council.actor(by or covered), now=START)


def acting(casework: Casework, member: StaffMember) -> Actor:
    return actor_of(casework, member, at=LATER)


def approve(casework: Casework, check: Check, by: StaffMember) -> None:
    with casework.transaction() as session:
        approve_check(session, session.merge(check), reasons="Needed.", by=acting(casework, by), now=LATER)


def test_a_managers_queue_is_in_their_deputys_marked_and_decided_there_and_the_trail_says_for_whom(
    casework: Casework, client_for: ClientFor
) -> None:
    council = casework.council
    check = casework.ask(casework.person("Ben", born=CHILD))
    cover(casework, council.manager, council.colleague)
    queue = client_for(council.colleague).get("/review").text
    assert check.reference in queue
    assert "For Mina Zzmanager" in queue
    assert "You have this list in place of Mina Zzmanager." in queue
    assert "Mina Zzmanager" not in client_for(council.manager).get("/review").main.text
    assert (
        "You decide in place of Mina Zzmanager" in client_for(council.colleague).get(f"/review/{check.reference}").text
    )
    approve(casework, check, council.colleague)
    with council.database.reading() as session:
        said = list_entries(session, Wanted(events=(Event.CHECK_APPROVED,)), size=1)[0].said["actor"]
    assert said["roles"] == ["social worker"]
    reference = council.manager.reference
    assert said["standing_in_for"] == [{"name": "Mina Zzmanager", "reference": reference, "roles": ["team manager"]}]


@pytest.mark.parametrize("asker", ["colleague", "manager"])
def test_what_the_deputy_or_whom_they_cover_asked_for_goes_to_the_manager_above(
    casework: Casework, client_for: ClientFor, asker: str
) -> None:
    council = casework.council
    cover(casework, council.manager, council.colleague)
    child = casework.person("Ben", born=CHILD)
    check = casework.ask(child, by=getattr(casework, asker))
    assert check.reference not in client_for(council.colleague).get("/review").text
    with pytest.raises(NotAllowedError):
        approve(casework, check, council.colleague)
    expected = {"colleague": "manager", "manager": "head"}[asker]
    assert check.reference in client_for(getattr(council, expected)).get("/review").text


def test_a_manager_who_covers_another_of_the_team_below_has_it_marked_though_they_could_decide_anyway(
    casework: Casework, client_for: ClientFor
) -> None:
    council = casework.council
    check = casework.ask(casework.person("Ben", born=CHILD))
    cover(casework, council.manager, council.head)
    queue = client_for(council.head).get("/review").text
    assert check.reference in queue
    assert "For Mina Zzmanager" in queue


def test_a_deputy_answers_for_a_worker_and_from_then_on_never_decides_about_it(
    casework: Casework, client_for: ClientFor
) -> None:
    council = casework.council
    check = casework.ask(casework.person("Ben", born=CHILD))
    with casework.transaction() as session:
        asked = ask_question(session, session.merge(check), question="Why now?", by=casework.manager, now=START)
    cover(casework, council.worker, council.colleague)
    home = client_for(council.colleague).get("/").text
    assert "Answer a question" in home
    assert "For Wanda Zzworker" in home
    page = client_for(council.colleague).get(f"/checks/{check.reference}")
    assert "Withdraw this check" in page.text
    with casework.transaction() as session:
        answer_question(
            session, session.merge(asked), answer="Court.", by=acting(casework, council.colleague), now=LATER
        )
    cover(casework, council.manager, council.colleague)
    with pytest.raises(NotAllowedError):
        approve(casework, check, council.colleague)
    approve(casework, check, council.manager)


def test_a_deputy_who_could_decide_does_not_speak_for_who_asked(casework: Casework) -> None:
    council = casework.council
    cover(casework, council.worker, council.manager)
    check = casework.ask(casework.person("Ben", born=CHILD))
    with pytest.raises(NotAllowedError), casework.transaction() as session:
        withdraw_check(session, session.merge(check), why="No.", by=acting(casework, council.manager), now=LATER)
    approve(casework, check, council.manager)
    with pytest.raises(NotAllowedError), casework.transaction() as session:
        ask_again(session, session.merge(check), by=acting(casework, council.manager), now=LATER)


def test_nobody_looks_or_reports_in_somebodys_place_and_the_deputy_is_shown_so(
    casework: Casework, client_for: ClientFor
) -> None:
    council = casework.council
    check = casework.ask(casework.person("Kit"))
    cover(casework, council.worker, council.colleague)
    home = client_for(council.colleague).get("/").text
    assert "Looks of those you stand in for" in home
    assert "Only they can look and report" in home
    with pytest.raises(NotAllowedError):
        casework.report(check, by=acting(casework, council.colleague), visibility_found=Visibility.OPEN)


def test_a_case_that_a_lawyer_had_taken_is_answered_by_their_deputy(casework: Casework, client_for: ClientFor) -> None:
    council = casework.council
    person = casework.person("Kit")
    casework.ask(person, by=casework.worker2)
    blocked = casework.ask(person)
    with casework.transaction() as session:
        endorse_check(session, session.merge(blocked), reasons="Sent on.", by=casework.manager, now=START)
    reference = trail(council.database, "referral:endorsed")[-1].record
    with casework.transaction() as session:
        referral = get_referral(session, str(reference))
        take_referral(session, referral, version=referral.version, by=casework.legal, now=START)
    cover(casework, council.legal, council.officer)
    officer = acting(casework, council.officer)
    with council.database.reading() as session:
        assert count_cases(session, Shown.MINE, by=officer) == 1
    home = client_for(council.officer).get("/").text
    assert "For Lena Zzlegal" in home
    assert "Answer this case" in client_for(council.officer).get(f"/referrals/{reference}").text
    assert "You have this list in place of Lena Zzlegal." in client_for(council.officer).get("/referrals").text
    assert "in place of" not in client_for(council.officer).get("/authorisations").text


def test_a_role_that_is_confirmed_after_somebody_else_named_the_deputy_is_not_passed_on(casework: Casework) -> None:
    council = casework.council
    cover(casework, council.worker, council.colleague, by=council.admin)
    cover(casework, council.worker, council.manager2)
    with casework.transaction() as session:
        new = NewRole(saved_key(council.worker), Role.LEGAL_REVIEWER)
        grant = grant_role(session, new, by=casework.admin, now=START)
        confirm_role(session, saved_key(grant), by=casework.sro, now=START + timedelta(hours=1))
    assert Role.LEGAL_REVIEWER not in acting(casework, council.colleague).roles
    assert Role.LEGAL_REVIEWER in acting(casework, council.manager2).roles, "the worker named that deputy themself"


def test_nobody_comes_to_administer_staff_and_see_cases_by_cover_that_was_there_before(casework: Casework) -> None:
    council = casework.council
    cover(casework, council.worker, council.colleague)
    with casework.transaction() as session:
        session.add(
            RoleGrant(staff_id=saved_key(council.worker), role="administrator", from_at=START, recorded_at=START)
        )
    assert acting(casework, council.colleague).roles == {Role.SOCIAL_WORKER}


def test_advice_by_a_deputy_bars_the_deputy_and_not_whom_they_covered(casework: Casework) -> None:
    council = casework.council
    child = casework.person("Ben", born=CHILD)
    casework.advice(child, Conclusion.NOT_DIRECTED_SURVEILLANCE)
    check = casework.ask(child)
    cover(casework, council.manager, council.legal)
    with pytest.raises(NotAllowedError):
        approve(casework, check, council.legal)
    approve(casework, check, council.manager)
