"""The lists that must not drift: events, rules, settings, commands, and the shape of the rooms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tracker.audit.events import Event
from tracker.cli import main
from tracker.config import Settings
from tracker.policy.vocabulary import Footing, Stop
from workshop.place import ROOT

TRACKER = ROOT / "tracker"
DOCS = sorted((ROOT / "docs").rglob("*.md"))
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def sources(folder: Path = TRACKER) -> list[Path]:
    """Every module of the tracker."""
    return [path for path in sorted(folder.rglob("*.py")) if path.parent.name != "versions"]


def events_recorded() -> set[str]:
    """The names of the events that some module hands on, outside the list of them."""
    found = set()
    for path in sources():
        if path != TRACKER / "audit" / "events.py":
            found |= {
                node.attr
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Event"
            }
    return found


def test_every_event_of_the_list_is_recorded_somewhere() -> None:
    assert {one.name for one in Event} - events_recorded() == set()


def test_no_event_is_recorded_that_is_not_on_the_list() -> None:
    assert events_recorded() - {one.name for one in Event} == set()


def test_every_event_is_in_the_past_tense_of_its_room_and_says_who_and_what() -> None:
    for one in Event:
        assert re.fullmatch(r"[a-z]+:[a-z_]+", one.value), one
        assert re.findall(r"{(\w+)}", one.sentence) == [
            name for name in re.findall(r"{(\w+)}", one.sentence) if name in ("actor", "people", "record")
        ]


def test_every_rule_is_in_the_catalogue() -> None:
    catalogue = (ROOT / "docs" / "policy.md").read_text()
    assert [rule.value for rule in (*Stop, *Footing) if f"`{rule.value}`" not in catalogue] == []


def test_every_setting_is_in_the_guide_to_operations_and_none_that_is_not() -> None:
    settings = {f"TRACKER_{name.upper()}" for name in Settings.model_fields}
    listed = set(re.findall(r"^\| `(TRACKER_\w+)`", OPERATIONS, re.MULTILINE))
    assert listed == settings
    named = {name for path in DOCS for name in re.findall(r"TRACKER_[A-Z_]+", path.read_text())}
    assert named - settings == set()


def test_nothing_but_the_settings_reads_the_environment() -> None:
    reads = [
        str(path.relative_to(ROOT))
        for path in sources()
        if re.search(r"os\.environ(?! \|=)(?!\[)|os\.getenv", path.read_text())
    ]
    assert [path for path in reads if path != "tracker/config.py"] == []


def commands(group: click.Command = main, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, by the words that it is called with."""
    if not isinstance(group, click.Group):
        yield words
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield from commands(command, (*words, name))


@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
def test_every_command_says_what_it_does_and_what_its_exit_status_means(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*words, "--help"])
    assert shown.exit_code == 0
    assert "Exit status:" in shown.output


@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
def test_every_command_is_in_the_documents(words: tuple[str, ...]) -> None:
    called = f"tracker {' '.join(words)}"
    assert any(called in path.read_text() for path in [*DOCS, ROOT / "README.md"]), called


def test_every_room_has_its_line_in_the_list_of_rooms() -> None:
    listed = re.findall(r"`([\w.]+)/?`", (TRACKER / "README.md").read_text().split("Each imports only")[0])
    there = {path.name for path in TRACKER.iterdir() if path.name[0] not in "._"} - {"README.md"}
    assert there - set(listed) == set()
    assert set(listed) - there == set()


def test_every_room_with_pages_is_on_the_list_of_blueprints() -> None:
    blueprints = (TRACKER / "blueprints.py").read_text()
    with_pages = {path.parent.name for path in TRACKER.glob("*/routes.py")}
    with_pages |= {path.parent.name for path in TRACKER.glob("*/routes")}
    with_pages.discard("policy")
    assert [room for room in sorted(with_pages) if f"from tracker.{room} import routes" not in blueprints] == []


def test_the_contracts_between_rooms_leave_no_room_out() -> None:
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one for one in contracts if one.get("exhaustive"))
    placed = {name.strip() for line in layers["layers"] for name in line.split("|")}
    rooms = {path.stem for path in TRACKER.iterdir() if path.name[0] not in "._" and path.suffix in ("", ".py")}
    assert rooms == placed
