"""What every grant shares: who may grant, who is named, when it is to be reviewed. Source: policy.md, "Who may do what"."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import AuthorisationReview, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.requests import NewCancellation
from tracker.authorities.selectors import Authority, advisers_about, list_named
from tracker.people.groups import lock_everyone
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import get_person, is_any_sealed
from tracker.policy.entitlement import Actor, may_grant
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Account, Platform, Purpose
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.tables import NoSuchRecordError, saved_key

Authorisation = RipaAuthorisation | NonRipaAuthorisation

NAMED_ALONE = "What names one of these people names nobody else: record it for each by themself, or ask Legal"


def lock_named(session: Session, references: Iterable[str]) -> tuple[list[Person], set[int]]:
    """The people named, in a fixed order, and the keys of everyone in their groups, locked.

    Raises `ProblemError` on `persons` where one of them is not on record.
    """
    try:
        persons = sorted((get_person(session, one) for one in references), key=saved_key)
    except NoSuchRecordError:
        raise ProblemError("persons", "Somebody named is not on record") from None
    groups = lock_everyone(session, [saved_key(person) for person in persons])
    return persons, {member for group in groups.values() for member in group.members}


def refuse_across_a_seal(session: Session, persons: Collection[Person]) -> None:
    """Raises `ProblemError` on `persons` where a sealed record would be named together with somebody else: whoever reads the one would
    learn of the other. For after the entitlement: it says no more than that Legal is to be asked. Source: ADR 0152."""
    if len(persons) > 1 and is_any_sealed(session, [saved_key(person) for person in persons]):
        raise ProblemError("persons", NAMED_ALONE)


def lock_authority(session: Session, authority: Authority) -> None:
    """Locks everyone whom the authority names, and reads it again as it is now."""
    lock_everyone(session, [saved_key(person) for person in list_named(session, authority)])
    session.refresh(authority)


def require_apart(
    session: Session, members: Iterable[int], *, by: Actor, concerned: frozenset[int], about: str | None = None
) -> None:
    """Raises `NotAllowedError` unless the actor may grant and is apart from the check.

    The authorising officer is none of requester, viewer, approver (`concerned`, keys of staff) or adviser (who recorded
    advice about anybody named), and stands in for none of them.
    """
    apart = may_grant(by, concerned | advisers_about(session, {0: members})[0])
    require(by, Permission.GRANT_AUTHORISATION, allowed=apart, about=about)


def not_in_the_future(field: str, at: datetime, now: datetime) -> None:
    """Raises `ProblemError` on that field where `at` lies after `now`."""
    if at > now:
        raise ProblemError(field, "The date and time must not be in the future")


def add_review(
    session: Session,
    authorisation: Authorisation,
    *,
    at: datetime,
    result: str,
    wanted: date | None,
    by: Actor,
    now: datetime,
    value_so_far: str = "",
) -> AuthorisationReview:
    """Adds a review that says when the next one is due: on `wanted`, which may only be sooner than the council's default.

    Raises `ProblemError` on `next_review_on` where it is later than that, or not after the day of this review.
    """
    days = limits_in_force(session, at=now).limits.review_default_days
    latest = london_day(at) + timedelta(days=days)
    due = wanted or latest
    if not london_day(at) < due <= latest:
        raise ProblemError(
            "next_review_on", f"The next review must be within {days} days, and not on the day of this one"
        )
    is_ripa = isinstance(authorisation, RipaAuthorisation)
    made = AuthorisationReview(
        ripa_id=saved_key(authorisation) if is_ripa else None,
        non_ripa_id=None if is_ripa else saved_key(authorisation),
        at=at,
        value_so_far=value_so_far.strip() or None,
        result=result,
        next_review_on=due,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(made)
    session.flush()
    return made


def cancel(
    session: Session, authorisation: Authorisation, new: NewCancellation, event: Event, *, by: Actor, now: datetime
) -> None:
    """Cancels an authorisation, from `new.at` on. Raises `ProblemError` on `at` where that cannot be."""
    lock_authority(session, authorisation)
    not_in_the_future("at", new.at, now)
    if new.at < authorisation.granted_at:
        raise ProblemError("at", "The cancellation must not be dated before the grant")
    if authorisation.cancelled_at is not None:
        raise ProblemError("at", "It is already cancelled")
    authorisation.cancelled_at, authorisation.cancelled_recorded_at = new.at, now
    authorisation.cancelled_by, authorisation.cancelled_why = by.staff_id, new.why.strip()
    authorisation.cancelled_obtained = new.obtained.strip() or None
    authorisation.cancelled_material = new.material.strip() or None
    session.add(authorisation)
    session.flush()
    people = [person.reference for person in list_named(session, authorisation)]
    facts = {"cancelled_at": new.at.isoformat()}
    content = {"why": new.why.strip(), "obtained": new.obtained.strip(), "material": new.material.strip()}
    about = authorisation.reference
    record(session, event, at=now, by=by, people=people, about=about, facts=facts, content=content)


def stored(scope: frozenset[Platform] | frozenset[Purpose] | frozenset[Account] | None) -> list[str] | None:
    """A scope as it is stored: its identifiers in order, or None where it is not limited."""
    return None if scope is None else sorted(one.value for one in scope)
