"""What Legal concluded, the facts it rests on and Legal's answers are on no page that a worker or a manager can reach."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Visitor
from tests.review.test_referral_services import Case
from tracker.authorities.requests import NewAdvice
from tracker.decisions.models import PersonDecision
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Conclusion
from tracker.referrals.models import Referral
from tracker.referrals.selectors import find_open_referral, get_referral
from tracker.referrals.vocabulary import Finding
from tracker.review.requests import NewHold, NewResolution, ReleasedHolds
from tracker.review.services import advise_on_person, hold_people, release_held, resolve_referral, take_referral
from tracker.staff.models import StaffMember
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

LATER = START + timedelta(hours=1)
PLANTED = ("Zzquestion", "Zzfacts", "Zzwording", "Zzanswer", "Zzholdwhy", "Zzreleasewhy", "Zzfinding")
CONCLUSION = "crime threshold not met"
NOT_ABOUT_ANYBODY = ("/assets", "/policy", "/sign-out", "/help", "/privacy", "/cookies", "/accessibility")
ENOUGH = 200


def plant(casework: Casework) -> None:
    """Everything that Legal can write about somebody, in words that are found again, on a check that stays blocked and a late one."""
    case, legal = Case(casework), casework.legal
    case.take()
    new = NewAdvice(case.person.reference, Conclusion.THRESHOLD_NOT_MET, LATER, "Zzquestion.", "Zzfacts.", "Zzwording.")
    with casework.transaction() as session:
        advise_on_person(session, new, by=legal, now=LATER)
    with casework.transaction() as session:
        held = hold_people(session, NewHold((case.person.reference,), "Zzholdwhy."), by=legal, now=LATER)
    with casework.transaction() as session:
        release_held(session, ReleasedHolds((held[0].reference,), "Zzreleasewhy."), by=legal, now=LATER)
    case.resolve(answer="Zzanswer.")
    late = casework.late(case.person, START + timedelta(minutes=20), now=LATER)
    with casework.database.reading() as session:
        possible = find_open_referral(session, saved_key(late))
    assert possible is not None
    answer(casework, possible, legal)


def answer(casework: Casework, possible: Referral, legal: Actor) -> None:
    """The possible error is taken and answered."""
    with casework.transaction() as session:
        row = get_referral(session, possible.reference)
        take_referral(session, row, version=row.version, by=legal, now=LATER)
        new = NewResolution("Zzfinding.", row.version, None, Finding.ERROR)
        resolve_referral(session, row, new, by=legal, now=LATER)


def pages_of(visitor: Visitor) -> dict[str, str]:
    """Every page that somebody reaches over links from their home page, as it was sent, by address."""
    found: dict[str, str] = {}
    ahead = ["/"]
    while ahead:
        path = ahead.pop()
        if path in found:
            continue
        page = visitor.get(path)
        found[path] = str(page.html.text)
        links = [link.get("href").partition("#")[0] for link in page.html.all("a")]
        ahead += [link for link in links if link.startswith("/") and not link.startswith(NOT_ABOUT_ANYBODY)]
        assert len(found) < ENOUGH
    return found


@pytest.mark.parametrize("who", ["worker", "colleague", "worker2", "manager", "manager2"])
def test_no_page_that_a_worker_or_manager_reaches_says_what_legal_wrote(
    casework: Casework, client_for: ClientFor, clock: Clock, who: str
) -> None:
    plant(casework)
    clock.set(LATER + timedelta(minutes=5))
    member: StaffMember = getattr(casework.council, who)
    pages = pages_of(client_for(member))
    assert len(pages) > 5, sorted(pages)
    if who == "worker":
        assert any(path.startswith("/checks/CHK-") for path in pages), sorted(pages)
    leaks = [(path, word) for path, words in pages.items() for word in (*PLANTED, CONCLUSION) if word in words]
    assert not leaks


def test_the_same_words_are_found_where_legal_reads_them(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    """The control: the search finds what is there."""
    plant(casework)
    clock.set(LATER + timedelta(minutes=5))
    lawyer = client_for(casework.council.legal)
    ended = lawyer.get("/referrals?show=ended")
    cases = [link.get("href") for link in ended.main.all("a") if link.get("href").startswith("/referrals/REF-")]
    words = " ".join(lawyer.get(case).text for case in cases)
    assert [word for word in (*PLANTED, CONCLUSION) if word not in words] == []


def test_no_text_of_a_reason_says_what_legal_wrote(casework: Casework) -> None:
    plant(casework)
    with casework.database.reading() as session:
        answers = [str(row.answer) for row in session.exec(select(PersonDecision))]
    assert answers
    assert not [word for word in (*PLANTED, CONCLUSION) for answer in answers if word in answer]
