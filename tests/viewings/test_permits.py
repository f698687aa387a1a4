"""When a permit ends: never after what its footing rests on, and as late as that and its own end allow."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tracker.clockwork.working_days import end_of_day, end_of_working_day
from tracker.policy.decide import decide
from tracker.policy.facts import (
    Advice,
    CheckFacts,
    Consent,
    CourtOrder,
    NonRipaAuthorisation,
    Notice,
    Request,
    RipaAuthorisation,
)
from tracker.policy.limits import Limits
from tracker.policy.periods import last_day_of_authorisation, london_day
from tracker.policy.vocabulary import (
    Account,
    Aim,
    Approval,
    Competence,
    Conclusion,
    ConsentStatus,
    Footing,
    GivenBy,
    Method,
    NoticeKind,
    Outcome,
    Platform,
    Purpose,
    Relation,
    Visibility,
)
from tracker.viewings.permits import own_end, permit_end

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""A Friday afternoon: the next working day is a Monday, three midnights away."""

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
EARLIER = NOW - timedelta(days=3)
LIMITS = Limits(non_ripa=True)

REQUEST = Request(
    person="P1",
    relation=Relation.SERVICE_USER,
    under_18=False,
    may_lack_capacity=False,
    purpose=Purpose.ASSESSMENT,
    aim=Aim.VIEW,
    method=Method.VIEW_ONLY,
    account=Account.LOGGED_OUT,
    visibility=Visibility.OPEN,
    platforms=frozenset({Platform.FACEBOOK}),
    profile_on_record=True,
    code_factors=frozenset(),
    immediate_risk=False,
    new_event=False,
    confidential_material_likely=False,
    illegal_content_suspected=False,
)
PLAIN = CheckFacts(
    now=NOW,
    request=REQUEST,
    views=(),
    consents=(),
    notices=(),
    advice=(),
    ripa_authorisations=(),
    non_ripa_authorisations=(),
    court_orders=(),
    holds=(),
    counted_from=None,
    manager_approval=None,
)


def consent(until: date, platform: Platform | None = None) -> Consent:
    scope = frozenset({platform}) if platform else None
    return Consent(ConsentStatus.GIVEN, EARLIER, until, scope, None, GivenBy.SELF, Competence.HAS)


def order(until: date | None, reported_at: datetime | None = None) -> CourtOrder:
    return CourtOrder("O1", date(2026, 11, 1), until, frozenset({"P1"}), None, None, False, True, reported_at)


def ripa(approved_at: datetime, next_review_on: date) -> RipaAuthorisation:
    return RipaAuthorisation("U1", approved_at, approved_at, None, None, next_review_on, frozenset({"P1"}), None, None)


def non_ripa(until: date, next_review_on: date) -> NonRipaAuthorisation:
    return NonRipaAuthorisation("N1", EARLIER, until, None, next_review_on, frozenset({"P1"}), None, 5)


def advice(conclusion: Conclusion, until: date | None) -> Advice:
    return Advice(conclusion, EARLIER - timedelta(days=1), until, None, None, 5, False)


def on_ripa(facts: CheckFacts) -> CheckFacts:
    return replace(facts, request=replace(facts.request, purpose=Purpose.PREVENT_OR_DETECT_CRIME))


def approved(facts: CheckFacts) -> CheckFacts:
    return replace(facts, manager_approval=Approval.APPROVED)


def ends(facts: CheckFacts, limits: Limits = LIMITS) -> tuple[Footing, datetime]:
    """The footing of a permitted look, and when its permit ends."""
    decision = decide(facts, limits)
    assert decision.outcome is Outcome.PERMITTED, decision
    assert decision.footing is not None
    return decision.footing, permit_end(facts, decision.footing, limits)


@pytest.mark.parametrize(("days", "last"), [(0, FRIDAY), (1, MONDAY), (2, date(2026, 11, 24)), (3, date(2026, 11, 25))])
def test_of_itself_a_permit_ends_with_a_working_day(days: int, last: date) -> None:
    assert ends(PLAIN, Limits(permit_working_days=days)) == (Footing.OPEN_SOURCE, end_of_day(last))


def test_in_danger_it_ends_after_hours() -> None:
    facts = replace(PLAIN, request=replace(REQUEST, immediate_risk=True))
    assert ends(facts, Limits(danger_permit_hours=6)) == (Footing.IMMEDIATE_RESPONSE, NOW + timedelta(hours=6))


RESTS_ON = {
    "consent": (Footing.CONSENT, replace(PLAIN, consents=(consent(SATURDAY),))),
    "notice": (
        Footing.NOTICE,
        approved(
            replace(
                PLAIN,
                notices=(Notice(NoticeKind.SPECIFIC, EARLIER, SATURDAY, None, None, False),),
                advice=(advice(Conclusion.THRESHOLD_NOT_MET, None),),
            )
        ),
    ),
    "favourable advice": (
        Footing.LEGAL_ADVICE,
        approved(
            replace(
                PLAIN,
                advice=(advice(Conclusion.NOT_DIRECTED_SURVEILLANCE, SATURDAY),),
                request=replace(REQUEST, method=Method.CONTRACTED_THIRD_PARTY),
            )
        ),
    ),
    "court's order": (Footing.COURT_ORDER, replace(PLAIN, court_orders=(order(SATURDAY),))),
    "RIPA, last day": (
        Footing.RIPA_AUTHORISATION,
        on_ripa(replace(PLAIN, ripa_authorisations=(ripa(datetime(2026, 8, 22, 9, tzinfo=UTC), date(2027, 1, 1)),))),
    ),
    "RIPA, review": (
        Footing.RIPA_AUTHORISATION,
        on_ripa(replace(PLAIN, ripa_authorisations=(ripa(EARLIER, SATURDAY),))),
    ),
    "non-RIPA, last day": (
        Footing.NON_RIPA_AUTHORISATION,
        approved(
            replace(
                PLAIN,
                non_ripa_authorisations=(non_ripa(SATURDAY, date(2027, 1, 1)),),
                advice=(advice(Conclusion.THRESHOLD_NOT_MET, None),),
            )
        ),
    ),
    "non-RIPA, review": (
        Footing.NON_RIPA_AUTHORISATION,
        approved(
            replace(
                PLAIN,
                non_ripa_authorisations=(non_ripa(date(2027, 1, 1), SATURDAY),),
                advice=(advice(Conclusion.THRESHOLD_NOT_MET, None),),
            )
        ),
    ),
}


def test_the_last_day_of_the_ripa_authorisation_above_is_that_saturday() -> None:
    assert last_day_of_authorisation(date(2026, 8, 22)) == SATURDAY


@pytest.mark.parametrize("rests_on", RESTS_ON)
def test_it_ends_at_midnight_of_the_last_day_of_what_it_rests_on(rests_on: str) -> None:
    footing, facts = RESTS_ON[rests_on]
    assert ends(facts) == (footing, end_of_day(SATURDAY))


def test_an_order_that_was_only_reported_holds_for_so_many_hours() -> None:
    reported = NOW - timedelta(hours=50)
    directed = replace(REQUEST, purpose=Purpose.COURT_DIRECTED)
    facts = approved(replace(PLAIN, request=directed, court_orders=(order(None, reported),)))
    assert ends(facts, Limits(unsealed_order_hours=72)) == (Footing.COURT_ORDER, reported + timedelta(hours=72))


def test_it_ends_with_its_own_footing_even_where_another_would_stand() -> None:
    facts = replace(PLAIN, consents=(consent(SATURDAY),))
    after = decide(replace(facts, now=end_of_day(SATURDAY)), LIMITS)
    assert after.footing is Footing.OPEN_SOURCE
    assert after.outcome is Outcome.PERMITTED
    assert ends(facts) == (Footing.CONSENT, end_of_day(SATURDAY))


def test_consent_for_each_platform_ends_with_the_first_platform_that_loses_it() -> None:
    both = replace(REQUEST, platforms=frozenset({Platform.FACEBOOK, Platform.X}))
    consents = (consent(MONDAY, Platform.FACEBOOK), consent(SATURDAY, Platform.X), consent(FRIDAY, Platform.FACEBOOK))
    assert ends(replace(PLAIN, request=both, consents=consents)) == (Footing.CONSENT, end_of_day(SATURDAY))


UNTIL = st.dates(min_value=date(2026, 11, 18), max_value=date(2026, 12, 31))
SCOPES = st.sampled_from([None, Platform.FACEBOOK, Platform.X])
NOWS = st.integers(0, 37 * 24 * 60 * 60).map(lambda s: datetime(2026, 11, 19, tzinfo=UTC) + timedelta(seconds=s))
REPORTED = st.one_of(st.none(), st.integers(min_value=0, max_value=130))


@st.composite
def resting(draw: st.DrawFn) -> tuple[CheckFacts, Limits]:
    """Facts with some records of each kind, ending on days around the moment of the decision."""
    now = draw(NOWS)
    purposes = (Purpose.ASSESSMENT, Purpose.PREVENT_OR_DETECT_CRIME, Purpose.COURT_DIRECTED)
    platforms = draw(st.sampled_from([{Platform.FACEBOOK}, {Platform.FACEBOOK, Platform.X}]))
    facts = replace(
        PLAIN,
        now=now,
        request=replace(
            REQUEST,
            platforms=frozenset(platforms),
            purpose=draw(st.sampled_from(purposes)),
            immediate_risk=draw(st.sampled_from([False, False, False, True])),
        ),
        consents=tuple(consent(draw(UNTIL), draw(SCOPES)) for _ in range(draw(st.integers(0, 3)))),
        notices=tuple(
            Notice(NoticeKind.SPECIFIC, EARLIER, draw(UNTIL), None, None, False) for _ in range(draw(st.integers(0, 1)))
        ),
        court_orders=tuple(
            order(draw(UNTIL), None if hours is None else now - timedelta(hours=hours))
            for hours in draw(st.lists(REPORTED, max_size=2))
        ),
        ripa_authorisations=tuple(ripa(EARLIER, draw(UNTIL)) for _ in range(draw(st.integers(0, 1)))),
        manager_approval=draw(st.sampled_from([Approval.APPROVED, None])),
    )
    return facts, Limits(permit_working_days=draw(st.integers(0, 3)), unsealed_order_hours=draw(st.integers(1, 120)))


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much])
@given(resting(), st.floats(min_value=0, max_value=1, exclude_max=True))
def test_until_its_end_the_footing_stands_and_its_end_is_no_earlier_than_needed(
    case: tuple[CheckFacts, Limits], part: float
) -> None:
    facts, limits = case
    decision = decide(facts, limits)
    assume(decision.outcome is Outcome.PERMITTED)
    assert decision.footing is not None
    end = permit_end(facts, decision.footing, limits)
    own = own_end(decision.footing, limits, now=facts.now)
    assert facts.now < end <= own

    within = decide(replace(facts, now=facts.now + (end - facts.now) * part), limits)
    assert within.outcome is Outcome.PERMITTED
    assert stands(within.footings, decision.footing)
    if end < own:
        assert not stands(decide(replace(facts, now=end), limits).footings, decision.footing)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    NOWS,
    st.lists(st.tuples(UNTIL, SCOPES), min_size=1, max_size=4),
    st.sampled_from([(Platform.FACEBOOK,), (Platform.FACEBOOK, Platform.X)]),
    st.integers(0, 3),
)
def test_on_consent_it_ends_as_a_second_way_of_working_it_out_says(
    now: datetime, given_: list[tuple[date, Platform | None]], platforms: tuple[Platform, ...], days: int
) -> None:
    lasting = [
        max((until for until, scope in given_ if scope in (None, platform)), default=date.min) for platform in platforms
    ]
    assume(all(london_day(now) <= until for until in lasting))
    facts = replace(
        PLAIN,
        now=now,
        request=replace(REQUEST, platforms=frozenset(platforms)),
        consents=tuple(consent(until, scope) for until, scope in given_),
    )
    limits = Limits(permit_working_days=days)
    assert ends(facts, limits) == (Footing.CONSENT, min(end_of_day(min(lasting)), end_of_working_day(now, days)))


def stands(footings: object, wanted: Footing) -> bool:
    reasons = {reason.rule: reason.stands for reason in footings}  # type: ignore[attr-defined]
    return bool(reasons[wanted])


def test_every_footing_but_those_without_records_was_tried() -> None:
    tried = {footing for footing, _ in RESTS_ON.values()}
    without_records = {Footing.PRESENCE_SEARCH, Footing.IMMEDIATE_RESPONSE, Footing.OPEN_SOURCE}
    assert tried | without_records == set(Footing)
    assert not tried & without_records
