"""Where a check stands, in a tag and a sentence, and until when: worked out from its rows, never stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.checks.settling import nobody_left_was_seen, waits_for_confirmation, waits_for_review
from tracker.decisions.concerned import list_people_of
from tracker.decisions.models import Check, CheckDecision
from tracker.decisions.selectors import (
    Liveness,
    find_case_report,
    find_closing,
    find_look,
    latest_decision,
    liveness_of,
)
from tracker.decisions.vocabulary import CheckKind
from tracker.detection.selectors import pattern_held_since
from tracker.people.groups import members_of
from tracker.policy.limits import Limits
from tracker.policy.vocabulary import Outcome
from tracker.referrals.models import Referral
from tracker.referrals.selectors import referrals_of
from tracker.referrals.vocabulary import ReferralPlace
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import report_due_at
from tracker.viewings.vocabulary import LookResult
from tracker.web.blocks import Status
from tracker.web.dates import due_in_words, end_in_words, in_words, near_in_words

WAITING = (Outcome.NEEDS_MANAGER_APPROVAL, Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_COURT_AUTHORISATION)


@dataclass(frozen=True, slots=True)
class Standing:
    """A status, and the instant by which somebody must do something (None where nothing is due)."""

    status: Status
    due_at: datetime | None = None
    done: bool = False


def where_it_stands(session: Session, check: Check, limits: Limits, *, now: datetime, asker: str = "") -> Standing:
    """Where the check stands at `now`. `asker`: the name of who asked, where that is not who reads it."""
    if check.struck_at is not None:
        return _done("Recorded in error", f"Struck through on {in_words(check.struck_at)}.")
    if check.withdrawn_at is not None:
        return _done("Withdrawn", f"Withdrawn on {in_words(check.withdrawn_at)}.")
    look = find_look(session, check)
    if look is not None:
        return _of_look(session, check, look, limits, now, asker)
    return _without_look(session, check, latest_decision(session, check), now)


def find_referral(session: Session, check: Check) -> Referral | None:
    """The newest referral of the check, open or closed."""
    key = saved_key(check)
    return max(referrals_of(session, [key])[key], key=saved_key, default=None)


def _without_look(session: Session, check: Check, decision: CheckDecision, now: datetime) -> Standing:
    asked = near_in_words(decision.at, now)
    if decision.outcome == Outcome.REFUSED:
        return _done("Cannot go ahead", f"Closed as asked, {asked}.", "red")
    closing = find_closing(session, check)
    if closing is not None:
        return _done(
            "Closed", f"A manager closed it {near_in_words(closing.at, now)}. The answer stands: it was blocked."
        )
    if decision.outcome == Outcome.NEEDS_MANAGER_APPROVAL:
        return Standing(Status("Waiting", f"Waiting for a manager since {asked}.", "yellow"))
    referral = find_referral(session, check)
    if referral is not None and referral.closed_at is not None and referral.with_legal_at is not None:
        return _done("Blocked", f"Legal answered {near_in_words(referral.closed_at, now)}. It stays blocked.", "red")
    if referral is None or referral.place == ReferralPlace.CLOSED:
        return _done("Blocked", f"Blocked since {asked}.", "red")
    if referral.place == ReferralPlace.MANAGER:
        waits = f"Waiting since {asked} for a manager to send it to Legal."
        return Standing(Status("Blocked", f"{_pattern(session, check, now)}{waits}", "red"))
    since = near_in_words(referral.with_legal_at or referral.opened_at, now)
    needed = f"needed by {due_in_words(referral.needed_by, now)}"
    return Standing(Status("Blocked", f"With Legal since {since}; {needed}.", "red"))


def _pattern(session: Session, check: Check, now: datetime) -> str:
    """That a pattern of viewing which was found is with Legal: since when, and nothing of what other teams did."""
    people = [saved_key(one) for one in list_people_of(session, check)]
    since = pattern_held_since(session, [key for members in members_of(session, people).values() for key in members])
    return f"A pattern of viewing, with Legal since {near_in_words(since, now)}. " if since else ""


def _of_look(session: Session, check: Check, look: Look, limits: Limits, now: datetime, asker: str) -> Standing:
    if look.result is None:
        return _unreported(session, check, look, limits, now)
    if look.result == LookResult.NOT_USED:
        if look.result_counts_from is None:
            return Standing(Status("Waiting", "Waiting for a manager to confirm that nobody looked.", "yellow"))
        return _done("Not used", "Nobody looked, and it is not counted.", "grey")
    if find_case_report(session, check) is None:
        due = look.opened_at + timedelta(hours=limits.outcome_due_hours) if look.opened_at else None
        words = f" by {due_in_words(due, now)}" if due else ""
        say = f"{asker} says" if asker else "Say"
        return Standing(Status("To report", f"{say} what it means for the case{words}.", "blue"), due)
    reported = f"Looked and reported on {in_words(look.reported_at or now)}."
    if waits_for_review(session, look, now=now):
        return Standing(Status("Waiting", f"{reported} A manager has still to review this look in danger.", "yellow"))
    if waits_for_confirmation(look):
        return Standing(Status("Waiting", f"{reported} A manager has still to confirm what came of it.", "yellow"))
    return _done("Done", reported, "green")


def _unreported(session: Session, check: Check, look: Look, limits: Limits, now: datetime) -> Standing:
    left_at = get_staff_by_id(session, check.viewer_id).closed_at
    if left_at is not None and left_at <= now:
        return _left(session, check, left_at, now)
    due = report_due_at(look, limits)
    if check.kind == CheckKind.LATE_ENTRY or look.started_at is not None:
        words = f"Report what was seen by {due_in_words(due, now)}." if due else "Report what was seen."
        if due is not None and due <= now and check.kind == CheckKind.LATE_ENTRY:
            words = "Report now what was seen."
        return Standing(Status("To report", words, "blue"), due)
    live = liveness_of(session, check, now=now)
    if live.live:
        ends = live.ends_at or look.ends_at
        return Standing(
            Status("May go ahead", f"One look may be made until {end_in_words(ends)}." if ends else "", "green"), ends
        )
    return Standing(_dead(live, look, now), due)


def _left(session: Session, check: Check, at: datetime, now: datetime) -> Standing:
    """Whoever was to look has left: whether or not they looked, nobody uses the permit, and nobody reports."""
    words = f"Whoever was named to look left {near_in_words(at, now)} and has not reported. It counts."
    seen = nobody_left_was_seen(session, check)
    still = "" if seen else " A manager has still to see that nobody is left to report."
    return Standing(Status("Nobody left", f"{words}{still}", "red"), done=seen)


def _dead(live: Liveness, look: Look, now: datetime) -> Status:
    if look.ends_at is not None and look.ends_at <= now and (live.since is None or live.since >= look.ends_at):
        return Status("Ran out", f"Ran out at {end_in_words(look.ends_at)} and nobody has reported. It counts.", "red")
    since = f" since {near_in_words(live.since, now)}" if live.since else ""
    why = f" {live.why[0]}" if live.why else ""
    return Status("No longer live", f"No longer live{since}.{why}", "red")


def _done(tag: str, sentence: str, colour: str = "grey") -> Standing:
    return Standing(Status(tag, sentence, colour), done=True)  # type: ignore[arg-type]
