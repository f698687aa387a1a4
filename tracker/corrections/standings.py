"""What entitlement may see of the records that several corrections name, a table at a time: as `find_record` says it of one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.authorities.models import CourtOrder, LegalAdvice, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.selectors import named_by
from tracker.consent.models import Consent, Notice
from tracker.consent.selectors import list_objections
from tracker.corrections.models import Correction
from tracker.corrections.records import NO_TEAM
from tracker.corrections.vocabulary import CorrectionKind
from tracker.decisions.concerned import standings_of_checks, standings_of_each
from tracker.decisions.models import Check
from tracker.people.models import SamePersonLink
from tracker.policy.entitlement import CheckStanding
from tracker.staff.selectors import parent_teams
from tracker.storage.tables import saved_key


@dataclass(frozen=True, slots=True)
class _Record:
    """Whose a record is (keys; the first: whose page shows it), which team's, and who recorded it (keys)."""

    team: int
    by: int
    people: tuple[int, ...]


_Named = tuple[CorrectionKind, str]


def standings_of_corrections(
    session: Session, corrections: Iterable[Correction], *, now: datetime
) -> dict[int, CheckStanding]:
    """The standing of the record that each of these corrections names, by the correction's key."""
    wanted = {saved_key(one): (CorrectionKind(one.kind), one.record) for one in corrections}
    references = defaultdict[CorrectionKind, set[str]](set)
    for kind, reference in wanted.values():
        references[kind].add(reference)
    found = _of_checks(session, references.pop(CorrectionKind.CHECK, set()), now)
    records = {one: record for kind, named in references.items() for one, record in _of(session, kind, named).items()}
    people = standings_of_each(session, {one: record.people for one, record in records.items()}, now=now)
    for one, record in records.items():
        above = parent_teams(session, record.team) if record.team else frozenset()
        found[one] = CheckStanding(record.team, record.by, record.by, people[one], parent_teams=above)
    return {key: found[one] for key, one in wanted.items()}


def _of_checks(session: Session, references: set[str], now: datetime) -> dict[_Named, CheckStanding]:
    checks = _rows(session, Check, references) if references else []
    standings = standings_of_checks(session, checks, now=now)
    return {(CorrectionKind.CHECK, check.reference): standings[saved_key(check)] for check in checks}


def _of(session: Session, kind: CorrectionKind, references: set[str]) -> dict[_Named, _Record]:
    match kind:
        case CorrectionKind.CONSENT:
            rows = _rows(session, Consent, references)
            found = {row.reference: _Record(row.team_id, row.recorded_by, (row.person_id,)) for row in rows}
        case CorrectionKind.NOTICE:
            rows = _rows(session, Notice, references)
            found = {row.reference: _Record(row.team_id, row.recorded_by, (row.person_id,)) for row in rows}
        case CorrectionKind.OBJECTION:
            found = _of_objections(session, references)
        case CorrectionKind.ADVICE:
            rows = _rows(session, LegalAdvice, references)
            found = {row.reference: _Record(NO_TEAM, row.recorded_by, (row.person_id,)) for row in rows}
        case CorrectionKind.SAME_PERSON_LINK:
            rows = _rows(session, SamePersonLink, references)
            found = {row.reference: _Record(NO_TEAM, row.made_by, (row.person_id, row.other_id)) for row in rows}
        case CorrectionKind.RIPA:
            found = _of_authorities(session, RipaAuthorisation, references)
        case CorrectionKind.NON_RIPA:
            found = _of_authorities(session, NonRipaAuthorisation, references)
        case CorrectionKind.COURT_ORDER:
            found = _of_authorities(session, CourtOrder, references)
        case _:
            raise AssertionError(kind)
    return {(kind, reference): record for reference, record in found.items()}


def _of_objections(session: Session, references: set[str]) -> dict[str, _Record]:
    """By the reference of the notice that was objected to: of the objections that stand the latest, else of all."""
    notices = {saved_key(one): one for one in _rows(session, Notice, references)}
    latest: dict[int, tuple[bool, int]] = {}
    for one in list_objections(session, notices):
        stands = one.struck_at is None
        if one.notice_id not in latest or (stands and not latest[one.notice_id][0]):
            latest[one.notice_id] = (stands, one.recorded_by)
    return {
        notice.reference: _Record(notice.team_id, latest[key][1], (notice.person_id,))
        for key, notice in notices.items()
    }


def _of_authorities(
    session: Session, kind: type[RipaAuthorisation | NonRipaAuthorisation | CourtOrder], references: set[str]
) -> dict[str, _Record]:
    rows = _rows(session, kind, references)
    named = named_by(session, kind, map(saved_key, rows))
    return {row.reference: _Record(NO_TEAM, row.recorded_by, named[saved_key(row)]) for row in rows}


def _rows(session: Session, table: Any, references: set[str]) -> list[Any]:
    return list(session.exec(select(table).where(col(table.reference).in_(references)).order_by(col(table.id))))
