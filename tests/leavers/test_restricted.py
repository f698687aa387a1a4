"""The last manager who may read a restricted record is not closed, nor their role ended; another is named first, by them or by Legal."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.casework import BEFORE, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.settling import sign_up
from tests.fixtures.visitor import ClientFor
from tests.leavers.test_closing import LATER, close, end_role_of
from tests.review.sealing import sealed
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry
from tracker.people.models import Person, PersonReader
from tracker.people.problems import ProblemError
from tracker.people.readers import list_readers
from tracker.people.requests import RestrictedPerson
from tracker.people.selectors import get_person
from tracker.people.services import restrict_person
from tracker.policy.entitlement import Actor, Role
from tracker.review.selectors.unread import list_hardly_read
from tracker.review.services import name_readers
from tracker.staff.requests import NewDeputy, NewRole, StaffChangeError
from tracker.staff.services import grant_role, name_deputy
from tracker.storage.tables import StaleVersionError, saved_key

pytestmark = ONE_DATABASE

NOBODY_READS = "No other manager may read 1 restricted record."


def said(session: Session, person: Person, *readers: Actor, version: int | None = None) -> RestrictedPerson:
    """That these read the record."""
    named = tuple(one.reference for one in readers)
    now_at = get_person(session, person.reference).version if version is None else version
    return RestrictedPerson(person=person.reference, version=now_at, ask_whom="the head", readers=named, why="Zzwhy.")


def restrict(casework: Casework, person: Person, *readers: Actor) -> Person:
    """North's manager restricts the record to themself and these."""
    with casework.transaction() as session:
        new = said(session, person, casework.manager, *readers)
        restrict_person(session, new, by=casework.manager, now=BEFORE)
    return person


def named_by_legal(casework: Casework, person: Person, *readers: Actor, version: int | None = None) -> None:
    with casework.transaction() as session:
        name_readers(session, said(session, person, *readers, version=version), by=casework.legal, now=LATER)


@pytest.mark.parametrize("leave", [close, end_role_of])
def test_the_last_manager_who_reads_a_record_stays_until_another_is_named(
    casework: Casework, leave: Callable[[Casework, Actor], None]
) -> None:
    kit = restrict(casework, casework.person("Kit"), casework.worker)
    restrict(casework, casework.person("Noise"), casework.head)
    leave(casework, casework.worker)  # who reads it and manages nobody
    with pytest.raises(StaffChangeError, match=NOBODY_READS):
        leave(casework, casework.manager)
    restrict(casework, kit, casework.head)
    leave(casework, casework.manager)


def test_the_page_says_so_before_as_a_number_and_names_nobody(casework: Casework, client_for: ClientFor) -> None:
    for name in ("Kit", "Lee"):
        restrict(casework, casework.person(name))
    admin = client_for(casework.council.admin)
    page = admin.get(f"/staff/{casework.manager.reference}/close")
    assert "No other manager may read 2 restricted records. A manager who reads each, or Legal" in page.text
    assert "Close this member of staff" not in [button.text for button in page.main.all("button")]
    assert "PER-" not in page.html.text
    assert "No other manager" not in admin.get(f"/staff/{casework.head.reference}/close").text


def test_records_that_are_one_person_need_one_manager_who_reads_them_all(casework: Casework) -> None:
    one, other = casework.person("Kit"), casework.person("Kit")
    casework.link(one, other, now=BEFORE)
    restrict(casework, one, casework.head)
    close(casework, casework.manager2)  # the control: two managers read it
    restrict(casework, other, casework.colleague)
    with pytest.raises(StaffChangeError, match=NOBODY_READS):
        close(casework, casework.manager)
    with casework.database.reading() as session:
        found = [(row.person.reference, row.manager) for row in list_hardly_read(session, now=LATER)]
    assert found == sorted((each.reference, casework.manager.name) for each in (one, other))


def test_a_duty_manager_who_reads_it_counts_off_shift_too(casework: Casework) -> None:
    kit = restrict(casework, casework.person("Kit"))
    night = saved_key(casework.council.night)
    with casework.transaction() as session:
        member = sign_up(session, "Off Shift", Role.DUTY_MANAGER, team_id=night)
    off_shift = casework.council.actor(member, at=START)
    assert not off_shift.roles
    restrict(casework, kit, off_shift)
    close(casework, casework.manager)


def test_legal_names_another_manager_and_the_record_stays_restricted(casework: Casework) -> None:
    kit = restrict(casework, casework.person("Kit"), casework.worker)
    named_by_legal(casework, kit, casework.head, casework.colleague)
    close(casework, casework.manager)
    with casework.database.reading() as session:
        person = get_person(session, kit.reference)
        readers = {one.reference for one in list_readers(session, person)}
        last = session.exec(
            select(AuditEntry).where(AuditEntry.record == kit.reference).order_by(col(AuditEntry.seq).desc())
        ).first()
        assert list_hardly_read(session, now=LATER)[0].manager == casework.head.name
    assert person.restricted
    assert readers == {casework.head.reference, casework.colleague.reference}
    assert last is not None
    assert last.event == "people:readers_named"


def test_legal_names_readers_of_a_record_only_that_is_restricted_and_not_sealed_and_a_manager_among_them(
    casework: Casework,
) -> None:
    kit, open_to_all = restrict(casework, casework.person("Kit")), casework.person("Open")
    closed = sealed(casework, casework.person("Sealed"), casework.head)
    for person, readers, why in (
        (open_to_all, [casework.head], "This record is not restricted"),
        (closed, [casework.head], "This record is sealed"),
        (kit, [casework.worker], "Select at least one manager"),
        (kit, [], "Select who may read"),
    ):
        with pytest.raises(ProblemError) as problem:
            named_by_legal(casework, person, *readers)
        assert problem.value.message.startswith(why)
    with pytest.raises(StaleVersionError):
        named_by_legal(casework, kit, casework.head, version=1)
    with casework.database.reading() as session:
        assert set(session.exec(select(PersonReader.staff_id).where(PersonReader.person_id == kit.id))) == {
            casework.manager.staff_id
        }


def test_who_only_stands_in_for_a_manager_is_not_the_manager_who_is_named(casework: Casework) -> None:
    kit = restrict(casework, casework.person("Kit"))
    with casework.transaction() as session:
        cover = NewDeputy(casework.head.staff_id, casework.worker.staff_id, BEFORE, LATER + timedelta(days=1), "Leave.")
        name_deputy(session, cover, by=casework.head, now=BEFORE)
    with pytest.raises(ProblemError, match="readers"):
        named_by_legal(casework, kit, casework.worker)
    with pytest.raises(ProblemError, match="readers"), casework.transaction() as session:
        restrict_person(session, said(session, kit, casework.worker), by=casework.manager, now=LATER)
    named_by_legal(casework, kit, casework.worker, casework.head)


def test_a_lawyer_who_had_a_part_in_a_check_about_somebody_names_no_readers(casework: Casework) -> None:
    north = saved_key(casework.council.north)
    with casework.transaction() as session:
        second = sign_up(session, "Nora Zzlawyer", Role.LEGAL_REVIEWER)
        grant_role(session, NewRole(saved_key(second), Role.SOCIAL_WORKER, north), by=casework.admin, now=BEFORE)
    nora = casework.council.actor(second, at=START)
    kit = casework.person("Kit")
    casework.ask(kit, by=nora, now=START - timedelta(hours=1))
    restrict(casework, kit)
    with casework.transaction() as session, pytest.raises(NotAllowedError):
        name_readers(session, said(session, kit, casework.head), by=nora, now=LATER)
    named_by_legal(casework, kit, casework.head)  # the control: a lawyer who had none


def test_legal_finds_the_record_in_the_list_says_who_reads_it_and_it_is_gone_from_there(
    casework: Casework, client_for: ClientFor
) -> None:
    kit = restrict(casework, casework.person("Kit"))
    closed = sealed(casework, casework.person("Sealed"))
    restrict(casework, casework.person("Noise"), casework.head)
    legal = client_for(casework.council.legal)
    (link,) = legal.get("/referrals").main.all("a", href="/restricted-records")
    assert link.text == "Restricted records that one manager reads, or none"
    listed = legal.get("/restricted-records")
    rows = {row.one("th").text: row.one("td").text for row in listed.main.one("tbody").all("tr")}
    assert rows == {one.reference: casework.manager.name for one in (kit, closed)}
    assert "Zzexample" not in listed.html.text
    page = legal.get(f"/people/{kit.reference}/readers")
    typed = {"others": casework.council.head.email, "ask_whom": "the head", "why": "Zzleaves."}
    done = legal.send(page, typed, button="Save who may read it")
    assert "Those you chose read this record now" in done.text
    assert kit.reference not in legal.get("/restricted-records").text
    assert client_for(casework.council.head).get(f"/people/{kit.reference}").status == 200
