"""`kill -9` in the middle of an import, again and again: nobody is lost and nobody is there twice."""

from collections import Counter
from datetime import timedelta

from sqlmodel import select

from tests.clockwork.killing import killed
from tests.clockwork.victims import Forker, Order
from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.settling import FAST
from tests.imports.files import kept, people, whose
from tracker.audit.chain import verify
from tracker.imports.models import ImportFile
from tracker.imports.services import begin_import
from tracker.imports.vocabulary import Kind, State
from tracker.people.models import Involvement, Person

pytestmark = ONE_DATABASE

ROWS, KILLS = 250, 4
LATE = 400
"""A piece has some more statements than this: each is killed in the middle of one, and none comes to its end before the last run."""

SURNAMES = [f"Zz{one}{two}{three}" for one in "abcde" for two in "fghijklmno" for three in "pqrstuvwxy"]


def test_killed_again_and_again_an_import_puts_everybody_on_record_once(
    council: Council, sqlite_url: str, forker: Forker
) -> None:
    rows = (f"R{number},Kit {SURNAMES[number]},{START.date() - timedelta(days=number)}" for number in range(ROWS))
    found = kept(council, people(*rows))
    with council.database.transaction() as session:
        begin_import(session, found.reference, by=whose(council, Kind.PEOPLE), now=START, passwords=FAST)
    killed(forker, sqlite_url, "imports", late=LATE, kills=KILLS)
    assert forker.run(Order(sqlite_url, "imports", START.isoformat())) == 0
    with council.database.reading() as session:
        assert session.get_one(ImportFile, found.id).state == State.DONE
        assert Counter(session.exec(select(Involvement.case_reference))) == {f"R{one}": 1 for one in range(ROWS)}
        assert len(session.exec(select(Person.id)).all()) == ROWS
        assert verify(session).holds
