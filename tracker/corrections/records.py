"""What a correction is about: the record itself, whose it is, which managers answer for it, and who must stay out of the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.authorities.models import CourtOrder, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.selectors import get_advice, get_non_ripa, get_order, get_ripa, list_named
from tracker.consent.models import Consent, Notice, Objection
from tracker.consent.selectors import get_consent, get_notice, list_objections
from tracker.corrections.vocabulary import KIND_OF_PREFIX, CorrectionKind
from tracker.decisions.concerned import list_people_of, standing_of_check, standing_of_everyone
from tracker.decisions.selectors import get_check
from tracker.people.models import Person, SamePersonLink
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import CheckStanding
from tracker.staff.selectors import parent_teams
from tracker.storage.kept import kept
from tracker.storage.tables import NoSuchRecordError, saved_key

NO_TEAM = 0
"""The key of no team: records of Legal's are answered for by no team's managers."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record: the rows that are struck with it, whose it is (the first: whose page shows it), and who answers for it.

    `standing.requester` and `.viewer` are who asked and would look, or who recorded it: they do not confirm.
    """

    kind: CorrectionKind
    reference: str
    rows: tuple[Any, ...]
    people: tuple[Person, ...]
    standing: CheckStanding

    @property
    def row(self) -> Any:
        """The record itself."""
        return self.rows[0]

    def everyone(self, really_about: Person | None) -> tuple[Person, ...]:
        """Whose count striking it touches: those it is about, and whoever's page it really was."""
        return self.people if really_about is None else (*self.people, really_about)

    @property
    def is_struck(self) -> bool:
        """Whether it was struck through, or undone, already."""
        return (self.row.undone_at if self.kind is CorrectionKind.SAME_PERSON_LINK else self.row.struck_at) is not None


def kind_of(reference: str, *, of_objection: bool = False) -> CorrectionKind:
    """The kind of record that a reference names. Raises `NoSuchRecordError` for what is not struck through."""
    kind = KIND_OF_PREFIX.get(reference.partition("-")[0])
    if kind is None or (of_objection and kind is not CorrectionKind.NOTICE):
        raise NoSuchRecordError("there is no such record")
    return CorrectionKind.OBJECTION if of_objection else kind


def find_record(session: Session, kind: CorrectionKind, reference: str, *, now: datetime) -> Found:
    """The record that a correction names. Raises `NoSuchRecordError`."""
    return kept(session, ("find_record", kind, reference, now), lambda: _FINDERS[kind](session, reference, now))


def _check(session: Session, reference: str, now: datetime) -> Found:
    check = get_check(session, reference)
    people = tuple(list_people_of(session, check))
    return Found(CorrectionKind.CHECK, reference, (check,), people, standing_of_check(session, check, now=now))


def _consent(session: Session, reference: str, now: datetime) -> Found:
    return _of_team(session, CorrectionKind.CONSENT, reference, (get_consent(session, reference),), now)


def _notice(session: Session, reference: str, now: datetime) -> Found:
    return _of_team(session, CorrectionKind.NOTICE, reference, (get_notice(session, reference),), now)


def _objection(session: Session, reference: str, now: datetime) -> Found:
    """The objections to a notice that stand, the latest first; once none does, the latest that was struck."""
    notice = get_notice(session, reference)
    every = list_objections(session, [saved_key(notice)])
    standing = tuple(one for one in every if one.struck_at is None) or every[:1]
    if not standing:
        raise NoSuchRecordError("nobody has objected to this notice")
    return _of_team(session, CorrectionKind.OBJECTION, reference, standing, now, told=notice)


def _advice(session: Session, reference: str, now: datetime) -> Found:
    advice = get_advice(session, reference)
    person = get_person_by_id(session, advice.person_id)
    return _of_legal(session, CorrectionKind.ADVICE, reference, advice, (person,), advice.recorded_by, now)


def _ripa(session: Session, reference: str, now: datetime) -> Found:
    return _authority(session, CorrectionKind.RIPA, reference, get_ripa(session, reference), now)


def _non_ripa(session: Session, reference: str, now: datetime) -> Found:
    return _authority(session, CorrectionKind.NON_RIPA, reference, get_non_ripa(session, reference), now)


def _order(session: Session, reference: str, now: datetime) -> Found:
    return _authority(session, CorrectionKind.COURT_ORDER, reference, get_order(session, reference), now)


def _link(session: Session, reference: str, now: datetime) -> Found:
    link = session.exec(select(SamePersonLink).where(col(SamePersonLink.reference) == reference)).first()
    if link is None:
        raise NoSuchRecordError("there is no such link")
    people = (get_person_by_id(session, link.person_id), get_person_by_id(session, link.other_id))
    kind = CorrectionKind.SAME_PERSON_LINK
    return _of_legal(session, kind, reference, link, people, link.made_by, now)


def _authority(
    session: Session,
    kind: CorrectionKind,
    reference: str,
    row: RipaAuthorisation | NonRipaAuthorisation | CourtOrder,
    now: datetime,
) -> Found:
    return _of_legal(session, kind, reference, row, list_named(session, row), row.recorded_by, now)


def _of_team(
    session: Session,
    kind: CorrectionKind,
    reference: str,
    rows: tuple[Consent, ...] | tuple[Notice, ...] | tuple[Objection, ...],
    now: datetime,
    told: Notice | None = None,
) -> Found:
    owner = told or rows[0]
    assert not isinstance(owner, Objection)  # noqa: S101 - an objection comes with its notice
    people = (get_person_by_id(session, owner.person_id),)
    by = rows[0].recorded_by
    return Found(kind, reference, rows, people, _standing(session, owner.team_id, by, people, now))


def _of_legal(
    session: Session,
    kind: CorrectionKind,
    reference: str,
    row: Any,
    people: tuple[Person, ...],
    recorded_by: int,
    now: datetime,
) -> Found:
    return Found(kind, reference, (row,), people, _standing(session, NO_TEAM, recorded_by, people, now))


def _standing(
    session: Session, team: int, recorded_by: int, people: tuple[Person, ...], now: datetime
) -> CheckStanding:
    person = standing_of_everyone(session, [saved_key(one) for one in people], now=now)
    above = parent_teams(session, team) if team else frozenset()
    return CheckStanding(team, recorded_by, recorded_by, person, parent_teams=above)


_FINDERS: dict[CorrectionKind, Callable[[Session, str, datetime], Found]] = {
    CorrectionKind.CHECK: _check,
    CorrectionKind.CONSENT: _consent,
    CorrectionKind.NOTICE: _notice,
    CorrectionKind.OBJECTION: _objection,
    CorrectionKind.ADVICE: _advice,
    CorrectionKind.RIPA: _ripa,
    CorrectionKind.NON_RIPA: _non_ripa,
    CorrectionKind.COURT_ORDER: _order,
    CorrectionKind.SAME_PERSON_LINK: _link,
}
