"""Everything that was decided is decided again and comes out the same; what was altered is named."""

import json
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import START
from tracker.checks.commands import audit
from tracker.checks.replay import Replay, replay
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.policy.facts import FactsError
from tracker.policy.vocabulary import ConsentStatus
from tracker.review.services import approve_check, decline_check
from tracker.rulebook.requests import NewLimits
from tracker.rulebook.services import propose_limits, sign_proposal

HOUR = timedelta(hours=1)


@pytest.fixture
def decided(casework: Casework) -> list[Check]:
    """Decisions of every occasion, on two limits."""
    kit, child = casework.person("Kit"), casework.person("Child", born=CHILD)
    casework.consent(kit, now=START)
    first = casework.ask(kit, also_about=(child.reference,))
    with casework.transaction() as session:
        row = get_check(session, first.reference)
        approve_check(session, row, reasons="Needed.", by=casework.manager, now=START + HOUR)
    casework.consent(kit, ConsentStatus.WITHDRAWN, at=START + HOUR, now=START + 2 * HOUR)
    late = casework.late(kit, START + HOUR + HOUR / 2, now=START + 3 * HOUR)
    change_limits(casework)
    waiting = casework.ask(casework.person("Ageless", born=None), now=START + 5 * HOUR)
    with casework.transaction() as session:
        row = get_check(session, waiting.reference)
        decline_check(session, row, reasons="Not now.", by=casework.manager, now=START + 6 * HOUR)
    return [first, late, waiting]


def change_limits(casework: Casework) -> None:
    new = NewLimits(values={"presence_search_limit": 1}, why="Tried.")
    with casework.transaction() as session:
        reference = propose_limits(session, new, by=casework.legal, now=START + 4 * HOUR).reference
    for by in (casework.legal, casework.sro):
        with casework.transaction() as session:
            sign_proposal(session, reference, by=by, now=START + 4 * HOUR)


def replayed(casework: Casework) -> Replay:
    with casework.database.reading() as session:
        return replay(session)


def alter(casework: Casework, statement: str, **values: Any) -> None:
    with casework.database.engine.begin() as connection:
        connection.execute(text(statement), values)


def part(casework: Casework) -> dict[str, Any]:
    with casework.database.engine.begin() as connection:
        row = connection.execute(text("SELECT facts, answer FROM person_decision WHERE id = 1")).one()
    return {"facts": json.loads(row[0]), "answer": json.loads(row[1])}


def written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_every_decision_comes_out_the_same(casework: Casework, decided: list[Check]) -> None:
    assert replayed(casework) == Replay(decisions=8)


def test_facts_that_were_altered_are_found(casework: Casework, decided: list[Check]) -> None:
    facts = part(casework)["facts"] | {"consents": []}
    alter(casework, "UPDATE person_decision SET facts = :facts WHERE id = 1", facts=written(facts))
    found = replayed(casework)
    assert found.differs is not None
    assert found.differs.startswith(f"{decided[0].reference} decision 1")
    assert found.decisions == 0


def test_an_answer_altered_to_fit_altered_facts_is_found_by_the_trail(casework: Casework, decided: list[Check]) -> None:
    answer = part(casework)["answer"] | {"outcome": "refused"}
    alter(casework, "UPDATE person_decision SET answer = :a, outcome = 'refused' WHERE id = 1", a=written(answer))
    assert replayed(casework).why == "the trail holds no such decision: its facts or its answer were altered"


def test_an_outcome_altered_by_itself_is_found(casework: Casework, decided: list[Check]) -> None:
    alter(casework, "UPDATE person_decision SET outcome = 'refused' WHERE id = 3")
    found = replayed(casework)
    assert found.why is not None
    assert found.why.startswith("it comes out as")
    assert found.decisions == 2


def test_a_check_made_laxer_than_its_parts_is_found(casework: Casework, decided: list[Check]) -> None:
    alter(casework, "UPDATE check_decision SET outcome = 'permitted' WHERE number = 1 AND id = 1")
    assert replayed(casework).why == "its outcome is not the strictest of those of everyone concerned"


def test_limits_that_were_altered_are_found(casework: Casework, decided: list[Check]) -> None:
    alter(
        casework,
        "UPDATE limits_proposal SET settings = :limits",
        limits=written({"child_first_look_needs_approval": False}),
    )
    assert replayed(casework).differs is not None


def test_a_decision_of_older_rules_is_listed_and_not_held_to_todays(
    casework: Casework, decided: list[Check], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.checks.replay.RULES_RELEASE", "newer")
    assert replayed(casework) == Replay(decisions=8)
    monkeypatch.setattr("tracker.checks.replay.decide", lambda *_, **__: _NEWER)
    monkeypatch.setattr("tracker.checks.replay.decision_as_json", lambda _: {"outcome": "refused"})
    found = replayed(casework)
    assert found.differs is None
    assert [one.now for one in found.otherwise] == ["refused"] * 7
    assert decided[0].reference in found.otherwise[0].decision


def test_facts_of_older_rules_that_todays_cannot_read_are_listed(
    casework: Casework, decided: list[Check], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(_: object) -> None:
        raise FactsError("there is no such field", "request.mood")

    monkeypatch.setattr("tracker.checks.replay.read_facts", cannot)
    assert replayed(casework).why == "it cannot be decided again: request.mood: there is no such field"
    monkeypatch.setattr("tracker.checks.replay.RULES_RELEASE", "newer")
    found = replayed(casework)
    assert (found.differs, {one.now for one in found.otherwise}) == (None, {"cannot be decided"})


_NEWER = object()


def run(casework: Casework, url: str, *words: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(audit, words, env={"TRACKER_DATABASE_URL": url})
    return outcome.exit_code, outcome.output


def test_the_commands_say_how_many_hold(casework: Casework, database_url: str, decided: list[Check]) -> None:
    assert run(casework, database_url, "replay") == (0, "Every stored decision comes out the same: 8.\n")
    status, output = run(casework, database_url, "verify")
    assert status == 0
    assert output.startswith("The trail holds: ")


def test_the_commands_name_the_first_that_does_not(casework: Casework, database_url: str, decided: list[Check]) -> None:
    alter(casework, "UPDATE person_decision SET outcome = 'refused' WHERE id = 3")
    status, output = run(casework, database_url, "replay")
    assert (status, "2 before it come out the same" in output) == (1, True)


def test_a_database_that_cannot_be_read_is_said_in_one_line(tmp_path: Any) -> None:
    outcome = CliRunner().invoke(audit, ["verify"], env={"TRACKER_DATABASE_URL": f"sqlite:///{tmp_path}/no/such/file"})
    assert outcome.exit_code == 2
    assert len(outcome.output.splitlines()) == 1
