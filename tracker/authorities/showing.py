"""An authority as its page shows it: where it stands in words, and its rows. Advice is never shown: only that it was taken, and when."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from tracker.authorities.models import CourtOrder, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.opening import OpenedAuthority
from tracker.authorities.selectors import last_day_of, list_hearings, next_review_on, platforms_of, purposes_of
from tracker.authorities.selectors.about import list_advice
from tracker.authorities.vocabulary import ARTICLE_7A_WORDS, JP_DECISION_WORDS, Article7a, JpDecision
from tracker.people.groups import group_of
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Account, Platform, Purpose
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key
from tracker.web.blocks import Status, SummaryRow
from tracker.web.dates import day_in_words, in_words
from tracker.web.words import listed, with_capital

Authorisation = RipaAuthorisation | NonRipaAuthorisation


def status_of_order(order: CourtOrder, *, hours: int, now: datetime, corrected: bool = False) -> Status:
    """Where an order stands; `hours` is how long one that was only reported can be used, `corrected` whether its sealed copy
    says something else."""
    today = london_day(now)
    if corrected:
        return Status("Put right", "The sealed copy says something else than was reported here.", "grey")
    if order.struck_at is not None:
        return Status("Struck through", f"Recorded in error; struck on {day_in_words(order.struck_at)}.", "grey")
    if order.until_on is not None and today > order.until_on:
        return Status("Ended", f"It ended with {day_in_words(order.until_on)}.", "grey")
    if today < order.from_on:
        return Status("Not yet in force", f"It is in force from {day_in_words(order.from_on)}.", "blue")
    if not order.terms_clear:
        return Status("Terms not clear", "It cannot carry a look until its terms are clear. Ask Legal.", "yellow")
    if order.seen_at is None and order.reported_at is not None and now >= order.reported_at + timedelta(hours=hours):
        sentence = (
            f"It was reported more than {hours} hours ago. It cannot be used until Legal has seen the sealed copy."
        )
        return Status("Sealed copy not seen", sentence, "red")
    if order.seen_at is None:
        sentence = (
            f"It was reported, sealed copy to follow: it can be used for {hours} hours, with a manager's approval."
        )
        return Status("Sealed copy to follow", sentence, "yellow")
    return Status("In force", "Legal has seen the sealed copy.", "green")


def status_of_ripa(session: Session, authorisation: RipaAuthorisation, *, now: datetime) -> Status:
    """Where a RIPA authorisation stands by itself; whether it carries a look is for the rules."""
    ended = _ended(authorisation)
    if ended:
        return ended
    hearings = list_hearings(session, saved_key(authorisation))
    last_day = last_day_of(session, authorisation)
    if last_day is None and hearings:
        decision = JP_DECISION_WORDS[JpDecision(hearings[-1].decision)]
        return Status(
            with_capital(decision), f"A justice of the peace {decision} it on {in_words(hearings[-1].heard_at)}.", "red"
        )
    if last_day is None:
        return Status("No judicial approval", "It has no effect until a justice of the peace approves it.", "yellow")
    if london_day(now) > last_day:
        return Status("Ended", f"Its last day was {day_in_words(last_day)}.", "grey")
    return Status("Approved", f"Judicial approval is recorded. Its last day is {day_in_words(last_day)}.", "green")


def status_of_non_ripa(authorisation: NonRipaAuthorisation, *, now: datetime) -> Status:
    """Where a non-RIPA authorisation stands by itself."""
    ended = _ended(authorisation)
    if ended:
        return ended
    if london_day(now) > authorisation.until_on:
        return Status("Ended", f"It ended with {day_in_words(authorisation.until_on)}.", "grey")
    return Status("Granted", f"It holds until the end of {day_in_words(authorisation.until_on)}.", "green")


def rows_of_order(session: Session, order: CourtOrder, opened: OpenedAuthority) -> list[SummaryRow]:
    """The rows of an order."""
    seen = "Not yet: sealed copy to follow"
    if order.seen_at is not None and order.seen_by is not None:
        seen = f"Seen by {get_staff_by_id(session, order.seen_by).name} on {in_words(order.seen_at)}"
    return [
        SummaryRow("Whom it names", _names(opened)),
        SummaryRow("Court", order.court),
        SummaryRow("Case number", order.case_number),
        SummaryRow("Judge", order.judge),
        SummaryRow("Made on", day_in_words(order.made_on)),
        SummaryRow("In force from", day_in_words(order.from_on)),
        SummaryRow("Until the end of", day_in_words(order.until_on) if order.until_on else "No end is given"),
        SummaryRow("What it says", order.terms),
        SummaryRow("Terms clear", _yes_no(order.terms_clear)),
        SummaryRow("Expressly allows contact", _yes_no(order.allows_contact)),
        SummaryRow("Platforms", _platforms(order.platforms)),
        SummaryRow("Purposes", _purposes(order.purposes)),
        SummaryRow("Sealed copy", seen),
        SummaryRow(
            "Recorded by", f"{get_staff_by_id(session, order.recorded_by).name} on {in_words(order.recorded_at)}"
        ),
    ]


def rows_of_ripa(session: Session, authorisation: RipaAuthorisation, opened: OpenedAuthority) -> list[SummaryRow]:
    """The rows of a RIPA authorisation, its hearings among them."""
    hearings = [
        f"{with_capital(JP_DECISION_WORDS[JpDecision(one.decision)])} by {one.justice}, {one.court}, {in_words(one.heard_at)}"
        f"{_kept(one.order_place)}"
        for one in list_hearings(session, saved_key(authorisation))
    ]
    accounts = [Account(one).label for one in authorisation.accounts or ()]
    return [
        SummaryRow("URN", authorisation.urn),
        SummaryRow("Whom it names", _names(opened)),
        SummaryRow("Offence", authorisation.offence),
        SummaryRow("Article 7A", with_capital(ARTICLE_7A_WORDS[Article7a(authorisation.article_7a)])),
        *_grant(session, authorisation),
        SummaryRow("Takes effect on", _effect(authorisation.takes_effect_on)),
        SummaryRow("Judicial approval", "\n".join(hearings) or "None recorded"),
        SummaryRow("Platforms", _platforms(authorisation.platforms)),
        SummaryRow("Accounts", with_capital(listed(accounts)) if accounts else "Not limited"),
        *_afterwards(session, authorisation, opened),
    ]


def rows_of_non_ripa(
    session: Session, authorisation: NonRipaAuthorisation, opened: OpenedAuthority
) -> list[SummaryRow]:
    """The rows of a non-RIPA authorisation."""
    return [
        SummaryRow("Whom it names", _names(opened)),
        *_grant(session, authorisation),
        SummaryRow("Until the end of", day_in_words(authorisation.until_on)),
        SummaryRow("Platforms", _platforms(authorisation.platforms)),
        SummaryRow("Looks allowed", str(authorisation.max_views)),
        *_afterwards(session, authorisation, opened),
    ]


def _ended(authorisation: Authorisation) -> Status | None:
    if authorisation.struck_at is not None:
        return Status(
            "Struck through", f"Recorded in error; struck on {day_in_words(authorisation.struck_at)}.", "grey"
        )
    if authorisation.cancelled_at is not None:
        return Status("Cancelled", f"It was cancelled on {in_words(authorisation.cancelled_at)}.", "grey")
    return None


def _grant(session: Session, authorisation: Authorisation) -> list[SummaryRow]:
    officer = get_staff_by_id(session, authorisation.granted_by).name
    return [
        SummaryRow("Granted", in_words(authorisation.granted_at)),
        SummaryRow("Authorising officer", f"{officer}, {authorisation.grade}"),
        SummaryRow("In the officer's own words", authorisation.own_words),
    ]


def _afterwards(session: Session, authorisation: Authorisation, opened: OpenedAuthority) -> list[SummaryRow]:
    if authorisation.cancelled_at is None:
        rows = [SummaryRow("Next review", day_in_words(next_review_on(session, authorisation)))]
    else:
        rows = [
            SummaryRow("Cancelled", f"{in_words(authorisation.cancelled_at)}\n{authorisation.cancelled_why}"),
            SummaryRow("What was obtained", authorisation.cancelled_obtained or "Not recorded"),
            SummaryRow("What happens to it", authorisation.cancelled_material or "Not recorded"),
        ]
    return rows + _advice_taken(session, opened)


def _advice_taken(session: Session, opened: OpenedAuthority) -> list[SummaryRow]:
    """That advice was taken, and when; never what it was."""
    members = {member for person in opened.persons for member in group_of(session, saved_key(person)).members}
    days = sorted({london_day(advice.at) for advice in list_advice(session, members)})
    return [SummaryRow("Legal advice", f"Legal advice was taken on {day_in_words(day)}") for day in days]


def _names(opened: OpenedAuthority) -> str:
    names = [person.name or person.known_by or "" for person in opened.persons]
    others = ["1 restricted record"] if opened.hidden == 1 else [f"{opened.hidden} restricted records"]
    return "\n".join(names + (others if opened.hidden else []))


def _kept(place: str | None) -> str:
    return f"; the copy of the order: {place}" if place else ""


def _platforms(stored: list[str] | None) -> str:
    chosen = platforms_of(stored)
    return "Not limited" if chosen is None else listed(one.label for one in Platform if one in chosen)


def _purposes(stored: list[str] | None) -> str:
    chosen = purposes_of(stored)
    return "Not limited" if chosen is None else with_capital(listed(one.label for one in Purpose if one in chosen))


def _effect(takes_effect_on: date | None) -> str:
    return day_in_words(takes_effect_on) if takes_effect_on else "The day of judicial approval"


def _yes_no(answer: bool) -> str:
    return "Yes" if answer else "No"
