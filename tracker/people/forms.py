"""The shape of what is typed about people."""

from typing import Any

from tracker.people.problems import ProblemError
from tracker.people.profiles import LONGEST_ADDRESS
from tracker.people.requests import (
    ChangedPerson,
    ClosedInvolvement,
    Details,
    LiftedRestriction,
    NewInvolvement,
    NewPerson,
    RestrictedPerson,
    TeamWork,
    TypedProfile,
)
from tracker.people.searching import LONGEST_SEARCH
from tracker.people.vocabulary import (
    AGE_KNOWN_WORDS,
    AgeKnown,
)
from tracker.policy.vocabulary import Platform, Relation
from tracker.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    OfferedChoiceField,
    OfferedChoicesField,
    OnlyIf,
    TextField,
    WholeNumberField,
)
from tracker.web.forms import Form, VersionedForm
from tracker.web.words import answers_of

LONGEST_NAME = 120
NOTHING_OPENED = "Nothing is opened: only what you type is recorded"
REASON = 1000  # characters
LONGEST_WHY_NOT = 300
HAS_CASE = OnlyIf("relation", *(one for one in Relation if one is not Relation.NO_CASE))


class SearchForm(Form):
    """The one search box."""

    words = LineField(
        "Name, date of birth, reference or profile",
        hint="For example, Kit Example, 3 11 2010, a case reference, or the address of a profile",
        required="Enter a name, date of birth, reference or profile",
        subject="What you search for",
        most=LONGEST_SEARCH,
        attributes={"autocomplete": "off", "spellcheck": False},
    )


class WhoForm(Form):
    """Who somebody is."""

    name = LineField("Name", most=LONGEST_NAME, hint="Leave it empty where only a handle is known")
    other_names = TextField(
        "Other names", most=1300, hint="One on each line: earlier names, other spellings, nicknames"
    )
    known_by = LineField("Known online as", most=LONGEST_NAME, hint="A handle, where the name is not known")
    age_known = ChoiceField(
        "What is known of their age?", AgeKnown, AGE_KNOWN_WORDS, required="Select what is known of their age"
    )
    date_of_birth = DateField(
        "Date of birth",
        hint="For example, 3 11 2010",
        required="Enter the date of birth",
        only_if=OnlyIf("age_known", AgeKnown.BORN),
    )
    approximate_age = WholeNumberField(
        "About how old, in years?",
        most=120,
        required="Enter about how old they are",
        subject="Approximate age",
        only_if=OnlyIf("age_known", AgeKnown.ABOUT),
    )
    expected_on = DateField(
        "When is the birth expected?",
        subject="The day the birth is expected",
        only_if=OnlyIf("age_known", AgeKnown.UNBORN),
    )

    def details(self) -> Details:
        """Who they are; after the form was found valid. Raises `ProblemError` for an other name that is too long."""
        names = tuple(dict.fromkeys(one.strip() for one in self.other_names.data.split("\n") if one.strip()))
        if any(len(one) > LONGEST_NAME for one in names):
            raise ProblemError("other_names", f"Each of the other names must be {LONGEST_NAME} characters or fewer")
        return Details(
            name=self.name.data or None,
            other_names=names,
            known_by=self.known_by.data or None,
            date_of_birth=self.date_of_birth.data,
            approximate_age=self.approximate_age.data,
            unborn=self.age_known.value is AgeKnown.UNBORN,
            expected_on=self.expected_on.data,
        )

    @staticmethod
    def filled_with(details: Details) -> dict[str, Any]:
        """What the form holds for somebody of whom this is known."""
        known = AgeKnown.BORN if details.date_of_birth else AgeKnown.ABOUT
        if details.date_of_birth is None and details.approximate_age is None:
            known = AgeKnown.UNBORN if details.unborn else AgeKnown.UNKNOWN
        return {
            "name": details.name or "",
            "other_names": "\n".join(details.other_names),
            "known_by": details.known_by or "",
            "age_known": known,
            "date_of_birth": details.date_of_birth,
            "approximate_age": details.approximate_age,
            "expected_on": details.expected_on,
        }


class DetailsForm(WhoForm, VersionedForm):
    """Who somebody on record is."""

    how_age_is_known = TextField(
        "If they counted as under 18 until now and are older: how is that known?",
        hint="For example, from a passport. A manager approves the first look at a child, so the audit trail keeps this.",
        subject="How it is known",
        most=REASON,
    )

    def request(self, person: str) -> ChangedPerson:
        """What is to change; after the form was found valid. Raises `ProblemError`."""
        return ChangedPerson(
            person=person,
            version=self.version.value,
            details=self.details(),
            how_age_is_known=self.how_age_is_known.data or "",
        )


class WorkForm(Form):
    """A team's work with somebody. The route offers the teams, and fills in today and the usual case system."""

    team = OfferedChoiceField("Which of your teams works with them?", subject="The team")
    relation = ChoiceField(
        "What are they to the council?", Relation, answers_of(Relation), required="Select what they are to the council"
    )
    case_system = LineField(
        "Case system", most=40, required="Enter which case system the reference is from", only_if=HAS_CASE
    )
    case_reference = LineField(
        "Reference in the case system", most=60, required="Enter the reference in the case system", only_if=HAS_CASE
    )
    opened_on = DateField(
        "When did your team's work begin?",
        hint="For example, 3 11 2026",
        subject="The day it began",
        required="Enter when your team's work began",
    )

    def work(self, team: str) -> TeamWork:
        """The work of that team; after the form was found valid."""
        return TeamWork(
            team=team,
            relation=self.relation.value,
            opened_on=self.opened_on.value,
            case_system=self.case_system.data or None,
            case_reference=self.case_reference.data or None,
        )


class InvolvementForm(WorkForm):
    """Work with somebody who is on record."""

    def request(self, person: str, team: str) -> NewInvolvement:
        """What is to be recorded; after the form was found valid."""
        return NewInvolvement(person=person, work=self.work(team))


class ProfileForm(Form):
    """A profile, as its address or handle."""

    address = LineField(
        "Address of the profile, or the handle",
        most=LONGEST_ADDRESS,
        hint=NOTHING_OPENED,
        required="Enter the address of the profile, or the handle",
        subject="The address",
        attributes={"autocomplete": "off", "spellcheck": False},
    )
    platform = ChoiceField(
        "Platform", Platform, answers_of(Platform), listed=True, hint="Leave it where the address says which it is"
    )

    def profile(self) -> TypedProfile:
        """What was typed; after the form was found valid."""
        return TypedProfile(address=self.address.value, platform=self.platform.data)


class NewPersonForm(WhoForm, WorkForm, ProfileForm):
    """Somebody to be put on record, with the work of the team that asks and a profile where one is known.

    `somebody_else` is offered once records that look alike have been shown, and `why_somebody_else` where one of them agrees in what
    tells people apart.
    """

    address = LineField(
        "Address of a profile, or a handle, where you know one",
        most=LONGEST_ADDRESS,
        hint=NOTHING_OPENED,
        subject="The address",
    )
    somebody_else = OfferedChoicesField("Is it one of these?", says_optional=False)
    why_somebody_else = LineField(
        "How do you know that this is somebody else?",
        hint="For example, another address and another mother, both seen by us. A manager has to agree.",
        subject="How you know",
        most=LONGEST_WHY_NOT,
        says_optional=False,
    )

    def request(self, team: str, somebody_else: tuple[str, ...] = ()) -> NewPerson:
        """Who is to be added; after the form was found valid. Raises `ProblemError`."""
        profile = self.profile() if self.address.data else None
        return NewPerson(
            details=self.details(),
            involvement=self.work(team),
            profile=profile,
            somebody_else=somebody_else,
            compared=bool(somebody_else),
            why_somebody_else=self.why_somebody_else.data or "",
        )


class CloseInvolvementForm(VersionedForm):
    """The day on which a team's work with somebody ended."""

    closed_on = DateField(
        "When did the work end?",
        hint="For example, 3 11 2026. That whole day still counts.",
        subject="The day it ended",
        required="Enter when the work ended",
    )

    def request(self, person: str, involvement: str) -> ClosedInvolvement:
        """What is to be closed; after the form was found valid."""
        return ClosedInvolvement(
            person=person, involvement=involvement, version=self.version.value, closed_on=self.closed_on.value
        )


class RestrictForm(VersionedForm):
    """Who alone may read a record. The route offers those who might."""

    why = TextField(
        "Why should only some people read this record?",
        hint="For example, the person works for the council, or is known to a member of staff. Only the audit trail keeps it.",
        required="Enter why only some people should read it",
        subject="Why",
        most=REASON,
    )
    readers = OfferedChoicesField(
        "Who may read it?",
        hint="Those who work in the teams concerned, and in yours. At least one must be a manager, who can lift it.",
        subject="Who may read it",
        says_optional=False,
    )
    others = TextField(
        "Anybody else who may read it",
        hint="The e-mail address with which each signs in, one on each line",
        subject="The addresses",
        most=REASON,
    )
    ask_whom = LineField(
        "Whom should others ask?",
        hint="For example, Ben Okoro, Family Help North. Everybody who comes to the record is told this, and not why.",
        required="Enter whom others should ask",
        subject="Whom to ask",
        most=LONGEST_NAME,
    )

    def addresses(self) -> tuple[str, ...]:
        """The addresses that were typed, each once."""
        return tuple(dict.fromkeys(one.strip() for one in (self.others.data or "").split("\n") if one.strip()))

    def request(self, person: str, others: tuple[str, ...]) -> RestrictedPerson:
        """What is to be restricted; after the form was found valid. `others`: references of those whose address was typed."""
        return RestrictedPerson(
            person=person,
            version=self.version.value,
            ask_whom=self.ask_whom.value,
            readers=(*(self.readers.data or ()), *others),
            why=self.why.value,
        )


class LiftRestrictionForm(VersionedForm):
    """Why a record need not be restricted any more."""

    why = TextField(
        "Why need it not be restricted any more?",
        required="Enter why it need not be restricted any more",
        subject="Why",
        most=REASON,
    )

    def request(self, person: str) -> LiftedRestriction:
        """What is to be lifted; after the form was found valid."""
        return LiftedRestriction(person=person, version=self.version.value, why=self.why.value)


class DutyForm(Form):
    """Why somebody on duty comes to a record."""

    reason = TextField(
        "Why do you need this record on duty?",
        hint="What was reported, by whom, and what has to be found out. The teams that work with this person read it on their next "
        "working day.",
        required="Enter why you need this record on duty",
        subject="Why you need it",
        most=REASON,
    )
