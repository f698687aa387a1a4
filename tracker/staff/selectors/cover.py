"""Who stands in for whom, from when to when: now, to come, and over. Cover is never deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from tracker.access.permissions import Permission, has_permission
from tracker.policy.entitlement import ROLE_WORDS, Actor, Role
from tracker.staff.entitlement import may_end_cover, may_name_deputy
from tracker.staff.models import Deputy, RoleGrant, StaffMember
from tracker.staff.requests import NewDeputy
from tracker.staff.selectors.members import get_staff_by_id, is_open, list_grants, list_staff
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.web.blocks import Status
from tracker.web.dates import end_in_words, in_words

NOBODY = 0
"""No member of staff has this key: whether somebody may be named at all is asked before anybody is chosen."""

SHOWN_AFTERWARDS = timedelta(days=365)
"""For so long the pages list cover that is over."""

_NO_TIME = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One cover: who is away, who stands in, from and to, why, who named it, and where it stands. `may_end`: by whoever reads it."""

    reference: str
    covered: str
    deputy: str
    from_at: datetime
    until_at: datetime
    reason: str
    named_by: str
    status: Status
    may_end: bool

    @property
    def is_over(self) -> bool:
        """Whether it has ended, or will never begin."""
        return self.status.tag == "Over"

    @property
    def runs(self) -> bool:
        """Whether it is in force."""
        return self.status.tag == "Now"


@dataclass(frozen=True, slots=True)
class OwnCover:
    """The cover of one member of staff: who stands in for them, and for whom they stand in; what is over is last."""

    for_me: tuple[CoverLine, ...]
    by_me: tuple[CoverLine, ...]


def get_cover(session: Session, reference: str) -> Deputy:
    """The cover of that reference; raises `NoSuchRecordError`."""
    cover = session.exec(select(Deputy).where(Deputy.reference == reference)).one_or_none()
    if cover is None:
        raise NoSuchRecordError
    return cover


def find_overlapping(session: Session, new: NewDeputy) -> Deputy | None:
    """Cover of the same person by the same deputy at some of that time, or None."""
    same = (Deputy.covers_id == new.covers_id, Deputy.deputy_id == new.deputy_id)
    return session.exec(
        select(Deputy).where(*same, Deputy.from_at < new.until_at, Deputy.until_at > new.from_at)
    ).first()


def roles_passed_on(session: Session, staff_id: int, *, now: datetime) -> frozenset[Role]:
    """The roles, begun and confirmed or not, that whoever stands in for this member of staff could come to have."""
    return frozenset(Role(grant.role) for grant, _ in list_grants(session, staff_id=staff_id, now=now))


def own_cover(session: Session, *, by: Actor, now: datetime) -> OwnCover:
    """The actor's own cover, on both sides."""
    mine = or_(col(Deputy.covers_id) == by.staff_id, col(Deputy.deputy_id) == by.staff_id)
    rows = _rows(session, since=now - SHOWN_AFTERWARDS, where=[mine])
    return OwnCover(
        for_me=_lines(session, [row for row in rows if row.covers_id == by.staff_id], by=by, now=now),
        by_me=_lines(session, [row for row in rows if row.deputy_id == by.staff_id], by=by, now=now),
    )


def cover_in_words(session: Session, staff_ids: Iterable[int], *, now: datetime) -> dict[int, str]:
    """Of each of these members of staff (keys) who is away at `now`, or stands in for somebody, that it is so, in a sentence."""
    wanted, said = frozenset(staff_ids), dict[int, list[str]]()
    either = or_(col(Deputy.covers_id).in_(wanted), col(Deputy.deputy_id).in_(wanted))
    for row in (row for row in _rows(session, since=now, where=[either]) if row.from_at <= now):
        covered, deputy = get_staff_by_id(session, row.covers_id), get_staff_by_id(session, row.deputy_id)
        if is_open(covered, now) and is_open(deputy, now):
            until = end_in_words(row.until_at)
            said.setdefault(row.covers_id, []).append(f"Away until {until}: {deputy.name} stands in.")
            said.setdefault(row.deputy_id, []).append(f"Stands in for {covered.name}.")
    return {key: " ".join(sentences) for key, sentences in said.items() if key in wanted}


def list_cover_seen_to(session: Session, *, by: Actor, now: datetime) -> tuple[CoverLine, ...]:
    """Cover of others that runs or is to come: an administrator sees all of it, anybody else what they could end."""
    rows = [row for row in _rows(session, since=now) if row.covers_id != by.staff_id]
    lines = _lines(session, rows, by=by, now=now)
    return lines if has_permission(by, Permission.MANAGE_STAFF) else tuple(line for line in lines if line.may_end)


def list_who_may_be_covered(session: Session, *, by: Actor, now: datetime) -> list[StaffMember]:
    """Open staff other than the actor for whom the actor may name a deputy, by name."""
    others = (member for member in list_staff(session, now=now) if member.id != by.staff_id)
    return [member for member in others if may_name_somebody_for(session, member, by=by, now=now)]


def may_name_somebody_for(session: Session, member: StaffMember, *, by: Actor, now: datetime) -> bool:
    """Whether the actor may name a deputy for this member of staff at all: somebody here who has something to pass on."""
    passing_on = roles_passed_on(session, saved_key(member), now=now)
    may = may_name_deputy(by, covers=saved_key(member), deputy=NOBODY, passing_on=passing_on)
    return may and bool(passing_on) and is_open(member, now)


def list_who_could_stand_in(session: Session, covered: StaffMember, *, by: Actor, now: datetime) -> list[StaffMember]:
    """Open staff who could stand in, by name: neither the actor nor who is covered; an administrator only for one of them."""
    administer = select(RoleGrant.staff_id).where(
        RoleGrant.role == Role.ADMINISTRATOR.value,
        or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now),
    )
    administrators = frozenset(session.exec(administer))
    barred = {by.staff_id, covered.id}
    return [
        member
        for member in list_staff(session, now=now)
        if member.id not in barred and (member.id in administrators) == (covered.id in administrators)
    ]


def cover_line(session: Session, cover: Deputy, *, by: Actor, now: datetime) -> CoverLine:
    """One cover as the actor is shown it."""
    covered, deputy = get_staff_by_id(session, cover.covers_id), get_staff_by_id(session, cover.deputy_id)
    return CoverLine(
        reference=cover.reference,
        covered=covered.name,
        deputy=deputy.name,
        from_at=cover.from_at,
        until_at=cover.until_at,
        reason=cover.reason,
        named_by=get_staff_by_id(session, cover.named_by).name,
        status=_status(cover, covered, deputy, now),
        may_end=cover.until_at > now and may_be_ended_by(session, cover, by, now=now),
    )


def may_be_ended_by(session: Session, cover: Deputy, by: Actor, *, now: datetime) -> bool:
    """Whether the actor may end it, or could have while it ran."""
    passing_on = roles_passed_on(session, cover.covers_id, now=now)
    return may_end_cover(by, covers=cover.covers_id, deputy=cover.deputy_id, passing_on=passing_on)


def notices_of_cover(session: Session, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """What the home page says of cover that is in force: for whom the actor stands in, and who stands in for them."""
    both_sides = or_(col(Deputy.covers_id) == by.staff_id, col(Deputy.deputy_id) == by.staff_id)
    running = [row for row in _rows(session, since=now, where=[both_sides]) if row.from_at <= now]
    return tuple(said for row in running if (said := _notice(session, row, by, now)))


def _notice(session: Session, cover: Deputy, by: Actor, now: datetime) -> str:
    covered, deputy = get_staff_by_id(session, cover.covers_id), get_staff_by_id(session, cover.deputy_id)
    if not (is_open(covered, now) and is_open(deputy, now)):
        return ""
    until = end_in_words(cover.until_at)
    if cover.covers_id == by.staff_id:
        return f"{deputy.name} stands in for you until {until}. What waits for you waits for them too."
    roles = sorted({ROLE_WORDS[held.role] for held in by.holdings if held.covers == cover.covers_id})
    as_what = f" ({', '.join(roles)})" if roles else ""
    return (
        f"You stand in for {covered.name}{as_what} until {until}. What waits for them is in your lists, marked with their name. "
        "What either of you asked for, would look at, decided or advised on stays with somebody else."
    )


def _rows(session: Session, *, since: datetime, where: Iterable[object] = ()) -> list[Deputy]:
    query = select(Deputy).where(Deputy.until_at > since, *where)  # type: ignore[arg-type]
    return list(session.exec(query.order_by(col(Deputy.from_at), col(Deputy.id))))


def _lines(session: Session, rows: Iterable[Deputy], *, by: Actor, now: datetime) -> tuple[CoverLine, ...]:
    lines = [cover_line(session, row, by=by, now=now) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.is_over))


def _status(cover: Deputy, covered: StaffMember, deputy: StaffMember, now: datetime) -> Status:
    if cover.until_at <= now:
        never = cover.until_at - cover.from_at <= _NO_TIME
        return Status("Over", "It never began." if never else f"It ended on {in_words(cover.until_at)}.", "grey")
    gone = next((one for one in (covered, deputy) if not is_open(one, now)), None)
    if gone is not None:
        return Status("Without effect", f"{gone.name} has left.", "red")
    if cover.from_at > now:
        return Status("To come", f"It begins on {in_words(cover.from_at)}.", "blue")
    return Status("Now", f"In force until {end_in_words(cover.until_at)}.", "green")
