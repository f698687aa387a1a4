"""Patterns in what is owed for a look: that its ground still stood, that it is reviewed, that its outcome is reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tracker.policy.limits import Limits
from tracker.policy.pattern_facts import Awaited, Effect, Found, Pattern, PatternFacts, StoodOn
from tracker.policy.pattern_rules import Candidate, pattern, put_together
from tracker.policy.periods import has_happened
from tracker.policy.texts import at_moment, joined
from tracker.policy.vocabulary import ViewFooting

CAN_LAPSE = frozenset(
    {
        ViewFooting.CONSENT,
        ViewFooting.COURT_ORDER,
        ViewFooting.RIPA_AUTHORISATION,
        ViewFooting.NON_RIPA_AUTHORISATION,
        ViewFooting.LEGAL_ADVICE,
    }
)
"""The footings of which it can turn out later that they did not stand."""


@pattern(
    Pattern.AUTHORITY_GAP,
    name="A gap in the authority",
    effects=(Effect.POSSIBLE_ERROR,),
    follows="A referral to Legal, marked as a possible reportable error",
    source="Investigatory Powers Act 2016 s.231 and the Covert Surveillance Code: errors; UK GDPR article 7(3)",
    reads=("stood_on",),
)
def authority_gap(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """A look that, on what is recorded now, stood on consent withdrawn, advice overtaken, or an order or authorisation that was
    not yet effective, had ended or was cancelled at the minute of viewing."""
    of_look: dict[str, list[StoodOn]] = defaultdict(list)
    for one in facts.stood_on:
        if one.footing in CAN_LAPSE and not one.stood:
            of_look[one.look].append(one)
    candidates = [
        Candidate(frozenset({look}), frozenset(one.person for one in gaps), Effect.POSSIBLE_ERROR)
        for look, gaps in of_look.items()
    ]

    def words(one: Candidate) -> str:
        gaps = sorted((gap for look in one.views for gap in of_look[look]), key=lambda gap: gap.person)
        return " ".join(
            f"A gap in the authority. {gap.look} of {gap.person}, {at_moment(gap.at)}, was recorded as standing on: "
            f"{gap.footing.label}. {gap.why_not}"
            for gap in gaps
        )

    return put_together(Pattern.AUTHORITY_GAP, candidates, words)


@pattern(
    Pattern.UNREVIEWED,
    name="Not reviewed",
    effects=(Effect.TASK,),
    follows="A task for the manager, then one level up",
    source="RIPA 2000 s.26(2)(c); Covert Surveillance Code: reviews",
    reads=("now", "responses"),
)
def unreviewed(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """A look made in danger, or approved by telephone, that no manager reviewed by the end of the next working day."""
    told = "Not reviewed. {look} of {people}, {at}, in danger or approved by telephone, was to be reviewed by {due}."
    return put_together(
        Pattern.UNREVIEWED, overdue(facts, facts.responses), lambda one: tell(told, one, facts.responses)
    )


@pattern(
    Pattern.UNREPORTED,
    name="No outcome",
    effects=(Effect.TASK,),
    follows="A task for whoever was to look, then one level up",
    source="Council practice: silence never gives a look back; UK GDPR article 5(2): accountability",
    reads=("now", "outcomes"),
)
def unreported(facts: PatternFacts, limits: Limits) -> tuple[Found, ...]:
    """A permit that has run out with no outcome reported."""
    told = "No outcome. The permit {look} for {people}, issued {at}, has run out and nothing was reported by {due}."
    return put_together(Pattern.UNREPORTED, overdue(facts, facts.outcomes), lambda one: tell(told, one, facts.outcomes))


def overdue(facts: PatternFacts, awaited: Iterable[Awaited]) -> Iterator[Candidate]:
    """What is still waited for and is overdue, each on its own."""
    for one in awaited:
        if has_happened(one.due_at, facts.now):
            yield Candidate(frozenset({one.look}), one.people, Effect.TASK, one.worker, one.team)


def tell(told: str, one: Candidate, awaited: Iterable[Awaited]) -> str:
    """One thing overdue as a sentence."""
    wanted = next(waited for waited in awaited if waited.look in one.views)
    return told.format(
        look=wanted.look,
        people=joined(sorted(one.people)),
        at=at_moment(wanted.at),
        due=at_moment(wanted.due_at),
    )
