"""What became of it where the report of a look said that the person will be told: recorded once, by whose part it is, and shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.access.permissions import NotAllowedError
from tracker.checks import telling
from tracker.checks.errors import AlreadyReportedError, NothingSaidError, NotPromisedError, WrongDayError
from tracker.checks.services import record_telling, report_for_case
from tracker.checks.telling import last_day_to_tell
from tracker.decisions.models import Check, SpokenFor
from tracker.decisions.selectors import get_check
from tracker.people.models import Person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Aim
from tracker.staff.requests import NewDeputy
from tracker.staff.services import name_deputy
from tracker.storage.tables import saved_key
from tracker.viewings.models import CaseReport, Look, Telling
from tracker.viewings.requests import NewTelling, ReportForCase
from tracker.viewings.vocabulary import Told

pytestmark = ONE_DATABASE

DAY = timedelta(days=1)
TODAY = START.date()
TELLING = NewTelling(
    submission="s", told=Told.TOLD, words="At the visit.", told_on=TODAY + 2 * DAY, told_by="Wanda Zzworker"
)
EXEMPT = NewTelling(submission="s", told=Told.WOULD_PREJUDICE, words="The police ask us to wait.")
REPORT = ReportForCase(
    submission="s",
    meaning="It fits.",
    told=Told.IMPOSSIBLE,
    told_words="No address.",
    shared=False,
    shared_words="Not yet.",
)


def day(name: str, on: date) -> dict[str, str]:
    """The three inputs of a day."""
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


TYPED = {
    "told": "told",
    **day("told_on", TODAY + 2 * DAY),
    "told_how": "At the visit on Monday.",
    "told_by": "Wanda Zzworker",
    "shared": "yes",
    **day("shared_on", TODAY + 3 * DAY),
    "shared_reply": "That it was so.",
}


def looked(casework: Casework, person: Person | None = None) -> Check:
    check = casework.ask(person or casework.person(), aim=Aim.VIEW)
    casework.report(check, opened_at=START, now=START + timedelta(minutes=5))
    return check


def promised(casework: Casework, person: Person | None = None) -> Check:
    return casework.will_be_told(looked(casework, person), now=START + timedelta(minutes=6))


def shared_already(casework: Casework) -> Check:
    """A look of which the report says that it was shared with them, and that they will be told."""
    check = looked(casework)
    report = replace(REPORT, told=Told.WILL_BE_TOLD, told_words=None, shared=True, shared_on=TODAY, shared_words=None)
    with casework.transaction() as session:
        report_for_case(session, get_check(session, check.reference), report, by=casework.worker, now=START)
    return check


def opened_at(at: datetime) -> Look:
    """A look that began then."""
    return Look(reference="LOK", check_id=1, viewer_id=1, team_id=1, platforms=[], recorded_at=at, opened_at=at)


def tell(
    casework: Casework, check: Check, new: NewTelling = TELLING, *, by: Actor | None = None, days: int = 3
) -> Telling:
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        return record_telling(session, row, new, by=by or casework.worker, now=START + days * DAY)


def kept(casework: Casework) -> list[Telling]:
    with casework.database.reading() as session:
        return list(session.exec(select(Telling)))


# Recorded ----------------------------------------------------------------------------------------------------------


def test_that_they_were_told_is_kept_beside_the_report_which_stays_as_it_was(casework: Casework) -> None:
    check = promised(casework)
    tell(casework, check, replace(TELLING, shared_on=TODAY + DAY, shared_words="That it was so."))
    (row,) = kept(casework)
    assert (row.told, row.told_on, row.told_by, row.told_words) == (
        "told",
        TODAY + 2 * DAY,
        "Wanda Zzworker",
        "At the visit.",
    )
    assert (row.shared_on, row.shared_words) == (TODAY + DAY, "That it was so.")
    with casework.database.reading() as session:
        (report,) = session.exec(select(CaseReport)).all()
    assert (report.told, report.told_on, report.shared) == ("will_be_told", None, False)


def test_it_is_recorded_once(casework: Casework) -> None:
    check = promised(casework)
    tell(casework, check, EXEMPT)
    with pytest.raises(AlreadyReportedError):
        tell(casework, check)
    assert [row.told for row in kept(casework)] == ["would_prejudice"]


def test_only_where_it_was_said_that_they_will_be_told(casework: Casework) -> None:
    unreported, exempt, struck = looked(casework), looked(casework), promised(casework)
    with casework.transaction() as session:
        report_for_case(session, get_check(session, exempt.reference), REPORT, by=casework.worker, now=START + DAY)
        row = get_check(session, struck.reference)
        row.struck_at, row.struck_by, row.struck_why = START, casework.manager.staff_id, "Of somebody else."
    for check in (unreported, exempt, struck):
        with pytest.raises(NotPromisedError):
            tell(casework, check)
    assert kept(casework) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"told_on": None}, "told_on"),
        ({"told_on": TODAY + 4 * DAY}, "told_on"),
        ({"told_on": TODAY - DAY}, "told_on"),
        ({"told": Told.ALREADY_KNOWS}, "told_on"),
        ({"shared_on": TODAY + 4 * DAY}, "shared_on"),
        ({"shared_on": TODAY - DAY}, "shared_on"),
    ],
)
def test_a_day_is_from_the_look_to_today_and_there_exactly_where_they_were_told(
    casework: Casework, changes: dict[str, Any], field: str
) -> None:
    check = promised(casework)
    with pytest.raises(WrongDayError) as refused:
        tell(casework, check, replace(TELLING, **changes))
    assert refused.value.field == field
    for on in (TODAY, TODAY + 3 * DAY):  # the control: both ends may be
        tell(casework, promised(casework), replace(TELLING, told_on=on, shared_on=on))


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (replace(TELLING, words=""), "told_how"),
        (replace(TELLING, words=" \n"), "told_how"),
        (replace(TELLING, told_by=" "), "told_by"),
        (replace(TELLING, told_by=None), "told_by"),
        (replace(EXEMPT, words=""), "why"),
    ],
)
def test_it_is_said_how_and_by_whom_or_why_the_exemption_applies(
    casework: Casework, monkeypatch: pytest.MonkeyPatch, new: NewTelling, field: str
) -> None:
    check = promised(casework)
    with pytest.raises(NothingSaidError) as refused:
        tell(casework, check, new)
    assert (refused.value.field, kept(casework)) == (field, [])
    if new.told_by is not None or new.told is not Told.TOLD:  # the control: nobody by whom, the table refuses too
        monkeypatch.setattr(telling, "_require_said", lambda _: None)
        tell(casework, check, new)
        assert len(kept(casework)) == 1


def test_where_the_report_says_that_it_was_shared_no_second_day_is_kept(casework: Casework) -> None:
    check, other = shared_already(casework), promised(casework)
    again = replace(TELLING, shared_on=TODAY + DAY)
    with pytest.raises(AlreadyReportedError, match="shared"):
        tell(casework, check, again)
    assert kept(casework) == []
    tell(casework, check)
    tell(casework, other, again)  # the control: it was not shared before
    assert [row.shared_on for row in kept(casework)] == [None, TODAY + DAY]


def test_who_asked_their_deputy_and_the_managers_of_the_team_and_above_record_it_and_nobody_else(
    casework: Casework,
) -> None:
    for by in (casework.colleague, casework.worker2, casework.council.actor(casework.council.manager2), casework.legal):
        with pytest.raises(NotAllowedError):
            tell(casework, promised(casework), by=by)
    with casework.transaction() as session:
        covered, deputy = saved_key(casework.council.worker), saved_key(casework.council.worker2)
        cover = NewDeputy(covered, deputy, START, START + 14 * DAY, "Annual leave")
        name_deputy(session, cover, by=casework.worker, now=START)
    instead = casework.council.actor(casework.council.worker2)
    head = casework.council.actor(casework.council.head)
    for by in (casework.worker, instead, casework.manager, head):
        tell(casework, promised(casework), by=by)
    assert [row.recorded_by for row in kept(casework)] == [
        casework.worker.staff_id,
        instead.staff_id,
        casework.manager.staff_id,
        head.staff_id,
    ]
    with (
        casework.database.reading() as session
    ):  # who spoke for who asked decides on that check no more; a manager did not speak
        assert [one.staff_id for one in session.exec(select(SpokenFor))] == [instead.staff_id]


@pytest.mark.parametrize(
    "change",
    [
        {"told_on": None},
        {"told_by": None},
        {"told": "already_knows"},
        {"told": "will_be_told"},
        {"shared_words": "That it was so."},
    ],
)
def test_the_table_holds_no_half_of_it(casework: Casework, change: dict[str, Any]) -> None:
    check = promised(casework)
    whole: dict[str, Any] = {"told": "told", "told_on": TODAY, "told_by": "Zz", "told_words": "By letter."}
    whole |= {"check_id": check.id, "recorded_at": START, "recorded_by": casework.worker.staff_id}
    with pytest.raises(IntegrityError), casework.transaction() as session:
        session.add(Telling(**{**whole, **change}))
    with casework.transaction() as session:  # the control
        session.add(Telling(**whole))


@pytest.mark.parametrize(
    ("looked_on", "last"),
    [
        (date(2026, 11, 21), date(2026, 12, 21)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_the_last_day_is_the_corresponding_one_of_the_next_month(looked_on: date, last: date) -> None:
    opened = START.replace(year=looked_on.year, month=looked_on.month, day=looked_on.day)
    assert last_day_to_tell(opened_at(opened)) == last


def test_the_day_of_a_look_is_londons() -> None:
    late = START.replace(month=6, day=14, hour=23, minute=30)  # half past midnight of the 15th there
    assert last_day_to_tell(opened_at(late)) == date(2026, 7, 15)


# In the report itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"told": Told.TOLD}, "told_on"),
        ({"told_on": TODAY}, "told_on"),
        ({"told": Told.TOLD, "told_on": TODAY + 2 * DAY}, "told_on"),
        ({"told": Told.TOLD, "told_on": TODAY - DAY}, "told_on"),
        ({"shared": True}, "shared_on"),
        ({"shared_on": TODAY}, "shared_on"),
        ({"shared": True, "shared_on": TODAY + 2 * DAY}, "shared_on"),
    ],
)
def test_the_report_takes_a_day_exactly_where_one_belongs(
    casework: Casework, changes: dict[str, Any], field: str
) -> None:
    check = looked(casework)
    for report in (replace(REPORT, **changes), REPORT):
        with casework.transaction() as session:
            row = get_check(session, check.reference)
            if report is REPORT:
                report_for_case(session, row, report, by=casework.worker, now=START + DAY)
                continue
            with pytest.raises(WrongDayError) as refused:
                report_for_case(session, row, report, by=casework.worker, now=START + DAY)
            assert refused.value.field == field


# Its pages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def worker(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.worker)


Later = Callable[[int], None]


@pytest.fixture
def later(casework: Casework, worker: Visitor, clock: Clock) -> Later:
    """Some days later the worker signs in again."""

    def _later(days: int) -> None:
        clock.advance(days=days)
        worker.sign_in(casework.council.worker)

    return _later


def typed(page: Page) -> str:
    return page.main.one("input", name="told_by")["value"]


def test_the_outcome_asks_the_day_and_keeps_what_they_said(casework: Casework, worker: Visitor) -> None:
    check = looked(casework)
    page = worker.get(f"/checks/{check.reference}/outcome")
    meant = {"meaning": "It fits.", "told": "told", "shared": "yes"}
    wrong = worker.send(page, meant, button="Record what it means")
    assert "Enter the day on which they were told" in wrong.text
    assert "Enter the day on which it was shared" in wrong.text
    tomorrow = {**meant, **day("told_on", TODAY + DAY), **day("shared_on", TODAY)}
    assert "must be today or in the past" in worker.send(page, tomorrow, button="Record what it means").text
    right = {**meant, **day("told_on", TODAY), **day("shared_on", TODAY), "shared_reply": "That it was so."}
    shown = worker.send(page, right, button="Record what it means").text
    assert "Told on 21 November 2026" in shown
    assert "Shared on 21 November 2026" in shown
    assert "That it was so." in shown


def test_what_they_said_may_be_left_out_and_why_it_was_not_shared_may_not(casework: Casework, worker: Visitor) -> None:
    first, second = looked(casework), looked(casework)
    meant = {"meaning": "It fits.", "told": "will_be_told"}
    page = worker.get(f"/checks/{first.reference}/outcome")
    assert worker.send(page, {**meant, "shared": "no"}, button="Record what it means").errors
    page = worker.get(f"/checks/{second.reference}/outcome")
    done = worker.send(page, {**meant, "shared": "yes", **day("shared_on", TODAY)}, button="Record what it means")
    assert "What it means for the case was recorded." in done.text


def test_from_the_checks_page_it_is_said_once_and_then_shown_there_and_in_the_timeline(
    casework: Casework, worker: Visitor, later: Later, client_for: ClientFor
) -> None:
    person = casework.person()
    check = promised(casework, person)
    address = f"/checks/{check.reference}"
    assert "by the end of 21 December 2026" in worker.get(address).text
    later(4)
    form = worker.get(f"{address}/told")
    assert "by the end of 21 December 2026" in form.text
    shown = worker.send(form, TYPED, button="Record it").text
    for words in ("It was recorded.", "At the visit on Monday.", "Told on 23 November 2026", "24 November 2026"):
        assert words in shown
    assert "is to be told of the look by the end" not in shown
    assert "Say that they were told" not in shown
    assert "They were told of a look" in worker.get(f"/people/{person.reference}").text
    theirs = client_for(casework.council.worker2).get(f"/people/{person.reference}").text
    assert "They were told of a look" in theirs
    assert "23 November 2026." not in theirs
    assert worker.get(f"{address}/told").heading == "Whether they were told"


def test_whoever_comes_second_keeps_what_they_typed(casework: Casework, worker: Visitor, later: Later) -> None:
    check = promised(casework)
    later(4)
    form = worker.get(f"/checks/{check.reference}/told")
    tell(casework, check, EXEMPT, by=casework.manager)
    page = worker.send(form, TYPED, button="Record it")
    assert "Whether they were told has been recorded already." in page.text
    assert "The police ask us to wait." in page.text
    assert typed(page) == "Wanda Zzworker"
    assert len(kept(casework)) == 1


def test_a_day_that_cannot_be_is_said_beside_it_and_nothing_is_lost(casework: Casework, worker: Visitor) -> None:
    check = promised(casework)
    form = worker.get(f"/checks/{check.reference}/told")
    page = worker.send(form, TYPED, button="Record it")
    assert "The day on which they were told must be today or in the past" in page.text
    assert typed(page) == "Wanda Zzworker"
    assert kept(casework) == []


def test_what_was_shared_already_is_not_asked_again(casework: Casework, worker: Visitor, later: Later) -> None:
    check = shared_already(casework)
    later(4)
    form = worker.get(f"/checks/{check.reference}/told")
    assert "shared with them since" not in form.text
    answered = {name: value for name, value in TYPED.items() if not name.startswith("shared")}
    assert "It was recorded." in worker.send(form, answered, button="Record it").text
    assert [row.shared_on for row in kept(casework)] == [None]


def test_a_manager_above_the_team_records_it_and_is_led_to_their_tasks(
    casework: Casework, later: Later, client_for: ClientFor
) -> None:
    check = promised(casework)
    later(4)
    head = client_for(casework.council.head)
    page = head.send(head.get(f"/checks/{check.reference}/told"), TYPED, button="Record it")
    assert page.path == "/tasks"
    assert len(kept(casework)) == 1


def test_the_form_sent_twice_records_it_once(casework: Casework, worker: Visitor, later: Later) -> None:
    check = promised(casework)
    later(4)
    form = worker.get(f"/checks/{check.reference}/told")
    for _ in range(2):
        assert "It was recorded." in worker.send(form, TYPED, button="Record it").text
    assert len(kept(casework)) == 1
