"""How each use-case about applications for authorisations and sealed copies is called."""

from datetime import date

from tests.fixtures.rehearsal import NOW
from tests.permissions.calls_about_people import WHY, Call
from tests.permissions.stage import Stage
from tracker.authorities import services as authorities
from tracker.authorities.requests import NewApplication, NewCourtOrder, NewNonRipaApplication, NewReview
from tracker.authorities.vocabulary import Article7a
from tracker.review import services as review
from tracker.review.services.authorisations import Grant, Refusal


def _prepare_application(at: Stage) -> object:
    new = NewApplication(
        urn="URN-applied",
        persons=frozenset({at.reference()}),
        offence="Neglect",
        maximum_penalty="Ten years",
        article_7a=Article7a.SIX_MONTHS,
        sought=WHY,
        necessary=WHY,
        proportionate=WHY,
        collateral=WHY,
    )
    return authorities.prepare_application(at.session, new, by=at.by, now=NOW)


def _prepare_non_ripa_application(at: Stage) -> object:
    new = NewNonRipaApplication(
        persons=frozenset({at.reference()}),
        sought=WHY,
        necessary=WHY,
        proportionate=WHY,
        collateral=WHY,
        until_on=date(2026, 12, 31),
    )
    return authorities.prepare_non_ripa_application(at.session, new, by=at.by, now=NOW)


def _correct_court_order(at: Stage) -> object:
    new = NewCourtOrder(
        persons=frozenset({at.records["ordered"]}),
        court="Zzcourt",
        case_number="ZZ4",
        judge="HHJ Example",
        made_on=NOW.date(),
        from_on=NOW.date(),
        terms="The council may look once.",
        terms_clear=True,
    )
    return authorities.correct_court_order(at.session, at.reference(), new, by=at.by, now=NOW)


CALLS: dict[str, Call] = {
    "prepare_application": _prepare_application,
    "prepare_non_ripa_application": _prepare_non_ripa_application,
    "correct_court_order": _correct_court_order,
    "grant_application": lambda at: review.grant_application(
        at.session, at.reference(), Grant(NOW, "Head of service", WHY), by=at.by, now=NOW
    ),
    "refuse_application": lambda at: review.refuse_application(
        at.session, at.reference(), Refusal("Head of service", WHY), by=at.by, now=NOW
    ),
    "review_granted": lambda at: review.review_granted(
        at.session, NewReview(at.reference(), NOW, WHY), by=at.by, now=NOW
    ),
}
"""Each use-case by its name, as a call with what the line of the table names."""
