"""Gathering the facts: from the records of one person, as they were known at a moment, to all that the rules may see."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from tracker.authorities.selectors import (
    advice_as_facts,
    court_orders_as_facts,
    non_ripa_as_facts,
    ripa_as_facts,
)
from tracker.consent.selectors import consents_as_facts, notices_as_facts
from tracker.decisions.accounts import account_of_profile
from tracker.decisions.models import Check
from tracker.decisions.records import verdicts_of
from tracker.decisions.together import makes_stricter, with_what_is_stricter
from tracker.decisions.vocabulary import Verdict
from tracker.decisions.withheld import MAY_BE_ONE_PERSON, may_be_restricted
from tracker.people.groups import PersonGroup, group_of, groups_in_doubt
from tracker.people.selectors import counted_from, is_under_18, profile_on_record
from tracker.policy.facts import CheckFacts, Hold, Request
from tracker.policy.vocabulary import (
    Account,
    Aim,
    Approval,
    CodeFactor,
    Method,
    Platform,
    Purpose,
    Relation,
    Visibility,
)
from tracker.referrals.selectors import holds_as_facts
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import views_as_facts

APPROVAL_OF: dict[Verdict, Approval] = {
    Verdict.APPROVED: Approval.APPROVED,
    Verdict.APPROVED_BY_TELEPHONE: Approval.APPROVED,
    Verdict.DENIED: Approval.DECLINED,
    Verdict.DECLINED: Approval.DECLINED,
}
"""What a manager's verdict means to the rules. Sending a check on to Legal, closing it or seeing a late entry is neither."""


def gather_facts(
    session: Session,
    check: Check,
    group: PersonGroup,
    *,
    at: datetime,
    recorded_by: datetime | None = None,
    exclude_look: int | None = None,
) -> CheckFacts:
    """The facts of a check for one of those whom it concerns, with all records of their group.

    `at` is the moment of the decision (`now` of the facts); what had been recorded by `recorded_by` is used (`at` where
    None). `exclude_look`: the key of the check's own look, so that a permit is not judged by itself.
    Of whoever may be the same person (people/doubts.py) whatever could make the answer stricter is among them; where that record is
    restricted nothing of it is told, and a hold stands in its place. Source: policy.md, "Facts", "Two times" and "Linked records are
    one person"; ADR 0177.
    """
    known_by = at if recorded_by is None else recorded_by

    def _known_of(one: PersonGroup) -> CheckFacts:
        return _facts_of(session, check, one, at=at, recorded_by=known_by, exclude_look=exclude_look)

    facts = _known_of(group)
    for doubted in groups_in_doubt(session, group, at=known_by, asked_by={check.requester_id, check.viewer_id}):
        other = _known_of(doubted)
        if not doubted.is_restricted:
            facts = with_what_is_stricter(facts, other)
        elif not may_be_restricted(facts) and makes_stricter(facts, other):
            facts = replace(facts, holds=(*facts.holds, Hold(MAY_BE_ONE_PERSON, min(check.at, at), None)))
    return facts


def _facts_of(
    session: Session,
    check: Check,
    group: PersonGroup,
    *,
    at: datetime,
    recorded_by: datetime,
    exclude_look: int | None,
) -> CheckFacts:
    members, key_of = group.members, keys_in(session, group, recorded_by)
    return CheckFacts(
        now=at,
        request=_request(session, check, group, at=at, recorded_by=recorded_by),
        views=views_as_facts(session, members, recorded_by=recorded_by, exclude_look=exclude_look),
        consents=consents_as_facts(session, members, recorded_by=recorded_by),
        notices=notices_as_facts(session, members, recorded_by=recorded_by),
        advice=advice_as_facts(session, members, recorded_by=recorded_by),
        ripa_authorisations=ripa_as_facts(session, members, recorded_by=recorded_by, key_of=key_of),
        non_ripa_authorisations=non_ripa_as_facts(session, members, recorded_by=recorded_by, key_of=key_of),
        court_orders=court_orders_as_facts(session, members, recorded_by=recorded_by, key_of=key_of),
        holds=holds_as_facts(session, members, recorded_by=recorded_by),
        counted_from=counted_from(session, members, recorded_by=recorded_by),
        manager_approval=manager_approval(session, check, recorded_by=recorded_by),
    )


def manager_approval(session: Session, check: Check, *, recorded_by: datetime) -> Approval | None:
    """What a manager last said of this check, approved or declined, as recorded by an instant; None where nobody has."""
    if check.id is None:  # a check that nobody asked for, made up to see where somebody stands
        return None
    said = [one for one in verdicts_of(session, [check.id])[check.id] if one.recorded_at <= recorded_by]
    latest_first = sorted(said, key=lambda one: (one.recorded_at, saved_key(one)), reverse=True)
    verdicts = (Verdict(one.verdict) for one in latest_first)
    return next((APPROVAL_OF[verdict] for verdict in verdicts if verdict in APPROVAL_OF), None)


def account_at(session: Session, check: Check, *, at: datetime) -> Account:
    """The account as the rules read it at a moment: one of the register counts only while its viewer may use it."""
    if check.corporate_profile_id is None:
        return Account(check.account)
    platforms = [Platform(platform) for platform in check.platforms]
    return account_of_profile(
        session, check.corporate_profile_id, platforms=platforms, viewer_id=check.viewer_id, at=at
    )


def _request(session: Session, check: Check, group: PersonGroup, *, at: datetime, recorded_by: datetime) -> Request:
    platforms = frozenset(map(Platform, check.platforms))
    return Request(
        person=group.key,
        relation=Relation(check.relation),
        under_18=is_under_18(group, at=at),
        may_lack_capacity=check.may_lack_capacity,
        purpose=Purpose(check.purpose),
        aim=Aim(check.aim),
        method=Method(check.method),
        account=account_at(session, check, at=at),
        visibility=Visibility(check.visibility),
        platforms=platforms,
        profile_on_record=profile_on_record(session, group.members, platforms, recorded_by=recorded_by),
        code_factors=frozenset(map(CodeFactor, check.code_factors)),
        immediate_risk=check.immediate_risk,
        new_event=check.new_event,
        confidential_material_likely=check.confidential_material_likely,
        illegal_content_suspected=check.illegal_content_suspected,
    )


def keys_in(session: Session, group: PersonGroup, known_by: datetime) -> Callable[[int], str]:
    """The key by which the rules know each person whom an authority names: that of their group at the time."""

    def key_of(person_id: int) -> str:
        return group.key if person_id in group.members else group_of(session, person_id, at=known_by).key

    return key_of
