"""What became of asking Legal to seal a record, for managers: who asked, when, and what Legal answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.people.models import Person
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor
from tracker.referrals.models import Referral
from tracker.referrals.selectors import find_seal_asked, list_people_of
from tracker.referrals.vocabulary import Finding, ReferralKind, ReferralPlace
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key

LATELY = timedelta(days=14)


@dataclass(frozen=True)
class AskedOfLegal:
    """The last time that Legal was asked to seal a record. `why` and `answer`: for who asked, or stands in for them; else empty."""

    case: Referral
    asked_by: str
    why: str
    answer: str

    @property
    def waits(self) -> bool:
        """Whether Legal has not answered yet."""
        return self.case.place != ReferralPlace.CLOSED

    @property
    def sealed(self) -> bool:
        """Whether Legal sealed the record as asked."""
        return self.case.finding == Finding.SEALED


def asked_of_legal(session: Session, person: Person, *, to: Actor) -> AskedOfLegal | None:
    """The last time that Legal was asked to seal this record, as `to`, who may open the record, reads it; or None."""
    case = find_seal_asked(session, saved_key(person))
    if case is None or case.asked_by is None:
        return None
    own = case.asked_by in {to.staff_id, *(one.staff_id for one in to.covered)}
    return AskedOfLegal(
        case=case,
        asked_by=get_staff_by_id(session, case.asked_by).name,
        why=case.why if own else "",
        answer=(case.closed_why or "") if own else "",
    )


def list_seals_answered_lately(session: Session, *, staff_id: int, now: datetime) -> list[tuple[Person, Referral]]:
    """The records that somebody asked Legal to seal, and Legal answered in the last 14 days, the latest first."""
    query = (
        select(Referral)
        .where(
            Referral.kind == ReferralKind.SEAL_ASKED.value,
            Referral.asked_by == staff_id,
            col(Referral.closed_at) > now - LATELY,
        )
        .order_by(col(Referral.closed_at).desc(), col(Referral.id).desc())
    )
    cases = session.exec(query).all()
    return [
        (get_person_by_id(session, key), case) for case in cases for key in list_people_of(session, saved_key(case))
    ]
