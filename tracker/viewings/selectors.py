"""The counter: looks as the rules see them; and the ledger for pages."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from tracker.policy import facts
from tracker.policy.limits import Limits
from tracker.policy.vocabulary import Platform, Reviewed, ViewFooting
from tracker.staff.models import StaffMember, Team
from tracker.storage.kept import kept, kept_each
from tracker.viewings.models import AlsoSeen, CaseReport, Look, LookReport, Sighting, Telling, Viewing
from tracker.viewings.vocabulary import FOUND_NOTHING, LookResult


def views_as_facts(
    session: Session, members: Iterable[int], *, recorded_by: datetime, exclude_look: int | None = None
) -> tuple[facts.View, ...]:
    """The looks at these records (keys of one group) as they had been recorded by the instant `recorded_by`.

    A permit is there from its issue, and silence never takes it away. A sitting for two records of the group is one look.
    `exclude_look`: the key of a look that is left out, so that a permit is not judged by itself.
    Source: policy.md, "Reading them", `views` and `find_then_view`.
    """
    seen: dict[tuple[int | None, ViewFooting], facts.View] = {}
    for viewing, look, viewer, team in _entries(session, members, recorded_by):
        footing = footing_as_recorded(viewing, look, by=recorded_by)
        if footing is not None and look.id != exclude_look:
            view = _view(look, viewer=viewer, team=team, footing=footing, by=recorded_by)
            seen.setdefault((look.id, footing), view)
    return tuple(seen.values())


def footing_as_recorded(viewing: Viewing, look: Look, *, by: datetime) -> ViewFooting | None:
    """What a row of the ledger counts as, as recorded by the instant `by`; None where it does not count.

    "Wrong person" leaves the count of the one who was meant only where a manager has confirmed it. See ADR 0030. A look that
    was struck through counts only for whoever's page it really was.
    """
    if look.struck_at is not None and look.struck_at <= by and not viewing.because_wrong_person:
        return None
    settled = look.result if look.result_counts_from is not None and look.result_counts_from <= by else None
    if settled == LookResult.NOT_USED or (settled == LookResult.WRONG_PERSON and not viewing.because_wrong_person):
        return None
    if settled in FOUND_NOTHING and look.searched_first:
        return ViewFooting.PRESENCE_SEARCH
    return ViewFooting(viewing.footing)


def sitting_began_at(look: Look, *, by: datetime) -> datetime:
    """The start of the sitting as recorded by the instant `by`; until that was reported, the issue of the permit."""
    reported = look.reported_at is not None and look.reported_at <= by
    began = look.opened_at if reported or look.issued_at is None else look.issued_at
    at = began or look.issued_at
    assert at is not None  # noqa: S101 - a constraint of the table: a look was issued, or says when it was opened
    return at


def report_due_at(look: Look, limits: Limits) -> datetime | None:
    """When the report of a look is due: so many hours after its start, or when an unused permit ends; None once reported."""
    if look.reported_at is not None:
        return None
    began = look.opened_at or look.started_at
    return look.ends_at if began is None else began + timedelta(hours=limits.outcome_due_hours)


def find_look_of(session: Session, check_id: int) -> Look | None:
    """The permit or late look of a check (by its key), or None."""
    return looks_of(session, [check_id])[check_id]


def looks_of(session: Session, check_ids: Iterable[int]) -> dict[int, Look | None]:
    """The same of several checks at once."""

    def _read(wanted: list[int]) -> dict[int, Look | None]:
        found = {look.check_id: look for look in session.exec(_looks_of(), params={"checks": wanted})}
        return {check_id: found.get(check_id) for check_id in wanted}

    return kept_each(session, "looks_of", check_ids, _read)


@cache
def _looks_of() -> SelectOfScalar[Look]:
    """Built once, as is what a decision asks for about each person."""
    theirs = col(Look.check_id).in_(bindparam("checks", expanding=True))
    return select(Look).where(theirs).execution_options(populate_existing=True)


def find_report_of(session: Session, look_id: int) -> LookReport | None:
    """What the viewer reported of a look, or None."""
    return session.exec(select(LookReport).where(LookReport.look_id == look_id)).first()


def find_case_report_of(session: Session, check_id: int) -> CaseReport | None:
    """What the requester reported of a check, or None."""
    return case_reports_of(session, [check_id])[check_id]


def case_reports_of(session: Session, check_ids: Iterable[int]) -> dict[int, CaseReport | None]:
    """The same of several checks at once."""

    def _read(wanted: list[int]) -> dict[int, CaseReport | None]:
        found = {row.check_id: row for row in session.exec(_reports_of(), params={"checks": wanted})}
        return {check_id: found.get(check_id) for check_id in wanted}

    return kept_each(session, "case_reports_of", check_ids, _read)


@cache
def _reports_of() -> SelectOfScalar[CaseReport]:
    return select(CaseReport).where(col(CaseReport.check_id).in_(bindparam("checks", expanding=True)))


def find_telling_of(session: Session, check_id: int) -> Telling | None:
    """What became of it, where the report of a check said that the person will be told; None until it is recorded."""
    return tellings_of(session, [check_id])[check_id]


def tellings_of(session: Session, check_ids: Iterable[int]) -> dict[int, Telling | None]:
    """The same of several checks at once."""

    def _read(wanted: list[int]) -> dict[int, Telling | None]:
        found = {row.check_id: row for row in session.exec(_tellings(), params={"checks": wanted})}
        return {check_id: found.get(check_id) for check_id in wanted}

    return kept_each(session, "tellings_of", check_ids, _read)


@cache
def _tellings() -> SelectOfScalar[Telling]:
    return select(Telling).where(col(Telling.check_id).in_(bindparam("checks", expanding=True)))


def list_also_seen(session: Session, look_id: int) -> list[AlsoSeen]:
    """Who else was seen in a sitting, in the order reported."""
    return list(session.exec(select(AlsoSeen).where(AlsoSeen.look_id == look_id).order_by(col(AlsoSeen.id))))


def list_viewings(session: Session, members: Iterable[int]) -> list[tuple[Viewing, Look]]:
    """The rows of the ledger for these records, with their looks, newest first; those that do not count are among them."""
    keys = tuple(members)

    def _read() -> tuple[tuple[Viewing, Look], ...]:
        return tuple((viewing, look) for viewing, look in session.exec(_ledger_of(), params={"members": keys}))

    return list(kept(session, ("list_viewings", keys), _read))


@cache
def _ledger_of() -> Select[Viewing, Look]:
    """Built once, as are the others here that most pages ask for."""
    mine = col(Viewing.person_id).in_(bindparam("members", expanding=True))
    query = select(Viewing, Look).join(Look, col(Look.id) == col(Viewing.look_id)).where(mine)
    return query.order_by(col(Viewing.at).desc(), col(Viewing.id).desc())


def list_viewings_of(session: Session, look_id: int) -> list[Viewing]:
    """Whom a look counts for, in the order entered."""
    return list(viewings_of(session, [look_id])[look_id])


def viewings_of(session: Session, look_ids: Iterable[int]) -> dict[int, tuple[Viewing, ...]]:
    """The same of several looks at once."""

    def _read(wanted: list[int]) -> dict[int, tuple[Viewing, ...]]:
        found: dict[int, list[Viewing]] = {look_id: [] for look_id in wanted}
        for row in session.exec(_of_looks(), params={"looks": wanted}):
            found[row.look_id].append(row)
        return {look_id: tuple(rows) for look_id, rows in found.items()}

    return kept_each(session, "viewings_of", look_ids, _read)


@cache
def _of_looks() -> SelectOfScalar[Viewing]:
    theirs = col(Viewing.look_id).in_(bindparam("looks", expanding=True))
    return select(Viewing).where(theirs).order_by(col(Viewing.id))


def list_sightings(session: Session, members: Iterable[int]) -> list[Sighting]:
    """What was seen of these records without a search, newest first. Not counted."""
    mine = col(Sighting.person_id).in_(list(members))
    return list(session.exec(select(Sighting).where(mine).order_by(col(Sighting.at).desc(), col(Sighting.id).desc())))


def _entries(
    session: Session, members: Iterable[int], recorded_by: datetime
) -> Iterable[tuple[Viewing, Look, str, str]]:
    return session.exec(_recorded(), params={"members": list(members), "by": recorded_by}).all()


@cache
def _recorded() -> Select[Viewing, Look, str, str]:
    mine = col(Viewing.person_id).in_(bindparam("members", expanding=True))
    query = (
        select(Viewing, Look, StaffMember.reference, Team.reference)
        .join(Look, col(Look.id) == col(Viewing.look_id))
        .join(StaffMember, col(StaffMember.id) == col(Look.viewer_id))
        .join(Team, col(Team.id) == col(Look.team_id))
        .where(mine, col(Viewing.recorded_at) <= bindparam("by"))
        .order_by(col(Viewing.at), col(Viewing.id))
    )
    return query.execution_options(populate_existing=True)


def _view(look: Look, *, viewer: str, team: str, footing: ViewFooting, by: datetime) -> facts.View:
    reviewed = look.reviewed if look.reviewed_at is not None and look.reviewed_at <= by else None
    return facts.View(
        at=sitting_began_at(look, by=by),
        platforms=frozenset(map(Platform, look.platforms)),
        by=viewer,
        team=team,
        footing=footing,
        reviewed=Reviewed(reviewed) if reviewed else None,
    )
