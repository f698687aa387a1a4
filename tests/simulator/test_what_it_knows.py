"""The simulator shares nothing with what it tests: it knows the services, and neither the rules nor the detection."""

import ast
from pathlib import Path

import pytest

from tests.simulator.truth import Truth
from tests.simulator.words import request
from tests.simulator.writing import BEGINS, PLANTS, QUARTER, YEAR, new_seed, write_book
from tracker.people.requests import NewFamilyLink
from tracker.staff.requests import NewRole

FILES = sorted(Path(__file__).parent.glob("*.py"))
FORBIDDEN = ("tracker.policy", "tracker.detection", "tests.detection", "tests.policy", "tests.fixtures")


def imported(source: str) -> set[str]:
    """Every module that a source imports, and every name that it takes from one."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update({node.module, *(f"{node.module}.{one.name}" for one in node.names)})
    return found


def is_forbidden(module: str) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in FORBIDDEN)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_simulator_imports_nothing_of_the_rules_or_of_detection(file: Path) -> None:
    assert not {module for module in imported(file.read_text(encoding="utf-8")) if is_forbidden(module)}


def test_the_test_of_imports_sees_them_in_every_form() -> None:
    control = "def f():\n    from tracker import policy\nimport tracker.detection.models\nfrom tracker.policy.limits import Limits\n"
    assert len([one for one in imported(control) if is_forbidden(one)]) == 4


def test_a_request_is_made_of_plain_words() -> None:
    assert request(NewFamilyLink, person="PER-1", other="PER-2", kind="parent").kind.value == "parent"
    assert request(NewRole, staff_id=1, role="auditor", team_id=None).role.value == "auditor"
    with pytest.raises(ValueError, match="nobody"):
        request(NewFamilyLink, person="PER-1", other="PER-2", kind="nobody")


def test_a_year_has_thirty_plants_of_ten_kinds_each_in_several_disguises() -> None:
    book = write_book(7, YEAR, BEGINS)
    assert len(book.plants) == 30
    disguises = {kind: {one.disguise for one in book.plants if one.pattern == kind} for kind in PLANTS}
    assert len(disguises) == 10
    assert all(len(different) >= 2 for different in disguises.values())
    assert sum(entry.did == "add_person" for entry in book.entries) >= 2000
    assert sum("social_worker" in one.roles for one in book.staff.values()) == 40


def test_one_seed_is_one_book_and_another_is_another() -> None:
    one, again, other = (write_book(seed, QUARTER, BEGINS) for seed in (11, 11, 12))
    assert list(one.in_order()) == list(again.in_order())
    assert list(one.in_order()) != list(other.in_order())


@pytest.mark.parametrize("_turn", range(20))
def test_by_the_book_every_plant_is_so_and_no_near_miss_is(_turn: int) -> None:
    seed = new_seed()
    book = write_book(seed, QUARTER, BEGINS)
    truth = Truth(book, did_not_happen=())
    untrue = {one.disguise: truth.why_not(one.pattern, one.effect, one.checks) for one in book.plants}
    assert not any(untrue.values()), (seed, untrue)
    for near in book.near_misses:
        effects = ("hold", "task") if near.effect is None else (near.effect,)
        assert all(truth.why_not(near.pattern, effect, near.checks) for effect in effects), (seed, near.what)
