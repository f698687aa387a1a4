"""The page of a person: where they stand first, then what would change it, what happened, and who they are."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.detection.suggestions import find_suggestions
from tracker.overview.standing import WhereTheyStand, where_they_stand
from tracker.overview.timeline import timeline_of
from tracker.people.ages import age_in_words, is_under_18
from tracker.people.duplicates import Resemblances
from tracker.people.earlier import Earlier, list_earlier
from tracker.people.groups import group_of
from tracker.people.models import Person, Profile
from tracker.people.readers import list_readers
from tracker.people.selectors import (
    InvolvementOf,
    Relative,
    list_family,
    list_involvements,
    list_names,
    list_profiles,
    standing_of,
)
from tracker.policy.entitlement import Actor, may_work_on_person
from tracker.rulebook.selectors import LimitsInForce, limits_in_force
from tracker.staff.models import StaffMember
from tracker.web.blocks import TimelineEntry
from tracker.web.dates import in_london


@dataclass(frozen=True)
class PersonPage:
    """All that the page of a person shows to one reader."""

    person: Person
    names: list[str]
    earlier: Earlier
    age: str
    under_18: bool | None
    same_person: tuple[Person, ...]
    stands: WhereTheyStand
    limits: LimitsInForce
    profiles: list[Profile]
    family: list[Relative]
    involvements: list[InvolvementOf]
    timeline: list[TimelineEntry]
    readers: list[StaffMember]
    may_work: bool
    may_restrict: bool
    team_is_involved: bool
    suggested: Resemblances


def person_page(session: Session, person: Person, *, to: Actor, now: datetime) -> PersonPage:
    """What `to`, who may open the record, is shown of the person at `now`."""
    group, today = group_of(session, person.id or 0), in_london(now).date()
    standing = standing_of(session, person.id or 0, on=today)
    limits = limits_in_force(session, at=now)
    return PersonPage(
        person=person,
        names=list_names(session, person.id or 0),
        earlier=list_earlier(session, person.id or 0),
        age=age_in_words(person, at=now),
        under_18=is_under_18(group, at=now),
        same_person=tuple(one for one in group.records if one.id != person.id),
        stands=where_they_stand(session, group, limits, by=to, now=now),
        limits=limits,
        profiles=list_profiles(session, group.members),
        family=list_family(session, group.members, by=to, on=today),
        involvements=list_involvements(session, group.members),
        timeline=timeline_of(session, group, by=to, now=now),
        readers=list_readers(session, person),
        may_work=may_work_on_person(to, standing),
        may_restrict=has_permission(to, Permission.RESTRICT_PERSON) and may_work_on_person(to, standing),
        team_is_involved=bool(set(to.work_teams) & standing.teams or to.duty_teams),
        suggested=find_suggestions(session, person.id or 0, by=to, on=today),
    )
