"""Two who may consent for a child and disagree: a refusal is recorded, and stands until Legal settles it.

Source: policy.md, "Two who may consent for a child and disagree".
"""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.consent.disagreement import (
    EVERY_PLATFORM,
    EVERY_PURPOSE,
    Disagreement,
    Said,
    Settled,
    find_disagreement,
)
from tracker.consent.givers import givers_of
from tracker.consent.models import Consent
from tracker.consent.selectors import (
    get_consent,
    list_consents,
    list_settled_disagreements,
    list_standing_disagreements,
    platforms_of,
    purposes_of,
)
from tracker.people.groups import PersonGroup, lock_everyone
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor, may_act_for_legal
from tracker.policy.vocabulary import ConsentStatus, GivenBy
from tracker.storage.references import new_reference

DISAGREE = "Those who may consent disagree. Refused until Legal settles it."


def record_disagreement(
    session: Session, said: Consent, person: Person, group: PersonGroup, *, by: Actor, now: datetime
) -> Consent | None:
    """The refusal that stands because `said` (just recorded) made those who may consent disagree; None where they do not,
    or where a refusal that stands already bars every consent there is."""
    parents = [one for one in list_consents(session, group.members) if _is_a_parents_word(one)]
    givers = givers_of(session, parents)
    words = [_as_said(one, givers) for one in parents]
    settled = [_as_settled(one) for one in list_settled_disagreements(session, group.members)]
    found = find_disagreement(words, settled, about=_as_said(said, givers))
    if found is None or any(_bars(one, found) for one in list_standing_disagreements(session, group.members)):
        return None
    made = _refusal(said, found, now=now)
    session.add(made)
    session.flush()
    facts = {"because_of": said.reference, "at": made.at.isoformat()}
    people, about = [person.reference], made.reference
    record(session, Event.DISAGREEMENT_RECORDED, at=now, by=by, people=people, about=about, facts=facts)
    return made


def settle_disagreement(session: Session, reference: str, *, why: str, by: Actor, now: datetime) -> tuple[Consent, ...]:
    """Legal settles a disagreement: the refusal `reference`, and those about the same platforms and purposes that stand with
    it, are struck through with the reason. What each giver said stays as it was said.

    Raises `NoSuchRecordError`, `NotAllowedError` also for who recorded any of what those who disagree said, or `ProblemError`
    where it is no such refusal, is settled already, or no reason is given.
    """
    named = get_consent(session, reference)
    person = get_person_by_id(session, named.person_id)
    group = lock_everyone(session, [named.person_id])[named.person_id]
    recorded = frozenset(one.recorded_by for one in list_consents(session, group.members))
    require(by, Permission.SETTLE_DISAGREEMENT, allowed=may_act_for_legal(by, recorded), about=reference)
    if not why.strip():
        raise ProblemError("why", "Enter how it was settled, and why")
    standing = list_standing_disagreements(session, group.members)
    if named.id not in {one.id for one in standing}:
        raise ProblemError("reference", "There is no disagreement that waits to be settled here")
    settled = tuple(one for one in standing if _share_something(one, named))
    for one in settled:
        one.struck_at, one.struck_by, one.struck_why = now, by.staff_id, why.strip()
        session.add(one)
    session.flush()
    facts, content = {"settled": sorted(one.reference for one in settled)}, {"why": why.strip()}
    people = [person.reference]
    record(
        session, Event.DISAGREEMENT_SETTLED, at=now, by=by, people=people, about=reference, facts=facts, content=content
    )
    return settled


def _is_a_parents_word(consent: Consent) -> bool:
    return consent.given_by == GivenBy.PARENTAL_RESPONSIBILITY.value and consent.struck_at is None


def _as_said(consent: Consent, givers: dict[int | None, str]) -> Said:
    return Said(
        giver=givers[consent.id],
        status=ConsentStatus(consent.status),
        at=consent.at,
        recorded_at=consent.recorded_at,
        until_on=consent.until_on,
        platforms=platforms_of(consent.platforms),
        purposes=purposes_of(consent.purposes),
    )


def _as_settled(refusal: Consent) -> Settled:
    if refusal.struck_at is None:
        raise ValueError("this disagreement was not settled")
    return Settled(refusal.struck_at, platforms_of(refusal.platforms), purposes_of(refusal.purposes))


def _bars(refusal: Consent, found: Disagreement) -> bool:
    """Whether a refusal that stands is as late as every consent found opposed, and takes in all of it."""
    platforms = platforms_of(refusal.platforms) or EVERY_PLATFORM
    purposes = purposes_of(refusal.purposes) or EVERY_PURPOSE
    wide_enough = platforms >= (found.platforms or EVERY_PLATFORM) and purposes >= (found.purposes or EVERY_PURPOSE)
    return wide_enough and refusal.at >= found.yes_at


def _share_something(one: Consent, other: Consent) -> bool:
    platforms = (platforms_of(one.platforms) or EVERY_PLATFORM) & (platforms_of(other.platforms) or EVERY_PLATFORM)
    purposes = (purposes_of(one.purposes) or EVERY_PURPOSE) & (purposes_of(other.purposes) or EVERY_PURPOSE)
    return bool(platforms and purposes)


def _refusal(said: Consent, found: Disagreement, *, now: datetime) -> Consent:
    return Consent(
        reference=new_reference("CNS"),
        person_id=said.person_id,
        team_id=said.team_id,
        status=ConsentStatus.REFUSED.value,
        at=found.at,
        platforms=None if found.platforms is None else sorted(one.value for one in found.platforms),
        purposes=None if found.purposes is None else sorted(one.value for one in found.purposes),
        given_by=said.given_by,
        giver_name="Those with parental responsibility",
        competence=said.competence,
        competence_words=said.competence_words,
        wording=DISAGREE,
        language=said.language,
        how_given=said.how_given,
        how_received="They have said different things.",
        right_to_refuse_explained=said.right_to_refuse_explained,
        disagreement=True,
        recorded_at=now,
        recorded_by=said.recorded_by,
    )
