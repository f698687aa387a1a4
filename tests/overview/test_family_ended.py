"""That a family or household link was ended, or that looks at one family were found together, gives away nobody whose record is closed."""

from dataclasses import dataclass

import pytest
from sqlmodel import select

from tests.detection.finding import DAY, belong, run
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.visitor import ClientFor, Page
from tests.people.making import put_person, restrict, work_of
from tests.review.sealing import sealed
from tests.tasks.running import open_tasks
from tracker.detection.services import add_family_link, end_family_link
from tracker.overview import named, timeline
from tracker.people.models import Person
from tracker.people.requests import EndedFamilyLink, NewFamilyLink, RestrictedPerson
from tracker.people.selectors import get_person
from tracker.people.services import restrict_person
from tracker.people.vocabulary import FamilyLinkKind
from tracker.review.services import sealing
from tracker.staff.models import StaffMember
from tracker.tasks.models import Task
from tracker.tasks.services import finish_task, raise_task
from tracker.tasks.vocabulary import TaskKind, WaitsFor

pytestmark = ONE_DATABASE

WHY = "Zzaunt moved away."
TITLE = "A family or household link was ended"


@dataclass
class Ended:
    """South's child and North's relative, whose link was ended, and its reference."""

    child: Person
    relative: Person
    link: str

    def tells(self, page: Page, *people: Person) -> set[str]:
        """Which of the names and references of these people, and of the link, a page gives away."""
        known = {self.link, *(one.reference for one in people), *(str(one.name) for one in people)}
        return {one for one in known if one in page.response.text}


def ended_link(council: Council, *, is_restricted: bool = False, surname: str = "") -> Ended:
    """The link of South's child with North's relative, whose record only North's worker and manager read where it is restricted."""
    by = council.actor(council.worker)
    with council.database.transaction() as session:
        child = put_person(session, council, f"Kit Zzchild{surname}", by=council.worker2, work=work_of(council.south))
        relative = put_person(session, council, f"Rae Zzrelative{surname}")
        new = NewFamilyLink(person=child.reference, other=relative.reference, kind=FamilyLinkKind.PARENT)
        link = add_family_link(session, new, by=by, now=START).reference
    if is_restricted:
        with council.database.transaction() as session:
            restrict(session, council, get_person(session, relative.reference), council.worker)
    with council.database.transaction() as session:
        end_family_link(session, EndedFamilyLink(person=child.reference, link=link, why=WHY), by=by, now=START)
    return Ended(child, relative, link)


def task_of(council: Council, manager: StaffMember, ended: Ended) -> Task:
    """The task about that link for the managers of the team of one of them."""
    team = {council.manager.id: council.north.id, council.manager2.id: council.south.id}[manager.id]
    with council.database.reading() as session:
        return session.exec(select(Task).where(Task.record == ended.link, Task.team_id == team)).one()


def pages_of(council: Council, client_for: ClientFor, manager: StaffMember, ended: Ended) -> list[Page]:
    """Where a manager meets the task: home, the list, the task by itself."""
    visitor = client_for(manager)
    return [visitor.get(path) for path in ("/", "/tasks", f"/tasks/{task_of(council, manager, ended).reference}")]


def test_the_task_names_a_restricted_relative_only_to_who_may_open_them(
    council: Council, client_for: ClientFor
) -> None:
    ended = ended_link(council, is_restricted=True)
    for page in pages_of(council, client_for, council.manager2, ended):
        assert ended.tells(page, ended.relative) == {ended.link}
        assert "Kit Zzchild and a restricted record (ask Zzgatekeeper, extension 4411)" in page.text
        assert f"/people/{ended.child.reference}" in page.response.text
    for page in pages_of(council, client_for, council.manager, ended):
        assert "Kit Zzchild and Rae Zzrelative" in page.text


def test_without_asking_who_may_open_whom_the_task_would_name_them(
    council: Council, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    ended = ended_link(council, is_restricted=True)
    monkeypatch.setattr(named, "may_open_person", lambda *_: True)
    for page in pages_of(council, client_for, council.manager2, ended):
        assert str(ended.relative.name) in ended.tells(page, ended.relative)


def test_the_words_and_the_trail_of_the_task_name_neither(council: Council) -> None:
    ended = ended_link(council, is_restricted=True)
    for manager in (council.manager, council.manager2):
        task = task_of(council, manager, ended)
        assert (task.record, "PER-" in task.what) == (ended.link, False)
    assert task_of(council, council.manager, ended).person_id == ended.relative.id
    assert task_of(council, council.manager2, ended).person_id == ended.child.id


def test_of_a_relative_who_was_sealed_since_no_manager_has_a_task(casework: Casework, client_for: ClientFor) -> None:
    """Not North's manager either, who reads the sealed record; and what had been the task's page tells nothing."""
    council = casework.council
    noise, ended = ended_link(council, surname="noise"), ended_link(council, surname="wanted")
    sealed(casework, ended.relative, now=START)
    assert {task.record for task in open_tasks(casework.database).values()} == {noise.link}
    for manager in (council.manager, council.manager2):
        visitor = client_for(manager)
        its_page = visitor.get(f"/tasks/{task_of(council, manager, ended).reference}")
        assert "It is about: A restricted record" in its_page.text
        for page in (its_page, visitor.get("/"), visitor.get("/tasks")):
            assert ended.tells(page, ended.child, ended.relative) == set()
        assert noise.link in visitor.get("/tasks").text


def test_without_ending_the_tasks_when_a_record_is_sealed_they_would_be_listed(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    ended = ended_link(casework.council)
    monkeypatch.setattr(sealing, "end_tasks_across_seal", lambda *_, **__: None)
    sealed(casework, ended.relative, now=START)
    assert {task.record for task in open_tasks(casework.database).values()} == {ended.link}


def test_without_asking_who_is_sealed_the_page_of_a_task_would_tell_of_the_link(
    casework: Casework, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: to North's manager, who reads both records."""
    ended = ended_link(casework.council)
    sealed(casework, ended.relative, now=START)
    monkeypatch.setattr(named, "sealed_among", lambda *_: frozenset())
    page = client_for(casework.council.manager).get(
        f"/tasks/{task_of(casework.council, casework.council.manager, ended).reference}"
    )
    assert {ended.link, "Rae Zzrelative", "Kit Zzchild"} <= ended.tells(page, ended.child, ended.relative)


def rows_of(page: Page) -> list[str]:
    """The entries of a timeline that tell of an end."""
    return [one.text for one in page.main.all("li") if one.text.startswith(TITLE)]


def test_the_timeline_tells_of_no_end_across_a_seal_but_to_legal_on_the_page_of_the_sealed_record(
    casework: Casework, client_for: ClientFor
) -> None:
    council = casework.council
    ended = ended_link(council)
    who = (council.worker, council.manager, council.legal, council.auditor)
    visitors = {one.id: client_for(one) for one in who}
    child, relative = (f"/people/{one.reference}" for one in (ended.child, ended.relative))
    for one in who:
        for path in (child, relative):
            (row,) = rows_of(visitors[one.id].get(path))
            assert WHY in row
            assert council.worker.name in row
    sealed(casework, ended.relative, casework.worker, now=START)
    told = {(one.id, path) for one in who for path in (child, relative) if rows_of(visitors[one.id].get(path))}
    assert told == {(council.legal.id, relative)}
    assert all(visitors[one.id].get(relative).status == 200 for one in who)


def test_without_asking_who_is_sealed_the_timeline_would_tell(
    casework: Casework, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    ended = ended_link(casework.council)
    sealed(casework, ended.relative, now=START)
    monkeypatch.setattr(timeline, "sealed_among", lambda *_: frozenset())
    page = client_for(casework.council.worker2).get(f"/people/{ended.child.reference}")
    assert len(rows_of(page)) == 1


@pytest.mark.parametrize("asked", [True, False], ids=["as it is", "control"])
def test_what_came_of_a_task_is_not_told_to_who_may_not_open_whom_it_names(
    council: Council, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch, *, asked: bool
) -> None:
    ended = ended_link(council, is_restricted=True)
    with council.database.transaction() as session:
        task = session.merge(task_of(council, council.manager2, ended))
        finish_task(session, task, "Zzaunt is what she is.", by=council.actor(council.manager2), now=START)
    if not asked:
        monkeypatch.setattr(named, "may_open_person", lambda *_: True)
    page = client_for(council.manager2).get(f"/tasks/{task.reference}")
    assert "Finished" in page.text
    assert ("Zzaunt" in page.response.text) == (not asked)


def cluster(casework: Casework) -> tuple[Person, Person, Person, Task]:
    """A child, their mother and their grandmother at whom north looked once each; and the task that came of it."""
    child, mother, grandmother = (casework.person(name) for name in ("Child", "Mother", "Grandmother"))
    belong(casework, mother, child)
    belong(casework, grandmother, mother)
    for days, person in enumerate((child, mother, grandmother)):
        casework.ask(person, now=START + days * DAY)
    run(casework, child, now=START + 3 * DAY)
    (task,) = (one for one in open_tasks(casework.database).values() if one.kind == TaskKind.FAMILY_CLUSTER)
    return child, mother, grandmother, task


def other_than(task: Task, *people: Person) -> Person:
    """One of these whom the task is not about."""
    return next(one for one in people if one.id != task.person_id)


def restricted_to_the_head(casework: Casework, person: Person) -> None:
    """Only the head of the department reads the record."""
    head = casework.head.reference
    with casework.transaction() as session:
        version = get_person(session, person.reference).version
        new = RestrictedPerson(person=person.reference, version=version, ask_whom="Zzgatekeeper", readers=(head,))
        restrict_person(session, new, by=casework.manager, now=START + 4 * DAY)


def test_looks_at_one_family_name_nobody_whom_the_manager_may_not_open(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    *people, task = cluster(casework)
    restricted = other_than(task, *people)
    restricted_to_the_head(casework, restricted)
    clock.advance(days=5)
    page = client_for(casework.council.manager).get(f"/tasks/{task.reference}")
    assert [one.reference in page.response.text for one in people] == [one is not restricted for one in people]
    assert "of a restricted record," in page.text


def test_without_asking_who_may_open_whom_looks_at_one_family_would_name_them(
    casework: Casework, client_for: ClientFor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    *people, task = cluster(casework)
    restricted = other_than(task, *people)
    restricted_to_the_head(casework, restricted)
    clock.advance(days=5)
    monkeypatch.setattr(named, "may_open_person", lambda *_: True)
    page = client_for(casework.council.manager).get(f"/tasks/{task.reference}")
    assert restricted.reference in page.response.text


@pytest.mark.parametrize("asked", [True, False], ids=["as it is", "control"])
def test_looks_at_one_family_say_nothing_of_one_another_once_one_is_sealed(
    casework: Casework, client_for: ClientFor, clock: Clock, monkeypatch: pytest.MonkeyPatch, *, asked: bool
) -> None:
    """Not to North's manager either, who reads the sealed record."""
    *people, task = cluster(casework)
    secret = other_than(task, *people)
    sealed(casework, secret, now=START + 4 * DAY)
    if not asked:
        monkeypatch.setattr(named, "sealed_among", lambda *_: frozenset())
    clock.advance(days=5)
    manager = client_for(casework.council.manager)
    for path in ("/", "/tasks", f"/tasks/{task.reference}"):
        page = manager.get(path)
        (about,) = (one for one in people if one.id == task.person_id)
        assert str(about.name) in page.text, path
        assert ("Looks at one family were found together." in page.text) == asked
        assert (secret.reference in page.response.text) == (not asked)


@pytest.mark.parametrize("asked", [True, False], ids=["as it is", "control"])
def test_a_task_about_a_worker_names_nobody_whom_the_manager_may_not_open(
    casework: Casework, client_for: ClientFor, clock: Clock, monkeypatch: pytest.MonkeyPatch, *, asked: bool
) -> None:
    """Permits handed back, for several people."""
    secret, noise = casework.person("Secret"), casework.person("Noise")
    restricted_to_the_head(casework, secret)
    check = casework.ask(noise).reference
    with casework.transaction() as session:
        task = raise_task(
            session,
            kind=TaskKind.HANDED_BACK,
            key="one",
            record=check,
            what=f"2 permits were handed back without a look, for {secret.reference} and {noise.reference}.",
            waits_for=WaitsFor.MANAGERS,
            team_id=casework.council.north.id,
            about_id=casework.worker.staff_id,
            now=START,
        )
    clock.advance(days=5)
    if not asked:
        monkeypatch.setattr(named, "may_open_person", lambda *_: True)
    page = client_for(casework.council.manager).get(f"/tasks/{task.reference}")
    assert (secret.reference in page.text, noise.reference in page.text) == (not asked, True)
    assert (f"for a restricted record and {noise.reference}" in page.text) == asked
