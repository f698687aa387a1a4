"""What detection found, as Legal reads it: each finding in words with its looks, the network in one table, and what a release does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, select

from tracker.decisions.models import Check
from tracker.decisions.selectors import standing_of_check
from tracker.detection.models import FindingView, PatternFinding
from tracker.detection.selectors import (
    list_findings_of,
    list_holds_of_case,
    list_looks_reviewed_with,
    list_standing_holds,
)
from tracker.people.groups import PersonGroup, groups_of
from tracker.people.models import FamilyLink, Person
from tracker.people.networks import IN_A_NETWORK
from tracker.people.selectors import called
from tracker.people.vocabulary import FAMILY_LINK_WORDS, MIRRORED, FamilyLinkKind
from tracker.policy.entitlement import Actor, may_open_check
from tracker.policy.patterns import PATTERNS, Pattern
from tracker.policy.vocabulary import Platform, ViewFooting
from tracker.referrals.models import Hold, Referral
from tracker.staff.models import StaffMember, Team
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look, Viewing
from tracker.viewings.selectors import footing_as_recorded, list_viewings, sitting_began_at
from tracker.web.dates import in_words
from tracker.web.words import listed

NOT_COUNTED = "Not counted any more"


@dataclass(frozen=True)
class FoundLook:
    """One look of a finding: at whom, when, by whom, on what ground, and its check."""

    reference: str
    at: datetime
    of: str
    who: str
    team: str
    ground: str
    platforms: str
    check: str
    may_open: bool


@dataclass(frozen=True)
class FindingInWords:
    """One finding. `rule`: what the pattern is, in one sentence; `why`: what was found, naming references only."""

    finding: PatternFinding
    name: str
    rule: str
    source: str
    looks: tuple[FoundLook, ...]


@dataclass(frozen=True)
class NetworkMember:
    """One person of the case: to whom they belong, how often they were looked at by which teams, and whether they are held."""

    person: Person
    records: tuple[Person, ...]
    belongs: str
    looks: int
    teams: str
    latest: datetime | None
    hold: str


@dataclass(frozen=True)
class FoundPage:
    """All of it for one case. `reviewed`: the looks (references) that a release of the holds of this case names."""

    findings: tuple[FindingInWords, ...]
    network: tuple[NetworkMember, ...]
    reviewed: tuple[str, ...]


def found_about(
    session: Session, referral: Referral, people: Iterable[Person], *, by: Actor, now: datetime
) -> FoundPage:
    """What was found that the case is about; nothing where a person opened it."""
    findings = list_findings_of(session, saved_key(referral))
    if not findings:
        return FoundPage((), (), ())
    groups = groups_of(session, [saved_key(one) for one in people])
    once = tuple({group.key: group for group in groups.values()}.values())
    everyone = [member for group in once for member in group.members]
    holds = list_standing_holds(session, everyone)
    reviewed = {
        look
        for hold in list_holds_of_case(session, referral, everyone)
        for look in reviewed_with(session, hold, _group(once, hold).members)
    }
    return FoundPage(
        findings=tuple(_finding(session, one, by=by, now=now) for one in findings),
        network=tuple(_member(session, group, once, holds, now=now) for group in once),
        reviewed=tuple(sorted(reviewed)),
    )


def reviewed_with(session: Session, hold: Hold, members: Iterable[int]) -> list[str]:
    """The looks (references, sorted) that a release of this hold names as reviewed."""
    looks = list_looks_reviewed_with(session, hold, members)
    return sorted(session.exec(select(Look.reference).where(col(Look.id).in_(looks))))


def mark_of_reviewed(looks: Iterable[str]) -> str:
    """A mark of the looks that a page of release showed."""
    return sha256(",".join(sorted(looks)).encode()).hexdigest()[:32]


def _group(groups: Iterable[PersonGroup], hold: Hold) -> PersonGroup:
    return next(group for group in groups if hold.person_id in group.members)


def _finding(session: Session, finding: PatternFinding, *, by: Actor, now: datetime) -> FindingInWords:
    rule = next(one for one in PATTERNS if one.id is Pattern(finding.pattern))
    return FindingInWords(finding, rule.name, rule.sentence, rule.source, _looks(session, finding, by=by, now=now))


def _looks(session: Session, finding: PatternFinding, *, by: Actor, now: datetime) -> tuple[FoundLook, ...]:
    mine = select(FindingView.look_id).where(FindingView.finding_id == saved_key(finding))
    rows = session.exec(
        select(Look, Check, StaffMember, Team)
        .join(Check, col(Check.id) == col(Look.check_id))
        .join(StaffMember, col(StaffMember.id) == col(Look.viewer_id))
        .join(Team, col(Team.id) == col(Look.team_id))
        .where(col(Look.id).in_(mine))
    ).all()
    counted = _counted_for(session, [saved_key(look) for look, *_ in rows], now=now)
    found = [
        FoundLook(
            reference=look.reference,
            at=sitting_began_at(look, by=now),
            of=listed(name for name, _ in counted[saved_key(look)]) or "Nobody",
            who=viewer.name,
            team=team.name,
            ground=listed(sorted({ground for _, ground in counted[saved_key(look)]})) or NOT_COUNTED,
            platforms=listed(one.label for one in Platform if one.value in look.platforms),
            check=check.reference,
            may_open=may_open_check(by, standing_of_check(session, check, now=now)),
        )
        for look, check, viewer, team in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.reference)))


def _counted_for(session: Session, looks: list[int], *, now: datetime) -> dict[int, list[tuple[str, str]]]:
    """For whom each look counts, by name, and on what ground."""
    query = (
        select(Viewing, Look, Person)
        .join(Look, col(Look.id) == col(Viewing.look_id))
        .join(Person, col(Person.id) == col(Viewing.person_id))
        .where(col(Viewing.look_id).in_(looks))
        .order_by(col(Viewing.id))
    )
    found: dict[int, list[tuple[str, str]]] = {look: [] for look in looks}
    for viewing, look, person in session.exec(query):
        footing = footing_as_recorded(viewing, look, by=now)
        if footing is not None:
            found[saved_key(look)].append((person.name or person.known_by or person.reference, footing.label))
    return found


def _member(
    session: Session, group: PersonGroup, everyone: Iterable[PersonGroup], holds: Iterable[Hold], *, now: datetime
) -> NetworkMember:
    counted = {
        saved_key(look): look
        for viewing, look in list_viewings(session, group.members)
        if footing_as_recorded(viewing, look, by=now) not in (None, ViewFooting.PRESENCE_SEARCH)
    }
    teams = session.exec(select(Team.name).where(col(Team.id).in_({look.team_id for look in counted.values()})))
    mine = [hold for hold in holds if hold.person_id in group.members]
    return NetworkMember(
        person=group.records[0],
        records=group.records,
        belongs="\n".join(_belongs(session, group, everyone)),
        looks=len(counted),
        teams="\n".join(sorted(teams)),
        latest=max((sitting_began_at(look, by=now) for look in counted.values()), default=None),
        hold=f"Since {in_words(mine[0].at)}" if mine else "Not held",
    )


def _belongs(session: Session, group: PersonGroup, everyone: Iterable[PersonGroup]) -> list[str]:
    """What this person is to others of the case: "parent of Kit"."""
    named = {key: one.records[0] for one in everyone if one is not group for key in one.members}
    one, other = col(FamilyLink.person_id), col(FamilyLink.other_id)
    query = select(FamilyLink).where(
        (one.in_(group.members) & other.in_(named)) | (one.in_(named) & other.in_(group.members)),
        col(FamilyLink.ended_at).is_(None),
        col(FamilyLink.kind).in_(IN_A_NETWORK),
    )
    told = set()
    for link in session.exec(query):
        kind, to = FamilyLinkKind(link.kind), link.other_id
        if link.other_id in group.members:
            kind, to = MIRRORED.get(kind, kind), link.person_id
        joint = "as" if kind is FamilyLinkKind.HOUSEHOLD else "of"
        told.add(f"{FAMILY_LINK_WORDS[kind]} {joint} {called(named[to])}")
    return sorted(told)
