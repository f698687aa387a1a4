"""Teams, what stands above them, and what became of those that were closed."""

from sqlmodel import Session, col, select

from tracker.staff.models import Team
from tracker.storage.tables import NoSuchRecordError


def get_team(session: Session, reference: str) -> Team:
    """The team of that reference; raises `NoSuchRecordError`."""
    team = session.exec(select(Team).where(Team.reference == reference)).one_or_none()
    if team is None:
        raise NoSuchRecordError
    return team


def get_team_by_id(session: Session, team_id: int) -> Team:
    """The team of that key; raises `NoSuchRecordError`."""
    team = session.get(Team, team_id)
    if team is None:
        raise NoSuchRecordError
    return team


def find_team(session: Session, name: str) -> Team | None:
    """The team of exactly that name, open or closed."""
    return session.exec(select(Team).where(Team.name == name.strip())).one_or_none()


def list_teams(session: Session) -> list[Team]:
    """Teams that are not closed, by name."""
    return list(session.exec(select(Team).where(col(Team.closed_at).is_(None)).order_by(Team.name)))


def parent_teams(session: Session, team_id: int) -> frozenset[int]:
    """Keys of all teams above this one, and above whatever it was merged into: their managers may decide on its checks."""
    rows = {row.id: row for row in session.exec(select(Team)) if row.id is not None}
    above: set[int] = set()
    waiting = [team_id]
    while waiting:
        row = rows[waiting.pop()]
        found = {row.parent_id, row.successor_id} - above - {None, team_id}
        above |= {one for one in found if one is not None}
        waiting += [one for one in found if one is not None]
    return frozenset(above)


def merged_teams(session: Session) -> dict[int, frozenset[int]]:
    """For each team that was merged with others: the keys of all that are one team today, itself included."""
    rows = session.exec(select(Team.id, Team.successor_id).where(col(Team.successor_id).is_not(None)))
    successor = {closed: into for closed, into in rows if closed is not None and into is not None}
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
