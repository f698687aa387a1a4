"""Advising, granting and ordering in one line, for the tests."""

from datetime import date, datetime
from typing import Any

from tests.consent.world import World
from tests.fixtures.council import START
from tracker.authorities.models import (
    AuthorisationReview,
    CourtOrder,
    JpHearing,
    LegalAdvice,
    NonRipaAuthorisation,
    RipaAuthorisation,
)
from tracker.authorities.requests import (
    NewAdvice,
    NewCancellation,
    NewCourtOrder,
    NewJpHearing,
    NewNonRipaGrant,
    NewReview,
    NewRipaGrant,
)
from tracker.authorities.services import (
    cancel_non_ripa,
    cancel_ripa,
    grant_non_ripa,
    grant_ripa,
    record_advice,
    record_court_order,
    record_jp_hearing,
    record_order_seen,
    report_court_order,
    review_authorisation,
)
from tracker.authorities.vocabulary import Article7a, JpDecision
from tracker.people.models import Person
from tracker.policy.vocabulary import Conclusion
from tracker.rulebook.requests import NewLimits
from tracker.rulebook.services import propose_limits, sign_proposal
from tracker.staff.models import StaffMember


def new_advice(person: Person, **advised: Any) -> NewAdvice:
    """Favourable advice given today, unless said otherwise."""
    usual: dict[str, Any] = {
        "person": person.reference,
        "conclusion": Conclusion.NOT_DIRECTED_SURVEILLANCE,
        "at": START,
        "question": "Is a second look directed surveillance?",
        "facts_relied_on": "One open look, two months ago",
        "wording": "Zzprivileged wording",
    }
    return NewAdvice(**{**usual, **advised})


def new_grant(*persons: Person, urn: str = "NSC/2026/001", **granted: Any) -> NewRipaGrant:
    """A RIPA grant of today naming these people, unless said otherwise."""
    usual: dict[str, Any] = {
        "urn": urn,
        "persons": frozenset(person.reference for person in persons),
        "offence": "Fraud by false representation",
        "article_7a": Article7a.SIX_MONTHS,
        "granted_at": START,
        "grade": "Head of Service",
        "own_words": "Necessary, and nothing less intrusive is left",
    }
    return NewRipaGrant(**{**usual, **granted})


def new_non_ripa(*persons: Person, **granted: Any) -> NewNonRipaGrant:
    """A non-RIPA grant of today for one look, unless said otherwise."""
    usual: dict[str, Any] = {
        "persons": frozenset(person.reference for person in persons),
        "granted_at": START,
        "grade": "Head of Service",
        "own_words": "Weighed against their private life",
        "until_on": date(2026, 12, 12),
    }
    return NewNonRipaGrant(**{**usual, **granted})


def new_order(*persons: Person, **ordered: Any) -> NewCourtOrder:
    """An order made and in force today without end, unless said otherwise."""
    usual: dict[str, Any] = {
        "persons": frozenset(person.reference for person in persons),
        "court": "Family Court at Zznorthshire",
        "case_number": "ZZ26C00001",
        "judge": "DJ Zzjudge",
        "made_on": date(2026, 11, 21),
        "from_on": date(2026, 11, 21),
        "terms": "The local authority may view the open posts of the father",
        "terms_clear": True,
    }
    return NewCourtOrder(**{**usual, **ordered})


def advise(world: World, person: Person, *, now: datetime = START, **advised: Any) -> LegalAdvice:
    """Legal records advice."""
    new = new_advice(person, **{"at": now, **advised})
    return world.write(
        lambda s: record_advice(s, new, apart_from=frozenset(), by=world.by(world.council.legal, now), now=now)
    )


def grant(world: World, *persons: Person, now: datetime = START, **granted: Any) -> RipaAuthorisation:
    """The authorising officer grants directed surveillance."""
    new = new_grant(*persons, **{"granted_at": now, **granted})
    return world.write(
        lambda s: grant_ripa(s, new, by=world.by(world.council.officer, now), now=now, concerned=frozenset())
    )


def hear(
    world: World,
    authorisation: RipaAuthorisation,
    decision: JpDecision = JpDecision.APPROVED,
    *,
    now: datetime = START,
    heard_at: datetime | None = None,
) -> JpHearing:
    """Legal records what a justice of the peace decided."""
    new = NewJpHearing(authorisation.reference, "Zznorthshire magistrates", "J Zzjustice", heard_at or now, decision)
    return world.write(
        lambda s: record_jp_hearing(s, new, apart_from=frozenset(), by=world.by(world.council.legal, now), now=now)
    )


def review(
    world: World,
    authorisation: RipaAuthorisation | NonRipaAuthorisation,
    *,
    now: datetime = START,
    next_review_on: date | None = None,
    at: datetime | None = None,
) -> AuthorisationReview:
    """The authorising officer reviews."""
    new = NewReview(authorisation.reference, at or now, "Still needed", next_review_on)
    return world.write(
        lambda s: review_authorisation(s, new, by=world.by(world.council.officer, now), now=now, concerned=frozenset())
    )


def cancel(
    world: World,
    authorisation: RipaAuthorisation | NonRipaAuthorisation,
    *,
    now: datetime = START,
    at: datetime | None = None,
) -> None:
    """The authorising officer cancels."""
    new = NewCancellation(authorisation.reference, at or now, "No longer needed")
    do = cancel_ripa if isinstance(authorisation, RipaAuthorisation) else cancel_non_ripa
    world.write(lambda s: do(s, new, by=world.by(world.council.officer, now), now=now))


def allow_non_ripa(world: World, now: datetime = START) -> None:
    """The council signs limits with the non-RIPA route on."""
    legal, sro = world.by(world.council.legal), world.by(world.council.sro)
    new = NewLimits({"non_ripa": True}, "Our council uses the route")
    proposal = world.write(lambda s: propose_limits(s, new, by=legal, now=now))
    for signer in (legal, sro):
        world.write(lambda s, by=signer: sign_proposal(s, proposal.reference, by=by, now=now))  # type: ignore[misc]


def grant_outside_ripa(world: World, *persons: Person, now: datetime = START, **granted: Any) -> NonRipaAuthorisation:
    """The authorising officer grants outside RIPA; the route is on."""
    new = new_non_ripa(*persons, **{"granted_at": now, **granted})
    return world.write(
        lambda s: grant_non_ripa(s, new, by=world.by(world.council.officer, now), now=now, concerned=frozenset())
    )


def order(world: World, *persons: Person, now: datetime = START, **ordered: Any) -> CourtOrder:
    """Legal records an order whose sealed copy was seen."""
    new = new_order(*persons, **ordered)
    return world.write(
        lambda s: record_court_order(s, new, apart_from=frozenset(), by=world.by(world.council.legal, now), now=now)
    )


def report(
    world: World, *persons: Person, by: StaffMember | None = None, now: datetime = START, **ordered: Any
) -> CourtOrder:
    """A worker reports an order, sealed copy to follow."""
    new, worker = new_order(*persons, **ordered), by or world.council.worker
    return world.write(lambda s: report_court_order(s, new, by=world.by(worker, now), now=now))


def see(world: World, reported: CourtOrder, *, now: datetime = START) -> CourtOrder:
    """Legal has seen the sealed copy."""
    legal = world.by(world.council.legal, now)
    return world.write(lambda s: record_order_seen(s, reported.reference, apart_from=frozenset(), by=legal, now=now))
