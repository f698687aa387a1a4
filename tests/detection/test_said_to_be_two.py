"""Two records that agree in what tells people apart: one person's word that they are two gives no second single viewing."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.detection.finding import DAY, MINUTE
from tests.fixtures.casework import ADULT, BEFORE, CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor
from tests.people.making import events, restrict
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.decisions.selectors import latest_decision, list_person_decisions
from tracker.detection.services import tell_apart
from tracker.detection.suggestions import SuggestedPair, find_suggestions, list_suggested
from tracker.people.groups import with_doubts
from tracker.people.models import Involvement, NotSamePerson, Person
from tracker.people.problems import ProblemError
from tracker.people.requests import ChangedPerson, Details, NewPerson, RecordsToldApart, TeamWork, TypedProfile
from tracker.people.selectors import get_person
from tracker.people.services import add_person, change_person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import MAY_GO_ON, Aim, Outcome, Relation
from tracker.storage.tables import saved_key

WHY = "Another mother and another address."


def again(
    casework: Casework,
    person: Person,
    *,
    details: Details | None = None,
    case: str = "ZZOTHER-1",
    profile: TypedProfile | None = None,
    why: str = WHY,
) -> Person:
    """Somebody of the other team adds who is on record already, and ticks that it is somebody else."""
    work = TeamWork(
        team=casework.council.south.reference,
        relation=Relation.SERVICE_USER,
        opened_on=BEFORE.date(),
        case_system="Zzmosaic",
        case_reference=case,
    )
    new = NewPerson(
        details=details or Details(name=person.name, date_of_birth=person.date_of_birth),
        involvement=work,
        profile=profile,
        somebody_else=(person.reference,),
        compared=True,
        why_somebody_else=why,
    )
    with casework.transaction() as session:
        return add_person(session, new, by=casework.worker2, now=START)


def say(casework: Casework, one: Person, other: Person, *, by: Actor, why: str | None = WHY) -> NotSamePerson:
    told = RecordsToldApart(person=one.reference, other=other.reference, why=why)
    with casework.transaction() as session:
        return tell_apart(session, told, by=by, now=START + DAY)


def waiting_for(casework: Casework, manager: Actor) -> list[SuggestedPair]:
    with casework.database.reading() as session:
        pairs = list_suggested(session, manager.work_teams, by=manager, on=START.date(), most=10)
    return [pair for pair in pairs if pair.said]


def agree_in_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The protection taken out."""
    for judged in ("agrees", "leaves_doubt"):
        monkeypatch.setattr(f"tracker.people.likeness.Likeness.{judged}", property(lambda _: False))


def case_of(casework: Casework, person: Person) -> str:
    with casework.database.reading() as session:
        return next(one.case_reference or "" for one in session.exec(select(Involvement)) if one.person_id == person.id)


def test_a_tick_gives_no_second_single_viewing_of_the_same_person(casework: Casework) -> None:
    kit, noise = casework.person(), casework.person("Noise")
    assert casework.outcome(casework.ask(kit)) is Outcome.PERMITTED
    copy = again(casework, kit)
    check = casework.ask(copy, by=casework.worker2, now=START + DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    assert casework.outcome(casework.ask(noise, by=casework.worker2, now=START + DAY)) is Outcome.PERMITTED


def test_without_the_protection_it_does(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    agree_in_nothing(monkeypatch)
    kit = casework.person()
    casework.ask(kit)
    copy = again(casework, kit)
    assert casework.outcome(casework.ask(copy, by=casework.worker2, now=START + DAY)) is Outcome.PERMITTED
    assert waiting_for(casework, casework.manager) == []


def test_a_look_at_the_second_record_counts_for_the_first(casework: Casework) -> None:
    kit = casework.person()
    copy = again(casework, kit)
    first = casework.ask(copy, by=casework.worker2)
    assert casework.outcome(first) is Outcome.PERMITTED
    assert casework.liveness(first, now=START + MINUTE).live
    second = casework.ask(kit, now=START + MINUTE)
    assert casework.outcome(second) is Outcome.BLOCKED_LEGAL_ADVICE
    assert casework.liveness(first, now=START + 2 * MINUTE).live


@ONE_DATABASE
@pytest.mark.parametrize("what", ["a profile", "a case"])
def test_the_same_profile_or_the_same_case_and_a_name_alike_is_enough(casework: Casework, what: str) -> None:
    kit = casework.person()
    casework.profile(kit)
    casework.ask(kit)
    case = case_of(casework, kit) if what == "a case" else "ZZOTHER-2"
    profile = None if what == "a case" else TypedProfile(address="facebook.com/zz.example")
    other = Details(name="Somebody Zzquite" if what == "a profile" else kit.name)
    copy = again(casework, kit, details=other, case=case, profile=profile)
    check = casework.ask(copy, by=casework.worker2, now=START + DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE


@ONE_DATABASE
def test_namesakes_and_brothers_and_sisters_wait_for_nobody(casework: Casework) -> None:
    kit = casework.person()
    casework.ask(kit)
    case, surname = case_of(casework, kit), (kit.name or "").split()[-1]
    namesake = again(casework, kit, details=Details(name=kit.name, date_of_birth=CHILD), why="")
    sister = again(casework, kit, details=Details(name=f"Rae {surname}", date_of_birth=ADULT), case=case, why="")
    unknown = again(casework, kit, details=Details(name=kit.name), case="ZZOTHER-3", why="")
    for one in (namesake, sister, unknown):
        # a child's first look waits for a manager: not blocked by what is counted of somebody else
        assert casework.outcome(casework.ask(one, by=casework.worker2, now=START + DAY)) in MAY_GO_ON
    assert waiting_for(casework, casework.manager) == []


def test_why_is_asked_and_nothing_is_added_without(casework: Casework) -> None:
    kit = casework.person()
    with pytest.raises(ProblemError) as caught:
        again(casework, kit, why=" ")
    assert caught.value.field == "why_somebody_else"
    with casework.database.reading() as session:
        assert session.exec(select(Person.name).where(Person.name == kit.name)).all() == [kit.name]


def test_it_waits_on_the_page_of_every_manager_concerned_until_one_who_did_not_say_it_agrees(
    casework: Casework,
) -> None:
    kit, noise = casework.person(), casework.person("Noise")
    casework.ask(kit)
    copy = again(casework, kit)
    for manager in (casework.manager, casework.manager2):
        (pair,) = waiting_for(casework, manager)
        assert {pair.one.person.reference, pair.other.person.reference} == {kit.reference, copy.reference}
        assert WHY in (pair.said or "")
    with casework.database.reading() as session:
        seen = find_suggestions(session, saved_key(kit), by=casework.worker, on=START.date())
        (said,) = [one.said or "" for one in seen.people]
        assert "No manager who has no part in it has said so yet" in said
        assert WHY not in said, "why another team says so is for the managers who answer"
    for nobody in (casework.worker2, casework.worker, casework.colleague):
        with pytest.raises(NotAllowedError):
            say(casework, kit, copy, by=nobody)
    assert say(casework, kit, copy, by=casework.manager).agreed_by == casework.manager.staff_id
    assert waiting_for(casework, casework.manager) == []
    asked = casework.ask(copy, by=casework.worker2, now=START + DAY + MINUTE)
    assert casework.outcome(asked) is Outcome.PERMITTED
    with pytest.raises(ProblemError):
        say(casework, kit, copy, by=casework.manager2)
    with casework.database.reading() as session:
        told = ['"in_doubt":true' in entry.text for entry, _ in events(session, Event.RECORDS_TOLD_APART)]
        assert told == [True, False]
    assert casework.outcome(casework.ask(noise)) is Outcome.PERMITTED


def test_a_manager_does_not_agree_with_themself(casework: Casework) -> None:
    kit = casework.person()
    copy = again(casework, kit)
    with casework.transaction() as session:
        row = session.exec(select(NotSamePerson).where(NotSamePerson.other_id == saved_key(copy))).one()
        row.recorded_by = casework.manager.staff_id
        session.add(row)
    with pytest.raises(NotAllowedError):
        say(casework, kit, copy, by=casework.manager)
    assert say(casework, kit, copy, by=casework.manager2).agreed_at is not None


def test_what_was_said_of_other_details_is_in_doubt_once_the_records_agree(casework: Casework) -> None:
    kit = casework.person()
    casework.ask(kit)
    copy = again(casework, kit, details=Details(name=kit.name, date_of_birth=CHILD), why="")
    assert waiting_for(casework, casework.manager) == []
    details = Details(name=kit.name, date_of_birth=kit.date_of_birth)
    changed = ChangedPerson(person=copy.reference, version=1, details=details, how_age_is_known="They said so.")
    with casework.transaction() as session:
        change_person(session, changed, by=casework.worker2, now=START)
    assert len(waiting_for(casework, casework.manager)) == 1
    check = casework.ask(copy, by=casework.worker2, now=START + DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE


def test_a_link_ends_the_doubt(casework: Casework) -> None:
    kit = casework.person()
    copy = again(casework, kit)
    casework.link(kit, copy)
    assert waiting_for(casework, casework.manager) == []


def test_they_are_locked_together(casework: Casework) -> None:
    kit, noise = casework.person(), casework.person("Noise")
    copy = again(casework, kit)
    with casework.database.reading() as session:
        both = frozenset(map(saved_key, (kit, copy)))
        assert all(with_doubts(session, frozenset({one})) == both for one in both)
        assert with_doubts(session, frozenset({saved_key(noise)})) == {saved_key(noise)}


@ONE_DATABASE
def test_of_a_restricted_record_nothing_is_told_but_it_blocks(casework: Casework) -> None:
    kit = casework.person()
    casework.ask(kit)
    copy = again(casework, kit)
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, kit.reference))
    check = casework.ask(copy, by=casework.worker2, now=START + DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    with casework.database.reading() as session:
        (decided,) = list_person_decisions(session, latest_decision(session, check))
    facts = decided.facts
    assert (facts["views"], [hold["pattern"] for hold in facts["holds"]]) == ([], ["may_be_one_person"])
    search = casework.ask(copy, by=casework.worker2, now=START + DAY + timedelta(hours=1), aim=Aim.FIND_PRESENCE)
    assert casework.outcome(search) is Outcome.BLOCKED_LEGAL_ADVICE


@ONE_DATABASE
def test_the_page_of_the_second_record_says_why_a_look_is_counted_there(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    person = casework.person("Kit")
    casework.ask(person)
    second = again(casework, person)
    page = client_for(casework.council.worker2).get(f"/people/{second.reference}")
    assert "1 look counted here" in page.text
    assert (
        "a record that may be the same person counts until a manager who has no part in it has said that they are two"
        in page.text
    )
    say(casework, person, second, by=casework.manager)
    clock.set(START + 2 * DAY)
    page = client_for(casework.council.worker2).get(f"/people/{second.reference}")
    assert "0 looks counted here" in page.text
    assert "a record that may be the same person" not in page.text
