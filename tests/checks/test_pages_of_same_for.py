"""The same for others of the household, in a browser without JavaScript: whom, one page of answers, what came of each."""

from datetime import timedelta

from sqlmodel import Session, select

from tests.checks.test_same_for import HOUR, Home
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.audit.models import AuditEntry
from tracker.checks.requests import AccountChoice
from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser
from tracker.corporate_accounts.services import allow_user, register_profile
from tracker.decisions.models import Check, CopiedCheck
from tracker.drafts.models import Draft
from tracker.people.models import Person
from tracker.policy.vocabulary import Platform
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

OWN = {
    "why_now": "The children stay there at weekends.",
    "why_not_by_agreement": "cannot_be_found",
    "why_not_words": "No answer to two letters.",
    "less_intrusive": "A visit; nobody was in.",
    "may_lack_capacity": "no",
    "visibility": "open",
    "confidential_material_likely": "no",
    "illegal_content_suspected": "no",
}
BUTTON = "Ask for a decision about each"


def own(*people: Person, **changes: str) -> dict[str, str]:
    """The answers about each of these people."""
    answers = {**OWN, **changes}
    return {f"{one.reference}-{name}": answer for one in people for name, answer in answers.items()}


def chosen(worker: Visitor, asked: Check, *people: Person) -> Page:
    """From the page of a check to the answers about these people."""
    shown = worker.get(f"/checks/{asked.reference}")
    assert "Ask the same for others of the household" in shown.text
    choice = worker.get(f"/checks/{asked.reference}/same-for")
    return worker.send(choice, {"people": [one.reference for one in people]}, button="Continue")


def copies(session: Session) -> int:
    return len(session.exec(select(CopiedCheck)).all())


def test_each_is_answered_for_on_one_page_and_what_came_of_each_is_shown(
    casework: Casework, client_for: ClientFor
) -> None:
    home, worker = Home(casework), client_for(casework.council.worker)
    casework.profile(home.sam, "https://www.facebook.com/zz.sam")
    home.restrict(home.rae)
    choice = worker.get(f"/checks/{home.asked.reference}/same-for")
    assert "whose record is restricted. Ask the head of service." in choice.text
    assert "4 go to Legal whoever made them" in choice.text
    answers = chosen(worker, home.asked, home.sam, home.chris)
    assert "To assess." in answers.text
    form = answers.form(BUTTON)
    assert form.values.get(f"{home.sam.reference}-why_now") in (None, [""])
    assert len(form.values[f"{home.sam.reference}-profiles"]) == 1
    one_missing = worker.send(answers, own(home.sam) | own(home.chris, why_now=""), button=BUTTON)
    assert one_missing.title.startswith("Error: ")
    assert one_missing.errors == [f"{home.chris.name}: enter why it is needed now, and about this person"]
    assert one_missing.form(BUTTON).values[f"{home.sam.reference}-why_now"] == [OWN["why_now"]]
    with casework.database.reading() as session:
        assert copies(session) == 0
    came = worker.send(one_missing, own(home.sam, home.chris), button=BUTTON)
    assert came.path == f"/checks/{home.asked.reference}/same-for/asked"
    assert [
        one for one in ("You may go ahead", "Waiting for a manager", home.sam.name or "") if one not in came.text
    ] == []
    again = worker.send(one_missing, own(home.sam, home.chris), button=BUTTON)
    assert again.address == came.address
    names = [str(one.name) for one in (home.kit, home.sam, home.chris)]
    assert not [name for page in (choice, answers, came) for name in names if name in page.title + page.address]
    with casework.database.reading() as session:
        assert copies(session) == 2
        opened = session.exec(select(AuditEntry.record).where(AuditEntry.event == "people:opened")).all()
        assert {home.sam.reference, home.chris.reference} <= set(opened)
        first = session.exec(select(Check).where(Check.person_id == home.sam.id)).one()
    shown = worker.get(f"/checks/{first.reference}")
    assert f"Asked the same as {home.asked.reference}" in shown.text


def test_what_was_typed_about_one_who_could_not_be_asked_about_is_kept(
    casework: Casework, client_for: ClientFor
) -> None:
    """The colleague who would look may not read the restricted record; the other is asked about all the same."""
    home, worker = Home(casework), client_for(casework.council.worker)
    home.restrict(home.rae, casework.worker)
    before = START - timedelta(days=1)
    with casework.transaction() as session:
        new = NewCorporateProfile(platform=Platform.FACEBOOK, handle="northshire.family.help", registered_at=before)
        profile = register_profile(session, new, by=casework.admin, now=before)
        user = NewProfileUser(profile.reference, saved_key(casework.council.colleague), from_at=before)
        allow_user(session, user, by=casework.admin, now=before)
    person = casework.person("Ash")
    home.related(person)
    home.kit = person
    home.related(home.sam)
    home.related(home.rae)
    account = AccountChoice("corporate", profile.reference)
    asked = casework.ask(person, viewer=casework.colleague.reference, account=account, now=START - HOUR)
    came = worker.send(chosen(worker, asked, home.sam, home.rae), own(home.sam, home.rae), button=BUTTON)
    assert "Not everybody could be asked about." in came.text
    link = next(one["href"] for one in came.main.all("a") if one.text == "Go on with those left")
    left = worker.get(link)
    assert left.errors == [f"{home.rae.name}: Choose somebody who may open this record."]
    assert left.form(BUTTON).values[f"{home.rae.reference}-why_now"] == [OWN["why_now"]]
    assert home.sam.reference not in left.text
    still = worker.send(left, button=BUTTON)
    assert (still.path, still.errors) == (left.path, left.errors)
    with casework.database.reading() as session:
        assert copies(session) == 1
        (draft,) = session.exec(select(Draft).where(Draft.form == "same_for")).all()
        assert list(draft.content["typed"]) == [home.rae.reference]
    item = next(one for one in worker.get("/").main.all("a") if one.text.startswith("Go on with those left"))
    assert item["href"] == left.path
    with casework.transaction() as session:
        struck = session.get_one(Check, saved_key(asked))
        struck.struck_at, struck.struck_by, struck.struck_why = START, casework.worker.staff_id, "Somebody else."
    item = next(one for one in worker.get("/").main.all("a") if one.text.startswith("Throw away what was kept"))
    confirm = worker.get(item["href"])
    assert home.rae.reference not in confirm.text
    assert "1 person of the household" in confirm.text
    assert str(home.rae.name) not in confirm.text
    gone = worker.send(confirm, button="Throw it away")
    assert (gone.path, "was thrown away" in gone.text) == ("/", True)
    assert "Throw away what was kept" not in gone.text
    with casework.database.reading() as session:
        assert session.exec(select(Draft).where(Draft.form == "same_for")).all() == []


def test_with_nobody_on_record_the_page_says_so(casework: Casework, client_for: ClientFor) -> None:
    asked = casework.ask(casework.person())
    page = client_for(casework.council.worker).get(f"/checks/{asked.reference}/same-for")
    assert "No family or household is on record." in page.text
    assert page.forms == []
