"""Drawn happenings: each is done if it can be, so that any sequence of them makes a history."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from tests.authorities.granting import advise, cancel, grant, hear, order, report, review, see
from tests.consent.world import World
from tests.fixtures.numbers import own_numbers
from tracker.authorities.models import CourtOrder, RipaAuthorisation
from tracker.authorities.vocabulary import JpDecision
from tracker.people.models import Person
from tracker.people.problems import ProblemError

_numbers = own_numbers()
_DECISIONS = {"approve": JpDecision.APPROVED, "refuse": JpDecision.REFUSED, "quash": JpDecision.QUASHED}


@dataclass
class Happened:
    """What has happened about one person so far."""

    world: World
    person: Person
    grants: list[RipaAuthorisation] = field(default_factory=list)
    reported: list[CourtOrder] = field(default_factory=list)

    def do(self, what: str, at: datetime, now: datetime) -> None:
        """Does it, said to have happened at `at` and recorded `now`; what the services refuse did not happen."""
        with suppress(ProblemError):
            if what == "advise":
                advise(self.world, self.person, at=at, now=now)
            elif what == "grant" or (not self.grants and what not in ("order", "report", "see")):
                urn = f"NSC/{next(_numbers)}"
                self.grants.append(grant(self.world, self.person, urn=urn, granted_at=at, now=now))
            elif what in _DECISIONS:
                hear(self.world, self.grants[-1], _DECISIONS[what], heard_at=at, now=now)
            elif what == "review":
                review(self.world, self.grants[-1], at=at, now=now)
            elif what == "cancel":
                cancel(self.world, self.grants[-1], at=at, now=now)
            elif what == "order":
                order(self.world, self.person, now=now)
            elif what == "report" or not self.reported:
                self.reported.append(report(self.world, self.person, now=now))
            else:
                see(self.world, self.reported[-1], now=now)
