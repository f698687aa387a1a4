"""The lawful basis of each purpose: shipped, not yet confirmed, until the council records its own."""

from datetime import timedelta

import pytest

from tests.fixtures.council import ONE_DATABASE, START, Council
from tracker.access.permissions import NotAllowedError
from tracker.policy.vocabulary import Purpose
from tracker.rulebook.requests import NewLawfulBasis, RulebookError
from tracker.rulebook.selectors import NoRulebookError, lawful_basis_of, list_lawful_bases
from tracker.rulebook.services import set_lawful_basis, ship_lawful_bases
from tracker.storage.session import Database

OURS = NewLawfulBasis(Purpose.CARER_REVIEW, "Article 6(1)(e)", "Article 9(2)(g), paragraph 6", "Our own function")


def test_every_purpose_has_a_basis_of_its_own_from_the_start(council: Council) -> None:
    with council.database.reading() as session:
        bases = list_lawful_bases(session)
    assert [basis.purpose for basis in bases] == [purpose.value for purpose in Purpose]
    for basis in bases:
        assert basis.shipped
        assert basis.article_6.startswith(("Article 6(1)(e)", "Article 6(1)(c)"))
        assert basis.article_9.startswith("Article 9(2)")
        assert basis.statutory_function


def test_no_shipped_basis_rests_on_consent_or_on_legitimate_interests(council: Council) -> None:
    with council.database.reading() as session:
        texts = [f"{one.article_6} {one.article_9}" for one in list_lawful_bases(session)]
    assert not [text for text in texts if "consent" in text.lower() or "6(1)(a)" in text or "6(1)(f)" in text]


def test_what_the_council_set_holds_from_then_and_the_others_stay(council: Council) -> None:
    legal = council.actor(council.legal)
    with council.database.transaction() as session:
        shipped = lawful_basis_of(session, Purpose.CARER_REVIEW)
        made = set_lawful_basis(session, OURS, by=legal, now=START)
    with council.database.reading() as session:
        assert lawful_basis_of(session, Purpose.CARER_REVIEW).id == made.id
        assert lawful_basis_of(session, Purpose.PROSPECTIVE_CARER).shipped
    assert (made.shipped, made.set_by, made.setter_name) == (False, council.legal.id, council.legal.name)
    assert shipped.statutory_function != made.statutory_function
    with council.database.transaction() as session:
        ship_lawful_bases(session, now=START + timedelta(days=1))
    with council.database.reading() as session:
        assert lawful_basis_of(session, Purpose.CARER_REVIEW).id == made.id


@ONE_DATABASE
@pytest.mark.parametrize("who", ["worker", "manager", "officer", "sro", "auditor", "admin"])
def test_only_legal_records_what_the_data_protection_officer_set(council: Council, who: str) -> None:
    with council.database.transaction() as session, pytest.raises(NotAllowedError):
        set_lawful_basis(session, OURS, by=council.actor(getattr(council, who)), now=START)


@ONE_DATABASE
def test_a_database_without_bases_says_so(database: Database) -> None:
    with database.reading() as session, pytest.raises(NoRulebookError):
        lawful_basis_of(session, Purpose.OTHER)


def test_a_part_that_is_empty_or_too_long_is_refused() -> None:
    for article_6, function in (("", "x"), ("x" * 201, "x"), ("x", "y" * 301), ("x", " ")):
        with pytest.raises(RulebookError):
            NewLawfulBasis(Purpose.OTHER, article_6, "Article 9(2)(g)", function)
