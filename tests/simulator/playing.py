"""Plays a book through the product's services, each entry at its own moment and in a transaction of its own.

Nobody signs in: who acts is loaded as the product loads whoever is signed in, so no password is ever hashed. What did not happen
as it was written (a look that was not allowed cannot be reported) is kept, so that nothing is lost in silence.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlmodel import Session

from tests.simulator.book import Book, Entry
from tests.simulator.handed_in import HandedIn
from tests.simulator.settling import settle
from tests.simulator.words import meant, request
from tracker.authorities.requests import NewAdvice, NewCourtOrder
from tracker.authorities.services import record_court_order
from tracker.checks.errors import NoPermitError, NotWaitingError
from tracker.checks.requests import AccountChoice, LateEntry, NewCheck
from tracker.checks.services import record_late_entry, report_look, submit_check
from tracker.consent.requests import NewConsent, NewNotice
from tracker.consent.services import record_consent, record_notice
from tracker.decisions.selectors import get_check
from tracker.people.groups import group_of
from tracker.people.requests import (
    Details,
    LinkedRecords,
    NewFamilyLink,
    NewInvolvement,
    NewPerson,
    TeamWork,
    TypedProfile,
)
from tracker.people.selectors import get_person, list_profiles
from tracker.people.services import add_involvement, add_person, open_on_duty
from tracker.review.services import advise_on_person, approve_check, review_immediate_response
from tracker.staff.selectors import load_actor
from tracker.staff.services import close_staff_member
from tracker.storage.session import Database
from tracker.storage.tables import saved_key
from tracker.viewings.requests import ReportOfLook

TEN = timedelta(minutes=10)
SAID = {"language": "English", "how_given": "spoken_in_person"}


@dataclass(frozen=True, slots=True)
class Known:
    """What was played already: teams, staff and people by the book's keys, which team works with whom, and how many entries."""

    teams: dict[str, str]
    staff: dict[str, int]
    people: dict[str, str]
    involved: frozenset[tuple[str, str]]
    entries: int


class Player:
    """Plays one book in a database that is migrated and empty. `people` and `checks` give references by the book's keys."""

    def __init__(self, database: Database, book: Book, outside: HandedIn, *, town: "Known | None" = None) -> None:
        self.outside = outside
        self.database = database
        self.book = book
        if town is None:
            teams, staff = settle(database, book)
            town = Known(teams, staff, {}, frozenset(), 0)
        self.teams, self.staff, self._played = town.teams, town.staff, town.entries
        self.people = dict(town.people)
        self._involved = set(town.involved)
        self.checks: dict[str, str] = {}
        self.did_not_happen: dict[str, str] = {}
        self._actors: dict[str, Any] = {}
        self._numbers = count(1 + self._played)

    def play(self, *, sweep_every: int = 7) -> Counter[str]:
        """Everything in the order of time but what was played in the town, with a sweep every so many days and one at the end.

        Gives what was done, counted.
        """
        done: Counter[str] = Counter()
        swept = self.book.begins
        for entry in self.book.in_order(after=self._played):
            while (entry.at - swept).days >= sweep_every:
                swept += timedelta(days=sweep_every)
                self.outside.sweep(self.database, swept)
            self._play(entry)
            done[entry.did] += 1
        self.outside.sweep(self.database, self.book.ends)
        return done

    def play_town(self) -> "Known":
        """Who works and lives there: nobody looks at anybody yet."""
        for entry in self.book.in_order():
            self._play(entry)
        entries = len(self.book.entries)
        return Known(self.teams, self.staff, self.people, frozenset(self._involved), entries)

    def _play(self, entry: Entry) -> None:
        with self.database.transaction() as session:
            getattr(self, f"_{entry.did}")(session, entry, self._actor(session, entry))

    # Who acts, and for which team --------------------------------------------------------------------------------

    def _actor(self, session: Session, entry: Entry) -> Any:
        if entry.who not in self._actors:
            self._actors[entry.who] = load_actor(session, staff_id=self.staff[entry.who], now=entry.at)
        return self._actors[entry.who]

    def _team(self, entry: Entry) -> str:
        return self.teams[self.book.staff[entry.who].team]

    def _work(self, entry: Entry) -> TeamWork:
        return request(
            TeamWork,
            team=self._team(entry),
            relation="service_user",
            opened_on=entry.at.date(),
            case_system="Zzsimulated",
            case_reference=f"SIM{next(self._numbers)}",
        )

    def _say_why_on_duty(self, session: Session, entry: Entry, by: Any) -> bool:
        """Whether who acts is on duty; then they have said why they come to everybody in the entry."""
        for one in entry.whom if by.duty_teams else ():
            open_on_duty(session, self.people[one], reason=entry.why, by=by, now=entry.at)
        return bool(by.duty_teams)

    def _involve(self, session: Session, entry: Entry, by: Any) -> None:
        """The team works with everybody in the entry from now, where it did not yet; who is on duty says why they come to them."""
        if self._say_why_on_duty(session, entry, by):
            return
        team = self.book.staff[entry.who].team
        for one in entry.whom:
            if (team, one) not in self._involved:
                self._involved.add((team, one))
                new = NewInvolvement(person=self.people[one], work=self._work(entry))
                add_involvement(session, new, by=by, now=entry.at)

    # People ------------------------------------------------------------------------------------------------------

    def _add_person(self, session: Session, entry: Entry, by: Any) -> None:
        (key,) = entry.whom
        details = Details(name=entry.more["name"], date_of_birth=date.fromisoformat(entry.more["born"]))
        address = entry.more["profile"]
        profile = TypedProfile(address=address) if address else None
        new = NewPerson(details=details, involvement=self._work(entry), profile=profile)
        self.people[key] = add_person(session, new, by=by, now=entry.at).reference
        self._involved.add((self.book.staff[entry.who].team, key))

    def _belong(self, session: Session, entry: Entry, by: Any) -> None:
        self._involve(session, entry, by)
        person, other = (self.people[one] for one in entry.whom)
        new = request(NewFamilyLink, person=person, other=other, kind=entry.more["kind"])
        self.outside.add_family_link(session, new, by=by, now=entry.at)

    def _same(self, session: Session, entry: Entry, by: Any) -> None:
        self._involve(session, entry, by)
        person, other = (self.people[one] for one in entry.whom)
        self.outside.link_records(
            session, LinkedRecords(person=person, other=other, why=entry.why), by=by, now=entry.at
        )

    # Looks -------------------------------------------------------------------------------------------------------

    def _new_check(self, session: Session, entry: Entry, by: Any, **more: Any) -> NewCheck:
        (person,) = entry.whom
        asked = {name: value for name, value in entry.more.items() if name not in ("opened", "page")} | more
        platforms = asked.get("platforms", ("facebook",))
        plain: dict[str, Any] = {
            "submission": f"submission{next(self._numbers)}",
            "kind": "planned",
            "person": self.people[person],
            "also_about": (),
            "team": self._team(entry),
            "viewer": by.reference,
            "account": AccountChoice("logged_out"),
            "relation": "service_user",
            "may_lack_capacity": False,
            "purpose": "assessment",
            "purpose_words": entry.why,
            "why_now": "The review is due.",
            "why_not_by_agreement": "not_yet_asked",
            "why_not_words": None,
            "less_intrusive": "Asked the school.",
            "aim": "view",
            "method": "view_only",
            "visibility": "open",
            "platforms": platforms,
            "profiles": self._page(session, person, platforms) if entry.more.get("page") else (),
            "code_factors": (),
        }
        return request(NewCheck, **{**plain, **asked})

    def _page(self, session: Session, person: str, platforms: tuple[str, ...]) -> tuple[str, ...]:
        key = saved_key(get_person(session, self.people[person]))
        known = list_profiles(session, group_of(session, key).members)
        return tuple(one.reference for one in known if one.platform in platforms and one.person_id == key)

    def _ask(self, session: Session, entry: Entry, by: Any) -> None:
        self._involve(session, entry, by)
        check = submit_check(session, self._new_check(session, entry, by), by=by, now=entry.at)
        self.checks[entry.check] = check.reference

    def _danger(self, session: Session, entry: Entry, by: Any) -> None:
        self._involve(session, entry, by)
        unsaid = dict.fromkeys(("purpose_words", "why_now", "why_not_by_agreement", "less_intrusive"))
        new = self._new_check(session, entry, by, kind="danger", immediate_risk=True, danger=entry.why, **unsaid)
        self.checks[entry.check] = submit_check(session, new, by=by, now=entry.at).reference

    def _late(self, session: Session, entry: Entry, by: Any) -> None:
        self._involve(session, entry, by)
        opened = datetime.fromisoformat(entry.more["opened"])
        check = self._new_check(session, entry, by)
        late = LateEntry(check=check, opened_at=opened, closed_at=min(entry.at, opened + TEN), why_late=entry.why)
        self.checks[entry.check] = record_late_entry(session, late, by=by, now=entry.at).reference

    def _report(self, session: Session, entry: Entry, by: Any) -> None:
        opened = entry.more["opened"] and datetime.fromisoformat(entry.more["opened"])
        seen = tuple((relation, who and self.people[who]) for relation, who in entry.more["also_seen"])
        report = request(
            ReportOfLook,
            submission=f"submission{next(self._numbers)}",
            result=entry.more["result"],
            opened_at=opened,
            closed_at=opened and entry.at,
            also_seen=seen,
        )
        try:
            report_look(session, get_check(session, self.checks[entry.check]), report, by=by, now=entry.at)
        except NoPermitError as error:
            self.did_not_happen[entry.check] = str(error)

    # What managers, Legal and the people themselves say --------------------------------------------------------------

    def _approve(self, session: Session, entry: Entry, by: Any) -> None:
        self._say_why_on_duty(session, entry, by)
        with suppress(NotWaitingError):
            check = get_check(session, self.checks[entry.check])
            approve_check(session, check, reasons=entry.why, by=by, now=entry.at)

    def _review(self, session: Session, entry: Entry, by: Any) -> None:
        self._say_why_on_duty(session, entry, by)
        said = meant(review_immediate_response, reviewed=entry.more["reviewed"])
        check = get_check(session, self.checks[entry.check])
        review_immediate_response(session, check, why=entry.why, by=by, now=entry.at, **said)

    def _consent(self, session: Session, entry: Entry, by: Any) -> None:
        self._involve(session, entry, by)
        new = request(
            NewConsent,
            person=self.people[entry.whom[0]],
            team=self._team(entry),
            status=entry.more["status"],
            at=datetime.fromisoformat(entry.more["said_at"]),
            given_by="self",
            giver_name="",
            competence="has",
            competence_words="Understood what was asked.",
            wording="Yes or no.",
            how_received="At home.",
            right_to_refuse_explained=True,
            **SAID,
        )
        record_consent(session, new, by=by, now=entry.at)

    def _notice(self, session: Session, entry: Entry, by: Any) -> None:
        self._involve(session, entry, by)
        new = request(
            NewNotice,
            person=self.people[entry.whom[0]],
            team=self._team(entry),
            kind="specific",
            at=datetime.fromisoformat(entry.more["said_at"]),
            wording="We may look.",
            how_received="By post.",
            **SAID,
        )
        record_notice(session, new, by=by, now=entry.at)

    def _advise(self, session: Session, entry: Entry, by: Any) -> None:
        new = request(
            NewAdvice,
            person=self.people[entry.whom[0]],
            conclusion=entry.more["conclusion"],
            at=datetime.fromisoformat(entry.more["said_at"]),
            question="May we look?",
            facts_relied_on="As recorded.",
            wording="Privileged.",
            max_views=entry.more["views"],
        )
        advise_on_person(session, new, by=by, now=entry.at)

    def _order(self, session: Session, entry: Entry, by: Any) -> None:
        until = entry.more["until"]
        new = NewCourtOrder(
            persons=frozenset({self.people[entry.whom[0]]}),
            court="Zzcourt",
            case_number=f"ZZ{next(self._numbers)}",
            judge="HHJ Example",
            made_on=entry.at.date(),
            from_on=entry.at.date(),
            until_on=date.fromisoformat(until) if until else None,
            terms="The council may look.",
            terms_clear=True,
        )
        record_court_order(session, new, apart_from=frozenset(), by=by, now=entry.at)

    def _leave(self, session: Session, entry: Entry, by: Any) -> None:
        close_staff_member(session, self.staff[entry.more["member"]], by=by, now=entry.at)
