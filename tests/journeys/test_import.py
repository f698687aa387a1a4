"""An import with errors, mended and run again; what was added is there once, however often the file is sent."""

from pathlib import Path

import pytest
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, Council
from tests.fixtures.hand import Hand, HandOf
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll
from tests.imports.files import people
from tracker.imports import routes, services
from tracker.imports.vocabulary import Kind
from tracker.people.models import Person

pytestmark = ONE_DATABASE

FILE = people("R1,Kit Zzone,23/04/2014", "R2,Rae Zztwo,31/02/2001", "R3,Kitty Zzone,23/04/2014")


def send(hand: Hand, file: Path, text: str) -> Hand:
    """Chooses the file and has it tried."""
    file.write_text(text)
    hand.page.get_by_label("Choose the file").set_input_files(file)
    return hand.press("Try the file")


def test_a_file_with_errors_is_mended_and_sent_again_and_nothing_doubles(
    council: Council, hand_of: HandOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "people.csv"
    hand = hand_of(council.manager).open("/").follow("Import")
    hand.press("Import people").press("Try the file").sees("What the file must look like")
    hand.page.get_by_role("link", name="Choose a file").wait_for()
    send(hand, file, FILE).sees(
        "31 February is not a day", "Looks like row 2 of this file", "Nothing has been changed yet"
    )
    with monkeypatch.context() as slow:
        slow.setitem(services.AT_ONCE, Kind.PEOPLE, 1)
        slow.setattr(routes, "AT_A_TIME_S", 0.0)
        slow.setattr(routes, "LOOK_AGAIN_S", 600)  # else the page may go while it is looked at
        hand.press("Carry the import out").sees("1 of 3 rows done", "You can close it")
        assert_accessible(hand.page)
        assert_no_sideways_scroll(hand.page)
    hand.press("Go on now").sees("The import is done", "Was left out")
    hand.press("Import another file")
    mended = FILE.replace("31/02", "28/02").replace("relation\n", "relation,somebody_else\n")
    mended = mended.replace("service_user", "service_user,").replace("R3,", "R3,", 1)
    mended = mended.replace("Kitty Zzone,23/04/2014,service_user,", "Kitty Zzone,23/04/2014,service_user,yes")
    send(hand, file, mended).sees("Is here already.", "A new record.")
    hand.press("Carry the import out").sees("The import is done").does_not_see("Mend the rows")
    send(hand.press("Import another file"), file, mended).sees("everything in the file is here already")
    hand.press("Carry the import out all the same").sees("Nothing changed")
    with council.database.reading() as session:
        assert sorted(one.name or "" for one in session.exec(select(Person))) == [
            "Kit Zzone",
            "Kitty Zzone",
            "Rae Zztwo",
        ]
