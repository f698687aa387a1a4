"""The one page of "the same for…", as its draft has it: what is copied, and a block for each of those chosen."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import request
from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.checks.forms.same_for import SameForPersonForm, same_check
from tracker.checks.household import Household, Member, as_asked, get_check_to_copy, household_of
from tracker.checks.last_time import last_found
from tracker.checks.requests import NewCheck
from tracker.checks.routes.draft_pages import WITHOUT_TOKEN, first_relation
from tracker.checks.routes.on_record import Entry, said_and_told
from tracker.checks.rows import copied_rows
from tracker.checks.same_for import FORM
from tracker.corporate_accounts.models import CorporateProfile
from tracker.decisions.models import Check
from tracker.decisions.selectors import list_concerned, standing_of_check
from tracker.drafts.models import Draft
from tracker.drafts.selectors import get_draft
from tracker.people.ages import age_in_words
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.selectors import list_profiles
from tracker.policy.entitlement import may_change_as_requester
from tracker.policy.vocabulary import Platform, Visibility
from tracker.rulebook.models import LawfulBasis
from tracker.rulebook.selectors import LimitsInForce, lawful_basis_of, limits_in_force
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.viewings.models import LookReport
from tracker.web.blocks import SummaryRow
from tracker.web.dates import in_london
from tracker.web.request import actor, now

MOST_SHOWN = 3  # of what somebody said, and of what they were told


@dataclass(frozen=True)
class Block:
    """One person's part of the page: who they are, what is on record, and what is asked about them."""

    person: Person
    relation: str
    age: str
    form: SameForPersonForm
    platforms_of: dict[str, Platform]
    said: list[Entry]
    told: list[Entry]
    found: LookReport | None

    def is_whole(self) -> bool:
        """Whether what was answered can be taken; adds the errors."""
        whole = bool(self.form.validate())
        return bool(self.form.check_platforms(self.platforms_of)) and whole


@dataclass(frozen=True)
class SamePage:
    """The page. `gone`: how many of those chosen can no longer be asked about."""

    draft: Draft
    check: Check
    copy: NewCheck
    concerned: list[Person]
    copied: list[SummaryRow]
    blocks: list[Block]
    gone: int
    limits: LimitsInForce
    basis: LawfulBasis

    def new_checks(self) -> list[NewCheck]:
        """What the blocks ask for, each whole: each once in this draft, however often it is sent."""
        return [
            same_check(
                self.copy,
                block.form,
                person=block.person.reference,
                submission=sha256(f"{self.draft.reference} {block.person.reference}".encode()).hexdigest()[:32],
                platforms=block.form.check_platforms(block.platforms_of),
            )
            for block in self.blocks
        ]


def draft_of_same(session: Session, reference: str) -> tuple[Draft, Check, list[Member]]:
    """The actor's draft, the check that it copies, and those chosen who may still be asked about.

    Raises `NoSuchRecordError`, `NotAllowedError`.
    """
    draft = get_draft(session, reference, by=actor(), now=now())
    if draft.form != FORM:
        raise NoSuchRecordError("there is no such draft")
    check = get_check_to_copy(session, draft.about or "")
    allowed = may_change_as_requester(actor(), standing_of_check(session, check, now=now()))
    require(actor(), Permission.ASK_FOR_CHECK, allowed=allowed, about=check.reference)
    return draft, check, _chosen(draft, household_of(session, check, by=actor(), now=now()))


def same_page(session: Session, reference: str) -> SamePage:
    """The page as its draft has it, or as it was posted."""
    draft, check, chosen = draft_of_same(session, reference)
    copy = as_asked(session, check)
    profile = session.get(CorporateProfile, check.corporate_profile_id) if check.corporate_profile_id else None
    return SamePage(
        draft=draft,
        check=check,
        copy=copy,
        concerned=list_concerned(session, check),
        copied=copied_rows(
            check,
            team=get_team_by_id(session, check.team_id).name,
            viewer=get_staff_by_id(session, check.viewer_id).name,
            profile=f"{profile.handle} on {Platform(profile.platform).label}" if profile else "",
        ),
        blocks=[_block(session, draft, copy, one) for one in chosen],
        gone=len(draft.content["people"]) - len(chosen),
        limits=limits_in_force(session, at=now()),
        basis=lawful_basis_of(session, copy.purpose),
    )


def _chosen(draft: Draft, household: Household) -> list[Member]:
    return [one for one in household.offered if one.person.reference in draft.content["people"]]


def _block(session: Session, draft: Draft, copy: NewCheck, member: Member) -> Block:
    person = member.person
    members = group_of(session, saved_key(person)).members
    profiles = list_profiles(session, members)
    platforms_of = {one.reference: Platform(one.platform) for one in profiles}
    found = last_found(session, members)
    first = {
        **first_relation(session, person, copy.team),
        "visibility": Visibility(found.visibility_found) if found and found.visibility_found else Visibility.UNKNOWN,
        "profiles": tuple(key for key, platform in platforms_of.items() if platform in copy.platforms),
        "platforms": tuple(one for one in copy.platforms if not platforms_of or one in platforms_of.values()),
    }
    form = _form(draft, person.reference, first)
    form.profiles.offer([(one.reference, f"{one.address} ({Platform(one.platform).label})") for one in profiles])
    form.platforms.offer(copy.platforms)
    form.is_about(person.name or person.known_by or person.reference)
    said, told = said_and_told(session, person, by=actor(), on=in_london(now()).date())
    return Block(
        person=person,
        relation=member.relation,
        age=age_in_words(person, at=now()),
        form=form,
        platforms_of=platforms_of,
        said=said[:MOST_SHOWN],
        told=told[:MOST_SHOWN],
        found=found,
    )


def _form(draft: Draft, person: str, first: dict[str, Any]) -> SameForPersonForm:
    """As it was posted; as it was kept when it could not be carried out; or as it begins."""
    if request.method == "POST":
        return SameForPersonForm(prefix=person, meta=WITHOUT_TOKEN)
    kept = draft.content["typed"].get(person)
    if kept:
        return SameForPersonForm.from_raw(kept, prefix=person, meta=WITHOUT_TOKEN)
    return SameForPersonForm(data=first, prefix=person, meta=WITHOUT_TOKEN)
