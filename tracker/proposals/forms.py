"""Proposing limits, a lawful basis, purposes and platforms; signing and withdrawing a proposal."""

from collections.abc import Mapping
from typing import Any

from tracker.policy.catalogue import LIMIT_CATALOGUE
from tracker.policy.limits import LIMITS, LimitDescription, Limits, limits_as_json
from tracker.policy.patterns import PATTERNS
from tracker.policy.vocabulary import Platform, Purpose
from tracker.rulebook.models import LawfulBasis
from tracker.rulebook.requests import (
    LONGEST_HINT,
    LONGEST_NAME,
    NewBasis,
    NewLawfulBasis,
    NewLimits,
    NewPlatforms,
    NewPurposes,
)
from tracker.rulebook.showing import value_in_words
from tracker.rulebook.vocabulary import CAPACITY_WORDS, Capacity
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    HiddenField,
    LineField,
    OwnField,
    PasswordField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from tracker.web.forms import Form
from tracker.web.words import answers_of, with_capital

CAPACITY_ANSWERS = {capacity: with_capital(words) for capacity, words in CAPACITY_WORDS.items()}
WHY = "Why do you propose this?"
WHY_HINT = "Whoever signs reads it, and it stays in the history. Name nobody whom a record is about."
_OF_PATTERNS = frozenset(name for pattern in PATTERNS for name in pattern.limits)


def why_field() -> TextField:
    """The reasons, which every proposal has."""
    return TextField(WHY, hint=WHY_HINT, required="Enter why you propose this", subject="Why you propose this")


def _limit_field(limit: LimitDescription) -> Any:
    label, subject = limit.sentence.rstrip("."), with_capital(limit.name.replace("_", " "))
    if limit.lowest is None or limit.highest is None:
        return YesNoField(label, required=f"{subject}: select yes or no", subject=subject)
    rest: dict[str, Any] = {"required": f"{subject}: enter a number", "subject": subject}
    return WholeNumberField(label, least=limit.lowest, most=limit.highest, **rest)


class ProposedLimits(Form):
    """Every limit, as it is now until somebody types another value."""

    def fill(self, now: Limits) -> None:
        """What each limit is now, and what it may be, beside its question."""
        for limit, value in zip(LIMITS, limits_as_json(now).values(), strict=True):
            described = next(one for one in LIMIT_CATALOGUE if one.name == limit.name)
            used_by = f" Used by: {', '.join(described.used_by)}." if described.used_by else ""
            words = f"Now {value_in_words(value)}. May be {described.range}; shipped as {described.default}.{used_by}"
            self[limit.name].description = words

    def groups(self) -> dict[str, list[OwnField[Any]]]:
        """The questions under their headings."""
        found: dict[str, list[OwnField[Any]]] = {
            "What the rules decide by": [],
            "What the patterns look for": [],
            "Screens and clocks": [],
        }
        of_rules, of_patterns, of_clocks = found.values()
        for limit in LIMITS:
            group = of_rules if limit.used_by else of_patterns if limit.name in _OF_PATTERNS else of_clocks
            group.append(self[limit.name])
        return found

    def request(self) -> NewLimits:
        """After it was found valid."""
        return NewLimits({limit.name: self[limit.name].value for limit in LIMITS}, self["why"].value)


LimitsForm: type[ProposedLimits] = type(
    "LimitsForm",
    (ProposedLimits,),
    {**{limit.name: _limit_field(limit) for limit in LIMITS}, "why": why_field(), "__module__": __name__},
)
"""One question for each limit of the policy, and why."""


class BasisForm(Form):
    """The lawful basis of one purpose, as the council's data protection officer decided it."""

    article_6 = LineField(
        "Article 6", hint="For example, Article 6(1)(e), public task.", required="Enter the article 6 basis"
    )
    article_9 = LineField(
        "Article 9, with its Schedule 1 condition", required="Enter the article 9 condition", subject="Article 9"
    )
    article_10 = LineField(
        "Article 10, with its Schedule 1 condition",
        hint="Only where data about crimes or convictions are looked for. Leave it empty where none are.",
        subject="Article 10",
    )
    statutory_function = LineField("Statutory function", most=300, required="Enter the statutory function")
    officer = LineField(
        "Name of the data protection officer who decided it",
        most=LONGEST_NAME,
        required="Enter the name of the data protection officer",
        subject="The name of the data protection officer",
    )
    decided_on = DateField(
        "When did they decide it?",
        hint="For example, 3 11 2026",
        required="Enter when they decided it",
        subject="When they decided it",
    )
    why = why_field()

    @staticmethod
    def answers(basis: LawfulBasis) -> dict[str, Any]:
        """The basis as it stands, to be changed."""
        return {
            "article_6": basis.article_6,
            "article_9": basis.article_9,
            "article_10": basis.article_10 or "",
            "statutory_function": basis.statutory_function,
            "officer": basis.officer_name or "",
        }

    def request(self, purpose: Purpose) -> NewBasis:
        """After it was found valid."""
        basis = NewLawfulBasis(
            purpose,
            self.article_6.value,
            self.article_9.value,
            self.statutory_function.value,
            self.article_10.data or None,
        )
        return NewBasis(basis, self.officer.value, self.decided_on.value, self.why.value)


def _hint_name(purpose: Purpose) -> str:
    return f"hint_{purpose.value}"


class ProposedPurposes(Form):
    """Which purposes are offered, and the council's own hint beside each."""

    offered = ChoicesField(
        "Which purposes are offered when a look is asked for?",
        Purpose,
        answers_of(Purpose),
        hint="The policy knows no others. In danger, and for a look that was already made, nothing is left out.",
        required="Select at least one purpose",
        subject="The purposes offered",
    )

    @staticmethod
    def answers(offered: Mapping[Purpose, str]) -> dict[str, Any]:
        """What is offered now."""
        return {"offered": tuple(offered), **{_hint_name(purpose): hint for purpose, hint in offered.items()}}

    def hints(self) -> list[OwnField[Any]]:
        """The questions about hints."""
        return [self[_hint_name(purpose)] for purpose in Purpose]

    def request(self) -> NewPurposes:
        """After it was found valid. A hint of a purpose that is not offered is left out."""
        return NewPurposes({one: self[_hint_name(one)].data or "" for one in self.offered.data}, self["why"].value)


PurposesForm: type[ProposedPurposes] = type(
    "PurposesForm",
    (ProposedPurposes,),
    {
        **{_hint_name(one): LineField(with_capital(one.label), most=LONGEST_HINT) for one in Purpose},
        "why": why_field(),
        "__module__": __name__,
    },
)
"""One question for the purposes, one for the hint of each, and why."""


class PlatformsForm(Form):
    """The platforms that tell the person who looked."""

    tells = ChoicesField(
        "Which platforms tell people who looked?",
        Platform,
        answers_of(Platform),
        hint="Whoever may look there is warned. Leave all empty if none does.",
        subject="The platforms that tell",
    )
    why = why_field()

    def request(self) -> NewPlatforms:
        """After it was found valid."""
        return NewPlatforms(frozenset(self.tells.data), self.why.value)


class ProposeForm(Form):
    """Check your answers, and propose."""


class SignForm(Form):
    """In which capacity, and one's own password: a browser left open signs nothing. The route offers what may be signed.

    `against`: what was in force when the difference was shown; nobody signs another one than they have read.
    """

    against = HiddenField()
    capacity = ChoiceField("As what do you sign?", Capacity, CAPACITY_ANSWERS, required="Select as what you sign")
    password = PasswordField(
        "Your password", hint="The one that you sign in with.", required="Enter your password", subject="Your password"
    )

    def read_again(self, against: str) -> None:
        """The difference on the page is another one now; sent again, the form stands on that."""
        self.against.data, self.against.typed = against, {"": [against]}


class WithdrawForm(Form):
    """Why a proposal is taken back."""

    why = TextField("Why do you withdraw it?", required="Enter why you withdraw it", subject="Why you withdraw it")
