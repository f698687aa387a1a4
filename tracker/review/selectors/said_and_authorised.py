"""What somebody said and was told, and the authorities that name them, each as a row of a table."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.authorities.selectors.about import (
    list_court_orders,
    list_non_ripa_authorisations,
    list_ripa_authorisations,
)
from tracker.authorities.showing import status_of_non_ripa, status_of_order, status_of_ripa
from tracker.consent.selectors import list_consents, list_notices, list_objections
from tracker.consent.showing import status_of_consent, status_of_notice
from tracker.people.groups import PersonGroup
from tracker.policy.vocabulary import ConsentStatus, GivenBy, NoticeKind
from tracker.rulebook.selectors import limits_in_force
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.storage.tables import saved_key
from tracker.web.blocks import Status
from tracker.web.dates import day_in_words
from tracker.web.words import with_capital


@dataclass(frozen=True)
class SaidRow:
    """A consent, refusal, notice, objection or authority: what it is, when, by whom, where it stands, and its page."""

    title: str
    at: datetime | None
    by: str
    status: Status
    words: str
    endpoint: str
    reference: str


def said_and_told(session: Session, group: PersonGroup, *, now: datetime) -> list[SaidRow]:
    """Consents, refusals, withdrawals and notices of these records, newest first."""
    said = list_consents(session, group.members)
    consents = [
        SaidRow(
            title=f"{with_capital(ConsentStatus(one.status).label)}, by {GivenBy(one.given_by).label}",
            at=one.at,
            by=_recorded(session, one.recorded_by, one.team_id),
            status=status_of_consent(one, said, now=now),
            words=one.wording,
            endpoint="consent.show_consent",
            reference=one.reference,
        )
        for one in said
    ]
    notices = list_notices(session, group.members)
    told = [
        SaidRow(
            title=with_capital(NoticeKind(one.kind).label),
            at=one.at,
            by=_recorded(session, one.recorded_by, one.team_id),
            status=status_of_notice(one, list_objections(session, [saved_key(one)]), now=now),
            words=one.wording,
            endpoint="consent.show_notice",
            reference=one.reference,
        )
        for one in notices
    ]
    return sorted([*consents, *told], key=lambda one: one.at or now, reverse=True)


def authorities_of(session: Session, group: PersonGroup, *, now: datetime) -> list[SaidRow]:
    """Court's orders, then RIPA and non-RIPA authorisations that name any of these records."""
    hours = limits_in_force(session, at=now).limits.unsealed_order_hours
    members = group.members
    orders = [
        SaidRow(
            f"A court's order or direction, made on {day_in_words(one.made_on)}",
            one.recorded_at,
            f"{one.court}, {one.judge}",
            status_of_order(one, hours=hours, now=now),
            one.terms,
            "authorities.show_order",
            one.reference,
        )
        for one in list_court_orders(session, members)
    ]
    ripa = [
        SaidRow(
            f"RIPA authorisation {one.urn}",
            one.granted_at,
            f"{get_staff_by_id(session, one.granted_by).name}, {one.grade}",
            status_of_ripa(session, one, now=now),
            one.own_words,
            "authorities.show_ripa",
            one.reference,
        )
        for one in list_ripa_authorisations(session, members)
    ]
    outside = [
        SaidRow(
            "Non-RIPA authorisation",
            one.granted_at,
            f"{get_staff_by_id(session, one.granted_by).name}, {one.grade}",
            status_of_non_ripa(one, now=now),
            one.own_words,
            "authorities.show_non_ripa",
            one.reference,
        )
        for one in list_non_ripa_authorisations(session, members)
    ]
    return [*orders, *ripa, *outside]


def _recorded(session: Session, staff_id: int, team_id: int) -> str:
    return f"{get_staff_by_id(session, staff_id).name}, {get_team_by_id(session, team_id).name}"
