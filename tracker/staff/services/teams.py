"""Teams: added, and closed into a successor. Nothing that belongs to a closed team is rewritten."""

from datetime import datetime

from sqlmodel import Session

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.policy.entitlement import Actor
from tracker.staff.models import Team
from tracker.staff.requests import NewTeam, StaffChangeError
from tracker.staff.selectors import find_team, get_team_by_id, parent_teams
from tracker.staff.services.authority import require_administrator
from tracker.storage.references import new_reference
from tracker.storage.tables import next_version, saved_key


def add_team(session: Session, new: NewTeam, *, by: Actor | None, now: datetime) -> Team:
    """Adds a team. `by` None is the operator's command line.

    Raises `NotAllowedError`, or `StaffChangeError` where the name is taken or the team above is closed.
    """
    require_administrator(by)
    if find_team(session, new.name):
        raise StaffChangeError("There already is a team of that name", "name")
    above = get_team_by_id(session, new.parent_id) if new.parent_id is not None else None
    if above is not None and above.closed_at is not None:
        raise StaffChangeError("The team above is closed", "parent")
    team = Team(
        reference=new_reference("TEM"),
        name=new.name.strip(),
        parent_id=new.parent_id,
        on_duty=new.on_duty,
        recorded_at=now,
    )
    session.add(team)
    session.flush()
    facts = {"parent": above.reference if above else None, "on_duty": new.on_duty}
    record(session, Event.TEAM_ADDED, at=now, by=by, about=team.reference, facts=facts, content={"name": team.name})
    return team


def move_team(session: Session, team_id: int, *, version: int, parent_id: int | None, by: Actor, now: datetime) -> Team:
    """Puts a team under another from now, or under none: the managers above may decide on its checks, old ones too.

    `version`: the team's, as whoever moves it saw it. Raises `NotAllowedError`, `StaleVersionError` where somebody else moved or
    closed it meanwhile, or `StaffChangeError` where either is closed or on duty, or the team would stand under itself.
    """
    require_administrator(by)
    team = get_team_by_id(session, team_id)
    next_version(session, team, version)
    above = get_team_by_id(session, parent_id) if parent_id is not None else None
    if team.closed_at is not None or team.on_duty:
        raise StaffChangeError("Only an open team that does not work by rota stands under another")
    if above is not None and (above.closed_at is not None or above.on_duty):
        raise StaffChangeError("Choose an open team that does not work by rota", "parent")
    if above is not None and (parent_id == team_id or team_id in parent_teams(session, saved_key(above))):
        raise StaffChangeError("A team cannot stand under itself, or under a team below it", "parent")
    before = get_team_by_id(session, team.parent_id).reference if team.parent_id is not None else None
    team.parent_id = parent_id
    session.add(team)
    session.flush()
    facts = {"parent": above.reference if above else None, "before": before}
    record(session, Event.TEAM_MOVED, at=now, by=by, about=team.reference, facts=facts)
    return team


def close_team(session: Session, team_id: int, *, successor_id: int, by: Actor, now: datetime) -> Team:
    """Closes a team; its checks stay its own, and whoever works in the successor has them from now.

    Raises `NotAllowedError`, or `StaffChangeError` where it is closed already or the successor cannot take over.
    """
    require_administrator(by)
    team, successor = get_team_by_id(session, team_id), get_team_by_id(session, successor_id)
    if team.closed_at is not None:
        raise StaffChangeError("That team is closed already")
    if successor.closed_at is not None or successor_id == team_id:
        raise StaffChangeError("Choose another team, one that is open, to take over", "successor")
    if team.on_duty or successor.on_duty:
        raise StaffChangeError(
            "A duty team works by rota: it neither takes over from a team nor is taken over", "successor"
        )
    team.closed_at, team.successor_id, team.version = now, successor_id, team.version + 1
    session.add(team)
    session.flush()
    record(session, Event.TEAM_CLOSED, at=now, by=by, about=team.reference, facts={"successor": successor.reference})
    return team
