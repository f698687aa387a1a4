"""Two records that agree in what tells people apart, whichever way they came to, count for one another until a manager who has no part
in them says that they are two."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from tests.detection.finding import DAY, MINUTE
from tests.detection.test_said_to_be_two import WHY, again, agree_in_nothing, case_of, say, waiting_for
from tests.fixtures.casework import ADULT, BEFORE, CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.counting import counting
from tests.fixtures.visitor import ClientFor
from tests.imports import files
from tests.people.making import events, restrict
from tests.review.sealing import sealed
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.checks.danger import find_earlier_danger
from tracker.corrections.services import unlink_records
from tracker.decisions.gather import gather_facts
from tracker.decisions.together import with_what_is_stricter
from tracker.detection.services import tell_apart
from tracker.detection.suggestions import compare_with_all
from tracker.overview.standing import ordinary_look
from tracker.people.doubts import Doubt, find_doubt, list_in_doubt, pair_of
from tracker.people.groups import group_of
from tracker.people.models import (
    AgreeingRecords,
    Involvement,
    NotSamePerson,
    Person,
    PersonName,
    Profile,
    SealedCounterpart,
)
from tracker.people.requests import (
    AnsweredCounterpart,
    ChangedPerson,
    Details,
    NewInvolvement,
    NewPerson,
    NewProfile,
    RecordsToldApart,
    TeamWork,
    TypedProfile,
    UnlinkedRecords,
    UnsealedPerson,
)
from tracker.people.selectors import get_person, list_same_person_links
from tracker.people.services import add_involvement, add_person, add_profile, change_person
from tracker.policy.decide import decide
from tracker.policy.entitlement import Actor
from tracker.policy.facts import CheckFacts
from tracker.policy.limits import SHIPPED
from tracker.policy.vocabulary import Conclusion, ConsentStatus, Outcome, Relation, Visibility, strictest
from tracker.review.services import end_counterpart, unseal_person
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

OTHER_BIRTH = date(1970, 1, 2)
PAGE = TypedProfile(address="facebook.com/zz.example")
Way = Callable[[Casework, Person], Person]


def work_under(casework: Casework, case: str) -> TeamWork:
    return TeamWork(
        team=casework.council.south.reference,
        relation=Relation.SERVICE_USER,
        opened_on=BEFORE.date(),
        case_system="Zzcase",
        case_reference=case,
    )


def added(casework: Casework, details: Details, *, by: Actor | None = None, case: str = "ZZNEW-1") -> Person:
    """Somebody of the other team adds a record; nobody asks them about others, as in danger."""
    new = NewPerson(details=details, involvement=work_under(casework, case))
    with casework.transaction() as session:
        return add_person(session, new, by=by or casework.worker2, now=START)


def change(casework: Casework, person: Person, details: Details, *, now: datetime = START) -> None:
    with casework.transaction() as session:
        version = get_person(session, person.reference).version
        changed = ChangedPerson(
            person=person.reference, version=version, details=details, how_age_is_known="They said so."
        )
        change_person(session, changed, by=casework.worker2, now=now)


def unseal(casework: Casework, person: Person, *, now: datetime) -> None:
    with casework.transaction() as session:
        version = get_person(session, person.reference).version
        unsealed = UnsealedPerson(person=person.reference, version=version, why="No need any more")
        unseal_person(session, unsealed, by=casework.legal, now=now)


def find_doubt_at(session: Session, one: Person, other: Person, at: datetime) -> Doubt | None:
    pair = pair_of(saved_key(one), saved_key(other))
    return next((doubt for doubt in list_in_doubt(session, pair, at=at) if doubt.pair == pair), None)


def facts_for(casework: Casework, person: Person, *, at: datetime = START) -> CheckFacts:
    """What an ordinary look would be decided on."""
    with casework.database.reading() as session:
        group = group_of(session, saved_key(person))
        return gather_facts(session, ordinary_look(group, by=casework.worker, now=at), group, at=at)


def as_they_are(person: Person) -> Details:
    return Details(name=person.name, date_of_birth=person.date_of_birth)


def by_adding(casework: Casework, kit: Person) -> Person:
    return added(casework, as_they_are(kit))


def by_renaming(casework: Casework, kit: Person) -> Person:
    copy = added(casework, Details(name="Somebody Zzelse"))
    change(casework, copy, as_they_are(kit))
    return copy


def by_renaming_there_and_back(casework: Casework, kit: Person) -> Person:
    copy = by_renaming(casework, kit)
    change(casework, copy, Details(name="Somebody Zzelse"))
    return copy


def by_a_case(casework: Casework, kit: Person) -> Person:
    copy = added(casework, Details(name=kit.name))
    with casework.transaction() as session:
        new = NewInvolvement(person=copy.reference, work=work_under(casework, case_of(casework, kit)))
        add_involvement(session, new, by=casework.worker2, now=START)
    return copy


def by_a_profile_and_the_name(casework: Casework, kit: Person) -> Person:
    casework.profile(kit)
    copy = added(casework, Details(name=kit.name))
    with casework.transaction() as session:
        add_profile(session, NewProfile(person=copy.reference, profile=PAGE), by=casework.worker2, now=START)
    return copy


def by_a_profile_after_saying_that_it_is_somebody_else(casework: Casework, kit: Person) -> Person:
    casework.profile(kit)
    copy = again(casework, kit, details=Details(name="Somebody Zzquite", date_of_birth=ADULT), why="")
    with casework.transaction() as session:
        add_profile(session, NewProfile(person=copy.reference, profile=PAGE), by=casework.worker2, now=START)
    return copy


def by_an_import(casework: Casework, kit: Person) -> Person:
    council = casework.council
    row = files.people(f"ZZ999,{kit.name},{kit.date_of_birth}", header=f"{files.HEADER},somebody_else")
    files.carried_out(council, files.kept(council, row.replace("service_user", "service_user,yes")))
    with casework.database.reading() as session:
        return session.exec(select(Person).where(Person.name == kit.name, Person.id != kit.id)).one()


def before_anybody_noticed(casework: Casework, kit: Person) -> Person:
    """As records agree that were there before this was kept: the scheduler finds them."""
    with pytest.MonkeyPatch.context() as patch:
        agree_in_nothing(patch)
        copy = by_adding(casework, kit)
    with casework.transaction() as session:
        compare_with_all(session, saved_key(copy), START)
    return copy


WAYS: tuple[Way, ...] = (
    by_adding,
    by_renaming,
    by_renaming_there_and_back,
    by_a_case,
    by_a_profile_and_the_name,
    by_a_profile_after_saying_that_it_is_somebody_else,
    by_an_import,
    before_anybody_noticed,
)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_a_second_record_gives_a_second_single_viewing(casework: Casework, way: Way) -> None:
    kit = casework.person()
    assert casework.outcome(casework.ask(kit)) is Outcome.PERMITTED
    copy = way(casework, kit)
    by = casework.colleague if way is by_an_import else casework.worker2
    check = casework.ask(copy, by=by, now=START + DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    with casework.database.reading() as session:
        (entry, _), *more = events(session, Event.RECORDS_AGREE)
        assert not more
        assert all(one.reference in entry.text for one in (kit, copy)), "it stands in the trail of both"
    assert len(waiting_for(casework, casework.manager)) == 1


def test_without_the_protection_every_way_does(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    agree_in_nothing(monkeypatch)
    kit = casework.person()
    casework.ask(kit)
    copy = by_renaming(casework, kit)
    assert casework.outcome(casework.ask(copy, by=casework.worker2, now=START + DAY)) is Outcome.PERMITTED


def put_a_hold(casework: Casework, person: Person) -> None:
    casework.hold(person)


def say_no(casework: Casework, person: Person) -> None:
    casework.consent(person, status=ConsentStatus.REFUSED)


def advise_against(casework: Casework, person: Person) -> None:
    casework.advice(person, Conclusion.COURT_ORDER_NEEDED)


@pytest.mark.parametrize("restricted", [False, True], ids=["open", "restricted"])
@pytest.mark.parametrize("what", [put_a_hold, say_no, advise_against])
def test_whatever_bars_a_look_at_the_one_bars_it_at_the_other(
    casework: Casework, what: Callable[[Casework, Person], None], restricted: bool
) -> None:
    kit, noise = casework.person(), casework.person("Noise")
    what(casework, kit)
    if restricted:
        with casework.transaction() as session:
            restrict(session, casework.council, get_person(session, kit.reference))
    copy = by_adding(casework, kit)
    outcomes = [casework.outcome(casework.ask(one, by=casework.worker2, now=START + DAY)) for one in (copy, noise)]
    assert outcomes[0] is not Outcome.PERMITTED
    assert outcomes[1] is Outcome.PERMITTED


def test_what_permits_a_look_at_the_one_permits_none_at_the_other(casework: Casework) -> None:
    kit = casework.person()
    casework.ask(kit)
    casework.consent(kit)
    copy = by_adding(casework, kit)
    asked = [casework.ask(one, by=casework.worker2, now=START + DAY) for one in (kit, copy)]
    assert [casework.outcome(one) for one in asked] == [Outcome.PERMITTED, Outcome.BLOCKED_LEGAL_ADVICE]


def test_where_there_is_no_case_yet_that_makes_nobody_alike(casework: Casework) -> None:
    """Every record that is made in danger has the same words there."""
    kyle, other = (added(casework, Details(name="Kyle"), case="To follow") for _ in range(2))
    control = [added(casework, Details(name="Kyle"), case="ZZ-COMMON").id for _ in range(2)]
    with casework.database.reading() as session:
        pairs = [(row.person_id, row.other_id) for row in session.exec(select(AgreeingRecords))]
    assert pairs == [tuple(control)]
    assert casework.outcome(casework.danger(kyle, by=casework.worker2)) is Outcome.PERMITTED
    then = START + timedelta(hours=2)
    assert casework.outcome(casework.danger(other, by=casework.worker2, now=then)) is Outcome.PERMITTED


def test_families_share_a_page_and_cousins_a_name(casework: Casework) -> None:
    kit = casework.person()
    casework.profile(kit)
    casework.ask(kit)
    cousin = added(casework, Details(name="Rae Zzcousin", date_of_birth=ADULT))
    with casework.transaction() as session:
        add_profile(session, NewProfile(person=cousin.reference, profile=PAGE), by=casework.worker2, now=START)
    namesake = added(casework, Details(name=kit.name, date_of_birth=CHILD), case="ZZNEW-2")
    with casework.database.reading() as session:
        assert not session.exec(select(AgreeingRecords)).all()
    assert casework.outcome(casework.ask(cousin, by=casework.worker2, now=START + DAY)) is Outcome.PERMITTED
    assert waiting_for(casework, casework.manager) == []
    assert namesake.id is not None


def test_a_permit_dies_when_records_come_to_agree_and_not_before(casework: Casework) -> None:
    kit, copy = casework.person(), added(casework, Details(name="Somebody Zzelse", date_of_birth=ADULT))
    casework.ask(kit, now=START + MINUTE)
    permit = casework.ask(copy, by=casework.worker2, now=START + 10 * MINUTE)
    assert casework.outcome(permit) is Outcome.PERMITTED
    then = START + timedelta(hours=1)
    change(casework, copy, as_they_are(kit), now=then)
    dead = casework.liveness(permit, now=then + 5 * MINUTE)
    assert (dead.live, dead.since) == (False, then)
    casework.report(
        permit,
        by=casework.worker2,
        opened_at=START + 20 * MINUTE,
        now=then + 6 * MINUTE,
        visibility_found=Visibility.OPEN,
    )


def test_a_manager_who_has_a_part_in_it_does_not_settle_it(casework: Casework) -> None:
    kit = casework.person()
    casework.ask(kit)
    copy = by_adding(casework, kit)
    asked = casework.ask(copy, by=casework.manager2, team=casework.council.south.reference, now=START + DAY)
    assert casework.outcome(asked) is Outcome.BLOCKED_LEGAL_ADVICE
    assert say(casework, kit, copy, by=casework.manager2).agreed_at is None, "they would gain by it"
    with pytest.raises(NotAllowedError):
        say(casework, kit, copy, by=casework.manager2)
    assert say(casework, kit, copy, by=casework.manager).agreed_by == casework.manager.staff_id


def test_nor_does_one_who_asks_afterwards(casework: Casework) -> None:
    kit = casework.person()
    casework.ask(kit)
    copy = by_adding(casework, kit)
    assert say(casework, kit, copy, by=casework.manager2).agreed_by == casework.manager2.staff_id
    south, then = casework.council.south.reference, START + DAY + MINUTE
    theirs = casework.ask(copy, by=casework.manager2, team=south, now=then)
    others = casework.ask(copy, by=casework.worker2, now=then + MINUTE)
    assert [casework.outcome(one) for one in (theirs, others)] == [Outcome.BLOCKED_LEGAL_ADVICE, Outcome.PERMITTED]


def test_nor_a_word_from_before_they_agreed(casework: Casework) -> None:
    kit, copy = casework.person(), added(casework, Details(name="Somebody Zzelse", date_of_birth=OTHER_BIRTH))
    casework.ask(kit)
    assert say(casework, kit, copy, by=casework.manager, why=None).agreed_at is None
    change(casework, copy, as_they_are(kit), now=START + DAY + MINUTE)
    asked = casework.ask(copy, by=casework.worker2, now=START + 2 * DAY)
    assert casework.outcome(asked) is Outcome.BLOCKED_LEGAL_ADVICE


def test_nor_a_link_that_somebody_made_and_a_manager_undid(casework: Casework) -> None:
    kit = casework.person()
    copy = added(casework, as_they_are(kit), by=casework.manager2)
    casework.link(kit, copy)
    with casework.transaction() as session:
        (link,) = list_same_person_links(session, [saved_key(kit)])
        undone = UnlinkedRecords(person=kit.reference, link=link.reference, why="They are two")
        unlink_records(session, undone, by=casework.manager2, now=START + MINUTE)
    asked = [casework.ask(one, by=casework.worker2, now=START + DAY) for one in (kit, copy)]
    assert [casework.outcome(one) for one in asked] == [Outcome.PERMITTED, Outcome.BLOCKED_LEGAL_ADVICE]


def test_one_word_answers_for_all_records_of_either(casework: Casework) -> None:
    kit = casework.person()
    second = added(casework, as_they_are(kit), case="ZZNEW-2")
    casework.link(kit, second)
    copy = by_adding(casework, kit)
    casework.ask(kit)
    assert say(casework, kit, copy, by=casework.manager).agreed_by == casework.manager.staff_id
    asked = casework.ask(copy, by=casework.worker2, now=START + 2 * DAY)
    assert casework.outcome(asked) is Outcome.PERMITTED
    assert waiting_for(casework, casework.manager) == []


def test_where_no_team_works_with_either_any_more_one_that_did_settles_it(casework: Casework) -> None:
    kit = casework.person()
    copy = by_adding(casework, kit)
    with casework.transaction() as session:
        for row in session.exec(select(Involvement)).all():
            row.closed_on = START.date()
            session.add(row)
    assert say(casework, kit, copy, by=casework.manager).agreed_by == casework.manager.staff_id


def test_a_pair_stays_on_the_page_though_what_they_agreed_in_was_struck(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit = casework.person()
    copy = by_a_profile_and_the_name(casework, kit)
    with casework.transaction() as session:
        change_it = get_person(session, copy.reference)
        for row in session.exec(select(Profile).where(Profile.person_id == saved_key(change_it))):
            row.struck_at = START
            session.add(row)
        for name in session.exec(select(PersonName).where(PersonName.person_id == saved_key(change_it))):
            name.name = name.searchable = "Somebody Zzelse"
            session.add(name)
    clock.set(START + DAY)
    page = client_for(casework.council.worker2).get(f"/people/{copy.reference}")
    assert "what they agreed in is no longer on record" in page.text
    assert kit.reference in page.text


def test_danger_is_asked_about_where_a_restricted_record_agrees(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit = casework.person("Kit")
    casework.ask(kit)
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, kit.reference))
    copy = by_adding(casework, kit)
    clock.set(START + DAY)
    page = client_for(casework.council.worker2).get(f"/people/{copy.reference}/danger")
    assert page.status == 200
    assert kit.reference not in page.text
    assert casework.outcome(casework.danger(copy, by=casework.worker2, now=START + DAY)) is Outcome.PERMITTED


def test_danger_at_the_other_is_asked_about_also_of_whoever_settled_it(casework: Casework) -> None:
    kit = casework.person("Kit")
    copy = by_adding(casework, kit)
    say(casework, kit, copy, by=casework.manager2)
    then = START + DAY + MINUTE
    casework.danger(kit, now=then)
    later = then + timedelta(hours=2)
    with casework.database.reading() as session:
        person, askers = get_person(session, copy.reference), (casework.manager2, casework.worker2)
        asked = [find_earlier_danger(session, person, by=one, now=later) is not None for one in askers]
    assert asked == [True, False]


def test_from_a_sealed_record_nothing_of_the_other_is_told(casework: Casework) -> None:
    kit = casework.person("Kit")
    copy = by_adding(casework, kit)
    casework.ask(copy, by=casework.worker2)
    assert len(facts_for(casework, kit, at=START + MINUTE).views) == 1
    sealed(casework, kit, now=START + MINUTE)
    assert facts_for(casework, kit, at=START + DAY).views == ()


def test_a_word_on_a_shared_page_is_not_enough_once_they_agree_in_full(casework: Casework) -> None:
    kit = casework.person()
    casework.profile(kit)
    casework.ask(kit)
    cousin = added(casework, Details(name="Rae Zzcousin", date_of_birth=OTHER_BIRTH))
    with casework.transaction() as session:
        add_profile(session, NewProfile(person=cousin.reference, profile=PAGE), by=casework.worker2, now=START)
    assert say(casework, kit, cousin, by=casework.manager).agreed_by == casework.manager.staff_id
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(cousin)) is None
    change(casework, cousin, as_they_are(kit), now=START + DAY + 2 * MINUTE)
    asked = casework.ask(cousin, by=casework.worker2, now=START + 2 * DAY)
    assert casework.outcome(asked) is Outcome.BLOCKED_LEGAL_ADVICE
    assert len(waiting_for(casework, casework.manager)) == 1


def test_an_answer_that_stands_is_not_given_anew_for_another_record(casework: Casework) -> None:
    kit = casework.person()
    copy = by_adding(casework, kit)
    first = say(casework, kit, copy, by=casework.manager)
    second = added(casework, as_they_are(kit), case="ZZNEW-2")
    casework.link(kit, second, now=START + DAY + MINUTE)
    told = RecordsToldApart(person=second.reference, other=copy.reference, why=WHY)
    with casework.transaction() as session:
        tell_apart(session, told, by=casework.head, now=START + 3 * DAY)
    with casework.database.reading() as session:
        rows = {(row.person_id, row.other_id): row.agreed_by for row in session.exec(select(NotSamePerson))}
    assert rows[first.person_id, first.other_id] == casework.manager.staff_id
    assert rows[pair_of(saved_key(second), saved_key(copy))] == casework.head.staff_id


def test_a_copy_without_a_birth_undoes_no_parents_consent(casework: Casework) -> None:
    child, noise = casework.person(born=CHILD), added(casework, Details(name="Noise"))
    mine, other = facts_for(casework, child), facts_for(casework, noise)
    assert with_what_is_stricter(mine, other).request.under_18 is True
    assert with_what_is_stricter(other, mine).request.under_18 is None


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("conclusion", [Conclusion.CHIS, Conclusion.COURT_ORDER_NEEDED, Conclusion.THRESHOLD_NOT_MET])
@pytest.mark.parametrize("theirs", [Conclusion.THRESHOLD_NOT_MET, Conclusion.THRESHOLD_MET])
def test_advice_about_the_other_never_loosens(
    casework: Casework, conclusion: Conclusion, theirs: Conclusion, confidential: bool
) -> None:
    """A later word of Legal's takes the place of an earlier one: never of one that is about another record."""
    mine, other = casework.person("Mine"), casework.person("Other")
    casework.advice(mine, conclusion, now=START)
    casework.notice(mine, now=START + MINUTE)
    casework.advice(other, theirs, now=START + DAY, covers_confidential=True)
    facts, about_the_other = (facts_for(casework, one, at=START + 2 * DAY) for one in (mine, other))
    alone = replace(facts, request=replace(facts.request, confidential_material_likely=confidential))
    outcomes = [decide(one, SHIPPED).outcome for one in (alone, with_what_is_stricter(alone, about_the_other))]
    assert strictest(outcomes) is outcomes[1], outcomes


def test_hundreds_of_one_name_and_birth_are_read_in_one_question(casework: Casework) -> None:
    kit = casework.person()
    others = [casework.person("Many", born=OTHER_BIRTH) for _ in range(3)]
    with casework.transaction() as session:
        rows = [
            Person(reference=new_reference("PER"), name="Kit Zzmany", recorded_at=START, recorded_by=1)
            for _ in range(1_100)
        ]
        session.add_all(rows)
        session.flush()
        low = saved_key(kit)
        session.add_all(AgreeingRecords(person_id=low, other_id=saved_key(one), recorded_at=START) for one in rows)
    with casework.database.reading() as session, counting(casework.database) as statements:
        assert len(list_in_doubt(session, [low])) == len(rows)
    assert len(statements) <= 2
    assert others


@pytest.mark.parametrize("part", ["put one of them on record", "looked"])
def test_nor_does_one_alone_who_put_a_record_there_or_looked(casework: Casework, part: str) -> None:
    kit = casework.person()
    casework.ask(kit, by=casework.manager if part == "looked" else casework.worker)
    copy = added(casework, as_they_are(kit), by=casework.worker2 if part == "looked" else casework.manager2)
    who = casework.manager if part == "looked" else casework.manager2
    assert say(casework, kit, copy, by=who).agreed_at is None
    assert casework.outcome(casework.ask(copy, by=casework.worker2, now=START + DAY)) is Outcome.BLOCKED_LEGAL_ADVICE


def test_the_manager_above_sees_what_waits_where_a_teams_own_said_it(casework: Casework) -> None:
    details = Details(name="Kit Zzalone", date_of_birth=ADULT)
    kit = added(casework, details)
    copy = added(casework, details, by=casework.manager2, case="ZZNEW-2")
    assert say(casework, kit, copy, by=casework.manager2).agreed_at is None
    (pair,) = waiting_for(casework, casework.head)
    assert {pair.one.person.reference, pair.other.person.reference} == {kit.reference, copy.reference}
    assert WHY in (pair.said or "")
    assert say(casework, kit, copy, by=casework.head).agreed_by == casework.head.staff_id
    assert waiting_for(casework, casework.head) == []


def test_a_restricted_record_stops_a_look_and_the_page_says_whom_to_ask_and_nothing_else(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit = casework.person("Kit")
    casework.ask(kit)
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, kit.reference))
    copy = by_adding(casework, kit)
    check = casework.ask(copy, by=casework.worker2, now=START + MINUTE)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    clock.set(START + DAY)
    visitor = client_for(casework.council.worker2)
    page = visitor.get(f"/checks/{check.reference}")
    assert "A restricted record may be the same person" in page.text
    assert "Ask Zzgatekeeper" in page.text
    assert "Only Legal can release" not in page.text
    assert kit.reference not in page.text


def test_the_page_of_a_blocked_check_says_whose_looks_it_counts(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit, noise = casework.person("Kit"), casework.person("Noise")
    casework.ask(kit)
    casework.ask(noise)
    copy = by_adding(casework, kit)
    checks = [casework.ask(one, by=casework.worker2, now=START + MINUTE) for one in (copy, noise)]
    clock.set(START + DAY)
    shown, control = (client_for(casework.council.worker2).get(f"/checks/{one.reference}").text for one in checks)
    assert f"Looks at {kit.reference} count here too" in shown
    assert "count here too" not in control
    say(casework, kit, copy, by=casework.manager)
    clock.set(START + 2 * DAY)
    assert "count here too" not in client_for(casework.council.worker2).get(f"/checks/{checks[0].reference}").text


def test_no_page_tells_whether_a_guess_at_a_restricted_record_is_right(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit = casework.person("Kit")
    casework.ask(kit)
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, kit.reference))
    guesses = [added(casework, Details(name=kit.name, date_of_birth=born)) for born in (kit.date_of_birth, OTHER_BIRTH)]
    clock.set(START + DAY)
    visitor = client_for(casework.council.worker2)
    shown = [visitor.get(f"/people/{one.reference}").text.replace(one.reference, "PER") for one in guesses]
    stands = [text[text.index("Where this person stands") : text.index("counted here")] for text in shown]
    assert stands[0] == stands[1]
    assert all("What is recorded there" not in text for text in shown)


def test_since_when_a_permit_is_dead_does_not_tell_when_a_restricted_record_was_looked_at(casework: Casework) -> None:
    kit = casework.person()
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, kit.reference), casework.council.worker)
    copy = by_adding(casework, kit)
    permit = casework.ask(copy, by=casework.worker2, now=START + MINUTE)
    assert casework.outcome(permit) is Outcome.PERMITTED
    casework.danger(kit, now=START + 30 * MINUTE)
    asked_at = START + timedelta(hours=2)
    dead = casework.liveness(permit, now=asked_at)
    assert (dead.live, dead.since) == (False, asked_at)


def test_sealing_one_of_them_gives_nothing_back_and_becomes_legals(casework: Casework) -> None:
    kit = casework.person()
    casework.ask(kit, now=START - 11 * DAY)
    copy = by_adding(casework, kit)
    sealed(casework, kit, now=START + 2 * MINUTE)
    check = casework.ask(copy, by=casework.worker2, now=START + DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    with casework.database.reading() as session:
        (kept,) = session.exec(select(SealedCounterpart)).all()
        assert {kept.person_id, kept.other_id} == {kit.id, copy.id}
    unseal(casework, kit, now=START + 2 * DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is not None


def test_a_record_linked_with_a_sealed_one_still_counts(casework: Casework) -> None:
    kit = casework.person()
    second = added(casework, Details(name="Somebody Zzelse", date_of_birth=OTHER_BIRTH))
    casework.link(kit, second)
    casework.ask(second, now=START, by=casework.worker2)
    copy = by_adding(casework, kit)
    sealed(casework, second, now=START + 2 * MINUTE)
    check = casework.ask(copy, by=casework.worker2, now=START + DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE


def test_what_legal_has_answered_stays_answered_when_the_seal_ends(casework: Casework) -> None:
    kit = casework.person()
    copy = by_adding(casework, kit)
    sealed(casework, kit, now=START)
    with casework.transaction() as session:
        (kept,) = session.exec(select(SealedCounterpart)).all()
        ended = AnsweredCounterpart(counterpart=kept.reference, why="They were born in two places")
        end_counterpart(session, ended, by=casework.legal, now=START + MINUTE)
    unseal(casework, kit, now=START + DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is None
        assert find_doubt_at(session, kit, copy, START) is not None, "by then nobody had answered"


def test_records_that_came_to_agree_while_one_was_sealed_agree_once_it_is_not(casework: Casework) -> None:
    kit = casework.person()
    sealed(casework, kit, now=START)
    copy = by_adding(casework, kit)
    with casework.database.reading() as session:
        assert not session.exec(select(AgreeingRecords)).all()
    unseal(casework, kit, now=START + DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is not None


def test_a_link_that_went_because_one_was_sealed_is_no_word_that_they_are_two(casework: Casework) -> None:
    kit = casework.person()
    copy = by_adding(casework, kit)
    casework.link(kit, copy)
    sealed(casework, kit, now=START + MINUTE)
    unseal(casework, kit, now=START + DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is not None
