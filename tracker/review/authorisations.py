"""What waits about authorisations, as lists: for the authorising officer, for Legal, and for those who read everything."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from sqlmodel import Session

from tracker.authorities.applied import status_of_application
from tracker.authorities.models import Application, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.selectors import Naming, list_named, next_review_on
from tracker.authorities.selectors.waiting import (
    list_applications_not_granted,
    list_applications_waiting,
    list_not_ended,
    list_waiting_for_a_justice,
)
from tracker.authorities.vocabulary import APPLICATION_WORDS, ApplicationKind
from tracker.policy.entitlement import Actor, Role
from tracker.policy.periods import london_day
from tracker.tasks.ending import alert_of, days_left
from tracker.web.blocks import Colour, Status
from tracker.web.dates import day_in_words, near_in_words
from tracker.web.words import with_capital

REVIEW_SOON = timedelta(days=7)
"""How long before it is due a review is on the list."""

ALERT_COLOURS: dict[int, Colour] = {28: "blue", 14: "yellow", 7: "orange", 1: "red"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing on a list: what it is, where it is dealt with, whom it names, and where it stands."""

    what: str
    href: str
    person: str
    reference: str
    status: Status
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Authorisations:
    """All the lists."""

    applications: list[Waiting]
    for_a_justice: list[Waiting]
    reviews: list[Waiting]
    ending: list[Waiting]
    in_force: list[Waiting]
    not_granted: list[Waiting]


def authorisations(session: Session, *, now: datetime) -> Authorisations:
    """Every list, of everybody's."""
    running = list_not_ended(session, now=now)
    return Authorisations(
        applications=applications_waiting(session),
        for_a_justice=waiting_for_a_justice(session, now=now),
        reviews=_reviews(session, running, now),
        ending=_ending(session, running, now),
        in_force=[_in_force(session, one, last_day) for one, last_day in running],
        not_granted=[_application(session, one) for one in list_applications_not_granted(session)],
    )


def applications_waiting(session: Session) -> list[Waiting]:
    """The applications that wait for the authorising officer, the oldest first."""
    return [_application(session, one) for one in list_applications_waiting(session)]


def waiting_for_a_justice(session: Session, *, now: datetime) -> list[Waiting]:
    """The RIPA authorisations that were granted and have not been before a justice."""
    return [
        Waiting(
            what="Record the justice's decision",
            href=url_for("authorities.show_ripa", reference=one.reference),
            person=_names(session, one),
            reference=one.urn,
            status=Status(
                "No judicial approval", f"Granted {near_in_words(one.granted_at, now)}; no effect until then.", "yellow"
            ),
        )
        for one in list_waiting_for_a_justice(session)
    ]


def of_officer(session: Session, actor: Actor, *, now: datetime) -> Authorisations:
    """What the authorising officer finds on the home page: all applications, reviews and ends, and what they, or an officer whom
    they cover, granted in force."""
    granting = {held.covers or actor.staff_id for held in actor.holdings if held.role is Role.AUTHORISING_OFFICER}
    lists = authorisations(session, now=now)
    mine = [
        _in_force(session, one, last_day)
        for one, last_day in list_not_ended(session, now=now)
        if one.granted_by in granting
    ]
    return Authorisations(lists.applications, [], lists.reviews, lists.ending, mine, [])


def _application(session: Session, application: Application) -> Waiting:
    renewal = " (renewal)" if application.renewal_of_id else ""
    return Waiting(
        what=with_capital(APPLICATION_WORDS[ApplicationKind(application.kind)]) + renewal,
        href=url_for("review.application", reference=application.reference),
        person=_names(session, application),
        reference=application.urn or application.reference,
        status=status_of_application(application),
    )


def _reviews(
    session: Session, running: list[tuple[RipaAuthorisation | NonRipaAuthorisation, date]], now: datetime
) -> list[Waiting]:
    found = []
    for one, _ in running:
        due = next_review_on(session, one)
        if due <= london_day(now) + REVIEW_SOON:
            found.append((due, _row(session, one, "Review", _review_status(due, london_day(now)))))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _review_status(due: date, today: date) -> Status:
    if due < today:
        return Status("Review overdue", f"Due on {day_in_words(due)}: it carries no look until it is reviewed.", "red")
    return Status("Review due", "Due today." if due == today else f"Due on {day_in_words(due)}.", "yellow")


def _ending(
    session: Session, running: list[tuple[RipaAuthorisation | NonRipaAuthorisation, date]], now: datetime
) -> list[Waiting]:
    found = []
    for one, last_day in running:
        alert = alert_of(last_day, now=now)
        if alert is not None:
            status = Status(
                "Ends soon", f"{_when(days_left(last_day, now=now))}: {day_in_words(last_day)}.", ALERT_COLOURS[alert]
            )
            found.append(_row(session, one, "Ends", status))
    return found


def _when(days: int) -> str:
    if days == 0:
        return "Today is its last day"
    return "Its last day is tomorrow" if days == 1 else f"Its last day is in {days} days"


def _in_force(session: Session, one: RipaAuthorisation | NonRipaAuthorisation, last_day: date) -> Waiting:
    due = next_review_on(session, one)
    sentence = f"Its last day is {day_in_words(last_day)}; next review by {day_in_words(due)}."
    return _row(session, one, "In force", Status("In force", sentence, "green"))


def _row(session: Session, one: RipaAuthorisation | NonRipaAuthorisation, what: str, status: Status) -> Waiting:
    is_ripa = isinstance(one, RipaAuthorisation)
    endpoint = "authorities.show_ripa" if is_ripa else "authorities.show_non_ripa"
    return Waiting(
        what=f"{what}: {'RIPA' if is_ripa else 'non-RIPA'}",
        href=url_for(endpoint, reference=one.reference),
        person=_names(session, one),
        reference=one.urn if isinstance(one, RipaAuthorisation) else one.reference,
        status=status,
    )


def _names(session: Session, naming: Naming) -> str:
    """Whom it names. Everybody who sees these lists knows that, restricted or not."""
    return ", ".join(person.name or person.known_by or person.reference for person in list_named(session, naming))
