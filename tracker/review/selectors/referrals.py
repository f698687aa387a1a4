"""Legal's queue: cases that lie with Legal, the one needed first at the top, and those that ended."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from tracker.decisions.models import Check
from tracker.decisions.selectors import latest_decision, list_person_decisions
from tracker.people.models import Person
from tracker.people.selectors import called, get_person_by_id
from tracker.policy.entitlement import Actor, Role
from tracker.policy.vocabulary import Referral as Flag
from tracker.referrals.models import Referral
from tracker.referrals.selectors import list_people_of
from tracker.referrals.vocabulary import FINDING_WORDS, Finding, ReferralKind, ReferralPlace
from tracker.review.selectors.parties import lawyers_covered, shut_to
from tracker.staff.selectors import get_staff_by_id
from tracker.staff.standing_in import in_whose_place, names_of
from tracker.storage.tables import saved_key
from tracker.web.blocks import Status
from tracker.web.dates import due_in_words, in_words, near_in_words
from tracker.web.paging import Paging

GOES_TO = {
    Flag.POLICE: "to the police",
    Flag.CHIS: "possible CHIS conduct",
    Flag.LEGAL: "to Legal",
}
"""Where a refused check goes, the weightiest first."""

SAME_DAY = "Immediate child or adult protection: needed the same working day."


NOT_YOURS = "You had a part in a check about these people, or asked for this. Another lawyer has it."


class Shown(StrEnum):
    """Which cases of the queue are shown."""

    ALL = "all"
    FREE = "free"
    MINE = "mine"
    ENDED = "ended"


SHOWN_WORDS: dict[Shown, str] = {
    Shown.ALL: "All that wait",
    Shown.FREE: "Free",
    Shown.MINE: "Taken by me",
    Shown.ENDED: "Ended",
}


@dataclass(frozen=True)
class CaseRow:
    """One case as a list shows it. `may_open`: not where the reader is a party to a check about its people; then it names nobody."""

    reference: str
    kind: str
    people: str
    since: str
    status: Status
    taken_by: str
    due_at: datetime
    for_whom: str = ""
    may_open: bool = True


def count_cases(session: Session, shown: Shown, *, by: Actor) -> int:
    """How many cases that list has."""
    return session.exec(select(func.count()).select_from(Referral).where(*_where(shown, by))).one()


def list_cases(session: Session, shown: Shown, page: Paging, *, by: Actor, now: datetime) -> list[CaseRow]:
    """One page of that list: what waits by when it is needed, what ended the latest first."""
    order = (
        (col(Referral.closed_at).desc(), col(Referral.id).desc())
        if shown is Shown.ENDED
        else (col(Referral.needed_by), col(Referral.id))
    )
    query = select(Referral).where(*_where(shown, by)).order_by(*order).offset(page.offset).limit(page.size)
    cases = session.exec(query).all()
    shut = shut_to(session, cases, by=by)
    rows = [(one, row_of(session, one, now=now)) for one in cases]
    rows = [(one, row if saved_key(one) not in shut else _without_names(row)) for one, row in rows]
    return [replace(row, for_whom=names_of(by, _in_place_of(one, by))) for one, row in rows]


def _without_names(row: CaseRow) -> CaseRow:
    return replace(row, people=NOT_YOURS, may_open=False)


def row_of(session: Session, referral: Referral, *, now: datetime) -> CaseRow:
    """One case in a list."""
    taken_by = get_staff_by_id(session, referral.taken_by).name if referral.taken_by else "nobody yet"
    return CaseRow(
        reference=referral.reference,
        kind=kind_in_words(session, referral),
        people="\n".join(called(one) for one in people_of(session, referral)),
        since=near_in_words(referral.with_legal_at or referral.opened_at, now),
        status=status_of_case(session, referral, now=now),
        taken_by=taken_by,
        due_at=referral.needed_by,
    )


def kind_in_words(session: Session, referral: Referral) -> str:
    """What kind of case it is; of a refused check also where it goes."""
    match ReferralKind(referral.kind):
        case ReferralKind.BLOCKED_CHECK:
            return "Blocked check"
        case ReferralKind.POSSIBLE_ERROR:
            return "Possible error: a look that was not permitted"
        case ReferralKind.PATTERN:
            return "A pattern of viewing"
        case ReferralKind.SEALED:
            return "Across a sealed record: for Legal alone"
        case ReferralKind.SEAL_ASKED:
            return "A manager asks for a record to be sealed"
        case ReferralKind.REFUSED_CHECK:
            flag = _flag(session, referral)
            return f"Refused check: {GOES_TO[flag]}" if flag else "Refused check"


def status_of_case(session: Session, referral: Referral, *, now: datetime) -> Status:
    """Where a case stands, in a tag and a sentence."""
    if referral.closed_at is not None:
        found = f" {FINDING_WORDS[Finding(referral.finding)]}." if referral.finding else ""
        return Status("Ended", f"Closed on {in_words(referral.closed_at)}.{found}", "grey")
    if referral.place == ReferralPlace.MANAGER:
        return Status("With a manager", "A manager has not sent it to Legal yet.", "blue")
    check = check_of(session, referral)
    same_day = f" {SAME_DAY}" if check is not None and check.immediate_risk else ""
    late = referral.needed_by < now
    words = f"Needed by {due_in_words(referral.needed_by, now)}.{same_day}"
    return Status("Late" if late else "Waiting", words, "red" if late else "yellow")


def check_of(session: Session, referral: Referral) -> Check | None:
    """The check that the case is about; None for a pattern, and for a record to be sealed."""
    return None if referral.check_id is None else session.get_one(Check, referral.check_id)


def people_of(session: Session, referral: Referral) -> list[Person]:
    """Whom the case is about: the person whose page a check would open first."""
    keys = list_people_of(session, saved_key(referral))
    check = check_of(session, referral)
    first = None if check is None else check.person_id
    return [get_person_by_id(session, one) for one in sorted(keys, key=lambda one: (one != first, one))]


def _where(shown: Shown, by: Actor) -> tuple[ColumnElement[bool], ...]:
    if shown is Shown.ENDED:
        return (col(Referral.with_legal_at).is_not(None), col(Referral.place) == ReferralPlace.CLOSED.value)
    waiting = col(Referral.place) == ReferralPlace.LEGAL.value
    taken = {
        Shown.ALL: (),
        Shown.FREE: (col(Referral.taken_by).is_(None),),
        Shown.MINE: (col(Referral.taken_by).in_({by.staff_id, *lawyers_covered(by)}),),
    }
    return (waiting, *taken[shown])


def _in_place_of(referral: Referral, by: Actor) -> frozenset[int]:
    """In whose place the actor has a case: that of who took it, or, for who is no lawyer themself, of those whom they cover."""
    covered = lawyers_covered(by)
    if referral.taken_by is not None:
        return covered & {referral.taken_by}
    return in_whose_place(by, lambda one: Role.LEGAL_REVIEWER in one.roles)


def _flag(session: Session, referral: Referral) -> Flag | None:
    check = check_of(session, referral)
    if check is None:
        return None
    flags = {row.answer["referral"] for row in list_person_decisions(session, latest_decision(session, check))}
    return next((flag for flag in GOES_TO if flag.value in flags), None)
