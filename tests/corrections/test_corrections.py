"""Recorded in error: asked by one, confirmed by another, struck through and never removed; and what it does to the count."""

from datetime import timedelta
from typing import TypeVar

import pytest
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.audit.chain import verify
from tracker.audit.models import AuditEntry
from tracker.authorities.models import LegalAdvice
from tracker.checks.services import ask_again
from tracker.consent.models import Consent, Notice
from tracker.consent.requests import NewObjection
from tracker.consent.services import record_objection
from tracker.corrections.errors import AlreadyStruckError, NotWaitingForAnswerError
from tracker.corrections.models import Correction
from tracker.corrections.records import find_record
from tracker.corrections.requests import NewAnswer, NewCorrection
from tracker.corrections.selectors import get_correction, list_corrections_waiting
from tracker.corrections.services import (
    ask_for_correction,
    confirm_correction,
    decline_correction,
    unlink_records,
)
from tracker.corrections.striking import effects_of
from tracker.corrections.vocabulary import CorrectionKind, CorrectionPlace
from tracker.decisions.models import Check
from tracker.decisions.selectors import find_look, get_check, liveness_of
from tracker.people.groups import group_of
from tracker.people.models import Person, SamePersonLink
from tracker.people.problems import ProblemError
from tracker.people.requests import UnlinkedRecords
from tracker.people.selectors import list_same_person_links
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Aim, Conclusion, ConsentStatus, Outcome, Visibility
from tracker.review.services import endorse_check
from tracker.storage.tables import StaleVersionError, saved_key
from tracker.viewings.selectors import views_as_facts
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE

Said = TypeVar("Said", Consent, Notice)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = START + 3 * HOUR


def looked(casework: Casework, person: Person) -> Check:
    check = casework.ask(person)
    casework.start(check, now=START + MINUTE)
    casework.report(check, opened_at=START + MINUTE, now=START + 5 * MINUTE)
    return check


def ask(
    casework: Casework, kind: CorrectionKind, record: str, *, by: Actor | None = None, really: Person | None = None
) -> Correction:
    new = NewCorrection(
        kind=kind, record=record, why="Typed on the wrong record.", really_about=really.reference if really else None
    )
    with casework.transaction() as session:
        return ask_for_correction(session, new, by=by or casework.worker, now=LATER)


def answer(casework: Casework, correction: Correction, *, by: Actor, yes: bool = True, version: int = 1) -> Correction:
    new = NewAnswer(correction=correction.reference, version=version, words="Compared with the case file.")
    with casework.transaction() as session:
        done = confirm_correction if yes else decline_correction
        return done(session, new, by=by, now=LATER + MINUTE)


def views(casework: Casework, person: Person) -> int:
    with casework.database.reading() as session:
        members = group_of(session, saved_key(person)).members
        return len(views_as_facts(session, members, recorded_by=LATER + HOUR))


def only(casework: Casework, table: type[Said], person: Person) -> Said:
    with casework.database.reading() as session:
        return session.exec(select(table).where(table.person_id == person.id)).one()


def test_a_look_at_the_wrong_person_leaves_one_count_and_joins_the_other_once_legal_confirms(
    casework: Casework,
) -> None:
    kit, ben, noise = casework.person("Kit"), casework.person("Ben"), casework.person("Noise")
    looked(casework, noise)
    check = looked(casework, kit)
    correction = ask(casework, CorrectionKind.CHECK, check.reference, really=ben)
    assert correction.place == CorrectionPlace.LEGAL
    assert (views(casework, kit), views(casework, ben)) == (1, 0)
    with casework.transaction() as session:
        found = find_record(session, CorrectionKind.CHECK, check.reference, now=LATER)
        foreseen = effects_of(session, found, really_about=ben, by=casework.legal, now=LATER)
    assert [(one.person.id, one.before, one.after) for one in foreseen] == [(kit.id, 1, 0), (ben.id, 0, 1)]
    answer(casework, correction, by=casework.legal)
    assert (views(casework, kit), views(casework, ben), views(casework, noise)) == (0, 1, 1)
    assert casework.outcome(casework.ask(kit, now=LATER + HOUR)) is Outcome.PERMITTED
    assert casework.outcome(casework.ask(ben, now=LATER + HOUR)) is Outcome.BLOCKED_LEGAL_ADVICE
    with casework.database.reading() as session:
        row = get_check(session, check.reference)
        look = find_look(session, row)
        assert look is not None
        assert (row.struck_why, look.struck_why) == ("Typed on the wrong record.",) * 2
        assert look.result == LookResult.LOOKED


def test_a_manager_cannot_take_a_look_out_of_the_count(casework: Casework) -> None:
    check = looked(casework, casework.person())
    correction = ask(casework, CorrectionKind.CHECK, check.reference)
    for by in (casework.manager, casework.manager2, casework.head, casework.worker, casework.sro, casework.admin):
        with pytest.raises(NotAllowedError):
            answer(casework, correction, by=by)
    assert answer(casework, correction, by=casework.legal).answer == "confirmed"


def test_a_check_that_nobody_looked_on_is_struck_by_a_manager_who_neither_asked_nor_would_look(
    casework: Casework,
) -> None:
    person = casework.person()
    looked(casework, person)
    blocked = casework.ask(person, by=casework.colleague, now=START + HOUR)
    correction = ask(casework, CorrectionKind.CHECK, blocked.reference, by=casework.colleague)
    assert correction.place == CorrectionPlace.MANAGER
    with casework.database.reading() as session:
        waits = list_corrections_waiting(session, place=CorrectionPlace.MANAGER, by=casework.manager, now=LATER)
        assert [one.reference for one in waits] == [correction.reference]
        assert not list_corrections_waiting(session, place=CorrectionPlace.MANAGER, by=casework.manager2, now=LATER)
    for by in (casework.colleague, casework.worker, casework.manager2, casework.legal):
        with pytest.raises(NotAllowedError):
            answer(casework, correction, by=by)
    answer(casework, correction, by=casework.manager)
    assert views(casework, person) == 1
    with casework.database.reading() as session:
        assert get_check(session, blocked.reference).struck_at == LATER + MINUTE


def test_who_sent_a_check_to_legal_does_not_strike_it(casework: Casework) -> None:
    person = casework.person()
    looked(casework, person)
    check = casework.ask(person, by=casework.colleague, now=START + HOUR)
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        endorse_check(session, row, reasons="Please advise.", by=casework.manager, now=START + 2 * HOUR)
    correction = ask(casework, CorrectionKind.CHECK, check.reference, by=casework.colleague)
    with pytest.raises(NotAllowedError):
        answer(casework, correction, by=casework.manager)
    assert answer(casework, correction, by=casework.head).answer == "confirmed"


def test_a_check_that_gets_its_permit_meanwhile_goes_to_legal_and_nothing_is_struck(casework: Casework) -> None:
    person = casework.person()
    looked(casework, person)
    check = casework.ask(person, by=casework.colleague, now=START + HOUR)
    correction = ask(casework, CorrectionKind.CHECK, check.reference, by=casework.colleague)
    casework.consent(person, now=LATER)
    with casework.transaction() as session:
        ask_again(session, get_check(session, check.reference), by=casework.colleague, now=LATER)
    moved = answer(casework, correction, by=casework.manager)
    assert (moved.place, moved.answered_at) == (CorrectionPlace.LEGAL, None)
    with casework.database.reading() as session:
        row = get_check(session, check.reference)
        assert row.struck_at is None
        assert liveness_of(session, row, now=LATER + MINUTE).live


def test_agreement_recorded_in_error_is_a_managers_and_a_refusal_or_objection_is_legals(casework: Casework) -> None:
    agreed, refused, told = casework.person(), casework.person(), casework.person()
    casework.consent(agreed)
    casework.consent(refused, ConsentStatus.REFUSED)
    casework.notice(told)
    notice = only(casework, Notice, told)
    yes = ask(casework, CorrectionKind.CONSENT, only(casework, Consent, agreed).reference)
    no = ask(casework, CorrectionKind.CONSENT, only(casework, Consent, refused).reference)
    notice_struck = ask(casework, CorrectionKind.NOTICE, notice.reference)
    with casework.transaction() as session:
        objection = NewObjection(notice=notice.reference, at=START, wording="No.", reply=None)
        record_objection(session, objection, by=casework.worker, now=LATER)
    objected = ask(casework, CorrectionKind.OBJECTION, notice.reference)
    places = [one.place for one in (yes, no, notice_struck, objected)]
    assert places == ["manager", "legal", "manager", "legal"]
    with pytest.raises(NotAllowedError):
        answer(casework, no, by=casework.manager)
    answer(casework, yes, by=casework.head)
    answer(casework, no, by=casework.legal)
    assert only(casework, Consent, agreed).struck_why == "Typed on the wrong record."
    assert casework.outcome(casework.ask(refused, now=LATER + HOUR)) is Outcome.PERMITTED


def test_what_strikes_a_later_yes_and_so_lets_an_earlier_no_stand_is_a_managers(casework: Casework) -> None:
    person = casework.person()
    casework.consent(person, ConsentStatus.REFUSED, now=START)
    casework.consent(person, now=START + HOUR)
    with casework.database.reading() as session:
        given = session.exec(
            select(Consent).where(Consent.person_id == person.id, Consent.status == ConsentStatus.GIVEN)
        ).one()
    assert ask(casework, CorrectionKind.CONSENT, given.reference).place == CorrectionPlace.MANAGER


def test_advice_and_authorities_are_struck_by_another_lawyer_than_who_recorded_or_asked(casework: Casework) -> None:
    person = casework.person()
    casework.advice(person, Conclusion.THRESHOLD_MET)
    urn = casework.ripa(person)
    with casework.database.reading() as session:
        advice = session.exec(select(LegalAdvice).where(LegalAdvice.person_id == person.id)).one()
    for by in (casework.worker, casework.manager, casework.officer):
        with pytest.raises(NotAllowedError):
            ask(casework, CorrectionKind.ADVICE, advice.reference, by=by)
    with pytest.raises(NotAllowedError):
        ask(casework, CorrectionKind.RIPA, urn, by=casework.worker)
    by_legal = ask(casework, CorrectionKind.ADVICE, advice.reference, by=casework.legal)
    by_officer = ask(casework, CorrectionKind.RIPA, urn, by=casework.officer)
    with pytest.raises(NotAllowedError):
        answer(casework, by_legal, by=casework.legal)
    answer(casework, by_officer, by=casework.legal)
    assert casework.outcome(casework.ask(person, now=LATER + HOUR)) is Outcome.BLOCKED_COURT_AUTHORISATION


def test_it_is_asked_once_answered_once_and_on_the_page_that_was_shown(casework: Casework) -> None:
    person = casework.person()
    casework.consent(person)
    consent = only(casework, Consent, person)
    correction = ask(casework, CorrectionKind.CONSENT, consent.reference)
    with pytest.raises(AlreadyStruckError):
        ask(casework, CorrectionKind.CONSENT, consent.reference, by=casework.colleague)
    with pytest.raises(StaleVersionError):
        answer(casework, correction, by=casework.manager, version=7)
    answer(casework, correction, by=casework.manager, yes=False)
    with pytest.raises(NotWaitingForAnswerError):
        answer(casework, correction, by=casework.manager, version=2)
    assert only(casework, Consent, person).struck_at is None
    again = ask(casework, CorrectionKind.CONSENT, consent.reference)
    answer(casework, again, by=casework.manager)
    with pytest.raises(AlreadyStruckError):
        ask(casework, CorrectionKind.CONSENT, consent.reference)
    with casework.database.reading() as session:
        assert get_correction(session, correction.reference).answer == "declined"
        events = session.exec(select(AuditEntry.event).order_by(AuditEntry.seq)).all()  # type: ignore[arg-type]
        assert [one for one in events if one.startswith("correction:")] == [
            "correction:asked",
            "correction:declined",
            "correction:asked",
            "correction:confirmed",
        ]
        assert verify(session).holds


def test_another_team_or_nobody_involved_cannot_ask_and_somebody_unknown_cannot_be_named(casework: Casework) -> None:
    check = looked(casework, casework.person())
    for by in (casework.worker2, casework.manager2, casework.legal, casework.sro, casework.admin):
        with pytest.raises(NotAllowedError):
            ask(casework, CorrectionKind.CHECK, check.reference, by=by)
    new = NewCorrection(kind=CorrectionKind.CHECK, record=check.reference, why="Wrong.", really_about="PER-0000-0000")
    with pytest.raises(ProblemError), casework.transaction() as session:
        ask_for_correction(session, new, by=casework.worker, now=LATER)
    with pytest.raises(ProblemError):
        NewCorrection(kind=CorrectionKind.CHECK, record=check.reference, why=" ")


# Links ------------------------------------------------------------------------------------------------------------


def unlink(casework: Casework, one: Person, *, by: Actor) -> SamePersonLink | Correction:
    with casework.transaction() as session:
        (link, *_) = list_same_person_links(session, [saved_key(one)])
        undone = UnlinkedRecords(person=one.reference, link=link.reference, why="Two cousins.")
        return unlink_records(session, undone, by=by, now=LATER)


def test_a_link_that_carries_no_look_is_undone_by_a_manager_at_once(casework: Casework) -> None:
    one, other = casework.person(), casework.person()
    casework.link(one, other)
    assert isinstance(unlink(casework, one, by=casework.manager), SamePersonLink)
    with casework.database.reading() as session:
        assert len(group_of(session, saved_key(one)).members) == 1


def test_a_link_without_which_a_check_that_waits_would_go_ahead_is_undone_only_once_legal_confirms(
    casework: Casework,
) -> None:
    """The other record holds no look and no refusal, but a profile, and that alone stops a search for whether there is one."""
    one, other = casework.person(), casework.person()
    casework.profile(other)
    casework.link(one, other)
    search = casework.ask(one, aim=Aim.FIND_PRESENCE, visibility=Visibility.UNKNOWN)
    assert casework.outcome(search) is Outcome.BLOCKED_LEGAL_ADVICE
    assert isinstance(unlink(casework, one, by=casework.manager), Correction)
    with casework.database.reading() as session:
        assert len(group_of(session, saved_key(one)).members) == 2


def test_looks_cannot_be_shed_by_undoing_a_link_without_legal(casework: Casework) -> None:
    """Unlink, look, link again: without Legal in between, the second record would give another single viewing."""
    one, other = casework.person(), casework.person()
    casework.link(one, other)
    looked(casework, one)
    waits = unlink(casework, other, by=casework.manager)
    assert isinstance(waits, Correction)
    assert casework.outcome(casework.ask(other, now=LATER)) is Outcome.BLOCKED_LEGAL_ADVICE
    with pytest.raises(NotAllowedError):
        answer(casework, waits, by=casework.head)
    answer(casework, waits, by=casework.legal)
    assert (views(casework, one), views(casework, other)) == (1, 0)
