"""The authorising officer's answers, each apart from the checks of the people named. Source: policy.md, "Who may do what"."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import Application, AuthorisationReview, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.requests import NewNonRipaGrant, NewReview, NewRipaGrant
from tracker.authorities.selectors import get_application, get_authorisation, list_named
from tracker.authorities.selectors.waiting import get_renewed
from tracker.authorities.services import grant_non_ripa, grant_ripa, review_authorisation
from tracker.authorities.services.applications import refuse_what_was_answered
from tracker.authorities.services.granting import lock_named, require_apart
from tracker.authorities.vocabulary import ApplicationKind, Article7a
from tracker.decisions.selectors import staff_concerned_with
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Account, Platform
from tracker.storage.tables import saved_key


@dataclass(frozen=True, slots=True)
class Grant:
    """The officer's grant of an application: when, by which grade, in their own words. `next_review_on` None: the default."""

    granted_at: datetime
    grade: str
    own_words: str
    next_review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The officer's refusal of an application, with reasons; it is kept."""

    grade: str
    why: str


def grant_application(
    session: Session, reference: str, grant: Grant, *, by: Actor, now: datetime
) -> RipaAuthorisation | NonRipaAuthorisation:
    """The authorising officer grants what was applied for. A RIPA grant has no effect until a justice's approval is recorded.

    Raises `NoSuchRecordError`, `NotAllowedError` for whoever prepared it, or asked for, would make, decided on or advised on a
    check of anybody named; `ProblemError` where it was answered already or cannot be granted. Source: RIPA s.28.
    """
    application, concerned = _waiting(session, reference, by=by)
    if grant.granted_at < application.recorded_at.replace(second=0, microsecond=0):  # a time is typed to the minute
        raise ProblemError("granted_at", "The grant must not be dated before the application")
    granted: RipaAuthorisation | NonRipaAuthorisation
    if application.kind == ApplicationKind.RIPA:
        granted = grant_ripa(session, _ripa(session, application, grant), by=by, now=now, concerned=concerned)
        application.ripa_id = saved_key(granted)
    else:
        new = _non_ripa(session, application, grant)
        granted = grant_non_ripa(session, new, by=by, now=now, concerned=concerned)
        application.non_ripa_id = saved_key(granted)
    session.add(application)
    session.flush()
    people = [person.reference for person in list_named(session, application)]
    facts = {"authorisation": granted.reference}
    record(session, Event.APPLICATION_GRANTED, at=now, by=by, people=people, about=application.reference, facts=facts)
    return granted


def refuse_application(session: Session, reference: str, refusal: Refusal, *, by: Actor, now: datetime) -> Application:
    """The authorising officer refuses what was applied for, with reasons. It stays in the central record.

    Raises as `grant_application` does.
    """
    application, _ = _waiting(session, reference, by=by)
    application.refused_at, application.refused_by = now, by.staff_id
    application.refused_grade, application.refused_why = refusal.grade.strip(), refusal.why.strip()
    session.add(application)
    session.flush()
    people = [person.reference for person in list_named(session, application)]
    about, content = application.reference, {"why": refusal.why.strip(), "grade": refusal.grade.strip()}
    record(session, Event.APPLICATION_REFUSED, at=now, by=by, people=people, about=about, content=content)
    return application


def review_granted(session: Session, new: NewReview, *, by: Actor, now: datetime) -> AuthorisationReview:
    """The authorising officer reviews an authorisation, apart from the checks that it may carry.

    Raises as `grant_application` does, and as `authorities.services.review_authorisation`, which records it.
    """
    authorisation = get_authorisation(session, new.authorisation)
    require(by, Permission.GRANT_AUTHORISATION, about=authorisation.reference)
    _, members = lock_named(session, [person.reference for person in list_named(session, authorisation)])
    concerned = staff_concerned_with(session, tuple(sorted(members)))
    return review_authorisation(session, new, by=by, now=now, concerned=concerned)


def _waiting(session: Session, reference: str, *, by: Actor) -> tuple[Application, frozenset[int]]:
    """The application, locked with everybody named, and the staff who may not answer it."""
    application = get_application(session, reference)
    require(by, Permission.GRANT_AUTHORISATION, about=reference)
    _, members = lock_named(session, [person.reference for person in list_named(session, application)])
    session.refresh(application)
    concerned = staff_concerned_with(session, tuple(sorted(members))) | {application.recorded_by}
    require_apart(session, members, by=by, concerned=concerned, about=reference)
    refuse_what_was_answered(application)
    return application, concerned


def _ripa(session: Session, application: Application, grant: Grant) -> NewRipaGrant:
    renewed = get_renewed(session, application)
    return NewRipaGrant(
        urn=application.urn or "",
        persons=frozenset(person.reference for person in list_named(session, application)),
        offence=application.offence or "",
        article_7a=Article7a(application.article_7a) if application.article_7a else None,
        granted_at=grant.granted_at,
        grade=grant.grade,
        own_words=grant.own_words,
        next_review_on=grant.next_review_on,
        renewal_of=renewed.reference if renewed else None,
        platforms=_platforms(application),
        accounts=None if application.accounts is None else frozenset(map(Account, application.accounts)),
    )


def _non_ripa(session: Session, application: Application, grant: Grant) -> NewNonRipaGrant:
    if application.until_on is None or application.max_views is None:
        raise RuntimeError("an application outside RIPA says until when and for how many looks")
    return NewNonRipaGrant(
        persons=frozenset(person.reference for person in list_named(session, application)),
        granted_at=grant.granted_at,
        grade=grant.grade,
        own_words=grant.own_words,
        until_on=application.until_on,
        next_review_on=grant.next_review_on,
        platforms=_platforms(application),
        max_views=application.max_views,
    )


def _platforms(application: Application) -> frozenset[Platform] | None:
    return None if application.platforms is None else frozenset(map(Platform, application.platforms))
