"""How each use-case about people, what was said, and checks is called: whole, so that only who acts can be in the way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from tests.fixtures.casework import ADULT
from tests.fixtures.council import START
from tests.fixtures.furnishing import SURNAME
from tests.fixtures.rehearsal import NOW
from tests.permissions.stage import Stage
from tracker.checks import services as checks
from tracker.checks.household import as_asked
from tracker.checks.questions import get_question
from tracker.checks.requests import LateEntry, NewCheck
from tracker.consent import services as consent
from tracker.consent.requests import NewConsent, NewNotice, NewObjection
from tracker.consent.vocabulary import HowGiven
from tracker.corrections import services as corrections
from tracker.decisions.selectors import standing_of_check
from tracker.decisions.vocabulary import CheckKind
from tracker.detection import services as detection
from tracker.drafts import services as drafts
from tracker.people import services as people
from tracker.people.models import Involvement
from tracker.people.requests import (
    ChangedPerson,
    ClosedInvolvement,
    Details,
    EndedFamilyLink,
    LiftedRestriction,
    LinkedRecords,
    MovedInvolvement,
    NewFamilyLink,
    NewInvolvement,
    NewPerson,
    NewProfile,
    RecordsToldApart,
    RestartedCount,
    RestrictedPerson,
    TeamWork,
    TypedProfile,
    UnlinkedRecords,
)
from tracker.people.selectors import get_involvement
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import (
    Competence,
    ConsentStatus,
    GivenBy,
    NoticeKind,
    Platform,
    Relation,
    Reviewed,
    Visibility,
)
from tracker.referrals.models import Hold
from tracker.referrals.selectors import find_open_referral
from tracker.referrals.services import endorse_referral, place_hold, release_hold
from tracker.review import services as review
from tracker.review.requests import TelephoneCall
from tracker.storage.tables import saved_key
from tracker.viewings.requests import NewSighting, NewTelling, ReportForCase, ReportOfLook
from tracker.viewings.services import record_sighting
from tracker.viewings.vocabulary import LookResult, SightingKind, Told

Call = Callable[[Stage], object]

WHY = "The reason."


def _work(team: str) -> TeamWork:
    return TeamWork(
        team=team,
        relation=Relation.SERVICE_USER,
        opened_on=NOW.date(),
        case_system="Zzsystem",
        case_reference="ZZCASE-new",
    )


def _new_person(at: Stage, team: str) -> NewPerson:
    return NewPerson(details=Details(name="Zia Zznew", date_of_birth=ADULT), involvement=_work(team))


def _change_person(at: Stage) -> object:
    person = at.person()
    details = Details(name=f"Changed {SURNAME}", date_of_birth=ADULT)
    changed = ChangedPerson(person=person.reference, version=person.version, details=details)
    return people.change_person(at.session, changed, by=at.by, now=NOW)


def _add_involvement(at: Stage) -> object:
    new = NewInvolvement(person=at.reference(), work=_work(at.team(1).reference))
    return people.add_involvement(at.session, new, by=at.by, now=NOW)


def _move_involvement(at: Stage) -> object:
    version = get_involvement(at.session, at.person(), at.reference(1)).version
    moved = MovedInvolvement(
        person=at.reference(),
        involvement=at.reference(1),
        version=version,
        team=at.casework.council.department.reference,
    )
    return people.move_involvement(at.session, moved, by=at.by, now=NOW)


def _close_involvement(at: Stage) -> object:
    version = get_involvement(at.session, at.person(), at.reference(1)).version
    closed = ClosedInvolvement(
        person=at.reference(), involvement=at.reference(1), version=version, closed_on=NOW.date()
    )
    return people.close_involvement(at.session, closed, by=at.by, now=NOW)


def _add_profile(at: Stage) -> object:
    new = NewProfile(person=at.reference(), profile=TypedProfile(address="https://www.instagram.com/zz.new"))
    return people.add_profile(at.session, new, by=at.by, now=NOW)


def _add_family_link(at: Stage) -> object:
    new = NewFamilyLink(person=at.reference(), other=at.reference(1), kind=FamilyLinkKind.SIBLING)
    return detection.add_family_link(at.session, new, by=at.by, now=NOW)


def _end_family_link(at: Stage) -> object:
    ended = EndedFamilyLink(person=at.reference(), link=at.reference(1), why=WHY)
    return detection.end_family_link(at.session, ended, by=at.by, now=NOW)


def _link_records(at: Stage) -> object:
    linked = LinkedRecords(person=at.reference(), other=at.reference(1), why=WHY)
    return detection.link_records(at.session, linked, by=at.by, now=NOW)


def _foresee_link(at: Stage) -> object:
    linked = LinkedRecords(person=at.reference(0), other=at.reference(1), why=WHY)
    return detection.foresee_link(at.session, linked, by=at.by, now=NOW)


def _tell_apart(at: Stage) -> object:
    told = RecordsToldApart(person=at.reference(0), other=at.reference(1), why=WHY)
    return detection.tell_apart(at.session, told, by=at.by, now=NOW)


def _unlink_records(at: Stage) -> object:
    undone = UnlinkedRecords(person=at.reference(), link=at.reference(1), why=WHY)
    return corrections.unlink_records(at.session, undone, by=at.by, now=NOW)


def _restrict_person(at: Stage) -> object:
    person, readers = at.person(), (at.staff["manager"].reference,)
    restricted = RestrictedPerson(person=person.reference, version=person.version, ask_whom="the head", readers=readers)
    return people.restrict_person(at.session, restricted, by=at.by, now=NOW)


def _lift_restriction(at: Stage) -> object:
    lifted = LiftedRestriction(person=at.reference(), version=at.person().version, why=WHY)
    return people.lift_restriction(at.session, lifted, by=at.by, now=NOW)


def _restart_count(at: Stage) -> object:
    """Every team's work ended long before: that is put on record first."""
    for work in at.session.exec(select(Involvement).where(Involvement.person_id == at.person().id)):
        work.opened_on, work.closed_on = date(2020, 1, 1), date(2020, 2, 1)
        at.session.add(work)
    restarted = RestartedCount(person=at.reference(), from_on=NOW.date(), why=WHY)
    return people.restart_count(at.session, restarted, apart_from=frozenset(), by=at.by, now=NOW)


# What was said and told ----------------------------------------------------------------------------------------------


def _consent_of(at: Stage, team: str) -> NewConsent:
    return NewConsent(
        person=at.reference(),
        team=team,
        status=ConsentStatus.GIVEN,
        at=NOW,
        given_by=GivenBy.SELF,
        giver_name="",
        competence=Competence.HAS,
        competence_words=WHY,
        wording="You may.",
        language="English",
        how_given=HowGiven.LETTER,
        how_received="By post.",
        right_to_refuse_explained=True,
    )


def _record_consent(at: Stage) -> object:
    return consent.record_consent(at.session, _consent_of(at, at.team(1).reference), by=at.by, now=NOW)


def _record_notice(at: Stage) -> object:
    new = NewNotice(
        person=at.reference(),
        team=at.team(1).reference,
        kind=NoticeKind.SPECIFIC,
        at=NOW,
        wording="We may look.",
        language="English",
        how_given=HowGiven.LETTER,
        how_received="By post.",
    )
    return consent.record_notice(at.session, new, by=at.by, now=NOW)


def _record_objection(at: Stage) -> object:
    return consent.record_objection(at.session, NewObjection(at.reference(), NOW, "No."), by=at.by, now=NOW)


def _settle_disagreement(at: Stage) -> object:
    return consent.settle_disagreement(at.session, at.reference(), why=WHY, by=at.by, now=NOW)


# Checks --------------------------------------------------------------------------------------------------------------


def _new_check(at: Stage, **changes: Any) -> NewCheck:
    new = at.casework.new(at.person(), by=at.by)
    return replace(new, team=at.team(1).reference, viewer=at.by.reference, **changes)


def _ask_same_for(at: Stage) -> object:
    check = at.check()
    new = replace(as_asked(at.session, check), submission="0" * 32, person=at.reference(1), why_now=WHY)
    came = checks.ask_same_for(at.session, check, [new], by=at.by, now=NOW)
    assert [one.why_not for one in came] == [""]
    return came


def _record_late_entry(at: Stage) -> object:
    then = NOW - timedelta(hours=1)
    entry = LateEntry(check=_new_check(at, kind=CheckKind.LATE_ENTRY), opened_at=then, closed_at=then, why_late=WHY)
    return checks.record_late_entry(at.session, entry, by=at.by, now=NOW)


def _record_sighting(at: Stage) -> object:
    new = NewSighting(
        submission="0" * 32,
        person=at.reference(),
        team=at.team(1).reference,
        kind=SightingKind.CAME_ACROSS,
        platform=Platform.X,
        at=NOW,
        brought_by=None,
        what_for=WHY,
        evidence_place=None,
    )
    return record_sighting(at.session, new, by=at.by, now=NOW)


def _report_look(at: Stage) -> object:
    report = ReportOfLook(
        submission="0" * 32,
        result=LookResult.LOOKED,
        opened_at=NOW,
        closed_at=NOW,
        visibility_found=Visibility.OPEN,
    )
    return checks.report_look(at.session, at.check(), report, by=at.by, now=NOW)


def _report_for_case(at: Stage) -> object:
    report = ReportForCase(
        submission="0" * 32,
        meaning=WHY,
        told=Told.TOLD,
        told_on=NOW.date(),
        told_words=None,
        shared=True,
        shared_on=NOW.date(),
        shared_words=WHY,
    )
    return checks.report_for_case(at.session, at.check(), report, by=at.by, now=NOW)


def _record_telling(at: Stage) -> object:
    new = NewTelling(submission="0" * 32, told=Told.TOLD, words=WHY, told_on=NOW.date(), told_by="Zzme", shared_on=None)
    return checks.record_telling(at.session, at.check(), new, by=at.by, now=NOW)


def _answer_question(at: Stage) -> object:
    asked = get_question(at.session, at.check(), at.records["question"])
    return checks.answer_question(at.session, asked, answer=WHY, by=at.by, now=NOW)


def _endorse_referral(at: Stage) -> object:
    check = at.check()
    referral = find_open_referral(at.session, saved_key(check))
    assert referral is not None
    standing = standing_of_check(at.session, check, now=NOW)
    return endorse_referral(at.session, referral, standing=standing, reasons=WHY, by=at.by, now=NOW)


def _place_hold(at: Stage, by: Actor) -> Hold:
    return place_hold(
        at.session, [at.person()], pattern="family_cluster", why=WHY, apart_from=frozenset(), by=by, now=NOW
    )[0]


def _release_hold(at: Stage) -> object:
    return release_hold(
        at.session, _place_hold(at, at.another("legal")), why=WHY, apart_from=frozenset(), by=at.by, now=NOW
    )


def _approved_by_telephone(at: Stage) -> object:
    call = TelephoneCall(manager=at.casework.duty.reference, called_at=START, said="Needed.")
    return review.record_telephone_approval(at.session, at.check(), call, by=at.by, now=NOW)


CALLS: dict[str, Call] = {
    "search_people": lambda at: people.search_people(at.session, SURNAME, by=at.by, now=NOW),
    "search_again": lambda at: people.search_again(at.session, SURNAME, by=at.by, now=NOW),
    "open_on_duty": lambda at: people.open_on_duty(at.session, at.reference(), reason="Zzreason.", by=at.by, now=NOW),
    "open_person": lambda at: people.open_person(at.session, at.reference(), by=at.by, now=NOW),
    "search_duplicates": lambda at: people.search_duplicates(
        at.session, _new_person(at, at.casework.council.north.reference), by=at.by, now=NOW
    ),
    "add_person": lambda at: people.add_person(at.session, _new_person(at, at.team().reference), by=at.by, now=NOW),
    "change_person": _change_person,
    "add_involvement": _add_involvement,
    "close_involvement": _close_involvement,
    "move_involvement": _move_involvement,
    "add_profile": _add_profile,
    "add_family_link": _add_family_link,
    "end_family_link": _end_family_link,
    "link_records": _link_records,
    "foresee_link": _foresee_link,
    "tell_apart": _tell_apart,
    "open_comparison": lambda at: detection.open_comparison(
        at.session, at.reference(0), at.reference(1), by=at.by, now=NOW
    ),
    "open_network": lambda at: detection.open_network(at.session, at.reference(), by=at.by, now=NOW),
    "unlink_records": _unlink_records,
    "restrict_person": _restrict_person,
    "lift_restriction": _lift_restriction,
    "restart_count": _restart_count,
    "record_consent": _record_consent,
    "record_notice": _record_notice,
    "record_objection": _record_objection,
    "settle_disagreement": _settle_disagreement,
    "submit_check": lambda at: checks.submit_check(at.session, _new_check(at), by=at.by, now=NOW),
    "ask_same_for": _ask_same_for,
    "record_late_entry": _record_late_entry,
    "record_sighting": _record_sighting,
    "start_look": lambda at: checks.start_look(at.session, at.check(), by=at.by, now=NOW),
    "report_look": _report_look,
    "report_for_case": _report_for_case,
    "record_telling": _record_telling,
    "withdraw_check": lambda at: checks.withdraw_check(at.session, at.check(), why=WHY, by=at.by, now=NOW),
    "ask_again": lambda at: checks.ask_again(at.session, at.check(), by=at.by, now=NOW),
    "record_telephone_approval": _approved_by_telephone,
    "confirm_telephone_approval": lambda at: review.confirm_telephone_approval(
        at.session, at.check(), by=at.by, now=NOW
    ),
    "deny_telephone_approval": lambda at: review.deny_telephone_approval(
        at.session, at.check(), words=WHY, by=at.by, now=NOW
    ),
    "approve_check": lambda at: review.approve_check(at.session, at.check(), reasons=WHY, by=at.by, now=NOW),
    "decline_check": lambda at: review.decline_check(at.session, at.check(), reasons=WHY, by=at.by, now=NOW),
    "endorse_check": lambda at: review.endorse_check(at.session, at.check(), reasons=WHY, by=at.by, now=NOW),
    "close_check": lambda at: review.close_check(at.session, at.check(), reasons=WHY, by=at.by, now=NOW),
    "see_nobody_left": lambda at: review.see_nobody_left(at.session, at.check(), known=WHY, by=at.by, now=NOW),
    "see_late_entry": lambda at: review.see_late_entry(at.session, at.check(), reasons=WHY, by=at.by, now=NOW),
    "confirm_result": lambda at: review.confirm_result(at.session, at.check(), by=at.by, now=NOW),
    "review_immediate_response": lambda at: review.review_immediate_response(
        at.session, at.check(), reviewed=Reviewed.AGREED, why=WHY, by=at.by, now=NOW
    ),
    "ask_question": lambda at: checks.ask_question(at.session, at.check(), question=WHY, by=at.by, now=NOW),
    "answer_question": _answer_question,
    "endorse_referral": _endorse_referral,
    "place_hold": lambda at: _place_hold(at, at.by),
    "release_hold": _release_hold,
    "save_draft": lambda at: drafts.save_draft(at.session, at.reference(), content={}, by=at.by, now=NOW),
    "end_draft": lambda at: drafts.end_draft(at.session, at.reference(), by=at.by, now=NOW),
}
"""Each use-case by its name, as a call with what the line of the table names."""
