"""Deciding on a file of teams. A team is known by its name."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.imports.deciding import readable, same_words, teams_by_name, wrong
from tracker.imports.requests import FileRow, RowProblemError, TeamRow, Told
from tracker.imports.rows import team_row
from tracker.imports.vocabulary import Fate
from tracker.policy.entitlement import Actor
from tracker.staff.models import Team
from tracker.staff.requests import NewTeam, StaffChangeError
from tracker.staff.services import add_team
from tracker.storage.session import whole_or_not


class Teams:
    """See `deciding.Decider`."""

    def __init__(self, session: Session, *, by: Actor | None, now: datetime) -> None:
        self.session, self.by, self.now = session, by, now
        self.there: dict[str, Team | None] = {**teams_by_name(session)}

    def decide(self, rows: Sequence[FileRow]) -> list[Told]:
        """What would become of each row."""
        return [self._told(row)[0] for row in rows]

    def carry_out(self, rows: Sequence[FileRow]) -> list[Told]:
        """Adds the teams that are not there yet, one by one."""
        return [self._carried_out(row) for row in rows]

    def _told(self, row: FileRow) -> tuple[Told, TeamRow | None]:
        try:
            readable(row)
            team = team_row(row.cells)
            told = self._decided(team)
        except RowProblemError as problem:
            return wrong(str(problem)), None
        self.there.setdefault(same_words(team.name), None)
        return told, team

    def _decided(self, row: TeamRow) -> Told:
        if same_words(row.name) in self.there:
            return self._here(self.there[same_words(row.name)], row)
        if row.parent:
            if same_words(row.parent) not in self.there:
                raise RowProblemError("The team above it is not here. Put its row above this one")
            above = self.there[same_words(row.parent)]
            if above is not None and above.closed_at is not None:
                raise RowProblemError("The team above it is closed")
        return Told(Fate.NEW, "A team that works by rota." if row.on_duty else "A new team.")

    def _here(self, team: Team | None, row: TeamRow) -> Told:
        if team is None:
            raise RowProblemError("It stands in an earlier row of this file")
        above = next((name for name, one in self.there.items() if one is not None and one.id == team.parent_id), "")
        if team.closed_at is not None:
            said = "Is here already, and was closed."
        elif (same_words(row.parent), row.on_duty) != (above, team.on_duty):
            said = "Is here already, and stands elsewhere or works otherwise than the row says. Change it on the page of teams."
        else:
            said = "Is here already."
        return Told(Fate.HERE, said, team.reference)

    def _carried_out(self, row: FileRow) -> Told:
        told, read = self._told(row)
        if told.fate is not Fate.NEW or read is None:
            return told
        above = self.there.get(same_words(read.parent))
        try:
            with whole_or_not(self.session):
                new = NewTeam(read.name, parent_id=above.id if above else None, on_duty=read.on_duty)
                team = add_team(self.session, new, by=self.by, now=self.now)
        except StaffChangeError as problem:
            return wrong(f"{problem}")
        self.there[same_words(read.name)] = team
        return Told(told.fate, told.said, team.reference)
