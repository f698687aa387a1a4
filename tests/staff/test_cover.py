"""The rota, and who names a deputy for whom."""

from datetime import timedelta

import pytest

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.trail import last_event, trail
from tracker.access.permissions import NotAllowedError
from tracker.staff.models import StaffMember
from tracker.staff.requests import NewDeputy, NewShift, StaffChangeError
from tracker.staff.services import add_rota_shift, close_staff_member, name_deputy
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE
HOUR = timedelta(hours=1)


def naming(council: Council, covers: StaffMember, deputy: StaffMember, *, by: StaffMember) -> None:
    with council.database.transaction() as session:
        new = NewDeputy(saved_key(covers), saved_key(deputy), START, START + HOUR, "Wanda's annual leave")
        name_deputy(session, new, by=council.actor(by), now=START)


def shift(
    council: Council, member: StaffMember, *, team: str = "night", begins: timedelta = HOUR, by: str = "admin"
) -> None:
    with council.database.transaction() as session:
        new = NewShift(saved_key(member), saved_key(getattr(council, team)), START + begins, START + begins + HOUR)
        add_rota_shift(session, new, by=council.actor(getattr(council, by)), now=START)


def test_an_administrator_puts_somebody_on_the_rota(council: Council) -> None:
    shift(council, council.duty)
    entry = last_event(council.database)
    assert (entry.event, entry.record) == ("staff:rota_shift_added", council.duty.reference)
    assert entry.facts["team"] == council.night.reference


def test_only_a_duty_team_has_a_rota_and_no_shift_begins_in_the_past(council: Council) -> None:
    with pytest.raises(StaffChangeError, match="duty team"):
        shift(council, council.duty, team="north")
    with pytest.raises(StaffChangeError, match="in the past"):
        shift(council, council.duty, begins=-HOUR)


@pytest.mark.parametrize("who", ["duty", "manager", "sro"])
def test_nobody_but_an_administrator_fills_the_rota(council: Council, who: str) -> None:
    with pytest.raises(NotAllowedError):
        shift(council, council.worker, by=who)


def test_an_administrator_does_not_put_themself_on_the_rota(council: Council) -> None:
    with pytest.raises(NotAllowedError):
        shift(council, council.admin)


def test_a_shift_and_cover_end_after_they_begin() -> None:
    with pytest.raises(StaffChangeError, match="end after"):
        NewShift(1, 1, START, START)
    with pytest.raises(StaffChangeError, match="end after"):
        NewDeputy(1, 2, START, START, "Leave")


def test_cover_needs_two_people_and_a_reason() -> None:
    with pytest.raises(StaffChangeError, match="own deputy"):
        NewDeputy(1, 1, START, START + HOUR, "Leave")
    with pytest.raises(StaffChangeError, match="why"):
        NewDeputy(1, 2, START, START + HOUR, " ")


def test_naming_a_deputy_is_recorded_with_the_reason_where_it_can_be_erased(council: Council) -> None:
    naming(council, council.worker, council.colleague, by=council.worker)
    entry = last_event(council.database)
    assert (entry.event, entry.record) == ("staff:deputy_named", council.worker.reference)
    assert entry.facts["deputy"] == council.colleague.reference
    assert entry.content == {"reason": "Wanda's annual leave"}


def test_an_administrator_names_a_deputy_for_a_worker_but_not_for_a_manager(council: Council) -> None:
    naming(council, council.worker, council.colleague, by=council.admin)
    before = len(trail(council.database))
    with pytest.raises(NotAllowedError):
        naming(council, council.manager, council.colleague, by=council.admin)
    assert len(trail(council.database)) == before


@pytest.mark.parametrize("by", ["manager2", "sro"])
def test_another_manager_or_the_responsible_officer_names_a_managers_deputy(council: Council, by: str) -> None:
    naming(council, council.manager, council.colleague, by=getattr(council, by))


@pytest.mark.parametrize("by", ["worker", "duty", "colleague", "legal"])
def test_nobody_else_names_a_deputy(council: Council, by: str) -> None:
    with pytest.raises(NotAllowedError):
        naming(council, council.manager, council.worker2, by=getattr(council, by))


def test_nobody_makes_themself_a_deputy(council: Council) -> None:
    for who in (council.admin, council.manager2, council.sro):
        with pytest.raises(NotAllowedError):
            naming(council, council.manager, who, by=who)
    with pytest.raises(NotAllowedError):
        naming(council, council.worker, council.admin, by=council.admin)


def test_closed_staff_neither_cover_nor_are_covered_nor_work_shifts(council: Council) -> None:
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(council.colleague), by=council.actor(council.admin), now=START)
    with pytest.raises(StaffChangeError, match="open"):
        naming(council, council.worker, council.colleague, by=council.worker)
    with pytest.raises(StaffChangeError, match="open"):
        naming(council, council.colleague, council.worker, by=council.admin)
    with pytest.raises(StaffChangeError, match="closed"):
        shift(council, council.colleague)


def test_an_administrator_stands_in_for_nobody_with_a_case_and_nobody_with_one_for_them(council: Council) -> None:
    for covers, deputy in ((council.worker, council.admin), (council.admin, council.worker)):
        with pytest.raises(StaffChangeError, match="An administrator stands in only for an administrator"):
            naming(council, covers, deputy, by=covers)
