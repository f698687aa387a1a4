"""`tracker policy propose` and `tracker policy sign`: who they are, what they change, and how they end."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session, select

from tests.commands.running import SECRET
from tests.fixtures.council import ONE_DATABASE, Council
from tests.fixtures.settling import PASSWORD
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.cli import main
from tracker.rulebook.models import Proposal, Signature
from tracker.rulebook.requests import NewLimits
from tracker.rulebook.selectors import limits_in_force
from tracker.rulebook.services import propose_limits, sign_proposal
from tracker.staff import proving
from tracker.staff.models import SignInAttempt, StaffMember
from tracker.storage.session import Database

pytestmark = ONE_DATABASE


@pytest.fixture
def limits(tmp_path: Path) -> Path:
    """A file of limits."""
    file = tmp_path / "limits.toml"
    file.write_text("notice_view_limit = 5\nnon_ripa = true\n", encoding="utf-8")
    return file


def run(url: str, *words: str, password: str = PASSWORD) -> Result:
    told = ("--password-stdin",) if "--help" not in words else ()
    return CliRunner().invoke(
        main, ["policy", *words, *told], input=f"{password}\n", env={"TRACKER_DATABASE_URL": url, **SECRET}
    )


def propose(url: str, limits: Path, by: StaffMember, password: str = PASSWORD) -> Result:
    return run(url, "propose", str(limits), "--by", by.email, "--why", "Zzbecause", password=password)


def proposals(database: Database) -> list[Proposal]:
    with database.reading() as session:
        return [one for one in session.exec(select(Proposal)).all() if not one.shipped]


def signatures(database: Database) -> list[str]:
    with database.reading() as session:
        return [one.capacity for one in session.exec(select(Signature).order_by(Signature.id)).all()]  # type: ignore[arg-type]


def test_legal_proposes_and_two_sign_and_the_limits_are_in_force(
    council: Council, database: Database, database_url: str, limits: Path
) -> None:
    proposed = propose(database_url, limits, council.legal)
    assert proposed.exit_code == 0, proposed.output
    (made,) = proposals(database)
    assert f"Proposed: {made.reference}." in proposed.output
    assert "notice_view_limit: 3 now, 5 then" in proposed.output
    assert "caution threshold set by your council; the law gives no number" in proposed.output

    first = run(database_url, "sign", made.reference.lower(), "--by", council.sro.email)
    assert first.exit_code == 0, first.output
    assert "waits for the signature of the legal reviewer" in first.output
    second = run(database_url, "sign", made.reference, "--by", council.legal.email, "--as", "legal")
    assert second.exit_code == 0, second.output
    assert f"{made.reference} is in force from" in second.output
    assert "Zzbecause" in second.output
    with database.reading() as session:
        at = session.exec(select(Signature.recorded_at).order_by(Signature.id)).all()[-1]  # type: ignore[arg-type]
        assert limits_in_force(session, at=at).limits.notice_view_limit == 5
    assert signatures(database) == ["sro", "legal"]


def test_what_came_into_force_while_the_password_was_typed_is_read_first(
    council: Council, database: Database, database_url: str, limits: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(database_url, limits, council.legal)
    (made,) = proposals(database)

    def _typed(_: bool) -> str:
        with database.transaction() as session:
            other = propose_limits(
                session,
                NewLimits({"sitting_minutes": 30}, "Zz"),
                by=council.actor(council.legal),
                now=datetime.now(UTC),
            )
            for by in (council.legal, council.sro):
                sign_proposal(session, other.reference, by=council.actor(by), now=datetime.now(UTC))
        return PASSWORD

    with monkeypatch.context() as patched:
        patched.setattr(proving, "asked_for_password", _typed)
        stale = run(database_url, "sign", made.reference, "--by", council.sro.email)
    assert (stale.exit_code, "Something else came into force" in stale.output) == (1, True)
    assert run(database_url, "sign", made.reference, "--by", council.sro.email).exit_code == 0


def test_the_password_is_asked_for_on_the_terminal_and_not_shown(
    council: Council, database: Database, database_url: str, limits: Path
) -> None:
    words = ["policy", "propose", str(limits), "--by", council.legal.email, "--why", "Zz"]
    result = CliRunner().invoke(
        main, words, input=f"{PASSWORD}\n", env={"TRACKER_DATABASE_URL": database_url, **SECRET}
    )
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    assert len(proposals(database)) == 1


def test_a_wrong_password_an_unknown_address_and_a_closed_account_are_answered_alike(
    council: Council, database: Database, database_url: str, limits: Path
) -> None:
    wrong = propose(database_url, limits, council.legal, password="not this one")  # noqa: S106 - a wrong one
    unknown = run(database_url, "propose", str(limits), "--by", "nobody@northshire.example", "--why", "Zz")
    for result in (wrong, unknown):
        assert result.exit_code == 1
        assert result.stderr == "Nothing was done: that address and password were not accepted.\n"
    assert proposals(database) == []


def test_wrong_passwords_are_counted_and_lock_the_account_as_in_a_browser(
    council: Council, database: Database, database_url: str, limits: Path
) -> None:
    for _ in range(10):
        propose(database_url, limits, council.legal, password="not this one")  # noqa: S106 - a wrong one

    def _count(session: Session, event: Event) -> int:
        return len(session.exec(select(AuditEntry).where(AuditEntry.event == event.value)).all())

    with database.reading() as session:
        assert (_count(session, Event.SIGN_IN_FAILED), _count(session, Event.ACCOUNT_LOCKED)) == (10, 1)
    assert propose(database_url, limits, council.legal).exit_code == 1
    assert proposals(database) == []


def test_who_may_not_is_refused_and_the_refusal_is_in_the_trail(
    council: Council, database: Database, database_url: str, limits: Path
) -> None:
    refused = propose(database_url, limits, council.worker)
    assert refused.exit_code == 1
    assert "Nothing was done: you may not propose limits." in refused.stderr
    propose(database_url, limits, council.admin)
    (made,) = proposals(database)
    for member, words in ((council.admin, ()), (council.legal, ("--as", "sro")), (council.manager, ("--as", "legal"))):
        result = run(database_url, "sign", made.reference, "--by", member.email, *words)
        assert result.exit_code == 1, result.output
    assert signatures(database) == []
    with database.reading() as session:
        refusals = session.exec(select(AuditEntry).where(AuditEntry.event == Event.ACCESS_REFUSED.value)).all()
    assert [one.actor for one in refusals] == [
        member.reference for member in (council.worker, council.admin, council.legal, council.manager)
    ]


def test_a_second_signature_of_the_same_kind_or_an_unknown_proposal_ends_with_1(
    council: Council, database: Database, database_url: str, limits: Path
) -> None:
    propose(database_url, limits, council.legal)
    (made,) = proposals(database)
    assert run(database_url, "sign", made.reference, "--by", council.legal.email).exit_code == 0
    again = run(database_url, "sign", made.reference, "--by", council.legal.email)
    assert (again.exit_code, again.stderr) == (1, "Nothing was done: It is already signed by a legal reviewer.\n")
    unknown = run(database_url, "sign", "LIM-0000-0000", "--by", council.legal.email)
    assert (unknown.exit_code, unknown.stderr) == (
        1,
        "Nothing was done: there is no proposal of limits LIM-0000-0000.\n",
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("notice_view_limit = 11", "notice_view_limit"),
        ("zz = 1", "zz"),
        ("= 3", "TOML"),
        ('sitting_minutes = "9"', "sitting_minutes"),
    ],
)
def test_a_file_that_cannot_stand_ends_with_2_and_one_line_that_names_what_is_wrong(
    council: Council, database: Database, database_url: str, tmp_path: Path, text: str, named: str
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text, encoding="utf-8")
    result = propose(database_url, file, council.legal)
    assert result.exit_code == 2
    assert named in result.stderr
    assert result.stderr.count("\n") == 1
    assert (result.stdout, proposals(database)) == ("", [])


def test_wrong_use_and_a_missing_file_end_with_2(council: Council, database_url: str, tmp_path: Path) -> None:
    missing = str(tmp_path / "nothing.toml")
    assert run(database_url, "propose", missing, "--by", council.legal.email, "--why", "Zz").exit_code == 2
    assert run(database_url, "sign", "LIM-0000-0000").exit_code == 2
    assert run(database_url, "sign", "LIM-0000-0000", "--by", "x@y.example", "--as", "king").exit_code == 2


def test_a_database_that_is_not_there_ends_with_1_and_one_line(tmp_path: Path, limits: Path) -> None:
    result = run(f"sqlite:///{tmp_path}/empty.sqlite3", "propose", str(limits), "--by", "a@b.example", "--why", "Zz")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "tracker init" in result.stderr


def test_both_commands_tell_of_their_exit_codes() -> None:
    for command in ("propose", "sign"):
        result = CliRunner().invoke(main, ["policy", command, "--help"])
        assert result.exit_code == 0
        assert "Exit status: 0" in result.output


def test_without_the_servers_secret_key_nobody_proves_who_they_are(
    database_url: str, limits: Path, council: Council
) -> None:
    """The digest of who tried would be one that anybody can make, and not the one that a browser's failures count by."""
    words = ["policy", "propose", str(limits), "--by", council.legal.email, "--why", "Zz", "--password-stdin"]
    result = CliRunner().invoke(main, words, input=f"{PASSWORD}\n", env={"TRACKER_DATABASE_URL": database_url})
    assert result.exit_code == 2
    assert result.stderr.startswith("TRACKER_SECRET_KEY:")
    with council.database.reading() as session:
        assert session.exec(select(SignInAttempt)).all() == []
