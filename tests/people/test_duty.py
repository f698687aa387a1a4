"""Who is on duty comes to anybody's record, once they have said why on that shift; off the rota nothing of it remains."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.settling import OFF_THE_ROTA
from tests.fixtures.trail import last_event
from tests.fixtures.visitor import ClientFor, Visitor
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry
from tracker.checks.opening import open_check
from tracker.consent.models import Consent
from tracker.corrections.opening import open_correction
from tracker.corrections.requests import NewCorrection
from tracker.corrections.services import ask_for_correction
from tracker.corrections.vocabulary import CorrectionKind
from tracker.people.models import DutyOpening, Involvement, Person
from tracker.people.requests import Details, NewPerson, TeamWork
from tracker.people.services import DutyReasonNeededError, add_person, open_on_duty, open_person
from tracker.policy.entitlement import Holding, Role, may_decide_on_check
from tracker.policy.vocabulary import Outcome, Relation
from tracker.staff.requests import NewShift
from tracker.staff.services import add_rota_shift, end_rota_shift
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE
DAY = timedelta(days=1)
WHY = "His mother rang: he has not come home."


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Kit, with whom north and south work."""
    casework.person("Noise")
    return casework.person("Kit")


@pytest.fixture
def duty(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.duty)


def openings(casework: Casework) -> list[DutyOpening]:
    with casework.database.reading() as session:
        return list(session.exec(select(DutyOpening).order_by(col(DutyOpening.id))))


def test_the_record_is_closed_until_the_reason_is_said_once_on_the_shift(casework: Casework, kit: Person) -> None:
    with pytest.raises(DutyReasonNeededError), casework.transaction() as session:
        open_person(session, kit.reference, by=casework.duty, now=START)
    casework.come_on_duty(kit, why=WHY)
    casework.come_on_duty(kit, why="Said again.", now=START + timedelta(hours=1))
    with casework.transaction() as session:
        open_person(session, kit.reference, by=casework.duty, now=START + DAY)
    assert [(one.person_id, one.team_id, one.reason) for one in openings(casework)] == [
        (saved_key(kit), saved_key(casework.council.night), WHY)
    ]


def test_it_is_audited_and_its_words_can_be_erased(casework: Casework, kit: Person) -> None:
    casework.come_on_duty(kit, why=WHY)
    entry = last_event(casework.database)
    assert (entry.event, entry.record, entry.people) == ("people:opened_on_duty", kit.reference, (kit.reference,))
    assert entry.content == {"reason": WHY}
    assert (entry.facts["team"], WHY in str(entry.facts)) == (casework.council.night.reference, False)


def test_the_reason_stands_for_a_record_linked_to_theirs_and_for_nobody_else(casework: Casework, kit: Person) -> None:
    twin, other = casework.person("Kit again"), casework.person("Other")
    casework.link(kit, twin)
    casework.come_on_duty(kit)
    with casework.transaction() as session:
        open_person(session, twin.reference, by=casework.duty, now=START)
    with pytest.raises(DutyReasonNeededError), casework.transaction() as session:
        open_person(session, other.reference, by=casework.duty, now=START)


def test_whoever_works_with_the_person_otherwise_gives_no_reason(casework: Casework, kit: Person) -> None:
    """The control of the gate: the same act by others."""
    for by in (casework.worker, casework.manager, casework.head, casework.worker2, casework.legal, casework.sro):
        with casework.transaction() as session:
            open_person(session, kit.reference, by=by, now=START)


def test_who_comes_to_them_by_a_team_of_their_own_too_opens_nothing_on_duty(casework: Casework, kit: Person) -> None:
    """North's worker is on shift tonight: north is not told that a record of its own was opened on duty."""
    north = Holding(Role.SOCIAL_WORKER, saved_key(casework.council.north))
    by = replace(casework.duty, holdings=(*casework.duty.holdings, north))
    casework.come_on_duty(kit, by=by)
    assert openings(casework) == []
    with casework.transaction() as session:
        open_person(session, kit.reference, by=by, now=START)


def test_an_involvement_of_the_duty_team_itself_is_no_reason(casework: Casework, kit: Person) -> None:
    casework.come_on_duty(kit)
    with casework.transaction() as session:
        session.add(
            Involvement(
                person_id=saved_key(kit),
                team_id=saved_key(casework.council.night),
                relation="referral_or_enquiry",
                case_system="Zzmosaic",
                case_reference="ZZ900000",
                opened_on=START.date(),
                recorded_at=START,
                recorded_by=casework.duty.staff_id,
            )
        )
    later = OFF_THE_ROTA + DAY
    next_shift(casework, later)
    with pytest.raises(DutyReasonNeededError), casework.transaction() as session:
        open_person(session, kit.reference, by=casework.council.actor(casework.council.duty, at=later), now=later)


def next_shift(casework: Casework, begins: datetime) -> None:
    with casework.transaction() as session:
        shift = NewShift(
            saved_key(casework.council.duty),
            saved_key(casework.council.night),
            begins,
            begins + timedelta(hours=12),
        )
        add_rota_shift(session, shift, by=casework.admin, now=START)


def test_off_the_rota_nothing_remains_and_the_next_shift_asks_again(casework: Casework, kit: Person) -> None:
    casework.come_on_duty(kit)
    with casework.transaction() as session:
        shift_id = openings(casework)[0].shift_id
        end_rota_shift(session, shift_id, by=casework.admin, now=START + DAY)
    off = casework.council.actor(casework.council.duty, at=START + DAY)
    for act in (open_person, lambda *a, **k: open_on_duty(*a, reason="Still.", **k)):
        with pytest.raises(NotAllowedError) as refused, casework.transaction() as session:
            act(session, kit.reference, by=off, now=START + DAY)
        assert not isinstance(refused.value, DutyReasonNeededError)
    again = START + 2 * DAY
    next_shift(casework, again)
    with pytest.raises(DutyReasonNeededError), casework.transaction() as session:
        open_person(session, kit.reference, by=casework.council.actor(casework.council.duty, at=again), now=again)


def test_who_stands_in_for_somebody_on_shift_says_why_themself(casework: Casework, kit: Person) -> None:
    held = Holding(Role.DUTY_MANAGER, saved_key(casework.council.night), covers=casework.duty.staff_id)
    deputy = replace(casework.officer, holdings=(held,))
    casework.come_on_duty(kit)
    with pytest.raises(DutyReasonNeededError), casework.transaction() as session:
        open_person(session, kit.reference, by=deputy, now=START)
    casework.come_on_duty(kit, by=deputy)
    with casework.transaction() as session:
        open_person(session, kit.reference, by=deputy, now=START)


# Asking for a check -----------------------------------------------------------------------------------------------------


def test_a_duty_team_asks_without_an_involvement_and_no_other_team_does(casework: Casework) -> None:
    kit = casework.person("Kit")
    with pytest.raises(DutyReasonNeededError):
        casework.ask(kit, by=casework.duty)
    casework.come_on_duty(kit)
    check = casework.ask(kit, by=casework.duty)
    assert casework.outcome(check) is Outcome.PERMITTED
    assert check.team_id == saved_key(casework.council.night)
    with casework.database.reading() as session:
        night = Involvement.team_id == saved_key(casework.council.night)
        assert session.exec(select(Involvement).where(night)).first() is None
    with pytest.raises(NotAllowedError):
        casework.ask(kit, by=casework.duty, team=casework.council.north.reference)


def test_naming_the_danger_is_reason_enough_and_those_whom_it_is_about_too_are_listed(
    casework: Casework, kit: Person
) -> None:
    sister = casework.person("Sister")
    casework.danger(kit, by=casework.duty, also_about=(sister.reference,))
    assert {(one.person_id, one.reason) for one in openings(casework)} == {
        (saved_key(kit), "A threat to life."),
        (saved_key(sister), "A threat to life."),
    }


def test_a_check_about_several_is_opened_once_they_said_why_and_each_home_team_is_told(
    casework: Casework, kit: Person
) -> None:
    """A manager on the rota comes to decide on a check of north's about two children."""
    sister = casework.person("Sister")
    check = casework.ask(kit, also_about=(sister.reference,))

    def _open() -> None:
        with casework.transaction() as session:
            open_check(session, check.reference, by=casework.duty, now=START, entitled=may_decide_on_check)

    with pytest.raises(DutyReasonNeededError):
        _open()
    casework.come_on_duty(kit, why=WHY)
    _open()
    _open()
    assert [(one.person_id, one.reason) for one in openings(casework)] == [
        (saved_key(kit), WHY),
        (saved_key(sister), WHY),
    ]


def test_what_is_said_to_be_in_error_is_opened_once_they_said_why(casework: Casework, kit: Person) -> None:
    casework.consent(kit)
    with casework.transaction() as session:
        said = session.exec(select(Consent.reference)).one()
        wrong = NewCorrection(kind=CorrectionKind.CONSENT, record=said, why="His brother said it.")
        correction = ask_for_correction(session, wrong, by=casework.worker, now=START).reference
    with pytest.raises(DutyReasonNeededError), casework.transaction() as session:
        open_correction(session, correction, by=casework.duty, now=START)
    casework.come_on_duty(kit, why=WHY)
    with casework.transaction() as session:
        open_correction(session, correction, by=casework.duty, now=START)


def test_a_restricted_record_stays_what_it_is(casework: Casework, kit: Person) -> None:
    with casework.transaction() as session:
        person = session.get_one(Person, saved_key(kit))
        person.restricted, person.ask_whom = True, "Somebody"
    with pytest.raises(NotAllowedError) as refused:
        casework.come_on_duty(kit)
    assert not isinstance(refused.value, DutyReasonNeededError)
    assert openings(casework) == []


def test_whom_one_puts_on_record_on_duty_one_has_come_to(casework: Casework) -> None:
    work = TeamWork(
        team=casework.council.night.reference,
        relation=Relation.REFERRAL_OR_ENQUIRY,
        opened_on=START.date(),
        case_system="Zzmosaic",
        case_reference="ZZ900001",
    )
    with casework.transaction() as session:
        new = NewPerson(details=Details(name="New Zzexample"), involvement=work)
        person = add_person(session, new, by=casework.duty, now=START)
        open_person(session, person.reference, by=casework.duty, now=START)
    assert [one.reason for one in openings(casework)] == ["They were put on record on duty."]


# The pages --------------------------------------------------------------------------------------------------------------


def test_the_page_asks_why_and_then_goes_on_to_where_one_was_going(
    casework: Casework, kit: Person, duty: Visitor
) -> None:
    asked = duty.get(f"/people/{kit.reference}/details")
    assert (asked.path, asked.heading) == (f"/people/{kit.reference}/duty", "Open a record on duty")
    assert "Zzexample" not in asked.html.text
    assert duty.send(asked, {"reason": " "}).errors == ["Enter why you need this record on duty"]
    shown = duty.send(asked, {"reason": WHY})
    assert shown.path == f"/people/{kit.reference}/details"
    assert [one.reason for one in openings(casework)] == [WHY]


def test_a_page_sent_without_a_reason_says_so_and_saves_nothing(casework: Casework, kit: Person, duty: Visitor) -> None:
    page = duty.get("/people/new")
    sent = duty.post(f"/people/{kit.reference}/checks/new", {"csrf_token": page.csrf_token})
    assert (sent.status, sent.heading) == (403, "Say first why you need this record")
    assert f"/people/{kit.reference}/duty" in sent.html.one("main").one("a").attributes["href"]


def test_a_way_back_to_somewhere_else_is_not_taken(casework: Casework, kit: Person, duty: Visitor) -> None:
    asked = duty.get(f"/people/{kit.reference}/duty?next=https://elsewhere.example/")
    assert duty.send(asked, {"reason": WHY}, follow=False).location == f"/people/{kit.reference}"


def test_a_check_is_begun_in_the_duty_team_with_how_others_are_involved(
    casework: Casework, kit: Person, duty: Visitor, clock: Clock
) -> None:
    casework.come_on_duty(kit)
    begun = duty.send(duty.get(f"/people/{kit.reference}/checks/new"), button="Start")
    assert begun.path.endswith("/why")
    assert begun.form("Continue").values["relation"] == ["service_user"]


def test_the_danger_page_opens_no_involvement_for_a_duty_team(casework: Casework, kit: Person, duty: Visitor) -> None:
    typed = {
        "who": kit.reference,
        "which": kit.reference,
        "danger": "He has gone with a man who has harmed children.",
        "purpose": "trace_missing_person",
        "platforms": ["snapchat"],
        "account": "logged_out",
    }
    shown = duty.send(duty.get("/danger"), typed)
    assert shown.path.startswith("/checks/CHK-"), shown.errors
    with casework.database.reading() as session:
        night = Involvement.team_id == saved_key(casework.council.night)
        assert session.exec(select(Involvement).where(night)).first() is None
        entries = session.exec(select(AuditEntry.event).order_by(col(AuditEntry.seq))).all()
    assert "people:opened_on_duty" in entries
    assert [one.reason for one in openings(casework)] == ["He has gone with a man who has harmed children."]
