"""What has been found, and what Legal released: for whoever finds anew, and for pages."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from tracker.detection.circles import Circle
from tracker.detection.models import FindingPerson, FindingView, PatternFinding, ReviewedView
from tracker.people.models import Person
from tracker.policy.patterns import Pattern, Recorded, Release
from tracker.referrals.models import Hold, Referral, ReferralPerson
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look


def list_recorded(
    session: Session, looks: Iterable[int], circle: Circle, *, for_legal_alone: bool = False
) -> list[Recorded]:
    """The findings on record that have any of these looks (keys), with the people of each as they are linked now; those across a
    sealed record only where what is found is `for_legal_alone`."""
    touching = select(FindingView.finding_id).where(col(FindingView.look_id).in_(set(looks)))
    query = select(PatternFinding).where(col(PatternFinding.id).in_(touching))
    if not for_legal_alone:
        query = query.where(~col(PatternFinding.id).in_(select(PatternFinding.id).where(across_a_seal())))
    findings = session.exec(query).all()
    keys = {saved_key(one): one for one in findings}
    views: dict[int, set[str]] = {key: set() for key in keys}
    people: dict[int, set[int]] = {key: set() for key in keys}
    if not keys:
        return []
    of_look = select(FindingView.finding_id, Look.reference).join(Look, col(Look.id) == col(FindingView.look_id))
    for finding, look in session.exec(of_look.where(col(FindingView.finding_id).in_(keys))):
        views[finding].add(look)
    for row in session.exec(select(FindingPerson).where(col(FindingPerson.finding_id).in_(keys))):
        people[row.finding_id].add(row.person_id)
    circle.meet(session, {one for everyone in people.values() for one in everyone})
    return [
        Recorded(Pattern(one.pattern), frozenset(views[key]), circle.names_of(people[key])) for key, one in keys.items()
    ]


def across_a_seal() -> ColumnElement[bool]:
    """That a finding was made across a sealed record, and is Legal's alone."""
    return col(PatternFinding.referral_id).in_(select(Referral.id).where(Referral.kind == ReferralKind.SEALED.value))


def list_releases(session: Session, looks: Iterable[int]) -> list[Release]:
    """The holds whose release reviewed any of these looks (keys), each with all that it reviewed."""
    touching = select(ReviewedView.hold_id).where(col(ReviewedView.look_id).in_(set(looks)))
    query = (
        select(Hold.reference, Hold.released_at, Look.reference)
        .join(ReviewedView, col(ReviewedView.hold_id) == col(Hold.id))
        .join(Look, col(Look.id) == col(ReviewedView.look_id))
        .where(col(Hold.id).in_(touching), col(Hold.released_at).is_not(None))
    )
    reviewed: dict[tuple[str, datetime], set[str]] = {}
    for hold, released_at, look in session.exec(query):
        if released_at is not None:
            reviewed.setdefault((hold, released_at), set()).add(look)
    return [Release(hold, released_at, frozenset(seen)) for (hold, released_at), seen in reviewed.items()]


def find_finding(session: Session, key: str) -> PatternFinding | None:
    """The finding with that rule and those looks, or None."""
    query = select(PatternFinding).where(PatternFinding.key == key)
    return session.exec(query.execution_options(populate_existing=True)).first()


def find_open_pattern_case(
    session: Session, people: Iterable[int], *, kind: ReferralKind = ReferralKind.PATTERN
) -> Referral | None:
    """The case about a pattern that is open about any of these people (keys): the earliest, or None."""
    about = select(ReferralPerson.referral_id).where(col(ReferralPerson.person_id).in_(set(people)))
    query = (
        select(Referral)
        .where(
            Referral.kind == kind.value,
            Referral.place != ReferralPlace.CLOSED.value,
            col(Referral.id).in_(about),
        )
        .order_by(col(Referral.opened_at), col(Referral.id))
    )
    return session.exec(query.execution_options(populate_existing=True)).first()


def list_standing_holds(session: Session, people: Iterable[int]) -> list[Hold]:
    """The holds on these people (keys) that nobody has released."""
    query = select(Hold).where(col(Hold.person_id).in_(set(people)), col(Hold.released_at).is_(None))
    return list(session.exec(query.order_by(col(Hold.id)).execution_options(populate_existing=True)))


def list_holds_of_case(session: Session, referral: Referral, people: Iterable[int]) -> list[Hold]:
    """The holds on these people (keys) that an answer to the case releases: those placed with it, and those of the patterns that
    it is about which stood already when it was opened."""
    patterns = {finding.pattern for finding in list_findings_of(session, saved_key(referral))}
    return [
        hold
        for hold in list_standing_holds(session, people)
        if hold.referral_id == referral.id or (hold.placed_by is None and hold.pattern in patterns)
    ]


def pattern_held_since(session: Session, people: Iterable[int]) -> datetime | None:
    """Since when a hold that detection placed stands on any of these people (keys); None where none does."""
    found = [hold.at for hold in list_standing_holds(session, people) if hold.placed_by is None]
    return min(found, default=None)


def people_named(session: Session, references: Iterable[str]) -> dict[str, Person]:
    """The records with these references."""
    query = select(Person).where(col(Person.reference).in_(set(references)))
    return {one.reference: one for one in session.exec(query)}


def list_findings_of(session: Session, referral_id: int) -> list[PatternFinding]:
    """What was found that a case is about, the first first."""
    mine = PatternFinding.referral_id == referral_id
    return list(
        session.exec(select(PatternFinding).where(mine).order_by(col(PatternFinding.found_at), col(PatternFinding.id)))
    )


def list_looks_reviewed_with(session: Session, hold: Hold, members: Iterable[int]) -> list[int]:
    """The keys of the looks that a release of this hold has before it: all of the findings about the person (keys of their
    group), and of those of the case that the hold was placed with."""
    about = select(FindingPerson.finding_id).where(col(FindingPerson.person_id).in_(set(members)))
    of_the_case = col(PatternFinding.referral_id) == hold.referral_id  # of none, where the hold has no case
    found = select(PatternFinding.id).where(col(PatternFinding.id).in_(about) | of_the_case)
    query = select(FindingView.look_id).where(col(FindingView.finding_id).in_(found)).distinct()
    return sorted(session.exec(query))
