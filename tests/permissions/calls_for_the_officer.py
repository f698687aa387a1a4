"""How each use-case about applications for authorisations and sealed copies is called."""

from datetime import date

from tests.fixtures.rehearsal import NOW
from tests.permissions.calls_about_people import WHY, Call
from tests.permissions.stage import Stage
from tracker.authorities import services as authorities
from tracker.authorities.requests import (
    NewApplication,
    NewCourtOrder,
    NewJpHearing,
    NewNonRipaApplication,
    NewReview,
    NewRipaGrant,
)
from tracker.authorities.vocabulary import Article7a, JpDecision
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


def _order(at: Stage, person: str) -> NewCourtOrder:
    return NewCourtOrder(
        persons=frozenset({person}),
        court="Zzcourt",
        case_number="ZZ4",
        judge="HHJ Example",
        made_on=NOW.date(),
        from_on=NOW.date(),
        terms="The council may look once.",
        terms_clear=True,
    )


def _correct_court_order(at: Stage) -> object:
    new = _order(at, at.records["ordered"])
    return authorities.correct_court_order(at.session, at.reference(), new, apart_from=frozenset(), by=at.by, now=NOW)


def _enter_jp_hearing(at: Stage) -> object:
    grant = NewRipaGrant(
        urn="URN-heard",
        persons=frozenset({at.reference()}),
        offence="Neglect",
        article_7a=Article7a.SIX_MONTHS,
        granted_at=NOW,
        grade="Head of service",
        own_words=WHY,
    )
    granted = authorities.grant_ripa(at.session, grant, by=at.another("officer"), now=NOW, concerned=frozenset())
    hearing = NewJpHearing(granted.reference, "Zzcourt", "A. Justice", NOW, JpDecision.APPROVED)
    return review.enter_jp_hearing(at.session, hearing, by=at.by, now=NOW)


CALLS: dict[str, Call] = {
    "prepare_application": _prepare_application,
    "prepare_non_ripa_application": _prepare_non_ripa_application,
    "correct_court_order": _correct_court_order,
    "enter_court_order": lambda at: review.enter_court_order(at.session, _order(at, at.reference()), by=at.by, now=NOW),
    "enter_order_seen": lambda at: review.enter_order_seen(at.session, at.reference(), by=at.by, now=NOW),
    "enter_corrected_order": lambda at: review.enter_corrected_order(
        at.session, at.reference(), _order(at, at.records["ordered"]), by=at.by, now=NOW
    ),
    "enter_jp_hearing": _enter_jp_hearing,
    "grant_application": lambda at: review.grant_application(
        at.session, at.reference(), Grant(NOW, "Head of service", WHY), by=at.by, now=NOW
    ),
    "refuse_application": lambda at: review.refuse_application(
        at.session, at.reference(), Refusal("Head of service", WHY), by=at.by, now=NOW
    ),
    "withdraw_application": lambda at: authorities.withdraw_application(
        at.session, at.reference(), WHY, by=at.by, now=NOW
    ),
    "review_granted": lambda at: review.review_granted(
        at.session, NewReview(at.reference(), NOW, WHY), by=at.by, now=NOW
    ),
}
"""Each use-case by its name, as a call with what the line of the table names."""
