"""What workers, managers and Legal put on record about people in the tales: who they are, what they said, what was ordered."""

from datetime import date, datetime
from itertools import count

from sqlmodel import Session

from tracker.authorities.requests import NewAdvice, NewApplication, NewCourtOrder, NewJpHearing, NewReview
from tracker.authorities.services import prepare_application, report_court_order
from tracker.authorities.vocabulary import Article7a, JpDecision
from tracker.consent.requests import NewConsent, NewNotice
from tracker.consent.services import record_consent, record_notice
from tracker.consent.vocabulary import HowGiven
from tracker.demo import texts
from tracker.demo.stage import Stage
from tracker.demo.timetable import Timetable
from tracker.detection.services import add_family_link, link_records
from tracker.people.requests import (
    Details,
    LinkedRecords,
    NewCounterpart,
    NewFamilyLink,
    NewInvolvement,
    NewPerson,
    NewProfile,
    RestrictedPerson,
    SealedPerson,
    TeamWork,
    TypedProfile,
)
from tracker.people.services import (
    add_involvement,
    add_person,
    add_profile,
    open_on_duty,
    restrict_person,
)
from tracker.people.vocabulary import FamilyLinkKind, SealKind
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import (
    Account,
    Competence,
    Conclusion,
    ConsentStatus,
    GivenBy,
    NoticeKind,
    Platform,
    Purpose,
    Relation,
)
from tracker.referrals.services import place_hold
from tracker.review.selectors.parties import parties_about
from tracker.review.services import (
    advise_on_person,
    enter_court_order,
    enter_jp_hearing,
    grant_application,
    record_counterpart,
    review_granted,
    seal_person,
)
from tracker.review.services.authorisations import Grant
from tracker.storage.tables import saved_key

CASE_SYSTEM = "Demonstration case system"
FIRST_CASE = 4101


class Records(Stage):
    """Everything here happens at the stage's moment, by whoever is named. Records are references."""

    def __init__(self, session: Session, timetable: Timetable) -> None:
        super().__init__(session, timetable)
        self._cases = count(FIRST_CASE)

    # Who they are ------------------------------------------------------------------------------------------------

    def add_person(
        self, by: str, details: Details, *, relation: Relation = Relation.SERVICE_USER, profile: str | None = None
    ) -> str:
        """A new record, with the involvement of the worker's team and maybe a profile (its address)."""
        work = self._work(self.team_of(by), relation)
        typed = TypedProfile(address=profile) if profile else None
        new = NewPerson(details=details, involvement=work, profile=typed)
        return add_person(self.session, new, by=self.staff(by), now=self.now).reference

    def involve(self, by: str, person: str, *, relation: Relation = Relation.SERVICE_USER) -> None:
        """The worker's team begins to work with somebody on record."""
        new = NewInvolvement(person=person, work=self._work(self.team_of(by), relation))
        add_involvement(self.session, new, by=self.staff(by), now=self.now)

    def come_on_duty(self, by: str, person: str, reason: str) -> None:
        """Somebody on duty says why they come to this person."""
        open_on_duty(self.session, person, reason=reason, by=self.staff(by), now=self.now)

    def add_profile(self, by: str, person: str, address: str) -> None:
        """A profile is put on record."""
        new = NewProfile(person=person, profile=TypedProfile(address=address))
        add_profile(self.session, new, by=self.staff(by), now=self.now)

    def belong(self, by: str, other: str, kind: FamilyLinkKind, person: str) -> None:
        """`other` is `kind` of `person`."""
        new = NewFamilyLink(person=person, other=other, kind=kind)
        add_family_link(self.session, new, by=self.staff(by), now=self.now)

    def link(self, by: str, person: str, other: str, why: str) -> None:
        """Two records are one person."""
        new = LinkedRecords(person=person, other=other, why=why)
        link_records(self.session, new, by=self.staff(by), now=self.now)

    def restrict(self, by: str, person: str, *, readers: tuple[str, ...], ask_whom: str) -> None:
        """Only the readers may open the record."""
        references = tuple(self.staff(reader).reference for reader in readers)
        version = self.record(person).version
        new = RestrictedPerson(person=person, version=version, ask_whom=ask_whom, readers=references)
        restrict_person(self.session, new, by=self.staff(by), now=self.now)

    def seal(self, person: str, *, readers: tuple[str, ...], why: str) -> None:
        """Legal seals the record for an adoption."""
        references = tuple(self.staff(reader).reference for reader in readers)
        version = self.record(person).version
        new = SealedPerson(person=person, version=version, kind=SealKind.ADOPTION, why=why, readers=references)
        seal_person(self.session, new, by=self.staff("legal"), now=self.now)

    def same_for_legal(self, person: str, other: str, why: str) -> None:
        """Legal keeps, for themselves, that a sealed record is the same person as another."""
        new = NewCounterpart(person=person, other=other, why=why)
        record_counterpart(self.session, new, by=self.staff("legal"), now=self.now)

    # What was said and told --------------------------------------------------------------------------------------

    def say(
        self,
        by: str,
        person: str,
        status: ConsentStatus,
        wording: str,
        *,
        platforms: frozenset[Platform] | None = None,
        purposes: frozenset[Purpose] | None = None,
    ) -> None:
        """The person, who can decide for themself, said yes or no half an hour ago."""
        new = NewConsent(
            person=person,
            team=self.team_of(by),
            status=status,
            at=self.before(30),
            given_by=GivenBy.SELF,
            giver_name="",
            competence=Competence.HAS,
            competence_words=texts.COMPETENT,
            wording=wording,
            language="English",
            how_given=HowGiven.SPOKEN_IN_PERSON,
            how_received=texts.SAID_AT_HOME,
            right_to_refuse_explained=True,
            platforms=platforms,
            purposes=purposes,
        )
        record_consent(self.session, new, by=self.staff(by), now=self.now)

    def tell_them(self, by: str, person: str, kind: NoticeKind, wording: str) -> None:
        """The person was told half an hour ago."""
        new = NewNotice(
            person=person,
            team=self.team_of(by),
            kind=kind,
            at=self.before(30),
            wording=wording,
            language="English",
            how_given=HowGiven.LETTER,
            how_received=texts.READ_TOGETHER,
        )
        record_notice(self.session, new, by=self.staff(by), now=self.now)

    # What Legal and the authorising officer record ---------------------------------------------------------------

    def advise(self, person: str, question: str, wording: str) -> None:
        """Legal advises that one look is not directed surveillance."""
        new = NewAdvice(
            person=person,
            conclusion=Conclusion.NOT_DIRECTED_SURVEILLANCE,
            at=self.before(20),
            question=question,
            facts_relied_on=texts.FACTS_RELIED_ON,
            wording=wording,
        )
        advise_on_person(self.session, new, by=self.staff("legal"), now=self.now)

    def apply(self, person: str, *, urn: str, offence: str) -> str:
        """Legal applies for directed surveillance of one person."""
        new = NewApplication(
            urn=urn,
            persons=frozenset({person}),
            offence=offence,
            maximum_penalty=texts.MAXIMUM_PENALTY,
            article_7a=Article7a.SIX_MONTHS,
            sought=texts.SOUGHT,
            necessary=texts.NECESSARY,
            proportionate=texts.PROPORTIONATE,
            collateral=texts.COLLATERAL,
            platforms=frozenset({Platform.FACEBOOK, Platform.INSTAGRAM}),
            accounts=frozenset({Account.LOGGED_OUT, Account.CORPORATE_REGISTERED}),
        )
        return prepare_application(self.session, new, by=self.staff("legal"), now=self.now).reference

    def grant(self, person: str, *, urn: str, offence: str, own_words: str) -> str:
        """Legal applies for directed surveillance of one person, and the authorising officer grants it."""
        application = self.apply(person, urn=urn, offence=offence)
        grant = Grant(granted_at=self.now, grade="Head of service", own_words=own_words)
        by = self.staff("officer")
        return grant_application(self.session, application, grant, by=by, now=self.now).reference

    def hear(self, authorisation: str) -> None:
        """A justice of the peace approved it two hours ago."""
        new = NewJpHearing(
            authorisation=authorisation,
            court="Northshire Magistrates' Court",
            justice="Mrs P. Example JP",
            heard_at=self.before(120),
            decision=JpDecision.APPROVED,
            order_place="Case system, Legal's folder of the case",
        )
        enter_jp_hearing(self.session, new, by=self.staff("legal"), now=self.now)

    def review(self, authorisation: str, result: str) -> None:
        """The authorising officer reviews it; the next review is due after the council's default."""
        new = NewReview(authorisation=authorisation, at=self.before(15), result=result)
        review_granted(self.session, new, by=self.staff("officer"), now=self.now)

    def order(self, person: str, *, made_on: date, terms: str) -> None:
        """Legal records a family court's order whose sealed copy it has seen; it holds for half a year."""
        new = NewCourtOrder(
            persons=frozenset({person}),
            court="Family Court at Northshire",
            case_number="NS26C00417",
            judge="Her Honour Judge Specimen",
            made_on=made_on,
            from_on=made_on,
            until_on=date.fromordinal(made_on.toordinal() + 182),
            terms=terms,
            terms_clear=True,
            purposes=frozenset({Purpose.COURT_DIRECTED, Purpose.ASSESSMENT}),
        )
        enter_court_order(self.session, new, by=self.staff("legal"), now=self.now)

    def report_order(self, by: str, person: str, *, terms: str) -> None:
        """A worker reports an order that the family court made today, sealed copy to follow."""
        today = london_day(self.now)
        new = NewCourtOrder(
            persons=frozenset({person}),
            court="Family Court at Northshire",
            case_number="NS26C00433",
            judge="District Judge Specimen",
            made_on=today,
            from_on=today,
            terms=terms,
            terms_clear=True,
            purposes=frozenset({Purpose.COURT_DIRECTED}),
        )
        report_court_order(self.session, new, by=self.staff(by), now=self.now)

    def hold(self, people: tuple[str, ...], why: str) -> None:
        """Legal places a hold on everyone in a pattern."""
        records = [self.record(one) for one in people]
        parties = parties_about(self.session, [saved_key(one) for one in records])
        place_hold(
            self.session,
            records,
            pattern="family_cluster",
            why=why,
            apart_from=parties,
            by=self.staff("legal"),
            now=self.now,
        )

    def _work(self, team: str, relation: Relation) -> TeamWork:
        return TeamWork(
            team=team,
            relation=relation,
            opened_on=london_day(self.now),
            case_system=CASE_SYSTEM,
            case_reference=f"DEMO-{next(self._cases)}",
        )


def yesterday_of(moment: datetime) -> date:
    """The day before a moment, in London."""
    return date.fromordinal(london_day(moment).toordinal() - 1)
