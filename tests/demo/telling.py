"""The demonstration council as a test asks about it: people by what a worker would type, checks by whom they are about."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session

from tracker.checks.status import Standing, where_it_stands
from tracker.decisions.models import Check
from tracker.decisions.selectors import gather_facts, list_checks_about
from tracker.demo.people import DOMAIN
from tracker.overview.standing import ordinary_look, where_they_stand
from tracker.people.groups import PersonGroup, group_of
from tracker.people.models import Person
from tracker.people.search import find_people
from tracker.people.searching import read_search
from tracker.policy.decide import Decision, decide
from tracker.policy.entitlement import Actor
from tracker.policy.periods import london_day
from tracker.rulebook.selectors import LimitsInForce, limits_in_force
from tracker.staff.selectors import find_staff_by_email, load_actor
from tracker.storage.tables import saved_key


@dataclass
class Told:
    """One session that reads the demonstration, at the moment as which it was made."""

    session: Session
    now: datetime

    @cached_property
    def limits(self) -> LimitsInForce:
        """The limits in force."""
        return limits_in_force(self.session, at=self.now)

    def actor(self, sign_in: str) -> Actor:
        """A member of staff as who acts now."""
        member = find_staff_by_email(self.session, f"{sign_in}@{DOMAIN}")
        assert member is not None
        return load_actor(self.session, staff_id=saved_key(member), now=self.now)

    def person(self, typed: str, *, by: str = "worker") -> Person:
        """The one person whom a search finds."""
        found = find_people(self.session, read_search(typed), by=self.actor(by), on=london_day(self.now))
        assert len(found.people) == 1, f"{len(found.people)} people found for {typed!r}"
        return found.people[0].person

    def group(self, typed: str) -> PersonGroup:
        """The records that count as that person."""
        return group_of(self.session, saved_key(self.person(typed)))

    def stands(self, typed: str, *, to: str = "worker") -> str:
        """The first lines of the person's page, as one member of staff reads them."""
        group, actor = self.group(typed), self.actor(to)
        return " ".join(where_they_stand(self.session, group, self.limits, by=actor, now=self.now).sentences)

    def decide(self, typed: str, **asked: Any) -> Decision:
        """What an ordinary look at the person would meet now; `asked` are columns of the check that differ from it."""
        group = self.group(typed)
        check = ordinary_look(group, by=self.actor("worker"), now=self.now)
        for name, value in asked.items():
            setattr(check, name, value)
        facts = gather_facts(self.session, check, group, at=self.now)
        return decide(facts, self.limits.limits, limits_version=self.limits.version)

    def last_check(self, typed: str) -> Check:
        """The newest check about the person."""
        return list_checks_about(self.session, self.group(typed).members)[0]

    def status(self, typed: str) -> Standing:
        """Where the newest check about the person stands."""
        return where_it_stands(self.session, self.last_check(typed), self.limits.limits, now=self.now)
