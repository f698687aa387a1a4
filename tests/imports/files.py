"""Files as somebody might send them, and carrying one out without a page."""

from collections.abc import Iterable

from tests.fixtures.council import START, Council
from tests.fixtures.settling import FAST
from tracker.imports.models import ImportFile
from tracker.imports.requests import TriedFile
from tracker.imports.services import begin_import, go_on_with_import, keep_import, try_file
from tracker.imports.vocabulary import Kind
from tracker.policy.entitlement import Actor

HEADER = "case_system,case_reference,team,name,date_of_birth,relation"


def people(*lines: str, header: str = HEADER) -> str:
    """A file of people. A line: reference, name and date of birth; all of north, in one case system."""
    rows = [
        f"Zzsystem,{one.split(',')[0]},Family Help North,{','.join(one.split(',')[1:])},service_user" for one in lines
    ]
    return "\n".join([header, *rows]) + "\n"


def tried(council: Council, text: str, *, kind: Kind = Kind.PEOPLE, by: Actor | None = None) -> TriedFile:
    """What would become of each row."""
    with council.database.reading() as session:
        return try_file(session, kind, text.encode(), by=by or whose(council, kind), now=START, passwords=FAST)


def kept(council: Council, text: str, *, kind: Kind = Kind.PEOPLE, by: Actor | None = None) -> ImportFile:
    """The file, tried and kept."""
    found = tried(council, text, kind=kind, by=by)
    with council.database.transaction() as session:
        return keep_import(session, found, by=by or whose(council, kind), now=START)


def carried_out(council: Council, found: ImportFile, *, by: Actor | None = None) -> ImportFile:
    """The kept file, carried out to its end."""
    who = by or whose(council, Kind(found.kind))
    with council.database.transaction() as session:
        done = begin_import(session, found.reference, by=who, now=START, passwords=FAST)
    left = 1
    while left:
        with council.database.transaction() as session:
            left = go_on_with_import(session, found.reference, by=who, now=START, passwords=FAST)
    return done


def whose(council: Council, kind: Kind) -> Actor:
    """Who imports files of that kind."""
    return council.actor(council.manager if kind is Kind.PEOPLE else council.admin)


def fates(found: TriedFile | Iterable[object]) -> list[str]:
    """The fates in order."""
    told = found.told if isinstance(found, TriedFile) else found
    return [str(one.fate) for one in told]  # type: ignore[attr-defined]
