"""Legal's advice on a person, and the holds that it releases, kept together. By nobody who is a party to a check about them."""

from datetime import datetime

from sqlmodel import Session

from tracker.authorities.models import LegalAdvice
from tracker.authorities.requests import NewAdvice
from tracker.authorities.services import record_advice
from tracker.people.groups import lock_everyone
from tracker.people.problems import ProblemError
from tracker.people.selectors import get_person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Conclusion
from tracker.review.requests import ReleasedHolds
from tracker.review.selectors.holds import list_holds_that_stand
from tracker.review.selectors.parties import parties_about
from tracker.review.services.holding import release_held
from tracker.storage.tables import saved_key


def advise_on_person(
    session: Session, new: NewAdvice, *, by: Actor, now: datetime, releasing: ReleasedHolds | None = None
) -> LegalAdvice:
    """Records Legal's advice on a person, and releases the holds on them that it was decided to release with it.

    Raises `NotAllowedError` where the actor asked for, would look in or decided on a check about the person; `ProblemError`,
    also where a hold is to be released that is not one of this person's that stand, or on advice that is not favourable.
    """
    person = get_person(session, new.person)
    group = lock_everyone(session, [saved_key(person)])[saved_key(person)]
    advice = record_advice(session, new, apart_from=parties_about(session, group.members), by=by, now=now)
    if releasing is not None:
        standing = {hold.reference for hold in list_holds_that_stand(session, group.members)}
        favourable = new.conclusion is Conclusion.NOT_DIRECTED_SURVEILLANCE
        if not favourable or not set(releasing.holds) <= standing:
            raise ProblemError("release", "There is no such hold to release with this advice")
        release_held(session, releasing, by=by, now=now)
    return advice
