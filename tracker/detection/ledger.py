"""The ledger as patterns see it: one `PatternView` a look and person, in a fixed number of statements however many they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam
from sqlalchemy import select as select_rows
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.decisions.models import Check, CheckProfile
from tracker.detection.circles import Circle
from tracker.people.models import Profile
from tracker.policy.patterns import IssuedPermit, PatternView
from tracker.policy.vocabulary import Reviewed
from tracker.staff.models import StaffMember, Team
from tracker.viewings.models import Look, Viewing
from tracker.viewings.selectors import footing_as_recorded, sitting_began_at


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger with all that belongs to it. `page` is the key of the person whose page the check was about."""

    viewing: Viewing
    look: Look
    page: int
    worker: str
    team: str


@dataclass(frozen=True, slots=True)
class NamedProfile:
    """An address that a check named, and the key of the record that it stands on."""

    check_id: int
    person_id: int
    address: str


class Whose(Enum):
    """Of which looks the rows of the ledger are read, by whose keys they are known."""

    AT_PEOPLE = "the looks at these people"
    OF_CHECKS = "the looks of these checks"
    LATE_BY_WORKERS = "the looks that these members of staff recorded after they had made them"


def list_entries(session: Session, whose: Whose, keys: Iterable[int]) -> list[Entry]:
    """The rows of the ledger as they are recorded, those that do not count among them, in a fixed order."""
    rows = session.execute(_entries(whose), {"keys": list(keys)}).all()
    return [Entry(viewing, look, page, worker, team) for viewing, look, page, worker, team in rows]


@cache
def _entries(whose: Whose) -> Select[Viewing, Look, int, str, str]:
    """Built once for each: every check that is asked for reads them, as does every report of a look."""
    keys: BindParameter[int] = bindparam("keys", expanding=True)
    which = {
        Whose.AT_PEOPLE: col(Viewing.person_id).in_(keys),
        Whose.OF_CHECKS: col(Look.check_id).in_(keys),
        Whose.LATE_BY_WORKERS: col(Look.viewer_id).in_(keys) & col(Look.issued_at).is_(None),
    }
    query = (
        select_rows(Viewing, Look, col(Check.person_id), col(StaffMember.reference), col(Team.reference))
        .join(Look, col(Look.id) == col(Viewing.look_id))
        .join(Check, col(Check.id) == col(Look.check_id))
        .join(StaffMember, col(StaffMember.id) == col(Look.viewer_id))
        .join(Team, col(Team.id) == col(Look.team_id))
        .where(which[whose])
        .order_by(col(Viewing.at), col(Viewing.id))
    )
    return query.execution_options(populate_existing=True)


def last_moment(entries: Iterable[Entry], now: datetime) -> datetime:
    """`now`, or the last thing recorded of these looks if that is later: a request takes its time before it waits for the locks,
    and whoever held them meanwhile may have taken theirs after it."""
    return max([now, *(moment for entry in entries for moment in _moments(entry))])


def _moments(entry: Entry) -> Iterator[datetime]:
    look = entry.look
    yield entry.viewing.recorded_at
    yield from filter(None, (look.reported_at, look.result_counts_from, look.reviewed_at, look.struck_at))


def views_of(
    entries: Iterable[Entry], circle: Circle, named: Iterable[NamedProfile], *, now: datetime
) -> tuple[PatternView, ...]:
    """What counts of these rows, once a look and person: two records of one person make one view.

    A view is of the person's own page where the check named a profile of theirs, and otherwise of the page of whom it was asked
    about; somebody looked at by mistake is looked at on their own page.
    """
    addresses: dict[tuple[int, str], set[str]] = {}
    for one in named:
        addresses.setdefault((one.check_id, circle.name_of(one.person_id)), set()).add(one.address)
    views: dict[tuple[str, str, str], PatternView] = {}
    for entry in entries:
        footing = footing_as_recorded(entry.viewing, entry.look, by=now)
        if footing is None:
            continue
        look, person = entry.look, circle.name_of(entry.viewing.person_id)
        own = entry.viewing.because_wrong_person or (look.check_id, person) in addresses
        page = person if own else circle.name_of(entry.page)
        views.setdefault(
            (look.reference, person, footing.value),
            PatternView(
                look=look.reference,
                person=person,
                page=page,
                at=sitting_began_at(look, by=now),
                recorded_at=look.recorded_at,
                by=entry.worker,
                team=entry.team,
                footing=footing,
                reviewed=Reviewed(look.reviewed) if look.reviewed else None,
                profiles=frozenset(addresses.get((look.check_id, page), ())),
            ),
        )
    return tuple(views.values())


def permits_of(entries: Iterable[Entry], circle: Circle, people: frozenset[str]) -> tuple[IssuedPermit, ...]:
    """The permits among these rows, whatever became of them, with those of `people` whom each was for."""
    permits: dict[str, IssuedPermit] = {}
    for entry in entries:
        look, person = entry.look, circle.name_of(entry.viewing.person_id)
        if look.issued_at is None or look.struck_at is not None:
            continue
        before = permits.get(look.reference)
        permits[look.reference] = IssuedPermit(
            look=look.reference,
            people=(before.people if before else frozenset()) | ({person} & people),
            worker=entry.worker,
            team=entry.team,
            issued_at=look.issued_at,
            result=look.result,
            reported_at=look.reported_at,
        )
    return tuple(permits.values())


def list_named_profiles(session: Session, entries: Iterable[Entry]) -> list[NamedProfile]:
    """The addresses that the checks of these looks named; what was struck off a record since is among them."""
    checks = {entry.look.check_id for entry in entries}
    if not checks:
        return []
    named = session.execute(_named(), {"checks": list(checks)})
    return [NamedProfile(check, person, f"{platform}:{handle}") for check, person, platform, handle in named]


@cache
def _named() -> Select[int, int, str, str]:
    checks: BindParameter[int] = bindparam("checks", expanding=True)
    named = (col(CheckProfile.check_id), col(Profile.person_id), col(Profile.platform), col(Profile.handle))
    return (
        select_rows(*named)
        .join(Profile, col(Profile.id) == col(CheckProfile.profile_id))
        .where(col(CheckProfile.check_id).in_(checks))
        .order_by(col(CheckProfile.check_id), col(Profile.id))
    )


def list_checks_sharing(session: Session, named: Iterable[NamedProfile]) -> set[int]:
    """Keys of the checks that named one of these addresses on another record; of those that named them there may be some too, whose
    look may have been at more people than was asked about."""
    mine = {one.check_id for one in named}
    return set(session.exec(_sharing(), params={"checks": list(mine)})) if mine else set()


@cache
def _sharing() -> SelectOfScalar[int]:
    here, there, at_theirs = aliased(CheckProfile), aliased(Profile), aliased(CheckProfile)
    return (
        select(at_theirs.check_id)
        .join(there, col(there.id) == col(at_theirs.profile_id))
        .join(
            Profile,
            (col(Profile.platform) == col(there.platform))
            & (col(Profile.handle) == col(there.handle))
            & (col(Profile.person_id) != col(there.person_id)),
        )
        .join(here, col(here.profile_id) == col(Profile.id))
        .where(col(here.check_id).in_(bindparam("checks", expanding=True)))
        .distinct()
    )
