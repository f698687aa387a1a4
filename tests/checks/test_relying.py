"""What a decision stands on is kept with it, by the references of the records, and so is the case under which it was asked."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.authorities.granting import advise, allow_non_ripa, grant_outside_ripa
from tests.consent.world import World
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor
from tracker.authorities.models import CourtOrder, LegalAdvice
from tracker.authorities.requests import NewCourtOrder
from tracker.authorities.services import report_court_order
from tracker.checks import asking
from tracker.consent.models import Consent, Notice
from tracker.decisions.models import Check
from tracker.decisions.records import latest_decision, list_cases, list_person_decisions
from tracker.people.models import Involvement, Person
from tracker.people.requests import ClosedInvolvement, NewInvolvement, TeamWork
from tracker.people.selectors import involvements_open_on
from tracker.people.services import add_involvement, close_involvement
from tracker.policy.vocabulary import Conclusion, ConsentStatus, Platform, Purpose, Relation
from tracker.storage.tables import saved_key

HOUR = timedelta(hours=1)
LATER = START + HOUR
BOTH = (Platform.FACEBOOK, Platform.INSTAGRAM)


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Kit; and somebody of whom the same is on record, as noise."""
    other = casework.person("Lee")
    casework.consent(other)
    casework.notice(other)
    casework.order(other)
    return casework.person("Kit")


def relied_on(casework: Casework, check: Check) -> list[list[str] | None]:
    """Of everyone concerned, by the newest decision."""
    with casework.database.reading() as session:
        return [one.relied_on for one in list_person_decisions(session, latest_decision(session, check))]


def newest(casework: Casework, table: type[Consent | Notice | LegalAdvice | CourtOrder]) -> str:
    with casework.database.reading() as session:
        return str(session.exec(select(table.reference).order_by(col(table.id).desc())).first())


def given(casework: Casework, person: Person, **scope: object) -> str:
    casework.consent(person, **scope)  # type: ignore[arg-type]  # a scope, or when
    return newest(casework, Consent)


def test_it_stands_on_each_consent_that_carries_a_platform_and_on_no_other(casework: Casework, kit: Person) -> None:
    facebook = given(casework, kit, platforms=frozenset({Platform.FACEBOOK}))
    instagram = given(casework, kit, platforms=frozenset({Platform.INSTAGRAM}))
    given(casework, kit, platforms=frozenset({Platform.X}))
    given(casework, kit, purposes=frozenset({Purpose.CARER_REVIEW}))
    check = casework.ask(kit, now=LATER, platforms=BOTH)
    assert relied_on(casework, check) == [sorted([facebook, instagram])]
    (told,) = trail(casework.database, "check:submitted")[-1].facts["decision"]["people"].values()
    assert told["relied_on"] == sorted([facebook, instagram])


def test_it_does_not_stand_on_a_consent_that_a_refusal_has_overtaken(casework: Casework, kit: Person) -> None:
    given(casework, kit)
    casework.consent(kit, ConsentStatus.REFUSED, now=START + timedelta(minutes=1))
    again = given(casework, kit, now=START + timedelta(minutes=2))
    assert relied_on(casework, casework.ask(kit, now=LATER)) == [[again]]


def test_a_look_that_stands_on_no_record_relies_on_none(casework: Casework, kit: Person) -> None:
    first = casework.ask(kit)
    assert (casework.footing(first), relied_on(casework, first)) == ("open_source", [[]])
    blocked = casework.ask(kit, by=casework.worker2)
    assert relied_on(casework, blocked) == [[]]


def test_it_stands_on_the_latest_notice(casework: Casework, kit: Person) -> None:
    casework.ask(kit)
    casework.notice(kit)
    casework.notice(kit, now=LATER)
    check = casework.ask(kit, now=LATER + HOUR)
    assert casework.footing(check) == "notice"
    assert relied_on(casework, check) == [[newest(casework, Notice)]]


def test_it_stands_on_legals_word(casework: Casework, kit: Person) -> None:
    casework.ask(kit)
    casework.advice(kit, Conclusion.NOT_DIRECTED_SURVEILLANCE, until_on=date(2026, 12, 1), max_views=5)
    first = newest(casework, LegalAdvice)
    casework.advice(kit, Conclusion.NOT_DIRECTED_SURVEILLANCE, now=LATER, until_on=date(2026, 12, 1), max_views=5)
    check = casework.ask(kit, now=LATER + HOUR)
    assert casework.footing(check) == "legal_advice"
    assert relied_on(casework, check) == [[newest(casework, LegalAdvice)]] != [[first]]


def test_it_stands_on_the_order_that_was_seen_and_not_on_the_one_that_is_only_reported(
    casework: Casework, kit: Person
) -> None:
    report = NewCourtOrder(
        persons=frozenset({kit.reference}),
        court="Zzcourt",
        case_number="ZZ2",
        judge="HHJ Example",
        made_on=START.date(),
        from_on=START.date(),
        terms="The council may look.",
        terms_clear=True,
    )
    casework.ask(kit)
    with casework.transaction() as session:
        reported = report_court_order(session, report, by=casework.worker, now=START).reference
    check = casework.ask(kit, now=LATER)
    assert (casework.footing(check), relied_on(casework, check)) == ("court_order", [[reported]])
    sealed = casework.order(kit, now=LATER)
    assert relied_on(casework, casework.ask(kit, now=LATER + HOUR)) == [[sealed]]


def test_it_stands_on_the_authorisation_that_a_justice_approved(casework: Casework, kit: Person) -> None:
    casework.ripa(kit, approved=False)
    approved = casework.ripa(kit)
    check = casework.ask(kit, now=LATER, purpose=Purpose.PREVENT_OR_DETECT_CRIME)
    assert (casework.footing(check), relied_on(casework, check)) == ("ripa_authorisation", [[approved]])


def test_outside_ripa_it_stands_on_the_authorisation_and_on_the_advice_that_opens_it(casework: Casework) -> None:
    world = World(casework.council)
    allow_non_ripa(world)
    advice = advise(world, world.rae, conclusion=Conclusion.THRESHOLD_NOT_MET)
    authorised = grant_outside_ripa(world, world.rae)
    check = casework.ask(world.rae, now=LATER)
    assert casework.footing(check) == "non_ripa_authorisation"
    assert relied_on(casework, check) == [sorted([advice.reference, authorised.reference])]


@ONE_DATABASE
def test_the_page_of_the_check_names_what_it_stands_on_and_the_case(
    casework: Casework, kit: Person, client_for: ClientFor
) -> None:
    consent = given(casework, kit)
    check = casework.ask(kit, now=LATER)
    page = client_for(casework.council.worker).get(f"/checks/{check.reference}")
    assert f"What that ground stands on: consent {consent}." in page.main.text
    with casework.database.reading() as session:
        (case,) = list_cases(session, check)
    assert f"Under which case Zzmosaic {case.case_reference}" in " ".join(page.main.text.split())
    plain = casework.ask(casework.person("Ash"), now=LATER)
    assert (
        "What that ground stands on" not in client_for(casework.council.worker).get(f"/checks/{plain.reference}").text
    )


# Cases ----------------------------------------------------------------------------------------------------------------


def cases(casework: Casework, check: Check) -> list[tuple[int, int]]:
    with casework.database.reading() as session:
        return [(one.person_id, one.team_id) for one in list_cases(session, check)]


def in_transaction(casework: Casework, do: Callable[[Session], object]) -> None:
    with casework.transaction() as session:
        do(session)


def test_a_check_is_asked_under_the_cases_of_the_asking_team_with_everyone_concerned(
    casework: Casework, kit: Person
) -> None:
    sister, north = casework.person("Ada"), saved_key(casework.council.north)
    check = casework.ask(kit, also_about=(sister.reference,))
    assert sorted(cases(casework, check)) == sorted([(saved_key(kit), north), (saved_key(sister), north)])


def test_a_case_that_is_closed_is_not_one_under_which_it_is_asked_and_one_closed_since_stays(
    casework: Casework, kit: Person
) -> None:
    with casework.database.reading() as session:
        mine = select(Involvement).where(
            Involvement.person_id == kit.id, Involvement.team_id == casework.council.north.id
        )
        case = session.exec(mine).one()
    before = casework.ask(kit)
    closed = ClosedInvolvement(person=kit.reference, involvement=case.reference, version=1, closed_on=START.date())
    in_transaction(casework, lambda session: close_involvement(session, closed, by=casework.worker, now=START))
    assert len(cases(casework, before)) == 1
    late = casework.late(kit, LATER, now=START + timedelta(days=2), by=casework.worker2)
    assert cases(casework, late) == [(saved_key(kit), saved_key(casework.council.south))]


@pytest.fixture
def kim(casework: Casework) -> Person:
    """Somebody with whom north worked under one case until 14 October, and under `ZZagain` from the 15th: in summer time."""
    changed, north = datetime(2026, 10, 15, 12, tzinfo=UTC), casework.council.north
    kim = casework.person("Kim", now=datetime(2026, 10, 1, 10, tzinfo=UTC))
    work = TeamWork(
        team=north.reference,
        relation=Relation.SERVICE_USER,
        opened_on=changed.date(),
        case_system="Zzmosaic",
        case_reference="ZZagain",
    )
    with casework.transaction() as session:
        (first,) = involvements_open_on(session, [saved_key(kim)], saved_key(north), on=changed.date())
        add_involvement(session, NewInvolvement(person=kim.reference, work=work), by=casework.worker, now=changed)
        closed = ClosedInvolvement(
            person=kim.reference, involvement=first.reference, version=1, closed_on=date(2026, 10, 14)
        )
        close_involvement(session, closed, by=casework.worker, now=changed)
    return kim


def is_again(casework: Casework, check: Check) -> list[bool]:
    """Of each case under which it was asked, whether it is the second."""
    with casework.database.reading() as session:
        return [one.case_reference == "ZZagain" for one in list_cases(session, check)]


@pytest.mark.parametrize(
    ("looked_at", "again"),
    [
        (datetime(2026, 9, 30, 12, tzinfo=UTC), []),
        (datetime(2026, 10, 5, 12, tzinfo=UTC), [False]),
        (datetime(2026, 10, 14, 22, 59, tzinfo=UTC), [False]),
        (datetime(2026, 10, 14, 23, 0, tzinfo=UTC), [True]),  # midnight in London
        (datetime(2026, 11, 1, 12, tzinfo=UTC), [True]),
    ],
)
def test_a_late_entry_was_made_under_the_case_that_was_open_on_the_day_of_the_look(
    casework: Casework, kim: Person, looked_at: datetime, again: list[bool]
) -> None:
    assert is_again(casework, casework.late(kim, looked_at)) == again
    assert is_again(casework, casework.ask(kim)) == [True]


@ONE_DATABASE
@pytest.mark.parametrize(
    ("day_of", "again"), [(lambda _: START.date(), [True, True]), (lambda at: at.date(), [False, False])]
)
def test_by_todays_cases_or_by_days_that_begin_an_hour_late_the_wrong_case_would_be_told(
    casework: Casework,
    kim: Person,
    monkeypatch: pytest.MonkeyPatch,
    day_of: Callable[[datetime], date],
    again: list[bool],
) -> None:
    """The control: of a look on 5 October, and of one at midnight in London between the two cases."""
    days = [datetime(2026, 10, 5, 12, tzinfo=UTC), datetime(2026, 10, 14, 23, 0, tzinfo=UTC)]
    monkeypatch.setattr(asking, "london_day", day_of)
    assert [is_again(casework, casework.late(kim, day)) for day in days] == [[one] for one in again]
