"""Every page as each who may not read the sealed record: nothing of it is on any; nor on a reader's, what it is the same as."""

import pytest

from tests.fixtures.rehearsal import Rehearsal
from tests.permissions.routes_table import ROUTES
from tests.permissions.table import PEOPLE, Row, read_table

NOT_READERS = ("C", "O")
READERS = ("W", "M")
ABOUT = ("/people/{sealed}", "/people/{sealed_other}", "/checks/{sealed_check}")
OF_MANY = ("/people/found/", "/add/")
"""Pages that list whoever has a name: both sides are on them, as everybody is."""

ROWS = [row for row in read_table(ROUTES) if row.method == "GET" and not any(one in row.address for one in OF_MANY)]


def shown(rehearsal: Rehearsal, row: Row, letter: str) -> str:
    """The whole page as it was sent; empty where the table says that they get none."""
    who = PEOPLE[letter]
    if row.answers[letter] != "y":
        return ""
    response = rehearsal.open(who, row.address_for(who, rehearsal.records))
    return response.text if response.mimetype == "text/html" else ""


@pytest.mark.parametrize("letter", NOT_READERS)
def test_no_page_names_a_sealed_record_to_who_may_not_read_it(rehearsal: Rehearsal, letter: str) -> None:
    named = (rehearsal.records["sealed"], rehearsal.records["sealed_check"], "Sealed Zzfurnished")
    pages = {str(row): shown(rehearsal, row, letter) for row in ROWS if "sealed" not in row.address}
    pages |= {str(row): shown(rehearsal, row, letter) for row in ROWS if "{sealed_other}" in row.address}
    rehearsal.restore()
    assert sum(1 for page in pages.values() if page) > 40
    assert [address for address, page in pages.items() if any(one in page for one in named)] == []


@pytest.mark.parametrize("letter", READERS)
def test_no_page_about_either_side_tells_a_reader_of_both_that_they_are_one(rehearsal: Rehearsal, letter: str) -> None:
    both = {rehearsal.records["sealed"], rehearsal.records["sealed_other"]}
    about = [row for row in ROWS if row.address.startswith(ABOUT)]
    pages = {str(row): shown(rehearsal, row, letter) for row in about}
    pages["the other"] = rehearsal.open(PEOPLE[letter], f"/people/{rehearsal.records['sealed_other']}").text
    rehearsal.restore()
    assert sum(1 for page in pages.values() if page) > 5
    assert [address for address, page in pages.items() if all(one in page for one in both)] == []
    assert not any(rehearsal.records["counterpart"] in page for page in pages.values())


def test_the_control_is_legal_who_sees_both_on_one_page(rehearsal: Rehearsal) -> None:
    page = rehearsal.open("legal", f"/referrals/{rehearsal.records['sealed_referral']}").text
    rehearsal.restore()
    assert rehearsal.records["sealed"] in page
    assert rehearsal.records["sealed_other"] in page
