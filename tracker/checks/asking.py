"""What asking for a look and recording one that was made have in common: who may, who looks, and the row of the check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.access.permissions import Permission, require
from tracker.checks.accounts import account_chosen
from tracker.checks.errors import NotOfferedError, SealedError, WrongViewerError
from tracker.checks.requests import NewCheck
from tracker.decisions.concerned import Concerned
from tracker.decisions.models import Check, CheckInvolvement, CheckProfile, CheckSubject, CopiedCheck
from tracker.decisions.records import get_check
from tracker.decisions.vocabulary import CheckKind
from tracker.people.models import Person, Profile
from tracker.people.selectors import get_person, involvements_open_on, standing_of
from tracker.people.services import reach_on_duty
from tracker.policy.entitlement import WORKERS, Actor, may_ask_for_check, may_work_on_person
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Account, Platform
from tracker.rulebook.selectors import lawful_basis_of, purposes_offered
from tracker.staff.models import Team
from tracker.staff.selectors import get_staff_by_reference, get_team, load_actor
from tracker.storage.references import new_reference
from tracker.storage.tables import NoSuchRecordError, saved_key

CHECK = "CHK"
NOT_OFFERED = "Your council no longer offers this purpose. Record a new check with another, or ask Legal."
SEALED_ALONE = "A check about one of these people is about nobody else. Ask Legal."


@dataclass(frozen=True, slots=True)
class Asked:
    """A check as it may be asked: worked out from the request, entitlement held."""

    team: Team
    viewer: Actor
    account: Account
    corporate_profile_id: int | None
    platforms: tuple[Platform, ...]
    profiles: tuple[Profile, ...]


def list_people_in(session: Session, new: NewCheck) -> list[Person]:
    """The person whose page it is, and whomever it is about too. Raises `NoSuchRecordError`."""
    return [get_person(session, reference) for reference in dict.fromkeys([new.person, *new.also_about])]


def read_request(
    session: Session, new: NewCheck, concerned: Sequence[Concerned], *, by: Actor, at: datetime, now: datetime
) -> Asked:
    """Holds entitlement and works out what is not asked of the worker. `at`: the moment of the look or of asking.

    Raises `NotAllowedError`, `WrongViewerError`, `SealedError`, `NotOfferedError`, `NoSuchRecordError` for an unknown team or
    profile.
    """
    team = get_team(session, new.team)
    _require_may_ask(session, concerned, saved_key(team), by=by, now=now)
    if new.kind is CheckKind.PLANNED and new.purpose not in purposes_offered(session, at=now):
        raise NotOfferedError(NOT_OFFERED)
    if len(concerned) > 1 and any(record.sealed for one in concerned for record in one.group.records):
        raise SealedError(SEALED_ALONE)
    profiles = _profiles(session, new.profiles, concerned)
    named = {Platform(profile.platform) for profile in profiles}
    platforms = tuple(platform for platform in Platform if platform in named.union(new.platforms))
    viewer = _viewer(session, new.viewer, by=by, now=now)
    account, profile_id = account_chosen(session, new.account, platforms=platforms, viewer_id=viewer.staff_id, at=at)
    _check_viewer(session, viewer, account, concerned, by=by, now=now)
    return Asked(team, viewer, account, profile_id, platforms, profiles)


def enter_check(
    session: Session,
    new: NewCheck,
    asked: Asked,
    concerned: Sequence[Concerned],
    *,
    kind: CheckKind,
    at: datetime,
    by: Actor,
    now: datetime,
    why_late: str | None = None,
) -> Check:
    """Stores what was asked: it never changes. Danger is immediate risk, whatever else was said.

    Who is on duty has said why they come to these people, or says it by naming the danger; else raises `DutyReasonNeededError`.
    """
    reach_on_duty(session, [one.person for one in concerned], why=new.danger, by=by, now=now)
    in_danger = new.immediate_risk or kind is CheckKind.DANGER
    check = Check(
        reference=new_reference(CHECK),
        kind=kind.value,
        team_id=saved_key(asked.team),
        requester_id=by.staff_id,
        viewer_id=asked.viewer.staff_id,
        corporate_profile_id=asked.corporate_profile_id,
        account=asked.account.value,
        platforms=[platform.value for platform in asked.platforms],
        code_factors=[factor.value for factor in new.code_factors],
        immediate_risk=in_danger,
        new_event=new.new_event and in_danger,
        lawful_basis_id=saved_key(lawful_basis_of(session, new.purpose)),
        why_late=why_late,
        at=at,
        recorded_at=now,
        **_as_asked(new),
        person_id=next(one.person_id for one in concerned),
    )
    session.add(check)
    session.flush()
    session.add_all(CheckSubject(check_id=saved_key(check), person_id=one.person_id) for one in concerned)
    session.add_all(_cases(session, check, concerned))
    session.add_all(CheckProfile(check_id=saved_key(check), profile_id=saved_key(one)) for one in asked.profiles)
    if new.same_as is not None:
        copied = get_check(session, new.same_as)
        session.add(CopiedCheck(check_id=saved_key(check), copied_from_id=saved_key(copied)))
    session.flush()
    return check


def _cases(session: Session, check: Check, concerned: Sequence[Concerned]) -> list[CheckInvolvement]:
    """Under which cases it is asked: the team's work with those whom it concerns, open on the day of asking or, where the look was made
    already, on the day of the look. Nobody is asked for it."""
    members = {member for one in concerned for member in one.group.members}
    cases = involvements_open_on(session, members, check.team_id, on=london_day(check.at))
    return [CheckInvolvement(check_id=saved_key(check), involvement_id=saved_key(one)) for one in cases]


def codes_of(new: NewCheck) -> dict[str, Any]:
    """What was asked, in codes: for the facts that the trail keeps for ever."""
    return {
        "relation": new.relation.value,
        "purpose": new.purpose.value,
        "aim": new.aim.value,
        "method": new.method.value,
        "platforms": [platform.value for platform in Platform if platform in new.platforms],
        "visibility": new.visibility.value,
        "immediate_risk": new.immediate_risk,
        **({"same_as": new.same_as} if new.same_as else {}),
    }


def words_of(new: NewCheck) -> dict[str, Any]:
    """What was written in words: for the part of the trail that can be erased."""
    return {
        "purpose": new.purpose_words,
        "why_now": new.why_now,
        "why_not_by_agreement": new.why_not_words,
        "less_intrusive": new.less_intrusive,
        "danger": new.danger,
        "newly_happened": new.newly_happened,
        "basis_does_not_fit": new.basis_does_not_fit,
    }


def _as_asked(new: NewCheck) -> dict[str, Any]:
    return {
        "relation": new.relation.value,
        "may_lack_capacity": new.may_lack_capacity,
        "purpose": new.purpose.value,
        "purpose_words": new.purpose_words,
        "why_now": new.why_now,
        "why_not_by_agreement": new.why_not_by_agreement and new.why_not_by_agreement.value,
        "why_not_words": new.why_not_words,
        "less_intrusive": new.less_intrusive,
        "aim": new.aim.value,
        "method": new.method.value,
        "visibility": new.visibility.value,
        "danger": new.danger,
        "newly_happened": new.newly_happened,
        "confidential_material_likely": new.confidential_material_likely,
        "illegal_content_suspected": new.illegal_content_suspected,
        "basis_does_not_fit": new.basis_does_not_fit,
    }


def _require_may_ask(
    session: Session, concerned: Sequence[Concerned], team_id: int, *, by: Actor, now: datetime
) -> None:
    """In a team of the actor's own that is involved with the person, and every other record may be worked on too."""
    for place, one in enumerate(concerned):
        standing = standing_of(session, one.person_id, on=london_day(now))
        allowed = may_work_on_person(by, standing) if place else may_ask_for_check(by, team_id, standing)
        require(by, Permission.ASK_FOR_CHECK, allowed=allowed, about=one.person.reference)


def _profiles(session: Session, references: Sequence[str], concerned: Sequence[Concerned]) -> tuple[Profile, ...]:
    if not references:
        return ()
    members = {member for one in concerned for member in one.group.members}
    named = session.exec(_profiles_named(), params={"references": list(references)})
    found = tuple(profile for profile in named if profile.person_id in members)
    if len(found) != len(set(references)):
        raise NoSuchRecordError("there is no such profile of these people")
    return found


@cache
def _profiles_named() -> SelectOfScalar[Profile]:
    """Built once: nearly every check names a profile."""
    named = col(Profile.reference).in_(bindparam("references", expanding=True))
    return select(Profile).where(named, col(Profile.struck_at).is_(None)).order_by(col(Profile.id))


def _viewer(session: Session, reference: str, *, by: Actor, now: datetime) -> Actor:
    if reference == by.reference:
        return by
    try:
        member = get_staff_by_reference(session, reference)
    except NoSuchRecordError:
        raise WrongViewerError("Choose who will look.") from None
    return load_actor(session, staff_id=saved_key(member), now=now)


def _check_viewer(
    session: Session, viewer: Actor, account: Account, concerned: Sequence[Concerned], *, by: Actor, now: datetime
) -> None:
    """Who looks works here as a worker, may open these records, and is the requester unless they may use the account."""
    if not viewer.roles & WORKERS:
        raise WrongViewerError("Choose somebody who works with people and still works here.")
    standings = [standing_of(session, one.person_id, on=london_day(now)) for one in concerned]
    if not all(may_work_on_person(viewer, standing) for standing in standings):
        raise WrongViewerError("Choose somebody who may open this record.")
    if viewer.staff_id != by.staff_id and account is not Account.CORPORATE_REGISTERED:
        raise WrongViewerError("Somebody else can look only with a corporate account that they may use.")
