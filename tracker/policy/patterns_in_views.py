"""Patterns in the looks themselves: what, taken together, may be systematic collection about somebody, or about a family.

Each may place a hold. A look is counted once, however many people it counts for; linked records are one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from tracker.policy.limits import Limits
from tracker.policy.pattern_facts import Effect, Found, Pattern, PatternFacts, PatternView
from tracker.policy.pattern_rules import Candidate, pattern, put_together, windows
from tracker.policy.periods import has_happened
from tracker.policy.texts import THRESHOLD, at_moment, counted, joined
from tracker.policy.vocabulary import Reviewed, ViewFooting

SINGLE = frozenset({ViewFooting.OPEN_SOURCE, ViewFooting.LATE_ENTRY})

Rows = Mapping[str, list[PatternView]]
"""Looks by whom they count for, or by what they are."""


def is_single(view: PatternView) -> bool:
    """Whether a look stood on what carries a single look, or on nothing: the looks that make a pattern."""
    not_agreed = view.footing is ViewFooting.IMMEDIATE_RESPONSE and view.reviewed is Reviewed.NOT_AGREED
    return view.footing in SINGLE or not_agreed


def is_search(view: PatternView) -> bool:
    """Whether only a profile was searched for: not a view."""
    return view.footing is ViewFooting.PRESENCE_SEARCH


@pattern(
    Pattern.REPEAT_VIEWING,
    name="Repeat viewing",
    effects=(Effect.HOLD,),
    follows="A hold on the person, and a referral to Legal",
    source="Covert Surveillance Code, paras 3.15 and 3.16; Hertfordshire policy 2.5 and 2.6; OSC guidance 2016 note 289",
    reads=("now", "views", "counted_from"),
    limits=("repeat_viewing_views",),
)
def repeat_viewing(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """Looks at one person, under any linked record and in the present episode, that each stood on a single open-source viewing,
    were recorded only afterwards, or were made in danger and a manager did not agree."""
    starts = {person: at for person, at in facts.counted_from.items() if has_happened(at, facts.now)}
    people = by_person(view for view in facts.views if is_single(view) and starts.get(view.person, view.at) <= view.at)
    candidates = [
        Candidate(looks(views), frozenset({person}), Effect.HOLD)
        for person, views in people.items()
        if len(looks(views)) >= limits.repeat_viewing_views
    ]

    def words(one: Candidate) -> str:
        told = [
            f"{person} was looked at {len(looks(people[person]))} times: {listed(people[person])}."
            for person in sorted(one.people)
        ]
        return f"Repeat viewing. {' '.join(told)} {THRESHOLD}"

    return put_together(Pattern.REPEAT_VIEWING, candidates, words)


@pattern(
    Pattern.FAMILY_CLUSTER,
    name="A cluster of looks at one family",
    effects=(Effect.HOLD, Effect.TASK),
    follows="A hold on everyone in the network, and a referral to Legal; a task for the manager where one team made fewer "
    "looks than that takes",
    source="Covert Surveillance Code, paras 3.15 and 3.16: systematic collection; RIPA 2000 s.26(10): family life",
    reads=("views", "networks"),
    limits=("family_cluster_views", "family_cluster_views_one_team", "family_cluster_days"),
)
def family_cluster(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """Looks of the same kinds as in repeat viewing, in a window of days, at a person and their family or household, by two or
    more teams, or more looks whoever made them."""

    def judged(views: list[PatternView], network: frozenset[str]) -> Candidate | None:
        teams = {view.team for view in views}
        number = len(looks(views))
        if number >= limits.family_cluster_views_one_team or (number >= limits.family_cluster_views and len(teams) > 1):
            return Candidate(looks(views), network, Effect.HOLD)
        if number >= limits.family_cluster_views:
            return Candidate(looks(views), network, Effect.TASK, team=next(iter(teams)))
        return None

    singles = [view for view in facts.views if is_single(view)]
    candidates = in_networks(singles, facts.networks, limits.family_cluster_days, judged)

    def words(one: Candidate) -> str:
        views = [view for view in singles if view.look in one.views and view.person in one.people]
        teams = counted(len({view.team for view in views}), "team", "teams")
        made = f"{len(one.views)} looks at one network within {limits.family_cluster_days} days, by {teams}"
        return f"A family cluster. {made}: {listed(views)}. {THRESHOLD}"

    return put_together(Pattern.FAMILY_CLUSTER, candidates, words)


@pattern(
    Pattern.SHARED_PROFILE,
    name="One profile under two people",
    effects=(Effect.HOLD,),
    follows="A hold on the people whose page it is said to be, and a referral to Legal",
    source="Covert Surveillance Code, para 3.16; UK GDPR article 5(1)(d): accuracy",
    reads=("views",),
)
def shared_profile(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """Looks at one profile address that is on record as the page of two people who are not linked, at least one of them a look
    of the kinds in repeat viewing."""
    by_address: dict[str, list[PatternView]] = defaultdict(list)
    for view in facts.views:
        for address in () if is_search(view) else view.profiles:
            by_address[address].append(view)
    candidates = [
        Candidate(looks(views), frozenset(view.page for view in views), Effect.HOLD)
        for views in by_address.values()
        if len({view.page for view in views}) > 1 and any(is_single(view) for view in views)
    ]

    def words(one: Candidate) -> str:
        views = [view for view in facts.views if view.look in one.views]
        pages = joined(sorted(one.people))
        return (
            f"A shared profile. One address was looked at as the page of {pages}, who are not linked: {listed(views)}."
        )

    return put_together(Pattern.SHARED_PROFILE, candidates, words)


@pattern(
    Pattern.PRESENCE_DRIP,
    name="A drip of searches",
    effects=(Effect.HOLD,),
    follows="A hold on everyone in the network, and a referral to Legal",
    source="Covert Surveillance Code, para 3.15, first example, and para 3.16",
    reads=("views", "networks"),
    limits=("presence_drip_searches", "presence_drip_days"),
)
def presence_drip(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """Searches for a profile, in a window of days, of a person and their family or household."""

    def judged(views: list[PatternView], network: frozenset[str]) -> Candidate | None:
        enough = len(looks(views)) >= limits.presence_drip_searches
        return Candidate(looks(views), network, Effect.HOLD) if enough else None

    searches = [view for view in facts.views if is_search(view)]
    candidates = in_networks(searches, facts.networks, limits.presence_drip_days, judged)

    def words(one: Candidate) -> str:
        views = [view for view in searches if view.look in one.views and view.person in one.people]
        made = f"{len(one.views)} searches of one network within {limits.presence_drip_days} days"
        return f"A drip of searches. {made}: {listed(views)}. {THRESHOLD}"

    return put_together(Pattern.PRESENCE_DRIP, candidates, words)


def in_networks(
    views: Iterable[PatternView],
    networks: Mapping[str, frozenset[str]],
    days: int,
    judged: Callable[[list[PatternView], frozenset[str]], Candidate | None],
) -> Iterator[Candidate]:
    """What is enough for a pattern in any window of days over any network; a person of no network is one of their own."""
    people = by_person(views)
    around = {person: frozenset({person}) for person in people} | dict(networks)
    for network in set(around.values()):
        seen = [view for person in sorted(network & people.keys()) for view in people[person]]
        for window in windows(seen, days, lambda view: view.at):
            if candidate := judged(window, network):
                yield candidate


def by_person(views: Iterable[PatternView]) -> Rows:
    """The views of each person."""
    rows: dict[str, list[PatternView]] = defaultdict(list)
    for view in views:
        rows[view.person].append(view)
    return rows


def looks(views: Iterable[PatternView]) -> frozenset[str]:
    """The looks, each once however many people it counts for."""
    return frozenset(view.look for view in views)


def listed(views: Iterable[PatternView]) -> str:
    """Looks in words, in the order in which they were made: which, of whom, when and on what."""
    by_look: dict[str, list[PatternView]] = defaultdict(list)
    for view in sorted(views, key=lambda view: (view.at, view.look, view.person)):
        by_look[view.look].append(view)
    return "; ".join(
        f"{look} of {joined([view.person for view in rows])}, {at_moment(rows[0].at)} ({stood_on(rows)})"
        for look, rows in by_look.items()
    )


def stood_on(views: Iterable[PatternView]) -> str:
    """What looks stood on, in the middle of a sentence."""
    labels = {view.footing.label for view in views}
    return joined(sorted(label[0].lower() + label[1:] for label in labels))
