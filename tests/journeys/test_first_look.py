"""Journeys (a) and (b): a look that another member of staff makes, and the next team that asks."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import HandOf
from tests.journeys.answers import LOOK, MEANT, SEEN, WHY, ask
from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser
from tracker.corporate_accounts.services import allow_user, register_profile
from tracker.policy.vocabulary import Platform
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


@pytest.fixture
def corporate_account(casework: Casework) -> str:
    """A registered profile that the colleague may use, as the form offers it."""
    yesterday = START - timedelta(days=1)
    with casework.transaction() as session:
        new = NewCorporateProfile(platform=Platform.FACEBOOK, handle="northshire.family.help", registered_at=yesterday)
        profile = register_profile(session, new, by=casework.admin, now=yesterday)
        user = NewProfileUser(profile.reference, saved_key(casework.council.colleague), from_at=yesterday)
        allow_user(session, user, by=casework.admin, now=yesterday)
    return "The council's northshire.family.help on Facebook"


def test_a_colleague_with_the_corporate_account_looks_and_both_report(
    casework: Casework, corporate_account: str, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Kit")
    requester, viewer = hand_of(casework.council.worker), hand_of(casework.council.colleague)
    ask(
        requester,
        person,
        look={**LOOK, "With which account?": corporate_account, "Which member of staff": "Cole Zzcolleague"},
    )
    requester.sees("Cole Zzcolleague may go ahead", "This is not a RIPA authorisation.")
    viewer.open("/").sees("Look for Wanda Zzworker", "Kit").follow("Look for Wanda Zzworker")
    viewer.sees("You may go ahead").press("Start looking")
    clock.advance(minutes=20)
    viewer.open("/").follow("Report what you saw")
    viewer.choose("What happened?", "I looked").answer(SEEN).press("Record what I saw")
    viewer.sees("What you saw was recorded.").does_not_see("What does it mean")
    requester.open("/").follow("Say what it means for the case")
    requester.answer(MEANT).press("Record what it means").sees(
        "Nothing new.", "Whether the account of last week holds."
    )


def test_the_next_team_is_blocked_and_sees_that_another_team_looked(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Kit")
    ask(hand_of(casework.council.worker), person)
    clock.advance(minutes=5)
    other = hand_of(casework.council.worker2)
    ask(other, person, why={**WHY, "What exactly do you need to find out?": "Our own question."})
    expect(other.page.get_by_role("heading", level=1)).to_have_text("Blocked pending legal advice")
    other.sees(
        "The single open-source viewing was used or allowed on 21 November 2026", "What would let a look go ahead"
    )
    other.sees("who can send it to Legal")
    other.open(f"/people/{person.reference}")
    other.sees("The single open-source viewing was allowed on 21 November 2026 to another team.")
    other.does_not_see("Whether the account given of last week holds.")
