"""Who may read a restricted record, and who might be let in."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.people.models import Person, PersonReader
from tracker.people.selectors import standing_of
from tracker.policy.entitlement import Actor
from tracker.policy.periods import london_day
from tracker.staff.models import StaffMember
from tracker.staff.selectors import list_staff, load_holdings
from tracker.storage.tables import saved_key


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
