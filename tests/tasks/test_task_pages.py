"""Tasks on the home pages and on their own: each thing once, without names of those whom the reader may not know of."""

from datetime import timedelta

from sqlmodel import Session

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page
from tests.tasks.running import open_tasks, run, run_all
from tracker.authorities.jobs import ORDERS_ENDING
from tracker.checks.jobs import UNREPORTED
from tracker.consent.jobs import CONSENTS_ENDING
from tracker.people.models import Person
from tracker.people.requests import RestrictedPerson
from tracker.people.services import restrict_person
from tracker.review.jobs import CASES_GROWING_OLD, UNREVIEWED
from tracker.storage.tables import saved_key
from tracker.tasks.models import Task
from tracker.tasks.requests import Addressee
from tracker.tasks.services import raise_task
from tracker.tasks.vocabulary import TaskKind, WaitsFor

pytestmark = ONE_DATABASE

ENDS = START.date() + timedelta(days=3)


def due(page: Page) -> list[str]:
    """The rows of what is due and overdue on a home page."""
    tables = [one for one in page.main.all("table") if one.one("caption").text.startswith("Due and overdue")]
    return [row.text for table in tables for row in table.one("tbody").all("tr")]


def consent_ends(casework: Casework) -> tuple[Person, Task]:
    """A consent that ends in three days, and its task."""
    person = casework.person()
    casework.consent(person, until=ENDS)
    run(casework.database, CONSENTS_ENDING, START)
    (task,) = open_tasks(casework.database).values()
    return person, task


def test_the_worker_finds_a_consent_that_ends_by_name_with_its_day_and_age_and_a_way_there(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    person, task = consent_ends(casework)
    clock.advance(hours=2)
    page = client_for(casework.council.worker).get("/")
    (row,) = due(page)
    assert str(person.name) in row
    assert "Due by the end of 24 November 2026 (3 days left)" in row
    assert "Waiting for 2 hours" in row
    assert f"/people/{person.reference}" in page.response.text
    assert f"/tasks/{task.reference}" in page.response.text
    assert due(client_for(casework.council.colleague).get("/")) == []


def test_what_the_page_says_already_is_not_said_twice_and_one_level_up_it_is_said(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    check = casework.ask(casework.person())
    danger = casework.danger(casework.person())
    clock.advance(days=3)
    worker, manager = client_for(casework.council.worker), client_for(casework.council.manager)
    run_all(casework.database, (UNREPORTED, UNREVIEWED), clock())
    assert len(open_tasks(casework.database)) == 3
    for home in (worker.get("/"), manager.get("/")):
        assert due(home) == []
        assert check.reference in home.text
    assert len(worker.get("/tasks").main.one("tbody").all("tr")) == 1  # the other went up to the manager by now
    clock.advance(days=1, hours=1)
    run_all(casework.database, (UNREPORTED, UNREVIEWED), clock())
    (row,) = due(client_for(casework.council.head).get("/"))
    assert danger.reference in row
    assert "One level up since" in row
    assert "Overdue" in row
    assert due(client_for(casework.council.manager).get("/")) == []


def test_the_responsible_officer_finds_what_came_up_to_them(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    person = casework.person()
    casework.ask(person)
    casework.ask(person, now=START + timedelta(minutes=1))
    clock.advance(days=30)
    run(casework.database, CASES_GROWING_OLD, clock())
    (row,) = due(client_for(casework.council.sro).get("/"))
    assert "waits for a manager" in row
    assert str(person.name) in row


def test_of_a_restricted_record_nothing_shows_but_that_there_is_one(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    person, _ = consent_ends(casework)
    readers = (casework.manager.reference,)
    with casework.transaction() as session:
        restricted = RestrictedPerson(
            person=person.reference, version=person.version, ask_whom="The manager", readers=readers
        )
        restrict_person(session, restricted, by=casework.manager, now=START)
    page = client_for(casework.council.worker).get("/")
    (row,) = due(page)
    assert "A restricted record" in row
    assert str(person.name) not in page.html.text
    assert person.reference not in page.response.text


def test_finishing_needs_a_reason_and_is_done_once(casework: Casework, client_for: ClientFor, clock: Clock) -> None:
    _, task = consent_ends(casework)
    worker = client_for(casework.council.worker)
    page = worker.get(f"/tasks/{task.reference}")
    assert page.title.startswith("A task")
    empty = worker.send(page, {"why": " "})
    assert (empty.title[:6], empty.errors) == ("Error:", ["Enter what came of it"])
    kept = worker.send(page, {"why": "We ask again at the review."})
    assert (kept.path, kept.status) == ("/tasks", 200)
    assert "The task is finished" in kept.html.text
    again = worker.send(page, {"why": "We ask again at the review."})  # a double click
    assert again.path == "/tasks"
    later = worker.get(f"/tasks/{task.reference}")
    assert "Nothing is left to do here" in later.text
    assert later.forms == []
    assert open_tasks(casework.database) == {}


def test_what_ends_only_by_being_done_has_no_form_and_a_post_is_answered_with_why(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    casework.ask(casework.person())
    _, by_hand = consent_ends(casework)
    clock.advance(days=3)
    run(casework.database, UNREPORTED, clock())
    task = next(one for one in open_tasks(casework.database).values() if one.kind == TaskKind.UNREPORTED)
    worker = client_for(casework.council.worker)
    page = worker.get(f"/tasks/{task.reference}")
    assert page.forms == []
    values = {**worker.get(f"/tasks/{by_hand.reference}").form().values, "why": "I did not look."}
    answer = worker.post(f"/tasks/{task.reference}", values)
    assert answer.errors == ["This ends by itself once it has been done."]
    assert task.key in open_tasks(casework.database)


def test_many_tasks_are_paged_and_the_home_page_shows_the_first_ten(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    with casework.transaction() as session:
        for number in range(60):
            waits(session, casework, number)
    worker = client_for(casework.council.worker)
    home = worker.get("/")
    assert len(due(home)) == 10
    assert "Due and overdue (60)" in home.text
    assert [len(worker.get(f"/tasks?page={page}").main.one("tbody").all("tr")) for page in (1, 2)] == [50, 10]


def waits(session: Session, casework: Casework, number: int) -> Task:
    """Something that waits for the worker."""
    to = Addressee(WaitsFor.MEMBER, saved_key(casework.council.worker))
    return raise_task(
        session,
        kind=TaskKind.CONSENT_ENDING,
        key=f"consent:{number}",
        record="CON-0000-0000",
        what=f"Consent {number} ends.",
        waits_for=to.waits_for,
        staff_id=to.staff_id,
        due_at=START + timedelta(days=number),
        now=START,
    )


def test_every_task_says_whom_it_is_about(casework: Casework, client_for: ClientFor, clock: Clock) -> None:
    person = casework.person()
    casework.order(person, until=ENDS)
    run(casework.database, ORDERS_ENDING, START)
    check = casework.ask(casework.person())
    with casework.transaction() as session:
        raise_task(
            session,
            kind=TaskKind.LATE_LOGGING,
            key="late",
            record=check.reference,
            what="Three looks were recorded late.",
            waits_for=WaitsFor.MANAGERS,
            team_id=saved_key(casework.council.north),
            about_id=casework.worker.staff_id,
            now=START,
        )
    (order,) = due(client_for(casework.council.legal).get("/"))
    assert str(person.name) in order
    (late,) = due(client_for(casework.council.manager).get("/"))
    assert casework.council.worker.name in late
