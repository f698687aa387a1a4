"""What the rules see of authorities: what had been recorded of each by an instant. What happened when is left to the rules.

A court's order and a justice's approval are read from different tables into different facts; neither stands for the other.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.authorities.models import (
    AuthorisationReview,
    CourtOrder,
    CourtOrderPerson,
    JpHearing,
    LegalAdvice,
    NonRipaAuthorisation,
    NonRipaPerson,
    RipaAuthorisation,
    RipaPerson,
)
from tracker.authorities.vocabulary import JpDecision
from tracker.policy import facts
from tracker.policy.periods import last_day_of_authorisation, london_day
from tracker.policy.vocabulary import Account, Conclusion, Platform, Purpose
from tracker.storage.tables import saved_key

KeyOf = Callable[[int], str]
_Recorded = type[LegalAdvice] | type[RipaAuthorisation] | type[NonRipaAuthorisation] | type[CourtOrder]
Authority = TypeVar("Authority", RipaAuthorisation, NonRipaAuthorisation, CourtOrder)


def advice_as_facts(session: Session, members: Iterable[int], *, recorded_by: datetime) -> tuple[facts.Advice, ...]:
    """Legal's advice about these people (keys of one group) that had been recorded by the instant `recorded_by`."""
    group = tuple(members)
    return advice_of_each(session, [group], recorded_by=recorded_by)[group]


def advice_of_each(
    session: Session, groups: Iterable[tuple[int, ...]], *, recorded_by: datetime
) -> dict[tuple[int, ...], tuple[facts.Advice, ...]]:
    """The same of several groups at once, by their keys."""
    found: dict[tuple[int, ...], list[facts.Advice]] = {group: [] for group in groups}
    whose = {member: group for group in found for member in group}
    for advice in session.exec(_advice_about(), params={"members": tuple(whose), "by": recorded_by}):
        found[whose[advice.person_id]].append(_advice_fact(advice))
    return {group: tuple(given) for group, given in found.items()}


def advice_among(
    session: Session, members: Iterable[int], relied: Collection[facts.Advice], *, recorded_by: datetime
) -> list[str]:
    """References of Legal's advice about these people (keys of one group), as recorded by then, that the rules saw as one of `relied`."""
    asked = {"members": tuple(members), "by": recorded_by}
    return [one.reference for one in session.exec(_advice_about(), params=asked) if _advice_fact(one) in relied]


def ripa_among(session: Session, urns: Collection[str]) -> list[str]:
    """References of the RIPA authorisations with these URNs."""
    return list(session.exec(select(RipaAuthorisation.reference).where(col(RipaAuthorisation.urn).in_(urns))))


def ripa_as_facts(
    session: Session, members: Iterable[int], *, recorded_by: datetime, key_of: KeyOf
) -> tuple[facts.RipaAuthorisation, ...]:
    """The RIPA authorisations naming any of these people (keys of one group) as recorded by `recorded_by`.

    `key_of` gives, for a person's key, the key of their group: a person linked to a named one is named.
    """
    rows = session.exec(_ripa_naming(), params={"members": tuple(members), "by": recorded_by}).all()
    return tuple(_ripa_fact(session, row, recorded_by, key_of) for row in rows)


def non_ripa_as_facts(
    session: Session, members: Iterable[int], *, recorded_by: datetime, key_of: KeyOf
) -> tuple[facts.NonRipaAuthorisation, ...]:
    """The non-RIPA authorisations naming any of these people, as `ripa_as_facts` reads its own."""
    rows = session.exec(_non_ripa_naming(), params={"members": tuple(members), "by": recorded_by}).all()
    return tuple(_non_ripa_fact(session, row, recorded_by, key_of) for row in rows)


def court_orders_as_facts(
    session: Session, members: Iterable[int], *, recorded_by: datetime, key_of: KeyOf
) -> tuple[facts.CourtOrder, ...]:
    """The court's orders naming any of these people, as recorded by `recorded_by`; `reported_at` until its sealed copy had
    been seen by then."""
    rows = session.exec(_orders_naming(), params={"members": tuple(members), "by": recorded_by}).all()
    return tuple(_order_fact(session, row, recorded_by, key_of) for row in rows)


def approved_at(hearings: Sequence[JpHearing]) -> datetime | None:
    """When a justice approved the authorisation: the first approval that nothing but approvals followed; None where the
    last word was a refusal or a quashing. Of hearings at one instant the approval comes first. Source: RIPA s.32A.
    """
    first: datetime | None = None
    for hearing in sorted(hearings, key=lambda one: (one.heard_at, one.decision != JpDecision.APPROVED.value)):
        if hearing.decision != JpDecision.APPROVED.value:
            first = None
        elif first is None:
            first = hearing.heard_at
    return first


def last_day_of(session: Session, authorisation: RipaAuthorisation) -> date | None:
    """The last day of its three months (RIPA s.43(3)), by all that is recorded now; None where it is not approved."""
    approved = approved_at(list_hearings(session, saved_key(authorisation)))
    if approved is None:
        return None
    return last_day_of_authorisation(authorisation.takes_effect_on or london_day(approved))


def list_hearings(
    session: Session, authorisation_id: int, *, recorded_by: datetime | None = None
) -> tuple[JpHearing, ...]:
    """The hearings about a RIPA authorisation in order of time, or those of them recorded by an instant."""
    query = select(JpHearing).where(JpHearing.authorisation_id == authorisation_id)
    if recorded_by is not None:
        query = query.where(col(JpHearing.recorded_at) <= recorded_by)
    return tuple(session.exec(query.order_by(col(JpHearing.heard_at), col(JpHearing.id))))


def next_review_on(
    session: Session, authorisation: RipaAuthorisation | NonRipaAuthorisation, *, recorded_by: datetime | None = None
) -> date:
    """When the authorisation is to be reviewed next, by the latest review recorded (by an instant, where one is given)."""
    is_ripa = isinstance(authorisation, RipaAuthorisation)
    kind = col(AuthorisationReview.ripa_id) if is_ripa else col(AuthorisationReview.non_ripa_id)
    query = select(col(AuthorisationReview.next_review_on)).where(kind == authorisation.id)
    if recorded_by is not None:
        query = query.where(col(AuthorisationReview.recorded_at) <= recorded_by)
    newest = col(AuthorisationReview.at).desc(), col(AuthorisationReview.id).desc()
    return session.exec(query.order_by(*newest)).first() or london_day(authorisation.granted_at)


def platforms_of(stored: Sequence[str] | None) -> frozenset[Platform] | None:
    """The platforms of a stored scope; None is not limited."""
    return None if stored is None else frozenset(map(Platform, stored))


def purposes_of(stored: Sequence[str] | None) -> frozenset[Purpose] | None:
    """The purposes of a stored scope; None is not limited."""
    return None if stored is None else frozenset(map(Purpose, stored))


def _known(table: _Recorded) -> ColumnElement[bool]:
    """Recorded by then, and not struck by then."""
    struck_at = col(table.struck_at)
    return (col(table.recorded_at) <= bindparam("by")) & or_(struck_at.is_(None), struck_at > bindparam("by"))


@cache
def _advice_about() -> SelectOfScalar[LegalAdvice]:
    """About `members`, as recorded `by` an instant. Built once, as is the next one for each kind: every decision asks for them."""
    mine = col(LegalAdvice.person_id).in_(bindparam("members", expanding=True))
    return select(LegalAdvice).where(mine, _known(LegalAdvice)).order_by(col(LegalAdvice.at), col(LegalAdvice.id))


@cache
def _naming(
    authority: type[Authority], *, names: Mapped[int], person: Mapped[int], begins: Mapped[Any]
) -> SelectOfScalar[Authority]:
    """The authorities of one kind that name any of `members`, as recorded `by` an instant, by when they begin. `names` and `person` are
    the columns of the table in which an authority of this kind (its key) names people."""
    named = select(names).where(person.in_(bindparam("members", expanding=True)))
    key = col(authority.id)
    return select(authority).where(key.in_(named), _known(authority)).order_by(begins, key)


def _ripa_naming() -> SelectOfScalar[RipaAuthorisation]:
    names, person = col(RipaPerson.authorisation_id), col(RipaPerson.person_id)
    return _naming(RipaAuthorisation, names=names, person=person, begins=col(RipaAuthorisation.granted_at))


def _non_ripa_naming() -> SelectOfScalar[NonRipaAuthorisation]:
    names, person = col(NonRipaPerson.authorisation_id), col(NonRipaPerson.person_id)
    return _naming(NonRipaAuthorisation, names=names, person=person, begins=col(NonRipaAuthorisation.granted_at))


def _orders_naming() -> SelectOfScalar[CourtOrder]:
    names, person = col(CourtOrderPerson.order_id), col(CourtOrderPerson.person_id)
    return _naming(CourtOrder, names=names, person=person, begins=col(CourtOrder.from_on))


def _cancelled_at(row: RipaAuthorisation | NonRipaAuthorisation, recorded_by: datetime) -> datetime | None:
    known = row.cancelled_recorded_at is not None and row.cancelled_recorded_at <= recorded_by
    return row.cancelled_at if known else None


def _advice_fact(advice: LegalAdvice) -> facts.Advice:
    return facts.Advice(
        conclusion=Conclusion(advice.conclusion),
        at=advice.at,
        until=advice.until_on,
        platforms=platforms_of(advice.platforms),
        purposes=purposes_of(advice.purposes),
        max_views=advice.max_views,
        covers_confidential=advice.covers_confidential,
    )


def _ripa_fact(
    session: Session, row: RipaAuthorisation, recorded_by: datetime, key_of: KeyOf
) -> facts.RipaAuthorisation:
    persons = session.exec(select(RipaPerson.person_id).where(RipaPerson.authorisation_id == row.id))
    return facts.RipaAuthorisation(
        urn=row.urn,
        granted_at=row.granted_at,
        approved_at=approved_at(list_hearings(session, saved_key(row), recorded_by=recorded_by)),
        takes_effect_on=row.takes_effect_on,
        cancelled_at=_cancelled_at(row, recorded_by),
        next_review_on=next_review_on(session, row, recorded_by=recorded_by),
        persons=frozenset(key_of(person) for person in persons),
        platforms=platforms_of(row.platforms),
        accounts=None if row.accounts is None else frozenset(map(Account, row.accounts)),
    )


def _non_ripa_fact(
    session: Session, row: NonRipaAuthorisation, recorded_by: datetime, key_of: KeyOf
) -> facts.NonRipaAuthorisation:
    persons = session.exec(select(NonRipaPerson.person_id).where(NonRipaPerson.authorisation_id == row.id))
    return facts.NonRipaAuthorisation(
        reference=row.reference,
        granted_at=row.granted_at,
        until=row.until_on,
        cancelled_at=_cancelled_at(row, recorded_by),
        next_review_on=next_review_on(session, row, recorded_by=recorded_by),
        persons=frozenset(key_of(person) for person in persons),
        platforms=platforms_of(row.platforms),
        max_views=row.max_views,
    )


def _order_fact(session: Session, row: CourtOrder, recorded_by: datetime, key_of: KeyOf) -> facts.CourtOrder:
    persons = session.exec(select(CourtOrderPerson.person_id).where(CourtOrderPerson.order_id == row.id))
    was_seen = row.seen_at is not None and row.seen_at <= recorded_by
    return facts.CourtOrder(
        reference=row.reference,
        from_=row.from_on,
        until=row.until_on,
        persons=frozenset(key_of(person) for person in persons),
        platforms=platforms_of(row.platforms),
        purposes=purposes_of(row.purposes),
        allows_contact=row.allows_contact,
        terms_clear=row.terms_clear,
        reported_at=None if was_seen else row.reported_at,
    )
