"""Who may read a restricted record, and who might be let in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from tracker.access.permissions import HELD_BY, Permission
from tracker.people.groups import groups_of
from tracker.people.models import Person, PersonReader
from tracker.people.selectors import standing_of, standings_of
from tracker.policy.entitlement import Actor, Role
from tracker.policy.periods import london_day
from tracker.staff.models import StaffMember
from tracker.staff.selectors import grants_in_force, list_staff, load_holdings
from tracker.storage.tables import saved_key


@dataclass(frozen=True, slots=True)
class Restricted:
    """The restricted ones among records that are one person, and the keys of those who may read all of them."""

    records: tuple[Person, ...]
    readers: frozenset[int]


def list_restricted(session: Session, *, on: date) -> list[Restricted]:
    """Every restricted or sealed record, those that are one person together, by the key of the first."""
    people = session.exec(select(Person).where(col(Person.restricted).is_(True)).order_by(col(Person.id))).all()
    keys = [saved_key(one) for one in people]
    groups, standings = groups_of(session, keys), standings_of(session, keys, on=on)
    found: dict[tuple[int, ...], list[Person]] = {}
    for one in people:
        found.setdefault(groups[saved_key(one)].members, []).append(one)
    return [Restricted(tuple(rows), standings[saved_key(rows[0])].readers) for rows in found.values()]


def who_may_restrict(session: Session, *, now: datetime) -> frozenset[int]:
    """Keys of those who work here and hold a role themselves, on shift or not, with which they say who reads a restricted record."""
    here = {saved_key(one) for one in list_staff(session, now=now)}
    roles = HELD_BY[Permission.RESTRICT_PERSON]
    return frozenset(one.staff_id for one in grants_in_force(session, now=now) if Role(one.role) in roles) & here


def list_readers(session: Session, person: Person) -> list[StaffMember]:
    """Who may read this record where it is restricted, by name, those who have left too."""
    mine = select(StaffMember).join(PersonReader, col(PersonReader.staff_id) == col(StaffMember.id))
    return list(session.exec(mine.where(PersonReader.person_id == person.id).order_by(StaffMember.name)))


def list_possible_readers(session: Session, person: Person, *, by: Actor, now: datetime) -> list[StaffMember]:
    """Whoever works in a team that works with the person or in a team of the actor's, and those who may read it already.

    Open staff, by name.
    """
    teams = standing_of(session, saved_key(person), on=london_day(now)).teams | set(by.work_teams)
    already = {one.id for one in list_readers(session, person)}
    members = list_staff(session, now=now)
    held = load_holdings(session, members, now=now)
    work = {one.id: Actor(one.id or 0, one.reference, one.name, held[one.id or 0]).work_teams for one in members}
    return [one for one in members if one.id in already or one.id == by.staff_id or teams & set(work[one.id])]
