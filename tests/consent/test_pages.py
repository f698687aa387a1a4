"""The pages of consent, notice and objection, as somebody at a browser meets them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.consent.saying import object_to, say, tell
from tests.consent.world import World, keys
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.consent.models import Consent, Notice
from tracker.consent.selectors import list_consents, list_notices, list_objections
from tracker.drafts.models import Draft
from tracker.drafts.services import begin_draft
from tracker.people.models import Person
from tracker.people.requests import NewInvolvement, TeamWork
from tracker.people.services import add_involvement
from tracker.policy.entitlement import Role
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, Platform, Relation
from tracker.staff.requests import NewRole
from tracker.staff.services import grant_role
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

WHEN = {"at-day": "21", "at-month": "11", "at-year": "2026", "at-time": "9:30am"}
CONSENT: Mapping[str, Any] = {
    "status": "given",
    "given_by": "self",
    "competence": "has",
    "competence_words": "Told it back in their own words",
    "wording": "Yes, have a look",
    "right_to_refuse_explained": "yes",
    **WHEN,
    "how_given": "spoken_in_person",
    "how_received": "Calmly",
    "extent_of_platforms": "any",
    "extent_of_purposes": "any",
}
NOTICE: Mapping[str, Any] = {
    "kind": "specific",
    "wording": "We may look at what you post",
    **WHEN,
    "how_given": "letter",
    "how_received": "Read it at the visit",
    "extent_of_platforms": "some",
    "platforms": ["x", "facebook"],
    "extent_of_purposes": "any",
}


def consents(world: World, person: Person) -> tuple[Consent, ...]:
    return world.read(lambda session: list_consents(session, keys(person)))


def notices(world: World, person: Person) -> tuple[Notice, ...]:
    return world.read(lambda session: list_notices(session, keys(person)))


def draft_about(world: World, person: Person, *, form: str = "check") -> Draft:
    by, about, content = world.by(world.council.worker), person.reference, {"team": world.council.north.reference}
    return world.write(lambda s: begin_draft(s, form=form, about=about, content=content, by=by, now=START))


def rows(page: Page) -> dict[str, str]:
    keys_ = [one.text for one in page.main.all("dt")]
    return dict(zip(keys_, (one.text for one in page.main.all("dd", having="govuk-summary-list__value")), strict=True))


@pytest.fixture
def worker(world: World, client_for: ClientFor) -> Visitor:
    """The worker of north, signed in."""
    return client_for(world.council.worker)


def test_a_worker_records_what_was_said_and_reads_it_back(world: World, worker: Visitor) -> None:
    page = worker.send(worker.get(f"/people/{world.rae.reference}/consents/new"), CONSENT)
    (made,) = consents(world, world.rae)
    assert page.path == f"/consents/{made.reference}"
    shown = rows(page)
    assert shown["When it was said"] == "21 November 2026 at 9:30am"
    assert shown["Who said it"] == "Rae Zzexample The person themself"
    assert shown["Platforms"] == "Any platform"
    assert shown["Until the end of"] == "21 May 2027"
    assert shown["Recorded by"] == "Wanda Zzworker, Family Help North"
    assert "Consent given" in page.main.one("p", having="app-status").text


def test_the_form_says_not_to_ask_where_that_would_put_somebody_at_risk(world: World, worker: Visitor) -> None:
    for kind in ("consents", "notices"):
        page = worker.get(f"/people/{world.rae.reference}/{kind}/new")
        assert "Do not ask or tell where that would put a child or an adult at risk." in page.text


@pytest.mark.parametrize(
    ("who", "words", "not_said"),
    [
        ("kit", "Gillick competence", "capacity"),
        ("rae", "capacity", "Gillick"),
        ("ash", "capacity from 16", "themself (G"),
    ],
)
def test_under_16_asks_for_competence_and_from_16_for_capacity(
    world: World, worker: Visitor, who: str, words: str, not_said: str
) -> None:
    page = worker.get(f"/people/{getattr(world, who).reference}/consents/new")
    legends = [one.text for one in page.main.all("legend")]
    (asked,) = [one for one in legends if "for themself" in one]
    assert words in asked
    assert not_said not in asked


def test_a_consent_limited_to_platforms_needs_one_and_keeps_it(world: World, worker: Visitor) -> None:
    address = f"/people/{world.rae.reference}/consents/new"
    page = worker.send(worker.get(address), {**CONSENT, "extent_of_platforms": "some"})
    assert page.errors == ["Select at least one platform"]
    page = worker.send(page, {"platforms": ["tiktok", "x"]})
    assert rows(page)["Platforms"] == "X (formerly Twitter) and TikTok"


def test_a_parents_words_need_the_parents_name(world: World, worker: Visitor) -> None:
    address = f"/people/{world.kit.reference}/consents/new"
    parent = {**CONSENT, "given_by": "parental_responsibility", "competence": "lacks"}
    page = worker.send(worker.get(address), parent)
    assert page.errors == ["Enter the name of whoever said it"]
    page = worker.send(page, {"giver_name": "Pat Zzparent"})
    assert rows(page)["Who said it"].startswith("Pat Zzparent")


def test_what_the_service_refuses_stands_at_its_field_with_what_was_typed(world: World, worker: Visitor) -> None:
    address = f"/people/{world.rae.reference}/consents/new"
    page = worker.send(worker.get(address), {**CONSENT, "at-time": "11:00am", "wording": "Zzkept"})
    assert page.errors == ["The date and time must not be in the future"]
    assert page.title.startswith("Error:")
    link = page.html.one("div", having="govuk-error-summary").one("a")
    assert page.main.one("input", id=link["href"].removeprefix("#"))["value"] == "21"
    assert page.main.one("textarea", name="wording").raw_text.strip() == "Zzkept"
    assert consents(world, world.rae) == ()


def test_every_question_that_must_be_answered_says_so_and_links_to_itself(world: World, worker: Visitor) -> None:
    page = worker.get(f"/people/{world.rae.reference}/consents/new")
    for field in sorted(set(CONSENT) - set(WHEN)):
        sent = worker.send(page, {**CONSENT, field: ""})
        assert len(sent.errors) == 1, field
        target = sent.html.one("div", having="govuk-error-summary").one("a")["href"].removeprefix("#")
        assert [one for one in sent.main.all(id=target) if one["name"] == field]
    assert consents(world, world.rae) == ()


def test_the_errors_stand_in_the_order_of_the_questions(world: World, worker: Visitor) -> None:
    for kind in ("consents", "notices"):
        page = worker.get(f"/people/{world.rae.reference}/{kind}/new")
        sent = worker.send(page, {"language": "", "extent_of_platforms": "some"})
        links = [one["href"].removeprefix("#") for one in sent.html.one("div", having="govuk-error-summary").all("a")]
        inputs = [one.get("id") for one in sent.main.all() if one.get("id") in links]
        assert links == inputs
        assert {"language", "platforms", "how_given", "extent_of_purposes"} <= set(links)


def test_the_second_click_records_nothing_more_and_leads_to_the_same_page(world: World, worker: Visitor) -> None:
    form_page = worker.get(f"/people/{world.rae.reference}/consents/new")
    first, second = (worker.send(form_page, CONSENT) for _ in range(2))
    assert first.path == second.path
    assert len(consents(world, world.rae)) == 1
    notice_page = worker.get(f"/people/{world.rae.reference}/notices/new")
    for _ in range(2):
        shown = worker.send(notice_page, NOTICE)
    objection_page = worker.get(shown.path + "/objection")
    for _ in range(2):
        worker.send(objection_page, {**WHEN, "wording": "Stop"})
    (notice,) = notices(world, world.rae)
    assert len(world.read(lambda s: list_objections(s, [saved_key(notice)]))) == 1


def test_a_notice_and_an_objection_are_recorded_and_shown(world: World, worker: Visitor) -> None:
    page = worker.send(worker.get(f"/people/{world.rae.reference}/notices/new"), NOTICE)
    (made,) = notices(world, world.rae)
    assert page.path == f"/notices/{made.reference}"
    assert rows(page)["Platforms"] == "Facebook and X (formerly Twitter)"
    assert "They have not objected." in page.text
    page = worker.send(worker.get(f"/notices/{made.reference}/objection"), {**WHEN, "wording": "Please stop"})
    assert page.path == f"/notices/{made.reference}"
    assert "Please stop" in page.text
    assert "They objected on 21 November 2026 at 9:30am." in page.text


def test_from_inside_a_check_one_comes_back_to_the_check(world: World, worker: Visitor) -> None:
    draft = draft_about(world, world.rae)
    for kind, typed in (("consents", CONSENT), ("notices", NOTICE)):
        page = worker.get(f"/people/{world.rae.reference}/{kind}/new?draft={draft.reference}")
        sent = worker.send(page, typed, follow=False)
        assert sent.location == f"/checks/drafts/{draft.reference}/agreement"
    assert (len(consents(world, world.rae)), len(notices(world, world.rae))) == (1, 1)


def test_a_draft_of_somebody_else_or_about_somebody_else_leads_nowhere(world: World, worker: Visitor) -> None:
    other_person = draft_about(world, world.kit)
    other_form = draft_about(world, world.rae, form="something")
    for draft in (other_person.reference, other_form.reference, "https://elsewhere.example", "DRF-0000-0000"):
        page = worker.get(f"/people/{world.rae.reference}/consents/new?draft={draft}")
        sent = worker.send(page, CONSENT, follow=False)
        assert sent.location.startswith("/consents/CNS-")


def test_another_team_sees_that_and_when_but_not_what(world: World, client_for: ClientFor) -> None:
    said = say(world, world.rae, wording="Zzsecret words", at=START - timedelta(days=2))
    told = tell(world, world.rae, wording="Zzsecret words", at=START - timedelta(days=2))
    object_to(world, told, at=START - timedelta(days=1))
    for member, reads in (("worker2", False), ("colleague", True), ("legal", True), ("auditor", True)):
        visitor = client_for(getattr(world.council, member))
        for address in (f"/consents/{said.reference}", f"/notices/{told.reference}"):
            page = visitor.get(address)
            assert page.status == 200
            assert "19 November 2026 at 10:00am" in page.text
            assert ("Zzsecret words" in page.text) is reads, (member, address)
            assert ("Consent given" in page.text or "Objected" in page.text) is reads


def test_opening_a_consent_is_an_event_and_a_refused_opening_is_another(world: World, client_for: ClientFor) -> None:
    said = say(world, world.rae)
    client_for(world.council.worker2).get(f"/consents/{said.reference}")
    assert client_for(world.council.admin).get(f"/consents/{said.reference}").status == 403

    def _events(session: Session) -> list[str]:
        about = AuditEntry.record.in_([said.reference, world.rae.reference])  # type: ignore[union-attr]
        return list(session.exec(select(AuditEntry.event).where(about).order_by(AuditEntry.seq)))  # type: ignore[arg-type]

    opened, refused = Event.PERSON_OPENED.value, Event.ACCESS_REFUSED.value
    assert world.read(_events)[-3:] == [Event.CONSENT_RECORDED.value, opened, refused]


def test_who_is_on_duty_says_why_before_they_record_what_a_person_said(world: World, client_for: ClientFor) -> None:
    shown = client_for(world.council.duty).get(f"/people/{world.rae.reference}/consents/new")
    assert shown.path == f"/people/{world.rae.reference}/duty"
    assert consents(world, world.rae) == ()


@pytest.mark.parametrize("who", ["worker2", "legal", "officer", "auditor", "admin"])
def test_who_may_not_record_meets_a_refusal_and_changes_nothing(world: World, client_for: ClientFor, who: str) -> None:
    told = tell(world, world.rae)
    visitor, worker = client_for(getattr(world.council, who)), client_for(world.council.worker)
    for address, typed in (
        (f"/people/{world.rae.reference}/consents/new", CONSENT),
        (f"/people/{world.rae.reference}/notices/new", NOTICE),
        (f"/notices/{told.reference}/objection", {**WHEN, "wording": "Stop"}),
    ):
        assert visitor.get(address).status == 403
        values = {**worker.get(address).form().values, **typed, "csrf_token": visitor.get("/").csrf_token}
        assert visitor.post(address, values).status == 403
    assert (consents(world, world.rae), len(notices(world, world.rae))) == ((), 1)


def test_a_record_that_is_not_there_is_not_found(worker: Visitor, world: World) -> None:
    said = say(world, world.rae)
    for address in (
        "/people/PER-0000-0000/consents/new",
        "/people/PER-0000-0000/notices/new",
        "/consents/CNS-0000-0000",
        "/notices/NTC-0000-0000",
        "/notices/NTC-0000-0000/objection",
        f"/notices/{said.reference}",
        f"/people/{said.reference}/consents/new",
    ):
        assert worker.get(address).status == 404, address


def test_with_two_involved_teams_one_says_which_records_it(world: World, client_for: ClientFor) -> None:
    council, by = world.council, world.by(world.council.worker2)
    role = NewRole(saved_key(council.worker), Role.SOCIAL_WORKER, saved_key(council.south))
    world.write(lambda session: grant_role(session, role, by=world.by(council.admin), now=START))
    work = TeamWork(
        team=council.south.reference,
        relation=Relation.SERVICE_USER,
        opened_on=date(2026, 11, 1),
        case_system="Mosaic",
        case_reference="ZZ-both",
    )
    new = NewInvolvement(person=world.rae.reference, work=work)
    world.write(lambda session: add_involvement(session, new, by=by, now=START))
    worker = client_for(council.worker)
    page = worker.send(worker.get(f"/people/{world.rae.reference}/consents/new"), CONSENT)
    assert page.errors == ["Select which of your teams records this"]
    worker.send(page, {"team": council.south.reference})
    (made,) = consents(world, world.rae)
    assert made.team_id == council.south.id


def test_a_disagreement_is_said_plainly(world: World, worker: Visitor) -> None:
    parent = {"given_by": GivenBy.PARENTAL_RESPONSIBILITY, "competence": Competence.LACKS}
    said = say(world, world.kit, giver_name="Pat", **parent)  # type: ignore[arg-type]
    say(world, world.kit, giver_name="Alex", status=ConsentStatus.REFUSED, **parent)  # type: ignore[arg-type]
    page = worker.get(f"/consents/{said.reference}")
    assert "Those who may consent disagree. That counts as a refusal until Legal settles it." in page.text
    refusal = next(one for one in consents(world, world.kit) if one.disagreement)
    assert "It counts as a refusal until Legal settles it." in worker.get(f"/consents/{refusal.reference}").text


HOSTILE = ["\0<script>", "\u202e31", "9" * 10_000]


@pytest.mark.parametrize("bad", HOSTILE)
@pytest.mark.parametrize("kind", ["consents", "notices"])
def test_whatever_is_typed_gets_an_answer_below_500(world: World, worker: Visitor, kind: str, bad: str) -> None:
    address = f"/people/{world.rae.reference}/{kind}/new"
    page = worker.get(address)
    good = CONSENT if kind == "consents" else NOTICE
    for field in good:
        for typed in ({field: bad}, {field: [str(good[field]), bad]}, {"zzunknown": bad, field: ""}):
            sent = worker.send(page, {**good, **typed})
            assert sent.status < 500, (field, typed)


@pytest.mark.parametrize(
    ("competence", "no", "tag", "sentence"),
    [
        (Competence.HAS, None, "Consent given", "It holds until the end of 21 May 2027."),
        (Competence.HAS, {}, "Withdrawn since", "On 21 November 2026 at 9:50am."),
        (Competence.HAS, {"platforms": (Platform.X,)}, "Withdrawn since", "for a part of it"),
        (
            Competence.HAS,
            {"given_by": GivenBy.ATTORNEY_OR_DEPUTY, "giver_name": "An Attorney", "competence": Competence.LACKS},
            "Consent given",
            "It holds until the end of",
        ),
        (
            Competence.NOT_ASSESSED,
            None,
            "Consent given",
            "It cannot carry a look: competence or capacity was not assessed.",
        ),
    ],
)
def test_a_yes_says_that_it_was_taken_back_or_cannot_carry_a_look(
    world: World, worker: Visitor, competence: Competence, no: dict[str, Any] | None, tag: str, sentence: str
) -> None:
    person = world.rae
    at = START - timedelta(minutes=20)
    yes = say(world, person, at=at, competence=competence)
    if no is not None:
        say(world, person, status=ConsentStatus.WITHDRAWN, at=at + timedelta(minutes=10), **no)
    page = worker.get(f"/consents/{yes.reference}")
    assert tag in page.text
    assert sentence in page.text
