"""The story of a check, told twice: from the events of the trail alone, and from the rows of the record. The two must agree."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.audit.models import AuditEntry
from tracker.decisions.deciding import digest_of
from tracker.decisions.models import Check, ManagerDecision
from tracker.decisions.records import list_decisions, list_person_decisions
from tracker.decisions.selectors import list_concerned
from tracker.people.selectors import get_person_by_id
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.storage.tables import saved_key
from tracker.viewings.models import CaseReport, LookReport, Telling
from tracker.viewings.selectors import find_look_of, find_telling_of

Facts = dict[str, Any]


@dataclass
class Story:
    """What is told of a check: people by reference, instants as they stand in the trail."""

    asked: Facts = field(default_factory=dict)
    people: list[str] = field(default_factory=list)
    decisions: list[Facts] = field(default_factory=list)
    verdicts: list[tuple[str, str, str]] = field(default_factory=list)
    look: Facts = field(default_factory=dict)
    case_report: Facts = field(default_factory=dict)
    telling: Facts = field(default_factory=dict)
    withdrawn: Facts = field(default_factory=dict)


# From the trail -------------------------------------------------------------------------------------------------------


def from_trail(session: Session, reference: str) -> Story:
    """The story by the events about the check, and about the cases that these name, in their order."""
    story, cases = Story(), set[str]()
    rows = session.exec(select(AuditEntry.text).order_by(col(AuditEntry.seq)))
    for said in map(json.loads, rows):
        facts = said["facts"]
        if said["event"] == "referral:opened" and facts.get("check") == reference:
            cases.add(said["record"])
        if said["record"] == reference:
            cases |= {facts[name] for name in ("referral", "closed_referral") if facts.get(name)}
            _tell(story, said)
        elif said["record"] in cases and said["event"] == "referral:endorsed":
            story.verdicts.append(("endorsed", said["actor"]["reference"], said["at"]))
    return story


def _tell(story: Story, said: Facts) -> None:
    event, facts, by, at = said["event"], said["facts"], str((said["actor"] or {}).get("reference")), said["at"]
    if event in ("check:submitted", "check:late_entry_recorded"):
        late = event == "check:late_entry_recorded"
        story.people = sorted(said["people"])
        kind = "late_entry" if late else facts["kind"]
        viewer = by if late else facts["viewer"]
        story.asked = {"kind": kind, "team": facts["team"], "by": by, "viewer": viewer, "at": at, **facts["asked"]}
        _decided(story, facts["decision"], "late_as_recorded" if late else "asked", by, at)
        if late:
            _decided(story, facts["as_said"], "late_as_said", by, at)
            story.look |= {"opened_at": facts["opened_at"], "closed_at": facts["closed_at"]}
    elif "decision" in facts and isinstance(facts["decision"], dict):
        _decided(story, facts["decision"], facts["occasion"], by, at)
    if facts.get("look"):
        story.look |= {"look": facts["look"]}
    if facts.get("ends_at"):
        story.look |= {"issued_at": at, "ends_at": facts["ends_at"]}
    verdict = {
        "check:approved": "approved",
        "check:declined": "declined",
        "check:closed": "closed",
        "check:late_entry_seen": "seen",
        "check:nobody_left_seen": "nobody_left",
        "check:approved_by_telephone": "approved_by_telephone",
        "check:telephone_approval_denied": "denied",
    }.get(event)
    if verdict:
        story.verdicts.append((verdict, facts.get("manager", by), at))
    _tell_of_the_look(story, event, facts, by, at)


def _tell_of_the_look(story: Story, event: str, facts: Facts, by: str, at: str) -> None:
    if event == "look:started":
        story.look |= {"started_at": at}
    if event in ("look:reported", "look:not_used"):
        kept = {name: facts[name] for name in ("result", "opened_at", "closed_at", "found", "visibility_found")}
        story.look |= {**kept, "reported_at": at, "reported_by": by}
    if event in ("look:not_used_confirmed", "look:result_confirmed"):
        story.look |= {"confirmed_by": by, "counts_from": at}
    if event == "look:response_reviewed":
        story.look |= {"reviewed": facts["reviewed"], "reviewed_by": by, "reviewed_at": at}
    if event == "check:outcome_reported":
        days = {name: facts[name] for name in ("told_on", "shared_on")}
        story.case_report = {"told": facts["told"], "shared": facts["shared"], **days, "by": by, "at": at}
    if event == "check:telling_recorded":
        days = {name: facts[name] for name in ("told_on", "shared_on")}
        story.telling = {"told": facts["told"], **days, "by": by, "at": at}
    if event == "check:withdrawn":
        story.withdrawn = {"by": by, "at": at}


def _decided(story: Story, decision: Facts, occasion: str, by: str, at: str) -> None:
    each = {
        person: {name: one[name] for name in ("outcome", "footing", "relied_on", "digest")}
        for person, one in decision["people"].items()
    }
    told = {"occasion": occasion, "outcome": decision["outcome"], "policy": decision["policy_version"]}
    story.decisions.append({**told, "by": by, "at": at, "each": each})


# From the record ------------------------------------------------------------------------------------------------------


def from_record(session: Session, check: Check) -> Story:
    """The story by the rows."""
    story = Story(
        asked={
            "kind": check.kind,
            "team": get_team_by_id(session, check.team_id).reference,
            "by": _staff(session, check.requester_id),
            "viewer": _staff(session, check.viewer_id),
            "at": _at(check.recorded_at),
            **{name: getattr(check, name) for name in ("relation", "purpose", "aim", "method", "visibility")},
            "platforms": check.platforms,
            "immediate_risk": check.immediate_risk,
        },
        people=sorted(person.reference for person in list_concerned(session, check)),
        decisions=list(_decisions(session, check)),
        withdrawn={"by": _staff(session, check.withdrawn_by), "at": _at(check.withdrawn_at)},
    )
    verdicts = select(ManagerDecision).where(ManagerDecision.check_id == saved_key(check))
    story.verdicts = [
        (one.verdict, str(_staff(session, one.decided_by)), str(_at(one.at)))
        for one in session.exec(verdicts.order_by(col(ManagerDecision.id)))
    ]
    story.look = _look(session, check)
    report = session.exec(select(CaseReport).where(CaseReport.check_id == saved_key(check))).first()
    if report is not None:
        by, at = _staff(session, report.recorded_by), _at(report.recorded_at)
        story.case_report = {"told": report.told, "shared": report.shared, **_days(report), "by": by, "at": at}
    telling = find_telling_of(session, saved_key(check))
    if telling is not None:
        by, at = _staff(session, telling.recorded_by), _at(telling.recorded_at)
        story.telling = {"told": telling.told, **_days(telling), "by": by, "at": at}
    return story


def _days(row: CaseReport | Telling) -> Facts:
    return {name: str(day) if (day := getattr(row, name)) else None for name in ("told_on", "shared_on")}


def _decisions(session: Session, check: Check) -> Iterator[Facts]:
    for row in list_decisions(session, check):
        each = {
            get_person_by_id(session, one.person_id).reference: {
                "outcome": one.outcome,
                "footing": one.answer["footing"],
                "relied_on": one.relied_on,
                "digest": digest_of(one.facts, one.answer),
            }
            for one in list_person_decisions(session, row)
        }
        told = {"occasion": row.occasion, "outcome": row.outcome, "policy": row.policy_version}
        yield {**told, "by": _staff(session, row.taken_by), "at": _at(row.recorded_at), "each": each}


def _look(session: Session, check: Check) -> Facts:
    look = find_look_of(session, saved_key(check))
    if look is None:
        return {}
    told: Facts = {"look": look.reference}
    for name in ("issued_at", "ends_at", "started_at", "opened_at", "closed_at", "reported_at", "reviewed_at"):
        told[name] = _at(getattr(look, name))
    report = session.exec(select(LookReport).where(LookReport.look_id == saved_key(look))).first()
    if report is not None:
        told |= {"found": report.found, "visibility_found": report.visibility_found}
        told |= {"reported_by": _staff(session, report.recorded_by)}
    told |= {"result": look.result, "reviewed": look.reviewed, "reviewed_by": _staff(session, look.reviewed_by)}
    if look.result_confirmed_by is not None:
        told |= {"confirmed_by": _staff(session, look.result_confirmed_by), "counts_from": _at(look.result_counts_from)}
    return told


def agree(told: Story, kept: Story) -> list[str]:
    """Where the two differ, in words. What never happened is told of neither."""
    parts = {name: (getattr(told, name), getattr(kept, name)) for name in Story.__dataclass_fields__}
    return [f"{name}: told {one!r}, kept {two!r}" for name, (one, two) in parts.items() if _whole(one) != _whole(two)]


def _whole(value: Any) -> Any:
    return {name: one for name, one in value.items() if one is not None} if isinstance(value, dict) else value


def _staff(session: Session, key: int | None) -> str | None:
    return get_staff_by_id(session, key).reference if key is not None else None


def _at(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
