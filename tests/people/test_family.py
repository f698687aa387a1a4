"""Family links among records that are one person."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.fixtures.council import START, Council
from tests.people.making import events, put_link, put_people, work_of
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.detection.services import add_family_link, end_family_link
from tracker.people.problems import ProblemError
from tracker.people.requests import EndedFamilyLink, NewFamilyLink
from tracker.people.vocabulary import FamilyLinkKind
from tracker.storage.tables import NoSuchRecordError
from tracker.tasks.models import Task
from tracker.tasks.vocabulary import TaskKind, WaitsFor


def test_a_family_link_is_ended_from_any_record_that_is_the_same_person(council: Council) -> None:
    child, same_child, mother, noise = put_people(
        council, "Kit Zzexample", "Kit Zzagain", "Rae Zzexample", "Noise Zzperson"
    )
    by = council.actor(council.worker)
    new = NewFamilyLink(person=child.reference, other=mother.reference, kind=FamilyLinkKind.PARENT)
    with council.database.transaction() as session:
        link = add_family_link(session, new, by=by, now=START).reference
        put_link(session, council, child, same_child)
        with pytest.raises(NoSuchRecordError):
            end_family_link(
                session,
                EndedFamilyLink(person=noise.reference, link=link, why="Never lived together"),
                by=by,
                now=START,
            )
        ended = end_family_link(
            session,
            EndedFamilyLink(person=same_child.reference, link=link, why="Never lived together"),
            by=by,
            now=START,
        )
        assert ended.ended_at == START


def test_a_family_link_is_ended_by_a_team_that_works_with_one_of_them_with_a_reason_and_their_managers_are_told(
    council: Council,
) -> None:
    child, mother = put_people(council, "Kit Zzexample", "Rae Zzexample")
    new = NewFamilyLink(person=child.reference, other=mother.reference, kind=FamilyLinkKind.PARENT)
    with council.database.transaction() as session:
        link = add_family_link(session, new, by=council.actor(council.worker), now=START).reference
    ended = EndedFamilyLink(person=child.reference, link=link, why="Rae Zzexample is an aunt")
    for stranger in (council.worker2, council.manager2):
        with pytest.raises(NotAllowedError), council.database.transaction() as session:
            end_family_link(session, ended, by=council.actor(stranger), now=START)
    with pytest.raises(ProblemError) as caught, council.database.transaction() as session:
        end_family_link(session, replace(ended, why=" "), by=council.actor(council.worker), now=START)
    assert caught.value.field == "why"
    with council.database.transaction() as session:
        end_family_link(session, ended, by=council.actor(council.worker), now=START)
    with council.database.reading() as session:
        (task,) = session.exec(select(Task).where(Task.kind == TaskKind.FAMILY_LINK_ENDED)).all()
        assert (task.waits_for, task.team_id) == (WaitsFor.MANAGERS, council.north.id)
        assert "Zzexample" not in task.what
        ((entry, words),) = events(session, Event.FAMILY_LINK_ENDED)
        assert task.reference in entry.text
        assert "an aunt" in words


@pytest.mark.parametrize("worker", ["worker2", "worker"])
def test_whoever_works_with_either_of_two_teams_ends_it_and_the_managers_of_both_are_told(
    council: Council, worker: str
) -> None:
    (child,) = put_people(council, "Kit Zzexample")
    (mother,) = put_people(council, "Rae Zzexample", work=work_of(council.south), by=council.worker2)
    new = NewFamilyLink(person=child.reference, other=mother.reference, kind=FamilyLinkKind.PARENT)
    by = council.actor(getattr(council, worker))
    with council.database.transaction() as session:
        link = add_family_link(session, new, by=by, now=START).reference
        end_family_link(session, EndedFamilyLink(person=child.reference, link=link, why="An aunt"), by=by, now=START)
        teams = {one.team_id for one in session.exec(select(Task).where(Task.kind == TaskKind.FAMILY_LINK_ENDED))}
    assert teams == {council.north.id, council.south.id}
