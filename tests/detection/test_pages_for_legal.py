"""What Legal reads of what was found, and what workers and managers read: that there is a hold, not what other teams did."""

import pytest

from tests.detection.finding import DAY, HOUR, cases, family, findings, holds, looks_of
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page
from tracker.people.selectors import get_person_by_id
from tracker.policy.vocabulary import Outcome
from tracker.referrals.vocabulary import ReferralKind

pytestmark = ONE_DATABASE


@pytest.fixture
def found(casework: Casework, clock: Clock) -> Casework:
    """A family at which three people of two teams looked, and a fourth ask that the hold blocked."""
    people = family(casework)
    for days, by in enumerate((casework.worker, casework.worker2, casework.colleague)):
        casework.ask(people[days], by=by, now=START + days * DAY)
    check = casework.ask(people[0], by=casework.worker2, now=START + 3 * DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    clock.set(START + 3 * DAY + HOUR)
    return casework


def test_legal_reads_the_finding_the_network_and_what_a_release_does(found: Casework, client_for: ClientFor) -> None:
    (finding,) = findings(found)
    page = client_for(found.council.legal).get(f"/referrals/{the_case(found)}")
    assert "a cluster of looks at one family" in page.text
    assert finding.why in page.text
    network, looks = rows_of(page, "Who belongs together"), rows_of(page, "Its looks")
    assert [row[2] for row in network] == ["1", "1", "1"]
    assert all("of " in row[1] for row in network)
    assert len(looks) == 3
    assert "What a release does" in page.text
    assert all(look in page.text for look in looks_of(found, finding))


def test_a_release_whose_page_is_older_than_what_was_found_is_not_carried_out(
    found: Casework, client_for: ClientFor
) -> None:
    hold, legal = holds(found)[0], client_for(found.council.legal)
    page = legal.get(f"/holds/{hold.reference}/release")
    assert all(look in page.text for look in looks_of(found, findings(found)[0]))
    with found.database.reading() as session:
        person = get_person_by_id(session, hold.person_id)
    found.late(person, START - DAY, now=START + 3 * DAY + HOUR)
    answer = legal.send(page, {"why": "One plan."})
    assert "Something more was found" in answer.text
    assert hold.reference in {one.reference for one in holds(found)}
    legal.send(answer, {"why": "One plan."})
    assert hold.reference not in {one.reference for one in holds(found)}


def test_workers_and_managers_read_that_there_is_a_hold_and_not_what_other_teams_did(
    found: Casework, client_for: ClientFor
) -> None:
    (finding,), hold = findings(found), holds(found)[0]
    with found.database.reading() as session:
        person = get_person_by_id(session, hold.person_id).reference
    for member in (found.council.worker, found.council.manager):
        page = client_for(member).get(f"/people/{person}")
        assert "Blocked: a pattern of viewing, with Legal since" in page.text
        assert finding.why not in page.text
        assert found.worker2.name not in page.text
    page = client_for(found.council.worker2).get("/checks")
    assert "A pattern of viewing, with Legal since" in page.text


def the_case(casework: Casework) -> str:
    return next(case.reference for case, _ in cases(casework) if case.kind == ReferralKind.PATTERN)


def rows_of(page: Page, caption: str) -> list[list[str]]:
    """The cells of the rows of the table whose caption begins so."""
    tables = [one for one in page.main.all("table") if one.one("caption").text.startswith(caption)]
    assert len(tables) == 1, page.text
    return [[cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in tables[0].one("tbody").all("tr")]
