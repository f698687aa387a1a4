"""What the page of a record says of its being in error: templates of the rooms below cannot ask, so they call `in_error_of`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.corrections.models import Correction
from tracker.corrections.records import Found, find_record, kind_of
from tracker.corrections.routes.blueprint import pages
from tracker.corrections.selectors import list_corrections_of
from tracker.corrections.services.asking import may_ask_for_correction
from tracker.corrections.showing import status_of_correction
from tracker.corrections.vocabulary import CorrectionKind
from tracker.web.blocks import Status
from tracker.web.request import actor, now, reading


@dataclass(frozen=True)
class Said:
    """A correction of the record, in a line."""

    reference: str
    status: Status


@dataclass(frozen=True)
class InError:
    """What was said so far of the record's being in error, and whether the reader may say so now."""

    said: tuple[Said, ...]
    may_ask: bool


@pages.app_context_processor
def in_error_for_pages() -> dict[str, Callable[..., Any]]:
    """Gives every template `in_error_of(reference)`: worked out only where a page asks for it."""
    return {"in_error_of": _in_error_of}


def _in_error_of(reference: str, *, of_objection: bool = False) -> InError:
    with reading() as session:
        kind = kind_of(reference, of_objection=of_objection)
        found = find_record(session, kind, reference, now=now())
        if not has_permission(actor(), Permission.OPEN_CORRECTION) or not _may_read(found):
            return InError((), may_ask=False)
        about = [one for one in list_corrections_of(session, [reference]) if one.kind == kind.value]
        waits = any(one.answered_at is None for one in about)
        asks = has_permission(actor(), Permission.ASK_FOR_CORRECTION) and may_ask_for_correction(actor(), found)
        said = tuple(_said(session, one, found) for one in about)
        return InError(said, may_ask=asks and not waits and not found.is_struck and not _settles_otherwise(found))


def _may_read(found: Found) -> bool:
    return may_ask_for_correction(actor(), found) or not has_permission(actor(), Permission.ASK_FOR_CORRECTION)


def _said(session: Session, one: Correction, found: Found) -> Said:
    return Said(one.reference, status_of_correction(session, one, found, now=now()))


def _settles_otherwise(found: Found) -> bool:
    """The refusal that stands for a disagreement is settled by Legal, not struck."""
    return found.kind is CorrectionKind.CONSENT and bool(found.row.disagreement)
