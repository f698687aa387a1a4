"""How each use-case of Legal's on a case is called."""

from collections.abc import Callable
from datetime import date

from sqlmodel import select

from tests.fixtures.rehearsal import NOW
from tests.permissions.stage import Stage
from tracker.authorities.requests import NewAdvice
from tracker.decisions.concerned import concerned_by
from tracker.decisions.deciding import decide_for_everyone
from tracker.decisions.models import Check
from tracker.people.models import Involvement
from tracker.people.requests import (
    AnsweredCounterpart,
    AskedToSeal,
    NewCounterpart,
    RestartedCount,
    RestrictedPerson,
    SealedPerson,
    UnsealedPerson,
)
from tracker.people.vocabulary import SealKind
from tracker.policy.vocabulary import Conclusion
from tracker.referrals.models import Referral
from tracker.referrals.selectors import get_referral
from tracker.review import services as review
from tracker.review.requests import NewHold, NewResolution, ReleasedHolds
from tracker.review.selectors.since import mark_of

Call = Callable[[Stage], object]
WHY = "A reason."


def _referral(at: Stage) -> Referral:
    return get_referral(at.session, at.reference())


def _take(at: Stage) -> object:
    case = _referral(at)
    return review.take_referral(at.session, case, version=case.version, by=at.by, now=NOW)


def _give_back(at: Stage) -> object:
    case = _referral(at)
    return review.give_back_referral(at.session, case, version=case.version, by=at.by, now=NOW)


def _resolve(at: Stage) -> object:
    case = _referral(at)
    check = at.session.get_one(Check, case.check_id)
    seen = mark_of(decide_for_everyone(at.session, check, concerned_by(at.session, check), at=NOW))
    return review.resolve_referral(at.session, case, NewResolution(WHY, case.version, seen), by=at.by, now=NOW)


def _advise(at: Stage) -> object:
    new = NewAdvice(at.reference(), Conclusion.THRESHOLD_NOT_MET, NOW, "May we?", "As recorded.", "No.")
    return review.advise_on_person(at.session, new, by=at.by, now=NOW)


def _restart_count(at: Stage) -> object:
    """Every team's work ended long before: that is put on record first."""
    for work in at.session.exec(select(Involvement).where(Involvement.person_id == at.person().id)):
        work.opened_on, work.closed_on = date(2020, 1, 1), date(2020, 2, 1)
        at.session.add(work)
    restarted = RestartedCount(person=at.reference(), from_on=NOW.date(), why=WHY)
    return review.restart_count_of(at.session, restarted, by=at.by, now=NOW)


def _seal(at: Stage) -> object:
    readers = (at.staff["manager"].reference, at.staff["worker"].reference)
    sealed = SealedPerson(
        person=at.reference(), version=at.person().version, kind=SealKind.REFUGE, why=WHY, readers=readers
    )
    return review.seal_person(at.session, sealed, by=at.by, now=NOW)


def _name_readers(at: Stage) -> object:
    readers = (at.staff["manager2"].reference, at.staff["worker"].reference)
    named = RestrictedPerson(
        person=at.reference(), version=at.person().version, ask_whom="the head", readers=readers, why=WHY
    )
    return review.name_readers(at.session, named, by=at.by, now=NOW)


def _unseal(at: Stage) -> object:
    unsealed = UnsealedPerson(person=at.reference(), version=at.person().version, why=WHY)
    return review.unseal_person(at.session, unsealed, by=at.by, now=NOW)


CALLS: dict[str, Call] = {
    "ask_to_seal": lambda at: review.ask_to_seal(
        at.session, AskedToSeal(person=at.reference(), kind=SealKind.REFUGE, why=WHY), by=at.by, now=NOW
    ),
    "name_readers": _name_readers,
    "seal_person": _seal,
    "unseal_person": _unseal,
    "record_counterpart": lambda at: review.record_counterpart(
        at.session, NewCounterpart(person=at.reference(), other=at.reference(1), why=WHY), by=at.by, now=NOW
    ),
    "end_counterpart": lambda at: review.end_counterpart(
        at.session, AnsweredCounterpart(counterpart=at.reference(), why=WHY), by=at.by, now=NOW
    ),
    "answer_counterpart": lambda at: review.answer_counterpart(
        at.session, AnsweredCounterpart(counterpart=at.reference(), why=WHY), by=at.by, now=NOW
    ),
    "take_referral": _take,
    "give_back_referral": _give_back,
    "resolve_referral": _resolve,
    "advise_on_person": _advise,
    "hold_people": lambda at: review.hold_people(at.session, NewHold((at.reference(),), WHY), by=at.by, now=NOW),
    "release_held": lambda at: review.release_held(
        at.session, ReleasedHolds((at.reference(),), WHY), by=at.by, now=NOW
    ),
    "restart_count_of": _restart_count,
}
