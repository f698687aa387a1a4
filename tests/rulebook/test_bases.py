"""The lawful basis of each purpose: shipped, not yet confirmed, until the council records its own."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.trail import trail
from tracker.policy.vocabulary import Purpose
from tracker.rulebook.requests import NewBasis, NewLawfulBasis, RulebookError
from tracker.rulebook.selectors import NoRulebookError, lawful_basis_of, list_lawful_bases
from tracker.rulebook.services import propose_setting, ship_lawful_bases, sign_proposal
from tracker.storage.session import Database

OURS = NewLawfulBasis(Purpose.CARER_REVIEW, "Article 6(1)(e)", "Article 9(2)(g), paragraph 6", "Our own function")
DECIDED = NewBasis(OURS, "Dee Zzprotection", START.date(), "Our officer looked at it again.")
HOUR = timedelta(hours=1)


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


def test_what_two_have_signed_holds_from_then_with_who_decided_it_and_the_others_stay(council: Council) -> None:
    with council.database.transaction() as session:
        shipped = lawful_basis_of(session, Purpose.CARER_REVIEW)
        asked = propose_setting(session, DECIDED, by=council.actor(council.legal), now=START).reference
        sign_proposal(session, asked, by=council.actor(council.sro), now=START)
        assert lawful_basis_of(session, Purpose.CARER_REVIEW).id == shipped.id
        sign_proposal(session, asked, by=council.actor(council.legal), now=START + HOUR)
        made = lawful_basis_of(session, Purpose.CARER_REVIEW)
        assert (made.statutory_function, made.recorded_at) == ("Our own function", START + HOUR)
        assert (made.officer_name, made.decided_on) == ("Dee Zzprotection", START.date())
        assert (made.shipped, made.set_by, made.setter_name) == (False, council.legal.id, council.legal.name)
        assert lawful_basis_of(session, Purpose.PROSPECTIVE_CARER).shipped
        ship_lawful_bases(session, now=START + 2 * HOUR)
        assert lawful_basis_of(session, Purpose.CARER_REVIEW).id == made.id
    assert len(trail(council.database, "limits:setting_signed")) == 2
    assert len(trail(council.database, "limits:lawful_basis_set")) == 1


@ONE_DATABASE
def test_a_basis_is_decided_on_a_day_that_has_begun_in_london(council: Council) -> None:
    after_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    for day, taken in ((date(2026, 7, 1), True), (date(2026, 7, 2), False)):
        with council.database.transaction() as session, nullcontext() if taken else pytest.raises(RulebookError):
            propose_setting(
                session, replace(DECIDED, decided_on=day), by=council.actor(council.legal), now=after_midnight
            )


def test_a_basis_is_decided_by_somebody_with_a_name_and_for_a_reason() -> None:
    for officer, why in (("", "x"), ("y" * 121, "x"), ("x", " ")):
        with pytest.raises(RulebookError):
            replace(DECIDED, officer=officer, why=why)


@ONE_DATABASE
def test_a_database_without_bases_says_so(database: Database) -> None:
    with database.reading() as session, pytest.raises(NoRulebookError):
        lawful_basis_of(session, Purpose.OTHER)


def test_a_part_that_is_empty_or_too_long_is_refused() -> None:
    for article_6, function in (("", "x"), ("x" * 201, "x"), ("x", "y" * 301), ("x", " ")):
        with pytest.raises(RulebookError):
            NewLawfulBasis(Purpose.OTHER, article_6, "Article 9(2)(g)", function)


def test_the_purpose_that_is_about_crime_has_an_article_10_condition_and_it_is_shown_and_stored(
    council: Council,
) -> None:
    crime = NewLawfulBasis(Purpose.PREVENT_OR_DETECT_CRIME, "Zzsix", "Zznine", "Zzfunction", "Zzten")
    decided = NewBasis(crime, "Dee Zzprotection", START.date(), "Our officer looked at it again.")
    assert NewBasis.read(decided.settings, decided.why) == decided
    before = {name: value for name, value in decided.settings.items() if name != "article_10"}
    assert NewBasis.read(before, decided.why).basis == replace(
        crime, article_10=None
    )  # as it was proposed before it was asked
    with council.database.transaction() as session:
        shipped = {one.purpose: one.article_10 for one in list_lawful_bases(session)}
        assert {purpose for purpose, article in shipped.items() if article} == {"prevent_or_detect_crime"}
        asked = propose_setting(session, decided, by=council.actor(council.legal), now=START).reference
        for by in (council.sro, council.legal):
            sign_proposal(session, asked, by=council.actor(by), now=START + HOUR)
        assert lawful_basis_of(session, crime.purpose).in_words == "Zzsix; Zznine; Zzten. Zzfunction."
    for words in ("", "x" * 201):
        with pytest.raises(RulebookError, match="Article 10"):
            replace(crime, article_10=words)
