"""What can happen to looks and people, written as rows with the trail's entry beside them as the product records it, and nothing detected.

Whoever is in a pattern then is in it until somebody sweeps. Numbers are places in lists, taken round and round, so that any numbers do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from bench import ledger
from tests.fixtures.council import START
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.decisions.models import CheckProfile
from tracker.detection.candidates import Candidates, find_candidates
from tracker.detection.changes import Changes, list_changes
from tracker.detection.facts import read_facts
from tracker.detection.finding import found_in
from tracker.detection.sweep import _end_of_trail
from tracker.people.models import CountRestart, FamilyLink, Profile, SamePersonLink
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.limits import SHIPPED
from tracker.policy.patterns import Pattern
from tracker.policy.vocabulary import Platform, Reviewed, ViewFooting
from tracker.storage.session import Database
from tracker.storage.tables import saved_key
from tracker.viewings.models import AlsoSeen, Look, Viewing
from tracker.viewings.vocabulary import LookResult

BEGINS, NOW = START - timedelta(days=1_000), START
PEOPLE, WORKERS = 6, 2
FOOTINGS = (
    ViewFooting.OPEN_SOURCE,
    ViewFooting.PRESENCE_SEARCH,
    ViewFooting.NOTICE,
    ViewFooting.IMMEDIATE_RESPONSE,
    ViewFooting.OPEN_SOURCE,
)
NO_LOOK = (LookResult.NOT_FOUND, LookResult.NOT_USED, LookResult.NOT_OPEN, LookResult.NOT_FOUND)

TABLES = ("also_seen", "viewing", "look", "check_profile", "check_subject", "check_request", "profile")
LINKS = ("family_link", "same_person_link", "count_restart")


@dataclass(frozen=True)
class Finding:
    """What a finding is, and whom it is about."""

    pattern: Pattern
    looks: frozenset[str]
    people: frozenset[str]

    def is_part_of(self, other: "Finding") -> bool:
        """Whether it is not new where the other is on record: looks that have left the count since leave a smaller one (ADR 0100)."""
        return self.pattern is other.pattern and self.looks <= other.looks and self.people <= other.people


def people_alone(database: Database) -> None:
    """Fills an empty, migrated database with the people and workers of a world."""
    start = ledger.stamp(ledger.FIRST_DAY)
    with ledger.quick(database) as raw:
        ledger.insert(raw, "team", (ledger.team(i, start) for i in range(1, ledger.TEAMS + 1)))
        ledger.insert(raw, "staff_member", (ledger.worker(i, start) for i in range(1, WORKERS + 1)))
        ledger.insert(raw, "lawful_basis", [ledger.basis(start)])
        ledger.insert(raw, "person", (ledger.person(i, start) for i in range(1, PEOPLE + 1)))


class World:
    """Six people of whom nothing is known, and two workers of two teams, in a database of `people_alone`: one world at a time."""

    def __init__(self, database: Database) -> None:
        with ledger.quick(database) as raw:
            for table in TABLES + LINKS:
                raw.execute(f"DELETE FROM {table}")  # noqa: S608 - of our own list
        self.database = database
        self.looks: list[int] = []
        self._numbers, self._clock = count(1), BEGINS
        self.session: Session

    def happens(self, *steps: tuple[Any, ...]) -> None:
        """These things, each a name and its numbers, in one transaction."""
        with self.database.transaction() as self.session:
            for name, *numbers in steps:
                self._clock += timedelta(days=1)
                getattr(self, name)(*numbers)
                self.session.flush()

    # What happens ------------------------------------------------------------------------------------------------

    def waited(self, days: int) -> None:
        """Nothing, for so many days."""
        self._clock += timedelta(days=days)

    def permit(self, one: int, on: int, worker: int, profile: bool = False) -> None:
        """A permit is issued; `on` is what it stands on."""
        self._enter(self._person(one), FOOTINGS[on % len(FOOTINGS)], self._clock, worker, profile=profile)

    def one_team(self) -> None:
        """All looks so far were for one team."""
        self.session.execute(update(Look).values(team_id=1))

    def late(self, one: int, day: int, worker: int) -> None:
        """A look on a day long past is recorded."""
        at = BEGINS - timedelta(days=day, minutes=next(self._numbers))
        self._enter(self._person(one), ViewFooting.LATE_ENTRY, at, worker)

    def nothing(self, look: int, how: int, counts: int) -> None:
        """A look that was to search first is reported as none; where it does not count at once, a manager may confirm it later."""
        if (row := self._look(look)) is None or row.result is not None or row.issued_at is None:
            return
        row.result, row.searched_first, row.reported_at = NO_LOOK[how % len(NO_LOOK)].value, True, self._clock
        row.opened_at, row.result_counts_from = row.issued_at, self._clock if counts else None
        self._told(row, Event.LOOK_REPORTED)

    def confirmed(self, look: int) -> None:
        """A manager confirms what was reported."""
        row = self._look(look)
        if row is not None and row.result is not None and row.result_counts_from is None:
            row.result_counts_from = self._clock
            self._told(row, Event.RESULT_CONFIRMED)

    def wrong(self, look: int, one: int) -> None:
        """Somebody else's page was looked at by mistake."""
        row = self._look(look)
        if row is None or row.result is not None or self._person(one) in self._seen_by(row):
            return
        row.result, row.reported_at, row.opened_at = LookResult.WRONG_PERSON.value, self._clock, _began(row)
        viewed = self.session.exec(select(Viewing).where(Viewing.look_id == row.id)).one()
        self.session.add(
            Viewing(
                id=next(self._numbers),
                look_id=viewed.look_id,
                person_id=self._person(one),
                footing=viewed.footing,
                at=viewed.at,
                because_wrong_person=True,
                recorded_at=self._clock,
            )
        )
        self._told(row, Event.LOOK_REPORTED)

    def also_seen(self, look: int, one: int) -> None:
        """Somebody is reported as also seen, whom the entry does not name."""
        if (row := self._look(look)) is not None and self._person(one) not in self._seen_by(row):
            row.result, row.reported_at = row.result or LookResult.LOOKED.value, row.reported_at or self._clock
            row.opened_at = _began(row)
            seen = AlsoSeen(look_id=saved_key(row), relation="-", person_id=self._person(one), recorded_at=self._clock)
            self.session.add(seen)
            self._told(row, Event.LOOK_REPORTED)

    def not_agreed(self, look: int) -> None:
        """A manager does not agree to a look in danger."""
        if (row := self._look(look)) is not None and row.reviewed is None:
            row.reviewed, row.reviewed_at = Reviewed.NOT_AGREED.value, self._clock
            row.reviewed_by = row.viewer_id % WORKERS + 1
            self._told(row, Event.RESPONSE_REVIEWED)

    def struck(self, look: int) -> None:
        """A look is struck through."""
        if (row := self._look(look)) is not None and row.struck_at is None:
            row.struck_at, row.struck_by, row.struck_why = self._clock, 1, "-"
            self._told(row, Event.CORRECTION_CONFIRMED, about=f"COR-{row.id:09d}")

    def family(self, one: int, other: int) -> None:
        """Two are recorded as family."""
        lower, higher = sorted((self._person(one), self._person(other)))
        standing = select(FamilyLink).where(FamilyLink.person_id == lower, FamilyLink.other_id == higher)
        if lower != higher and self.session.exec(standing.where(col(FamilyLink.ended_at).is_(None))).first() is None:
            link = FamilyLink(person_id=lower, other_id=higher, kind=FamilyLinkKind.SIBLING.value, recorded_by=1)
            link.reference, link.recorded_at = self._reference("FAM"), self._clock
            self.session.add(link)
            self._about(Event.FAMILY_LINK_ADDED, lower, higher)

    def one_person(self, one: int, other: int) -> None:
        """Two records are linked, or their link is undone."""
        lower, higher = sorted((self._person(one), self._person(other)))
        mine = select(SamePersonLink).where(SamePersonLink.person_id == lower, SamePersonLink.other_id == higher)
        link = self.session.exec(mine.where(col(SamePersonLink.undone_at).is_(None))).first()
        if link is not None:
            link.undone_at, link.undone_by, link.undone_why = self._clock, 1, "-"
            self._about(Event.RECORDS_UNLINKED, lower, higher)
        elif lower != higher:
            link = SamePersonLink(person_id=lower, other_id=higher, why="-", made_by=1)
            link.reference, link.recorded_at = self._reference("LNK"), self._clock
            self.session.add(link)
            self._about(Event.RECORDS_LINKED, lower, higher)

    def restarted(self, one: int, day: int) -> None:
        """Legal says from when looks at somebody count; again, and it may be earlier."""
        since, person = BEGINS + timedelta(days=day), self._person(one)
        restart = CountRestart(person_id=person, counted_from=since, why="-", set_by=1, recorded_at=self._clock)
        self.session.add(restart)
        self._about(Event.COUNT_RESTARTED, person)

    def signed(self) -> None:
        """New limits are signed."""
        record(self.session, Event.LIMITS_SIGNED, at=self._clock, by=None, about="LIM-ZZZZ-ZZZZ")

    # What is found -----------------------------------------------------------------------------------------------

    def end_of_trail(self) -> int:
        """The last entry."""
        with self.database.reading() as session:
            return _end_of_trail(session)

    def found(self) -> set[Finding]:
        """All that there is to find about these people and workers."""
        return self._found(lambda session: None)

    def found_since(self, seq: int) -> set[Finding]:
        """What a sweep finds that begins after an entry."""
        return self._found(lambda session: list_changes(session, seq, _end_of_trail(session)))

    def _found(self, changes: Callable[[Session], Changes | None]) -> set[Finding]:
        with self.database.reading() as session:
            return set(self._in_patterns(session, find_candidates(session, SHIPPED, changes=changes(session))))

    def _in_patterns(self, session: Session, candidates: Candidates) -> Iterator[Finding]:
        people = {one for family in candidates.families for one in family}
        for facts in (
            read_facts(session, people, SHIPPED, now=NOW),
            read_facts(session, (), SHIPPED, now=NOW, staff=candidates.staff),
        ):
            for one in found_in(facts, SHIPPED).values():
                yield Finding(one.pattern, frozenset(one.views), frozenset(one.people))

    # Rows --------------------------------------------------------------------------------------------------------

    def _enter(self, one: int, on: ViewFooting, at: datetime, worker: int, *, profile: bool = False) -> None:
        number, late = next(self._numbers), on is ViewFooting.LATE_ENTRY
        by = worker % WORKERS + 1
        row, whose = (number, one, on.value, at), {"viewer_id": by, "team_id": by + 1}
        driver: Any = self.session.connection().connection.driver_connection
        told = {"recorded_at": ledger.stamp(self._clock), "result": None, "reported_at": None}
        opened = {} if late else {"opened_at": None, "closed_at": None}
        ledger.insert(driver, "check_request", [ledger.check(*row) | whose | {"requester_id": by}])
        ledger.insert(driver, "check_subject", [{"check_id": number, "person_id": one}])
        ledger.insert(driver, "look", [ledger.look(*row) | whose | told | opened])
        ledger.insert(driver, "viewing", [ledger.viewing(*row)])
        self.looks.append(number)
        if profile:
            self._name_profile(number, one)
        look = self.session.get_one(Look, number)
        self._told(look, Event.LATE_ENTRY_RECORDED if late else Event.CHECK_SUBMITTED)

    def _name_profile(self, check: int, one: int) -> None:
        """The check names the one address that all of them share, put on record first where it is not."""
        address = "zz.shared"
        mine = self.session.exec(select(Profile).where(Profile.person_id == one)).first()
        if mine is None:
            mine = Profile(person_id=one, platform=Platform.FACEBOOK.value, handle=address, address=address)
            mine.reference, mine.recorded_at, mine.recorded_by = self._reference("PRF"), self._clock, 1
            self.session.add(mine)
            self._about(Event.PROFILE_ADDED, one)
            self.session.flush()
        self.session.add(CheckProfile(check_id=check, profile_id=saved_key(mine)))

    def _person(self, one: int) -> int:
        return one % PEOPLE + 1

    def _look(self, place: int) -> Look | None:
        return self.session.get_one(Look, self.looks[place % len(self.looks)]) if self.looks else None

    def _seen_by(self, look: Look) -> set[int]:
        return set(self.session.exec(select(Viewing.person_id).where(Viewing.look_id == look.id)))

    def _told(self, look: Look, event: Event, *, about: str | None = None) -> None:
        """An entry about the look's check, which names the people whom the check is about and nobody else."""
        people = [f"PER-{one:09d}" for one in self._seen_by(look)]
        record(self.session, event, at=self._clock, by=None, people=people, about=about or f"CHK-{look.check_id:09d}")

    def _about(self, event: Event, *people: int) -> None:
        named = [f"PER-{one:09d}" for one in people]
        record(self.session, event, at=self._clock, by=None, people=named, about=named[0])

    def _reference(self, kind: str) -> str:
        return f"{kind}-{next(self._numbers):09d}"


def _began(look: Look) -> datetime | None:
    return look.opened_at or look.issued_at
