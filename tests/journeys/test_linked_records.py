"""Journey: two records of one person are linked, and the worker who had a clear answer is blocked."""

from datetime import date

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.hand import HandOf
from tests.journeys.answers import ask
from tests.people.making import put_person, work_of

pytestmark = ONE_DATABASE

BORN = date(1988, 11, 3)


def test_a_worker_with_a_clear_answer_is_blocked_once_a_second_record_of_the_person_is_linked(
    casework: Casework, hand_of: HandOf
) -> None:
    council = casework.council
    with casework.transaction() as session:
        one = put_person(session, council, "Mohammed Zzkhan", date_of_birth=BORN)
        other = put_person(
            session, council, "Muhammad Zzkhan", date_of_birth=BORN, work=work_of(council.south), by=council.worker2
        )
    casework.ask(other, by=casework.worker2, now=START)
    asha, manager = hand_of(council.worker), hand_of(council.manager)
    ask(asha, one).sees("You may go ahead", "One look may be made")
    decision = asha.path
    manager.open(f"/people/{one.reference}").sees("May be the same person as Muhammad Zzkhan", "the same date of birth")
    manager.follow("Compare").sees(
        "1 look counts on the first record and 1 on the second", "A hold would be placed at once"
    )
    manager.choose("Are they the same person?", "Yes: link the records, so that they count as one person")
    manager.write("How do you know that they are one person?", "Both records name the same mother and address.")
    manager.press("Save").sees("The records now count as one person.", "These 2 records count as one person")
    asha.open("/").sees("No longer live")
    asha.open(decision).does_not_see("One look may be made")
    asha.open(f"/people/{one.reference}").sees("2 looks counted", "Only Legal can release it")
    ask(asha, one).sees("Blocked pending legal advice")
