"""People in every state that a newcomer should see, asked of the demonstration as the pages and the gate would ask."""

from datetime import timedelta

from sqlmodel import select

from tests.demo.telling import Told
from tracker.checks.settling import waits_for_confirmation, waits_for_review
from tracker.consent.selectors import list_consents
from tracker.decisions.records import find_original
from tracker.decisions.selectors import (
    find_look,
    latest_decision,
    list_decisions,
    list_looks_to_make,
    liveness_of,
)
from tracker.decisions.telephone import get_telephone_approval
from tracker.decisions.vocabulary import CheckKind, Occasion
from tracker.detection.models import PatternFinding
from tracker.people.duplicates import find_duplicates
from tracker.people.groups import everyone_behind
from tracker.people.requests import Details, NewPerson, TeamWork
from tracker.people.search import find_people
from tracker.people.searching import read_search
from tracker.people.selectors import standing_of
from tracker.policy.entitlement import may_open_person
from tracker.policy.patterns import Pattern
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import (
    ConsentStatus,
    Footing,
    Outcome,
    Purpose,
    Relation,
    Stop,
    ViewFooting,
)
from tracker.referrals.selectors import find_open_referral, list_holds
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.review.selectors.duty import list_openings_for
from tracker.review.selectors.telephone import list_to_confirm
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import list_sightings, views_as_facts

CRIME = {"purpose": Purpose.PREVENT_OR_DETECT_CRIME}
NEVER = "No look at this person's social media is recorded here."


def test_robin_and_alex_were_never_viewed(told: Told) -> None:
    assert all(told.stands(name).startswith(NEVER) for name in ("Robin Example", "Alex Example"))
    assert told.decide("Alex Example").footing is Footing.OPEN_SOURCE


def test_the_single_viewing_of_kit_was_used_by_the_other_team(told: Told) -> None:
    assert "was used on" in told.stands("Kit Example", to="worker")
    assert "by another team" in told.stands("Kit Example", to="worker")
    assert "by your team" in told.stands("Kit Example", to="worker2")
    assert told.decide("Kit Example").outcome is Outcome.BLOCKED_LEGAL_ADVICE


def test_a_second_look_at_rae_is_blocked_and_waits_for_the_manager(told: Told) -> None:
    check = told.last_check("Rae Sample")
    assert latest_decision(told.session, check).outcome == Outcome.BLOCKED_LEGAL_ADVICE
    referral = find_open_referral(told.session, saved_key(check))
    assert referral is not None
    assert referral.place == ReferralPlace.MANAGER
    assert "Waiting since" in told.status("Rae Sample").status.sentence


def test_rae_has_refused_and_a_child_is_expected(told: Told) -> None:
    refusal = list_consents(told.session, told.group("Rae Sample").members)[0]
    assert refusal.status == ConsentStatus.REFUSED
    baby = told.person("Baby Sample")
    assert baby.unborn
    assert baby.expected_on is not None
    assert baby.expected_on > london_day(told.now)


def test_a_look_at_sid_has_begun_and_is_to_be_reported(told: Told) -> None:
    standing = told.status("Sid Sample")
    assert standing.status.tag == "To report"
    assert standing.due_at is not None
    assert standing.due_at > told.now


def test_the_same_was_asked_about_ioan_as_about_gwen_and_waits_for_a_manager(told: Told) -> None:
    copy = told.last_check("Ioan Example")
    original = find_original(told.session, copy)
    assert original is not None
    assert (original.reference, copy.purpose_words) == (
        told.last_check("Gwen Example").reference,
        original.purpose_words,
    )
    assert copy.why_now != original.why_now
    assert latest_decision(told.session, copy).outcome == Outcome.NEEDS_MANAGER_APPROVAL


def test_the_second_look_at_lee_is_with_legal(told: Told) -> None:
    assert "With Legal since" in told.status("Lee Demo").status.sentence
    assert "Blocked: with Legal since" in told.stands("Lee Demo")


def test_max_agreed_and_a_permit_runs_on_that(told: Told) -> None:
    check = told.last_check("Max Specimen")
    assert latest_decision(told.session, check).footing == Footing.CONSENT
    assert liveness_of(told.session, check, now=told.now).live
    assert told.status("Max Specimen").status.tag == "May go ahead"


def test_the_permit_about_ivy_died_with_her_consent(told: Told) -> None:
    check = told.last_check("Ivy Demo")
    live = liveness_of(told.session, check, now=told.now)
    withdrawn = list_consents(told.session, told.group("Ivy Demo").members)[0]
    assert latest_decision(told.session, check).footing == Footing.CONSENT
    assert not live.live
    assert withdrawn.status == ConsentStatus.WITHDRAWN
    assert live.since == withdrawn.recorded_at


def test_wren_was_told_and_asha_shah_is_to_look_for_the_other_team(told: Told) -> None:
    asha, tom = told.actor("worker"), told.actor("worker2")
    check = told.last_check("Wren Specimen")
    decision = latest_decision(told.session, check)
    assert (check.viewer_id, check.requester_id) == (asha.staff_id, tom.staff_id)
    assert (decision.footing, decision.occasion) == (Footing.NOTICE, Occasion.APPROVED)
    assert check.id in {one.id for one in list_looks_to_make(told.session, staff_id=asha.staff_id)}
    assert liveness_of(told.session, check, now=told.now).live


def test_dale_is_named_by_a_ripa_authorisation_in_force(told: Told) -> None:
    decision = told.decide("Dale Placeholder", **CRIME)
    assert (decision.outcome, decision.footing) == (Outcome.PERMITTED, Footing.RIPA_AUTHORISATION)
    assert told.decide("Dale Placeholder").footing is None, "for welfare it gives nothing"


def test_toni_is_named_by_one_that_no_justice_has_approved(told: Told) -> None:
    decision = told.decide("Toni Placeholder", **CRIME)
    assert decision.outcome is Outcome.BLOCKED_COURT_AUTHORISATION
    text = next(one.text for one in decision.footings if one.rule is Footing.RIPA_AUTHORISATION)
    assert "justice of the peace" in text
    assert told.status("Toni Placeholder").status.tag == "Blocked"


def test_a_court_has_allowed_looks_at_mo(told: Told) -> None:
    decision = told.decide("Mo Fictional", purpose=Purpose.COURT_DIRECTED)
    assert (decision.outcome, decision.footing) == (Outcome.PERMITTED, Footing.COURT_ORDER)


def test_ash_and_bo_are_on_hold_and_another_teams_ask_is_blocked_by_it(told: Told) -> None:
    for name in ("Ash Fictional", "Bo Fictional"):
        assert [one.released_at for one in list_holds(told.session, told.group(name).members)] == [None]
        assert Stop.S11_PATTERN_HOLD in {reason.rule for reason in told.decide(name).stops}
    check = told.last_check("Bo Fictional")
    assert check.requester_id == told.actor("worker2").staff_id
    assert latest_decision(told.session, check).outcome == Outcome.BLOCKED_LEGAL_ADVICE


def test_looks_of_two_teams_at_fern_and_her_family_were_found_and_the_next_ask_was_blocked(told: Told) -> None:
    (finding,) = [one for one in told.session.exec(select(PatternFinding)) if one.pattern == Pattern.FAMILY_CLUSTER]
    for name in ("Fern Placeholder", "Hal Placeholder", "Ida Placeholder"):
        (hold,) = list_holds(told.session, told.group(name).members)
        assert (hold.placed_by, hold.pattern, hold.referral_id) == (None, Pattern.FAMILY_CLUSTER, finding.referral_id)
        assert "Blocked: a pattern of viewing, with Legal since" in told.stands(name)
    check = told.last_check("Fern Placeholder")
    assert check.requester_id == told.actor("worker2").staff_id
    assert latest_decision(told.session, check).outcome == Outcome.BLOCKED_LEGAL_ADVICE


def test_nico_is_on_hold_since_the_second_look_was_entered(told: Told) -> None:
    (hold,) = list_holds(told.session, told.group("Nico Placeholder").members)
    assert (hold.placed_by, hold.pattern, hold.released_at) == (None, Pattern.REPEAT_VIEWING, None)


def test_what_the_look_at_uma_means_is_overdue(told: Told) -> None:
    standing = told.status("Uma Specimen")
    assert standing.status.sentence.startswith("Say what it means for the case")
    assert standing.due_at is not None
    assert standing.due_at < told.now


def test_the_permit_about_val_ran_out_unreported_and_counts(told: Told) -> None:
    assert told.status("Val Demo").status.tag == "Ran out"
    assert told.decide("Val Demo").views_counted == 1


def test_that_nobody_looked_at_ola_waits_for_a_manager(told: Told) -> None:
    look = find_look(told.session, told.last_check("Ola Placeholder"))
    assert look is not None
    assert waits_for_confirmation(look)
    assert told.decide("Ola Placeholder").views_counted == 1


def test_of_somebody_only_a_handle_is_known(told: Told) -> None:
    person = told.person("sunny_specimen_77")
    assert person.name is None
    assert person.date_of_birth is None
    assert person.approximate_age is None
    sightings = list_sightings(told.session, told.group("sunny_specimen_77").members)
    assert len(sightings) == 1
    assert told.stands("sunny_specimen_77").startswith(NEVER), "what was brought unasked is not a view"


def test_quinns_record_is_restricted(told: Told) -> None:
    quinn = told.person("Quinn Sample", by="manager")
    standing = standing_of(told.session, saved_key(quinn), on=london_day(told.now))
    assert standing.restricted
    may = {one: may_open_person(told.actor(one), standing) for one in ("manager", "worker", "worker2", "legal")}
    assert may == {"manager": True, "worker": False, "worker2": False, "legal": True}
    found = find_people(told.session, read_search("Quinn Sample"), by=told.actor("worker"), on=london_day(told.now))
    assert (found.people, len(found.ask_whom)) == ((), 1)


def test_elins_record_is_sealed_and_only_legal_knows_that_she_had_another(told: Told) -> None:
    elin = told.person("Elin Placeholder", by="manager")
    old = told.person("Elin Fictional")
    assert elin.sealed
    found = find_people(told.session, read_search("Elin Placeholder"), by=told.actor("worker"), on=london_day(told.now))
    assert (found.people, found.ask_whom) == ((), ("Legal before you look",))
    assert everyone_behind(told.session, [saved_key(elin)]) == {saved_key(elin), saved_key(old)}


def test_a_look_at_wren_was_approved_by_telephone_and_her_record_opened_on_duty_before(told: Told) -> None:
    approval = get_telephone_approval(told.session, told.last_check("Wren Demo"))
    assert (approval.manager_id, approval.answered_at) == (told.actor("duty").staff_id, None)
    assert [one.approval.id for one in list_to_confirm(told.session, told.actor("duty").staff_id)] == [approval.id]
    north = told.actor("worker").work_teams
    since, later = told.now - timedelta(days=28), told.now + timedelta(days=7)
    told_to_north = list_openings_for(told.session, north, to=told.actor("manager"), since=since, now=later)
    assert [one.person for one in told_to_north] == ["Wren Demo"]


def test_a_second_look_at_nico_was_made_without_asking(told: Told) -> None:
    check = told.last_check("Nico Placeholder")
    decisions = {one.occasion: one.outcome for one in list_decisions(told.session, check)}
    referral = find_open_referral(told.session, saved_key(check))
    assert check.kind == CheckKind.LATE_ENTRY
    assert decisions[Occasion.LATE_AS_RECORDED] == Outcome.BLOCKED_LEGAL_ADVICE
    assert referral is not None
    assert (referral.kind, referral.place) == (ReferralKind.POSSIBLE_ERROR, ReferralPlace.LEGAL)


def test_the_first_look_at_noor_waits_for_a_manager(told: Told) -> None:
    decision = latest_decision(told.session, told.last_check("Noor Sample"))
    assert decision.outcome == Outcome.NEEDS_MANAGER_APPROVAL
    assert "Waiting for a manager" in told.status("Noor Sample").status.sentence


def test_a_find_and_look_for_theo_found_nothing_and_is_a_search_only(told: Told) -> None:
    views = views_as_facts(told.session, told.group("Theo Placeholder").members, recorded_by=told.now)
    assert [view.footing for view in views] == [ViewFooting.PRESENCE_SEARCH]
    assert told.decide("Theo Placeholder").views_counted == 0


def test_a_look_at_jude_in_danger_waits_for_review(told: Told) -> None:
    check = told.last_check("Jude Demo")
    look = find_look(told.session, check)
    assert latest_decision(told.session, check).footing == Footing.IMMEDIATE_RESPONSE
    assert look is not None
    assert waits_for_review(told.session, look, now=told.now)


def test_sol_was_refused_and_pia_declined(told: Told) -> None:
    for name, stop in (("Sol Specimen", "S8"), ("Pia Placeholder", "S10")):
        decision = latest_decision(told.session, told.last_check(name))
        assert decision.outcome == Outcome.REFUSED, stop


def test_hal_was_looked_at_again_on_legal_advice_with_approval(told: Told) -> None:
    decision = latest_decision(told.session, told.last_check("Hal Fictional"))
    assert (decision.footing, decision.occasion) == (Footing.LEGAL_ADVICE, Occasion.APPROVED)


def test_sasha_and_sacha_may_be_one_person(told: Told) -> None:
    sacha = told.person("Sacha Specimen")
    work = TeamWork(team="", relation=Relation.SERVICE_USER, opened_on=london_day(told.now))
    again = NewPerson(details=Details(name=sacha.name, date_of_birth=sacha.date_of_birth), involvement=work)
    alike = find_duplicates(told.session, again, by=told.actor("worker"), on=london_day(told.now))
    assert {one.found.person.name for one in alike.people} >= {"Sasha Specimen", "Sacha Specimen"}
    assert len(told.group("Sacha Specimen").members) == 1
    assert (told.decide("Sasha Specimen").views_counted, told.decide("Sacha Specimen").views_counted) == (0, 1)


def test_frankie_and_a_handle_are_one_person(told: Told) -> None:
    assert told.group("Frankie Fictional") == told.group("frankie_fic_demo")
    assert len(told.group("Frankie Fictional").members) == 2
