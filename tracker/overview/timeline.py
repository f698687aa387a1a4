"""What happened about a person, newest first. Of another team's entries: that and when, not why or what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from flask import url_for
from sqlmodel import Session

from tracker.audit.events import Event
from tracker.audit.selectors import Wanted, list_entries
from tracker.authorities.opening import known_to_officer, may_open_authority
from tracker.authorities.selectors import Authority, list_hearings, list_named
from tracker.authorities.selectors.about import (
    list_advice,
    list_court_orders,
    list_non_ripa_authorisations,
    list_ripa_authorisations,
)
from tracker.authorities.vocabulary import JpDecision
from tracker.consent.selectors import list_consents, list_notices, list_objections
from tracker.decisions.ahead import read_answers_ahead
from tracker.decisions.models import Check
from tracker.decisions.selectors import latest_decision, list_checks_about, standing_of_check
from tracker.decisions.vocabulary import CheckKind
from tracker.people.groups import PersonGroup
from tracker.people.models import Person
from tracker.people.selectors import list_ended_family_links, sealed_among, standing_of
from tracker.policy.entitlement import (
    Actor,
    PersonStanding,
    Role,
    may_open_check,
    may_open_person,
    may_see_what_was_written,
)
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import ConsentStatus, GivenBy, NoticeKind, Outcome, Reviewed, ViewFooting
from tracker.referrals.selectors import list_holds
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import footing_as_recorded, list_sightings, list_viewings, tellings_of
from tracker.viewings.vocabulary import SIGHTING_WORDS, TOLD_WORDS, LookResult, SightingKind, Told
from tracker.web.blocks import Status, TimelineEntry
from tracker.web.dates import day_in_words, in_london, in_words
from tracker.web.words import with_capital

ANOTHER_TEAM = "another team"

ANSWERS: dict[Outcome, Status] = {
    Outcome.PERMITTED: Status("May go ahead", "That was the answer then.", "green"),
    Outcome.NEEDS_MANAGER_APPROVAL: Status("Waiting", "For a manager.", "yellow"),
    Outcome.BLOCKED_LEGAL_ADVICE: Status("Blocked", "Pending legal advice.", "red"),
    Outcome.BLOCKED_COURT_AUTHORISATION: Status(
        "Blocked", "Until judicial approval or a court's order is recorded.", "red"
    ),
    Outcome.REFUSED: Status("Cannot go ahead", "Closed as it was asked.", "red"),
}
"""What was answered to a check: the sentence goes on from the tag."""
STRUCK = Status("Recorded in error", "Struck through.", "grey")

HEARD: dict[JpDecision, str] = {
    JpDecision.APPROVED: "A RIPA authorisation was approved",
    JpDecision.REFUSED: "Approval of a RIPA authorisation was refused",
    JpDecision.QUASHED: "A RIPA authorisation was quashed",
}
CONFIRMED: dict[LookResult, str] = {
    LookResult.NOT_FOUND: "It was not there. It counts as a search for a profile.",
    LookResult.NOT_OPEN: "It was not open. It counts as a search for a profile.",
    LookResult.WOULD_NOT_LOAD: "It would not load. It counts as a search for a profile.",
    LookResult.WRONG_PERSON: "It was somebody else's page. It does not count for this person.",
}


@dataclass(frozen=True)
class Reader:
    """Who reads the timeline, and of whom: whether a team's words are theirs to read."""

    session: Session
    actor: Actor
    standing: PersonStanding
    now: datetime

    def reads(self, team_id: int) -> bool:
        """Whether they see why and what that team wrote."""
        return may_see_what_was_written(self.actor, team_id, self.standing)

    def may_open(self, check: Check) -> bool:
        """Whether they may open the check, which may concern others too whose records are restricted."""
        return may_open_check(self.actor, standing_of_check(self.session, check, now=self.now))

    def by(self, team_id: int, staff_id: int, of: str = "") -> str:
        """Who did it, as far as they may know. `of`: what comes before the team, where it need not be theirs."""
        if not self.reads(team_id):
            return ANOTHER_TEAM
        return f"{get_staff_by_id(self.session, staff_id).name}, {of}{get_team_by_id(self.session, team_id).name}"

    def to_authority(self, endpoint: str, authority: Authority) -> tuple[str, str]:
        """The address of an authority and the words of its link; both empty for who may not read it."""
        named = list_named(self.session, authority) if Role.AUTHORISING_OFFICER in self.actor.roles else ()
        known = known_to_officer(self.session, authority, named, by=self.actor)
        if not known and not may_open_authority(self.actor, [self.standing]):
            return "", ""
        return url_for(endpoint, reference=authority.reference), authority.reference


def timeline_of(session: Session, group: PersonGroup, *, by: Actor, now: datetime) -> list[TimelineEntry]:
    """Checks, looks, consents, notices, authorities, sightings and holds of this person's records, newest first; when it was
    recorded that they are no child any more, since a first look is then no longer approved by a manager; and when a link of family
    was ended, since looks then leave a network."""
    reader = Reader(session, by, standing_of(session, group.members[0], on=in_london(now).date()), now)
    entries = [
        *_checks(reader, group),
        *_looks(reader, group),
        *_tellings(reader, group),
        *_consents(reader, group),
        *_notices(reader, group),
        *_authorities(reader, group),
        *_sightings(reader, group),
        *_holds(reader, group),
        *_grown_up(reader, group),
        *_family_ended(reader, group),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _checks(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    checks = list_checks_about(reader.session, group.members)
    read_answers_ahead(reader.session, checks, now=reader.now)
    for check in checks:
        outcome = Outcome(latest_decision(reader.session, check).outcome)
        mine = reader.may_open(check)
        yield TimelineEntry(
            title="A look was recorded afterwards" if check.kind == CheckKind.LATE_ENTRY else "A check was asked for",
            at=check.recorded_at,
            by=reader.by(check.team_id, check.requester_id),
            words=(check.purpose_words or check.danger or "") if mine else "",
            href=url_for("checks.show", reference=check.reference) if mine else "",
            link=check.reference if mine else "",
            status=_answered(check, outcome),
        )


def _answered(check: Check, outcome: Outcome) -> Status:
    if check.struck_at is not None:
        return STRUCK
    if check.withdrawn_at is not None:
        return Status("Withdrawn", "The check was withdrawn.", "grey")
    return ANSWERS[outcome]


def _looks(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    told: set[int | None] = set()
    for viewing, look in list_viewings(reader.session, group.members):
        if look.id not in told:
            told.add(look.id)
            yield from _afterwards(reader, look)
        if look.opened_at is not None and look.result not in (None, "not_used"):
            searched = footing_as_recorded(viewing, look, by=reader.now) is ViewFooting.PRESENCE_SEARCH
            yield TimelineEntry(
                title="Searched for a profile" if searched else "Looked",
                at=viewing.at,
                by=reader.by(look.team_id, look.viewer_id, "for "),
                words=f"Recorded on {in_words(look.reported_at)}." if look.reported_at else "",
                status=STRUCK if reader.session.get_one(Check, look.check_id).struck_at is not None else None,
            )


def _afterwards(reader: Reader, look: Look) -> Iterator[TimelineEntry]:
    """What a manager said of a look once it was over; of another team's only that they did."""
    reads = reader.reads(look.team_id)
    if look.reviewed_at is not None and look.reviewed_by is not None:
        agreed = look.reviewed == Reviewed.AGREED
        yield TimelineEntry(
            title="A manager reviewed a look in danger",
            at=look.reviewed_at,
            by=reader.by(look.team_id, look.reviewed_by),
            words=look.reviewed_why or "" if reads else "",
            status=Status("Agreed" if agreed else "Not agreed", "", "green" if agreed else "red") if reads else None,
        )
    if look.result_counts_from is not None and look.result_confirmed_by is not None:
        nobody_looked = look.result == LookResult.NOT_USED
        yield TimelineEntry(
            title="A manager confirmed that nobody looked"
            if nobody_looked
            else "A manager confirmed what came of a look",
            at=look.result_counts_from,
            by=reader.by(look.team_id, look.result_confirmed_by),
            words=CONFIRMED.get(LookResult(look.result), "") if look.result and reads else "",
        )


def _tellings(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    """What became of it where it was said that they will be told of a look; of another team's only that and when."""
    checks = {saved_key(check): check for check in list_checks_about(reader.session, group.members)}
    for key, telling in tellings_of(reader.session, checks).items():
        check = checks[key]
        if telling is None or check.struck_at is not None:
            continue
        on = f"On {day_in_words(telling.told_on)}." if telling.told_on else TOLD_WORDS[Told(telling.told)]
        yield TimelineEntry(
            title="They were told of a look" if telling.told_on else "Why they are not told of a look was recorded",
            at=telling.recorded_at,
            by=reader.by(check.team_id, telling.recorded_by),
            words=on if reader.reads(check.team_id) else "",
        )


def _consents(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    for consent in list_consents(reader.session, group.members):
        reads = reader.reads(consent.team_id)
        status = "struck through" if consent.struck_at else ConsentStatus(consent.status).label
        yield TimelineEntry(
            title=f"Consent: {status}",
            at=consent.at,
            by=reader.by(consent.team_id, consent.recorded_by),
            words=f"By {GivenBy(consent.given_by).label}." if reads else "",
            href=url_for("consent.show_consent", reference=consent.reference) if reads else "",
            link=consent.reference if reads else "",
        )


def _notices(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    notices = list_notices(reader.session, group.members)
    for notice in notices:
        reads = reader.reads(notice.team_id)
        yield TimelineEntry(
            title=with_capital(NoticeKind(notice.kind).label),
            at=notice.at,
            by=reader.by(notice.team_id, notice.recorded_by),
            href=url_for("consent.show_notice", reference=notice.reference) if reads else "",
            link=notice.reference if reads else "",
        )
    teams = {notice.id: notice.team_id for notice in notices}
    for objection in list_objections(reader.session, [notice.id or 0 for notice in notices]):
        by = reader.by(teams[objection.notice_id], objection.recorded_by)
        yield TimelineEntry(title="They objected to a notice", at=objection.at, by=by)


def _authorities(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    for advice in list_advice(reader.session, group.members):
        yield TimelineEntry(title="Legal advice was taken", at=advice.at, by="Legal")
    for granted in list_ripa_authorisations(reader.session, group.members):
        title = "A RIPA authorisation was granted"
        yield _granted(reader, title, granted.granted_at, "authorities.show_ripa", granted)
        for hearing in list_hearings(reader.session, granted.id or 0):
            title = HEARD[JpDecision(hearing.decision)]
            yield _of_authority(
                reader, title, hearing.heard_at, "authorities.show_ripa", granted, by="a justice of the peace"
            )
        if granted.cancelled_at is not None:
            title = "A RIPA authorisation was cancelled"
            yield _granted(reader, title, granted.cancelled_at, "authorities.show_ripa", granted)
    for outside in list_non_ripa_authorisations(reader.session, group.members):
        title = "A non-RIPA authorisation was granted"
        yield _granted(reader, title, outside.granted_at, "authorities.show_non_ripa", outside)
        if outside.cancelled_at is not None:
            title = "A non-RIPA authorisation was cancelled"
            yield _granted(reader, title, outside.cancelled_at, "authorities.show_non_ripa", outside)
    for order in list_court_orders(reader.session, group.members):
        href, link = reader.to_authority("authorities.show_order", order)
        if order.reported_at is None:
            title, at = "A court's order or direction was made", datetime.combine(order.made_on, time(12), tzinfo=UTC)
        else:
            seen = "reported" if order.seen_at else "reported, sealed copy to follow"
            title, at = f"A court's order or direction was {seen}", order.reported_at
        yield TimelineEntry(title=title, at=at, whole_day=order.reported_at is None, href=href, link=link)


def _granted(reader: Reader, title: str, at: datetime, endpoint: str, authority: Authority) -> TimelineEntry:
    return _of_authority(reader, title, at, endpoint, authority, by="the authorising officer")


def _of_authority(
    reader: Reader, title: str, at: datetime, endpoint: str, authority: Authority, *, by: str
) -> TimelineEntry:
    href, link = reader.to_authority(endpoint, authority)
    return TimelineEntry(title=title, at=at, by=by, href=href, link=link)


def _sightings(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    for sighting in list_sightings(reader.session, group.members):
        yield TimelineEntry(
            title=f"Not counted: {SIGHTING_WORDS[SightingKind(sighting.kind)]}",
            at=sighting.at,
            by=reader.by(sighting.team_id, sighting.recorded_by),
            words=sighting.what_for if reader.reads(sighting.team_id) else "",
        )


def _holds(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    for hold in list_holds(reader.session, group.members):
        yield TimelineEntry(
            title="A hold was placed", at=hold.at, status=Status("On hold", "Only Legal can release it.", "red")
        )
        if hold.released_at is not None:
            yield TimelineEntry(title="A hold was released", at=hold.released_at, by="Legal")


def _grown_up(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    """The age of a person is nobody's own: whoever may open the record reads how it is known. Who changed it, the trail says."""
    for member in group.members:
        wanted = Wanted(about=reader.session.get_one(Person, member).reference, events=(Event.PERSON_GROWN_UP,))
        for entry in list_entries(reader.session, wanted):
            known = (entry.content or {}).get("how_age_is_known") or "That was erased."
            yield TimelineEntry(
                title="Recorded as no longer a child", at=entry.row.at, words=f"How that is known: {known}"
            )


def _family_ended(reader: Reader, group: PersonGroup) -> Iterator[TimelineEntry]:
    """Who belongs together is nobody's own either: whoever may open both records reads how it is known that they no longer do. Of what
    would cross a sealed record nothing is told, as in the list of family; but Legal, on the page of the sealed record."""
    links = list_ended_family_links(reader.session, group.members)
    sealed = sealed_among(reader.session, {end for link in links for end in (link.person_id, link.other_id)})
    untold = sealed - set(group.members) if Role.LEGAL_REVIEWER in reader.actor.roles else sealed
    for link in links:
        if not untold.isdisjoint((link.person_id, link.other_id)):
            continue
        other = link.other_id if link.person_id in group.members else link.person_id
        standing = standing_of(reader.session, other, on=london_day(reader.now))
        reads = link.ended_why is not None and may_open_person(reader.actor, standing)
        yield TimelineEntry(
            title="A family or household link was ended",
            at=link.ended_at or link.recorded_at,
            by=get_staff_by_id(reader.session, link.ended_by).name if link.ended_by else "",
            words=f"How that is known: {link.ended_why}" if reads else "",
        )
