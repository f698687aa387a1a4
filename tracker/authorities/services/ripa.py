"""RIPA authorisations: granted by the authorising officer, approved by a justice of the peace, cancelled when no longer needed."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import JpHearing, RipaAuthorisation, RipaPerson
from tracker.authorities.requests import NewCancellation, NewJpHearing, NewRipaGrant
from tracker.authorities.selectors import approved_at, get_ripa, last_day_of, list_hearings, list_named
from tracker.authorities.services.granting import (
    add_review,
    cancel,
    lock_authority,
    lock_named,
    not_in_the_future,
    refuse_across_a_seal,
    require_apart,
    stored,
)
from tracker.authorities.vocabulary import JpDecision
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor, may_act_for_legal
from tracker.policy.periods import london_day
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key


def grant_ripa(
    session: Session, new: NewRipaGrant, *, by: Actor, now: datetime, concerned: frozenset[int]
) -> RipaAuthorisation:
    """Grants directed surveillance of the people named. It has no effect until a justice's approval is recorded (s.32A).

    `concerned` are the keys of staff who asked for, would make or approved the look; they, and whoever advised on anybody
    named, may not grant. Raises `NotAllowedError`, or `ProblemError` for a URN already used, a grant in the future, a sealed
    record named with others, or a renewal that has nothing to renew. Source: RIPA s.28; article 7A SI 2010/521.
    """
    persons, members = lock_named(session, new.persons)
    require_apart(session, members, by=by, concerned=concerned)
    refuse_across_a_seal(session, persons)
    not_in_the_future("granted_at", new.granted_at, now)
    if session.exec(select(RipaAuthorisation).where(RipaAuthorisation.urn == new.urn.strip())).first():
        raise ProblemError("urn", "This URN is already used")
    renewed = find_renewed(session, new.renewal_of, persons=new.persons, at=new.granted_at)
    made = _row(new, renewed, by=by, now=now)
    made.takes_effect_on = _day_after_the_end_of(session, renewed) if renewed else None
    session.add(made)
    session.flush()
    session.add_all(RipaPerson(authorisation_id=saved_key(made), person_id=saved_key(person)) for person in persons)
    add_review(session, made, at=made.granted_at, result="Granted.", wanted=new.next_review_on, by=by, now=now)
    facts = {"urn": made.urn, "article_7a": made.article_7a, "granted_at": made.granted_at.isoformat()}
    content = {"offence": made.offence, "own_words": made.own_words}
    people, about = [person.reference for person in persons], made.reference
    record(session, Event.RIPA_GRANTED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return made


def record_jp_hearing(
    session: Session, new: NewJpHearing, *, apart_from: frozenset[int], by: Actor, now: datetime
) -> JpHearing:
    """Records what a justice of the peace decided. Neither Legal nor the justice grants; no court's order stands for it.

    `apart_from`: keys of who asked for, would look in or decided on a check about those named; who records it is none of them,
    nor who granted it. Raises `NoSuchRecordError`, `NotAllowedError`, or `ProblemError` where the hearing lies in the future or
    before the grant, or decides what was decided already. Source: RIPA ss.32A and 32B.
    """
    authorisation = get_ripa(session, new.authorisation)
    apart = may_act_for_legal(by, apart_from | {authorisation.granted_by})
    require(by, Permission.RECORD_JP_APPROVAL, allowed=apart, about=authorisation.reference)
    lock_authority(session, authorisation)
    not_in_the_future("heard_at", new.heard_at, now)
    if new.heard_at < authorisation.granted_at:
        raise ProblemError("heard_at", "The hearing must not be dated before the grant")
    _refuse_what_was_decided(session, authorisation, new)
    made = JpHearing(
        authorisation_id=saved_key(authorisation),
        court=new.court.strip(),
        justice=new.justice.strip(),
        heard_at=new.heard_at,
        decision=new.decision.value,
        order_place=new.order_place.strip() or None,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(made)
    session.flush()
    facts = {"decision": made.decision, "heard_at": made.heard_at.isoformat(), "urn": authorisation.urn}
    content = {"court": made.court, "justice": made.justice, "order_place": made.order_place}
    people = [person.reference for person in list_named(session, authorisation)]
    about = authorisation.reference
    record(
        session, Event.RIPA_APPROVAL_RECORDED, at=now, by=by, people=people, about=about, facts=facts, content=content
    )
    return made


def cancel_ripa(session: Session, new: NewCancellation, *, by: Actor, now: datetime) -> RipaAuthorisation:
    """Cancels a RIPA authorisation, by the authorising officer, as soon as it is no longer needed (RIPA s.45).

    Raises `NoSuchRecordError`, `NotAllowedError`, or `ProblemError` where it is cancelled already, or the cancellation lies in
    the future or before the grant.
    """
    authorisation = get_ripa(session, new.authorisation)
    require(by, Permission.GRANT_AUTHORISATION, about=authorisation.reference)
    cancel(session, authorisation, new, Event.RIPA_CANCELLED, by=by, now=now)
    return authorisation


def _refuse_what_was_decided(session: Session, authorisation: RipaAuthorisation, new: NewJpHearing) -> None:
    hearings = list_hearings(session, saved_key(authorisation))
    approved = approved_at([one for one in hearings if one.heard_at <= new.heard_at]) is not None
    cancelled = authorisation.cancelled_at is not None and authorisation.cancelled_at <= new.heard_at
    if cancelled and new.decision is JpDecision.APPROVED:
        raise ProblemError("decision", "It was cancelled before the hearing, so it cannot have been approved")
    if approved and new.decision is JpDecision.APPROVED:
        raise ProblemError("decision", "It was already approved by then")
    if approved and new.decision is JpDecision.REFUSED:
        raise ProblemError("decision", "It was already approved by then; record that it was quashed")


def find_renewed(
    session: Session, renewal_of: str | None, *, persons: frozenset[str], at: datetime
) -> RipaAuthorisation | None:
    """The authorisation that a grant at `at` would renew: in force then, and naming everybody that the grant names.

    None where `renewal_of` is. Raises `NoSuchRecordError`, or `ProblemError` where it cannot be renewed.
    """
    if renewal_of is None:
        return None
    renewed = get_ripa(session, renewal_of)
    last_day = last_day_of(session, renewed)
    in_force = last_day is not None and renewed.granted_at < at and london_day(at) <= last_day
    if not in_force or renewed.cancelled_at is not None or renewed.struck_at is not None:
        raise ProblemError("renewal_of", "Only an authorisation that is in force when it is renewed can be renewed")
    if not persons <= {person.reference for person in list_named(session, renewed)}:
        raise ProblemError("persons", "A renewal cannot name anybody whom the authorisation does not name")
    return renewed


def _day_after_the_end_of(session: Session, renewed: RipaAuthorisation) -> date | None:
    last_day = last_day_of(session, renewed)
    return None if last_day is None else last_day + timedelta(days=1)


def _row(new: NewRipaGrant, renewed: RipaAuthorisation | None, *, by: Actor, now: datetime) -> RipaAuthorisation:
    if new.article_7a is None:
        raise ProblemError("article_7a", "Without a limb of article 7A it cannot be granted")
    return RipaAuthorisation(
        reference=new_reference("RIP"),
        urn=new.urn.strip(),
        offence=new.offence.strip(),
        article_7a=new.article_7a.value,
        granted_at=new.granted_at,
        granted_by=by.staff_id,
        grade=new.grade.strip(),
        own_words=new.own_words.strip(),
        renewal_of_id=saved_key(renewed) if renewed else None,
        platforms=stored(new.platforms),
        accounts=stored(new.accounts),
        recorded_at=now,
        recorded_by=by.staff_id,
    )
