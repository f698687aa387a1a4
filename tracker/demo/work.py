"""What workers and managers do with checks in the tales: ask, look, report, approve, send on."""

from dataclasses import replace
from typing import Any

from tracker.checks.forms.questions import ALWAYS_TRUE
from tracker.checks.household import as_asked
from tracker.checks.requests import AccountChoice, LateEntry, NewCheck, SaidAfterDanger
from tracker.checks.services import (
    ask_same_for,
    record_late_entry,
    report_for_case,
    report_look,
    start_look,
    submit_check,
)
from tracker.corporate_accounts.selectors import list_profiles_of
from tracker.decisions.selectors import get_check
from tracker.decisions.vocabulary import CheckKind
from tracker.demo.records import Records
from tracker.demo.wording import Meaning, Seen, Why
from tracker.drafts.services import begin_draft
from tracker.people.groups import group_of
from tracker.people.selectors import list_profiles
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Aim, Method, Platform, Purpose, Relation, Visibility
from tracker.review.requests import TelephoneCall
from tracker.review.services import approve_check, decline_check, endorse_check, record_telephone_approval
from tracker.storage.tables import saved_key
from tracker.viewings.requests import NewSighting, ReportForCase, ReportOfLook
from tracker.viewings.services import record_sighting
from tracker.viewings.vocabulary import LookResult, SightingKind, Told


class Work(Records):
    """Everything here happens at the stage's moment, by whoever is named. Checks are references."""

    def ask(self, by: str, person: str, why: Why, **look: Any) -> str:
        """Asks for a look; `look` are fields of the request that are not as for an ordinary look at an open page."""
        check = submit_check(self.session, self._new_check(by, person, why, look), by=self.staff(by), now=self.now)
        return check.reference

    def ask_same(self, by: str, check: str, person: str, why: Why) -> None:
        """Asks the same as a check about somebody else of the household, with a why of their own."""
        copied = get_check(self.session, check)
        new = replace(
            as_asked(self.session, copied),
            submission=self.submission(),
            person=person,
            why_now=why.why_now,
            why_not_by_agreement=why.not_by_agreement,
            why_not_words=why.not_by_agreement_words,
            less_intrusive=why.instead,
            profiles=self._profiles_on(person, (Platform.FACEBOOK,)),
        )
        ask_same_for(self.session, copied, [new], by=self.staff(by), now=self.now)

    def ask_for_colleague(self, by: str, person: str, why: Why, *, viewer: str, **look: Any) -> str:
        """Asks for a look that somebody else would make, with a profile of the council's own on Facebook."""
        looking = self.staff(viewer)
        theirs = list_profiles_of(self.session, looking.staff_id, self.now)
        facebook = next(one for one in theirs if one.platform == Platform.FACEBOOK)
        account = AccountChoice("corporate", facebook.reference)
        return self.ask(by, person, why, viewer=looking.reference, account=account, **look)

    def ask_in_danger(self, by: str, person: str, danger: str, *, on: Platform) -> str:
        """Danger now: find the page and look at once. Nothing else is asked before."""
        new = NewCheck(
            submission=self.submission(),
            kind=CheckKind.DANGER,
            person=person,
            also_about=(),
            team=self.team_of(by),
            viewer=self.staff(by).reference,
            account=AccountChoice("logged_out"),
            relation=Relation.SERVICE_USER,
            may_lack_capacity=False,
            purpose=Purpose.RISK_TO_CHILD_OR_ADULT,
            purpose_words=None,
            why_now=None,
            why_not_by_agreement=None,
            why_not_words=None,
            less_intrusive=None,
            aim=Aim.FIND_THEN_VIEW,
            method=Method.VIEW_ONLY,
            visibility=Visibility.UNKNOWN,
            platforms=(on,),
            profiles=(),
            code_factors=ALWAYS_TRUE,
            immediate_risk=True,
            danger=danger,
        )
        return submit_check(self.session, new, by=self.staff(by), now=self.now).reference

    def start(self, by: str, check: str) -> None:
        """The viewer starts looking."""
        start_look(self.session, get_check(self.session, check), by=self.staff(by), now=self.now)

    def report(
        self,
        by: str,
        check: str,
        seen: Seen,
        *,
        result: LookResult = LookResult.LOOKED,
        minutes: int = 15,
        visibility: Visibility | None = Visibility.OPEN,
    ) -> None:
        """The viewer reports a sitting that ended a moment ago."""
        asked = get_check(self.session, check)
        said = ReportOfLook(
            submission=self.submission(),
            result=result,
            opened_at=self.before(minutes),
            closed_at=self.before(1),
            visibility_found=visibility,
            looked_for=seen.looked_for or asked.purpose_words,
            found=seen.found,
            identified_how=seen.identified,
            corroborated_how=seen.corroborated,
            evidence_place=seen.evidence,
        )
        report_look(self.session, asked, said, by=self.staff(by), now=self.now)

    def say_not_used(self, by: str, check: str) -> None:
        """The viewer reports that nobody looked."""
        said = ReportOfLook(submission=self.submission(), result=LookResult.NOT_USED, opened_at=None, closed_at=None)
        report_look(self.session, get_check(self.session, check), said, by=self.staff(by), now=self.now)

    def conclude(self, by: str, check: str, meaning: Meaning, *, was: Why | None = None) -> None:
        """The requester says what the look means for the case, and after danger why it was (`why_now`: about this person)."""
        said = ReportForCase(
            submission=self.submission(),
            meaning=meaning.meaning,
            told=meaning.told,
            told_on=london_day(self.now) if meaning.told is Told.TOLD else None,
            told_words=meaning.told_words,
            shared=meaning.shared,
            shared_on=london_day(self.now) if meaning.shared else None,
            shared_words=meaning.shared_words,
        )
        row, rest = get_check(self.session, check), _said_after_danger(was) if was else None
        report_for_case(self.session, row, said, said=rest, by=self.staff(by), now=self.now)

    def enter_late(self, by: str, person: str, why: Why, *, minutes_ago: int, why_late: str) -> str:
        """Records a look of ten minutes that was made so many minutes ago without asking."""
        new = self._new_check(by, person, why, {"kind": CheckKind.LATE_ENTRY})
        opened, closed = self.before(minutes_ago), self.before(minutes_ago - 10)
        entry = LateEntry(check=new, opened_at=opened, closed_at=closed, why_late=why_late)
        return record_late_entry(self.session, entry, by=self.staff(by), now=self.now).reference

    def approve(self, by: str, check: str, reasons: str) -> None:
        """A manager approves one look."""
        approve_check(self.session, get_check(self.session, check), reasons=reasons, by=self.staff(by), now=self.now)

    def approved_by_telephone(self, by: str, check: str, *, manager: str, said: str) -> None:
        """Who asked records that a duty manager approved it in a call five minutes ago."""
        call = TelephoneCall(manager=self.staff(manager).reference, called_at=self.before(5), said=said)
        row = get_check(self.session, check)
        record_telephone_approval(self.session, row, call, by=self.staff(by), now=self.now)

    def decline(self, by: str, check: str, reasons: str) -> None:
        """A manager declines a look."""
        decline_check(self.session, get_check(self.session, check), reasons=reasons, by=self.staff(by), now=self.now)

    def send_on(self, by: str, check: str, reasons: str) -> None:
        """A manager sends a blocked check on to Legal."""
        endorse_check(self.session, get_check(self.session, check), reasons=reasons, by=self.staff(by), now=self.now)

    def brought(self, by: str, person: str, platform: Platform, *, brought_by: str, what_for: str) -> None:
        """Something was brought unasked, half an hour ago."""
        new = NewSighting(
            submission=self.submission(),
            person=person,
            team=self.team_of(by),
            kind=SightingKind.BROUGHT,
            platform=platform,
            at=self.before(30),
            brought_by=brought_by,
            what_for=what_for,
            evidence_place=None,
        )
        record_sighting(self.session, new, by=self.staff(by), now=self.now)

    def begin_a_draft(self, by: str, person: str, why: Why) -> None:
        """A check is begun and left with its first page half filled in."""
        typed = {"purpose": why.purpose.value, "purpose_words": why.find_out, "why_now": why.why_now}
        content = {"team": self.team_of(by), "why": {name: [value] for name, value in typed.items()}}
        begin_draft(self.session, form="check", about=person, content=content, by=self.staff(by), now=self.now)

    def _new_check(self, by: str, person: str, why: Why, look: dict[str, Any]) -> NewCheck:
        ordinary: dict[str, Any] = {
            "kind": CheckKind.PLANNED,
            "viewer": self.staff(by).reference,
            "account": AccountChoice("logged_out"),
            "relation": Relation.SERVICE_USER,
            "aim": Aim.VIEW,
            "method": Method.VIEW_ONLY,
            "visibility": Visibility.OPEN,
            "platforms": (Platform.FACEBOOK,),
        }
        asked = {**ordinary, **look}
        asked.setdefault("profiles", self._profiles_on(person, asked["platforms"]))
        return NewCheck(
            submission=self.submission(),
            person=person,
            also_about=asked.pop("also_about", ()),
            team=self.team_of(by),
            may_lack_capacity=False,
            purpose=why.purpose,
            purpose_words=why.find_out,
            why_now=why.why_now,
            why_not_by_agreement=why.not_by_agreement,
            why_not_words=why.not_by_agreement_words,
            less_intrusive=why.instead,
            code_factors=ALWAYS_TRUE,
            **asked,
        )

    def _profiles_on(self, person: str, platforms: tuple[Platform, ...]) -> tuple[str, ...]:
        """The references of the profiles on record of a person on these platforms."""
        members = group_of(self.session, saved_key(self.record(person))).members
        return tuple(one.reference for one in list_profiles(self.session, members) if one.platform in platforms)


def _said_after_danger(was: Why) -> SaidAfterDanger:
    return SaidAfterDanger(
        relation=Relation.SERVICE_USER,
        may_lack_capacity=False,
        purpose_words=was.find_out,
        why_this_person=was.why_now,
        why_not_by_agreement=was.not_by_agreement,
        why_not_words=was.not_by_agreement_words,
        less_intrusive=was.instead,
        code_factors=ALWAYS_TRUE,
        confidential_material_likely=False,
        illegal_content_suspected=False,
        basis_does_not_fit=None,
    )
