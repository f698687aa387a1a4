"""Queries over consents, notices and objections: the facts that rules see, and lists for pages."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from tracker.consent.models import Consent, Notice, Objection
from tracker.people.models import Person
from tracker.policy import facts
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, NoticeKind, Platform, Purpose
from tracker.storage.tables import NoSuchRecordError


def consents_as_facts(session: Session, members: Iterable[int], *, recorded_by: datetime) -> tuple[facts.Consent, ...]:
    """What had been recorded by the instant `recorded_by` of what was said about these people (keys of one group)."""
    group = tuple(members)
    return consents_of_each(session, [group], recorded_by=recorded_by)[group]


def consents_of_each(
    session: Session, groups: Iterable[tuple[int, ...]], *, recorded_by: datetime
) -> dict[tuple[int, ...], tuple[facts.Consent, ...]]:
    """The same of several groups at once, by their keys."""
    found: dict[tuple[int, ...], list[facts.Consent]] = {group: [] for group in groups}
    whose = {member: group for group in found for member in group}
    for consent in session.exec(_consents_by(), params={"members": tuple(whose), "by": recorded_by}):
        found[whose[consent.person_id]].append(_consent_fact(consent))
    return {group: tuple(said) for group, said in found.items()}


def notices_as_facts(session: Session, members: Iterable[int], *, recorded_by: datetime) -> tuple[facts.Notice, ...]:
    """What had been recorded by `recorded_by` of what these people (keys of one group) were told, and of their objections.

    An objection is an entry of its own: a general notice dated when they objected, with the scope and end of the notice it
    answers, so that no consent between the two outruns it. It stands even where its notice is struck. See ADR 0010.
    """
    ids = tuple(members)
    asked = {"members": ids, "by": recorded_by}
    told = [_notice_fact(notice) for notice in session.exec(_notices_by(), params=asked)]
    objected = [_objection_fact(one, notice) for one, notice in session.exec(_objections_by(), params=asked)]
    return (*told, *objected)


def consents_among(
    session: Session, members: Iterable[int], relied: Collection[facts.Consent], *, recorded_by: datetime
) -> list[str]:
    """References of what was said about these people (keys of one group), as recorded by then, that the rules saw as one of `relied`."""
    asked = {"members": tuple(members), "by": recorded_by}
    return [one.reference for one in session.exec(_consents_by(), params=asked) if _consent_fact(one) in relied]


def notices_among(
    session: Session, members: Iterable[int], relied: Collection[facts.Notice], *, recorded_by: datetime
) -> list[str]:
    """The same of what they were told."""
    asked = {"members": tuple(members), "by": recorded_by}
    return [one.reference for one in session.exec(_notices_by(), params=asked) if _notice_fact(one) in relied]


def get_consent(session: Session, reference: str) -> Consent:
    """The consent with that reference. Raises `NoSuchRecordError`."""
    consent = session.exec(select(Consent).where(Consent.reference == reference)).first()
    if consent is None:
        raise NoSuchRecordError("consent")
    return consent


def get_notice(session: Session, reference: str) -> Notice:
    """The notice with that reference. Raises `NoSuchRecordError`."""
    notice = session.exec(select(Notice).where(Notice.reference == reference)).first()
    if notice is None:
        raise NoSuchRecordError("notice")
    return notice


def list_consents(session: Session, members: Iterable[int]) -> tuple[Consent, ...]:
    """Everything that was said, struck rows included, the latest first."""
    return tuple(reversed(_consents(session, members)))


def list_notices(session: Session, members: Iterable[int]) -> tuple[Notice, ...]:
    """Everything that was told, struck rows included, the latest first."""
    mine = col(Notice.person_id).in_(tuple(members))
    return tuple(session.exec(select(Notice).where(mine).order_by(col(Notice.at).desc(), col(Notice.id).desc())))


def list_objections(session: Session, notice_ids: Iterable[int]) -> tuple[Objection, ...]:
    """The objections to these notices, struck rows included, the latest first."""
    query = select(Objection).where(col(Objection.notice_id).in_(tuple(notice_ids)))
    return tuple(session.exec(query.order_by(col(Objection.at).desc(), col(Objection.id).desc())))


def list_standing_disagreements(session: Session, members: Iterable[int]) -> tuple[Consent, ...]:
    """The refusals recorded because two who may consent disagree, that Legal has not settled, in order of time."""
    return _consents(session, members, col(Consent.disagreement).is_(True), col(Consent.struck_at).is_(None))


def list_disagreements_waiting(session: Session) -> list[tuple[Consent, Person]]:
    """Every such refusal in the council with whom it is about, the one recorded first at the top: what waits for Legal."""
    waiting = col(Consent.disagreement).is_(True), col(Consent.struck_at).is_(None)
    query = select(Consent, Person).join(Person, col(Person.id) == col(Consent.person_id)).where(*waiting)
    return [(refusal, person) for refusal, person in session.exec(query.order_by(col(Consent.id)))]


def list_settled_disagreements(session: Session, members: Iterable[int]) -> tuple[Consent, ...]:
    """The refusals recorded because two who may consent disagreed, that Legal has settled, in order of time."""
    return _consents(session, members, col(Consent.disagreement).is_(True), col(Consent.struck_at).is_not(None))


def platforms_of(stored: Sequence[str] | None) -> frozenset[Platform] | None:
    """The platforms of a stored scope; None is not limited."""
    return None if stored is None else frozenset(map(Platform, stored))


def purposes_of(stored: Sequence[str] | None) -> frozenset[Purpose] | None:
    """The purposes of a stored scope; None is not limited."""
    return None if stored is None else frozenset(map(Purpose, stored))


def _known(table: type[Consent] | type[Notice] | type[Objection]) -> ColumnElement[bool]:
    """Recorded by then, and not struck by then."""
    struck_at = col(table.struck_at)
    return (col(table.recorded_at) <= bindparam("by")) & or_(struck_at.is_(None), struck_at > bindparam("by"))


@cache
def _consents_by() -> SelectOfScalar[Consent]:
    """What was said about `members`, as recorded `by` an instant. Built once, as are the next two: every decision asks for them."""
    mine = col(Consent.person_id).in_(bindparam("members", expanding=True))
    return select(Consent).where(mine, _known(Consent)).order_by(col(Consent.at), col(Consent.id))


@cache
def _notices_by() -> SelectOfScalar[Notice]:
    mine = col(Notice.person_id).in_(bindparam("members", expanding=True))
    return select(Notice).where(mine, _known(Notice)).order_by(col(Notice.at), col(Notice.id))


@cache
def _objections_by() -> Select[Objection, Notice]:
    mine = col(Notice.person_id).in_(bindparam("members", expanding=True))
    query = select(Objection, Notice).join(Notice, col(Notice.id) == col(Objection.notice_id))
    return query.where(mine, _known(Objection)).order_by(col(Objection.at), col(Objection.id))


def _consents(session: Session, members: Iterable[int], *conditions: ColumnElement[bool]) -> tuple[Consent, ...]:
    query = select(Consent).where(col(Consent.person_id).in_(tuple(members)), *conditions)
    return tuple(session.exec(query.order_by(col(Consent.at), col(Consent.id))))


def _consent_fact(consent: Consent) -> facts.Consent:
    return facts.Consent(
        status=ConsentStatus(consent.status),
        at=consent.at,
        until=consent.until_on,
        platforms=platforms_of(consent.platforms),
        purposes=purposes_of(consent.purposes),
        given_by=GivenBy(consent.given_by),
        competence=Competence(consent.competence),
    )


def _notice_fact(notice: Notice) -> facts.Notice:
    return facts.Notice(
        kind=NoticeKind(notice.kind),
        at=notice.at,
        until=notice.until_on,
        platforms=platforms_of(notice.platforms),
        purposes=purposes_of(notice.purposes),
        objected=False,
    )


def _objection_fact(objection: Objection, notice: Notice) -> facts.Notice:
    return facts.Notice(
        kind=NoticeKind.GENERAL,
        at=objection.at,
        until=notice.until_on,
        platforms=platforms_of(notice.platforms),
        purposes=purposes_of(notice.purposes),
        objected=True,
    )
