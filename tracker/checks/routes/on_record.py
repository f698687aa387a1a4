"""What is on record of agreement and notice, as one reader may see it: of another team's entries, that and when."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from sqlmodel import Session

from tracker.consent.selectors import list_consents, list_notices
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.selectors import standing_of
from tracker.policy.entitlement import Actor, may_see_what_was_written
from tracker.policy.vocabulary import ConsentStatus, GivenBy, NoticeKind
from tracker.storage.tables import saved_key
from tracker.web.words import with_capital

ANOTHER_TEAM = "Recorded by another team"


@dataclass(frozen=True)
class Entry:
    """One consent or notice: when, what, by whom or until when; a link where the reader may open it."""

    at: datetime
    what: str
    detail: str
    until: date | None
    href: str


def said_and_told(session: Session, person: Person, *, by: Actor, on: date) -> tuple[list[Entry], list[Entry]]:
    """What the person (or somebody for them) said, and what they were told, newest first."""
    key = saved_key(person)
    members, standing = group_of(session, key).members, standing_of(session, key, on=on)

    def reads(team_id: int) -> bool:
        return may_see_what_was_written(by, team_id, standing)

    said = [
        Entry(
            at=one.at,
            what=with_capital(ConsentStatus(one.status).label) if reads(one.team_id) else ANOTHER_TEAM,
            detail=with_capital(GivenBy(one.given_by).label) if reads(one.team_id) else "",
            until=one.until_on if reads(one.team_id) else None,
            href=url_for("consent.show_consent", reference=one.reference) if reads(one.team_id) else "",
        )
        for one in list_consents(session, members)
    ]
    told = [
        Entry(
            at=one.at,
            what=with_capital(NoticeKind(one.kind).label) if reads(one.team_id) else ANOTHER_TEAM,
            detail="",
            until=one.until_on if reads(one.team_id) else None,
            href=url_for("consent.show_notice", reference=one.reference) if reads(one.team_id) else "",
        )
        for one in list_notices(session, members)
    ]
    return said, told
