"""Asking for a look: decided for everyone concerned, kept whatever comes out, with a permit or a case, in one transaction."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry, AuditPerson
from tracker.checks import submit
from tracker.checks.errors import NotOfferedError, WrongViewerError
from tracker.checks.requests import AccountChoice
from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser
from tracker.corporate_accounts.services import allow_user, end_user, register_profile
from tracker.decisions import concerned as concerned_module
from tracker.decisions.concerned import Concerned
from tracker.decisions.errors import ClockBehindError
from tracker.decisions.models import Check, CheckSubject, PersonDecision
from tracker.decisions.selectors import latest_decision, list_conditions, list_person_decisions
from tracker.decisions.vocabulary import CheckKind
from tracker.people.models import CountRestart, Person
from tracker.people.requests import RestrictedPerson
from tracker.people.selectors import list_profiles
from tracker.people.services import restrict_person
from tracker.policy.facts import read_facts
from tracker.policy.vocabulary import (
    Account,
    Aim,
    CodeFactor,
    Conclusion,
    Condition,
    Method,
    Outcome,
    Platform,
    Purpose,
    Relation,
    Visibility,
)
from tracker.referrals.models import Referral
from tracker.referrals.selectors import find_open_referral, list_people_of
from tracker.rulebook.requests import NewPurposes
from tracker.rulebook.services import propose_setting, sign_proposal
from tracker.staff.models import StaffMember
from tracker.staff.services import close_staff_member
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.viewings.models import Look, Viewing

HOUR = timedelta(hours=1)


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Kit, an adult, beside somebody whose single viewing is used."""
    casework.ask(casework.person("Noise"), by=casework.colleague)
    return casework.person("Kit")


def referral_of(casework: Casework, check: Check) -> Referral | None:
    with casework.database.reading() as session:
        return find_open_referral(session, saved_key(check))


def answers(casework: Casework, check: Check) -> dict[int, PersonDecision]:
    with casework.database.reading() as session:
        return {row.person_id: row for row in list_person_decisions(session, latest_decision(session, check))}


def has_permit(casework: Casework, check: Check) -> bool:
    with casework.database.reading() as session:
        return session.exec(select(Look).where(Look.check_id == check.id)).first() is not None


def corporate_profile(casework: Casework, *users: StaffMember, platform: Platform = Platform.FACEBOOK) -> str:
    """A profile on the register that these members of staff may use; gives its reference."""
    new = NewCorporateProfile(platform=platform, handle="zzcouncil", registered_at=START - HOUR)
    with casework.transaction() as session:
        profile = register_profile(session, new, by=casework.admin, now=START - HOUR).reference
        for user in users:
            allowed = NewProfileUser(profile=profile, staff_id=saved_key(user), from_at=START - HOUR)
            allow_user(session, allowed, by=casework.admin, now=START - HOUR)
    return profile


def test_the_single_viewing_is_given_once_and_not_to_another_team_either(casework: Casework, kit: Person) -> None:
    first = casework.ask(kit)
    second = casework.ask(kit, by=casework.worker2, now=START + HOUR)
    assert (casework.outcome(first), casework.footing(first)) == (Outcome.PERMITTED, "open_source")
    assert (casework.outcome(second), casework.footing(second)) == (Outcome.BLOCKED_LEGAL_ADVICE, None)
    assert not has_permit(casework, second)


def test_a_block_is_kept_with_its_facts_and_goes_to_a_manager_first(casework: Casework, kit: Person) -> None:
    casework.ask(kit)
    blocked = casework.ask(kit, by=casework.worker2, now=START + HOUR)
    referral = referral_of(casework, blocked)
    assert referral is not None
    assert (referral.kind, referral.place) == ("blocked_check", "manager")
    assert referral.needed_by == datetime(2026, 11, 25, tzinfo=UTC)  # two working days after a Saturday
    (kept,) = answers(casework, blocked).values()
    facts = read_facts(kept.facts)
    assert [view.footing for view in facts.views] == ["open_source"]
    assert kept.answer["views_counted"] == 1
    assert kept.answer["referral"] == "legal"


def test_a_block_in_danger_is_needed_the_same_day(casework: Casework, kit: Person) -> None:
    casework.danger(kit)
    again = casework.danger(kit, by=casework.colleague, now=START + HOUR)
    assert casework.outcome(again) is Outcome.BLOCKED_LEGAL_ADVICE
    referral = referral_of(casework, again)
    assert referral is not None
    assert referral.needed_by == datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"illegal_content_suspected": True}, "refused_check"),
        ({"method": Method.TASKED_SOURCE}, "refused_check"),
        ({"method": Method.INTERACTION}, "refused_check"),
        ({"visibility": Visibility.RESTRICTED}, "refused_check"),
    ],
)
@ONE_DATABASE
def test_what_is_refused_and_flagged_goes_straight_to_legal(
    casework: Casework, kit: Person, changes: dict[str, Any], kind: str
) -> None:
    check = casework.ask(kit, **changes)
    assert casework.outcome(check) is Outcome.REFUSED
    referral = referral_of(casework, check)
    assert referral is not None
    assert (referral.kind, referral.place) == (kind, "legal")


@ONE_DATABASE
def test_what_is_refused_without_a_flag_opens_no_case(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit, account=AccountChoice("personal"))
    assert casework.outcome(check) is Outcome.REFUSED
    assert referral_of(casework, check) is None
    assert not has_permit(casework, check)


@pytest.mark.parametrize("conclusion", [Conclusion.CHIS, Conclusion.COURT_ORDER_NEEDED, Conclusion.THRESHOLD_NOT_MET])
def test_where_a_blocked_check_goes_does_not_tell_what_legal_concluded(
    casework: Casework, kit: Person, conclusion: Conclusion
) -> None:
    casework.advice(kit, conclusion, now=START - HOUR)
    check = casework.ask(kit)
    referral = referral_of(casework, check)
    assert casework.outcome(check) is Outcome.BLOCKED_COURT_AUTHORISATION
    assert referral is not None
    assert (referral.kind, referral.place) == ("blocked_check", "manager")


def test_the_event_says_what_was_decided_for_whom_in_references_and_codes_only(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    with casework.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.record == check.reference)).one()
        people = session.exec(select(AuditPerson.person).where(AuditPerson.seq == entry.seq)).all()
    assert entry.event == "check:submitted"
    assert people == [kit.reference]
    assert '"outcome":"permitted"' in entry.text
    assert '"footing":"open_source"' in entry.text
    assert casework.look(check).reference in entry.text
    assert "Zzexample" not in entry.text
    assert str(check.purpose_words) not in entry.text


# Everyone concerned -----------------------------------------------------------------------------------------------


def test_a_mothers_consent_does_not_decide_for_the_father(casework: Casework) -> None:
    mother, father = casework.person("Mother"), casework.person("Father")
    casework.consent(mother, now=START - HOUR)
    casework.ask(father, by=casework.worker2)
    check = casework.ask(mother, also_about=(father.reference,))
    each = answers(casework, check)
    assert each[saved_key(mother)].outcome == Outcome.PERMITTED
    assert each[saved_key(father)].outcome == Outcome.BLOCKED_LEGAL_ADVICE
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    assert casework.footing(check) is None
    assert not has_permit(casework, check)


def test_the_view_counts_for_each_on_what_decided_for_them(casework: Casework) -> None:
    mother, father = casework.person("Mother"), casework.person("Father")
    casework.consent(mother, now=START - HOUR)
    check = casework.ask(mother, also_about=(father.reference,))
    assert (casework.outcome(check), casework.footing(check)) == (Outcome.PERMITTED, "consent")
    with casework.database.reading() as session:
        rows = session.exec(select(Viewing)).all()
        conditions = list_conditions(session, latest_decision(session, check))
    assert {row.person_id: row.footing for row in rows} == {
        saved_key(mother): "consent",
        saved_key(father): "open_source",
    }
    assert conditions == [Condition.SINGLE_VIEWING]
    assert casework.outcome(casework.ask(father, by=casework.worker2)) is Outcome.BLOCKED_LEGAL_ADVICE


def test_the_permit_ends_with_the_first_of_what_it_rests_on_for_anybody(casework: Casework) -> None:
    mother, father = casework.person("Mother"), casework.person("Father")
    casework.consent(mother, now=START - HOUR, until=START.date() + timedelta(days=30))
    casework.consent(father, now=START - HOUR, until=START.date())
    ends_at = casework.look(casework.ask(mother, also_about=(father.reference,))).ends_at
    assert ends_at == datetime(2026, 11, 22, tzinfo=UTC)


def test_somebody_named_twice_is_concerned_once(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit, also_about=(kit.reference,))
    with casework.database.reading() as session:
        assert len(session.exec(select(CheckSubject).where(CheckSubject.check_id == check.id)).all()) == 1
    assert casework.outcome(check) is Outcome.PERMITTED


def test_linked_records_count_as_one_person(casework: Casework, kit: Person) -> None:
    double = casework.person("Kitty")
    casework.ask(double, by=casework.worker2)
    casework.link(kit, double, now=START + HOUR)
    check = casework.ask(kit, now=START + 2 * HOUR)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    (kept,) = answers(casework, check).values()
    assert kept.facts["request"]["person"] == min((kit, double), key=saved_key).reference


def test_an_order_that_names_a_linked_record_names_the_person(casework: Casework, kit: Person) -> None:
    double = casework.person("Kitty")
    casework.order(double, now=START - HOUR)
    casework.link(kit, double, now=START)
    check = casework.ask(kit, now=START + HOUR)
    assert (casework.outcome(check), casework.footing(check)) == (Outcome.PERMITTED, "court_order")


def test_an_order_that_names_somebody_else_is_not_this_persons(casework: Casework, kit: Person) -> None:
    other = casework.person("Other")
    casework.order(other, now=START - HOUR)
    assert casework.footing(casework.ask(kit)) == "open_source"


def test_an_unknown_age_needs_a_manager(casework: Casework) -> None:
    assert casework.outcome(casework.ask(casework.person("Ageless", born=None))) is Outcome.NEEDS_MANAGER_APPROVAL
    assert casework.outcome(casework.ask(casework.person("Child", born=CHILD))) is Outcome.NEEDS_MANAGER_APPROVAL


def test_a_profile_on_record_ends_searching_for_one_on_its_platform(casework: Casework, kit: Person) -> None:
    search: dict[str, Any] = {"aim": Aim.FIND_PRESENCE, "visibility": Visibility.UNKNOWN}
    assert casework.footing(casework.ask(kit, **search)) == "presence_search"
    casework.profile(kit)
    assert casework.outcome(casework.ask(kit, **search)) is Outcome.BLOCKED_LEGAL_ADVICE
    elsewhere = casework.ask(kit, **{**search, "platforms": (Platform.X,)})
    assert casework.footing(elsewhere) == "presence_search"


def test_a_profile_that_is_named_brings_its_platform_with_it(casework: Casework, kit: Person) -> None:
    casework.profile(kit)
    with casework.database.reading() as session:
        (profile,) = list_profiles(session, [saved_key(kit)])
    check = casework.ask(kit, platforms=(Platform.X,), profiles=(profile.reference,))
    assert check.platforms == ["facebook", "x"]
    with pytest.raises(NoSuchRecordError):
        casework.ask(casework.person("Other"), profiles=(profile.reference,))


def test_a_new_episode_that_legal_has_declared_restarts_the_count(casework: Casework, kit: Person) -> None:
    long_ago = START - timedelta(days=500)
    old = casework.person("Old", now=long_ago)
    casework.late(old, long_ago + HOUR, now=long_ago + 2 * HOUR)
    assert casework.outcome(casework.ask(old)) is Outcome.BLOCKED_LEGAL_ADVICE
    with casework.transaction() as session:
        session.add(
            CountRestart(
                person_id=saved_key(old),
                counted_from=START - timedelta(days=1),
                why="A new episode.",
                set_by=casework.legal.staff_id,
                recorded_at=START,
            )
        )
    assert casework.outcome(casework.ask(old, now=START + HOUR)) is Outcome.PERMITTED


# Accounts and viewers ---------------------------------------------------------------------------------------------


def test_a_profile_of_the_register_counts_as_registered_for_its_users_only(casework: Casework, kit: Person) -> None:
    profile = corporate_profile(casework, casework.council.worker)
    mine = casework.ask(kit, account=AccountChoice("corporate", profile))
    assert mine.account == Account.CORPORATE_REGISTERED
    assert casework.outcome(mine) is Outcome.PERMITTED
    other = casework.person("Other")
    theirs = casework.ask(other, by=casework.colleague, account=AccountChoice("corporate", profile))
    assert theirs.account == Account.CORPORATE_UNREGISTERED
    assert casework.outcome(theirs) is Outcome.REFUSED


@ONE_DATABASE
def test_a_profile_of_the_register_on_another_platform_does_not_count(casework: Casework, kit: Person) -> None:
    profile = corporate_profile(casework, casework.council.worker, platform=Platform.X)
    check = casework.ask(kit, account=AccountChoice("corporate", profile))
    assert casework.outcome(check) is Outcome.REFUSED


@ONE_DATABASE
def test_a_profile_that_is_not_on_the_register_is_an_unregistered_account(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit, account=AccountChoice("corporate", "COR-0000-0000"))
    assert check.account == Account.CORPORATE_UNREGISTERED
    assert casework.outcome(check) is Outcome.REFUSED


def test_a_profile_taken_away_since_kills_the_permit(casework: Casework, kit: Person) -> None:
    profile = corporate_profile(casework, casework.council.worker)
    check = casework.ask(kit, account=AccountChoice("corporate", profile))
    with casework.transaction() as session:
        end_user(session, profile, saved_key(casework.council.worker), by=casework.admin, now=START + HOUR)
    assert casework.liveness(check, now=START + HOUR - timedelta(seconds=1)).live
    dead = casework.liveness(check, now=START + 2 * HOUR)
    assert not dead.live
    assert dead.since is not None
    assert abs(dead.since - (START + HOUR)) <= timedelta(seconds=1)


def test_a_colleague_who_may_use_the_account_can_be_named_to_look(casework: Casework, kit: Person) -> None:
    profile = corporate_profile(casework, casework.council.colleague)
    choice = AccountChoice("corporate", profile)
    check = casework.ask(kit, viewer=casework.colleague.reference, account=choice)
    assert casework.outcome(check) is Outcome.PERMITTED
    assert casework.look(check).viewer_id == casework.colleague.staff_id


@pytest.mark.parametrize("kind", ["logged_out", "personal", "corporate"])
@ONE_DATABASE
def test_a_colleague_cannot_be_named_to_look_without_an_account_that_they_may_use(
    casework: Casework, kit: Person, kind: str
) -> None:
    profile = corporate_profile(casework, casework.council.worker)
    choice = AccountChoice(kind, profile if kind == "corporate" else None)
    with pytest.raises(WrongViewerError):
        casework.ask(kit, viewer=casework.colleague.reference, account=choice)


@ONE_DATABASE
def test_whoever_looks_works_here_as_a_worker(casework: Casework, kit: Person) -> None:
    profile = corporate_profile(casework, casework.council.colleague, casework.council.legal)
    choice = AccountChoice("corporate", profile)
    for viewer in (casework.legal.reference, "STF-0000-0000"):
        with pytest.raises(WrongViewerError):
            casework.ask(kit, viewer=viewer, account=choice)
    with casework.transaction() as session:
        close_staff_member(session, casework.colleague.staff_id, by=casework.admin, now=START)
    with pytest.raises(WrongViewerError):
        casework.ask(kit, viewer=casework.colleague.reference, account=choice, now=START + HOUR)


# Who may ----------------------------------------------------------------------------------------------------------


def restrict(casework: Casework, person: Person, *readers: str) -> None:
    closed = RestrictedPerson(
        person=person.reference, version=person.version, ask_whom="the head of service", readers=readers
    )
    with casework.transaction() as session:
        restrict_person(session, closed, by=casework.manager, now=START - HOUR)


def test_only_a_worker_of_the_team_that_is_involved_asks(casework: Casework, kit: Person) -> None:
    for by in (casework.legal, casework.sro, casework.admin, casework.officer):
        with pytest.raises(NotAllowedError):
            casework.ask(kit, by=by)
    with pytest.raises(NotAllowedError):
        casework.ask(kit, by=casework.worker, team=casework.council.south.reference)
    with casework.database.reading() as session:
        assert session.exec(select(Check).where(Check.person_id == kit.id)).all() == []


def test_a_restricted_record_is_asked_about_by_its_readers_only_on_whosever_page(
    casework: Casework, kit: Person
) -> None:
    closed = casework.person("Closed")
    restrict(casework, closed, casework.manager.reference, casework.colleague.reference)
    with pytest.raises(NotAllowedError):
        casework.ask(closed)
    with pytest.raises(NotAllowedError):
        casework.ask(kit, also_about=(closed.reference,))
    assert casework.outcome(casework.ask(kit, by=casework.colleague, also_about=(closed.reference,)))


def test_a_viewer_who_may_not_open_the_record_cannot_be_named(casework: Casework) -> None:
    closed = casework.person("Closed")
    restrict(casework, closed, casework.manager.reference, casework.colleague.reference)
    profile = corporate_profile(casework, casework.council.worker)
    with pytest.raises(WrongViewerError):
        casework.ask(
            closed,
            by=casework.colleague,
            viewer=casework.worker.reference,
            account=AccountChoice("corporate", profile),
        )


# The moment -------------------------------------------------------------------------------------------------------


def test_a_request_that_waited_for_the_locks_sees_what_was_recorded_while_it_waited(
    casework: Casework, kit: Person
) -> None:
    began = START - timedelta(milliseconds=40)
    casework.ask(kit, by=casework.worker2)
    waited = casework.ask(kit, now=began)
    assert casework.outcome(waited) is Outcome.BLOCKED_LEGAL_ADVICE
    assert waited.recorded_at == START


def test_control_with_the_time_of_the_request_alone_it_would_not(
    casework: Casework, kit: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_asked(_: object, concerned: tuple[Concerned, ...], *, now: datetime) -> datetime:
        return now

    monkeypatch.setattr(submit, "moment_of", as_asked)
    casework.ask(kit, by=casework.worker2)
    assert casework.outcome(casework.ask(kit, now=START - timedelta(milliseconds=40))) is Outcome.PERMITTED


def test_a_clock_that_is_minutes_behind_decides_nothing(casework: Casework, kit: Person) -> None:
    casework.ask(kit, by=casework.worker2)
    with pytest.raises(ClockBehindError):
        casework.ask(kit, now=START - concerned_module.LONGEST_WAIT - timedelta(seconds=1))
    with casework.database.reading() as session:
        assert len(session.exec(select(Check).where(Check.person_id == kit.id)).all()) == 1


@ONE_DATABASE
def test_a_case_names_everyone_whom_the_check_concerns(casework: Casework, kit: Person) -> None:
    other = casework.person("Other")
    check = casework.ask(kit, also_about=(other.reference,), code_factors=(CodeFactor.BUILDS_PROFILE,))
    with casework.database.reading() as session:
        referral = find_open_referral(session, saved_key(check))
        assert referral is not None
        assert list_people_of(session, saved_key(referral)) == sorted([saved_key(kit), saved_key(other)])


@ONE_DATABASE
def test_no_case_no_look(casework: Casework, kit: Person) -> None:
    assert casework.outcome(casework.ask(kit, relation=Relation.NO_CASE)) is Outcome.REFUSED


@ONE_DATABASE
def test_a_look_already_made_cannot_be_asked_for(casework: Casework, kit: Person) -> None:
    with pytest.raises(ValueError, match="late entry"):
        casework.ask(kit, kind=CheckKind.LATE_ENTRY)


@ONE_DATABASE
def test_a_purpose_that_is_not_offered_cannot_be_asked_for_except_in_danger_or_late(
    casework: Casework, kit: Person
) -> None:
    asked = casework.ask(kit, now=START - HOUR)  # the control: before the council chose
    with casework.transaction() as session:
        fewer = NewPurposes({Purpose.OTHER: ""}, "Fewer.")
        reference = propose_setting(session, fewer, by=casework.admin, now=START).reference
        for by in (casework.legal, casework.sro):
            sign_proposal(session, reference, by=by, now=START)
    with pytest.raises(NotOfferedError):
        casework.ask(kit)
    assert casework.ask(kit, purpose=Purpose.OTHER).purpose == Purpose.OTHER
    made = [casework.danger(kit), casework.late(kit, START - HOUR), asked]
    assert len({one.reference for one in made}) == len(made)
