"""The requirements that footings share. Each gives None where it is met, and otherwise the sentence that says what is missing.

None of the sentences tells what Legal concluded: that is privileged. A permit counts from its issue, used or not, so they
say of what counts that it was made or allowed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.policy.counting import counted_views, presence_searches, systematic_factors, views_since
from tracker.policy.facts import Advice, CheckFacts, Notice, Request, View
from tracker.policy.limits import Limits
from tracker.policy.periods import in_last_days, london_day
from tracker.policy.records import legal_word, live_noes, live_objections, noes, said_at, word_is
from tracker.policy.texts import THRESHOLD, at_moment, counted, joined, on_day
from tracker.policy.vocabulary import (
    Aim,
    CodeFactor,
    Conclusion,
    ConsentStatus,
    Method,
    Platform,
    Purpose,
    ViewFooting,
    Visibility,
)

# Of the request --------------------------------------------------------------------------------------------------

OPENNESS = ("request.aim", "request.visibility")

NOT_OPEN = {
    Visibility.RESTRICTED: "The page is behind privacy settings, and this ground is for open pages only.",
    Visibility.BLOCKED_BY_PERSON: "The person has blocked us, and this ground is for open pages only.",
    Visibility.UNKNOWN: "It is not known whether the page is open, and this ground is for open pages only.",
}


def page_is_open(request: Request) -> str | None:
    """The page is open, at least in part; one still to be found, and looked at only if open, is read as open."""
    if request.visibility is Visibility.UNKNOWN and request.aim is Aim.FIND_THEN_VIEW:
        return None
    return NOT_OPEN.get(request.visibility)


def look_is_asked_for(request: Request) -> str | None:
    if request.aim is Aim.FIND_PRESENCE:
        return "This ground is for looking at a page, and only a search for a profile is asked for."
    return None


def staff_look(request: Request) -> str | None:
    if request.method is Method.VIEW_ONLY:
        return None
    return "On this ground a member of staff does the looking, without any contact."


def only_looking(request: Request) -> str | None:
    """Staff look, or an agency that the council has engaged."""
    if request.method in (Method.VIEW_ONLY, Method.CONTRACTED_THIRD_PARTY):
        return None
    return "This ground is for looking only, by staff or by an agency that the council has engaged."


def nothing_systematic(request: Request) -> str | None:
    factors = systematic_factors(request)
    if not factors:
        return None
    return f"More than a first look is planned: {joined([factor.label for factor in factors])}."


def few_platforms(platforms: frozenset[Platform], most: int) -> str | None:
    if len(platforms) <= most:
        return None
    asked = counted(len(platforms), "platform is", "platforms are")
    return f"{asked} asked for, and this ground takes in {most} at most. {THRESHOLD}"


# Of the records --------------------------------------------------------------------------------------------------


def not_said_to_be_surveillance(facts: CheckFacts) -> str | None:
    said = said_at(facts)
    if said is None:
        return None
    return (
        f"Since {on_day(said)} a look at this person has needed more than this ground: "
        "Legal's advice or an authorisation already bears on it."
    )


def not_yet_viewed(facts: CheckFacts) -> str | None:
    views = counted_views(facts)
    if not views:
        return None
    last = max(view.at for view in views)
    single = min((view.at for view in views if view.footing is ViewFooting.OPEN_SOURCE), default=None)
    if single is None:
        return f"A single viewing must be the first look, and another look was made or allowed on {on_day(last)}."
    used = f"The single open-source viewing was used or allowed on {on_day(single)}."
    if len(views) == 1:
        return used
    return f"{used} {len(views)} looks made or allowed are counted, the last of {on_day(last)}."


def searches_left(facts: CheckFacts, limits: Limits) -> str | None:
    days = limits.presence_search_days
    recent, ever = len(presence_searches(facts, days=days)), len(presence_searches(facts))
    if ever >= limits.presence_search_total:
        found = counted(ever, "search", "searches")
        most = f"of {limits.presence_search_total} in all"
        return f"{found} for a profile of this person have been made or allowed, {most}. {THRESHOLD}"
    if recent >= limits.presence_search_limit:
        found = counted(recent, "search", "searches")
        most = f"of {limits.presence_search_limit} in {days} days"
        return f"{found} for a profile of this person were made or allowed lately, {most}. {THRESHOLD}"
    return None


def nobody_said_no(facts: CheckFacts) -> str | None:
    """No refusal or withdrawal stands."""
    live = live_noes(facts)
    if not live:
        return None
    last = max(live, key=lambda no: (no.at, no.status))
    if last.status is ConsentStatus.WITHDRAWN:
        return f"Consent was withdrawn on {at_moment(last.at)}, and that stands."
    return f"Consent was refused on {at_moment(last.at)}, and that stands."


def nobody_withdrew(facts: CheckFacts) -> str | None:
    """No withdrawal stands; a refusal may."""
    withdrawn = [no.at for no in live_noes(facts) if no.status is ConsentStatus.WITHDRAWN]
    return f"Consent was withdrawn on {at_moment(max(withdrawn))}, and that stands." if withdrawn else None


def nobody_objected(facts: CheckFacts) -> str | None:
    objections = [notice.at for notice in live_objections(facts)]
    if not objections:
        return None
    return f"The person objected on {on_day(max(objections))}, and that stands."


def reasons_for_approval(facts: CheckFacts, limits: Limits) -> list[str]:
    """Why a manager approves a single open-source viewing before it is made; none where nobody needs to."""
    request, reasons = facts.request, []
    if limits.child_first_look_needs_approval and request.under_18 is not False:
        reasons.append("the person is under 18" if request.under_18 else "the person's age is not known")
    if limits.child_first_look_needs_approval and request.may_lack_capacity:
        reasons.append("the person may lack capacity")
    if live_noes(facts):
        reasons.append("consent was refused")
    if live_objections(facts):
        reasons.append("the person objected")
    if CodeFactor.RECORDS_THIRD_PARTIES in request.code_factors:
        reasons.append("other people would be recorded")
    if request.purpose in (Purpose.OTHER, Purpose.PREVENT_OR_DETECT_CRIME):
        reasons.append(f"it is for {request.purpose.label}")
    return reasons


def earlier_danger(snags: Sequence[View], facts: CheckFacts, days: int) -> str:
    """The earlier looks in danger that stand in the way of another, in words. `snags` holds at least one."""
    recent = [view.at for view in snags if in_last_days(view.at, facts.now, days)]
    if recent:
        when = f"{at_moment(max(recent))}, within the last {counted(days, 'day', 'days')}"
        return f"A look in danger was made or allowed on {when}. {THRESHOLD}"
    last = on_day(max(view.at for view in snags))
    return f"A look in danger that was made or allowed on {last} has not been agreed by a manager."


# Of advice and notice --------------------------------------------------------------------------------------------


def advice_in_date(word: tuple[Advice, ...], facts: CheckFacts) -> str | None:
    """Favourable advice is in date, all of it."""
    end = min(advice.until for advice in word if advice.until is not None)
    return f"Legal's advice of {on_day(word[0].at)} ended on {on_day(end)}." if london_day(facts.now) > end else None


def advised_views_left(word: tuple[Advice, ...], facts: CheckFacts) -> str | None:
    """Fewer views than each piece of advice allows have been made on advice, or entered late, since it was given."""
    most, since = min(advice.max_views for advice in word), word[0].at
    made = views_since(facts, since, (ViewFooting.LEGAL_ADVICE, ViewFooting.LATE_ENTRY))
    if made < most:
        return None
    allowed = counted(most, "view", "views")
    return f"Legal's advice of {on_day(since)} was for {allowed}, and {made} made or allowed since count against it."


def notice_in_date(notices: tuple[Notice, ...], facts: CheckFacts) -> str | None:
    end = min(notice.until for notice in notices)
    return f"The notice of {on_day(notices[0].at)} ended on {on_day(end)}." if london_day(facts.now) > end else None


def no_refusal_since(notices: tuple[Notice, ...], facts: CheckFacts) -> str | None:
    since = [no for no in noes(facts) if no.at >= notices[0].at]
    if not since:
        return None
    last = max(since, key=lambda no: (no.at, no.status))
    return f"Consent was {last.status.label} on {at_moment(last.at)}, after the notice."


def notice_answers_legal(notices: tuple[Notice, ...], facts: CheckFacts) -> str | None:
    """It has not been said to be surveillance, or the notice came later and Legal leaves notice as a route."""
    said = said_at(facts)
    if said is None:
        return None
    closed = word_is(legal_word(facts), Conclusion.CHIS, Conclusion.COURT_ORDER_NEEDED)
    if notices[0].at > said and not closed:
        return None
    return f"The notice of {on_day(notices[0].at)} does not answer what has applied to looks at this person since {on_day(said)}."


NOTICED = (
    ViewFooting.IMMEDIATE_RESPONSE,
    ViewFooting.LEGAL_ADVICE,
    ViewFooting.NOTICE,
    ViewFooting.OPEN_SOURCE,
    ViewFooting.LATE_ENTRY,
)


def noticed_views_left(notices: tuple[Notice, ...], facts: CheckFacts, limits: Limits) -> str | None:
    """Few views have been made since the notice, those on consent, an order or an authorisation set aside."""
    made, most = views_since(facts, notices[0].at, NOTICED), limits.notice_view_limit
    if made < most:
        return None
    views = counted(made, "view", "views")
    return f"{views} made or allowed since the notice count against the {most} it can carry. {THRESHOLD}"
