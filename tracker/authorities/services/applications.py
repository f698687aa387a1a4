"""Applications for authorisations: prepared by Legal, for the authorising officer to grant or refuse."""

from datetime import datetime

from sqlmodel import Session, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import Application, ApplicationPerson, RipaAuthorisation
from tracker.authorities.requests import NewApplication, NewNonRipaApplication
from tracker.authorities.selectors import get_application, list_named
from tracker.authorities.services.granting import lock_named, refuse_across_a_seal, stored
from tracker.authorities.services.ripa import find_renewed
from tracker.authorities.vocabulary import ApplicationKind
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key


def prepare_application(session: Session, new: NewApplication, *, by: Actor, now: datetime) -> Application:
    """Legal prepares an application for directed surveillance of the people named, or for a renewal.

    Raises `NotAllowedError`, or `ProblemError` for a URN already used, somebody who is not on record, a sealed record named
    with others, or a renewal that has nothing to renew. Source: article 7A SI 2010/521; the Code on what an application must show.
    """
    require(by, Permission.PREPARE_APPLICATION)
    persons, _ = lock_named(session, new.persons)
    refuse_across_a_seal(session, persons)
    _refuse_a_urn_already_used(session, new.urn.strip())
    renewed = find_renewed(session, new.renewal_of, persons=new.persons, at=now)
    if new.article_7a is None:
        raise ProblemError("article_7a", "Article 7A is not met, so there is nothing to apply for")
    made = Application(
        reference=new_reference("APP"),
        kind=ApplicationKind.RIPA.value,
        urn=new.urn.strip(),
        offence=new.offence.strip(),
        maximum_penalty=new.maximum_penalty.strip(),
        article_7a=new.article_7a.value,
        renewal_of_id=saved_key(renewed) if renewed else None,
        platforms=stored(new.platforms),
        accounts=stored(new.accounts),
        sought=new.sought.strip(),
        necessary=new.necessary.strip(),
        proportionate=new.proportionate.strip(),
        collateral=new.collateral.strip(),
        confidential_likely=new.confidential_likely,
        next_review_on=new.next_review_on,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    return _add(session, made, persons, by=by, now=now)


def prepare_non_ripa_application(
    session: Session, new: NewNonRipaApplication, *, by: Actor, now: datetime
) -> Application:
    """Legal prepares an application for an authorisation outside RIPA, where the council has the route on.

    Raises `NotAllowedError`, or `ProblemError` where the route is off, somebody named is not on record, or a sealed record is
    named with others.
    Source: HRA 1998 art 8; BA v Cleveland (IPT 2012).
    """
    require(by, Permission.PREPARE_APPLICATION)
    persons, _ = lock_named(session, new.persons)
    refuse_across_a_seal(session, persons)
    if not limits_in_force(session, at=now).limits.non_ripa:
        raise ProblemError("non_ripa", "Your council does not use non-RIPA authorisations")
    made = Application(
        reference=new_reference("APP"),
        kind=ApplicationKind.NON_RIPA.value,
        platforms=stored(new.platforms),
        sought=new.sought.strip(),
        necessary=new.necessary.strip(),
        proportionate=new.proportionate.strip(),
        collateral=new.collateral.strip(),
        confidential_likely=new.confidential_likely,
        next_review_on=new.next_review_on,
        until_on=new.until_on,
        max_views=new.max_views,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    return _add(session, made, persons, by=by, now=now)


def withdraw_application(session: Session, reference: str, why: str, *, by: Actor, now: datetime) -> Application:
    """Legal withdraws an application that nobody has answered, with a reason. It is kept, and its URN stays used.

    Any legal reviewer may, since whoever prepared it may have left. Raises `NoSuchRecordError`, `NotAllowedError`, or
    `ProblemError` where it was answered or withdrawn already, or no reason is given.
    """
    application = get_application(session, reference)
    require(by, Permission.PREPARE_APPLICATION, about=reference)
    persons, _ = lock_named(session, [person.reference for person in list_named(session, application)])
    session.refresh(application)
    refuse_what_was_answered(application)
    if not why.strip():
        raise ProblemError("why", "Enter why you withdraw it")
    application.withdrawn_at, application.withdrawn_by, application.withdrawn_why = now, by.staff_id, why.strip()
    session.add(application)
    session.flush()
    people, content = [person.reference for person in persons], {"why": why.strip()}
    record(session, Event.APPLICATION_WITHDRAWN, at=now, by=by, people=people, about=reference, content=content)
    return application


def refuse_what_was_answered(application: Application) -> None:
    """Raises `ProblemError` unless the application still waits for the authorising officer."""
    if application.withdrawn_at is not None:
        raise ProblemError("", "This application was withdrawn by Legal")
    if application.refused_at is not None:
        raise ProblemError("", "This application was refused already")
    if application.ripa_id is not None or application.non_ripa_id is not None:
        raise ProblemError("", "This application was granted already")


def _refuse_a_urn_already_used(session: Session, urn: str) -> None:
    granted = session.exec(select(RipaAuthorisation).where(RipaAuthorisation.urn == urn)).first()
    if granted or session.exec(select(Application).where(Application.urn == urn)).first():
        raise ProblemError("urn", "This URN is already used")


def _add(session: Session, made: Application, persons: list[Person], *, by: Actor, now: datetime) -> Application:
    session.add(made)
    session.flush()
    session.add_all(
        ApplicationPerson(application_id=saved_key(made), person_id=saved_key(person)) for person in persons
    )
    session.flush()
    facts = {"kind": made.kind, "urn": made.urn, "article_7a": made.article_7a}
    content = {
        "offence": made.offence,
        "maximum_penalty": made.maximum_penalty,
        "sought": made.sought,
        "necessary": made.necessary,
        "proportionate": made.proportionate,
        "collateral": made.collateral,
    }
    people, about = [person.reference for person in persons], made.reference
    record(session, Event.APPLICATION_PREPARED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return made
