"""The facts that a decision saw, every field of them, in words: what a lawyer reads instead of JSON."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.people.models import Person
from tracker.policy.facts import CheckFacts, Consent, View
from tracker.policy.vocabulary import ConsentStatus, Word
from tracker.review.selectors.errors_said import RESTRICTED
from tracker.staff.models import StaffMember
from tracker.staff.selectors import every_team
from tracker.storage.kept import kept_each
from tracker.web.blocks import SummaryRow
from tracker.web.dates import day_in_words, in_words
from tracker.web.words import with_capital

REQUEST: dict[str, str] = {
    "person": "Person",
    "relation": "What the person is to the council",
    "under_18": "Under 18",
    "may_lack_capacity": "May lack capacity",
    "purpose": "Purpose",
    "aim": "What kind of look",
    "method": "How it is made",
    "account": "Account",
    "visibility": "Privacy settings",
    "platforms": "Platforms",
    "profile_on_record": "A profile on these platforms is on record",
    "code_factors": "Factors of the Code, para 3.16",
    "immediate_risk": "Danger now",
    "new_event": "Something new has happened",
    "confidential_material_likely": "Confidential material likely",
    "illegal_content_suspected": "Unlawful content suspected",
}
"""The questions of a request by the field of `policy.facts.Request`; a test holds that none is missing."""

RECORDS: dict[str, str] = {
    "views": "Earlier looks and searches",
    "consents": "Consents, refusals and withdrawals",
    "notices": "Notices and objections",
    "advice": "Legal advice",
    "ripa_authorisations": "RIPA authorisations",
    "non_ripa_authorisations": "Non-RIPA authorisations",
    "court_orders": "Court orders and directions",
    "holds": "Holds",
}
"""The lists of records that the facts hold, by field of `CheckFacts`."""

OF_A_RECORD: dict[str, str] = {
    "at": "When",
    "platforms": "Platforms",
    "by": "By",
    "team": "Team",
    "footing": "Ground",
    "reviewed": "Manager's review",
    "status": "What was said",
    "until": "Until the end of",
    "purposes": "Purposes",
    "given_by": "Said by",
    "competence": "The person",
    "kind": "Kind",
    "objected": "The person objected",
    "conclusion": "Conclusion",
    "max_views": "Looks allowed",
    "covers_confidential": "Covers confidential material",
    "urn": "URN",
    "granted_at": "Granted",
    "approved_at": "Approved by a justice of the peace",
    "takes_effect_on": "Takes effect on",
    "cancelled_at": "Cancelled",
    "next_review_on": "Next review",
    "persons": "Whom it names",
    "accounts": "Accounts",
    "reference": "Reference",
    "from_": "In force from",
    "allows_contact": "Allows contact",
    "terms_clear": "Terms clear",
    "reported_at": "Reported, sealed copy to follow",
    "pattern": "Pattern",
    "released_at": "Released",
}
"""The parts of every kind of record, by field."""

ANOTHER_TEAM = "Another team"

REST: dict[str, str] = {
    "now": "The moment of the decision",
    "counted_from": "Views count from",
    "manager_approval": "The manager's answer",
}

WHERE_NONE: dict[str, str] = {
    "under_18": "Not known: counts as under 18",
    "platforms": "Not limited",
    "purposes": "Not limited",
    "accounts": "Not limited",
    "until": "No end",
    "reviewed": "None",
    "approved_at": "No",
    "takes_effect_on": "The day of judicial approval",
    "cancelled_at": "No",
    "reported_at": "No: the sealed copy has been seen",
    "released_at": "No",
    "counted_from": "The first: nothing was set",
    "manager_approval": "None yet",
}
"""What it means that a field is empty."""


@dataclass(frozen=True)
class Names:
    """The names behind the references in some facts. `hidden`: teams (references) of whose looks only that and when is told."""

    known: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def team(self, reference: str) -> str:
        """The name of a team, as far as it is told."""
        return ANOTHER_TEAM if reference in self.hidden else self.value("team", reference)

    def of_record(self, record: Any, name: str) -> str:
        """What stands in a field of a record, in words."""
        if isinstance(record, View) and record.team in self.hidden and name in ("by", "team"):
            return ANOTHER_TEAM
        if name == "until" and isinstance(record, Consent) and record.status is not ConsentStatus.GIVEN:
            return "Until a later yes"
        return self.value(name, getattr(record, name))

    def value(self, name: str, value: Any) -> str:
        """What stands in the field `name`, in words; several are one a line."""
        match value:
            case None:
                return WHERE_NONE.get(name, "Not given")
            case bool():
                return "Yes" if value else "No"
            case datetime():
                return in_words(value)
            case date():
                return day_in_words(value)
            case Word():
                return with_capital(value.label)
            case frozenset():
                return "\n".join(sorted(self.value(name, one) for one in value)) or "None"
            case str() if name == "pattern":
                return with_capital(value.replace("_", " "))
            case str():
                return self.known.get(value, value)
            case _:
                return str(value)


@dataclass(frozen=True)
class RecordsInWords:
    """One kind of record of the facts: its title, its columns, and one row a record."""

    title: str
    columns: list[str]
    rows: list[list[SummaryRow]]


@dataclass(frozen=True)
class FactsInWords:
    """All that a decision saw of one person."""

    person: str
    request: list[SummaryRow]
    records: list[RecordsInWords]


def facts_in_words(
    session: Session, facts: CheckFacts, *, hidden: frozenset[str] = frozenset(), closed: frozenset[str] = frozenset()
) -> FactsInWords:
    """Every field of the facts, in words; of looks in the teams `hidden` neither who nor which team, of the people `closed` (references)
    only that there is somebody."""
    found = names_in(session, (facts,))
    names = replace(found, known=found.known | dict.fromkeys(closed, RESTRICTED), hidden=hidden)
    rest = [SummaryRow(words, names.value(name, getattr(facts, name))) for name, words in REST.items()]
    request = request_rows(facts, names)
    records = [_records(title, getattr(facts, name), names) for name, title in RECORDS.items()]
    return FactsInWords(person=request[0].value, request=request + rest, records=records)


def names_in(session: Session, several: Iterable[CheckFacts]) -> Names:
    """The names of everybody and every team that these facts refer to."""
    people: set[str] = set()
    staff: set[str] = set()
    teams: set[str] = set()
    for facts in several:
        people |= {facts.request.person} | named_with(facts)
        staff |= {view.by for view in facts.views}
        teams |= {view.team for view in facts.views}
    of_teams = {one.reference: one.name for one in every_team(session).values() if one.reference in teams}
    return Names(_people_called(session, people) | _staff_called(session, staff) | of_teams)


def named_with(facts: CheckFacts) -> frozenset[str]:
    """References of everybody whom an authorisation or order among these facts names."""
    several = (facts.ripa_authorisations, facts.non_ripa_authorisations, facts.court_orders)
    return frozenset(person for naming in several for one in naming for person in one.persons)


def _people_called(session: Session, references: Iterable[str]) -> dict[str, str]:
    """What each of these people is called, by reference; of who is not known any more the reference alone."""

    def _read(wanted: list[str]) -> dict[str, str]:
        rows = session.exec(select(Person).where(col(Person.reference).in_(wanted)))
        found = {one.reference: f"{one.name or one.known_by} ({one.reference})" for one in rows}
        return {one: found.get(one, one) for one in wanted}

    return kept_each(session, "_people_called", references, _read)


def _staff_called(session: Session, references: Iterable[str]) -> dict[str, str]:
    """The same of members of staff."""

    def _read(wanted: list[str]) -> dict[str, str]:
        rows = session.exec(select(StaffMember).where(col(StaffMember.reference).in_(wanted)))
        found = {one.reference: one.name for one in rows}
        return {one: found.get(one, one) for one in wanted}

    return kept_each(session, "_staff_called", references, _read)


def request_rows(facts: CheckFacts, names: Names) -> list[SummaryRow]:
    """The request, a row a field."""
    return [SummaryRow(words, names.value(name, getattr(facts.request, name))) for name, words in REQUEST.items()]


def record_in_words(record: Any, names: Names) -> str:
    """One record on one line."""
    return "; ".join(f"{row.key.lower()}: {', '.join(row.value.splitlines())}" for row in _row(record, names))


def _records(title: str, records: tuple[Any, ...], names: Names) -> RecordsInWords:
    rows = [_row(record, names) for record in records]
    return RecordsInWords(title, [one.key for one in rows[0]] if rows else [], rows)


def _row(record: Any, names: Names) -> list[SummaryRow]:
    return [SummaryRow(OF_A_RECORD[part.name], names.of_record(record, part.name)) for part in fields(record)]
