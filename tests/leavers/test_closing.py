"""Closing somebody, merging a team, moving work with a person: what is handed on, what is refused, and what the pages say."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.settling import sign_up
from tests.fixtures.visitor import ClientFor
from tracker.audit.models import AuditEntry
from tracker.checks.requests import AccountChoice
from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser
from tracker.corporate_accounts.services import allow_user, register_profile
from tracker.decisions.selectors import get_check
from tracker.drafts.services import begin_draft
from tracker.leavers.services import close_leaver, end_held_role, merge_team, place_team
from tracker.people.models import Involvement, Person
from tracker.people.problems import ProblemError
from tracker.people.requests import MovedInvolvement
from tracker.people.services import move_involvement
from tracker.policy.entitlement import Actor, Role
from tracker.policy.vocabulary import Platform
from tracker.referrals.models import Referral
from tracker.review.selectors.queue import queue_of
from tracker.review.services import endorse_check, see_nobody_left, take_referral
from tracker.staff.models import Deputy, RoleGrant, RotaShift
from tracker.staff.requests import NewDeputy, StaffChangeError
from tracker.staff.services import name_deputy
from tracker.storage.tables import StaleVersionError, saved_key
from tracker.tasks.models import Task
from tracker.tasks.requests import Addressee, managers, member
from tracker.tasks.services import raise_task
from tracker.tasks.vocabulary import TaskKind

pytestmark = ONE_DATABASE
HOUR = timedelta(hours=1)
LATER = START + HOUR


def close(casework: Casework, who: Actor) -> None:
    with casework.transaction() as session:
        close_leaver(session, who.staff_id, by=casework.admin, now=LATER)


def end_role_of(casework: Casework, who: Actor) -> None:
    """Ends the first role that they were granted."""
    with casework.transaction() as session:
        mine = select(RoleGrant).where(RoleGrant.staff_id == who.staff_id).order_by(col(RoleGrant.id))
        end_held_role(session, saved_key(session.exec(mine).all()[0]), by=casework.admin, now=LATER)


def second(casework: Casework, role: Role) -> Actor:
    with casework.transaction() as session:
        member = sign_up(session, f"Nora Zz{role.value.replace('_', '')}", role)
    return casework.council.actor(member, at=START)


def taken_case(casework: Casework) -> str:
    """A case with Legal that Lena has taken."""
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    with casework.transaction() as session:
        endorse_check(session, get_check(session, check.reference), reasons="Please.", by=casework.manager, now=START)
    with casework.transaction() as session:
        case = session.exec(select(Referral)).one()
        take_referral(session, case, version=case.version, by=casework.legal, now=START)
        return case.reference


# Somebody leaves -----------------------------------------------------------------------------------------------------


def test_a_case_that_a_lawyer_took_is_free_again_once_they_are_closed_and_the_trail_says_so(casework: Casework) -> None:
    reference = taken_case(casework)
    second(casework, Role.LEGAL_REVIEWER)
    close(casework, casework.legal)
    with casework.database.reading() as session:
        case = session.exec(select(Referral)).one()
        assert (case.taken_by, case.taken_at, case.place) == (None, None, "legal")
        rows = session.exec(select(AuditEntry).where(AuditEntry.record == reference)).all()
    assert [row.event for row in rows if "back" in row.event] == ["referral:given_back"]


def test_the_last_of_a_role_that_something_may_wait_for_is_not_closed_and_nothing_is_changed(
    casework: Casework,
) -> None:
    reference = taken_case(casework)
    for who in (casework.legal, casework.sro, casework.officer):
        with pytest.raises(StaffChangeError, match="Nobody else is"):
            close(casework, who)
    with casework.database.reading() as session:
        assert session.exec(select(Referral.taken_by)).one() == casework.legal.staff_id, reference


def test_the_last_manager_of_a_team_that_stands_alone_is_not_closed_and_one_with_a_manager_above_is(
    casework: Casework,
) -> None:
    close(casework, casework.manager)
    with pytest.raises(StaffChangeError, match="Nobody else manages Family Help North, or a team above it"):
        close(casework, casework.head)


def test_whoever_alone_may_decide_a_managers_own_check_is_not_closed(casework: Casework) -> None:
    casework.ask(casework.person("Ben", born=CHILD), by=casework.manager)
    with pytest.raises(StaffChangeError, match="Nobody else may decide on 1 thing that waits"):
        close(casework, casework.head)
    with casework.transaction() as session, pytest.raises(StaffChangeError, match="1 thing that waits"):
        place_team(session, saved_key(casework.council.north), version=1, parent_id=None, by=casework.admin, now=LATER)


def test_a_role_that_nobody_else_has_is_not_ended_and_one_that_somebody_else_has_is(casework: Casework) -> None:
    casework.ask(casework.person("Ben", born=CHILD), by=casework.manager)
    refused = {
        casework.legal: "Nobody else is a legal reviewer. Have somebody else hold it first.",
        casework.officer: "Nobody else is an authorising officer.",
        casework.head: "Nobody else may decide on 1 thing that waits",
    }
    for who, why in refused.items():
        with pytest.raises(StaffChangeError, match=why):
            end_role_of(casework, who)
    second(casework, Role.LEGAL_REVIEWER)
    for who in (casework.legal, casework.worker):
        end_role_of(casework, who)
    ended = {casework.legal.staff_id, casework.worker.staff_id}
    with casework.database.reading() as session:
        assert set(session.exec(select(RoleGrant.staff_id).where(col(RoleGrant.until_at) == LATER))) == ended


def test_the_last_managers_role_of_a_team_that_stands_alone_is_not_ended_on_its_page_either(
    casework: Casework, client_for: ClientFor
) -> None:
    end_role_of(casework, casework.manager)
    end_role_of(casework, casework.manager2)
    with casework.database.reading() as session:
        grant = session.exec(select(RoleGrant).where(RoleGrant.staff_id == casework.head.staff_id)).one()
    admin = client_for(casework.council.admin)
    page = admin.send(admin.get(f"/staff/{casework.head.reference}/roles/{grant.reference}/end"))
    assert [error for error in page.errors if error.startswith("Nobody else manages")]
    with casework.database.reading() as session:
        assert session.get_one(RoleGrant, grant.id).until_at is None


def test_roles_shifts_and_cover_end_with_whoever_leaves(casework: Casework) -> None:
    with casework.transaction() as session:
        new = NewDeputy(
            casework.worker.staff_id, casework.colleague.staff_id, START + HOUR * 9, START + HOUR * 99, "Leave."
        )
        name_deputy(session, new, by=casework.worker, now=START)
    for who in (casework.colleague, casework.duty):
        close(casework, who)
    gone = {casework.colleague.staff_id, casework.duty.staff_id}
    with casework.database.reading() as session:
        grants = session.exec(select(RoleGrant).where(col(RoleGrant.staff_id).in_(gone))).all()
        assert {one.until_at for one in grants} == {LATER}
        assert session.exec(select(RotaShift.until_at)).all() == [LATER]
        assert session.exec(select(Deputy.until_at)).all() == [LATER]


def test_a_permit_of_somebody_who_has_left_is_no_green_light_for_whoever_asked(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    with casework.transaction() as session:
        new = NewCorporateProfile(platform=Platform.FACEBOOK, handle="northshire.family.help", registered_at=START)
        profile = register_profile(session, new, by=casework.admin, now=START).reference
        user = NewProfileUser(profile, casework.colleague.staff_id, from_at=START)
        allow_user(session, user, by=casework.admin, now=START)
    account = AccountChoice("corporate", profile)
    asked = casework.ask(casework.person("Kit"), viewer=casework.colleague.reference, account=account)
    control = casework.ask(casework.person("Noise"))
    close(casework, casework.colleague)
    assert casework.liveness(asked, now=LATER - HOUR / 2).live
    assert casework.liveness(control, now=LATER).live
    clock.set(LATER + HOUR / 2)
    worker = client_for(casework.council.worker)
    shown = worker.get(f"/checks/{asked.reference}")
    assert "may go ahead" not in shown.main.one("h1").text
    assert "Whoever was named to look has left, so that nobody can use it." in shown.text
    assert "ask for a new check that names somebody who is here" in shown.text
    assert "A manager has still to see that nobody is left to report." in worker.get("/").text
    with casework.transaction() as session:
        check = get_check(session, asked.reference)
        see_nobody_left(session, check, known="Nothing.", by=casework.manager, now=LATER + HOUR / 2)
    assert "A manager has still to see" not in worker.get(f"/checks/{asked.reference}").text


def raise_one(session: Session, key: str, first: Addressee) -> None:
    """A task that waits for somebody."""
    raise_task(
        session,
        kind=TaskKind.CONSENT_ENDING,
        key=key,
        record="CON-0000-0000",
        what="It ends.",
        waits_for=first.waits_for,
        staff_id=first.staff_id,
        team_id=first.team_id,
        now=START,
    )


def test_their_tasks_wait_for_whoever_has_them_now_at_once(casework: Casework) -> None:
    north, south = saved_key(casework.council.north), saved_key(casework.council.south)
    with casework.transaction() as session:
        for key, first in (("one", member(casework.worker.staff_id)), ("two", managers(north))):
            raise_one(session, key, first)
    close(casework, casework.worker)
    with casework.database.reading() as session:
        assert set(session.exec(select(Task.team_id))) == {north}
    with casework.transaction() as session:
        merge_team(session, north, successor_id=south, by=casework.admin, now=LATER)
    close(casework, casework.manager)
    with casework.database.reading() as session:
        assert set(session.exec(select(Task.team_id))) == {south}


def test_the_tasks_of_who_works_nowhere_any_more_wait_for_whoever_has_them_now_at_once(casework: Casework) -> None:
    north = saved_key(casework.council.north)
    with casework.transaction() as session:
        for who in (casework.worker, casework.colleague):
            raise_one(session, who.reference, member(who.staff_id))
    end_role_of(casework, casework.worker)
    with casework.database.reading() as session:
        waits = {(one.staff_id, one.team_id) for one in session.exec(select(Task))}
        passed = session.exec(select(AuditEntry.at).where(AuditEntry.event == "task:passed_on")).all()
    assert waits == {(None, north), (casework.colleague.staff_id, None)}
    assert passed == [LATER]


def test_the_page_counts_drafts_of_every_kind_and_a_manager_sees_those_of_checks(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit, north = casework.person("Kit"), casework.council.north.reference
    check, later = casework.ask(kit), START + timedelta(days=31)
    same = {"people": ["PER-1", "PER-2"], "typed": {"PER-1": {"why_now": ["Zztyped"]}}, "why_not": {}}
    with casework.transaction() as session:
        for form, about, content in (
            ("check", kit.reference, {"team": north}),
            ("same_for", check.reference, same),
            ("advice", kit.reference, {}),
            ("interrupted", None, {"path": "/", "values": {}}),
        ):
            begin_draft(session, form=form, about=about, content=content, by=casework.worker, now=START)
        begin_draft(session, form="same_for", about=check.reference, content=same, by=casework.colleague, now=START)
    page = client_for(casework.council.admin).get(f"/staff/{casework.worker.reference}/close")
    rows = {row.one("th").text: row.all("td")[0].text for row in page.main.one("tbody").all("tr")}
    assert (rows["Drafts"], rows["Drafts of advice, or of the council's rules"]) == ("2", "1")
    close(casework, casework.worker)
    clock.set(LATER)
    shown = client_for(casework.council.manager).get("/review")
    assert f"{casework.worker.name} had begun a check about {kit.name}" in shown.text
    assert f"{casework.worker.name} had begun the same for 2 others of the household of {kit.name}" in shown.text
    assert f"{casework.colleague.name} had begun" not in shown.text
    assert "Zztyped" not in shown.html.text
    assert "PER-1" not in shown.html.text
    with casework.database.reading() as session:
        for who, at, found in (
            (casework.manager, LATER, 2),
            (casework.manager2, LATER, 0),
            (casework.manager, later, 0),
        ):
            assert len(queue_of(session, who, now=at).left_behind) == found


def test_the_page_says_where_things_go_and_offers_no_button_where_nobody_would_have_them(
    casework: Casework, client_for: ClientFor
) -> None:
    taken_case(casework)
    admin = client_for(casework.council.admin)
    page = admin.get(f"/staff/{casework.legal.reference}/close")
    assert "Nobody else is a legal reviewer." in page.text
    assert "Close this member of staff" not in [button.text for button in page.main.all("button")]
    rows = {row.one("th").text: [cell.text for cell in row.all("td")] for row in page.main.one("tbody").all("tr")}
    assert rows["Cases of Legal's that they took"] == ["1", "Given back: free for every legal reviewer"]
    assert "Zzexample" not in page.html.text
    worker = admin.get(f"/staff/{casework.worker.reference}/close")
    assert "Close this member of staff" in [button.text for button in worker.main.all("button")]


# Teams ---------------------------------------------------------------------------------------------------------------


def test_a_team_is_not_merged_into_one_that_nobody_manages_but_a_chain_of_successors_is(casework: Casework) -> None:
    council = casework.council
    north, south, above = (saved_key(one) for one in (council.north, council.south, council.department))
    check = casework.ask(casework.person("Ben", born=CHILD))
    with casework.transaction() as session:
        merge_team(session, north, successor_id=south, by=casework.admin, now=LATER)
        merge_team(session, south, successor_id=above, by=casework.admin, now=LATER)
    close(casework, casework.manager)
    close(casework, casework.manager2)
    with casework.database.reading() as session:
        assert get_check(session, check.reference).team_id == north
    with pytest.raises(StaffChangeError, match="Nobody else manages Family Help,"):
        close(casework, casework.head)


# A person's work moves -----------------------------------------------------------------------------------------------


def moved(casework: Casework, *, by: Actor, to: str, version: int = 1) -> Involvement:
    """The first work on record, moved."""
    with casework.transaction() as session:
        query = select(Involvement, Person).join(Person, col(Person.id) == col(Involvement.person_id))
        row, person = session.exec(query.order_by(col(Involvement.id))).all()[0]
        asked = MovedInvolvement(person=person.reference, involvement=row.reference, version=version, team=to)
        return move_involvement(session, asked, by=by, now=LATER)


def test_work_that_moves_is_closed_and_opened_on_the_same_day_and_both_are_kept(casework: Casework) -> None:
    casework.person("Kit")
    new = moved(casework, by=casework.worker, to=casework.council.department.reference)
    with casework.database.reading() as session:
        rows = session.exec(select(Involvement).order_by(col(Involvement.id))).all()
        old = rows[0]
        events = session.exec(select(AuditEntry.event).order_by(col(AuditEntry.seq).desc()).limit(2)).all()
    assert (old.closed_on, new.opened_on) == (LATER.date(), LATER.date())
    assert (old.case_reference, old.relation) == (new.case_reference, new.relation)
    assert set(events) == {"people:involvement_closed", "people:involvement_opened"}
    with pytest.raises(StaleVersionError):
        moved(casework, by=casework.worker, to=casework.council.department.reference)


def test_work_is_moved_neither_to_the_same_team_nor_to_a_duty_team(casework: Casework) -> None:
    casework.person("Kit")
    for team in (casework.council.north, casework.council.night):
        with pytest.raises(ProblemError, match="as asked: team"):
            moved(casework, by=casework.worker, to=team.reference)


def test_the_page_shows_what_is_open_to_both_teams_and_only_the_team_whose_work_it_is_moves_it(
    casework: Casework, client_for: ClientFor
) -> None:
    kit = casework.person("Kit")
    casework.ask(kit)
    with casework.database.reading() as session:
        row = session.exec(select(Involvement).order_by(col(Involvement.id))).first()
        assert row is not None
    address = f"/people/{kit.reference}/involvements/{row.reference}/move"
    other = client_for(casework.council.worker2).get(address)
    assert "Somebody who works in Family Help North moves it." in other.text
    worker = client_for(casework.council.worker)
    page = worker.get(address)
    lines = {one.one("th").text: one.all("td")[0].text for one in page.main.one("tbody").all("tr")}
    assert lines["Looks that may go ahead"] == "1"
    done = worker.send(page, {"team": casework.council.department.reference}, button="Move it")
    assert "was moved. What is open stays with the team that asked for it." in done.text
    again = worker.get(address)
    assert "This involvement was closed on 21 November 2026." in again.text
