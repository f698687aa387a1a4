"""What each role finds on its home page: what waits for them, by deadline; done things are a page away."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import url_for
from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.authorities.unsealed import Unsealed, unsealed_orders
from tracker.checks.opening import is_shut_out
from tracker.checks.questions import list_questions_to_answer
from tracker.checks.same_left import Left, list_left
from tracker.checks.status import Standing, where_it_stands
from tracker.decisions.ahead import read_ahead, read_answers_ahead
from tracker.decisions.models import Check, CheckQuestion
from tracker.decisions.selectors import (
    find_look,
    list_checks_of,
    list_checks_to_report,
    list_concerned,
    list_looks_to_make,
    liveness_of,
    standing_of_check,
)
from tracker.decisions.vocabulary import ASKED_AS_WORDS, AskedAs, CheckKind
from tracker.drafts.models import Draft
from tracker.drafts.selectors import list_drafts
from tracker.overview.clockwork import Clockwork, clockwork_of
from tracker.overview.named import RESTRICTED
from tracker.overview.office import Office, office_of
from tracker.overview.tasks import Tasks, tasks_for_home
from tracker.people.models import Person
from tracker.people.selectors import get_person, standing_of
from tracker.policy.entitlement import (
    WORKERS,
    Actor,
    Covered,
    Role,
    may_open_check,
    may_open_person,
    may_speak_for_requester,
)
from tracker.policy.limits import Limits
from tracker.referrals.models import Referral
from tracker.referrals.vocabulary import Finding
from tracker.review.authorisations import Authorisations, Waiting, of_officer, waiting_for_a_justice
from tracker.review.selectors.answered import list_answered_lately
from tracker.review.selectors.asked_to_seal import list_seals_answered_lately
from tracker.review.selectors.duty import Opened, list_openings_of_today
from tracker.review.selectors.queue import Queue, queue_of
from tracker.review.selectors.referrals import Shown, count_cases, list_cases
from tracker.review.selectors.telephone import SaidByTelephone, list_to_confirm
from tracker.staff.selectors import get_staff_by_id
from tracker.staff.selectors.cover import notices_of_cover
from tracker.staff.standing_in import only_for
from tracker.storage.tables import saved_key
from tracker.web.blocks import Status
from tracker.web.dates import in_london, near_in_words
from tracker.web.paging import Paging

MOST_ON_A_PAGE = 20


@dataclass(frozen=True)
class Item:
    """One thing that waits: what to do, where, about whom, and where it stands; `for_whom`: in whose place, where not one's own."""

    what: str
    href: str
    person: str
    reference: str
    status: Status
    due_at: datetime | None
    for_whom: str = ""


@dataclass(frozen=True)
class Home:
    """What the home page shows. Lists that the role does not have are None; an empty list says that nothing waits.

    `in_place_of`: for each role that is held only in somebody's place, whose.
    """

    to_confirm: list[SaidByTelephone] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    cover: tuple[str, ...] = ()
    to_do: list[Item] | None = None
    only_theirs: list[Item] | None = None
    mine: list[Item] | None = None
    queue: Queue | None = None
    answered: list[Item] | None = None
    with_legal: list[Item] | None = None
    officer: Authorisations | None = None
    for_a_justice: list[Waiting] | None = None
    to_see: list[Unsealed] | None = None
    office: Office | None = None
    clockwork: Clockwork | None = None
    tasks: Tasks | None = None
    in_place_of: Mapping[Role, str] = field(default_factory=dict)

    def waiting_on_it(self) -> Iterator[str]:
        """The references of the records that wait for this member of staff by a list of the page."""
        yield from (item.reference for item in (*(self.to_do or ()), *(self.with_legal or ())))
        if self.queue is not None:
            yield from (item.reference for item in (*self.queue.items, *self.queue.asked_back))


def home_of(session: Session, actor: Actor, limits: Limits, *, now: datetime) -> Home:
    """The home page of whoever is signed in."""
    works = bool(actor.work_teams)
    legal = Role.LEGAL_REVIEWER in actor.roles
    to_do = _to_do(session, actor, limits, now) if works else None
    page = Home(
        to_confirm=list_to_confirm(session, actor.staff_id),
        opened=list_openings_of_today(session, to=actor, now=now) if works else [],
        cover=notices_of_cover(session, by=actor, now=now),
        to_do=to_do,
        only_theirs=looks_of_covered(session, actor, limits, now=now) if works else None,
        mine=_mine(session, actor, limits, now, {item.reference for item in to_do}) if to_do is not None else None,
        queue=queue_of(session, actor, now=now) if has_permission(actor, Permission.DECIDE_CHECK) else None,
        answered=_answered(session, actor, now) if works else None,
        with_legal=_with_legal(session, actor, now) if legal else None,
        officer=of_officer(session, actor, now=now) if Role.AUTHORISING_OFFICER in actor.roles else None,
        for_a_justice=waiting_for_a_justice(session, now=now) if legal else None,
        to_see=unsealed_orders(session, hours=limits.unsealed_order_hours, now=now) if legal else None,
        office=office_of(session, actor, now=now),
        clockwork=clockwork_of(session, actor, now=now),
        in_place_of={role: names for role in actor.roles if (names := only_for(actor, role))},
    )
    return replace(page, tasks=tasks_for_home(session, actor, page.waiting_on_it(), now=now))


def count_checks_of(session: Session, actor: Actor) -> int:
    """How many checks the actor asked for."""
    return len(list_checks_of(session, staff_id=actor.staff_id))


def checks_of(session: Session, actor: Actor, limits: Limits, shown: Paging, *, now: datetime) -> list[Item]:
    """One page of the checks that the actor asked for, newest first."""
    mine = list_checks_of(session, staff_id=actor.staff_id)[shown.offset : shown.offset + shown.size]
    _read_ahead(session, mine, now)
    return [_item(session, check, actor, limits, now) for check in mine]


def _latest_of(session: Session, actor: Actor) -> list[Check]:
    """The newest checks that the actor asked for, among which the page looks for those that have not ended."""
    return list_checks_of(session, staff_id=actor.staff_id)[: 3 * MOST_ON_A_PAGE]


def _read_ahead(session: Session, checks: list[Check], now: datetime) -> None:
    """Has the session read at once what the lines about these checks rest on, and whether their records may be named."""
    read_ahead(session, checks)
    read_answers_ahead(session, checks, now=now)


def _to_do(session: Session, actor: Actor, limits: Limits, now: datetime) -> list[Item]:
    items = [_draft(session, draft, actor, now) for draft in list_drafts(session, form="check", by=actor, now=now)]
    items += [_left(session, one, actor, now) for one in list_left(session, by=actor, now=now)]
    looks = list_looks_to_make(session, staff_id=actor.staff_id)
    reports = list_checks_to_report(session, staff_id=actor.staff_id)
    asked = list_questions_to_answer(session, staff_id=actor.staff_id)
    _read_ahead(session, [*looks, *reports, *(check for _, check in asked), *_latest_of(session, actor)], now)
    items += [_look(session, check, actor, limits, now) for check in looks]
    items += [
        _item(session, check, actor, limits, now, "Say what it means for the case", "checks.outcome")
        for check in reports
    ]
    items += [_question(session, one, check, actor, now) for one, check in asked]
    items += [
        _item(
            session,
            check,
            actor,
            limits,
            now,
            "Say what it means for the case",
            "checks.outcome",
            for_whom=covered.name,
        )
        for covered, check in _spoken_for(session, actor, list_checks_to_report, now)
    ]
    items += [
        replace(_question(session, one, check, actor, now), for_whom=covered.name)
        for covered in workers_covered(actor)
        for one, check in list_questions_to_answer(session, staff_id=covered.staff_id)
        if may_speak_for_requester(actor, standing_of_check(session, check, now=now))
    ]
    return sorted(items, key=lambda item: (item.due_at is None, item.due_at or now))


def _mine(session: Session, actor: Actor, limits: Limits, now: datetime, shown: set[str]) -> list[Item]:
    """What the actor asked for and has not ended, without what is on the page already."""
    checks = _latest_of(session, actor)
    standings = [(check, where_it_stands(session, check, limits, now=now)) for check in checks]
    waiting = [(check, standing) for check, standing in standings if not standing.done and check.reference not in shown]
    theirs = [
        (covered, check, where_it_stands(session, check, limits, now=now))
        for covered, check in _spoken_for(session, actor, list_checks_of, now)
        if check.reference not in shown
    ]
    return [_made(session, check, actor, now, standing) for check, standing in waiting[:MOST_ON_A_PAGE]] + [
        _made(session, check, actor, now, standing, for_whom=covered.name)
        for covered, check, standing in theirs
        if not standing.done
    ][:MOST_ON_A_PAGE]


def _answered(session: Session, actor: Actor, now: datetime) -> list[Item]:
    """What Legal answered lately of what the actor asked for: records to be sealed, then checks."""
    answered = list_answered_lately(session, staff_id=actor.staff_id, now=now)
    seals = [
        _seal(session, *one, actor, now)
        for one in list_seals_answered_lately(session, staff_id=actor.staff_id, now=now)
    ]
    seals += [
        replace(_seal(session, *one, actor, now), for_whom=covered.name)
        for covered in workers_covered(actor)
        for one in list_seals_answered_lately(session, staff_id=covered.staff_id, now=now)
    ]
    return (
        seals
        + [_made(session, one.check, actor, now, Standing(one.status), "Legal has answered") for one in answered]
        + [
            _made(session, one.check, actor, now, Standing(one.status), "Legal has answered", for_whom=covered.name)
            for covered in workers_covered(actor)
            for one in list_answered_lately(session, staff_id=covered.staff_id, now=now)
            if may_speak_for_requester(actor, standing_of_check(session, one.check, now=now))
        ]
    )


def _seal(session: Session, person: Person, case: Referral, actor: Actor, now: datetime) -> Item:
    """That Legal answered whether a record is sealed: to who may not read it any more, without its name and the way to it."""
    standing = standing_of(session, saved_key(person), on=in_london(now).date())
    may_open = has_permission(actor, Permission.ASK_TO_SEAL) and may_open_person(actor, standing)
    sealed, when = case.finding == Finding.SEALED, near_in_words(case.closed_at or now, now)
    says = "The record is sealed." if sealed else "It was not sealed: read why." if may_open else "It was not sealed."
    return Item(
        what="Legal has answered",
        href=url_for("review.ask_for_seal", reference=person.reference) if may_open else "",
        person=_called(person) if may_open else RESTRICTED,
        reference=person.reference if may_open else case.reference,
        status=Status("Sealed" if sealed else "Not sealed", f"Answered {when}. {says}", "green" if sealed else "grey"),
        due_at=None,
    )


def workers_covered(actor: Actor) -> list[Covered]:
    """Those whom the actor covers who ask for checks and look."""
    at_work = {held.covers for held in actor.holdings if held.role in WORKERS}
    return [one for one in actor.covered if one.staff_id in at_work]


def looks_of_covered(session: Session, actor: Actor, limits: Limits, *, now: datetime) -> list[Item]:
    """Looks that those whom the actor covers are named to make or report: shown, since nobody else can do either for them."""
    return [
        _item(session, check, actor, limits, now, "Only they can look and report", for_whom=covered.name)
        for covered in workers_covered(actor)
        for check in list_looks_to_make(session, staff_id=covered.staff_id)
        if may_open_check(actor, standing_of_check(session, check, now=now))
    ]


def _spoken_for(
    session: Session, actor: Actor, checks_of: Callable[..., list[Check]], now: datetime
) -> list[tuple[Covered, Check]]:
    """The checks, listed by `checks_of`, of those whom the actor covers, where they may speak for who asked."""
    return [
        (covered, check)
        for covered in workers_covered(actor)
        for check in checks_of(session, staff_id=covered.staff_id)[: 3 * MOST_ON_A_PAGE]
        if may_speak_for_requester(actor, standing_of_check(session, check, now=now))
    ]


def _with_legal(session: Session, actor: Actor, now: datetime) -> list[Item]:
    """The top of Legal's queue."""
    total = count_cases(session, Shown.ALL, by=actor)
    rows = list_cases(session, Shown.ALL, Paging(total, 1, MOST_ON_A_PAGE), by=actor, now=now)
    return [
        Item(
            what=row.kind,
            href=url_for("review.referral", reference=row.reference) if row.may_open else "",
            person=row.people.replace("\n", ", "),
            reference=row.reference,
            status=replace(row.status, sentence=f"{row.status.sentence} Taken by {row.taken_by}."),
            due_at=row.due_at,
            for_whom=row.for_whom,
        )
        for row in rows
    ]


def _draft(session: Session, draft: Draft, actor: Actor, now: datetime) -> Item:
    person = get_person(session, draft.about or "")
    may_open = may_open_person(actor, standing_of(session, person.id or 0, on=in_london(now).date()))
    return Item(
        what="Finish recording a check",
        href=url_for("checks.answers", reference=draft.reference),
        person=_called(person) if may_open else RESTRICTED,
        reference=draft.reference,
        status=Status("Draft", f"Saved {near_in_words(draft.saved_at, now)}.", "grey"),
        due_at=None,
    )


def _left(session: Session, left: Left, actor: Actor, now: datetime) -> Item:
    """Those of a household who were not asked about, or could not be; what they could not be asked about for may have changed since."""
    endpoint = "checks.same_answers" if left.may_go_on else "checks.discard_same"
    about = (
        f"{left.people} of the household not asked about yet"
        if left.was_sent
        else f"The same for {left.people} of the household"
    )
    kept = f"{about}. Saved {near_in_words(left.draft.saved_at, now)}."
    go_on = "Go on with those left" if left.was_sent else "Finish recording a check"
    return Item(
        what=go_on if left.may_go_on else "Throw away what was kept about those left",
        href=url_for(endpoint, reference=left.draft.reference),
        person=_whose(session, left.check, actor, now),
        reference=left.draft.reference,
        status=Status("Draft", kept, "grey"),
        due_at=None,
    )


def _look(session: Session, check: Check, actor: Actor, limits: Limits, now: datetime) -> Item:
    look = find_look(session, check)
    begun = look is not None and look.started_at is not None
    over = look is not None and look.ends_at is not None and look.ends_at <= now
    if begun or over or check.kind == CheckKind.LATE_ENTRY:
        return _item(session, check, actor, limits, now, "Report what you saw", "checks.report")
    if not liveness_of(session, check, now=now).live:
        return _item(session, check, actor, limits, now, "Say whether you looked", "checks.show")
    for_whom = get_staff_by_id(session, check.requester_id)
    words = "Look" if for_whom.id == actor.staff_id else f"Look for {for_whom.name}"
    return _item(session, check, actor, limits, now, words, "checks.show")


def _question(session: Session, asked: CheckQuestion, check: Check, actor: Actor, now: datetime) -> Item:
    words = f"From {ASKED_AS_WORDS[AskedAs(asked.asked_as)]}, {near_in_words(asked.asked_at, now)}."
    return Item(
        what="Answer a question",
        href=url_for("checks.answer", reference=check.reference, question=asked.reference),
        person=_whose(session, check, actor, now),
        reference=check.reference,
        status=Status("Question", words, "blue"),
        due_at=None,
    )


def _item(
    session: Session,
    check: Check,
    actor: Actor,
    limits: Limits,
    now: datetime,
    what: str = "",
    endpoint: str = "checks.show",
    *,
    for_whom: str = "",
) -> Item:
    standing = where_it_stands(session, check, limits, now=now)
    return _made(session, check, actor, now, standing, what, endpoint, for_whom=for_whom)


def _made(
    session: Session,
    check: Check,
    actor: Actor,
    now: datetime,
    standing: Standing,
    what: str = "",
    endpoint: str = "checks.show",
    *,
    for_whom: str = "",
) -> Item:
    return Item(
        what=what or "Check",
        href=url_for(endpoint, reference=check.reference),
        person=_whose(session, check, actor, now),
        reference=check.reference,
        status=standing.status,
        due_at=standing.due_at,
        for_whom=for_whom,
    )


def _whose(session: Session, check: Check, actor: Actor, now: datetime) -> str:
    """Whose page it is: of a record that was restricted since, and that the actor may not open, only that it is one."""
    if is_shut_out(session, check, by=actor, now=now):
        return RESTRICTED
    return _called(list_concerned(session, check)[0])


def _called(person: Person) -> str:
    return person.name or person.known_by or ""
