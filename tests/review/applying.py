"""Applying for authorisations in one line, for the tests."""

from datetime import date, datetime
from typing import Any

from tests.fixtures.casework import Casework
from tests.fixtures.council import START
from tests.fixtures.numbers import own_numbers
from tracker.authorities.models import Application, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.requests import NewApplication, NewJpHearing, NewNonRipaApplication
from tracker.authorities.services import prepare_application, prepare_non_ripa_application
from tracker.authorities.vocabulary import Article7a, JpDecision
from tracker.people.models import Person
from tracker.policy.entitlement import Actor
from tracker.review.services import enter_jp_hearing, grant_application
from tracker.review.services.authorisations import Grant
from tracker.rulebook.requests import NewLimits
from tracker.rulebook.services import propose_limits, sign_proposal

_numbers = own_numbers()
CASE: dict[str, Any] = {
    "sought": "Whether the child is left alone.",
    "necessary": "Nobody opens the door.",
    "proportionate": "Two visits brought nothing.",
    "collateral": "Friends; nothing is kept of them.",
}


def new_application(*persons: Person, **changes: Any) -> NewApplication:
    """An application that meets article 7A."""
    usual: dict[str, Any] = {
        "urn": f"NSC/APP/{next(_numbers)}",
        "persons": frozenset(person.reference for person in persons),
        "offence": "Neglect",
        "maximum_penalty": "Ten years",
        "article_7a": Article7a.SIX_MONTHS,
        **CASE,
    }
    return NewApplication(**{**usual, **changes})


def apply(
    casework: Casework, *persons: Person, by: Actor | None = None, now: datetime = START, **changes: Any
) -> Application:
    """Legal applies for directed surveillance."""
    with casework.transaction() as session:
        return prepare_application(session, new_application(*persons, **changes), by=by or casework.legal, now=now)


def apply_outside_ripa(casework: Casework, *persons: Person, now: datetime = START) -> Application:
    """Legal applies outside RIPA for one look."""
    new = NewNonRipaApplication(
        persons=frozenset(person.reference for person in persons), until_on=date(2026, 12, 31), **CASE
    )
    with casework.transaction() as session:
        return prepare_non_ripa_application(session, new, by=casework.legal, now=now)


def grant(
    casework: Casework, application: Application, *, by: Actor | None = None, now: datetime = START, **changes: Any
) -> RipaAuthorisation | NonRipaAuthorisation:
    """The authorising officer grants it."""
    usual: dict[str, Any] = {"granted_at": now, "grade": "Head of service", "own_words": "Necessary and proportionate."}
    with casework.transaction() as session:
        new = Grant(**{**usual, **changes})
        return grant_application(session, application.reference, new, by=by or casework.officer, now=now)


def approve(casework: Casework, authorisation: str, *, now: datetime = START) -> None:
    """A justice approves it."""
    new = NewJpHearing(authorisation, "Zzcourt", "A. Justice", now, JpDecision.APPROVED)
    with casework.transaction() as session:
        enter_jp_hearing(session, new, by=casework.legal, now=now)


def turn_on_non_ripa(casework: Casework, *, on: bool = True, now: datetime = START) -> None:
    """The council signs limits with the route on, or off."""
    with casework.transaction() as session:
        new = NewLimits(values={"non_ripa": on}, why="The council decided so.")
        proposal = propose_limits(session, new, by=casework.legal, now=now).reference
    for signer in (casework.legal, casework.sro):
        with casework.transaction() as session:
            sign_proposal(session, proposal, by=signer, now=now)
