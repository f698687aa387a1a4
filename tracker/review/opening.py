"""Opening a case, and a person for one of Legal's forms: permission first, then the access event, then the page."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check, list_concerned
from tracker.decisions.telephone import find_telephone_approval
from tracker.people.groups import everyone_behind
from tracker.people.models import Person
from tracker.people.selectors import get_person, get_person_by_id
from tracker.people.services import open_in_passing, require_person
from tracker.policy.entitlement import Actor, may_act_for_legal, may_open_person
from tracker.referrals.models import Referral
from tracker.referrals.selectors import get_referral, list_people_of
from tracker.review.selectors.parties import may_open_case, parties_about, parties_to_sealing, who_asked
from tracker.storage.tables import saved_key


def open_case(
    session: Session, reference: str, *, by: Actor, now: datetime, permission: Permission = Permission.OPEN_REFERRAL
) -> Referral:
    """The case, once it is recorded that `by` opened it: it shows the whole history of its people, and what Legal advised.

    Raises `NoSuchRecordError`, and `NotAllowedError` also for a lawyer, or who stands in for one, who asked for, would look in or
    decided on a check about its people, or asked for the record to be sealed: advice is privileged, and nobody reads it of what they
    asked for themself by another role.
    """
    require(by, permission, about=reference)
    referral = get_referral(session, reference)
    shown = everyone_behind(session, list_people_of(session, saved_key(referral)))
    parties = parties_about(session, shown) | who_asked(referral)
    require(by, permission, allowed=may_open_case(by, parties), about=referral.reference)
    people = [get_person_by_id(session, one).reference for one in sorted(shown)]
    record(session, Event.REFERRAL_READ, at=now, by=by, people=people, about=referral.reference)
    return referral


def open_person_for_legal(
    session: Session, reference: str, permission: Permission, *, by: Actor, now: datetime
) -> Person:
    """The person whom one of Legal's forms is about, the opening recorded. Raises `NoSuchRecordError`, and `NotAllowedError`
    also where the actor asked for, would look in or decided on a check about the person, or asks for what they would do."""
    person = open_in_passing(session, reference, permission, by=by, now=now, allowed=may_open_person)
    sealing = permission in (Permission.SEAL_RECORD, Permission.NAME_READERS)
    parties = parties_to_sealing(session, person) if sealing else parties_about(session, [saved_key(person)])
    require(by, permission, allowed=may_act_for_legal(by, parties), about=person.reference)
    return person


def open_sides(session: Session, reference: str, *, by: Actor, now: datetime) -> Person:
    """The person of a sealed record, once it is recorded that `by` opened it together with every record that Legal alone knows to be
    the same person. Raises `NoSuchRecordError`, and `NotAllowedError` also for a party to a check of any side."""
    person = get_person(session, reference)
    permission = Permission.SEAL_RECORD
    require_person(session, person, permission, by=by, now=now, allowed=may_open_person)
    shown = everyone_behind(session, [saved_key(person)])
    apart = may_act_for_legal(by, parties_about(session, shown))
    require(by, permission, allowed=apart, about=person.reference)
    people = [get_person_by_id(session, one).reference for one in sorted(shown)]
    record(session, Event.COUNTERPARTS_OPENED, at=now, by=by, people=people, about=person.reference)
    return person


def open_telephone_approval(session: Session, reference: str, *, by: Actor, now: datetime) -> Check:
    """The check that the actor is said to have approved by telephone, once it is recorded that they opened it, on the rota or not.

    Raises `NoSuchRecordError`, and `NotAllowedError` for everybody else.
    """
    check = get_check(session, reference)
    approval = find_telephone_approval(session, check)
    allowed = approval is not None and approval.manager_id == by.staff_id
    require(by, Permission.ANSWER_TELEPHONE_APPROVAL, allowed=allowed, about=check.reference)
    people = [one.reference for one in list_concerned(session, check)]
    record(session, Event.CHECK_OPENED, at=now, by=by, people=people, about=check.reference)
    return check
