"""Whether the authorising officer may answer an application or review an authorisation: apart from the checks of those named."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from tracker.authorities.models import Application, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.selectors import advisers_about, named_by
from tracker.decisions.parties import staff_concerned_with_each
from tracker.people.groups import members_of
from tracker.policy.entitlement import Actor, may_grant
from tracker.storage.tables import saved_key


def may_answer(session: Session, application: Application, *, by: Actor) -> bool:
    """Whether the actor may grant or refuse: an authorising officer who neither prepared it nor is concerned with a check."""
    return may_grant(by, who_stays_out(session, [application])[saved_key(application)])


def who_stays_out(session: Session, applications: Iterable[Application]) -> dict[int, frozenset[int]]:
    """Keys of those who answer none of these applications, by the application's key: who prepared it, who is concerned with a check
    of anybody whom it names, and who advised on them."""
    rows = {saved_key(one): one for one in applications}
    named = named_by(session, Application, rows)
    out = _concerned_with(session, named)
    return {key: out[key] | {one.recorded_by} for key, one in rows.items()}


def may_review(session: Session, authorisation: RipaAuthorisation | NonRipaAuthorisation, *, by: Actor) -> bool:
    """Whether the actor may review: an authorising officer who is not concerned with a check of anybody named."""
    named = named_by(session, type(authorisation), [saved_key(authorisation)])
    return may_grant(by, _concerned_with(session, named)[saved_key(authorisation)])


def _concerned_with(session: Session, named: Mapping[int, Iterable[int]]) -> dict[int, frozenset[int]]:
    """By the same keys: the parties to the checks of those named and of whoever counts as them, and who advised on any of them."""
    everybody = members_of(session, {one for people in named.values() for one in people})
    groups = {key: {one for each in people for one in everybody[each]} for key, people in named.items()}
    advised, parties = advisers_about(session, groups), staff_concerned_with_each(session, groups)
    return {key: advised[key] | parties[key] for key in groups}
