"""Two records that agree in what tells people apart, whichever way they came to, count for one another until a manager who has no part
in them says that they are two."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.detection.agreeing import (
    PAGE,
    Way,
    added,
    as_they_are,
    by_a_profile_and_the_name,
    by_adding,
    change,
    facts_for,
    work_under,
)
from tests.detection.finding import DAY, MINUTE
from tests.detection.test_said_to_be_two import again, agree_in_nothing, case_of, say, waiting_for
from tests.fixtures.casework import ADULT, CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor
from tests.imports import files
from tests.people.making import events, restrict
from tracker.audit.events import Event
from tracker.checks.danger import find_earlier_danger
from tracker.decisions.together import with_what_is_stricter
from tracker.detection.suggestions import compare_with_all
from tracker.people.models import (
    AgreeingRecords,
    Person,
    PersonName,
    Profile,
)
from tracker.people.requests import (
    Details,
    NewInvolvement,
    NewProfile,
)
from tracker.people.selectors import get_person
from tracker.people.services import add_involvement, add_profile
from tracker.policy.decide import decide
from tracker.policy.limits import SHIPPED
from tracker.policy.vocabulary import Conclusion, ConsentStatus, Outcome, Visibility, strictest
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


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
