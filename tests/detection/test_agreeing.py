"""Two records that agree in what tells people apart, whichever way they came to, count for one another until a manager who has no part
in them says that they are two."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from tests.detection.finding import DAY, MINUTE
from tests.detection.test_said_to_be_two import WHY, again, agree_in_nothing, case_of, say, waiting_for
from tests.fixtures.casework import ADULT, BEFORE, CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor
from tests.imports import files
from tests.people.making import events, restrict
from tests.review.sealing import sealed
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.detection.suggestions import compare_with_all
from tracker.people.doubts import find_doubt
from tracker.people.models import AgreeingRecords, Person, SealedCounterpart
from tracker.people.requests import (
    ChangedPerson,
    Details,
    NewInvolvement,
    NewPerson,
    NewProfile,
    TeamWork,
    TypedProfile,
    UnsealedPerson,
)
from tracker.people.selectors import get_person
from tracker.people.services import add_involvement, add_person, add_profile, change_person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Outcome, Relation, Visibility
from tracker.review.services import unseal_person
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
    with casework.transaction() as session:
        person = get_person(session, kit.reference)
        unsealed = UnsealedPerson(person=person.reference, version=person.version, why="No need any more")
        unseal_person(session, unsealed, by=casework.legal, now=START + 2 * DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is not None


def test_records_that_came_to_agree_while_one_was_sealed_agree_once_it_is_not(casework: Casework) -> None:
    kit = casework.person()
    sealed(casework, kit, now=START)
    copy = by_adding(casework, kit)
    with casework.database.reading() as session:
        assert not session.exec(select(AgreeingRecords)).all()
    with casework.transaction() as session:
        person = get_person(session, kit.reference)
        unsealed = UnsealedPerson(person=person.reference, version=person.version, why="No need any more")
        unseal_person(session, unsealed, by=casework.legal, now=START + DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is not None


def test_a_link_that_went_because_one_was_sealed_is_no_word_that_they_are_two(casework: Casework) -> None:
    kit = casework.person()
    copy = by_adding(casework, kit)
    casework.link(kit, copy)
    sealed(casework, kit, now=START + MINUTE)
    with casework.transaction() as session:
        person = get_person(session, kit.reference)
        unsealed = UnsealedPerson(person=person.reference, version=person.version, why="No need any more")
        unseal_person(session, unsealed, by=casework.legal, now=START + DAY)
    with casework.database.reading() as session:
        assert find_doubt(session, saved_key(kit), saved_key(copy)) is not None
