"""Whether what a view stood on still stood at the minute of viewing, on what is recorded now. The rules themselves are asked.

Only what the rule of such a ground declares that it reads is read of anybody's record. How many looks an advice or an authorisation
allows is not asked here: that was counted when the look was decided, and a look that comes to light afterwards is a pattern of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.authorities.selectors import advice_of_each, court_orders_as_facts, non_ripa_as_facts, ripa_as_facts
from tracker.consent.selectors import consents_of_each
from tracker.decisions.gather import keys_in
from tracker.decisions.models import Check
from tracker.detection.circles import Circle
from tracker.detection.ledger import Entry
from tracker.people.ages import is_under_18
from tracker.people.groups import PersonGroup, groups_of
from tracker.policy import facts
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import Limits
from tracker.policy.patterns import StoodOn
from tracker.policy.rules import FootingRule
from tracker.policy.vocabulary import Account, Aim, Method, Platform, Purpose, Relation, ViewFooting, Visibility
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

RULE_OF: dict[ViewFooting, FootingRule] = {
    footing: next(rule for rule in FOOTINGS if rule.id.value == footing.value) for footing in AUTHORITIES
}


@dataclass(frozen=True, slots=True)
class _View:
    """A view that stands on an authority, the person whom it was of, and the check."""

    entry: Entry
    footing: ViewFooting
    group: PersonGroup
    check: Check


@dataclass(frozen=True, slots=True)
class _OnRecord:
    """What is recorded now of one person, of each kind that is asked for."""

    consents: tuple[facts.Consent, ...]
    advice: tuple[facts.Advice, ...]
    ripa_authorisations: tuple[facts.RipaAuthorisation, ...]
    non_ripa_authorisations: tuple[facts.NonRipaAuthorisation, ...]
    court_orders: tuple[facts.CourtOrder, ...]


def what_stood(
    session: Session, entries: Iterable[Entry], circle: Circle, limits: Limits, *, now: datetime
) -> tuple[StoodOn, ...]:
    """Of each view of those asked about that stands on an authority, whether it still stood. What people said and what Legal advised
    is read once for all of them; nothing is read of who has no such view."""
    found = [
        (entry, footing)
        for entry in entries
        if (footing := footing_as_recorded(entry.viewing, entry.look, by=now)) in AUTHORITIES
        and circle.name_of(entry.viewing.person_id) in circle.asked
    ]
    if not found:
        return ()
    checks = _checks(session, {entry.look.check_id for entry, _ in found})
    groups = groups_of(session, {entry.viewing.person_id for entry, _ in found})
    views = [_View(one, on, groups[one.viewing.person_id], checks[one.look.check_id]) for one, on in found]
    return tuple(_judged(views, _on_record(session, views, now=now), limits, now=now))


def _judged(
    views: Iterable[_View], on_record: dict[PersonGroup, _OnRecord], limits: Limits, *, now: datetime
) -> Iterator[StoodOn]:
    for view in views:
        at = sitting_began_at(view.entry.look, by=now)
        verdict = RULE_OF[view.footing].judge(_at_that_minute(on_record[view.group], view, at=at), limits)
        stood = verdict.gives is not None
        yield StoodOn(view.entry.look.reference, view.group.key, at, view.footing, stood, "" if stood else verdict.text)


def _on_record(session: Session, views: Iterable[_View], *, now: datetime) -> dict[PersonGroup, _OnRecord]:
    """Of each person what the rules of their views read. Authorisations and orders name few, and are read person by person."""
    wanted: dict[PersonGroup, set[str]] = {}
    for view in views:
        wanted.setdefault(view.group, set()).update(name.split(".")[0] for name in RULE_OF[view.footing].reads)

    def asking(kind: str) -> list[tuple[int, ...]]:
        return [group.members for group, kinds in wanted.items() if kind in kinds]

    said, advised = asking("consents"), asking("advice")
    consents = consents_of_each(session, said, recorded_by=now) if said else {}
    advice = advice_of_each(session, advised, recorded_by=now) if advised else {}
    found: dict[PersonGroup, _OnRecord] = {}
    for group, kinds in wanted.items():
        members, key_of = group.members, keys_in(session, group, now)
        found[group] = _OnRecord(
            consents=consents.get(members, ()),
            advice=advice.get(members, ()),
            ripa_authorisations=ripa_as_facts(session, members, recorded_by=now, key_of=key_of)
            if "ripa_authorisations" in kinds
            else (),
            non_ripa_authorisations=non_ripa_as_facts(session, members, recorded_by=now, key_of=key_of)
            if "non_ripa_authorisations" in kinds
            else (),
            court_orders=court_orders_as_facts(session, members, recorded_by=now, key_of=key_of)
            if "court_orders" in kinds
            else (),
        )
    return found


def _at_that_minute(on_record: _OnRecord, view: _View, *, at: datetime) -> facts.CheckFacts:
    """What is recorded now, read as at the minute of viewing, for what was asked then."""
    check = view.check
    asked = facts.Request(
        person=view.group.key,
        relation=Relation(check.relation),
        under_18=is_under_18(view.group, at=at),
        may_lack_capacity=check.may_lack_capacity,
        purpose=Purpose(check.purpose),
        aim=Aim(check.aim),
        method=Method(check.method),
        account=Account(check.account),
        visibility=Visibility(check.visibility),
        platforms=frozenset(map(Platform, check.platforms)),
        profile_on_record=False,
        code_factors=frozenset(),
        immediate_risk=check.immediate_risk,
        new_event=check.new_event,
        confidential_material_likely=check.confidential_material_likely,
        illegal_content_suspected=check.illegal_content_suspected,
    )
    return facts.CheckFacts(
        now=at,
        request=asked,
        views=(),
        consents=on_record.consents,
        notices=(),
        advice=on_record.advice,
        ripa_authorisations=on_record.ripa_authorisations,
        non_ripa_authorisations=on_record.non_ripa_authorisations,
        court_orders=on_record.court_orders,
        holds=(),
        counted_from=None,
        manager_approval=None,
    )


def _checks(session: Session, keys: set[int]) -> dict[int, Check]:
    return {saved_key(check): check for check in session.exec(select(Check).where(col(Check.id).in_(keys)))}
