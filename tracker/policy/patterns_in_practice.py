"""Patterns in practice: who is seen beside the person looked at, what is recorded late, and what is handed back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median

from tracker.policy.limits import Limits
from tracker.policy.pattern_facts import AlsoSeen, Effect, Found, IssuedPermit, Pattern, PatternFacts, PatternView
from tracker.policy.pattern_rules import Candidate, pattern, put_together, windows
from tracker.policy.periods import in_last_days
from tracker.policy.texts import THRESHOLD, at_moment, joined
from tracker.policy.vocabulary import ViewFooting

HANDED_BACK = {"not_used": "not used", "would_not_load": "would not load", "not_found": "not found"}
"""The results by which a permit is handed back without a look, in words."""


@pattern(
    Pattern.COLLATERAL,
    name="Seen in checks of others",
    effects=(Effect.REFERRAL,),
    follows="A referral to Legal",
    source="Covert Surveillance Code: collateral intrusion, and para 3.16, other people recorded",
    reads=("also_seen",),
    limits=("collateral_checks", "collateral_days"),
)
def collateral(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """A person reported as also seen in several checks of other people, in a window of days."""
    of_person: dict[str, list[AlsoSeen]] = defaultdict(list)
    for mention in facts.also_seen:
        if mention.person not in mention.about:
            of_person[mention.person].append(mention)
    candidates = [
        Candidate(frozenset(mention.look for mention in window), frozenset({person}), Effect.REFERRAL)
        for person, mentions in of_person.items()
        for window in windows(mentions, limits.collateral_days, lambda mention: mention.at)
        if len({mention.check for mention in window}) >= limits.collateral_checks
    ]

    def words(one: Candidate) -> str:
        told = []
        for person in sorted(one.people):
            seen = {mention.look: mention for mention in of_person[person] if mention.look in one.views}
            in_order = sorted(seen.values(), key=lambda mention: (mention.at, mention.look))
            where = "; ".join(f"{mention.check} ({mention.look}, {at_moment(mention.at)})" for mention in in_order)
            checks = len({mention.check for mention in in_order})
            told.append(f"{person} was also seen in {checks} checks of other people: {where}.")
        days = limits.collateral_days
        return f"Seen in checks of others, within {days} days. {' '.join(told)} {THRESHOLD}"

    return put_together(Pattern.COLLATERAL, candidates, words)


@pattern(
    Pattern.LATE_LOGGING,
    name="Recorded late",
    effects=(Effect.TASK,),
    follows="A task for the manager",
    source="UK GDPR article 5(2): accountability; Covert Surveillance Code: records kept at the time",
    reads=("views",),
    limits=("late_logging_views", "late_logging_hours", "late_logging_days"),
)
def late_logging(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """Looks that one worker recorded more than a number of hours after they were made, where they were made, or were recorded,
    in a window of days."""
    tardy = timedelta(hours=limits.late_logging_hours)
    of_worker: dict[str, list[PatternView]] = defaultdict(list)
    for view in facts.views:
        if view.footing is not ViewFooting.PRESENCE_SEARCH and view.recorded_at - view.at > tardy:
            of_worker[view.by].append(view)

    def candidates() -> Iterator[Candidate]:
        for worker, views in of_worker.items():
            made = windows(views, limits.late_logging_days, lambda view: view.at)
            recorded = windows(views, limits.late_logging_days, lambda view: view.recorded_at)
            for window in (*made, *recorded):
                looks = frozenset(view.look for view in window)
                if len(looks) >= limits.late_logging_views:
                    people = frozenset(view.person for view in window)
                    latest = max(window, key=lambda view: (view.recorded_at, view.look))
                    yield Candidate(looks, people, Effect.TASK, worker, latest.team)

    def words(one: Candidate) -> str:
        late = {view.look: view for view in facts.views if view.look in one.views}
        told = "; ".join(
            f"{view.look}, made {at_moment(view.at)} and recorded {at_moment(view.recorded_at)}"
            for view in sorted(late.values(), key=lambda view: (view.at, view.look))
        )
        hours = limits.late_logging_hours
        return f"Recorded late. One worker recorded {len(late)} looks more than {hours} hours afterwards: {told}. {THRESHOLD}"

    return put_together(Pattern.LATE_LOGGING, candidates(), words)


@pattern(
    Pattern.HANDED_BACK,
    name="Handed back",
    effects=(Effect.TASK,),
    follows="A task for the manager",
    source="Council practice: a permit handed back takes a look out of the count",
    reads=("permits", "team_permits", "rates_from"),
    limits=(
        "handed_back_permits",
        "handed_back_days",
        "handed_back_rate",
        "handed_back_least",
        "handed_back_rate_days",
    ),
)
def handed_back(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """Permits for one person reported as not used, as would not load or as not found, in a window of days; or a worker whose
    share of permits so reported is, in a window of days, a multiple of the median share of the others in their team who had
    permits in it."""
    candidates = (*handed_back_for_a_person(facts, limits), *handed_back_by_a_worker(facts, limits))

    def words(one: Candidate) -> str:
        permits = {permit.look: permit for permit in (*facts.permits, *facts.team_permits) if permit.look in one.views}
        told = "; ".join(
            f"{permit.look}, issued {at_moment(permit.issued_at)} ({HANDED_BACK[str(permit.result)]})"
            for permit in sorted(permits.values(), key=lambda permit: (permit.issued_at, permit.look))
        )
        share = (
            f" One worker handed them back: within {limits.handed_back_rate_days} days, at least {limits.handed_back_rate} "
            "times as large a share as the median of the others in the team."
            if one.worker
            else ""
        )
        about = f", for {joined(sorted(one.people))}" if one.people else ""
        return f"Handed back. {len(permits)} permits were handed back without a look{about}: {told}.{share} {THRESHOLD}"

    return put_together(Pattern.HANDED_BACK, candidates, words)


def is_handed_back(permit: IssuedPermit) -> bool:
    """Whether a permit was reported without a look."""
    return permit.result in HANDED_BACK


def handed_back_at(permit: IssuedPermit) -> datetime:
    """When a permit that was handed back was reported; where nobody wrote down when, its issue."""
    return permit.reported_at or permit.issued_at


def handed_back_for_a_person(facts: PatternFacts, limits: Limits) -> Iterator[Candidate]:
    """Enough permits for one person handed back, by when that was reported."""
    of_person: dict[str, list[IssuedPermit]] = defaultdict(list)
    for permit in filter(is_handed_back, facts.permits):
        for person in permit.people:
            of_person[person].append(permit)
    for person, permits in of_person.items():
        for window in windows(permits, limits.handed_back_days, handed_back_at):
            if len(looks_of(window)) >= limits.handed_back_permits:
                latest = max(window, key=lambda permit: (handed_back_at(permit), permit.look))
                yield Candidate(looks_of(window), frozenset({person}), Effect.TASK, team=latest.team)


def handed_back_by_a_worker(facts: PatternFacts, limits: Limits) -> Iterator[Candidate]:
    """Enough permits handed back by one worker, and a large enough share: in each window up to the issue of one of them."""
    days, times = limits.handed_back_rate_days, limits.handed_back_rate
    of_worker: dict[str, list[IssuedPermit]] = defaultdict(list)
    for permit in facts.team_permits:
        of_worker[permit.worker].append(permit)
    for worker, own in of_worker.items():
        for last in filter(is_handed_back, own):
            if facts.rates_from is not None and last.issued_at < facts.rates_from:
                continue
            back = up_to(last, filter(is_handed_back, own), days)
            if len(back) < limits.handed_back_least:
                continue
            usual = [
                share(in_team)
                for other, permits in of_worker.items()
                if other != worker
                and (in_team := [permit for permit in up_to(last, permits, days) if permit.team == last.team])
            ]
            if usual and share(up_to(last, own, days)) >= times * median(usual):
                people = frozenset(person for permit in back for person in permit.people)
                yield Candidate(looks_of(back), people, Effect.TASK, worker, last.team)


def up_to(last: IssuedPermit, permits: Iterable[IssuedPermit], days: int) -> list[IssuedPermit]:
    """The permits issued in the window of days that ends with the issue of the last."""
    end = last.issued_at
    return [permit for permit in permits if permit.issued_at <= end and in_last_days(permit.issued_at, end, days)]


def share(permits: list[IssuedPermit]) -> Fraction:
    """What part of some permits was handed back."""
    return Fraction(len(list(filter(is_handed_back, permits))), len(permits))


def looks_of(permits: Iterable[IssuedPermit]) -> frozenset[str]:
    """The looks that the permits were for."""
    return frozenset(permit.look for permit in permits)
