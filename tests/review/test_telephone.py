"""A look approved by telephone: recorded by who asked, run as if approved, and confirmed or denied by the manager named."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlmodel import col, select

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.settling import OFF_THE_ROTA, sign_up
from tests.fixtures.trail import last_event, trail
from tests.fixtures.visitor import ClientFor, Visitor
from tests.tasks.running import open_tasks, run
from tracker.access.permissions import NotAllowedError
from tracker.checks.errors import AlreadyAnsweredError, NotWaitingError
from tracker.checks.replay import replay
from tracker.checks.services import ask_again
from tracker.decisions.models import Check, CheckDecision, ManagerDecision, TelephoneApproval
from tracker.decisions.selectors import get_check, latest_decision, list_concerned
from tracker.people.models import Person, PersonReader
from tracker.people.problems import ProblemError
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor, Role
from tracker.policy.vocabulary import Conclusion, Outcome
from tracker.referrals.models import Hold, Referral
from tracker.referrals.services import open_referral, release_hold
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.review.jobs import TELEPHONE_UNCONFIRMED
from tracker.review.requests import TelephoneCall
from tracker.review.selectors.referrals import kind_in_words
from tracker.review.selectors.telephone import list_reachable
from tracker.review.services import (
    approve_check,
    confirm_telephone_approval,
    deny_telephone_approval,
    record_telephone_approval,
)
from tracker.staff.requests import NewDeputy, NewShift
from tracker.staff.services import add_rota_shift, name_deputy
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RECORDED = START + 10 * MINUTE


@pytest.fixture
def check(casework: Casework) -> Check:
    """A first look at a child, which a manager must approve."""
    casework.ask(casework.person("Noise", CHILD))
    made = casework.ask(casework.person("Kit", CHILD))
    assert casework.outcome(made) is Outcome.NEEDS_MANAGER_APPROVAL
    return made


def call(casework: Casework, *, manager: str | None = None, at: datetime = START + 5 * MINUTE) -> TelephoneCall:
    named = manager or casework.duty.reference
    return TelephoneCall(manager=named, called_at=at, said="He may be in danger.")


def approve(
    casework: Casework,
    check: Check,
    said: TelephoneCall | None = None,
    *,
    by: Actor | None = None,
    now: datetime = RECORDED,
) -> CheckDecision:
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        return record_telephone_approval(session, row, said or call(casework), by=by or casework.worker, now=now)


def answer(casework: Casework, check: Check, *, confirm: bool, by: Actor | None = None, now: datetime) -> None:
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        if confirm:
            confirm_telephone_approval(session, row, by=by or casework.duty, now=now)
        else:
            deny_telephone_approval(session, row, words="Nobody rang me.", by=by or casework.duty, now=now)


def test_the_permit_runs_as_if_approved_and_the_decision_is_the_managers(casework: Casework, check: Check) -> None:
    decision = approve(casework, check)
    assert (decision.occasion, decision.outcome) == ("approved_by_telephone", "permitted")
    assert casework.liveness(check, now=RECORDED + MINUTE).live
    entry = last_event(casework.database)
    assert (entry.event, entry.actor) == ("check:approved_by_telephone", casework.worker.reference)
    assert entry.facts["manager"] == casework.duty.reference
    assert entry.content == {"said": "He may be in danger."}
    with casework.database.reading() as session:
        verdict = session.exec(select(ManagerDecision)).one()
        assert (verdict.verdict, verdict.decided_by) == ("approved_by_telephone", casework.duty.staff_id)
        assert replay(session).differs is None


def test_only_a_duty_manager_on_the_rota_who_may_decide_on_it_can_be_named(casework: Casework, check: Check) -> None:
    def named(about: Check, now: datetime = RECORDED) -> set[str]:
        with casework.database.reading() as session:
            row = get_check(session, about.reference)
            return {one.name for one in list_reachable(session, row, by=casework.worker, now=now)}

    assert named(check) == {"Dara Zzduty"}
    assert named(check, OFF_THE_ROTA) == set()
    for other in (casework.manager, casework.head, casework.worker):
        with pytest.raises(ProblemError) as refused:
            approve(casework, check, call(casework, manager=other.reference))
        assert refused.value.field == "manager"


def test_nobody_approves_by_telephone_what_they_asked_for_would_look_at_or_advised_on(casework: Casework) -> None:
    kit = casework.person("Kit", CHILD)
    casework.come_on_duty(kit)
    own = casework.ask(kit, by=casework.duty)
    with pytest.raises(ProblemError):
        approve(casework, own, by=casework.duty)
    mine = casework.ask(casework.person("Other", CHILD))
    with casework.transaction() as session:
        get_check(session, mine.reference).viewer_id = casework.duty.staff_id
    with pytest.raises(ProblemError):
        approve(casework, mine)
    advised = casework.ask(third := casework.person("Third", CHILD))
    both = replace(casework.legal, staff_id=casework.duty.staff_id)
    legal, casework.legal = casework.legal, both
    casework.advice(third, Conclusion.NOT_DIRECTED_SURVEILLANCE, until_on=(START + 20 * DAY).date())
    casework.legal = legal
    with pytest.raises(ProblemError):
        approve(casework, advised)


def test_only_who_asked_records_it(casework: Casework, check: Check) -> None:
    for by in (casework.colleague, casework.worker2, casework.manager, casework.duty, casework.legal, casework.sro):
        with pytest.raises(NotAllowedError):
            approve(casework, check, by=by)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (RECORDED + MINUTE, "The time of the call must be in the past"),
        (START - MINUTE, "The call must be after the check was asked for"),
    ],
)
def test_the_time_of_the_call_is_after_the_ask_and_not_to_come(
    casework: Casework, check: Check, at: datetime, says: str
) -> None:
    with pytest.raises(ProblemError) as refused:
        approve(casework, check, call(casework, at=at))
    assert refused.value.message == says


def test_who_came_on_the_rota_after_the_call_cannot_have_been_called(casework: Casework, check: Check) -> None:
    with casework.transaction() as session:
        late = sign_up(session, "Lou Zzlate", Role.DUTY_MANAGER, team_id=saved_key(casework.council.night))
        shift = NewShift(saved_key(late), saved_key(casework.council.night), START + 7 * MINUTE, START + DAY)
        add_rota_shift(session, shift, by=casework.admin, now=START)
    with pytest.raises(ProblemError) as refused:
        approve(casework, check, call(casework, manager=late.reference))
    assert refused.value.message == "This manager was not on the rota at the time of the call"
    approve(casework, check, call(casework, manager=late.reference, at=START + 8 * MINUTE))


def test_what_no_longer_waits_for_a_manager_is_not_approved(casework: Casework, check: Check) -> None:
    approve(casework, check)
    with pytest.raises(NotWaitingError):
        approve(casework, check)
    agreed = casework.ask(other := casework.person("Lee", CHILD))
    casework.hold(other, now=START + MINUTE)
    decision = approve(casework, agreed)
    assert (decision.occasion, decision.outcome) == ("asked_again", "blocked_legal_advice")
    with casework.database.reading() as session:
        assert len(session.exec(select(ManagerDecision)).all()) == 1


def test_confirming_changes_nothing_else_and_is_done_once_by_the_manager_named(
    casework: Casework, check: Check
) -> None:
    approve(casework, check)
    for by in (casework.worker, casework.manager, casework.head, casework.sro):
        with pytest.raises(NotAllowedError):
            answer(casework, check, confirm=True, by=by, now=START + HOUR)
    answer(casework, check, confirm=True, now=START + HOUR)
    assert last_event(casework.database).event == "check:telephone_approval_confirmed"
    assert casework.liveness(check, now=START + HOUR).live
    for confirm in (True, False):
        with pytest.raises(AlreadyAnsweredError):
            answer(casework, check, confirm=confirm, now=START + HOUR)


def test_a_manager_whose_shift_is_over_can_still_say_so(casework: Casework, check: Check) -> None:
    approve(casework, check)
    off = casework.council.actor(casework.council.duty, at=OFF_THE_ROTA)
    assert not off.roles
    answer(casework, check, confirm=False, by=off, now=OFF_THE_ROTA)


@pytest.mark.parametrize("looked", [False, True])
def test_a_denial_ends_a_live_permit_at_once_and_goes_to_legal(casework: Casework, check: Check, looked: bool) -> None:
    approve(casework, check)
    if looked:
        casework.start(check, now=START + 15 * MINUTE)
    denied = START + 20 * MINUTE
    assert casework.liveness(check, now=denied - MINUTE).live
    answer(casework, check, confirm=False, now=denied)
    dead = casework.liveness(check, now=denied + MINUTE)
    assert (dead.live, dead.since) == (False, denied)
    entry = next(one for one in trail(casework.database, "check:telephone_approval_denied"))
    assert entry.content == {"words": "Nobody rang me."}
    with casework.database.reading() as session:
        case = session.exec(select(Referral)).one()
        assert (case.kind, case.place, case.reference) == ("possible_error", "legal", entry.facts["referral"])
        assert case.why.endswith(
            "Somebody had started to look; nothing has been reported."
            if looked
            else "Nothing has been reported: the permit counts as a look until it is said that nobody looked."
        )
        assert latest_decision(session, get_check(session, check.reference)).outcome == "permitted"
        assert replay(session).differs is None


def test_a_denial_is_a_possible_error_of_its_own_where_legal_still_has_the_block(
    casework: Casework, check: Check
) -> None:
    with casework.transaction() as session:
        kit = get_person_by_id(session, check.person_id)
        block = partial(open_referral, session, place=ReferralPlace.LEGAL, people=[kit], check_id=saved_key(check))
        block(kind=ReferralKind.BLOCKED_CHECK, about=None, why="Blocked.", urgent=False, by=casework.worker, now=START)
    approve(casework, check)
    answer(casework, check, confirm=False, now=START + HOUR)
    with casework.database.reading() as session:
        cases = session.exec(select(Referral).order_by(col(Referral.id))).all()
        assert [(case.kind, case.place) for case in cases] == [("blocked_check", "legal"), ("possible_error", "legal")]
        assert kind_in_words(session, cases[1]).startswith("Possible error")
    entry = next(one for one in trail(casework.database, "check:telephone_approval_denied"))
    assert entry.facts["referral"] == cases[1].reference


def test_legal_is_told_that_nobody_looked_where_it_was_reported(casework: Casework, check: Check) -> None:
    approve(casework, check)
    casework.report(check, LookResult.NOT_USED, now=START + 15 * MINUTE)
    answer(casework, check, confirm=False, now=START + HOUR)
    with casework.database.reading() as session:
        assert session.exec(select(Referral)).one().why.endswith("It was reported that nobody looked.")


def test_another_approval_at_the_desk_is_no_approval_by_telephone(casework: Casework, check: Check) -> None:
    """The control: what is denied below was never recorded here."""
    with casework.database.reading() as session:
        casework.come_on_duty(list_concerned(session, get_check(session, check.reference))[0], now=RECORDED)
    with casework.transaction() as session:
        approve_check(session, get_check(session, check.reference), reasons="Needed.", by=casework.duty, now=RECORDED)
    with pytest.raises(NoSuchRecordError):
        answer(casework, check, confirm=False, now=RECORDED)
    assert casework.liveness(check, now=RECORDED + MINUTE).live


# The clock ------------------------------------------------------------------------------------------------------------


def test_it_waits_for_the_manager_and_after_24_hours_for_the_worker_and_the_responsible_officer_too(
    casework: Casework, check: Check
) -> None:
    approve(casework, check)

    def waiting(now: datetime) -> dict[str, int | str | None]:
        run(casework.database, TELEPHONE_UNCONFIRMED, now)
        found = open_tasks(casework.database)
        return {key.rpartition(":")[2]: task.staff_id or task.waits_for for key, task in found.items()}

    manager, worker = casework.duty.staff_id, casework.worker.staff_id
    assert waiting(RECORDED) == {"manager": manager}
    assert waiting(RECORDED + DAY - MINUTE) == {"manager": manager}
    assert waiting(RECORDED + DAY) == {"manager": manager, "worker": worker, "sro": "sro"}
    answer(casework, check, confirm=True, now=RECORDED + DAY + MINUTE)
    assert waiting(RECORDED + DAY + 2 * MINUTE) == {}


# The pages ------------------------------------------------------------------------------------------------------------


def test_the_worker_records_it_and_the_manager_finds_it_at_the_top_of_their_page(
    casework: Casework, check: Check, client_for: ClientFor, clock: Clock
) -> None:
    clock.set(RECORDED)
    worker, duty = client_for(casework.council.worker), client_for(casework.council.duty)
    shown = worker.get(f"/checks/{check.reference}")
    assert "A duty manager approved it by telephone" in shown.text
    page = worker.get(f"/checks/{check.reference}/telephone")
    typed = {"manager": casework.duty.reference, "said": "He may be in danger."}
    assert worker.send(page, typed).errors == ["Enter when you spoke to them"]
    typed |= {"called_at-day": "21", "called_at-month": "11", "called_at-year": "2026", "called_at-time": "10:05am"}
    done = worker.send(page, typed)
    assert done.path == f"/checks/{check.reference}", done.errors
    assert "You may go ahead" in done.text
    assert "They have not confirmed it yet" in done.text
    home = duty.get("/")
    assert "Wanda Zzworker recorded that you approved a look by telephone today at 10:05am." in home.text
    asked = duty.get(f"/checks/{check.reference}/telephone/confirm")
    assert "Zzexample" in asked.text
    assert duty.send(asked, {"did": "denied"}).errors == ["Enter what you know about it"]
    after = duty.send(asked, {"did": "confirmed"})
    assert "you confirmed that you approved this look" in after.text
    assert "recorded that you approved" not in after.text
    assert "They confirmed it today at 10:10am." in worker.get(f"/checks/{check.reference}").text


def test_off_the_rota_the_manager_still_finds_it_and_sees_no_restricted_name(
    casework: Casework, check: Check, client_for: ClientFor, clock: Clock
) -> None:
    approve(casework, check)
    clock.set(OFF_THE_ROTA + DAY)
    duty: Visitor = client_for(casework.council.duty)
    asked = duty.get(f"/checks/{check.reference}/telephone/confirm")
    assert asked.status == 200
    assert "approved a look by telephone" in duty.get("/").text
    assert "Legal has been told" in duty.send(asked, {"did": "denied", "words": "Nobody rang me."}).text


def test_nobody_else_opens_the_managers_page(casework: Casework, check: Check, client_for: ClientFor) -> None:
    approve(casework, check)
    assert client_for(casework.council.worker).get(f"/checks/{check.reference}/telephone/confirm").status == 403
    other = casework.ask(casework.person("Lee", CHILD))
    assert client_for(casework.council.duty).get(f"/checks/{other.reference}/telephone/confirm").status == 403


def test_about_a_restricted_record_nobody_who_may_not_open_it_can_be_called(casework: Casework) -> None:
    kit = casework.person("Kit", CHILD)
    waiting = casework.ask(kit)
    with casework.transaction() as session:
        person = session.get_one(Person, saved_key(kit))
        person.restricted, person.ask_whom = True, "Somebody"
        session.add(PersonReader(person_id=saved_key(kit), staff_id=casework.worker.staff_id, recorded_at=START))
    with pytest.raises(ProblemError):
        approve(casework, waiting)


def test_what_was_blocked_at_the_time_of_the_call_nobody_could_have_approved(casework: Casework) -> None:
    """Legal lets the look go on to a manager at ten past; a call at five past is no approval of it."""
    [hold] = casework.hold(kit := casework.person("Kit", CHILD))
    waiting = casework.ask(kit)
    assert casework.outcome(waiting) is Outcome.BLOCKED_LEGAL_ADVICE
    with casework.transaction() as session:
        held, why = session.get_one(Hold, saved_key(hold)), "One team alone."
        release_hold(session, held, why=why, apart_from=frozenset(), by=casework.legal, now=START + 9 * MINUTE)
    with casework.transaction() as session:
        ask_again(session, get_check(session, waiting.reference), by=casework.worker, now=RECORDED)
    assert casework.outcome(waiting) is Outcome.NEEDS_MANAGER_APPROVAL
    with pytest.raises(ProblemError) as refused:
        approve(casework, waiting, now=RECORDED + HOUR)
    assert refused.value.message == "The call must be after the check came to wait for a manager"
    with casework.transaction() as session:  # asked again, it has waited for a manager all the same
        ask_again(session, get_check(session, waiting.reference), by=casework.worker, now=RECORDED + HOUR)
    approve(casework, waiting, call(casework, at=RECORDED + MINUTE), now=RECORDED + HOUR)


def test_who_is_a_duty_manager_only_in_the_place_of_who_asked_cannot_be_named(casework: Casework) -> None:
    """North's manager, who decides on it at the desk, stands in for the duty manager who asked."""
    kit = casework.person("Kit", CHILD)
    casework.come_on_duty(kit)
    own, other = casework.ask(kit, by=casework.duty), casework.ask(casework.person("Lee", CHILD))
    with casework.transaction() as session:
        cover = NewDeputy(casework.duty.staff_id, casework.manager.staff_id, START, START + DAY, "Asleep.")
        name_deputy(session, cover, by=casework.duty, now=START)
    with casework.database.reading() as session:
        of_own, of_other = (
            {one.staff_id for one in list_reachable(session, get_check(session, one.reference), by=by, now=RECORDED)}
            for one, by in ((own, casework.duty), (other, casework.worker))
        )
    assert casework.manager.staff_id not in of_own
    assert casework.manager.staff_id in of_other


def test_a_check_recorded_in_error_since_hides_no_approval_that_nobody_confirmed(
    casework: Casework, check: Check
) -> None:
    approve(casework, check)
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        row.struck_at, row.struck_by, row.struck_why = RECORDED + HOUR, casework.manager.staff_id, "In error."
        session.add(row)
    run(casework.database, TELEPHONE_UNCONFIRMED, RECORDED + DAY)
    assert len(open_tasks(casework.database)) == 3
    answer(casework, check, confirm=False, now=RECORDED + DAY)
    run(casework.database, TELEPHONE_UNCONFIRMED, RECORDED + DAY + HOUR)
    assert open_tasks(casework.database) == {}


def test_who_is_away_and_on_the_rota_is_offered_beside_who_stands_in_and_the_page_says_which(
    casework: Casework, check: Check, client_for: ClientFor, clock: Clock
) -> None:
    """Whoever answered is named: cover takes no role away, and the one who did not answer has approved nothing."""
    clock.set(RECORDED)
    with casework.transaction() as session:
        away, stands_in = casework.duty.staff_id, casework.manager2.staff_id
        cover = NewDeputy(covers_id=away, deputy_id=stands_in, from_at=START, until_at=START + DAY, reason="Leave.")
        name_deputy(session, cover, by=casework.duty, now=START)
    page = client_for(casework.council.worker).get(f"/checks/{check.reference}/telephone")
    assert "Away until" in page.text
    assert f": {casework.manager2.name} stands in." in page.text
    assert f"Stands in for {casework.duty.name}." in page.text
    for named in (casework.duty.reference, casework.manager2.reference):
        assert named in page.response.text
    approve(casework, check)
    with casework.database.reading() as session:
        assert session.exec(select(TelephoneApproval)).one().manager_id == away
