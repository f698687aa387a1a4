"""What waits for a member of staff, in a team, or about a person: kinds and numbers only, nothing of any case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from tracker.access.permissions import Permission, has_permission
from tracker.checks.again import is_waiting
from tracker.checks.questions import list_questions_to_answer
from tracker.checks.settling import nobody_left_was_seen
from tracker.corporate_accounts.models import CorporateProfile, CorporateProfileUser
from tracker.decisions.ahead import read_ahead
from tracker.decisions.models import Check
from tracker.decisions.selectors import (
    find_look,
    list_checks_about,
    list_checks_of,
    list_checks_to_report,
    list_looks_to_make,
)
from tracker.drafts.models import Draft
from tracker.drafts.selectors import INTERRUPTED
from tracker.people.groups import group_of
from tracker.people.models import Involvement, Person
from tracker.referrals.models import Referral
from tracker.referrals.vocabulary import ReferralPlace
from tracker.review.selectors.left import OF_CHECKS
from tracker.review.selectors.queue import count_waiting_in, queue_of
from tracker.review.selectors.telephone import list_to_confirm
from tracker.staff.models import Deputy, RoleGrant, RotaShift, StaffMember, Team
from tracker.staff.selectors import list_grants, load_actor, merged_teams
from tracker.storage.tables import saved_key
from tracker.tasks.models import Task
from tracker.viewings.models import CaseReport, Look
from tracker.viewings.vocabulary import LookResult

MANAGERS = "A manager of the team sees that nobody is left who could report. The look counts."
SUCCESSOR = "The managers of the team that takes over"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of thing: how many there are, and who has them next."""

    kind: str
    number: int
    goes_to: str


def waiting_for(session: Session, member: StaffMember, *, now: datetime) -> list[Waiting]:
    """What waits for a member of staff, or would end with them."""
    staff_id = saved_key(member)
    looks = list_looks_to_make(session, staff_id=staff_id)
    running = [check for check in looks if _runs(session, check, now)]
    actor = load_actor(session, staff_id=staff_id, now=now)
    queue = queue_of(session, actor, now=now).count if has_permission(actor, Permission.DECIDE_CHECK) else 0
    asked = [check for check in list_checks_of(session, staff_id=staff_id) if _waits(session, check)]
    cases = (Referral.taken_by == staff_id, col(Referral.place) == ReferralPlace.LEGAL.value)
    tasks = (Task.staff_id == staff_id, col(Task.done_at).is_(None))
    drafts = (Draft.staff_id == staff_id, col(Draft.form).in_(OF_CHECKS), col(Draft.ends_at) > now)
    others = (Draft.staff_id == staff_id, col(Draft.form).not_in([*OF_CHECKS, INTERRUPTED]), col(Draft.ends_at) > now)
    both_sides = or_(col(Deputy.covers_id) == staff_id, col(Deputy.deputy_id) == staff_id)
    return [
        Waiting("Looks that may go ahead", len(running), MANAGERS),
        Waiting("Looks not reported yet", len(looks) - len(running), MANAGERS),
        Waiting("Outcomes due", len(list_checks_to_report(session, staff_id=staff_id)), MANAGERS),
        Waiting(
            "Checks of theirs that wait", len(asked), "They wait where they are. A manager declines or closes them."
        ),
        Waiting(
            "Questions to answer",
            len(list_questions_to_answer(session, staff_id=staff_id)),
            "The check is back in its manager's queue.",
        ),
        Waiting(
            "In their queue as a manager", queue, "The other managers of the team, or of the nearest team above it"
        ),
        Waiting(
            "Cases of Legal's that they took",
            _count(session, Referral, *cases),
            "Given back: free for every legal reviewer",
        ),
        Waiting(
            "Approvals by telephone to confirm",
            len(list_to_confirm(session, staff_id)),
            "The Senior Responsible Officer",
        ),
        Waiting(
            "Tasks", _count(session, Task, *tasks), "The managers of their team, else the Senior Responsible Officer"
        ),
        Waiting("Drafts", _count(session, Draft, *drafts), "Nobody reads them. Their manager sees that there was one."),
        Waiting(
            "Drafts of advice, or of the council's rules",
            _count(session, Draft, *others),
            "Nobody reads them. They end by themselves.",
        ),
        Waiting("Roles", len(list_grants(session, staff_id=staff_id, now=now)), "They end."),
        Waiting(
            "Shifts, now and to come",
            _count(session, RotaShift, RotaShift.staff_id == staff_id, RotaShift.until_at > now),
            "They end. Put somebody else on the rota.",
        ),
        Waiting("Cover, given or taken", _count(session, Deputy, both_sides, Deputy.until_at > now), "It ends."),
        Waiting(
            "Corporate profiles that they may use", len(profiles_used_by(session, staff_id, now=now)), "Their use ends."
        ),
    ]


def waiting_in(session: Session, team: Team, *, now: datetime) -> list[Waiting]:
    """What waits in a team, with those that were merged into it before."""
    teams = merged_teams(session).get(saved_key(team), frozenset({saved_key(team)}))
    looks = _unreported(session, teams)
    running = [look for look in looks if _may_go_ahead(look, now)]
    meant = select(CaseReport.check_id)
    owed = (
        col(Look.team_id).in_(teams),
        col(Look.struck_at).is_(None),
        col(Look.reported_at).is_not(None),
        col(Look.result) != LookResult.NOT_USED.value,
        col(Look.check_id).not_in(meant),
    )
    tasks = (col(Task.team_id).in_(teams), col(Task.done_at).is_(None))
    works = (col(Involvement.team_id).in_(teams), col(Involvement.closed_on).is_(None))
    people = session.exec(select(func.count(func.distinct(Involvement.person_id))).where(*works)).one()
    held = or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now)
    staff = select(func.count(func.distinct(RoleGrant.staff_id))).where(col(RoleGrant.team_id).in_(teams), held)
    below = (Team.parent_id == team.id, col(Team.closed_at).is_(None))
    stay = "Whoever was named to look still looks, and still reports."
    return [
        Waiting("Waiting for a manager", count_waiting_in(session, teams, now=now), SUCCESSOR),
        Waiting("Looks that may go ahead", len(running), stay),
        Waiting("Looks not reported yet", len(looks) - len(running), stay),
        Waiting("Outcomes due", _count(session, Look, *owed), "Whoever asked still says what it means."),
        Waiting("Tasks", _count(session, Task, *tasks), SUCCESSOR),
        Waiting(
            "People whom the team works with",
            people,
            "They stay with it: whoever works in the team that takes over has them.",
        ),
        Waiting("Staff with a role in it", session.exec(staff).one(), "Their roles hold in the team that takes over."),
        Waiting("Teams under it", _count(session, Team, *below), "They stand under the team that takes over."),
    ]


def waiting_about(session: Session, person: Person, team: Team, *, now: datetime) -> list[Waiting]:
    """What is open about a person of what a team asked for: it stays that team's when their work moves to another."""
    teams = merged_teams(session).get(saved_key(team), frozenset({saved_key(team)}))
    members = group_of(session, saved_key(person)).members
    checks = [check for check in list_checks_about(session, tuple(sorted(members))) if check.team_id in teams]
    read_ahead(session, checks)
    looks = [(check, look) for check in checks if (look := find_look(session, check)) is not None]
    to_report = [
        look
        for check, look in looks
        if look.reported_at is None and look.struck_at is None and not nobody_left_was_seen(session, check)
    ]
    running = [look for look in to_report if _may_go_ahead(look, now)]
    keys = [saved_key(look) for _, look in looks if look.struck_at is None and look.reported_at is not None]
    meant = select(CaseReport.check_id)
    owed = (col(Look.id).in_(keys), col(Look.result) != LookResult.NOT_USED.value, col(Look.check_id).not_in(meant))
    stays = f"Stays with {team.name}"
    return [
        Waiting("Looks that may go ahead", len(running), stays),
        Waiting("Looks not reported yet", len(to_report) - len(running), stays),
        Waiting("Outcomes due", _count(session, Look, *owed), stays),
        Waiting("Checks that wait for an answer", sum(_waits(session, check) for check in checks), stays),
    ]


def profiles_used_by(session: Session, staff_id: int, *, now: datetime) -> list[str]:
    """References of the corporate profiles that a member of staff may use, now or later."""
    until = col(CorporateProfileUser.until_at)
    query = (
        select(CorporateProfile.reference)
        .join(CorporateProfileUser, col(CorporateProfileUser.profile_id) == col(CorporateProfile.id))
        .where(
            CorporateProfileUser.staff_id == staff_id,
            or_(until.is_(None), (until > now) & (until > col(CorporateProfileUser.from_at))),
        )
    )
    return sorted(set(session.exec(query)))


def _unreported(session: Session, teams: Collection[int]) -> Sequence[Look]:
    waiting = (col(Look.team_id).in_(teams), col(Look.reported_at).is_(None), col(Look.struck_at).is_(None))
    return session.exec(select(Look).where(*waiting)).all()


def _runs(session: Session, check: Check, now: datetime) -> bool:
    look = find_look(session, check)
    return look is not None and _may_go_ahead(look, now)


def _may_go_ahead(look: Look, now: datetime) -> bool:
    return look.started_at is None and look.ends_at is not None and look.ends_at > now


def _waits(session: Session, check: Check) -> bool:
    withdrawn = check.withdrawn_at is not None or check.struck_at is not None
    return not withdrawn and find_look(session, check) is None and is_waiting(session, check)


def _count(session: Session, table: Any, *which: Any) -> int:
    return session.exec(select(func.count()).select_from(table).where(*which)).one()
