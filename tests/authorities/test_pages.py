"""The pages of authorities: a worker reports an order; those concerned read; nobody else does; advice stays Legal's."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.authorities.granting import (
    advise,
    allow_non_ripa,
    cancel,
    grant,
    grant_outside_ripa,
    hear,
    order,
    report,
    see,
)
from tests.consent.world import World
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.authorities.models import CourtOrder
from tracker.authorities.requests import NewNonRipaApplication
from tracker.authorities.services import prepare_non_ripa_application, withdraw_application
from tracker.authorities.vocabulary import JpDecision
from tracker.detection.services import add_family_link
from tracker.people.requests import NewFamilyLink
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import Conclusion, Platform, Purpose

pytestmark = ONE_DATABASE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ORDER: Mapping[str, Any] = {
    "court": "Family Court at Zznorthshire",
    "case_number": "ZZ26C00001",
    "judge": "DJ Zzjudge",
    "made_on-day": "20",
    "made_on-month": "11",
    "made_on-year": "2026",
    "from_on-day": "21",
    "from_on-month": "11",
    "from_on-year": "2026",
    "terms": "The local authority may view the open posts",
    "terms_clear": "yes",
    "allows_contact": "no",
    "extent_of_platforms": "any",
    "extent_of_purposes": "some",
    "purposes": ["assessment", "court_directed"],
}


def orders(world: World) -> list[CourtOrder]:
    return list(world.read(lambda session: session.exec(select(CourtOrder)).all()))


def rows(page: Page) -> dict[str, str]:
    questions = [one.text for one in page.main.all("dt")]
    answers = [one.text for one in page.main.all("dd", having="govuk-summary-list__value")]
    return dict(zip(questions, answers, strict=True))


@pytest.fixture
def worker(world: World, client_for: ClientFor) -> Visitor:
    """The worker of north, signed in."""
    return client_for(world.council.worker)


def test_a_worker_reports_an_order_and_reads_it_back(world: World, worker: Visitor) -> None:
    page = worker.send(worker.get(f"/people/{world.rae.reference}/orders/report"), ORDER)
    (made,) = orders(world)
    assert page.path == f"/orders/{made.reference}"
    assert (made.purposes, made.platforms, made.reported_at) == (["assessment", "court_directed"], None, START)
    shown = rows(page)
    assert shown["Whom it names"] == "Rae Zzexample"
    assert shown["In force from"] == "21 November 2026"
    assert shown["Sealed copy"] == "Not yet: sealed copy to follow"
    assert "it can be used for 72 hours, with a manager's approval." in page.text
    assert "not the approval of a RIPA authorisation" in page.text


def test_family_whom_the_order_names_too_can_be_ticked(world: World, worker: Visitor) -> None:
    link = NewFamilyLink(person=world.kit.reference, other=world.rae.reference, kind=FamilyLinkKind.PARENT)
    world.write(lambda s: add_family_link(s, link, by=world.by(world.council.worker), now=START))
    page = worker.get(f"/people/{world.rae.reference}/orders/report")
    ticked = [one["value"] for one in page.main.all("input", name="persons") if "checked" in one.attributes]
    assert ticked == [world.rae.reference]
    page = worker.send(page, {**ORDER, "persons": [world.rae.reference, world.kit.reference]})
    assert rows(page)["Whom it names"] == "Kit Zzexample Rae Zzexample"
    page = worker.send(
        worker.get(f"/people/{world.rae.reference}/orders/report"), {**ORDER, "persons": [world.lee.reference]}
    )
    assert len(page.errors) == 1, "Lee was not offered"
    assert len(orders(world)) == 1


def test_an_order_dated_in_the_future_is_answered_at_its_field(world: World, worker: Visitor) -> None:
    future = {**ORDER, "made_on-day": "22", "from_on-day": "22", "judge": "DJ Zzkept"}
    page = worker.send(worker.get(f"/people/{world.rae.reference}/orders/report"), future)
    assert page.errors == ["The day the order was made must not be in the future"]
    assert page.main.one("input", name="judge")["value"] == "DJ Zzkept"
    assert orders(world) == []


def test_the_second_click_reports_nothing_more(world: World, worker: Visitor) -> None:
    page = worker.get(f"/people/{world.rae.reference}/orders/report")
    first, second = (worker.send(page, ORDER) for _ in range(2))
    assert first.path == second.path
    assert len(orders(world)) == 1


@pytest.mark.parametrize("who", ["worker2", "legal", "officer", "sro", "auditor", "admin"])
def test_nobody_else_reports_one(world: World, client_for: ClientFor, worker: Visitor, who: str) -> None:
    visitor, address = client_for(getattr(world.council, who)), f"/people/{world.rae.reference}/orders/report"
    assert visitor.get(address).status == 403
    values = {**worker.get(address).form().values, **ORDER, "csrf_token": visitor.get("/").csrf_token}
    assert visitor.post(address, values).status == 403
    assert orders(world) == []


def test_authorities_are_read_by_whom_they_concern_and_each_reading_is_an_event(
    world: World, client_for: ClientFor
) -> None:
    allow_non_ripa(world)
    addresses = {
        (one := grant(world, world.rae)).reference: f"/authorisations/ripa/{one.reference}",
        (two := grant_outside_ripa(world, world.rae)).reference: f"/authorisations/non-ripa/{two.reference}",
        (three := order(world, world.rae)).reference: f"/orders/{three.reference}",
    }
    may = {"worker", "colleague", "manager", "legal", "officer", "sro", "auditor"}
    for who in sorted(may | {"worker2", "manager2", "admin"}):
        visitor = client_for(getattr(world.council, who))
        for reference, address in addresses.items():
            before = openings(world, reference)
            page = visitor.get(address)
            assert page.status == (200 if who in may else 403), (who, address)
            assert openings(world, reference) - before == (1 if who in may else 0)
            if who in may:
                assert "Rae Zzexample" in rows(page)["Whom it names"]


def test_who_is_on_duty_says_first_why_they_come_to_somebody_named(world: World, client_for: ClientFor) -> None:
    made, duty = order(world, world.rae), client_for(world.council.duty)
    for address in (f"/orders/{made.reference}", f"/people/{world.rae.reference}/orders/report"):
        assert duty.get(address).path == f"/people/{world.rae.reference}/duty"
    assert openings(world, made.reference) == 0
    page = duty.send(duty.get(f"/orders/{made.reference}"), {"reason": "The police asked what the court said."})
    assert page.path == f"/orders/{made.reference}"
    assert openings(world, made.reference) == 1


def test_the_officer_reads_an_order_only_where_somebody_whom_they_know_is_named_in_it(
    world: World, client_for: ClientFor
) -> None:
    """They know whom an authorisation, or an application for one, names: of all others in an order, sealed or not, how many."""
    made, officer = order(world, world.rae, world.kit), client_for(world.council.officer)
    world.restrict(world.kit)
    assert officer.get(f"/orders/{made.reference}").status == 403
    assert openings(world, made.reference) == 0
    elsewhere = grant(world, world.lee)
    assert officer.get(f"/orders/{made.reference}").status == 403, "an authorisation of somebody else"
    granted = grant(world, world.rae, urn="NSC/2026/002")
    page = officer.get(f"/orders/{made.reference}")
    assert rows(page)["Whom it names"] == "Rae Zzexample 1 restricted record"
    assert "Kit Zzexample" not in page.text
    grant(world, world.kit, urn="NSC/2026/003")
    assert rows(officer.get(f"/orders/{made.reference}"))["Whom it names"] == "Kit Zzexample Rae Zzexample"
    for one in (elsewhere, granted):
        assert officer.get(f"/authorisations/ripa/{one.reference}").status == 200


def test_an_application_makes_somebody_known_to_the_officer_until_it_is_withdrawn(
    world: World, client_for: ClientFor
) -> None:
    made, officer = order(world, world.rae), client_for(world.council.officer)
    new = NewNonRipaApplication(
        persons=frozenset({world.rae.reference}), sought="Zz", necessary="Zz", proportionate="Zz", collateral="Zz",
        until_on=date(2026, 12, 31),
    )  # fmt: skip
    legal = world.by(world.council.legal)
    allow_non_ripa(world)
    application = world.write(lambda s: prepare_non_ripa_application(s, new, by=legal, now=START).reference)
    assert officer.get(f"/orders/{made.reference}").status == 200
    world.write(lambda s: withdraw_application(s, application, "Not needed", by=legal, now=START))
    assert officer.get(f"/orders/{made.reference}").status == 403


def openings(world: World, reference: str) -> int:
    """How often the trail says that the record was opened."""

    def _count(session: Session) -> int:
        opened = AuditEntry.event == Event.AUTHORITY_OPENED.value
        return len(session.exec(select(AuditEntry).where(opened, AuditEntry.record == reference)).all())

    return world.read(_count)


def test_a_worker_sees_that_advice_was_taken_and_nothing_of_what_it_was(world: World, worker: Visitor) -> None:
    advise(world, world.rae, conclusion=Conclusion.CHIS, at=START - 3 * DAY)
    granted = grant(world, world.rae)
    page = worker.get(f"/authorisations/ripa/{granted.reference}")
    assert rows(page)["Legal advice"] == "Legal advice was taken on 18 November 2026"
    for privileged in ("Zzprivileged", "CHIS", "directed surveillance?", "One open look"):
        assert privileged not in page.text


def test_somebody_named_whose_record_is_restricted_is_not_named_to_others(world: World, worker: Visitor) -> None:
    made = order(world, world.rae, world.kit)
    world.restrict(world.kit)
    page = worker.get(f"/orders/{made.reference}")
    assert rows(page)["Whom it names"] == "Rae Zzexample 1 restricted record"
    assert "Kit Zzexample" not in page.text


def test_where_an_authorisation_stands_is_said_in_words(world: World, worker: Visitor, clock: Clock) -> None:
    granted = grant(world, world.rae)
    address = f"/authorisations/ripa/{granted.reference}"

    def _stands() -> str:
        return worker.get(address).main.all("p", having="app-status")[0].text

    assert "It has no effect until a justice of the peace approves it." in _stands()
    hear(world, granted, JpDecision.REFUSED)
    assert "A justice of the peace refused it on 21 November 2026 at 10:00am." in _stands()
    hear(world, granted, now=clock.advance(minutes=5))
    assert "Judicial approval is recorded. Its last day is 20 February 2027." in _stands()
    cancel(world, granted, now=clock.advance(minutes=5))
    assert "It was cancelled on 21 November 2026 at 10:10am." in _stands()


def test_where_an_order_stands_is_said_in_words(world: World, worker: Visitor, clock: Clock) -> None:
    reported = report(world, world.rae, until_on=date(2026, 11, 25), platforms=frozenset({Platform.X}))
    unclear = order(world, world.rae, terms_clear=False, purposes=frozenset({Purpose.ASSESSMENT, Purpose.OTHER}))
    later = order(world, world.rae, from_on=date(2026, 12, 24))

    def _stands(one: CourtOrder) -> str:
        return worker.get(f"/orders/{one.reference}").main.all("p", having="app-status")[0].text

    assert "Sealed copy to follow" in _stands(reported)
    assert "It cannot carry a look until its terms are clear. Ask Legal." in _stands(unclear)
    assert "It is in force from 24 December 2026." in _stands(later)
    see(world, reported)
    assert "Legal has seen the sealed copy." in _stands(reported)
    clock.set(START + 5 * DAY)
    worker.sign_in(world.council.worker)
    assert "It ended with 25 November 2026." in _stands(reported)


def test_what_is_not_there_or_of_another_kind_is_not_found(world: World, worker: Visitor) -> None:
    granted, made = grant(world, world.rae), order(world, world.rae)
    for address in (
        "/people/PER-0000-0000/orders/report",
        "/orders/ORD-0000-0000",
        f"/orders/{granted.reference}",
        f"/authorisations/ripa/{made.reference}",
        f"/authorisations/non-ripa/{granted.reference}",
    ):
        assert worker.get(address).status == 404, address


def test_whatever_is_typed_gets_an_answer_below_500(world: World, worker: Visitor) -> None:
    page = worker.get(f"/people/{world.rae.reference}/orders/report")
    for field in (*ORDER, "persons", "until_on-day", "platforms"):
        for bad in ("\0<script>", "\u202e31", "9" * 10_000, ""):
            sent = worker.send(page, {**ORDER, field: bad})
            assert sent.status < 500, (field, bad)
            assert sent.path.endswith("/orders/report") or sent.path.startswith("/orders/"), field


def test_the_persons_page_leads_to_each_authority_for_whom_it_concerns(world: World, client_for: ClientFor) -> None:
    allow_non_ripa(world)
    addresses = {
        f"/authorisations/ripa/{grant(world, world.rae).reference}",
        f"/authorisations/non-ripa/{grant_outside_ripa(world, world.rae).reference}",
        f"/orders/{order(world, world.rae).reference}",
    }
    order(world, world.lee)
    for who, led in (("worker", addresses), ("worker2", set()), ("legal", addresses)):
        page = client_for(getattr(world.council, who)).get(f"/people/{world.rae.reference}")
        links = {one["href"] for one in page.main.all("a")}
        assert {one for one in links if one.startswith(("/orders/", "/authorisations/"))} == led, who
        assert "A court's order or direction was made" in page.text
