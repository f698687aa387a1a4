"""Who stands in for a lawyer is told nothing by a list of what its pages refuse them: they had a part in those checks themself."""

from datetime import timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tests.review.sealing import two_sides
from tracker.staff.requests import NewDeputy
from tracker.staff.services import name_deputy

pytestmark = ONE_DATABASE
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_lawyers_deputy_reads_in_no_list_whose_other_side_a_sealed_record_is(
    casework: Casework, client_for: ClientFor
) -> None:
    """North's worker, who reads the sealed record and looked at it, stands in for the lawyer."""
    old, new, _ = two_sides(casework)
    casework.late(old, START - 8 * HOUR, by=casework.worker2, now=START - 7 * HOUR)
    casework.late(new, START - 6 * HOUR, now=START - 5 * HOUR)
    with casework.transaction() as session:
        cover = NewDeputy(casework.legal.staff_id, casework.worker.staff_id, START - HOUR, START + DAY, "Leave.")
        name_deputy(session, cover, by=casework.legal, now=START - HOUR)
    lawyer, deputy = client_for(casework.council.legal), client_for(casework.council.worker)
    for path in ("/", "/referrals"):
        assert str(old.name) in lawyer.get(path).main.text
        page = deputy.get(path).main
        assert str(old.name) not in page.text
        assert "You had a part in a check about these people, or asked for this." in page.text
        assert not [link for link in page.all("a") if link.get("href").startswith("/referrals/REF-")]
