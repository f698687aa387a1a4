"""Linking two records, and saying who belongs together: what is found at once, what is foreseen, and that every count comes back."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests.detection.finding import DAY, MINUTE, belong, findings, holds, looks_of
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tracker.corrections.models import Correction
from tracker.corrections.requests import NewAnswer
from tracker.corrections.services import confirm_correction, unlink_records
from tracker.decisions.models import CheckDecision
from tracker.detection.services import add_family_link, foresee_link
from tracker.people.groups import group_of
from tracker.people.models import Person, SamePersonLink
from tracker.people.requests import LinkedRecords, NewFamilyLink, UnlinkedRecords
from tracker.people.selectors import list_same_person_links
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.patterns import Effect, Pattern
from tracker.policy.vocabulary import Outcome
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import views_as_facts

pytestmark = ONE_DATABASE

LINKED = START + 30 * DAY


def linked(one: Person, other: Person) -> LinkedRecords:
    return LinkedRecords(person=one.reference, other=other.reference, why="The same day of birth.")


def foreseen(casework: Casework, one: Person, other: Person) -> frozenset[Effect]:
    with casework.transaction() as session:
        return foresee_link(session, linked(one, other), by=casework.worker, now=LINKED)


def counts(casework: Casework, *people: Person) -> list[tuple[object, ...]]:
    """What the rules see of the looks at each."""
    with casework.database.reading() as session:
        groups = [group_of(session, saved_key(one)) for one in people]
        return [views_as_facts(session, group.members, recorded_by=LINKED + DAY) for group in groups]


def unlink(casework: Casework, one: Person) -> None:
    """A manager asks for it and, where looks count for both, Legal confirms."""
    with casework.transaction() as session:
        (link, *_) = list_same_person_links(session, [saved_key(one)])
        undone = UnlinkedRecords(person=one.reference, link=link.reference, why="Two cousins.")
        made = unlink_records(session, undone, by=casework.manager, now=LINKED + MINUTE)
        correction = made.reference if isinstance(made, Correction) else None
    if correction:
        answer = NewAnswer(correction=correction, version=1, words="Compared with the case file.")
        with casework.transaction() as session:
            confirm_correction(session, answer, by=casework.legal, now=LINKED + 2 * MINUTE)


def test_two_single_looks_at_two_records_of_one_person_are_a_repeat_once_they_are_linked(casework: Casework) -> None:
    one, other, noise = casework.person("One"), casework.person("Other"), casework.person("Noise")
    first, second = casework.ask(one), casework.ask(other, by=casework.worker2)
    casework.ask(noise)
    assert foreseen(casework, one, other) == {Effect.HOLD}
    assert findings(casework) == []
    casework.link(one, other, now=LINKED)
    (found,) = findings(casework)
    assert (found.pattern, looks_of(casework, found)) == (
        Pattern.REPEAT_VIEWING,
        {casework.look(first).reference, casework.look(second).reference},
    )
    assert {hold.person_id for hold in holds(casework)} <= {one.id, other.id}
    assert holds(casework)
    for person in (one, other):
        blocked = casework.ask(person, by=casework.colleague, now=LINKED + MINUTE)
        assert casework.outcome(blocked) is Outcome.BLOCKED_LEGAL_ADVICE


def test_looking_ahead_leaves_nothing_and_says_nothing_where_nothing_would_follow(casework: Casework) -> None:
    one, other = casework.person("One"), casework.person("Other")
    casework.ask(one)
    assert foreseen(casework, one, other) == frozenset()
    with casework.database.reading() as session:
        assert session.exec(select(SamePersonLink)).all() == []
    casework.link(one, other, now=LINKED)
    assert findings(casework) == []


def test_a_link_decides_nothing_again_that_was_decided(casework: Casework) -> None:
    one, other = casework.person("One"), casework.person("Other")
    check = casework.ask(one)
    casework.ask(other, by=casework.worker2)
    with casework.database.reading() as session:
        before = [row.model_dump() for row in session.exec(select(CheckDecision).order_by(CheckDecision.id))]  # type: ignore[arg-type]
    casework.link(one, other, now=START + MINUTE)
    with casework.database.reading() as session:
        after = [row.model_dump() for row in session.exec(select(CheckDecision).order_by(CheckDecision.id))]  # type: ignore[arg-type]
    assert after == before
    assert casework.outcome(check) is Outcome.PERMITTED
    assert not casework.liveness(check, now=START + 2 * MINUTE).live


def test_who_belongs_together_is_found_over_both_networks_once_it_is_said(casework: Casework) -> None:
    child, mother, aunt = (casework.person(name) for name in ("Child", "Mother", "Aunt"))
    belong(casework, mother, child)
    for person, by in ((child, casework.worker), (mother, casework.worker2), (aunt, casework.colleague)):
        casework.ask(person, by=by)
    assert findings(casework) == []
    new = NewFamilyLink(person=mother.reference, other=aunt.reference, kind=FamilyLinkKind.SIBLING)
    with casework.transaction() as session:
        add_family_link(session, new, by=casework.worker, now=START + DAY)
    assert [one.pattern for one in findings(casework)] == [Pattern.FAMILY_CLUSTER]
    assert {child.id, mother.id, aunt.id} == {hold.person_id for hold in holds(casework)}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    looks=st.lists(st.tuples(st.booleans(), st.integers(1, 20), st.sampled_from(["ask", "late", "danger"])), max_size=4)
)
def test_after_link_and_unlink_every_count_is_what_it_was(
    casework: Casework, looks: list[tuple[bool, int, str]]
) -> None:
    one, other = casework.person("One"), casework.person("Other")
    for of_one, days, kind in sorted(looks, key=lambda look: look[1]):
        person, at = (one if of_one else other), START + timedelta(days=days)
        match kind:
            case "late":
                casework.late(person, at - DAY, now=at)
            case "danger":
                casework.danger(person, now=at)
            case _:
                casework.ask(person, now=at)
    before = counts(casework, one, other)
    casework.link(one, other, now=LINKED)
    together = counts(casework, one, other)
    assert together[0] == together[1]
    assert sorted(map(str, together[0])) == sorted(map(str, before[0] + before[1]))
    unlink(casework, one)
    assert counts(casework, one, other) == before


def test_a_hold_that_a_link_made_stands_after_the_link_is_undone_until_legal_releases_it(casework: Casework) -> None:
    one, other = casework.person("One"), casework.person("Other")
    casework.ask(one)
    casework.ask(other, by=casework.worker2)
    casework.link(one, other, now=LINKED)
    before = [hold.reference for hold in holds(casework)]
    unlink(casework, one)
    assert [hold.reference for hold in holds(casework)] == before


def test_the_page_says_before_saving_what_would_follow(casework: Casework, client_for: ClientFor) -> None:
    one, other = casework.person("One"), casework.person("Other")
    casework.ask(one, now=START - DAY)
    casework.ask(other, by=casework.worker2, now=START - DAY)
    page = client_for(casework.council.worker).get(f"/people/{one.reference}/links/with/{other.reference}")
    assert "1 look counts on the first record and 1 on the second. Together they would be 2 looks" in page.text
    assert "A hold would be placed at once, and the case goes to Legal" in page.text
    assert findings(casework) == []
    assert holds(casework) == []


def test_where_nothing_would_follow_the_page_foretells_nothing(casework: Casework, client_for: ClientFor) -> None:
    one, other = casework.person("One"), casework.person("Other")
    casework.ask(other, now=START - DAY)
    page = client_for(casework.council.worker).get(f"/people/{one.reference}/links/with/{other.reference}")
    assert "Together they would be 1 look at one person" in page.text
    assert "A hold would be placed" not in page.text
