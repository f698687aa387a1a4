"""Asking the same about others of the household: who they are, what is copied from the check, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.requests import AccountChoice, NewCheck
from tracker.checks.status import Standing, where_it_stands
from tracker.corporate_accounts.models import CorporateProfile
from tracker.decisions.models import Check
from tracker.decisions.records import find_original, get_check, latest_decision, list_copies
from tracker.decisions.selectors import standing_of_check
from tracker.decisions.vocabulary import CheckKind, WhyNotByAgreement
from tracker.people.groups import group_of, members_of
from tracker.people.models import Person
from tracker.people.networks import IN_A_NETWORK
from tracker.people.selectors import Relative, get_person_by_id, is_any_sealed, list_family, standing_of
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.entitlement import (
    Actor,
    may_ask_for_check,
    may_change_as_requester,
    may_give_verdict,
    may_open_check,
    may_work_on_person,
)
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Aim, CodeFactor, Method, Outcome, Platform, Purpose, Relation, Visibility
from tracker.rulebook.selectors import limits_in_force
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.storage.tables import NoSuchRecordError, saved_key

CORPORATE = "corporate"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody within one step of family and household. `relation`: what they are to the person, in words.

    `may_be_asked`: whether the reader may ask about them in the team of the check. `asked`: whether they were asked about already.
    """

    person: Person
    relation: str
    may_be_asked: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Household:
    """Family and household in the order recorded. `restricted`: whom to ask about each whose record the reader may not open."""

    members: tuple[Member, ...]
    restricted: tuple[str, ...]

    @property
    def offered(self) -> tuple[Member, ...]:
        """Those about whom the same may be asked."""
        return tuple(one for one in self.members if one.may_be_asked)


@dataclass(frozen=True, slots=True)
class Copy:
    """A check that was asked the same as another, with its answer and where it stands."""

    check: Check
    person: Person
    outcome: Outcome
    standing: Standing


@dataclass(frozen=True, slots=True)
class SameElsewhere:
    """Of a check: which it was asked the same as ("" where there is none to be told), how many were asked the same as it, in which
    of all these "why now" is the same word for word, and whether the reader may ask the same about others."""

    original: str
    copies: int
    same_words: tuple[str, ...]
    may_ask: bool


def get_check_to_copy(session: Session, reference: str) -> Check:
    """A check that was asked before any look and stands. Raises `NoSuchRecordError`: danger is asked about each by itself."""
    check = get_check(session, reference)
    if check.kind != CheckKind.PLANNED or check.struck_at is not None:
        raise NoSuchRecordError("this check cannot be asked about others")
    return check


def household_of(session: Session, check: Check, *, by: Actor, now: datetime) -> Household:
    """Who belongs with the person whose page the check is about, each once, however many records or links they have.

    Friends and associates are not in it, and nobody across a sealed record. Source: networks.py, ADR 0155.
    """
    members, today = group_of(session, check.person_id).members, london_day(now)
    by_person: dict[int, list[Relative]] = {}
    for one in list_family(session, members, by=by, on=today):
        if one.kind.value in IN_A_NETWORK:
            ends = (one.link.person_id, one.link.other_id)
            other = ends[1] if ends[0] in members else ends[0]
            by_person.setdefault(members_of(session, [other])[other][0], []).append(one)
    asked = {key for copy in list_copies(session, check) for key in group_of(session, copy.person_id).members}
    found: list[Member] = []
    restricted: list[str] = []
    for key, links in by_person.items():
        person = links[0].person
        if key in members:
            continue
        if person is None:
            restricted.append(links[0].ask_whom or "your manager")
            continue
        standing = standing_of(session, saved_key(person), on=today)
        relation = ", ".join(dict.fromkeys(FAMILY_LINK_WORDS[one.kind] for one in links))
        found.append(Member(person, relation, may_ask_for_check(by, check.team_id, standing), key in asked))
    return Household(tuple(found), tuple(restricted))


def as_asked(session: Session, check: Check) -> NewCheck:
    """A check as it was asked for, to be asked for anew. The account is judged again; a register entry that is no longer good
    makes it an unregistered one."""
    return NewCheck(
        submission="",
        kind=CheckKind.PLANNED,
        person=get_person_by_id(session, check.person_id).reference,
        also_about=(),
        team=get_team_by_id(session, check.team_id).reference,
        viewer=get_staff_by_id(session, check.viewer_id).reference,
        account=_account(session, check),
        relation=Relation(check.relation),
        may_lack_capacity=check.may_lack_capacity,
        purpose=Purpose(check.purpose),
        purpose_words=check.purpose_words,
        why_now=check.why_now,
        why_not_by_agreement=WhyNotByAgreement(check.why_not_by_agreement) if check.why_not_by_agreement else None,
        why_not_words=check.why_not_words,
        less_intrusive=check.less_intrusive,
        aim=Aim(check.aim),
        method=Method(check.method),
        visibility=Visibility(check.visibility),
        platforms=tuple(Platform(one) for one in check.platforms),
        profiles=(),
        code_factors=tuple(CodeFactor(one) for one in check.code_factors),
        basis_does_not_fit=check.basis_does_not_fit,
        same_as=check.reference,
    )


def list_copies_to_show(session: Session, check: Check, *, to: Actor, now: datetime) -> list[Copy]:
    """What was asked the same as this check, and what came of it: of those that `to` may open. Nothing crosses a sealed record."""
    limits = limits_in_force(session, at=now).limits
    return [
        Copy(
            check=one,
            person=get_person_by_id(session, one.person_id),
            outcome=Outcome(latest_decision(session, one).outcome),
            standing=where_it_stands(session, one, limits, now=now),
        )
        for one in list_copies(session, check)
        if _may_know(session, check, one, to=to, now=now)
    ]


def same_elsewhere(session: Session, check: Check, *, to: Actor, now: datetime) -> SameElsewhere:
    """What the page of a check says to `to` of others of the household. Nothing crosses a sealed record."""
    original = find_original(session, check)
    may_know = original is not None and _may_know(session, check, original, to=to, now=now)
    copies = [one for one in list_copies(session, check) if _may_know(session, check, one, to=to, now=now)]
    beside = list_copies(session, original) if original else []
    worded = [one for one in (original, *beside) if one and one.id != check.id and _same_why(one, check)]
    over = check.withdrawn_at is not None or check.struck_at is not None
    standing = standing_of_check(session, check, now=now)
    asks = may_change_as_requester(to, standing) and may_work_on_person(to, standing.person)
    return SameElsewhere(
        original=original.reference if original and may_know else "",
        copies=len(copies),
        same_words=tuple(
            [one.reference for one in worded if _may_know(session, check, one, to=to, now=now)]
            + [one.reference for one in copies if _same_why(one, check)]
        ),
        may_ask=check.kind == CheckKind.PLANNED and not over and asks,
    )


def asked_the_same(session: Session, check: Check, *, to: Actor, now: datetime) -> list[Check]:
    """The other checks of the asking that this one is of, the one that was copied first: of those that `to` may open or decide on.
    Nothing crosses a sealed record."""
    first = find_original(session, check) or check
    others = [one for one in (first, *list_copies(session, first)) if one.id != check.id]
    return [one for one in others if _may_know(session, check, one, to=to, now=now, decides=True)]


def _same_why(one: Check, other: Check) -> bool:
    return bool(one.why_now) and (one.why_now or "").split() == (other.why_now or "").split()


def _may_know(session: Session, check: Check, other: Check, *, to: Actor, now: datetime, decides: bool = False) -> bool:
    if is_any_sealed(session, (check.person_id, other.person_id)):
        return False
    standing = standing_of_check(session, other, now=now)
    return may_open_check(to, standing) or (decides and may_give_verdict(to, standing))


def _account(session: Session, check: Check) -> AccountChoice:
    if check.corporate_profile_id is None:
        return AccountChoice(check.account)
    profile = session.get_one(CorporateProfile, check.corporate_profile_id)
    return AccountChoice(CORPORATE, profile.reference)
