"""What the forms of a check offer: teams, viewers, accounts, profiles on record, family and household."""

from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from tracker.checks.forms.questions import LookQuestions, WhyQuestions, account_answers
from tracker.corporate_accounts.selectors import list_open_profiles, list_users_of
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.selectors import list_family, list_involvements, list_profiles
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Platform, Relation
from tracker.rulebook.selectors import purposes_offered
from tracker.staff.selectors import get_team_by_id
from tracker.web.dates import in_london
from tracker.web.fields import OfferedChoiceField


class AccountQuestion(Protocol):
    """A form that asks with which account."""

    account: OfferedChoiceField


def offer_teams(
    session: Session, field: OfferedChoiceField, *, by: Actor, involved: bool, person: Person | None
) -> None:
    """The teams of the actor; with `involved`, only those that are involved with the person, and duty teams for anybody."""
    teams = set(by.work_teams)
    if involved and person is not None:
        teams &= {team for team, _ in open_involvements(session, person)} | by.duty_teams
    rows = sorted((get_team_by_id(session, team) for team in teams), key=lambda team: team.name)
    field.offer([(team.reference, team.name) for team in rows])


def open_involvements(session: Session, person: Person) -> list[tuple[int, Relation]]:
    """The teams (keys) that are involved with the person now, and how."""
    group = group_of(session, person.id or 0)
    return [
        (one.involvement.team_id, Relation(one.involvement.relation))
        for one in list_involvements(session, group.members)
        if one.involvement.closed_on is None
    ]


def offer_about(session: Session, form: WhyQuestions, person: Person, *, by: Actor, now: datetime) -> None:
    """Family and household whom the look may be about too; a restricted record is not offered."""
    group = group_of(session, person.id or 0)
    family = list_family(session, group.members, by=by, on=in_london(now).date())
    offered = {
        one.person.reference: f"{one.person.name or one.person.known_by} ({FAMILY_LINK_WORDS[one.kind]})"
        for one in family
        if one.person is not None
    }
    form.also_about.offer(list(offered.items()))


def offer_purposes(session: Session, form: WhyQuestions, *, now: datetime) -> None:
    """The purposes that the council offers, each with its own hint."""
    offered = purposes_offered(session, at=now)
    form.purpose.hints = offered
    form.purpose.offer(offered)


def offer_look(
    session: Session, form: LookQuestions, person: Person, *, by: Actor, now: datetime
) -> dict[str, Platform]:
    """Profiles on record, accounts, and who may look; gives the platform of each profile offered."""
    group = group_of(session, person.id or 0)
    profiles = list_profiles(session, group.members)
    form.profiles.offer([(one.reference, f"{one.address} ({Platform(one.platform).label})") for one in profiles])
    if not profiles:
        form.platforms.required, form.platforms.description = "Select at least one platform", ""
    offer_accounts(session, form, now=now)
    users = {
        user.reference: user.name
        for profile in list_open_profiles(session, now)
        for user in list_users_of(session, profile.id or 0, now)
        if user.id != by.staff_id
    }
    others = sorted(users.items(), key=lambda one: one[1])
    form.viewer.offer([(by.reference, f"{by.name} (you)"), *others])
    return {one.reference: Platform(one.platform) for one in profiles}


def offer_accounts(session: Session, form: AccountQuestion, *, now: datetime) -> None:
    """Every registered profile of the council, and the other answers."""
    profiles = list_open_profiles(session, now)
    corporate = [(one.reference, f"The council's {one.handle} on {Platform(one.platform).label}") for one in profiles]
    form.account.offer(account_answers(corporate))


def choose_the_only(field: OfferedChoiceField) -> None:
    """Choose the only answer there is, on a page that was not posted."""
    answers = list(field.options.meaning)
    if len(answers) == 1:
        field.data = answers[0]
        field.typed = field.write(answers[0])
