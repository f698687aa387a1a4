"""Deciding on a file of people. Somebody is known by the case system and the reference in it; nobody is merged or overwritten."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, select

from tracker.imports.deciding import readable, same_words, teams_by_name, wrong
from tracker.imports.known import (
    Key,
    Named,
    Nearby,
    OnRecord,
    Shut,
    alike_among,
    is_compared_with_all,
    key_of_row,
    known_as,
    named,
    names_of,
)
from tracker.imports.requests import FileRow, PersonRow, RowProblemError, Told
from tracker.imports.rows import person_row
from tracker.imports.vocabulary import Fate
from tracker.people.crowd import Crowd
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.requests import NewPerson
from tracker.people.services import add_people
from tracker.people.services.many import refuse_impossible_person
from tracker.policy.entitlement import Actor, manages_team
from tracker.policy.periods import london_day
from tracker.staff.models import Team

A_PIECE = 200
"""Rows for which what is on record is read at once."""

UNTIL_YOU_SAY = "Left out until you put yes under somebody_else."


class People:
    """See `deciding.Decider`. `answering`: the key of the member of staff who answers for the records."""

    def __init__(self, session: Session, *, by: Actor | None, answering: int, now: datetime) -> None:
        self.session, self.by, self.answering, self.now = session, by, answering, now
        self.today = london_day(now)
        self.teams = teams_by_name(session)
        self.shut = Shut(session, by=by)
        self.keys: dict[Key, int] = {}
        self.born: dict[date, list[Named]] = defaultdict(list)
        self.crowd = Crowd()
        self.not_in_the_crowd: list[tuple[int, PersonRow]] = []

    def decide(self, rows: Sequence[FileRow]) -> list[Told]:
        """What would become of each row."""
        return [
            told for start in range(0, len(rows), A_PIECE) for told, _ in self._piece(rows[start : start + A_PIECE])
        ]

    def carry_out(self, rows: Sequence[FileRow]) -> list[Told]:
        """Puts those on record who are not there yet."""
        decided = self._piece(rows)
        new = [person for told, person in decided if told.fate is Fate.NEW and person is not None]
        teams = {team.reference: team for team in self.teams.values()}
        added = iter(add_people(self.session, new, teams=teams, answering=self.answering, by=self.by, now=self.now))
        return [
            Told(told.fate, told.said, next(added).reference) if told.fate is Fate.NEW else told for told, _ in decided
        ]

    def _piece(self, rows: Sequence[FileRow]) -> list[tuple[Told, NewPerson | None]]:
        read = [self._read(row) for row in rows]
        nearby = Nearby(self.session, [row for row in read if isinstance(row, PersonRow)], on=self.today)
        return [
            self._told(file_row.number, row, nearby) if isinstance(row, PersonRow) else (row, None)
            for file_row, row in zip(rows, read, strict=True)
        ]

    def _read(self, row: FileRow) -> PersonRow | Told:
        try:
            readable(row)
            return person_row(row.cells, today=self.today)
        except RowProblemError as problem:
            return wrong(str(problem))

    def _told(self, number: int, row: PersonRow, nearby: Nearby) -> tuple[Told, NewPerson | None]:
        try:
            new, team = self._asked(row)
            there = nearby.by_key.get(key_of_row(row), [])
            told = self._here(row, team, there) if there else self._twice(number, row) or self._alike(row, nearby)
        except RowProblemError as problem:
            return wrong(str(problem)), None
        except ProblemError as problem:
            return wrong(problem.message), None
        if told is not None:
            return told, None
        self.keys[key_of_row(row)] = number
        self.not_in_the_crowd.append((number, row))
        if row.born is not None:
            self.born[row.born] += [named(-number, name) for name in names_of(row.new.details)]
        return Told(Fate.NEW, "A new record."), new

    def _asked(self, row: PersonRow) -> tuple[NewPerson, Team]:
        """What is asked for, with the team's reference in place of its name."""
        team = self.teams.get(same_words(row.team))
        if team is None:
            raise RowProblemError("There is no team of that name")
        if self.by is not None and not manages_team(self.by, team.id or 0):
            raise RowProblemError("You do not manage that team")
        new = replace(row.new, involvement=replace(row.new.involvement, team=team.reference))
        refuse_impossible_person(new, team, now=self.now)
        return new, team

    def _here(self, row: PersonRow, team: Team, there: Sequence[OnRecord]) -> Told:
        details = row.new.details
        same = [one for one in there if (one.person.name, one.person.date_of_birth) == (details.name, row.born)]
        found = next((one for one in same if one.team == team.id), (same or list(there))[0])
        whom = self.shut.whom.get(found.person.id or 0)
        if whom is not None:
            said = f"A record that you may not open has this reference. Ask {whom}."
            return Told(Fate.HERE, said, meant=found.person.reference)
        elsewhere = "" if found.team == team.id else " Another team has this reference."
        if found not in same:
            said = f"Is here already, under another name or date of birth. Nothing is overwritten.{elsewhere}"
        else:
            said = f"Is here already.{elsewhere}"
        return Told(Fate.HERE, said, found.person.reference)

    def _twice(self, number: int, row: PersonRow) -> Told | None:
        earlier = self.keys.get(key_of_row(row))
        return wrong(f"It has the same case reference as row {earlier}") if earlier is not None else None

    def _alike(self, row: PersonRow, nearby: Nearby) -> Told | None:
        sealed = self.shut.sealed_case_of(row)
        if sealed is not None and row.somebody_else:  # the same case is the same person, whatever the file says
            return replace(wrong(f"May be on record already. Ask {sealed.whom} first"), meant=sealed.reference)
        if row.somebody_else:
            return None
        meant = self.shut.meant_by(row)
        if meant is not None:
            said = f"May be on record already. Ask {meant.whom} first. {UNTIL_YOU_SAY}"
            return Told(Fate.ALIKE, said, meant=meant.reference)
        found = next((one for one in self._found(row, nearby) if one not in self.shut.whom), None)
        return self._looks_like(found) if found is not None else None

    def _looks_like(self, one: int) -> Told:
        if one < 0:
            return Told(Fate.ALIKE, f"Looks like row {-one} of this file. {UNTIL_YOU_SAY}")
        reference = self.session.exec(select(Person.reference).where(Person.id == one)).one()
        return Told(Fate.ALIKE, f"Looks like a person already recorded, {reference}. {UNTIL_YOU_SAY}", reference)

    def _found(self, row: PersonRow, nearby: Nearby) -> Iterator[int]:
        """Keys of who looks like them, on record or (less than 0) in an earlier row."""
        if row.born is not None:
            near = [*nearby.born.get(row.born, ()), *self.born.get(row.born, ())]
            yield from alike_among(names_of(row.new.details), near)
        if is_compared_with_all(row):
            known = known_as(row, on=self.today)
            yield from nearby.crowd.one_with(known)
            yield from (-number for number in self._crowd_of_the_file().one_with(known))

    def _crowd_of_the_file(self) -> Crowd:
        """Everybody in an earlier row, put together when somebody is first compared with them all."""
        for number, row in self.not_in_the_crowd:
            self.crowd.add(number, known_as(row, on=self.today))
        self.not_in_the_crowd.clear()
        return self.crowd
