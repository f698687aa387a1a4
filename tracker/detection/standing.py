"""Whether what a view stood on still stood at the minute of viewing, on what is recorded now. The rules themselves are asked.

How many looks an advice or an authorisation allows is not asked here: that was counted when the look was decided, and a look
that comes to light afterwards is a pattern of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.decisions.gather import gather_facts
from tracker.decisions.models import Check
from tracker.detection.circles import Circle
from tracker.detection.ledger import Entry
from tracker.people.ages import is_under_18
from tracker.people.groups import PersonGroup, groups_of
from tracker.policy.facts import CheckFacts
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import Limits
from tracker.policy.patterns import StoodOn
from tracker.policy.vocabulary import Account, Aim, Method, Platform, Purpose, ViewFooting, Visibility
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import footing_as_recorded, sitting_began_at

AUTHORITIES = frozenset(
    {
        ViewFooting.CONSENT,
        ViewFooting.COURT_ORDER,
        ViewFooting.RIPA_AUTHORISATION,
        ViewFooting.NON_RIPA_AUTHORISATION,
        ViewFooting.LEGAL_ADVICE,
    }
)
"""What can turn out afterwards to have been withdrawn, overtaken, not yet in effect, at an end or cancelled."""


def what_stood(
    session: Session, entries: Iterable[Entry], circle: Circle, limits: Limits, *, now: datetime
) -> tuple[StoodOn, ...]:
    """Of each view of those asked about that stands on an authority, whether it still stood. The records of a person are read
    once, however many their views are; nothing is read of who has no such view."""
    views = [
        (entry, footing)
        for entry in entries
        if (footing := footing_as_recorded(entry.viewing, entry.look, by=now)) in AUTHORITIES
        and circle.name_of(entry.viewing.person_id) in circle.asked
    ]
    if not views:
        return ()
    checks = _checks(session, {entry.look.check_id for entry, _ in views})
    groups = groups_of(session, {entry.viewing.person_id for entry, _ in views})
    return tuple(_judged(session, views, checks, groups, limits, now=now))


def _judged(
    session: Session,
    views: list[tuple[Entry, ViewFooting]],
    checks: dict[int, Check],
    groups: dict[int, PersonGroup],
    limits: Limits,
    *,
    now: datetime,
) -> Iterator[StoodOn]:
    on_record: dict[str, CheckFacts] = {}
    for entry, footing in views:
        group, check = groups[entry.viewing.person_id], checks[entry.look.check_id]
        if group.key not in on_record:
            on_record[group.key] = gather_facts(session, check, group, at=now)
        at = sitting_began_at(entry.look, by=now)
        facts = _at_that_minute(on_record[group.key], check, group, at=at)
        verdict = next(rule for rule in FOOTINGS if rule.id.value == footing.value).judge(facts, limits)
        stood = verdict.gives is not None
        why_not = "" if stood else verdict.text
        yield StoodOn(entry.look.reference, group.key, at, footing, stood, why_not)


def _at_that_minute(facts: CheckFacts, check: Check, group: PersonGroup, *, at: datetime) -> CheckFacts:
    """What is recorded now, read as at the minute of viewing, for what was asked then."""
    asked = replace(
        facts.request,
        under_18=is_under_18(group, at=at),
        may_lack_capacity=check.may_lack_capacity,
        purpose=Purpose(check.purpose),
        aim=Aim(check.aim),
        method=Method(check.method),
        account=Account(check.account),
        visibility=Visibility(check.visibility),
        platforms=frozenset(map(Platform, check.platforms)),
    )
    return replace(facts, now=at, request=asked, views=(), manager_approval=None)


def _checks(session: Session, keys: set[int]) -> dict[int, Check]:
    return {saved_key(check): check for check in session.exec(select(Check).where(col(Check.id).in_(keys)))}
