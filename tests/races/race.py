"""A council of which eight workers ask at the same moment, and a server of two processes on its database."""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlmodel import col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import START, Council
from tests.fixtures.furnishing_records import begin_check_draft
from tests.fixtures.server import serving
from tests.fixtures.settling import sign_up
from tests.races.racing import Browser
from tests.races.served import BEGAN, time_in_race
from tracker.audit.chain import verify
from tracker.decisions.models import Check, CheckDecision
from tracker.people.models import Person
from tracker.people.services import open_person
from tracker.policy.entitlement import Role
from tracker.staff.models import StaffMember
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

CLIENTS = 8
PROCESSES, THREADS = 2, 4
"""Of the server: so many that all eight are answered at once."""


class Race:
    """The council and eight workers of two teams; while it is served, a browser of each in which they are signed in.

    `acting`: each of them as who acts, and in which team, by the address that they sign in with.
    """

    browsers: Sequence[Browser]
    began: float

    def __init__(self, url: str) -> None:
        self.database_url = url
        self.casework = casework = Casework(Council(Database(url)))
        teams = [casework.council.north, casework.council.south]
        with casework.transaction() as session:
            self.workers = [
                sign_up(session, f"Wes Zzracer{place}", Role.SOCIAL_WORKER, team_id=teams[place % 2].id)
                for place in range(CLIENTS)
            ]
        self.acting = {
            member.email: (casework.council.actor(member), teams[place % 2].reference)
            for place, member in enumerate(self.workers)
        }

    @contextmanager
    def served(self, folder: Path, factory: str = "application") -> Iterator[None]:
        """Two server processes on the council's database, and everybody signed in."""
        self.began = time.time()
        environment = {
            "TRACKER_DATABASE_URL": self.database_url,
            "TRACKER_INSTANCE": str(folder),
            "TRACKER_SECRET_KEY": secrets.token_hex(32),
            "TRACKER_INSECURE_COOKIES": "true",
            BEGAN: str(self.began),
        }
        application = f"tests.races.served:{factory}()"
        with serving(application, environment, folder, PROCESSES, ready="/help", threads=THREADS) as server:
            self.url = server.url
            self.browsers = [self.enter(member) for member in self.workers]
            yield
        self.casework.database.close()

    def now(self) -> datetime:
        """The time at the server."""
        return time_in_race(self.began)

    def enter(self, member: StaffMember) -> Browser:
        """Signs somebody in, in a browser of their own."""
        return Browser(self.url, member)

    def drafts(self, person: Person, members: Sequence[StaffMember]) -> list[str]:
        """A whole draft about the person for each of these workers, who opened the record as they wrote it."""
        with self.casework.transaction() as session:
            acting = [self.acting[member.email] for member in members]
            for by, _ in acting:
                open_person(session, person.reference, by=by, now=START)
            return [begin_check_draft(session, person.reference, team, by=by, now=START) for by, team in acting]

    def outcomes(self, *people: Person) -> Counter[str]:
        """What was decided about these people."""
        keys = [saved_key(person) for person in people]
        decided = select(CheckDecision.outcome).join(Check, col(Check.id) == col(CheckDecision.check_id))
        with self.casework.database.reading() as session:
            return Counter(session.exec(decided.where(col(Check.person_id).in_(keys))).all())

    def trail_holds(self) -> bool:
        """Whether the trail verifies."""
        with self.casework.database.reading() as session:
            return verify(session).holds


def asking(browser: Browser, draft: str) -> Callable[[], int]:
    """Asks for the decision on a draft; gives the status."""
    values = {"submission": [secrets.token_hex(16)], "basis_does_not_fit": [""]}
    return lambda: browser.post(f"/checks/drafts/{draft}/answers", values)[0]
