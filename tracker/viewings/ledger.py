"""Writing in the ledger. Called only by the use-cases of a check, which hold the locks, ask who may, and record the event."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.policy.vocabulary import Platform, ViewFooting
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key
from tracker.viewings.models import AlsoSeen, Look, LookReport, Viewing
from tracker.viewings.requests import ReportOfLook

LOOK = "LOK"


def issue_permit(
    session: Session,
    *,
    check_id: int,
    viewer_id: int,
    team_id: int,
    platforms: Iterable[Platform],
    searched_first: bool,
    footings: Mapping[int, ViewFooting],
    ends_at: datetime,
    now: datetime,
) -> Look:
    """Enters a permit and its view for everyone in `footings` (person's key to the footing that decided for them).

    It counts from this moment on. `searched_first`: find, and only if open look.
    """
    look = Look(
        reference=new_reference(LOOK),
        check_id=check_id,
        viewer_id=viewer_id,
        team_id=team_id,
        platforms=[platform.value for platform in platforms],
        searched_first=searched_first,
        issued_at=now,
        ends_at=ends_at,
        recorded_at=now,
    )
    _enter(session, look, footings, at=now, now=now)
    return look


def enter_late_look(
    session: Session,
    *,
    check_id: int,
    viewer_id: int,
    team_id: int,
    platforms: Iterable[Platform],
    searched_first: bool,
    footings: Mapping[int, ViewFooting],
    opened_at: datetime,
    closed_at: datetime,
    now: datetime,
) -> Look:
    """Enters a look that was made without a permit, and its view for everyone in `footings`."""
    look = Look(
        reference=new_reference(LOOK),
        check_id=check_id,
        viewer_id=viewer_id,
        team_id=team_id,
        platforms=[platform.value for platform in platforms],
        searched_first=searched_first,
        opened_at=opened_at,
        closed_at=closed_at,
        recorded_at=now,
    )
    _enter(session, look, footings, at=opened_at, now=now)
    return look


def enter_report(
    session: Session,
    look: Look,
    report: ReportOfLook,
    *,
    also_seen: Iterable[tuple[str, int | None]],
    counts_from: datetime | None,
    by: int,
    now: datetime,
) -> None:
    """Writes what the viewer said of the sitting. The times are those of `look`, which the use-case has set.

    `counts_from`: from when a result that takes the view out of the count does so; None while it waits for a manager.
    """
    look.result, look.reported_at, look.result_counts_from = report.result.value, now, counts_from
    look.version += 1
    session.add(look)
    session.add(_report_row(saved_key(look), report, by=by, now=now))
    session.add_all(
        AlsoSeen(look_id=saved_key(look), relation=relation, person_id=person, recorded_at=now)
        for relation, person in also_seen
    )
    if look.opened_at is not None:
        for viewing in _viewings(session, saved_key(look)):
            viewing.at = look.opened_at
            session.add(viewing)
    session.flush()


def enter_wrong_person(session: Session, look: Look, person_id: int, *, now: datetime) -> None:
    """The look counts at once for whoever was looked at by mistake, as a look that nothing had decided for them.

    Where the check concerned them already, their row only stays once the mistake is confirmed.
    """
    known = next((one for one in _viewings(session, saved_key(look)) if one.person_id == person_id), None)
    if known is None:
        known = Viewing(
            look_id=saved_key(look),
            person_id=person_id,
            footing=ViewFooting.LATE_ENTRY.value,
            at=look.opened_at or now,
            recorded_at=now,
        )
    known.because_wrong_person = True
    session.add(known)
    session.flush()


def _enter(session: Session, look: Look, footings: Mapping[int, ViewFooting], *, at: datetime, now: datetime) -> None:
    session.add(look)
    session.flush()
    session.add_all(
        Viewing(look_id=saved_key(look), person_id=person, footing=footing.value, at=at, recorded_at=now)
        for person, footing in footings.items()
    )
    session.flush()


def _viewings(session: Session, look_id: int) -> list[Viewing]:
    return list(session.exec(select(Viewing).where(Viewing.look_id == look_id).order_by(col(Viewing.id))))


def _report_row(look_id: int, report: ReportOfLook, *, by: int, now: datetime) -> LookReport:
    return LookReport(
        look_id=look_id,
        visibility_found=report.visibility_found,
        others_present=report.others_present,
        looked_for=report.looked_for,
        found=report.found,
        identified_how=report.identified_how,
        corroborated_how=report.corroborated_how,
        authentic=report.authentic,
        evidence_place=report.evidence_place,
        evidence_sha256=report.evidence_sha256,
        recorded_at=now,
        recorded_by=by,
    )
