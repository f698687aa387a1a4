"""Legal's advice: the question, the facts it rests on, the conclusion. Privileged: its conclusion never leaves for the trail's facts."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import LegalAdvice
from tracker.authorities.requests import NewAdvice
from tracker.authorities.services.granting import lock_named, not_in_the_future, stored
from tracker.policy.entitlement import Actor, may_act_for_legal
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Conclusion
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key


def record_advice(
    session: Session, new: NewAdvice, *, apart_from: frozenset[int], by: Actor, now: datetime
) -> LegalAdvice:
    """Records Legal's advice about one person; favourable advice ends, where no day is named, after `advice_default_days`.

    `apart_from`: keys of who asked for, would look in or decided on a check about the person; the adviser is none of them.
    Raises `NotAllowedError`, or `ProblemError` where the person is not on record or the advice lies in the future.
    Source: RIPA s.65(7)(b): evidence of proper consideration.
    """
    require(by, Permission.RECORD_ADVICE, allowed=may_act_for_legal(by, apart_from), about=new.person)
    (person,), _ = lock_named(session, [new.person])
    not_in_the_future("at", new.at, now)
    made = LegalAdvice(
        reference=new_reference("ADV"),
        person_id=saved_key(person),
        conclusion=new.conclusion.value,
        at=new.at,
        until_on=_end_of(session, new, now),
        platforms=stored(new.platforms),
        purposes=stored(new.purposes),
        max_views=new.max_views,
        covers_confidential=new.covers_confidential,
        question=new.question.strip(),
        facts_relied_on=new.facts_relied_on.strip(),
        wording=new.wording.strip(),
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(made)
    session.flush()
    facts = {"at": made.at.isoformat()}
    content = {"conclusion": made.conclusion, "question": made.question, "wording": made.wording}
    people, about = [person.reference], made.reference
    record(session, Event.ADVICE_RECORDED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return made


def _end_of(session: Session, new: NewAdvice, now: datetime) -> date | None:
    if new.conclusion is not Conclusion.NOT_DIRECTED_SURVEILLANCE or new.until_on is not None:
        return new.until_on
    return london_day(new.at) + timedelta(days=limits_in_force(session, at=now).limits.advice_default_days)
