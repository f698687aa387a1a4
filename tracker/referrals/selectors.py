"""Queries over flagged cases and holds: what the rules see, and lists for pages."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.policy import facts
from tracker.referrals.models import Hold, Referral, ReferralPerson
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.storage.kept import kept_each, kept_rows
from tracker.storage.tables import NoSuchRecordError


def holds_as_facts(session: Session, members: Iterable[int], *, recorded_by: datetime) -> tuple[facts.Hold, ...]:
    """The holds on these records (keys of one group) as they had been recorded by the instant `recorded_by`."""
    rows = session.exec(_holds_by(), params={"members": list(members), "by": recorded_by})
    return tuple(
        facts.Hold(
            pattern=hold.pattern,
            at=hold.at,
            released_at=hold.released_at if hold.released_at is not None and hold.released_at <= recorded_by else None,
        )
        for hold in rows
    )


@cache
def _holds_by() -> SelectOfScalar[Hold]:
    """Built once, as is the other one here: every decision asks for the holds."""
    mine = col(Hold.person_id).in_(bindparam("members", expanding=True))
    query = select(Hold).where(mine, col(Hold.recorded_at) <= bindparam("by")).order_by(col(Hold.at), col(Hold.id))
    return query.execution_options(populate_existing=True)


def get_referral(session: Session, reference: str) -> Referral:
    """The flagged case with that reference. Raises `NoSuchRecordError`."""
    referral = session.exec(select(Referral).where(Referral.reference == reference)).first()
    if referral is None:
        raise NoSuchRecordError("there is no such referral")
    return referral


def get_hold(session: Session, reference: str) -> Hold:
    """The hold with that reference. Raises `NoSuchRecordError`."""
    hold = session.exec(select(Hold).where(Hold.reference == reference)).first()
    if hold is None:
        raise NoSuchRecordError("there is no such hold")
    return hold


def find_open_referral(session: Session, check_id: int) -> Referral | None:
    """The case that is open about a check (its key): the earliest, or None."""
    return open_referrals_of(session, [check_id])[check_id]


def find_open_error(session: Session, check_id: int) -> Referral | None:
    """The case that is open about a check (its key) as a possible error, or None."""
    query = select(Referral).where(
        Referral.check_id == check_id,
        Referral.kind == ReferralKind.POSSIBLE_ERROR.value,
        Referral.place != ReferralPlace.CLOSED.value,
    )
    return session.exec(query.order_by(col(Referral.id))).first()


def find_seal_asked(session: Session, person_id: int) -> Referral | None:
    """The case by which Legal was last asked to seal a record (its key), open or answered, read anew; or None."""
    query = (
        select(Referral)
        .join(ReferralPerson, col(ReferralPerson.referral_id) == col(Referral.id))
        .where(ReferralPerson.person_id == person_id, Referral.kind == ReferralKind.SEAL_ASKED.value)
        .order_by(col(Referral.id).desc())
    )
    return session.exec(query.execution_options(populate_existing=True)).first()


def open_referrals_of(session: Session, check_ids: Iterable[int]) -> dict[int, Referral | None]:
    """The same of several checks at once."""
    return {key: next(filter(_is_open, cases), None) for key, cases in referrals_of(session, check_ids).items()}


def _is_open(case: Referral) -> bool:
    return case.place != ReferralPlace.CLOSED


def referrals_of(session: Session, check_ids: Iterable[int]) -> dict[int, tuple[Referral, ...]]:
    """The cases about each of several checks (keys), open or closed, the earliest first."""

    def _read(wanted: list[int]) -> dict[int, tuple[Referral, ...]]:
        found: dict[int, list[Referral]] = {key: [] for key in wanted}
        for row in session.exec(_about_checks(), params={"checks": wanted}):
            found[row.check_id or 0].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    return kept_each(session, "referrals_of", check_ids, _read)


@cache
def _about_checks() -> SelectOfScalar[Referral]:
    theirs = col(Referral.check_id).in_(bindparam("checks", expanding=True))
    query = select(Referral).where(theirs).order_by(col(Referral.opened_at), col(Referral.id))
    return query.execution_options(populate_existing=True)


def list_referrals_about(session: Session, members: Iterable[int]) -> list[Referral]:
    """Flagged cases about any of these records, newest first."""
    query = (
        select(Referral)
        .join(ReferralPerson, col(ReferralPerson.referral_id) == col(Referral.id))
        .where(col(ReferralPerson.person_id).in_(list(members)))
        .distinct()
        .order_by(col(Referral.opened_at).desc(), col(Referral.id).desc())
    )
    return list(session.exec(query))


def list_people_of(session: Session, referral_id: int) -> list[int]:
    """The keys of the people whom a case is about, sorted."""
    return people_of_each(session, [referral_id])[referral_id]


def people_of_each(session: Session, referral_ids: Iterable[int]) -> dict[int, list[int]]:
    """The same of several cases at once."""
    found: dict[int, list[int]] = {key: [] for key in referral_ids}
    query = select(ReferralPerson.referral_id, ReferralPerson.person_id)
    mine = col(ReferralPerson.referral_id).in_(found)
    for key, person_id in session.exec(query.where(mine).order_by(col(ReferralPerson.person_id))) if found else ():
        found[key].append(person_id)
    return found


def list_referrals_with(session: Session, place: ReferralPlace) -> list[Referral]:
    """The cases that lie with somebody, the one that is needed first at the top."""
    query = select(Referral).where(Referral.place == place.value)
    return list(session.exec(query.order_by(col(Referral.needed_by), col(Referral.id))))


def list_holds(session: Session, members: Iterable[int]) -> list[Hold]:
    """Holds on these records, released ones included, newest first."""
    return kept_rows(session, _holds_on(), members=tuple(members))


@cache
def _holds_on() -> SelectOfScalar[Hold]:
    mine = col(Hold.person_id).in_(bindparam("members", expanding=True))
    return select(Hold).where(mine).order_by(col(Hold.at).desc(), col(Hold.id).desc())
