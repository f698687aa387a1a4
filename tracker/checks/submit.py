"""One submitted check: asked, decided for everyone concerned, and carried out, in one transaction under their locks."""

from datetime import datetime

from sqlmodel import Session

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.asking import codes_of, enter_check, list_people_in, read_request, words_of
from tracker.checks.carrying_out import carry_out
from tracker.checks.danger import find_same_danger
from tracker.checks.requests import NewCheck
from tracker.decisions.concerned import lock_concerned, moment_of
from tracker.decisions.deciding import decide_for_everyone, keep_decision
from tracker.decisions.models import Check
from tracker.decisions.vocabulary import CheckKind, Occasion
from tracker.detection.services import detect
from tracker.policy.entitlement import Actor
from tracker.rulebook.selectors import limits_in_force


def submit_check(session: Session, new: NewCheck, *, by: Actor, now: datetime) -> Check:
    """Records what is asked, decides it for everyone concerned, issues the permit or opens the case.

    What has been looked at before makes its pattern first, so that its hold stands when this is decided (ADR 0101). A block or a
    refusal is a result: the check is returned and kept. Raises `NotAllowedError`, `CheckError`, `NoSuchRecordError`,
    `ClockBehindError`; then nothing has changed. Nor has it where the same danger was asked about already: the check that stands
    is returned. Source: policy.md, "One transaction".
    """
    if new.kind is CheckKind.LATE_ENTRY:
        raise ValueError("a look that was already made is recorded as a late entry")
    concerned = lock_concerned(session, list_people_in(session, new), with_networks=True)
    now = moment_of(session, concerned, now=now)
    asked = read_request(session, new, concerned, by=by, at=now, now=now)
    detect(session, [one.person_id for one in concerned], now=now)
    standing = find_same_danger(session, new, asked, concerned[0], by=by, now=now)
    if standing is not None:
        return standing
    limits = limits_in_force(session, at=now)  # as `detect` read them: kept until the first row is written
    check = enter_check(session, new, asked, concerned, kind=new.kind, at=now, by=by, now=now)
    answer = decide_for_everyone(session, check, concerned, at=now, limits=limits)
    keep_decision(session, check, answer, occasion=Occasion.ASKED, at=now, by=by, now=now)
    followed = carry_out(session, check, answer, by=by, now=now)
    record(
        session,
        Event.CHECK_SUBMITTED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={
            "kind": check.kind,
            "team": asked.team.reference,
            "viewer": asked.viewer.reference,
            "asked": codes_of(new),
            "decision": answer.as_recorded(),
            **followed.as_recorded(),
        },
        content=words_of(new),
    )
    return check
