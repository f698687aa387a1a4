"""Teams, what stands above them, and what became of those that were closed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.staff.models import RoleGrant, StaffMember, Team
from tracker.storage.kept import kept
from tracker.storage.tables import NoSuchRecordError


def get_team(session: Session, reference: str) -> Team:
    """The team of that reference; raises `NoSuchRecordError`."""
    team = session.exec(_with_reference(), params={"reference": reference}).one_or_none()
    if team is None:
        raise NoSuchRecordError
    return team


@cache
def _with_reference() -> SelectOfScalar[Team]:
    """Built once, as is the other one here: nearly everything asks for them."""
    return select(Team).where(col(Team.reference) == bindparam("reference"))


def get_team_by_id(session: Session, team_id: int) -> Team:
    """The team of that key; raises `NoSuchRecordError`."""
    team = kept(session, ("get_team_by_id", team_id), lambda: session.get(Team, team_id))
    if team is None:
        raise NoSuchRecordError
    return team


def find_team(session: Session, name: str) -> Team | None:
    """The team of exactly that name, open or closed."""
    return session.exec(select(Team).where(Team.name == name.strip())).one_or_none()


def list_teams(session: Session) -> list[Team]:
    """Teams that are not closed, by name."""
    return list(session.exec(select(Team).where(col(Team.closed_at).is_(None)).order_by(Team.name)))


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One team in the list: what stands above it, who took over, and how many hold a role in it."""

    team: Team
    parent: str
    successor: str
    members: int


def list_team_lines(session: Session, *, now: datetime) -> list[TeamLine]:
    """Every team, the open ones first, by name."""
    teams = list(session.exec(select(Team).order_by(Team.name)))
    names = {team.id: team.name for team in teams}
    running = or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now)
    query = select(RoleGrant.team_id, func.count(func.distinct(RoleGrant.staff_id)))
    query = query.join(StaffMember, col(StaffMember.id) == col(RoleGrant.staff_id))
    held = query.where(running, col(StaffMember.closed_at).is_(None)).group_by(col(RoleGrant.team_id))
    members = dict(session.exec(held).all())
    lines = [
        TeamLine(team, names.get(team.parent_id, ""), names.get(team.successor_id, ""), members.get(team.id, 0))
        for team in teams
    ]
    return sorted(lines, key=lambda line: (line.team.closed_at is not None, line.team.name))


def parent_teams(session: Session, team_id: int) -> frozenset[int]:
    """Keys of all teams above this one, and above whatever it was merged into: their managers may decide on its checks."""
    return kept(session, ("parent_teams", team_id), lambda: parents_among(every_team(session), team_id))


def teams_under(session: Session, teams: Iterable[int]) -> frozenset[int]:
    """Keys of these teams and of all whose checks their managers may decide on because they stand above."""
    rows, wanted = every_team(session), frozenset(teams)
    return wanted | {key for key in rows if not wanted.isdisjoint(parents_among(rows, key))}


def duty_teams(session: Session) -> frozenset[int]:
    """Keys of the teams that work by rota for everybody."""
    return on_duty_among(every_team(session))


def on_duty_among(rows: Mapping[int, Team]) -> frozenset[int]:
    """The same, of teams that have been read already."""
    return frozenset(key for key, team in rows.items() if team.on_duty)


def parents_among(rows: Mapping[int, Team], team_id: int) -> frozenset[int]:
    """The same, of teams that have been read already."""
    above: set[int] = set()
    waiting = [team_id]
    while waiting:
        row = rows[waiting.pop()]
        found = {row.parent_id, row.successor_id} - above - {None, team_id}
        above |= {one for one in found if one is not None}
        waiting += [one for one in found if one is not None]
    return frozenset(above)


def team_levels(session: Session) -> dict[int, tuple[frozenset[int], ...]]:
    """For each team (by key): itself, then what stands directly above it, and so on up. What it was merged into is beside it."""
    rows = every_team(session)
    return {team: tuple(_levels(rows, team)) for team in rows}


def every_team(session: Session) -> Mapping[int, Team]:
    """Every team, open or closed, by its key; read anew, since one may have been closed while whoever asks waited for a lock."""

    def _read() -> Mapping[int, Team]:
        return {row.id: row for row in session.exec(_every_team()) if row.id is not None}

    return kept(session, ("every_team",), _read)


@cache
def _every_team() -> SelectOfScalar[Team]:
    return select(Team).execution_options(populate_existing=True)


def _levels(rows: Mapping[int, Team], team: int) -> Iterator[frozenset[int]]:
    seen: set[int] = set()
    level = {team}
    while level:
        while more := {row.successor_id for row in map(rows.__getitem__, level)} - level - {None}:
            level |= {one for one in more if one is not None}
        seen |= level
        yield frozenset(level)
        level = {above for one in level if (above := rows[one].parent_id) is not None} - seen


def merged_teams(session: Session) -> dict[int, frozenset[int]]:
    """For each team that was merged with others: the keys of all that are one team today, itself included."""
    return kept(session, ("merged_teams",), lambda: _merged_teams(session))


def _merged_teams(session: Session) -> dict[int, frozenset[int]]:
    rows = every_team(session)
    successor = {closed: team.successor_id for closed, team in rows.items() if team.successor_id is not None}
    families: dict[int, set[int]] = {}
    for closed in successor:
        families.setdefault(_last(successor, closed), set()).update(_line(successor, closed))
    return {team: frozenset(family) for family in families.values() for team in family}


def _line(successor: dict[int, int], team: int) -> list[int]:
    line = [team]
    while line[-1] in successor and successor[line[-1]] not in line:
        line.append(successor[line[-1]])
    return line


def _last(successor: dict[int, int], team: int) -> int:
    return _line(successor, team)[-1]
