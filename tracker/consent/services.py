"""Recording what was said and what was told. Nothing is edited: a change of mind is a record of its own."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.consent.ends import months_after
from tracker.consent.givers import find_giver
from tracker.consent.models import Consent, Notice, Objection
from tracker.consent.requests import NewConsent, NewNotice, NewObjection
from tracker.consent.selectors import get_notice
from tracker.consent.settling import record_disagreement, settle_disagreement
from tracker.people.ages import is_under_18
from tracker.people.groups import PersonGroup, lock_everyone
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import get_person, get_person_by_id
from tracker.people.services import require_person
from tracker.policy.entitlement import Actor, PersonStanding, may_ask_for_check
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import ConsentStatus, GivenBy, Platform, Purpose
from tracker.rulebook.selectors import limits_in_force
from tracker.staff.selectors import get_team
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key

__all__ = ["record_consent", "record_notice", "record_objection", "settle_disagreement"]


def record_consent(session: Session, new: NewConsent, *, by: Actor, now: datetime) -> Consent:
    """Records what was said about a look; where it makes those who may consent for a child disagree, a refusal besides.

    A consent given ends, where no day is named, `consent_default_months` after it was given. Raises `NotAllowedError` unless
    the actor works in the recording team and that team is involved; `ProblemError` for what lies in the future, for parental
    responsibility for somebody known to be an adult, or for a giver who is not family on record.
    Source: policy.md, `consent` and "Reading them".
    """
    person, group, team_id = _person_for(session, new, Permission.RECORD_CONSENT, by=by, now=now)
    _not_in_the_future(new.at, now)
    if new.given_by is GivenBy.PARENTAL_RESPONSIBILITY and is_under_18(group, at=new.at) is False:
        raise ProblemError("given_by", "Nobody has parental responsibility for an adult")
    giver = find_giver(session, new, group, by=by, on=london_day(now))
    made = _consent(session, new, person, team_id, giver=giver, by=by, now=now)
    session.add(made)
    session.flush()
    _record_what_was_said(session, made, person, giver=giver, by=by, now=now)
    if new.given_by is GivenBy.PARENTAL_RESPONSIBILITY:
        record_disagreement(session, made, person, group, by=by, now=now)
    return made


def record_notice(session: Session, new: NewNotice, *, by: Actor, now: datetime) -> Notice:
    """Records what the person was told; it ends, where no day is named, `notice_default_months` after it was given.

    Raises `NotAllowedError` and `ProblemError` as `record_consent` does. Source: Code para 3.12.
    """
    person, _, team_id = _person_for(session, new, Permission.RECORD_NOTICE, by=by, now=now)
    _not_in_the_future(new.at, now)
    months = limits_in_force(session, at=now).limits.notice_default_months
    made = Notice(
        reference=new_reference("NTC"),
        person_id=saved_key(person),
        team_id=team_id,
        kind=new.kind.value,
        at=new.at,
        until_on=new.until_on or months_after(london_day(new.at), months),
        platforms=_stored(new.platforms),
        purposes=_stored(new.purposes),
        wording=new.wording.strip(),
        language=new.language.strip(),
        how_given=new.how_given.value,
        how_received=new.how_received.strip(),
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(made)
    session.flush()
    facts = {"kind": made.kind, "at": made.at.isoformat(), "until": made.until_on.isoformat(), **_scope(made)}
    content = {"wording": made.wording, "how_received": made.how_received}
    people, about = [person.reference], made.reference
    record(session, Event.NOTICE_RECORDED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return made


def record_objection(session: Session, new: NewObjection, *, by: Actor, now: datetime) -> Objection:
    """Records an objection to a notice (UK GDPR article 21). Any involved team may: an objection must never wait.

    Raises `NoSuchRecordError` for the notice, `NotAllowedError` unless the actor works in a team involved with the person, and
    `ProblemError` where it is dated before the notice or in the future.
    """
    notice = get_notice(session, new.notice)
    person = get_person_by_id(session, notice.person_id)
    lock_everyone(session, [notice.person_id])
    require_person(session, person, Permission.RECORD_NOTICE, by=by, now=now, allowed=is_involved)
    _not_in_the_future(new.at, now)
    if new.at < notice.at:
        raise ProblemError("at", "The objection must not be dated before the notice")
    made = Objection(
        notice_id=saved_key(notice),
        at=new.at,
        wording=new.wording.strip(),
        reply=(new.reply or "").strip() or None,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(made)
    session.flush()
    facts, content = {"at": made.at.isoformat()}, {"wording": made.wording, "reply": made.reply}
    people, about = [person.reference], notice.reference
    record(session, Event.OBJECTION_RECORDED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return made


def _person_for(
    session: Session, new: NewConsent | NewNotice, permission: Permission, *, by: Actor, now: datetime
) -> tuple[Person, PersonGroup, int]:
    """The person, everyone linked to them (locked), and the key of the recording team; only for a worker of an involved team."""
    person, team_id = get_person(session, new.person), saved_key(get_team(session, new.team))
    group = lock_everyone(session, [saved_key(person)])[saved_key(person)]

    def _is_involved(actor: Actor, standing: PersonStanding) -> bool:
        return may_ask_for_check(actor, team_id, standing)

    require_person(session, person, permission, by=by, now=now, allowed=_is_involved)
    return person, group, team_id


def is_involved(actor: Actor, standing: PersonStanding) -> bool:
    """Whether the actor works in a team that is involved with the person, and may open the record."""
    return any(may_ask_for_check(actor, team, standing) for team in actor.work_teams)


def _not_in_the_future(at: datetime, now: datetime) -> None:
    if at > now:
        raise ProblemError("at", "The date and time must not be in the future")


def _consent(
    session: Session, new: NewConsent, person: Person, team_id: int, *, giver: Person | None, by: Actor, now: datetime
) -> Consent:
    speaker = person if giver is None else giver
    typed = new.giver_name.strip() if giver is None else ""
    until_on = new.until_on
    if new.status is ConsentStatus.GIVEN and until_on is None:
        months = limits_in_force(session, at=now).limits.consent_default_months
        until_on = months_after(london_day(new.at), months)
    return Consent(
        reference=new_reference("CNS"),
        person_id=saved_key(person),
        team_id=team_id,
        status=new.status.value,
        at=new.at,
        until_on=until_on,
        platforms=_stored(new.platforms),
        purposes=_stored(new.purposes),
        given_by=new.given_by.value,
        giver_name=typed or speaker.name or speaker.known_by or "",
        giver_id=None if giver is None else saved_key(giver),
        competence=new.competence.value,
        competence_words=new.competence_words.strip(),
        wording=new.wording.strip(),
        language=new.language.strip(),
        how_given=new.how_given.value,
        how_received=new.how_received.strip(),
        right_to_refuse_explained=new.right_to_refuse_explained,
        witness=(new.witness or "").strip() or None,
        recorded_at=now,
        recorded_by=by.staff_id,
    )


def _record_what_was_said(
    session: Session, made: Consent, person: Person, *, giver: Person | None, by: Actor, now: datetime
) -> None:
    facts = {
        "status": made.status,
        "given_by": made.given_by,
        "giver": giver and giver.reference,
        "competence": made.competence,
        "at": made.at.isoformat(),
        "until": made.until_on.isoformat() if made.until_on else None,
        **_scope(made),
    }
    content = {"giver": made.giver_name, "competence": made.competence_words, "wording": made.wording}
    people, about = [person.reference], made.reference
    record(session, Event.CONSENT_RECORDED, at=now, by=by, people=people, about=about, facts=facts, content=content)


def _stored(scope: frozenset[Platform] | frozenset[Purpose] | None) -> list[str] | None:
    return None if scope is None else sorted(one.value for one in scope)


def _scope(made: Consent | Notice) -> dict[str, list[str] | None]:
    return {"platforms": made.platforms, "purposes": made.purposes}
