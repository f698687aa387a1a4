"""What the furnished council lacks so that each page is also seen with everything on it, and every answer is given once.

`rich` is the person with something in every list; the other records are named by what they show.
"""

from datetime import datetime, timedelta

from tests.fixtures.casework import ADULT, BEFORE, CHILD
from tests.fixtures.council import START
from tests.fixtures.furnishing import CLOSED, SURNAME, Furnishing
from tests.fixtures.furnishing_records import begin_check_draft
from tests.fixtures.settling import email_of
from tests.people.making import put_person
from tracker.checks.requests import AccountChoice
from tracker.checks.services import report_for_case, withdraw_check
from tracker.clockwork.running import run_job
from tracker.consent.models import Notice
from tracker.consent.requests import NewObjection
from tracker.consent.selectors import list_notices
from tracker.consent.services import record_objection
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.decisions.vocabulary import CheckKind
from tracker.detection.jobs import SUGGEST_LINKS
from tracker.detection.services import add_family_link
from tracker.people.models import Person
from tracker.people.requests import ChangedPerson, Details, NewFamilyLink
from tracker.people.selectors import get_person
from tracker.people.services import change_person
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import Conclusion, ConsentStatus, Outcome, Platform, Purpose, Visibility
from tracker.referrals.services import place_hold
from tracker.staff.selectors import find_staff_by_email
from tracker.staff.services import close_staff_member
from tracker.storage.tables import saved_key
from tracker.viewings.requests import NewSighting, ReportForCase
from tracker.viewings.services import record_sighting
from tracker.viewings.vocabulary import SightingKind, Told

STATES = {
    "worker": (
        *("rich", "ordered", "rich_check", "rich_draft", "refused", "court", "held", "on_ripa", "withdrawn_consent"),
        *("ran_out", "withdrawn", "started", "done", "late", "permit", "waiting", "blocked", "with_legal", "in_danger"),
        *("said_late", "seen", "to_be_told"),
    ),
    "manager": (
        "of_danger",
        "asked_to_seal",
        "waiting",
        "waiting_of_manager",
        "blocked",
        "in_danger",
        "said_late",
        "late",
    ),
    "legal": (
        "referral",
        "taken_referral",
        "error_referral",
        "seal_referral",
        "hold",
        "ordered",
        "sealed",
        "sealed_referral",
    ),
    "duty": ("unopened",),
    "officer": ("ordered_ripa", "ordered_non_ripa"),
    "admin": ("signed_in",),
}
"""The records of which everybody opens every page: they show every answer, and every part of a page."""

ANSWERS: dict[str, dict[str, list[str]]] = {"authorities.new_application": {"article_7a": ["not_met"]}}
"""What is answered on a page of this route where not just any answer leads on to every page."""

EARLIER = START - timedelta(days=12)


def add_states(at: Furnishing) -> None:
    """Adds them to a furnished council."""
    _rich_person(at)
    _every_answer(at)
    _dead_permits(at)
    _reported(at)
    _may_be_one_person(at)
    _people_to_manage(at)
    at.records["signed_in"] = at.council.auditor.reference  # who walks before the administrator


def _rich_person(at: Furnishing) -> None:
    """`rich`: family, two records, an earlier name and birth, profiles, consents, an objected notice, authorities, sightings, looks, a
    hold released."""
    work = at.casework
    person, other = at.add("rich"), at.add("rich_again")
    work.link(person, other, now=BEFORE)
    for name, born in ((f"Earlier {SURNAME}", ADULT), (person.name, person.date_of_birth)):
        _changed(at, person, Details(name=name, date_of_birth=born))
    for address in ("https://www.facebook.com/zz.rich", "https://www.instagram.com/zz.rich"):
        work.profile(person, address)
    _related(at, person, _again(at, "relative"), FamilyLinkKind.PARENT)
    _related(at, person, _again(at, "restricted"), FamilyLinkKind.SIBLING)
    _looked(at, work.ask(person, now=EARLIER), EARLIER, told=True)
    work.consent(person, ConsentStatus.REFUSED, now=START - timedelta(days=9))
    work.notice(person, now=START - timedelta(days=8))
    with work.transaction() as session:
        notice: Notice = list_notices(session, (saved_key(person),))[0]
        objection = NewObjection(notice=notice.reference, at=START - timedelta(days=7), wording="I object to it.")
        record_objection(session, objection, by=work.worker, now=START - timedelta(days=7))
    work.order(person, now=START - timedelta(days=6))
    work.ripa(person, now=START - timedelta(days=5), approved=False)
    for kind, days in ((SightingKind.BROUGHT, 4), (SightingKind.CAME_ACROSS, 3)):
        _sighted(at, person, kind, START - timedelta(days=days))
    with work.transaction() as session:
        north = at.council.north.reference
        draft = begin_check_draft(session, person.reference, north, by=work.worker, now=START)
        at.records["rich_draft"] = draft
    at.records["rich_check"] = work.ask(person, also_about=(at.records["relative"],)).reference


def _changed(at: Furnishing, person: Person, details: Details) -> None:
    with at.casework.transaction() as session:
        version = get_person(session, person.reference).version
        changed = ChangedPerson(person=person.reference, version=version, details=details)
        change_person(session, changed, by=at.casework.worker, now=BEFORE)


def _may_be_one_person(at: Furnishing) -> None:
    """Three records that may be one person, found overnight; so many that a worker's answer leaves a manager some."""
    with at.casework.transaction() as session:
        for name in ("Mohammed Zzagain", "Muhammad Zzagain", "Mohamed Zzagain"):
            put_person(session, at.council, name, date_of_birth=ADULT)
    run_job(at.casework.database, SUGGEST_LINKS, lambda: START, leader="tests")


def _every_answer(at: Furnishing) -> None:
    """`refused`, `court`, `needs_consent_of_child`, and `two_people`, of whom one may be looked at and one may not."""
    work = at.casework
    refused = work.ask(at.add("refused_person"), account=AccountChoice("personal"), visibility=Visibility.RESTRICTED)
    _is(at, "refused", refused, Outcome.REFUSED)
    court = at.add("court_person", born=CHILD)
    work.ask(court, now=EARLIER)
    work.advice(court, Conclusion.COURT_ORDER_NEEDED, now=START - timedelta(days=1))
    _is(at, "court", work.ask(court), Outcome.BLOCKED_COURT_AUTHORISATION)
    held = at.add("held_person")
    with work.transaction() as session:
        place_hold(
            session,
            [held],
            pattern="family_cluster",
            why="Over relatives.",
            apart_from=frozenset(),
            by=work.legal,
            now=START,
        )
    _is(at, "held", work.ask(held), Outcome.BLOCKED_LEGAL_ADVICE)
    on_ripa = at.add("ripa_person")
    work.ask(on_ripa, now=EARLIER)
    work.ripa(on_ripa, now=START - timedelta(days=2))
    _is(
        at,
        "on_ripa",
        work.ask(on_ripa, purpose=Purpose.PREVENT_OR_DETECT_CRIME, platforms=(Platform.FACEBOOK, Platform.LINKEDIN)),
        Outcome.PERMITTED,
    )


def _dead_permits(at: Furnishing) -> None:
    """`withdrawn_consent` (its permit died), `ran_out`, `withdrawn` (taken back by who asked), `started`."""
    work = at.casework
    person = at.add("withdrawn_consent_person")
    work.ask(person, now=EARLIER)
    work.consent(person, now=START - timedelta(hours=2))
    _is(at, "withdrawn_consent", work.ask(person, now=START - timedelta(hours=1)), Outcome.PERMITTED)
    work.consent(person, ConsentStatus.WITHDRAWN, now=START - timedelta(minutes=30))
    _is(at, "ran_out", work.ask(at.add("ran_out_person"), now=EARLIER), Outcome.PERMITTED)
    blocked = at.add("withdrawn_person")
    work.ask(blocked, now=EARLIER)
    check = work.ask(blocked, now=EARLIER + timedelta(days=1))
    with work.transaction() as session:
        withdraw_check(session, get_check(session, check.reference), why="Not needed.", by=work.worker, now=START)
    at.records["withdrawn"] = check.reference
    started = work.ask(at.add("started_person"))
    work.start(started)
    _is(at, "started", started, Outcome.PERMITTED)


def _reported(at: Furnishing) -> None:
    """`done` (both parts reported), `late` (a look recorded afterwards, not permitted at the time)."""
    work = at.casework
    done = work.ask(at.add("done_person"), now=START - timedelta(days=2))
    _looked(at, done, START - timedelta(days=2), told=False)
    at.records["done"] = done.reference
    late = at.add("late_entry_person")
    work.ask(late, now=EARLIER)
    entry = work.late(late, START - timedelta(hours=3), immediate_risk=False)
    at.records["late"] = entry.reference
    assert entry.kind == CheckKind.LATE_ENTRY


def _people_to_manage(at: Furnishing) -> None:
    """`danger_person`, of whom something waits for the manager whatever a worker does, has two records, so that the manager
    comes to undoing a link; somebody has left."""
    linked = _again(at, "danger_person")
    at.casework.link(linked, at.add("danger_twin"), now=BEFORE)
    at.records["of_danger"] = f"/people/{linked.reference}"
    with at.casework.transaction() as session:
        member = find_staff_by_email(session, email_of(CLOSED))
        assert member is not None
        close_staff_member(session, saved_key(member), by=at.casework.admin, now=START)


def _looked(at: Furnishing, check: Check, when: datetime, *, told: bool) -> None:
    work = at.casework
    work.start(check, now=when)
    work.report(
        check,
        opened_at=when,
        now=when + timedelta(minutes=20),
        visibility_found=Visibility.OPEN,
        looked_for="Whether the account given holds.",
        found=True,
        also_seen=(("neighbour", None),),
        identified_how="The picture and the town.",
        corroborated_how="The school knows the picture.",
        evidence_place="Zzsystem, document 7",
        evidence_sha256="0f" * 32,
    )
    meaning = ReportForCase(
        submission=f"case{check.reference}",
        meaning="The account holds.",
        told=Told.TOLD if told else Told.WOULD_PREJUDICE,
        told_on=when.date() if told else None,
        told_words=None if told else "The police ask us to wait.",
        shared=told,
        shared_on=when.date() if told else None,
        shared_words="She said it was so.",
    )
    with work.transaction() as session:
        report_for_case(
            session, get_check(session, check.reference), meaning, by=work.worker, now=when + timedelta(hours=1)
        )


def _again(at: Furnishing, name: str) -> Person:
    with at.casework.database.reading() as session:
        return get_person(session, at.records[name])


def _related(at: Furnishing, person: Person, other: Person, kind: FamilyLinkKind) -> None:
    new = NewFamilyLink(person=person.reference, other=other.reference, kind=kind)
    with at.casework.transaction() as session:
        add_family_link(session, new, by=at.casework.worker, now=BEFORE)


def _sighted(at: Furnishing, person: Person, kind: SightingKind, when: datetime) -> None:
    new = NewSighting(
        submission=f"sighting{kind}",
        person=person.reference,
        team=at.council.north.reference,
        kind=kind,
        platform=Platform.TIKTOK,
        at=when,
        brought_by="The school" if kind is SightingKind.BROUGHT else None,
        what_for="A picture of the flat.",
        evidence_place=None,
    )
    with at.casework.transaction() as session:
        record_sighting(session, new, by=at.casework.worker, now=when)


def _is(at: Furnishing, name: str, check: Check, outcome: Outcome) -> None:
    assert at.casework.outcome(check) is outcome, (name, at.casework.outcome(check))
    at.records[name] = check.reference
