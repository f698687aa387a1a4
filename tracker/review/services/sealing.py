"""Sealed records: sealed and unsealed by Legal, with what Legal alone knows each to be the same as.

Nothing of it may be told to anybody but Legal, not even to who may read one of the two records. Source: issue 5, "Sealed records";
ADR 0152.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.detection.services import detect
from tracker.detection.services.family import end_tasks_across_seal
from tracker.people.counterparts import find_counterpart, find_seal, get_counterpart
from tracker.people.doubts import list_in_doubt
from tracker.people.groups import everyone_behind, lock_everyone, members_of
from tracker.people.models import CounterpartAnswer, Person, PersonSeal, SamePersonLink, SealedCounterpart
from tracker.people.networks import lock_networks
from tracker.people.problems import ProblemError
from tracker.people.requests import AnsweredCounterpart, NewCounterpart, SealedPerson, UnsealedPerson
from tracker.people.selectors import get_person, get_person_by_id, sealed_among
from tracker.people.services.agreeing import note_agreements
from tracker.people.services.restrictions import restrict_to
from tracker.people.vocabulary import ASK_LEGAL, SealKind
from tracker.policy.entitlement import Actor, may_act_for_legal
from tracker.referrals.selectors import find_seal_asked
from tracker.referrals.vocabulary import FINDING_WORDS, Finding, ReferralPlace
from tracker.review.requests import needed
from tracker.review.selectors.parties import parties_about, parties_to_sealing
from tracker.storage.tables import next_version, saved_key

UNDONE_BY_LEGAL = "Undone by Legal."
ALREADY_ENDED = "This was ended already"


def seal_person(session: Session, sealed: SealedPerson, *, by: Actor, now: datetime) -> PersonSeal:
    """Seals a record, or seals it anew with other readers. What counted as one person with it no longer does: each link is undone
    and kept as a counterpart, which Legal alone knows, so that nothing leaves a count unseen. Tasks that tell of a link of family that
    it had end.

    Raises `NotAllowedError`, also where the actor asked for, would look in or decided on a check about the person or a counterpart, or
    asked for the seal, `StaleVersionError`, `PeopleBusyError`, `ProblemError`. Where a manager had asked for it, that is answered.
    """
    person = _opened(session, sealed.person, by=by)
    next_version(session, person, sealed.version)
    needed("why", sealed.why, "Enter why the record is sealed")
    if sealed.kind is SealKind.OTHER and not (sealed.kind_words or "").strip():
        raise ProblemError("kind_words", "Enter the reason in a few words")
    members = members_of(session, [saved_key(person)])[saved_key(person)]
    doubted = {end for doubt in list_in_doubt(session, members) for end in doubt.pair} - set(members)
    readers = restrict_to(session, person, sealed.readers, ask_whom=ASK_LEGAL, now=now)
    before = find_seal(session, saved_key(person))
    if before is not None:
        before.unsealed_at, before.unsealed_by, before.unsealed_why = now, by.staff_id, "Sealed anew."
        session.add(before)
        session.flush()
    person.sealed = True
    seal = PersonSeal(
        person_id=saved_key(person),
        kind=sealed.kind.value,
        kind_words=sealed.kind_words if sealed.kind is SealKind.OTHER else None,
        why=sealed.why.strip(),
        sealed_at=now,
        sealed_by=by.staff_id,
    )
    session.add_all([person, seal])
    session.flush()
    end_tasks_across_seal(session, person, now=now)
    record(
        session,
        Event.PERSON_SEALED,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts={
            "kind": sealed.kind.value,
            "readers": [one.reference for one in readers],
            "version": person.version,
        },
        content={"kind_words": sealed.kind_words, "why": sealed.why},
    )
    _undo_links(session, person, by=by, now=now)
    _keep_doubts(session, person, doubted, by=by, now=now)
    _answer_who_asked(session, person, by=by, now=now)
    return seal


def unseal_person(session: Session, unsealed: UnsealedPerson, *, by: Actor, now: datetime) -> Person:
    """Unseals a record. It stays restricted to its readers, of whom a manager lifts that; its counterparts stay Legal's until each
    is ended.

    Raises `NotAllowedError`, `StaleVersionError`, `PeopleBusyError`, or `ProblemError` where it is not sealed.
    """
    person = _opened(session, unsealed.person, by=by)
    next_version(session, person, unsealed.version)
    needed("why", unsealed.why, "Enter why the record need not be sealed any more")
    seal = find_seal(session, saved_key(person))
    if seal is None:
        raise ProblemError("", "This record is not sealed")
    seal.unsealed_at, seal.unsealed_by, seal.unsealed_why = now, by.staff_id, unsealed.why.strip()
    person.sealed, person.ask_whom, person.compared_at = False, "Legal", None
    session.add_all([seal, person])
    session.flush()
    record(
        session,
        Event.PERSON_UNSEALED,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts={"version": person.version},
        content={"why": unsealed.why},
    )
    note_agreements(session, [person], by=by, now=now)
    return person


def record_counterpart(session: Session, new: NewCounterpart, *, by: Actor, now: datetime) -> SealedCounterpart:
    """Keeps that a sealed record is the same person as another. Neither is shown, linked or counted with the other; from now on a
    check of either asks Legal where the other side would change its answer. What the looks at both make together is looked for.

    Raises `NotAllowedError`, `NoSuchRecordError`, `PeopleBusyError`, `ProblemError`.
    """
    require(by, Permission.SEAL_RECORD, about=new.person)
    person, other = get_person(session, new.person), get_person(session, new.other)
    keys = [saved_key(person), saved_key(other)]
    _require_apart(session, keys, by=by, about=person.reference)
    groups = lock_networks(session, keys)
    needed("why", new.why, "Enter how it is known")
    if groups[keys[0]].members == groups[keys[1]].members:
        raise ProblemError("other", "Choose another record: this one counts as the same person already")
    if not sealed_among(session, keys):
        raise ProblemError("other", "Neither of these records is sealed: seal one of them first, or have them linked")
    if find_counterpart(session, *keys) is not None:
        raise ProblemError("other", "This is on record already")
    made = _put_counterpart(session, keys, why=new.why, by=by, now=now)
    detect(session, everyone_behind(session, keys), now=now)
    return made


def end_counterpart(session: Session, ended: AnsweredCounterpart, *, by: Actor, now: datetime) -> SealedCounterpart:
    """Keeps that the two records are not the same person after all; from now on neither asks Legal because of the other.

    Raises `NotAllowedError`, `NoSuchRecordError`, `PeopleBusyError`, or `ProblemError` where it has ended.
    """
    row, people = _counterpart(session, ended, by=by)
    needed("why", ended.why, "Enter why they are not the same person")
    row.ended_at, row.ended_by, row.ended_why = now, by.staff_id, ended.why.strip()
    session.add(row)
    session.flush()
    event, about = Event.COUNTERPART_ENDED, row.reference
    record(session, event, at=now, by=by, people=_references(people), about=about, content={"why": ended.why})
    return row


def answer_counterpart(
    session: Session, answered: AnsweredCounterpart, *, by: Actor, now: datetime
) -> CounterpartAnswer:
    """Keeps that Legal weighed what is on both sides: what is there now stops no look at either any more, until more is recorded.
    A check that waits is decided again when its case is answered or its requester asks again.

    Raises `NotAllowedError`, `NoSuchRecordError`, `PeopleBusyError`, or `ProblemError` where it has ended.
    """
    row, people = _counterpart(session, answered, by=by)
    needed("why", answered.why, "Enter why each may be decided by itself")
    answer = CounterpartAnswer(
        counterpart_id=saved_key(row), why=answered.why.strip(), recorded_at=now, recorded_by=by.staff_id
    )
    session.add(answer)
    session.flush()
    event, about = Event.COUNTERPART_ANSWERED, row.reference
    record(session, event, at=now, by=by, people=_references(people), about=about, content={"why": answered.why})
    return answer


def _opened(session: Session, reference: str, *, by: Actor) -> Person:
    """The person, locked and read again, whom the actor may act on for Legal."""
    require(by, Permission.SEAL_RECORD, about=reference)
    person = get_person(session, reference)
    require(
        by, Permission.SEAL_RECORD, allowed=may_act_for_legal(by, parties_to_sealing(session, person)), about=reference
    )
    lock_everyone(session, [saved_key(person)])
    session.flush()
    session.expire_all()
    person = get_person(session, reference)
    require(
        by, Permission.SEAL_RECORD, allowed=may_act_for_legal(by, parties_to_sealing(session, person)), about=reference
    )
    return person


def _counterpart(
    session: Session, answered: AnsweredCounterpart, *, by: Actor
) -> tuple[SealedCounterpart, list[Person]]:
    """The counterpart, which stands, and its two records, locked."""
    require(by, Permission.SEAL_RECORD, about=answered.counterpart)
    row = get_counterpart(session, answered.counterpart)
    keys = [row.person_id, row.other_id]
    _require_apart(session, keys, by=by, about=row.reference)
    lock_everyone(session, keys)
    session.refresh(row)
    if row.ended_at is not None:
        raise ProblemError("", ALREADY_ENDED)
    return row, [get_person_by_id(session, one) for one in keys]


def _require_apart(session: Session, keys: Iterable[int], *, by: Actor, about: str) -> None:
    """Who asked for, would look in or decided on a check of either side says nothing for Legal of it."""
    parties = parties_about(session, everyone_behind(session, keys))
    require(by, Permission.SEAL_RECORD, allowed=may_act_for_legal(by, parties), about=about)


def _undo_links(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    key = saved_key(person)
    mine = or_(SamePersonLink.person_id == key, SamePersonLink.other_id == key)
    for link in session.exec(select(SamePersonLink).where(mine, col(SamePersonLink.undone_at).is_(None))).all():
        link.undone_at, link.undone_by, link.undone_why = now, by.staff_id, UNDONE_BY_LEGAL
        session.add(link)
        session.flush()
        ends = [link.person_id, link.other_id]
        people = _references(get_person_by_id(session, one) for one in ends)
        record(
            session,
            Event.RECORDS_UNLINKED,
            at=now,
            by=by,
            people=people,
            about=person.reference,
            facts={"link": link.reference, "of": people, "sealed": True},
            content={"why": UNDONE_BY_LEGAL},
        )
        if find_counterpart(session, *ends) is None:
            _put_counterpart(session, ends, why="They were linked when the record was sealed.", by=by, now=now)


def _keep_doubts(session: Session, person: Person, doubted: Iterable[int], *, by: Actor, now: datetime) -> None:
    """Whoever may be the same person as the sealed record or one linked with it is Legal's to know from now on; until Legal has ended
    it, looks at either still stop the other."""
    why = "They agreed in what tells people apart when the record was sealed, and no manager had told them apart."
    for other in sorted(doubted):
        if find_counterpart(session, saved_key(person), other) is None:
            _put_counterpart(session, [saved_key(person), other], why=why, by=by, now=now)


def _answer_who_asked(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Closes the case by which a manager asked for the seal, whoever has taken it. Why it was sealed is not told with it."""
    asked = find_seal_asked(session, saved_key(person))
    if asked is None or asked.place != ReferralPlace.LEGAL:
        return
    asked.place, asked.closed_at, asked.closed_by = ReferralPlace.CLOSED.value, now, by.staff_id
    asked.closed_why, asked.finding = FINDING_WORDS[Finding.SEALED], Finding.SEALED.value
    asked.version += 1
    session.add(asked)
    session.flush()
    record(
        session,
        Event.REFERRAL_RESOLVED,
        at=now,
        by=by,
        people=[person.reference],
        about=asked.reference,
        facts={"kind": asked.kind, "finding": asked.finding, "decision": None},
    )


def _put_counterpart(session: Session, keys: Sequence[int], *, why: str, by: Actor, now: datetime) -> SealedCounterpart:
    low, high = sorted(keys)
    row = SealedCounterpart(person_id=low, other_id=high, why=why.strip(), recorded_at=now, recorded_by=by.staff_id)
    session.add(row)
    session.flush()
    people = _references(get_person_by_id(session, one) for one in (low, high))
    event, content = Event.COUNTERPART_RECORDED, {"why": why}
    record(session, event, at=now, by=by, people=people, about=row.reference, content=content)
    return row


def _references(people: Iterable[Person]) -> list[str]:
    return sorted(one.reference for one in people)
