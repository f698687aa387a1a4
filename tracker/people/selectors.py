"""Questions about people that other rooms ask, and the lists of their pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TypeVar

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from tracker.people.ages import is_under_18
from tracker.people.groups import PersonGroup, group_of, groups_of, members_of
from tracker.people.models import (
    CountRestart,
    FamilyLink,
    Involvement,
    Person,
    PersonName,
    PersonReader,
    Profile,
    SamePersonLink,
)
from tracker.people.requests import Details
from tracker.people.vocabulary import MIRRORED, FamilyLinkKind
from tracker.policy.entitlement import Actor, PersonStanding, may_open_person
from tracker.policy.vocabulary import Platform
from tracker.staff.models import Team
from tracker.storage.kept import kept, kept_each
from tracker.storage.references import read_reference
from tracker.storage.tables import NoSuchRecordError, saved_key

__all__ = ["is_under_18"]

PERSON = "PER"
Row = TypeVar("Row")


def get_person(session: Session, reference: str) -> Person:
    """The person with this reference, however it was typed. Raises `NoSuchRecordError`."""
    person = find_person(session, reference)
    if person is None:
        raise NoSuchRecordError("there is no such person")
    return person


def find_person(session: Session, reference: str) -> Person | None:
    """The person with this reference, or None."""
    read = read_reference(PERSON, reference)
    return None if read is None else session.exec(_with_reference(), params={"reference": read}).first()


@cache
def _with_reference() -> SelectOfScalar[Person]:
    """Built once, as are the others here that are asked again and again."""
    return select(Person).where(col(Person.reference) == bindparam("reference"))


def get_person_by_id(session: Session, person_id: int) -> Person:
    """The person with this key. Raises `NoSuchRecordError`."""
    person = kept(session, ("get_person_by_id", person_id), lambda: session.get(Person, person_id))
    if person is None:
        raise NoSuchRecordError("there is no such person")
    return person


def called(person: Person) -> str:
    """What somebody is called on a page: by name, else by handle, else by reference."""
    return person.name or person.known_by or person.reference


def details_of(session: Session, person: Person) -> Details:
    """Who the person is, as the record has it now."""
    return Details(
        name=person.name,
        other_names=tuple(list_names(session, saved_key(person))),
        known_by=person.known_by,
        date_of_birth=person.date_of_birth,
        approximate_age=person.approximate_age,
        unborn=person.unborn,
        expected_on=person.expected_on,
    )


def get_involvement(session: Session, person: Person, reference: str) -> Involvement:
    """An involvement with this person. Raises `NoSuchRecordError`."""
    query = select(Involvement).where(Involvement.reference == reference, Involvement.person_id == person.id)
    return _found(session.exec(query).first())


def get_family_link(session: Session, person: Person, reference: str) -> FamilyLink:
    """A family link within the group of this person, standing or ended; none crosses a sealed record. Raises `NoSuchRecordError`."""
    members = group_of(session, saved_key(person)).members
    mine = col(FamilyLink.person_id).in_(members) | col(FamilyLink.other_id).in_(members)
    link = _found(session.exec(select(FamilyLink).where(FamilyLink.reference == reference, mine)).first())
    return _found(None if is_any_sealed(session, (link.person_id, link.other_id)) else link)


def get_same_person_link(session: Session, person: Person, reference: str) -> SamePersonLink:
    """A same-person link within the group of this person, standing or undone; none crosses a sealed record, nor ever did as far as
    anybody may know. Raises `NoSuchRecordError`."""
    members = group_of(session, saved_key(person)).members
    mine = col(SamePersonLink.person_id).in_(members) | col(SamePersonLink.other_id).in_(members)
    link = _found(session.exec(select(SamePersonLink).where(SamePersonLink.reference == reference, mine)).first())
    return _found(None if is_any_sealed(session, (link.person_id, link.other_id)) else link)


def list_same_person_links(session: Session, members: Iterable[int]) -> list[SamePersonLink]:
    """Same-person links of these records, standing and undone, the latest first; those that were undone because one of the records
    was sealed are Legal's to know (`list_counterparts`)."""
    ids = list(members)
    mine = col(SamePersonLink.person_id).in_(ids) | col(SamePersonLink.other_id).in_(ids)
    latest = (col(SamePersonLink.recorded_at).desc(), col(SamePersonLink.id).desc())
    links = list(session.exec(select(SamePersonLink).where(mine).order_by(*latest)))
    sealed = sealed_among(session, {end for link in links for end in (link.person_id, link.other_id)})
    return [link for link in links if sealed.isdisjoint((link.person_id, link.other_id))]


def sealed_among(session: Session, people: Iterable[int]) -> frozenset[int]:
    """Those of these records (keys) that are sealed."""
    wanted = sorted(set(people))
    if not wanted:
        return frozenset()
    return frozenset(one for one in session.exec(_sealed(), params={"keys": wanted}) if one is not None)


@cache
def _sealed() -> SelectOfScalar[int | None]:
    those = col(Person.id).in_(bindparam("keys", expanding=True))
    return select(col(Person.id)).where(those, col(Person.sealed).is_(True))


def is_any_sealed(session: Session, people: Iterable[int]) -> bool:
    """Whether one of these records (keys), or one that counts as the same person, is sealed."""
    return bool(sealed_among(session, (key for members in members_of(session, people).values() for key in members)))


def standing_of(session: Session, person_id: int, *, on: date) -> PersonStanding:
    """What entitlement may see of the person on a day in London, over all records that are this person.

    Restricted if any of them is; its readers are those who may read every restricted one of them.
    """
    return standings_of(session, [person_id], on=on)[person_id]


def standings_of(
    session: Session, person_ids: Iterable[int], *, on: date, members: Mapping[int, tuple[int, ...]] | None = None
) -> dict[int, PersonStanding]:
    """The same of several people at once; `members`: the keys of their groups, where somebody has just read them."""

    def _read(wanted: list[tuple[int, date]]) -> dict[tuple[int, date], PersonStanding]:
        groups = groups_of(session, [one for one, _ in wanted], members=members)
        found = _standings_of_groups(session, groups.values(), on=on)
        return {(one, on): found[groups[one].members] for one, _ in wanted}

    found = kept_each(session, "standings_of", [(one, on) for one in person_ids], _read)
    return {one: standing for (one, _), standing in found.items()}


def whom_to_ask(session: Session, person_id: int) -> str | None:
    """Whom to ask about a restricted record, or None where no record of this person is restricted."""
    return next((one.ask_whom for one in group_of(session, person_id).records if one.restricted), None)


def profile_on_record(
    session: Session, members: Iterable[int], platforms: Iterable[Platform], *, recorded_by: datetime | None = None
) -> bool:
    """Whether a profile of one of these records on one of these platforms stands on record, now or as of `recorded_by`."""
    query = _profiles_now() if recorded_by is None else _profiles_by()
    asked = {"members": list(members), "platforms": [str(one) for one in platforms], "by": recorded_by}
    return session.exec(query, params=asked).first() is not None


@cache
def _profiles_now() -> SelectOfScalar[int | None]:
    return _profile_of_some().where(col(Profile.struck_at).is_(None))


@cache
def _profiles_by() -> SelectOfScalar[int | None]:
    struck_later = col(Profile.struck_at).is_(None) | (col(Profile.struck_at) > bindparam("by"))
    return _profile_of_some().where(col(Profile.recorded_at) <= bindparam("by"), struck_later)


def _profile_of_some() -> SelectOfScalar[int | None]:
    mine = col(Profile.person_id).in_(bindparam("members", expanding=True))
    on_these = col(Profile.platform).in_(bindparam("platforms", expanding=True))
    return select(col(Profile.id)).where(mine, on_these).limit(1)


def counted_from(session: Session, members: Iterable[int], *, recorded_by: datetime) -> datetime | None:
    """From when views of these records count, as recorded by that instant; None where all of them do.

    Legal restarts the count of every record of a group. Where a record without a restart has since been linked, what was
    seen of it was never before Legal: the earliest of all counts, and a link never takes a view out of the count.
    """
    latest: dict[int, datetime] = {}
    for row in session.exec(_restarts(), params={"members": list(members), "by": recorded_by}):
        latest[row.person_id] = row.counted_from
    return min(latest.values()) if latest and set(latest) == set(members) else None


@cache
def _restarts() -> SelectOfScalar[CountRestart]:
    mine = col(CountRestart.person_id).in_(bindparam("members", expanding=True))
    recorded = col(CountRestart.recorded_at)
    return select(CountRestart).where(mine, recorded <= bindparam("by")).order_by(recorded, col(CountRestart.id))


@dataclass(frozen=True, slots=True)
class InvolvementOf:
    """A team's involvement with a person, with the name of the team."""

    involvement: Involvement
    team: Team

    def is_open(self, on: date) -> bool:
        """Whether the team works with the person on that day; the day it closes still counts."""
        closed_on = self.involvement.closed_on
        return self.involvement.opened_on <= on and (closed_on is None or closed_on >= on)


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody who belongs with a person. `kind` is what they are to the person.

    Where their record is restricted and may not be opened, `person` is None and `ask_whom` says whom to ask.
    """

    link: FamilyLink
    kind: FamilyLinkKind
    person: Person | None
    ask_whom: str | None = None


def list_profiles(session: Session, members: Iterable[int]) -> list[Profile]:
    """Profiles that stand on record, by platform and handle."""
    return list(session.exec(_profiles_of(), params={"members": list(members)}))


@cache
def _profiles_of() -> SelectOfScalar[Profile]:
    mine = col(Profile.person_id).in_(bindparam("members", expanding=True)) & col(Profile.struck_at).is_(None)
    return select(Profile).where(mine).order_by(col(Profile.platform), col(Profile.handle))


def list_involvements(session: Session, members: Iterable[int]) -> list[InvolvementOf]:
    """Involvements, open ones first, then the latest opened."""
    rows = session.exec(_involvements(), params={"members": list(members)})
    return [InvolvementOf(involvement, team) for involvement, team in rows]


def involvements_open_on(session: Session, members: Iterable[int], team_id: int, *, on: date) -> list[Involvement]:
    """A team's work with these people that was open on a day, as it is recorded now, in the order in which it was opened."""
    opened, closed = col(Involvement.opened_on), col(Involvement.closed_on)
    mine = (col(Involvement.person_id).in_(list(members)), Involvement.team_id == team_id)
    query = select(Involvement).where(*mine, opened <= on, or_(closed.is_(None), closed >= on))
    return list(session.exec(query.order_by(opened, col(Involvement.id))))


@cache
def _involvements() -> Select[Involvement, Team]:
    mine = col(Involvement.person_id).in_(bindparam("members", expanding=True))
    both = select(Involvement, Team).join(Team, col(Team.id) == col(Involvement.team_id)).where(mine)
    return both.order_by(
        col(Involvement.closed_on).is_not(None), col(Involvement.opened_on).desc(), col(Involvement.id).desc()
    )


def usual_case_system(session: Session, teams: Iterable[int | None]) -> str | None:
    """The case system of the reference that these teams recorded last, to be offered for the next; None before the first."""
    theirs = col(Involvement.team_id).in_([team for team in teams if team is not None])
    query = select(Involvement.case_system).where(theirs, col(Involvement.case_system).is_not(None))
    return session.exec(query.order_by(col(Involvement.id).desc()).limit(1)).first()


def list_family(session: Session, members: Iterable[int], *, by: Actor, on: date) -> list[Relative]:
    """Family and household now, in the order recorded; of a restricted record only whom to ask, unless `by` may open it.

    Of what would cross a sealed record nothing is told, to anybody.
    """
    mine = set(members)
    links = session.exec(_family_of(), params={"members": list(mine)}).all()
    sealed = sealed_among(session, {end for link in links for end in (link.person_id, link.other_id)})
    open_ones = [link for link in links if sealed.isdisjoint((link.person_id, link.other_id))]
    return [_relative(session, link, mine, by=by, on=on) for link in open_ones]


@cache
def _family_of() -> SelectOfScalar[FamilyLink]:
    members: BindParameter[int] = bindparam("members", expanding=True)
    theirs = col(FamilyLink.person_id).in_(members) | col(FamilyLink.other_id).in_(members)
    standing = select(FamilyLink).where(theirs, col(FamilyLink.ended_at).is_(None))
    return standing.order_by(col(FamilyLink.recorded_at), col(FamilyLink.id))


def list_names(session: Session, person_id: int) -> list[str]:
    """Other names that a person has now, sorted: neither the main one nor what they are known by."""
    person = get_person_by_id(session, person_id)
    names = session.exec(
        select(PersonName.name).where(PersonName.person_id == person_id, col(PersonName.until).is_(None))
    )
    return sorted(set(names) - {person.name, person.known_by})


def list_ended_family_links(session: Session, members: Iterable[int]) -> list[FamilyLink]:
    """Family and household links of these records (keys of a group) that were ended, in the order recorded."""
    keys = sorted(members)
    mine = or_(col(FamilyLink.person_id).in_(keys), col(FamilyLink.other_id).in_(keys))
    ended = select(FamilyLink).where(mine, col(FamilyLink.ended_at).is_not(None))
    return list(session.exec(ended.order_by(col(FamilyLink.id))))


def _found(row: Row | None) -> Row:
    if row is None:
        raise NoSuchRecordError("there is no such record")
    return row


def _standing_of_group(session: Session, group: PersonGroup, *, on: date) -> PersonStanding:
    return _standings_of_groups(session, [group], on=on)[group.members]


def _standings_of_groups(
    session: Session, groups: Iterable[PersonGroup], *, on: date
) -> dict[tuple[int, ...], PersonStanding]:
    """What stands of each group, by the keys of its members."""
    records = {saved_key(record): record for group in groups for record in group.records}
    teams: dict[int, set[int]] = {key: set() for key in records}
    for person_id, team_id in session.exec(_involved_on(), params={"members": list(records), "on": on}):
        teams[person_id].add(team_id)
    readers: dict[int, set[int]] = {key: set() for key, record in records.items() if record.restricted}
    if readers:
        for person_id, staff_id in session.exec(_readers(), params={"members": list(readers)}):
            readers[person_id].add(staff_id)
    return {group.members: _standing(group.members, teams, readers) for group in groups}


@cache
def _involved_on() -> Select[int, int]:
    closed_on, mine = col(Involvement.closed_on), col(Involvement.person_id).in_(bindparam("members", expanding=True))
    open_then = (col(Involvement.opened_on) <= bindparam("on")) & (closed_on.is_(None) | (closed_on >= bindparam("on")))
    return select(Involvement.person_id, Involvement.team_id).where(mine, open_then).distinct()


@cache
def _readers() -> Select[int, int]:
    mine = col(PersonReader.person_id).in_(bindparam("members", expanding=True))
    return select(PersonReader.person_id, PersonReader.staff_id).where(mine)


def _standing(members: Iterable[int], teams: dict[int, set[int]], readers: dict[int, set[int]]) -> PersonStanding:
    closed_doors = [readers[member] for member in members if member in readers]
    allowed = frozenset(set.intersection(*closed_doors)) if closed_doors else frozenset()
    involved = frozenset(team for member in members for team in teams[member])
    return PersonStanding(teams=involved, restricted=bool(closed_doors), readers=allowed)


def _relative(session: Session, link: FamilyLink, mine: set[int], *, by: Actor, on: date) -> Relative:
    kind = FamilyLinkKind(link.kind)
    other_id = link.other_id if link.person_id in mine else link.person_id
    if link.person_id in mine:
        kind = MIRRORED.get(kind, kind)
    group = groups_of(session, [other_id])[other_id]
    if may_open_person(by, _standing_of_group(session, group, on=on)):
        return Relative(link, kind, get_person_by_id(session, other_id))
    ask_whom = next((record.ask_whom for record in group.records if record.restricted), None)
    return Relative(link, kind, None, ask_whom)
