"""What waits and has nobody who may decide on it: asked before somebody is closed or a team is moved, so that it is never so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.authorities.selectors.waiting import list_applications_waiting
from tracker.corrections.models import Correction
from tracker.corrections.standings import standings_of_corrections
from tracker.corrections.vocabulary import CorrectionKind, CorrectionPlace
from tracker.decisions.concerned import teams_above
from tracker.decisions.selectors import standings_of_checks
from tracker.people.readers import list_restricted, who_may_restrict
from tracker.policy.entitlement import (
    Actor,
    CheckStanding,
    Role,
    may_act_for_legal,
    may_answer_correction,
    may_decide_on_check,
    may_grant,
)
from tracker.policy.periods import london_day
from tracker.referrals.selectors import list_referrals_with
from tracker.referrals.vocabulary import ReferralPlace
from tracker.review.selectors.authorisations import who_stays_out
from tracker.review.selectors.falling import Managers, apart_from
from tracker.review.selectors.parties import parties_of_referrals
from tracker.review.selectors.queue import list_waiting
from tracker.staff.selectors import list_working
from tracker.staff.selectors.alone import held_roles, managed_teams
from tracker.storage.session import only_reading
from tracker.storage.tables import saved_key


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who works here at one moment and may decide, how the teams stand above each other, and who may say who reads a restricted
    record (keys)."""

    managers: Managers
    working: tuple[Actor, ...]
    may_restrict: frozenset[int]

    @classmethod
    def read(cls, session: Session, *, now: datetime) -> "Deciders":
        """Those of now."""
        return cls(Managers.read(session, now=now), list_working(session, now=now), who_may_restrict(session, now=now))

    def without(self, staff_id: int) -> "Deciders":
        """The same without a member of staff (a key), and without what others hold in their place."""
        here = tuple(apart_from(one, staff_id) for one in self.working if one.staff_id != staff_id)
        managers, may_restrict = self.managers.without(staff_id), self.may_restrict - {staff_id}
        return Deciders(managers, here, may_restrict)

    def decide_on(self, check: CheckStanding) -> bool:
        """Whether a check falls to anybody."""
        today = self._as_teams_stand(check)
        return self.managers.somebody_has(today, lambda one: may_decide_on_check(one, today))

    def answer(self, asked: "Asked") -> bool:
        """Whether a correction falls to anybody."""
        is_check, team = asked.kind is CorrectionKind.CHECK, asked.about.team
        today = (
            self._as_teams_stand(asked.about)
            if is_check
            else replace(asked.about, parent_teams=self.managers.above(team))
        )

        def _may(one: Actor) -> bool:
            return may_answer_correction(one, today, asked.by, for_legal=asked.for_legal)

        return any(map(_may, self.working)) if asked.for_legal else self.managers.somebody_has(today, _may)

    def _as_teams_stand(self, check: CheckStanding) -> CheckStanding:
        managers = self.managers
        above = teams_above(check.team, check.person, above=managers.above, on_duty=managers.duty_teams)
        return replace(check, parent_teams=above)


@dataclass(frozen=True, slots=True)
class Here:
    """Who may decide at one moment, which of the roles the council is never without somebody holds, and which teams (keys) somebody
    manages."""

    deciders: Deciders
    held: frozenset[Role]
    managed: frozenset[int]

    @classmethod
    def read(cls, session: Session, *, now: datetime) -> "Here":
        """As it is now."""
        with only_reading(session):
            held, managed = held_roles(session, now=now), managed_teams(session, now=now)
            return cls(Deciders.read(session, now=now), held, managed)


@dataclass(frozen=True, slots=True)
class Asked:
    """A correction that waits: of what, asked by whom (a key), and whether Legal answers it."""

    kind: CorrectionKind
    about: CheckStanding
    by: int
    for_legal: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that waits for somebody's decision, by its reference, with what says who may decide on it: of a case and of an
    application the keys of staff who may not. Which teams stand above each other is not taken from it, but from the deciders.
    `restricted`: the readers (keys) of each restricted record.
    """

    checks: Mapping[str, CheckStanding]
    corrections: Mapping[str, Asked]
    cases: Mapping[str, frozenset[int]]
    applications: Mapping[str, frozenset[int]]
    restricted: tuple[frozenset[int], ...] = ()

    @classmethod
    def read(cls, session: Session, *, now: datetime) -> "Waiting":
        """What waits now: as many statements however much it is."""
        with only_reading(session):
            checks = list_waiting(session, None, now=now)
            standings = standings_of_checks(session, checks, now=now)
            cases = list_referrals_with(session, ReferralPlace.LEGAL)
            parties = parties_of_referrals(session, cases)
            applications = list_applications_waiting(session)
            out = who_stays_out(session, applications)
            return cls(
                checks={one.reference: standings[saved_key(one)] for one in checks},
                corrections=_corrections(session, now=now),
                cases={one.reference: parties[saved_key(one)] for one in cases},
                applications={one.reference: out[saved_key(one)] for one in applications},
                restricted=tuple(one.readers for one in list_restricted(session, on=london_day(now))),
            )

    def for_nobody(self, deciders: Deciders) -> frozenset[str]:
        """References of what waits and none of these may decide on; not counting whoever is on duty, since they go off duty."""
        here = deciders.working
        lost = {one for one, standing in self.checks.items() if not deciders.decide_on(standing)}
        lost |= {one for one, asked in self.corrections.items() if not deciders.answer(asked)}
        lost |= {one for one, out in self.cases.items() if not any(may_act_for_legal(who, out) for who in here)}
        lost |= {one for one, out in self.applications.items() if not any(may_grant(who, out) for who in here)}
        return frozenset(lost)

    def count_unread(self, deciders: Deciders) -> int:
        """How many restricted records none of these managers may read: nobody would decide on what is asked about them, nor let
        anybody else in."""
        return sum(readers.isdisjoint(deciders.may_restrict) for readers in self.restricted)


def waits_for_nobody(session: Session, *, now: datetime) -> frozenset[str]:
    """References of the checks, corrections, cases and applications that wait, and that nobody who works here may decide on."""
    with only_reading(session):
        return Waiting.read(session, now=now).for_nobody(Deciders.read(session, now=now))


def _corrections(session: Session, *, now: datetime) -> dict[str, Asked]:
    waiting = session.exec(select(Correction).where(col(Correction.answered_at).is_(None))).all()
    about = standings_of_corrections(session, waiting, now=now)
    return {
        one.reference: Asked(
            CorrectionKind(one.kind), about[saved_key(one)], one.asked_by, one.place == CorrectionPlace.LEGAL.value
        )
        for one in waiting
    }
