"""Who records which authority, and what cannot be recorded. An approval and an order never stand for each other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from tests.authorities.granting import (
    advise,
    allow_non_ripa,
    cancel,
    grant,
    grant_outside_ripa,
    hear,
    new_advice,
    new_grant,
    new_non_ripa,
    new_order,
    order,
    report,
    review,
    see,
)
from tests.consent.world import World
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry
from tracker.authorities.models import CourtOrder, JpHearing, LegalAdvice, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.requests import NewCancellation, NewJpHearing, NewReview
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
from tracker.authorities.vocabulary import JpDecision
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor, Holding, Role
from tracker.policy.vocabulary import Conclusion
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERYBODY = (
    "worker", "colleague", "worker2", "manager", "manager2", "head", "duty", "legal", "officer", "sro", "auditor", "admin",
)  # fmt: skip
MAY: dict[str, set[str]] = {
    "record_advice": {"legal"},
    "grant_ripa": {"officer"},
    "record_jp_hearing": {"legal"},
    "review_authorisation": {"officer"},
    "cancel_ripa": {"officer"},
    "grant_non_ripa": {"officer"},
    "cancel_non_ripa": {"officer"},
    "report_court_order": {"worker", "colleague", "manager"},
    "record_court_order": {"legal"},
    "record_order_seen": {"legal"},
}
"""Written by hand from policy.md, "Who may do what"; the person is known to north."""

TABLES = (LegalAdvice, RipaAuthorisation, JpHearing, NonRipaAuthorisation, CourtOrder)


def use_cases(world: World) -> dict[str, Callable[[Session, Actor], object]]:
    """Each use-case on records that are there for it, as anybody could try it."""
    granted, other = grant(world, world.kit), grant_outside_ripa(world, world.kit)
    reported, at = report(world, world.kit), START + HOUR
    return {
        "record_advice": lambda s, by: record_advice(s, new_advice(world.rae), apart_from=frozenset(), by=by, now=at),
        "grant_ripa": lambda s, by: grant_ripa(
            s, new_grant(world.rae, urn="NSC/9"), by=by, now=at, concerned=frozenset()
        ),
        "record_jp_hearing": lambda s, by: record_jp_hearing(
            s,
            NewJpHearing(granted.reference, "Court", "Justice", at, JpDecision.APPROVED),
            apart_from=frozenset(),
            by=by,
            now=at,
        ),
        "review_authorisation": lambda s, by: review_authorisation(
            s, NewReview(granted.reference, at, "Still needed"), by=by, now=at, concerned=frozenset()
        ),
        "cancel_ripa": lambda s, by: cancel_ripa(s, NewCancellation(granted.reference, at, "Done"), by=by, now=at),
        "grant_non_ripa": lambda s, by: grant_non_ripa(
            s, new_non_ripa(world.rae), by=by, now=at, concerned=frozenset()
        ),
        "cancel_non_ripa": lambda s, by: cancel_non_ripa(
            s, NewCancellation(other.reference, at, "Done"), by=by, now=at
        ),
        "report_court_order": lambda s, by: report_court_order(s, new_order(world.rae), by=by, now=at),
        "record_court_order": lambda s, by: record_court_order(
            s, new_order(world.rae), apart_from=frozenset(), by=by, now=at
        ),
        "record_order_seen": lambda s, by: record_order_seen(
            s, reported.reference, apart_from=frozenset(), by=by, now=at
        ),
    }


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_authority_is_recorded_by_whom_the_law_names_and_by_nobody_else(world: World, who: str) -> None:
    allow_non_ripa(world)
    by = world.by(getattr(world.council, who), START + HOUR)
    for name, do in use_cases(world).items():
        if who in MAY[name]:
            world.write(lambda s, do=do: do(s, by))  # type: ignore[misc]
            continue
        before = rows(world)
        with pytest.raises(NotAllowedError):
            world.write(lambda s, do=do: do(s, by))  # type: ignore[misc]
        assert rows(world) == before, name


def rows(world: World) -> list[int]:
    """How many rows each table has, and the trail."""

    def _count(session: Session) -> list[int]:
        return [session.exec(select(func.count()).select_from(table)).one() for table in (*TABLES, AuditEntry)]

    return world.read(_count)


def test_the_officer_may_not_be_adviser_requester_viewer_or_approver(world: World) -> None:
    council = world.council
    both = replace(
        world.by(council.officer), holdings=(Holding(Role.AUTHORISING_OFFICER), Holding(Role.LEGAL_REVIEWER))
    )
    world.write(lambda s: record_advice(s, new_advice(world.kit), apart_from=frozenset(), by=both, now=START))
    with pytest.raises(NotAllowedError):
        world.write(lambda s: grant_ripa(s, new_grant(world.rae, world.kit), by=both, now=START, concerned=frozenset()))
    assert world.write(lambda s: grant_ripa(s, new_grant(world.rae), by=both, now=START, concerned=frozenset())), (
        "advised on somebody else only"
    )
    concerned = frozenset({saved_key(council.officer)})
    for do, new in ((grant_ripa, new_grant(world.lee, urn="NSC/3")), (grant_non_ripa, new_non_ripa(world.lee))):
        with pytest.raises(NotAllowedError):
            world.write(lambda s, do=do, new=new: do(s, new, by=both, now=START, concerned=concerned))  # type: ignore[misc]


def test_a_deputy_of_somebody_concerned_does_not_grant_in_their_place(world: World) -> None:
    council = world.council
    covered = saved_key(council.officer)
    deputy = replace(world.by(council.head), holdings=(Holding(Role.AUTHORISING_OFFICER, covers=covered),))
    new = new_grant(world.rae)
    with pytest.raises(NotAllowedError):
        world.write(lambda s: grant_ripa(s, new, by=deputy, now=START, concerned=frozenset({covered})))
    assert (
        world.write(lambda s: grant_ripa(s, new, by=deputy, now=START, concerned=frozenset())).granted_by
        == deputy.staff_id
    )


def test_advice_about_a_linked_record_is_advice_about_the_person(world: World) -> None:
    both = replace(
        world.by(world.council.officer), holdings=(Holding(Role.AUTHORISING_OFFICER), Holding(Role.LEGAL_REVIEWER))
    )
    world.write(lambda s: record_advice(s, new_advice(world.ash), apart_from=frozenset(), by=both, now=START))
    world.link(world.rae, world.ash)
    with pytest.raises(NotAllowedError):
        world.write(lambda s: grant_ripa(s, new_grant(world.rae), by=both, now=START, concerned=frozenset()))


def refused_at(field: str, do: Callable[[], object]) -> None:
    """The service refuses, naming that field."""
    with pytest.raises(ProblemError) as problem:
        do()
    assert problem.value.field == field


def test_without_a_limb_of_article_7a_nothing_is_granted(world: World) -> None:
    refused_at("article_7a", lambda: grant(world, world.rae, article_7a=None))


def test_a_urn_is_used_once(world: World) -> None:
    grant(world, world.rae, urn="NSC/7")
    refused_at("urn", lambda: grant(world, world.kit, urn=" NSC/7 "))


def test_nothing_is_recorded_of_the_future(world: World) -> None:
    granted, late = grant(world, world.rae), START + timedelta(seconds=1)
    allow_non_ripa(world)
    refused_at("at", lambda: advise(world, world.rae, at=late))
    refused_at("granted_at", lambda: grant(world, world.rae, urn="NSC/2", granted_at=late))
    refused_at("granted_at", lambda: grant_outside_ripa(world, world.rae, granted_at=late))
    refused_at("heard_at", lambda: hear(world, granted, heard_at=late))
    refused_at("at", lambda: review(world, granted, at=late))
    refused_at("at", lambda: cancel(world, granted, at=late))
    refused_at("made_on", lambda: order(world, world.rae, made_on=date(2026, 11, 22), from_on=date(2026, 11, 22)))
    assert order(world, world.rae, from_on=date(2026, 12, 24)), "an order may begin later"


def test_nothing_about_a_grant_is_dated_before_it(world: World) -> None:
    granted = grant(world, world.rae)
    before = START - timedelta(seconds=1)
    refused_at("heard_at", lambda: hear(world, granted, heard_at=before))
    refused_at("at", lambda: review(world, granted, at=before))
    refused_at("at", lambda: cancel(world, granted, at=before))


def test_somebody_named_must_be_on_record(world: World) -> None:
    nobody = frozenset({"PER-0000-0000"})
    refused_at("persons", lambda: grant(world, persons=nobody))
    refused_at("persons", lambda: order(world, persons=nobody))
    refused_at("persons", lambda: grant(world, persons=frozenset()))


def test_a_warning_has_no_end_and_favourable_advice_ends_after_the_days_set(world: World) -> None:
    assert advise(world, world.rae).until_on == date(2026, 12, 19)
    assert advise(world, world.rae, at=START - 10 * DAY).until_on == date(2026, 12, 9)
    assert advise(world, world.rae, conclusion=Conclusion.CHIS).until_on is None
    refused_at("until_on", lambda: advise(world, world.rae, conclusion=Conclusion.CHIS, until_on=date(2027, 1, 1)))


def test_a_justice_cannot_approve_twice_nor_what_was_cancelled(world: World) -> None:
    granted = grant(world, world.rae)
    hear(world, granted)
    refused_at("decision", lambda: hear(world, granted, now=START + HOUR))
    refused_at("decision", lambda: hear(world, granted, JpDecision.REFUSED, now=START + HOUR))
    other = grant(world, world.rae, urn="NSC/2")
    cancel(world, other, now=START + DAY)
    refused_at("decision", lambda: hear(world, other, now=START + 2 * DAY))
    assert hear(world, other, now=START + 2 * DAY, heard_at=START + HOUR), "it was heard before it was cancelled"


def test_an_authorisation_is_cancelled_once_and_then_not_reviewed(world: World) -> None:
    allow_non_ripa(world)
    for granted in (grant(world, world.rae), grant_outside_ripa(world, world.rae)):
        cancel(world, granted, now=START + HOUR)
        refused_at("at", lambda granted=granted: cancel(world, granted, now=START + DAY))  # type: ignore[misc]
        refused_at("at", lambda granted=granted: review(world, granted, now=START + DAY))  # type: ignore[misc]


def test_a_review_may_be_sooner_than_the_councils_days_and_not_later(world: World) -> None:
    granted = grant(world, world.rae)
    assert review(world, granted, next_review_on=date(2026, 11, 22)).next_review_on == date(2026, 11, 22)
    assert review(world, granted).next_review_on == date(2026, 12, 19)
    for day in (date(2026, 12, 20), date(2026, 11, 21)):
        refused_at("next_review_on", lambda day=day: review(world, granted, next_review_on=day))  # type: ignore[misc]


def test_outside_ripa_nothing_is_granted_while_the_council_has_the_route_off(world: World) -> None:
    refused_at("non_ripa", lambda: grant_outside_ripa(world, world.rae))
    allow_non_ripa(world)
    assert grant_outside_ripa(world, world.rae)


def renew(world: World, old: RipaAuthorisation, *, days: int, urn: str = "NSC/R", **granted: Any) -> RipaAuthorisation:
    return grant(world, world.rae, urn=urn, now=START + days * DAY, renewal_of=old.reference, **granted)


def test_a_renewal_takes_effect_on_the_day_after_the_old_end(world: World) -> None:
    old = grant(world, world.rae)
    refused_at("renewal_of", lambda: renew(world, old, days=1))
    hear(world, old)
    renewed = renew(world, old, days=60)
    assert (renewed.takes_effect_on, renewed.renewal_of_id) == (date(2027, 2, 21), old.id)
    hear(world, renewed, now=START + 61 * DAY)
    second = renew(world, renewed, days=100, urn="NSC/R2")
    assert second.takes_effect_on == date(2027, 5, 21)
    assert old.takes_effect_on is None


def test_what_has_ended_or_was_cancelled_or_names_fewer_is_not_renewed(world: World) -> None:
    old = grant(world, world.rae)
    hear(world, old)
    refused_at("renewal_of", lambda: renew(world, old, days=92))
    wider = frozenset({world.rae.reference, world.kit.reference})
    refused_at("persons", lambda: renew(world, old, days=1, persons=wider))
    cancel(world, old, now=START + DAY)
    refused_at("renewal_of", lambda: renew(world, old, days=2))


def test_a_worker_reports_an_order_only_where_their_team_is_involved_and_everybody_is_open_to_them(
    world: World,
) -> None:
    assert report(world, world.rae, world.lee), "one of them is known to their team"
    with pytest.raises(NotAllowedError):
        report(world, world.lee)
    world.restrict(world.kit)
    with pytest.raises(NotAllowedError):
        report(world, world.rae, world.kit)


def test_a_reported_order_is_seen_once_and_one_that_legal_recorded_never(world: World) -> None:
    reported = report(world, world.rae)
    assert (reported.reported_at, reported.seen_at) == (START, None)
    seen = see(world, reported, now=START + HOUR)
    assert (seen.reported_at, seen.seen_at, seen.seen_by) == (START, START + HOUR, world.council.legal.id)
    refused_at("reference", lambda: see(world, reported, now=START + DAY))
    recorded = order(world, world.rae)
    assert (recorded.reported_at, recorded.seen_at) == (None, START)
    refused_at("reference", lambda: see(world, recorded, now=START + DAY))


def test_the_trail_keeps_no_conclusion_of_advice_where_it_cannot_be_erased(world: World) -> None:
    advise(world, world.rae, conclusion=Conclusion.CHIS)
    texts = world.read(lambda session: session.exec(select(AuditEntry.text)).all())
    assert texts
    assert not [text for text in texts if "chis" in text or "Zzprivileged" in text]
