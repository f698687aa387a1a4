"""How each use-case about authorities, the council's settings and its staff is called."""

from datetime import date, timedelta

from sqlmodel import select

from tests.fixtures.rehearsal import NOW
from tests.fixtures.settling import FAST
from tests.permissions.calls_about_people import WHY, Call
from tests.permissions.stage import Stage
from tracker.audit import services as trail
from tracker.audit.chain import Verification
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.authorities import services as authorities
from tracker.authorities.requests import (
    NewAdvice,
    NewCancellation,
    NewCourtOrder,
    NewJpHearing,
    NewNonRipaGrant,
    NewReview,
    NewRipaGrant,
)
from tracker.authorities.vocabulary import Article7a, JpDecision
from tracker.corporate_accounts import services as accounts
from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser
from tracker.leavers.services import close_leaver, end_held_role, merge_team, place_team
from tracker.policy.entitlement import Role
from tracker.policy.vocabulary import Conclusion, Platform, Purpose
from tracker.rulebook import services as rulebook
from tracker.rulebook.requests import NewBasis, NewLawfulBasis, NewLimits
from tracker.site import services as site
from tracker.site.requests import NewSiteText
from tracker.site.vocabulary import SiteWords
from tracker.staff import services as staff
from tracker.staff.models import StaffLock
from tracker.staff.passwords import choose_password
from tracker.staff.requests import NewDeputy, NewRole, NewShift, NewStaffMember, NewTeam
from tracker.staff.selectors.cover import get_cover
from tracker.storage.tables import saved_key

LATER = NOW + timedelta(days=1)
SITE_TEXT = NewSiteText(SiteWords.HELP, "Ring us.", "So that it is known.", 1)


def _order(at: Stage) -> NewCourtOrder:
    return NewCourtOrder(
        persons=frozenset({at.reference()}),
        court="Zzcourt",
        case_number="ZZ2",
        judge="HHJ Example",
        made_on=NOW.date(),
        from_on=NOW.date(),
        terms="The council may look.",
        terms_clear=True,
    )


def _record_order_seen(at: Stage) -> object:
    order = authorities.report_court_order(at.session, _order(at), by=at.another("worker"), now=NOW)
    return authorities.record_order_seen(at.session, order.reference, apart_from=frozenset(), by=at.by, now=NOW)


def _record_advice(at: Stage) -> object:
    new = NewAdvice(
        person=at.reference(),
        conclusion=Conclusion.THRESHOLD_MET,
        at=NOW,
        question="May we look?",
        facts_relied_on="As recorded.",
        wording="Privileged.",
    )
    return authorities.record_advice(at.session, new, apart_from=frozenset(), by=at.by, now=NOW)


def _ripa(at: Stage) -> NewRipaGrant:
    return NewRipaGrant(
        urn="URN-new",
        persons=frozenset({at.reference()}),
        offence="Neglect",
        article_7a=Article7a.SIX_MONTHS,
        granted_at=NOW,
        grade="Head of service",
        own_words="Necessary and proportionate.",
    )


def _record_jp_hearing(at: Stage) -> object:
    granted = authorities.grant_ripa(at.session, _ripa(at), by=at.another("officer"), now=NOW, concerned=frozenset())
    hearing = NewJpHearing(granted.reference, "Zzcourt", "A. Justice", NOW, JpDecision.APPROVED)
    return authorities.record_jp_hearing(at.session, hearing, apart_from=frozenset(), by=at.by, now=NOW)


def _grant_non_ripa(at: Stage) -> object:
    new = NewNonRipaGrant(
        persons=frozenset({at.reference()}),
        granted_at=NOW,
        grade="Head of service",
        own_words="Necessary and proportionate.",
        until_on=date(2026, 12, 31),
    )
    return authorities.grant_non_ripa(at.session, new, by=at.by, now=NOW, concerned=frozenset())


def _register_profile(at: Stage) -> object:
    new = NewCorporateProfile(platform=Platform.X, handle="zz.new", registered_at=NOW)
    return accounts.register_profile(at.session, new, by=at.by, now=NOW)


def _allow_user(at: Stage) -> object:
    new = NewProfileUser(at.reference(), saved_key(at.staff["worker2"]), NOW)
    return accounts.allow_user(at.session, new, by=at.by, now=NOW)


def _end_user(at: Stage) -> None:
    accounts.end_user(at.session, at.reference(), saved_key(at.staff["colleague"]), by=at.by, now=NOW)


def _close_team(at: Stage) -> object:
    north = saved_key(at.casework.council.north)
    return staff.close_team(at.session, saved_key(at.team()), successor_id=north, by=at.by, now=NOW)


def _add_staff_member(at: Stage) -> object:
    new = NewStaffMember("zznew@northshire.example", "Nia Zznew", "New")
    return staff.add_staff_member(at.session, new, by=at.by, now=NOW, passwords=FAST)


def _end_role(at: Stage) -> object:
    grant = staff.grant_role(at.session, _lawyer(at.member()), by=at.another("admin"), now=NOW)
    return staff.end_role(at.session, saved_key(grant), by=at.by, now=NOW)


def _end_held_role(at: Stage) -> object:
    grant = staff.grant_role(at.session, _lawyer(at.member()), by=at.another("admin"), now=NOW)
    return end_held_role(at.session, saved_key(grant), by=at.by, now=NOW)


def _waiting_role(at: Stage) -> int:
    """The administrator has granted the colleague that role."""
    role = Role(at.given[0])
    team = saved_key(at.casework.council.north) if role is Role.TEAM_MANAGER else None
    new = NewRole(saved_key(at.staff["colleague"]), role, team)
    return saved_key(staff.grant_role(at.session, new, by=at.another("admin"), now=NOW))


def _lawyer(staff_id: int) -> NewRole:
    return NewRole(staff_id, Role.LEGAL_REVIEWER)


def _add_rota_shift(at: Stage) -> object:
    new = NewShift(at.member(), saved_key(at.casework.council.night), NOW, LATER)
    return staff.add_rota_shift(at.session, new, by=at.by, now=NOW)


def _end_rota_shift(at: Stage) -> object:
    new = NewShift(at.member(), saved_key(at.casework.council.night), NOW, LATER)
    shift = staff.add_rota_shift(at.session, new, by=at.another("admin"), now=NOW)
    return staff.end_rota_shift(at.session, saved_key(shift), by=at.by, now=NOW)


def _end_lock(at: Stage) -> None:
    at.session.add(StaffLock(staff_id=at.member(), from_at=NOW, until_at=LATER))
    at.session.flush()
    staff.end_lock(at.session, at.member(), by=at.by, now=NOW)


def _change_password(at: Stage) -> None:
    chosen = choose_password("seven quiet harbours", passwords=FAST, personal=())
    staff.change_password(at.session, chosen, by=at.by, now=NOW)


def _propose_setting(at: Stage) -> object:
    basis = NewLawfulBasis(Purpose.ASSESSMENT, "6(1)(e)", "9(2)(g)", "Children Act 1989")
    return rulebook.propose_setting(at.session, NewBasis(basis, "Zzofficer", NOW.date(), WHY), by=at.by, now=NOW)


def _show_site_text(at: Stage) -> object:
    text = site.write_site_text(at.session, SITE_TEXT, by=at.another("admin"), now=NOW)
    return site.show_site_text(at.session, text.reference, version=1, by=at.by, now=NOW)


def _erase_content(at: Stage) -> None:
    added = (AuditEntry.record == at.reference(), AuditEntry.event == Event.PERSON_ADDED.value)
    trail.erase_content(
        at.session, at.session.exec(select(AuditEntry.seq).where(*added)).one(), why=WHY, by=at.by, now=NOW
    )


CALLS: dict[str, Call] = {
    "report_court_order": lambda at: authorities.report_court_order(at.session, _order(at), by=at.by, now=NOW),
    "record_court_order": lambda at: authorities.record_court_order(
        at.session, _order(at), apart_from=frozenset(), by=at.by, now=NOW
    ),
    "record_order_seen": _record_order_seen,
    "record_advice": _record_advice,
    "grant_ripa": lambda at: authorities.grant_ripa(at.session, _ripa(at), by=at.by, now=NOW, concerned=frozenset()),
    "record_jp_hearing": _record_jp_hearing,
    "cancel_ripa": lambda at: authorities.cancel_ripa(
        at.session, NewCancellation(at.reference(), NOW, WHY), by=at.by, now=NOW
    ),
    "grant_non_ripa": _grant_non_ripa,
    "cancel_non_ripa": lambda at: authorities.cancel_non_ripa(
        at.session, NewCancellation(at.reference(), NOW, WHY), by=at.by, now=NOW
    ),
    "review_authorisation": lambda at: authorities.review_authorisation(
        at.session, NewReview(at.reference(), NOW, WHY), by=at.by, now=NOW, concerned=frozenset()
    ),
    "propose_limits": lambda at: rulebook.propose_limits(at.session, NewLimits({}, WHY), by=at.by, now=NOW),
    "sign_proposal": lambda at: rulebook.sign_proposal(at.session, at.reference(), by=at.by, now=NOW),
    "propose_setting": _propose_setting,
    "withdraw_proposal": lambda at: rulebook.withdraw_proposal(at.session, at.reference(), why=WHY, by=at.by, now=NOW),
    "write_site_text": lambda at: site.write_site_text(at.session, SITE_TEXT, by=at.by, now=NOW),
    "show_site_text": _show_site_text,
    "register_profile": _register_profile,
    "close_profile": lambda at: accounts.close_profile(at.session, at.reference(), by=at.by, now=NOW),
    "allow_user": _allow_user,
    "end_user": _end_user,
    "add_team": lambda at: staff.add_team(at.session, NewTeam("Zznew team"), by=at.by, now=NOW),
    "move_team": lambda at: staff.move_team(
        at.session, saved_key(at.team()), version=1, parent_id=None, by=at.by, now=NOW
    ),
    "close_team": _close_team,
    "place_team": lambda at: place_team(
        at.session, saved_key(at.team()), version=1, parent_id=saved_key(at.casework.council.north), by=at.by, now=NOW
    ),
    "merge_team": lambda at: merge_team(
        at.session, saved_key(at.team()), successor_id=saved_key(at.casework.council.north), by=at.by, now=NOW
    ),
    "close_leaver": lambda at: close_leaver(at.session, at.member(), by=at.by, now=NOW),
    "add_staff_member": _add_staff_member,
    "close_staff_member": lambda at: staff.close_staff_member(at.session, at.member(), by=at.by, now=NOW),
    "grant_role": lambda at: staff.grant_role(at.session, _lawyer(at.member()), by=at.by, now=NOW),
    "end_role": _end_role,
    "end_held_role": _end_held_role,
    "confirm_role": lambda at: staff.confirm_role(at.session, _waiting_role(at), by=at.by, now=NOW),
    "decline_role": lambda at: staff.decline_role(at.session, _waiting_role(at), why=WHY, by=at.by, now=NOW),
    "end_rota_shift": _end_rota_shift,
    "add_rota_shift": _add_rota_shift,
    "name_deputy": lambda at: staff.name_deputy(
        at.session, NewDeputy(at.member(), at.member(1), NOW, LATER, WHY), by=at.by, now=NOW
    ),
    "end_cover": lambda at: staff.end_cover(
        at.session, saved_key(get_cover(at.session, at.reference())), by=at.by, now=NOW
    ),
    "give_one_time_password": lambda at: staff.give_one_time_password(
        at.session, at.member(), by=at.by, now=NOW, passwords=FAST
    ),
    "end_lock": _end_lock,
    "end_sessions": lambda at: staff.end_sessions(at.session, at.member(), by=at.by, now=NOW),
    "open_trail": lambda at: trail.open_trail(at.session, people=[at.reference()], by=at.by, now=NOW),
    "record_verification": lambda at: trail.record_verification(at.session, Verification(3), by=at.by, now=NOW),
    "erase_content": _erase_content,
    "change_password": _change_password,
}
"""Each use-case by its name, as a call with what the line of the table names."""
