"""Who settles whether two records that agree are two people, and from when their word is enough."""

import pytest
from sqlmodel import select

from tests.detection.agreeing import OTHER_BIRTH, PAGE, added, as_they_are, by_adding, change
from tests.detection.finding import DAY, MINUTE
from tests.detection.test_said_to_be_two import WHY, say, waiting_for
from tests.fixtures.casework import ADULT, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.counting import counting
from tracker.access.permissions import NotAllowedError
from tracker.corrections.services import unlink_records
from tracker.detection.services import tell_apart
from tracker.people.doubts import find_doubt, list_in_doubt, pair_of
from tracker.people.models import (
    AgreeingRecords,
    Involvement,
    NotSamePerson,
    Person,
)
from tracker.people.requests import (
    Details,
    NewProfile,
    RecordsToldApart,
    UnlinkedRecords,
)
from tracker.people.selectors import list_same_person_links
from tracker.people.services import add_profile
from tracker.policy.vocabulary import Outcome
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


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
