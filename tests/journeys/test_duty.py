"""Journey of issue 5: a child is missing from Friday night to Monday morning, and a duty team acts where others work with him."""

from datetime import UTC, datetime, timedelta

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, Clock
from tests.fixtures.hand import Answers, HandOf
from tests.fixtures.settling import sign_up
from tests.tasks.running import run
from tracker.decisions.selectors import get_check
from tracker.policy.entitlement import Role
from tracker.review.jobs import OPENED_ON_DUTY, TELEPHONE_UNCONFIRMED
from tracker.staff.requests import NewShift
from tracker.staff.services import add_rota_shift
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FRIDAY = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
WHY = "His mother rang at 10:50pm: he has not come home."
DANGER: Answers = {
    "What is the danger, and to whom?": "He has gone with a man who has harmed children.",
    "What is the look for?": "Finding somebody who is missing",
    "Where will you look?": ["Snapchat"],
    "With which account?": "Logged out, in an ordinary browser",
}


def test_a_missing_child_from_friday_night_to_monday_morning(casework: Casework, hand_of: HandOf, clock: Clock) -> None:
    kit = casework.person("Kit", CHILD)
    casework.danger(kit, by=casework.worker2, now=FRIDAY - timedelta(days=3))
    with casework.transaction() as session:
        member = sign_up(session, "Nia Zznight", Role.DUTY_WORKER, team_id=saved_key(casework.council.night))
        weekend = NewShift(saved_key(member), saved_key(casework.council.night), FRIDAY - HOUR, MONDAY - HOUR)
        add_rota_shift(session, weekend, by=casework.admin, now=FRIDAY - 10 * HOUR)

    clock.set(FRIDAY)
    night = hand_of(member)
    night.open("/people").write("Name, date of birth, reference or profile", str(kit.name)).press("Find")
    night.follow(str(kit.name)).sees("Open a record on duty")
    night.does_not_see(str(kit.name))
    night.write("Why do you need this record on duty?", WHY).press("Open the record")
    night.sees(str(kit.name)).press("Danger now").answer(DANGER).press("Ask now")
    night.sees("Select yes if something new has happened since somebody last looked in danger")
    night.choose("Has something new happened", "Yes").write("What has newly happened?", "He rang, and was crying.")
    night.press("Ask now").sees("Waiting for a manager")
    check = night.path
    clock.advance(minutes=10)
    night.press("A duty manager approved it by telephone")
    night.choose("Which duty manager approved it?", "Dara Zzduty").when(
        "When did you speak to them?", FRIDAY + 5 * MINUTE
    )
    night.write("What did they say?", "Look once, now.").press("Record the approval")
    night.sees("You may go ahead", "They have not confirmed it yet").press("Start looking")
    reference = check.rpartition("/")[2]
    actor = casework.council.actor(member, at=clock())
    with casework.database.reading() as session:
        asked = get_check(session, reference)
    casework.report(asked, by=actor, opened_at=clock(), now=clock() + 5 * MINUTE)

    for job in (OPENED_ON_DUTY, TELEPHONE_UNCONFIRMED):
        run(casework.database, job, MONDAY)
    clock.set(MONDAY)
    duty = hand_of(casework.council.duty)
    duty.open("/").sees("Nia Zznight recorded that you approved a look by telephone").follow("Say whether you approved")
    duty.sees(str(kit.name), "Look once, now.").choose(
        "Did you approve this look by telephone?", "Yes, I approved this one look"
    )
    duty.press("Save your answer").sees("you confirmed that you approved this look")
    worker = hand_of(casework.council.worker)
    worker.open("/").sees("Opened on duty (1)", str(kit.name), "Nia Zznight", WHY, "It could go ahead", reference)
    manager = hand_of(casework.council.manager)
    manager.open("/").sees("Opened on duty (1)", WHY).follow("1 record was opened on duty")
    manager.sees(WHY, "It could go ahead").press("I have read this")
    manager.sees("It was recorded that you have read what was opened on duty.")
    manager.does_not_see("1 record was opened on duty")
    hand_of(member).open(f"/people/{kit.reference}").sees("You cannot see or do this")
