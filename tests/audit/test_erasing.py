"""The words of an entry go where a later entry says so, and nowhere else: a mark beside the chain, which whoever deletes can make too,
is no reason."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from tests.audit.test_trail import run, unprotected, verified
from tests.commands.running import SECRET
from tests.fixtures.casework import Casework
from tests.fixtures.council import AS_OWNER, ONE_DATABASE, ONLY_POSTGRES, START, Council
from tests.fixtures.settling import PASSWORD
from tests.fixtures.trail import last_event, trail
from tracker.access.permissions import NotAllowedError
from tracker.audit import services
from tracker.audit.chain import Place, verify
from tracker.audit.events import Event
from tracker.audit.models import AuditContent, AuditEntry, AuditErasure
from tracker.audit.selectors import find_erasure, get_entry_at
from tracker.audit.services import ErasureError, erase_content, record
from tracker.cli import main
from tracker.people.models import Person
from tracker.policy.entitlement import Actor, Holding, Role
from tracker.staff.models import StaffMember
from tracker.staff.requests import NewDeputy
from tracker.staff.services import name_deputy
from tracker.storage.session import Database
from tracker.storage.tables import NoSuchRecordError, saved_key

WHY = "Zzreason: no longer needed."
MARK = "INSERT INTO audit_erasure (seq, rule, at) SELECT seq, 'retention', at FROM audit_entry"


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Somebody whose name stands in the trail; something was recorded before and after."""
    person = casework.person("Kit")
    casework.ask(person)
    casework.ask(casework.person("Noise"))
    return person


def place_of(database: Database, person: Person) -> int:
    """The entry that holds their name."""
    added = (AuditEntry.record == person.reference, AuditEntry.event == Event.PERSON_ADDED.value)
    with database.reading() as session:
        return session.exec(select(AuditEntry.seq).where(*added)).one()


def erase(casework: Casework, seq: int, *, why: str = WHY, by: Actor | None = None) -> None:
    with casework.transaction() as session:
        erase_content(session, seq, why=why, by=by or casework.sro, now=START)


def another(casework: Casework) -> Actor:
    """A second Senior Responsible Officer."""
    return replace(casework.head, holdings=(Holding(Role.SENIOR_RESPONSIBLE_OFFICER),))


def entries(database: Database) -> list[tuple[int, str, str]]:
    with database.reading() as session:
        rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).all()
    return [(row.seq, row.text, row.hash) for row in rows]


@AS_OWNER
def test_the_words_go_the_entry_stays_and_a_new_one_says_which_by_whom_and_why(casework: Casework, kit: Person) -> None:
    seq, before = place_of(casework.database, kit), entries(casework.database)
    erase(casework, seq)
    assert entries(casework.database)[:-1] == before
    with casework.database.reading() as session:
        assert session.get(AuditContent, seq) is None
        assert session.get_one(AuditErasure, seq).rule == "by order"
        said = find_erasure(session, get_entry_at(session, seq))
        assert said is not None
        assert find_erasure(session, get_entry_at(session, seq - 1)) is None
    last = last_event(casework.database)
    assert (last.event, last.actor) == (Event.CONTENT_ERASED.value, casework.council.sro.reference)
    assert (last.record, last.people, last.facts) == (kit.reference, (kit.reference,), {"entry": seq})
    assert said.content == last.content == {"why": WHY}
    assert WHY not in said.row.text
    assert verified(casework.database).entries == len(before) + 1


@AS_OWNER
def test_why_words_were_erased_can_be_erased_too(casework: Casework, kit: Person) -> None:
    seq = place_of(casework.database, kit)
    erase(casework, seq)
    erase(casework, verified(casework.database).entries, why="It named\0 \udcffsomebody. ", by=another(casework))
    assert verified(casework.database).holds
    assert [one.content for one in trail(casework.database, "trail:content_erased")] == [
        {},
        {"why": "It named somebody."},
    ]


@AS_OWNER
def test_there_is_nothing_to_erase_twice_without_a_reason_without_words_or_where_no_entry_is(
    casework: Casework, kit: Person
) -> None:
    seq, last = place_of(casework.database, kit), verified(casework.database).entries
    with casework.transaction() as session:
        record(session, Event.SIGNED_OUT, at=START, by=None)
    for number, why, said in ((seq, " \n", "say why"), (seq, "\udcff", "say why"), (last + 1, WHY, "has no words")):
        with pytest.raises(ErasureError, match=said):
            erase(casework, number, why=why)
    with pytest.raises(NoSuchRecordError):
        erase(casework, last + 2)
    erase(casework, seq)
    with pytest.raises(ErasureError, match="gone already"):
        erase(casework, seq)
    assert verified(casework.database).entries == last + 2


@ONE_DATABASE
@pytest.mark.parametrize("who", ["auditor", "admin", "legal", "manager"])
def test_nobody_else_erases(casework: Casework, kit: Person, who: str) -> None:
    with pytest.raises(NotAllowedError):
        erase(casework, place_of(casework.database, kit), by=casework.council.actor(getattr(casework.council, who)))
    assert verified(casework.database).holds


def deputy(casework: Casework, at: datetime = START) -> StaffMember:
    """The auditor, who stands in for the Senior Responsible Officer from that moment."""
    covers, stands_in = (saved_key(one) for one in (casework.council.sro, casework.council.auditor))
    with casework.transaction() as session:
        fortnight = NewDeputy(covers, stands_in, at, at + timedelta(days=14), "Annual leave")
        name_deputy(session, fortnight, by=casework.sro, now=at)
    return casework.council.auditor


@ONE_DATABASE
def test_whoever_stands_in_for_the_senior_responsible_officer_erases_nothing_unless_they_are_one_too(
    casework: Casework, kit: Person
) -> None:
    seq, stands_in = place_of(casework.database, kit), casework.council.actor(deputy(casework))
    assert Role.SENIOR_RESPONSIBLE_OFFICER in stands_in.roles
    with pytest.raises(NotAllowedError) as refused:
        erase(casework, seq, by=stands_in)
    assert refused.value.about == kit.reference
    assert get_words(casework.database, seq) is not None
    both = (*stands_in.holdings, Holding(Role.SENIOR_RESPONSIBLE_OFFICER))
    erase(casework, seq, by=replace(stands_in, holdings=both))
    assert get_words(casework.database, seq) is None


@ONE_DATABASE
def test_nobody_erases_the_words_of_what_they_did_themself(casework: Casework, kit: Person) -> None:
    with casework.transaction() as session:
        record(session, Event.SITE_TEXT_WRITTEN, at=START, by=casework.sro, content={"text": "Zzwords"})
    own = verified(casework.database).entries
    with pytest.raises(NotAllowedError):
        erase(casework, own)
    assert get_words(casework.database, own) is not None
    erase(casework, own, by=another(casework))
    assert get_words(casework.database, own) is None


@ONE_DATABASE
def test_without_the_rule_a_deputy_erases_and_somebody_what_they_did(
    casework: Casework, kit: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(services, "may_erase_words", lambda *_, **__: True)
    erase(casework, place_of(casework.database, kit), by=casework.council.actor(deputy(casework)))
    erase(casework, verified(casework.database).entries, by=casework.council.actor(casework.council.auditor))
    assert [one.actor for one in trail(casework.database, "trail:content_erased")] == [
        casework.council.auditor.reference,
        casework.council.auditor.reference,
    ]


def get_words(database: Database, seq: int) -> AuditContent | None:
    with database.reading() as session:
        return session.get(AuditContent, seq)


@ONLY_POSTGRES
def test_the_role_that_the_tracker_runs_as_cannot_erase(casework: Casework, kit: Person) -> None:
    before = verified(casework.database)
    with pytest.raises(DBAPIError, match="permission denied"):
        erase(casework, place_of(casework.database, kit))
    assert verified(casework.database) == before


# What was not erased so ----------------------------------------------------------------------------------------------

WITHOUT_AN_ENTRY = {
    "marked and deleted": [f"{MARK} WHERE seq = 5", "DELETE FROM audit_content WHERE seq = 5"],
    "marked": [f"{MARK} WHERE seq = 5"],
    "all but the first four": [f"{MARK} WHERE seq > 4", "DELETE FROM audit_content WHERE seq > 4"],
}


@AS_OWNER
@pytest.mark.parametrize("what", WITHOUT_AN_ENTRY)
@pytest.mark.parametrize("read", [0, 4, 7])
def test_what_is_only_marked_as_erased_is_the_first_bad_entry(
    casework: Casework, kit: Person, what: str, read: int
) -> None:
    """Whatever was read before: `read` is where an earlier reading ended."""
    after = Place(read, entries(casework.database)[read - 1][2]) if read else Place(0, "0" * 64)
    run(casework.database, *WITHOUT_AN_ENTRY[what])
    with casework.database.reading() as session:
        found = verify(session, after=after)
    assert (found.entries, found.bad_entry) == (4, 5)
    assert found.why == "its content is marked as erased, and no later entry says so"


@AS_OWNER
def test_all_words_wiped_are_missed_from_the_first(casework: Casework, kit: Person) -> None:
    run(casework.database, MARK, "DELETE FROM audit_content")
    assert verified(casework.database).bad_entry == 1


@AS_OWNER
def test_an_entry_that_speaks_of_a_later_one_or_of_itself_erases_nothing(casework: Casework, kit: Person) -> None:
    last = verified(casework.database).entries
    with casework.transaction() as session:
        for named in (last + 1, last + 3):
            record(session, Event.CONTENT_ERASED, at=START, by=None, facts={"entry": named})
        record(session, Event.SIGNED_OUT, at=START, by=None)
    for seq in (last + 3, last + 1):
        with unprotected(casework.database) as session:
            session.execute(text(f"DELETE FROM audit_content WHERE seq = {seq}"))  # noqa: S608 - a number
        found = verified(casework.database)
        assert (found.bad_entry, found.why) == (
            seq,
            "its content is missing, and no later entry says that it was erased",
        )


@AS_OWNER
def test_words_that_were_put_back_after_their_erasure_are_found(casework: Casework, kit: Person) -> None:
    seq = place_of(casework.database, kit)
    with casework.database.reading() as session:
        kept = session.get_one(AuditContent, seq).model_dump()
    erase(casework, seq)
    with casework.transaction() as session:
        session.execute(text("INSERT INTO audit_content (seq, salt, text) VALUES (:seq, :salt, :text)"), kept)
    found = verified(casework.database)
    assert (found.bad_entry, found.why) == (seq, "its content is there, and a later entry says that it was erased")


@AS_OWNER
@pytest.mark.parametrize(
    "change",
    ["event = 'trail:verified'", "text = replace(text, '\"entry\":', '\"entry\": ')", "text = 'x', hash = 'x'"],
)
def test_where_the_entry_that_says_so_is_altered_the_words_are_missed_first(
    casework: Casework, kit: Person, change: str
) -> None:
    seq = place_of(casework.database, kit)
    erase(casework, seq)
    with unprotected(casework.database) as session:
        session.execute(text(f"UPDATE audit_entry SET {change} WHERE event = 'trail:content_erased'"))  # noqa: S608
    assert verified(casework.database).bad_entry == seq


# The operator's command ----------------------------------------------------------------------------------------------


def command(url: str, number: object, by: StaffMember, *words: str, password: str = PASSWORD) -> Result:
    called = ["audit", "erase", str(number), "--by", by.email, "--password-stdin", *(words or ("--why", WHY))]
    return CliRunner().invoke(main, called, input=f"{password}\n", env={"TRACKER_DATABASE_URL": url, **SECRET})


@AS_OWNER
def test_the_senior_responsible_officer_erases_by_a_command(casework: Casework, kit: Person, database_url: str) -> None:
    seq = place_of(casework.database, kit)
    done = command(database_url, seq, casework.council.sro)
    assert (done.exit_code, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first == f"Entry {seq}, 2026-11-01 10:00:00 UTC: people:added {kit.reference}"
    assert second == f"The words of entry {seq} were erased. Backups made before still have them."
    shown = CliRunner().invoke(main, ["audit", "verify"], env={"TRACKER_DATABASE_URL": database_url})
    assert (shown.exit_code, shown.output.startswith("The trail holds: ")) == (0, True)
    assert last_event(casework.database).content == {"why": WHY}


@ONE_DATABASE
def test_the_command_says_in_one_line_why_it_erased_nothing(
    council: Council, casework: Casework, kit: Person, database_url: str
) -> None:
    stands_in = deputy(casework, datetime.now(UTC))
    seq, before = place_of(casework.database, kit), verified(casework.database).entries
    for number, by, words, password, said in (
        (seq, council.legal, (), PASSWORD, "you may not erase words from the audit trail."),
        (seq, stands_in, (), PASSWORD, "you may not erase words from the audit trail."),
        (seq, council.sro, (), "not this one", "that address and password were not accepted."),
        (seq, council.sro, ("--why", " "), PASSWORD, "say why the words are to be erased."),
        (9999, council.sro, (), PASSWORD, "there is no entry 9999."),
    ):
        result = command(database_url, number, by, *words, password=password)
        assert (result.exit_code, result.stderr) == (1, f"Nothing was done: {said}\n")
    assert [one.event for one in trail(casework.database)[before:]] == [
        "access:refused",
        "access:refused",
        "staff:sign_in_failed",
    ]
    for wrong in ("x", "0", str(2**31)):
        assert command(database_url, wrong, council.sro).exit_code == 2
    gone = command("sqlite:////nowhere/at.all", seq, council.sro)
    assert (gone.exit_code, gone.stderr.count("\n")) == (1, 1)


@ONLY_POSTGRES
def test_the_command_says_that_the_owner_has_to_run_it(casework: Casework, kit: Person, database_url: str) -> None:
    before = verified(casework.database)
    result = command(database_url, place_of(casework.database, kit), casework.council.sro)
    assert result.exit_code == 1
    assert result.stderr == (
        "Nothing was done: only the role that owns the database may erase; run this as that role.\n"
    )
    assert verified(casework.database) == before
