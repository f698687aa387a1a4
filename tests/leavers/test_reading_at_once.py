"""What waits is read a table at a time, once for before and after, and says the same as what is read of each by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.casework import BEFORE, CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.counting import counting
from tests.fixtures.rehearsal import NOW, Rehearsal
from tests.review.applying import apply
from tracker.authorities.models import CourtOrder, LegalAdvice, NonRipaAuthorisation, RipaAuthorisation
from tracker.consent.models import Consent, Notice, Objection
from tracker.corrections.models import Correction
from tracker.corrections.records import find_record
from tracker.corrections.requests import NewCorrection
from tracker.corrections.services import ask_for_correction
from tracker.corrections.standings import standings_of_corrections
from tracker.corrections.vocabulary import CorrectionKind
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.leavers.orphans import Deciders, Waiting, waits_for_nobody
from tracker.leavers.services import close_leaver, end_held_role, merge_team, place_team
from tracker.people.models import SamePersonLink
from tracker.people.selectors import get_person
from tracker.policy.entitlement import Actor, Holding, Role
from tracker.policy.vocabulary import Conclusion, ConsentStatus
from tracker.review.services import endorse_check
from tracker.staff.models import RoleGrant
from tracker.staff.selectors import list_grants
from tracker.staff.services import close_team, end_role, move_team
from tracker.storage.tables import saved_key


class RolledBackError(Exception):
    """Ends a transaction of which nothing is to be kept."""


@contextmanager
def rolled_back(rehearsal: Rehearsal | Casework) -> Iterator[Session]:
    """A transaction of which nothing is kept."""
    with suppress(RolledBackError), rehearsal.database.transaction() as session:
        yield session
        raise RolledBackError


# As many statements however much waits -------------------------------------------------------------------------------


def one_more_of_each(casework: Casework) -> None:
    """What waits for a manager, for Legal and for the officer, of each kind something."""
    child, kit = casework.person("Child", born=CHILD), casework.person("Kit")
    for by in (casework.worker, casework.manager):
        casework.ask(child, by=by)
    casework.ask(kit, by=casework.worker2, now=BEFORE)  # its report is overdue
    flagged = casework.ask(kit)
    with casework.transaction() as session:
        endorse_check(session, get_check(session, flagged.reference), reasons="Yes.", by=casework.manager, now=START)
    for status in (ConsentStatus.GIVEN, ConsentStatus.REFUSED):
        casework.consent(child, status, now=BEFORE)
        with casework.transaction() as session:
            said = session.exec(select(Consent).order_by(col(Consent.id).desc())).first()
            assert said is not None
            new = NewCorrection(kind=CorrectionKind.CONSENT, record=said.reference, why="Somebody else.")
            ask_for_correction(session, new, by=casework.colleague, now=START)
    apply(casework, kit)


def statements_of(casework: Casework) -> dict[str, int]:
    """How many statements each service is that asks what waits."""
    north, south = saved_key(casework.council.north), saved_key(casework.council.south)

    def _end(session: Session) -> None:
        grant = session.exec(select(RoleGrant).where(RoleGrant.staff_id == casework.worker.staff_id)).one()
        end_held_role(session, saved_key(grant), by=casework.admin, now=START)

    acts: dict[str, Callable[[Session], object]] = {
        "end": _end,
        "close": lambda session: close_leaver(session, casework.colleague.staff_id, by=casework.admin, now=START),
        "merge": lambda session: merge_team(session, north, successor_id=south, by=casework.admin, now=START),
        "place": lambda session: place_team(session, north, version=1, parent_id=south, by=casework.admin, now=START),
    }
    found = {}
    for name, act in acts.items():
        with counting(casework.database) as sent, rolled_back(casework) as session:
            act(session)
        found[name] = len(sent)
    return found


@ONE_DATABASE
def test_there_are_as_many_statements_however_much_waits(casework: Casework) -> None:
    one_more_of_each(casework)
    few = statements_of(casework)
    with casework.database.reading() as session:
        before = Waiting.read(session, now=START)
    for _ in range(2):
        one_more_of_each(casework)
    assert statements_of(casework) == few
    assert max(few.values()) < 75
    with casework.database.reading() as session:
        waiting = Waiting.read(session, now=START)
    for kind in ("checks", "corrections", "cases", "applications"):
        assert len(getattr(waiting, kind)) == 3 * len(getattr(before, kind)) > 0, kind


# It says the same ----------------------------------------------------------------------------------------------------

TABLES: dict[CorrectionKind, Any] = {
    CorrectionKind.CHECK: Check,
    CorrectionKind.CONSENT: Consent,
    CorrectionKind.NOTICE: Notice,
    CorrectionKind.ADVICE: LegalAdvice,
    CorrectionKind.RIPA: RipaAuthorisation,
    CorrectionKind.NON_RIPA: NonRipaAuthorisation,
    CorrectionKind.COURT_ORDER: CourtOrder,
    CorrectionKind.SAME_PERSON_LINK: SamePersonLink,
}


def corrections_of_everything(session: Session) -> list[Correction]:
    """Of every record that can be struck through one, none of them kept."""
    named = [(kind, one.reference) for kind, table in TABLES.items() for one in session.exec(select(table))]
    objected = session.exec(select(Notice).where(col(Notice.id).in_(select(Objection.notice_id)))).all()
    named += [(CorrectionKind.OBJECTION, one.reference) for one in objected]
    assert {kind for kind, _ in named} == set(CorrectionKind)
    return [Correction(id=number, kind=kind.value, record=one) for number, (kind, one) in enumerate(named)]


@pytest.fixture
def advised(rehearsal: Rehearsal) -> Iterator[None]:
    """Legal has advised on somebody."""
    with rehearsal.database.reading() as session:
        person = get_person(session, rehearsal.records["mistaken"])
    rehearsal.casework.advice(person, Conclusion.NOT_DIRECTED_SURVEILLANCE)
    yield
    rehearsal.restore()


@pytest.mark.usefixtures("advised")
def test_the_standing_of_what_corrections_name_is_that_of_each_by_itself(rehearsal: Rehearsal) -> None:
    with rehearsal.database.reading() as session:
        every = corrections_of_everything(session)
        together = standings_of_corrections(session, every, now=NOW)
        for one in every:
            by_itself = find_record(session, CorrectionKind(one.kind), one.record, now=NOW).standing
            assert together[saved_key(one)] == by_itself, (one.kind, one.record)


def test_what_was_read_before_the_teams_were_moved_says_the_same_afterwards_as_what_is_read_anew(
    rehearsal: Rehearsal,
) -> None:
    council, admin = rehearsal.council, rehearsal.actor("admin")
    north, south, above = (saved_key(one) for one in (council.north, council.south, council.department))
    with rolled_back(rehearsal) as session:
        waiting, seen = Waiting.read(session, now=NOW), set[frozenset[str]]()

        def _compare() -> None:
            anew = waits_for_nobody(session, now=NOW)
            assert waiting.for_nobody(Deciders.read(session, now=NOW)) == anew
            seen.add(anew)

        _compare()
        move_team(session, south, version=1, parent_id=north, by=admin, now=NOW)
        _compare()
        move_team(session, north, version=1, parent_id=None, by=admin, now=NOW)
        _compare()
        for who in ("manager", "manager2"):
            for grant, _ in list_grants(session, staff_id=saved_key(rehearsal.staff[who]), now=NOW):
                end_role(session, saved_key(grant), by=admin, now=NOW)
                _compare()
        close_team(session, north, successor_id=above, by=admin, now=NOW)
        _compare()
    assert len(seen) > 2


def test_who_only_stands_in_for_a_lawyer_is_none_once_that_lawyer_has_left(rehearsal: Rehearsal) -> None:
    with rehearsal.database.reading() as session:
        read = Deciders.read(session, now=NOW)
    deputy = Actor(7, "STF-7", "Dee", (Holding(Role.LEGAL_REVIEWER, covers=8),))
    deciders = replace(read, working=(deputy,))
    waiting = Waiting({}, {}, {"a case": frozenset({9})}, {})
    assert waiting.for_nobody(deciders) == frozenset()
    assert waiting.for_nobody(deciders.without(9)) == frozenset()
    assert waiting.for_nobody(deciders.without(8)) == {"a case"}
