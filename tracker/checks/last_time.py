"""What somebody chose last time for the same purpose, to be offered with one tick. Never the reasons."""

from typing import Any

from sqlmodel import Session, col, select

from tracker.checks.forms.questions import ASKED_FACTORS, CORPORATE
from tracker.corporate_accounts.models import CorporateProfile
from tracker.decisions.models import Check
from tracker.decisions.vocabulary import CheckKind
from tracker.policy.vocabulary import Account, Aim, Method, Platform, Purpose, Visibility
from tracker.staff.selectors import get_staff_by_id
from tracker.viewings.models import Look, LookReport


def find_last_check(session: Session, *, staff_id: int, purpose: Purpose) -> Check | None:
    """The last planned check that this member of staff asked for with this purpose."""
    query = select(Check).where(
        Check.requester_id == staff_id, Check.purpose == purpose, Check.kind == CheckKind.PLANNED
    )
    return session.exec(query.order_by(col(Check.recorded_at).desc(), col(Check.id).desc())).first()


def purposes_used(session: Session, *, staff_id: int) -> tuple[Purpose, ...]:
    """The purposes that this member of staff has asked with before."""
    query = select(Check.purpose).where(Check.requester_id == staff_id, Check.kind == CheckKind.PLANNED).distinct()
    used = set(session.exec(query))
    return tuple(purpose for purpose in Purpose if purpose in used)


def as_answers(session: Session, last: Check, *, visibility: Visibility | None) -> dict[str, Any]:
    """The answers of page 2 as they were, but for what is about this person: privacy settings as last found for them, or not
    known; whether confidential material is likely or content unlawful is never taken from another time."""
    account: str = last.account
    if last.account == Account.CORPORATE_REGISTERED and last.corporate_profile_id is not None:
        profile = session.get(CorporateProfile, last.corporate_profile_id)
        account = CORPORATE + profile.reference if profile else ""
    factors = {name: factor in last.code_factors for name, factor in ASKED_FACTORS.items()}
    found = visibility or Visibility.UNKNOWN
    aim = Aim(last.aim)
    return {
        "aim": Aim.FIND_THEN_VIEW if aim is Aim.VIEW and found is Visibility.UNKNOWN else aim,
        "method": Method(last.method),
        "viewer": get_staff_by_id(session, last.viewer_id).reference,
        "account": account,
        "visibility": found,
        "platforms": tuple(Platform(one) for one in last.platforms),
        **factors,
    }


def last_found(session: Session, members: tuple[int, ...]) -> LookReport | None:
    """The last report that says how the privacy settings of these records' pages were found."""
    query = (
        select(LookReport)
        .join(Look, col(Look.id) == col(LookReport.look_id))
        .join(Check, col(Check.id) == col(Look.check_id))
        .where(col(Check.person_id).in_(members), col(LookReport.visibility_found).is_not(None))
    )
    return session.exec(query.order_by(col(LookReport.recorded_at).desc(), col(LookReport.id).desc())).first()
