"""The pages of a check that is being recorded, as its draft has them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.checks.forms.asking import AnswersForm, LookForm, WhyForm, new_check
from tracker.checks.requests import NewCheck
from tracker.checks.routes.offers import offer_about, offer_look, offer_purposes, open_involvements
from tracker.drafts.models import Draft
from tracker.drafts.selectors import get_draft
from tracker.drafts.services import result_of
from tracker.people.models import Person
from tracker.people.selectors import get_person, standing_of
from tracker.people.services import open_in_passing
from tracker.policy.entitlement import Actor, may_ask_for_check
from tracker.policy.vocabulary import Platform
from tracker.staff.selectors import get_team
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.web.dates import in_london
from tracker.web.forms import Form

FORM = "check"
"""The form that a draft of a check is, and that is carried out once, under the reference of its draft."""

WITHOUT_TOKEN = {"csrf": False}


class AskedAlreadyError(Exception):
    """The draft was sent before: by a first click, or from another tab. `check` is the reference of what was asked with it."""

    def __init__(self, check: str) -> None:
        super().__init__("the check was asked")
        self.check = check


@dataclass(frozen=True)
class Pages:
    """A draft of a check with its two pages, filled in as they were typed and with what they offer."""

    draft: Draft
    person: Person
    team: str
    why: WhyForm
    look: LookForm
    platforms_of: dict[str, Platform]

    @property
    def why_is_whole(self) -> bool:
        """Whether page 1 can be taken."""
        return "why" in self.draft.content and _is_whole(self.why)

    def look_is_whole(self) -> bool:
        """Whether page 2 can be taken."""
        if "look" not in self.draft.content:
            return False
        whole = _is_whole(self.look)
        self.look.check_platforms(self.platforms_of)
        return whole and not self.look.platforms.errors

    def new_check(self, answers: AnswersForm) -> NewCheck:
        """The check that the pages ask for; both are whole."""
        platforms = self.look.check_platforms(self.platforms_of)
        return new_check(
            self.why, self.look, answers, person=self.person.reference, team=self.team, platforms=platforms
        )


def open_draft(session: Session, reference: str, *, by: Actor, now: datetime) -> None:
    """Its pages show who the person is, also to somebody who comes back days later: an opening, once a session.

    For whoever may still ask, as in `draft_of`. Raises as it does, and as `open_in_passing` does.
    """
    draft = _unsent(session, reference, by=by, now=now)
    team_id = saved_key(get_team(session, draft.content.get("team", "")))  # a draft of another form has none
    open_in_passing(
        session,
        draft.about or "",
        Permission.ASK_FOR_CHECK,
        by=by,
        now=now,
        allowed=lambda actor, person: may_ask_for_check(actor, team_id, person),
    )


def draft_of(session: Session, reference: str, *, by: Actor, now: datetime) -> tuple[Draft, Person]:
    """The actor's draft and whom it is about, if they may still ask. Raises `AskedAlreadyError` where it was sent,
    `NoSuchRecordError` where there is none, `NotAllowedError`."""
    draft = _unsent(session, reference, by=by, now=now)
    person = get_person(session, draft.about or "")
    team = get_team(session, draft.content["team"])
    standing = standing_of(session, person.id or 0, on=in_london(now).date())
    allowed = may_ask_for_check(by, team.id or 0, standing)
    require(by, Permission.ASK_FOR_CHECK, allowed=allowed, about=person.reference)
    return draft, person


def _unsent(session: Session, reference: str, *, by: Actor, now: datetime) -> Draft:
    try:
        return get_draft(session, reference, by=by, now=now)
    except NoSuchRecordError:
        check = result_of(session, reference, by=by)
        if check is None:
            raise
        raise AskedAlreadyError(check) from None


def pages_of(session: Session, reference: str, *, by: Actor, now: datetime) -> Pages:
    """The pages of the actor's draft."""
    draft, person = draft_of(session, reference, by=by, now=now)
    why = WhyForm.from_raw(draft.content.get("why", {}), meta=WITHOUT_TOKEN)
    look = LookForm.from_raw(draft.content.get("look", {}), meta=WITHOUT_TOKEN)
    offer_about(session, why, person, by=by, now=now)
    offer_purposes(session, why, now=now)
    offered = offer_look(session, look, person, by=by, now=now)
    return Pages(draft, person, draft.content["team"], why, look, offered)


def first_relation(session: Session, person: Person, team: str) -> dict[str, Any]:
    """How the team is involved, as the answer that page 1 begins with; for a duty team how others are."""
    asking = get_team(session, team)
    known = [relation for one, relation in open_involvements(session, person) if asking.on_duty or one == asking.id]
    return {"relation": known[0]} if known else {}


def _is_whole(form: Form) -> bool:
    form.validate()
    return not any(field.errors for field in form.questions())
