"""A permit never outlives what it stands on, and says since when and why it is dead."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from tests.fixtures.casework import ADULT, Casework
from tests.fixtures.council import START
from tracker.access.permissions import NotAllowedError
from tracker.authorities.models import RipaAuthorisation
from tracker.authorities.requests import NewCancellation
from tracker.authorities.services import cancel_ripa
from tracker.checks.errors import NoPermitError, OutsidePermitError
from tracker.checks.services import report_look, start_look
from tracker.consent.requests import NewConsent, NewObjection
from tracker.consent.selectors import list_notices
from tracker.consent.services import record_consent, record_objection
from tracker.consent.vocabulary import HowGiven
from tracker.decisions import liveness
from tracker.decisions.liveness import Liveness, first_dead
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.models import Person
from tracker.policy.vocabulary import Aim, Competence, Conclusion, ConsentStatus, GivenBy, Outcome, Purpose, Visibility
from tracker.referrals.services import release_hold
from tracker.review.services import approve_check
from tracker.rulebook.requests import NewLimits
from tracker.rulebook.services import propose_limits, sign_proposal
from tracker.storage.tables import saved_key
from tracker.viewings.requests import ReportOfLook
from tracker.viewings.vocabulary import LookResult

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ISSUED = START
KILLED = START + 2 * HOUR
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)

Kill = Callable[[Casework, Person], None]


def approve(casework: Casework, check: Check, *, now: datetime = ISSUED) -> None:
    with casework.transaction() as session:
        approve_check(session, get_check(session, check.reference), reasons="Needed.", by=casework.manager, now=now)


# How each kind of permit comes about ------------------------------------------------------------------------------


def on_consent(casework: Casework, person: Person) -> Check:
    casework.consent(person, now=START - HOUR)
    return casework.ask(person)


def on_notice(casework: Casework, person: Person) -> Check:
    casework.ask(person, by=casework.worker2, now=START - 3 * HOUR)
    casework.notice(person, now=START - HOUR)
    check = casework.ask(person)
    approve(casework, check)
    return check


def on_ripa(casework: Casework, person: Person) -> Check:
    casework.ripa(person, now=START - HOUR)
    return casework.ask(person, purpose=Purpose.PREVENT_OR_DETECT_CRIME)


def first_look(casework: Casework, person: Person) -> Check:
    return casework.ask(person)


def search(casework: Casework, person: Person) -> Check:
    return casework.ask(person, aim=Aim.FIND_PRESENCE, visibility=Visibility.UNKNOWN)


# What kills it ----------------------------------------------------------------------------------------------------


def withdrawn_consent(casework: Casework, person: Person) -> None:
    casework.consent(person, ConsentStatus.WITHDRAWN, now=KILLED)


def refusal(casework: Casework, person: Person) -> None:
    casework.consent(person, ConsentStatus.REFUSED, now=KILLED)


def objection(casework: Casework, person: Person) -> None:
    with casework.transaction() as session:
        (notice,) = list_notices(session, [saved_key(person)])
        new = NewObjection(notice=notice.reference, at=KILLED, wording="I object.")
        record_objection(session, new, by=casework.worker, now=KILLED)


def cancelled_authority(casework: Casework, person: Person) -> None:

    with casework.transaction() as session:
        authority = session.exec(select(RipaAuthorisation)).one()
        cancelled = NewCancellation(authorisation=authority.reference, at=KILLED, why="No longer needed.")
        cancel_ripa(session, cancelled, by=casework.officer, now=KILLED)


def adverse_advice(casework: Casework, person: Person) -> None:
    casework.advice(person, Conclusion.THRESHOLD_NOT_MET, now=KILLED)


def advice_that_an_order_is_needed(casework: Casework, person: Person) -> None:
    casework.advice(person, Conclusion.COURT_ORDER_NEEDED, now=KILLED)


def hold(casework: Casework, person: Person) -> None:
    casework.hold(person, now=KILLED)


def link_to_somebody_seen(casework: Casework, person: Person) -> None:
    casework.link(person, seen_before(casework), now=KILLED)


def profile_put_on_record(casework: Casework, person: Person) -> None:
    casework.profile(person, now=KILLED)


def seen_before(casework: Casework) -> Person:
    double = casework.person("Double")
    casework.ask(double, by=casework.worker2)
    return double


def change_limits(casework: Casework, *, now: datetime, **limits: int) -> None:
    with casework.transaction() as session:
        reference = propose_limits(
            session, NewLimits(values=limits, why="Tried."), by=casework.legal, now=now
        ).reference
    for by in (casework.legal, casework.sro):
        with casework.transaction() as session:
            sign_proposal(session, reference, by=by, now=now)


KILLERS: list[tuple[Callable[[Casework, Person], Check], Kill]] = [
    (on_consent, withdrawn_consent),
    (on_consent, refusal),
    (first_look, withdrawn_consent),
    (first_look, refusal),
    (on_notice, objection),
    (on_notice, advice_that_an_order_is_needed),
    (on_ripa, cancelled_authority),
    (on_ripa, adverse_advice),
    (first_look, adverse_advice),
    (first_look, hold),
    (search, adverse_advice),
    (search, profile_put_on_record),
    (first_look, link_to_somebody_seen),
]


@pytest.mark.parametrize(("issue", "kill"), KILLERS, ids=lambda one: one.__name__)
def test_the_permit_is_dead_from_the_moment_that_it_is_recorded(
    casework: Casework, issue: Callable[[Casework, Person], Check], kill: Kill
) -> None:
    kit, noise = casework.person("Kit"), casework.person("Noise")
    check, other = issue(casework, kit), casework.ask(noise, by=casework.worker2)
    assert casework.liveness(check, now=KILLED) == live_until(casework, check)
    kill(casework, kit)
    dead = casework.liveness(check, now=KILLED + MINUTE)
    assert (dead.live, dead.since) == (False, KILLED)
    assert dead.why
    assert casework.liveness(check, now=KILLED - MINUTE).live
    assert casework.liveness(other, now=KILLED + MINUTE).live
    with pytest.raises(NoPermitError):
        casework.start(check, now=KILLED + MINUTE)


def live_until(casework: Casework, check: Check) -> Liveness:
    return Liveness(True, None, (), casework.look(check).ends_at)


def test_a_withdrawal_says_that_and_when(casework: Casework) -> None:
    kit = casework.person("Kit")
    check = on_consent(casework, kit)
    withdrawn_consent(casework, kit)
    assert casework.liveness(check, now=KILLED + DAY).why[0].startswith("Consent was withdrawn on 21 November 2026")


def test_stricter_limits_kill_what_they_would_not_have_let_through(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.consent(kit, ConsentStatus.WITHDRAWN, now=START - DAY)
    casework.ask(kit, by=casework.worker2, now=START - 3 * HOUR)
    casework.notice(kit, now=START - 2 * HOUR)
    approved = casework.ask(kit, now=START - HOUR)
    approve(casework, approved, now=START - HOUR)
    check = casework.ask(kit)
    approve(casework, check)
    assert casework.liveness(check, now=KILLED).live
    change_limits(casework, now=KILLED, notice_view_limit=1)
    dead = casework.liveness(check, now=KILLED + MINUTE)
    assert not dead.live
    assert dead.since is not None
    assert abs(dead.since - KILLED) <= timedelta(seconds=1)


def test_a_hold_that_was_released_lets_the_permit_live_again(casework: Casework) -> None:
    kit = casework.person("Kit")
    check = casework.ask(kit)
    (held,) = casework.hold(kit, now=KILLED)
    with casework.transaction() as session:
        row = session.merge(held)
        release_hold(session, row, why="No pattern.", apart_from=frozenset(), by=casework.legal, now=KILLED + HOUR)
    assert not casework.liveness(check, now=KILLED + MINUTE).live
    assert casework.liveness(check, now=KILLED + 2 * HOUR).live


def test_midnight_of_the_last_day_of_consent_ends_the_permit(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.consent(kit, now=START - HOUR, until=START.date())
    check = casework.ask(kit)
    assert casework.liveness(check, now=MIDNIGHT - MINUTE).live
    assert casework.liveness(check, now=MIDNIGHT) == Liveness(False, MIDNIGHT, (liveness.RAN_OUT,), MIDNIGHT)


def test_midnight_of_the_day_of_review_ends_the_permit(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ripa(kit, now=START - HOUR, next_review_on=START.date() + DAY)
    check = casework.ask(kit, purpose=Purpose.PREVENT_OR_DETECT_CRIME)
    ends_at = MIDNIGHT + DAY
    assert casework.liveness(check, now=ends_at - MINUTE).live
    assert casework.liveness(check, now=ends_at) == Liveness(False, ends_at, (liveness.RAN_OUT,), ends_at)


def test_a_permit_that_ran_out_unused_says_so_and_still_counts(casework: Casework) -> None:
    kit = casework.person("Kit")
    check = casework.ask(kit)
    ends_at = casework.look(check).ends_at
    assert ends_at == datetime(2026, 11, 24, tzinfo=UTC)
    assert casework.liveness(check, now=ends_at + 10 * DAY) == Liveness(False, ends_at, (liveness.RAN_OUT,), ends_at)
    assert casework.outcome(casework.ask(kit, now=ends_at + 10 * DAY)) is Outcome.BLOCKED_LEGAL_ADVICE


def test_one_that_died_before_it_ran_out_says_when_it_died(casework: Casework) -> None:
    kit = casework.person("Kit")
    check = on_consent(casework, kit)
    withdrawn_consent(casework, kit)
    dead = casework.liveness(check, now=START + 30 * DAY)
    assert dead.since == KILLED
    assert liveness.RAN_OUT not in dead.why


def test_a_birthday_can_kill_a_permit_at_midnight(casework: Casework) -> None:
    """A parent's consent stops counting when the child turns 18; nothing is recorded at that moment."""
    child = casework.person("Child", born=date(2008, 11, 22))
    casework.late(child, START - DAY - HOUR, by=casework.worker2, now=START - DAY)
    said = NewConsent(
        person=child.reference,
        team=casework.council.north.reference,
        status=ConsentStatus.GIVEN,
        at=START - HOUR,
        given_by=GivenBy.PARENTAL_RESPONSIBILITY,
        giver_name="Zzparent",
        competence=Competence.LACKS,
        competence_words="Did not understand.",
        wording="Yes.",
        language="English",
        how_given=HowGiven.SIGNED_FORM,
        how_received="At home.",
        right_to_refuse_explained=True,
    )
    with casework.transaction() as session:
        record_consent(session, said, by=casework.worker, now=START - HOUR)
    check = casework.ask(child)
    assert casework.outcome(check) is Outcome.PERMITTED
    dead = casework.liveness(check, now=MIDNIGHT + HOUR)
    assert not dead.live
    assert dead.since is not None
    assert timedelta(0) <= dead.since - MIDNIGHT <= timedelta(seconds=1)


def test_what_was_approved_stays_approved(casework: Casework) -> None:
    child = casework.person("Child", born=None)
    check = casework.ask(child)
    approve(casework, check, now=START + HOUR)
    assert casework.liveness(check, now=START + 2 * HOUR).live


def test_a_check_without_a_permit_is_not_live(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit)
    blocked = casework.ask(kit)
    assert casework.liveness(blocked, now=START) == Liveness(False, None, (liveness.NO_PERMIT,), None)


def test_a_permit_that_was_reported_is_used_up(casework: Casework) -> None:
    check = casework.ask(casework.person("Kit"))
    casework.report(check, opened_at=START, now=START + HOUR)
    used = casework.liveness(check, now=START + 2 * HOUR)
    assert (used.live, used.since, used.why) == (False, START + HOUR, (liveness.REPORTED,))
    with pytest.raises(NoPermitError):
        casework.start(check, now=START + 2 * HOUR)


def test_for_somebody_else_concerned_a_withdrawal_kills_it_too(casework: Casework) -> None:
    mother, father = casework.person("Mother"), casework.person("Father")
    check = casework.ask(mother, also_about=(father.reference,))
    casework.consent(father, ConsentStatus.WITHDRAWN, now=KILLED)
    assert casework.liveness(check, now=KILLED + MINUTE).since == KILLED


# Looks after its death --------------------------------------------------------------------------------------------


def test_a_look_after_the_withdrawal_can_only_be_a_late_entry(casework: Casework) -> None:
    kit = casework.person("Kit")
    check = on_consent(casework, kit)
    withdrawn_consent(casework, kit)
    with pytest.raises(OutsidePermitError) as refused:
        casework.report(check, opened_at=KILLED + MINUTE, now=KILLED + HOUR)
    assert refused.value.since == KILLED
    assert refused.value.why[0].startswith("Consent was withdrawn")
    assert casework.look(check).reported_at is None
    late = casework.late(kit, KILLED + MINUTE, now=KILLED + HOUR)
    assert casework.outcome(late) is Outcome.BLOCKED_LEGAL_ADVICE


def test_a_sitting_that_began_before_the_withdrawal_is_reported_as_any_other(casework: Casework) -> None:
    kit = casework.person("Kit")
    check = on_consent(casework, kit)
    withdrawn_consent(casework, kit)
    look = casework.report(check, opened_at=KILLED - MINUTE, now=KILLED + HOUR)
    assert look.result == LookResult.LOOKED


@pytest.mark.parametrize("began", [START - MINUTE, START + 3 * DAY])
def test_a_sitting_before_the_issue_or_after_the_end_can_only_be_a_late_entry(
    casework: Casework, began: datetime
) -> None:
    check = casework.ask(casework.person("Kit"))
    with pytest.raises(OutsidePermitError):
        casework.report(check, opened_at=began, now=START + 4 * DAY)


def test_control_without_deciding_again_the_dead_permit_could_be_used(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = casework.person("Kit")
    check = on_consent(casework, kit)
    issued_on = casework.liveness(check, now=START)
    withdrawn_consent(casework, kit)
    monkeypatch.setattr("tracker.checks.looking.liveness_of", lambda *_, **__: issued_on)
    assert casework.start(check, now=KILLED + MINUTE).started_at == KILLED + MINUTE


def test_not_used_can_be_said_of_a_dead_permit(casework: Casework) -> None:
    kit = casework.person("Kit")
    check = on_consent(casework, kit)
    withdrawn_consent(casework, kit)
    assert casework.report(check, LookResult.NOT_USED, now=KILLED + MINUTE).result_counts_from == KILLED + MINUTE


# Since when -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("died", [1, 59, 60, 61, 3600, 5000])
def test_the_instant_is_found_among_the_changes_or_between_them(died: int) -> None:
    end = START + timedelta(seconds=5000)
    changes = [START + timedelta(seconds=60 * one) for one in range(1, 80)]
    asked: list[datetime] = []

    def permitted(at: datetime) -> bool:
        asked.append(at)
        return at < START + timedelta(seconds=died)

    found = first_dead(permitted, changes, after=START, last=end)
    assert timedelta(0) <= found - (START + timedelta(seconds=died)) <= timedelta(seconds=1)
    assert (found == START + timedelta(seconds=died)) or died % 60
    assert len(asked) < 25


def test_starting_and_reporting_are_the_viewers_alone(casework: Casework) -> None:
    check = casework.ask(casework.person("Kit", born=ADULT))
    for by in (casework.colleague, casework.manager, casework.legal, casework.sro):
        with pytest.raises(NotAllowedError), casework.transaction() as session:
            start_look(session, get_check(session, check.reference), by=by, now=START)
        report = ReportOfLook(submission="s", result=LookResult.NOT_USED, opened_at=None, closed_at=None)
        with pytest.raises(NotAllowedError), casework.transaction() as session:
            report_look(session, get_check(session, check.reference), report, by=by, now=START)
    assert casework.look(check).started_at is None
