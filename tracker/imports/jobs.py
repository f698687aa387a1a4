"""The clock of imports: one that nobody waits for any more is carried on with, and rows are erased when their time is over."""

from datetime import datetime
from itertools import chain, repeat

from sqlmodel import Session

from tracker.access.permissions import NotAllowedError
from tracker.clockwork.jobs import Job
from tracker.imports.models import ImportFile
from tracker.imports.selectors import imports_run_out, running_imports
from tracker.imports.services import AT_ONCE, erase_import, go_on_with_import
from tracker.imports.vocabulary import Kind, State
from tracker.staff.passwords import Passwords
from tracker.staff.selectors import load_actor
from tracker.storage.tables import saved_key


def _pieces_left(session: Session, now: datetime) -> list[int]:
    """The key of each import that runs, as often as it has pieces left."""
    running = running_imports(session)
    pieces = (repeat(saved_key(one), -(-(one.rows - one.done) // AT_ONCE[Kind(one.kind)])) for one in running)
    return list(chain.from_iterable(pieces))


def _go_on(session: Session, import_id: int, now: datetime) -> None:
    """As whoever began it, with what they may do now; where they may not any more, it ends with what is done."""
    found = session.get_one(ImportFile, import_id)
    if found.state != State.RUNNING:
        return
    by = load_actor(session, staff_id=found.staff_id, now=now)
    try:
        go_on_with_import(session, found.reference, by=by, now=now, passwords=Passwords())
    except NotAllowedError:
        erase_import(session, found, by=None, now=now)


def _erase(session: Session, import_id: int, now: datetime) -> None:
    found = session.get_one(ImportFile, import_id, with_for_update=True)
    if found.erased_at is None and found.ends_at <= now:
        erase_import(session, found, by=None, now=now)


IMPORTS_GO_ON = Job("imports-go-on", "Carry on with imports that were begun", items=_pieces_left, do=_go_on)
IMPORTS_RUN_OUT = Job(
    "imports-run-out", "Erase the rows of imports whose time is over", items=imports_run_out, do=_erase
)
