"""The release number of the rules changes whenever the sources that a decision is made from do.

Every stored decision names its release. While a release has decided nothing anywhere, its line in `releases.json` may be
written anew; afterwards a line is never changed, only added.
"""

import ast
import hashlib
import json
from pathlib import Path

import tracker.policy
from tracker.policy.limits import RULES_RELEASE

POLICY = Path(tracker.policy.__file__).parent
RELEASES = Path(__file__).parent / "releases.json"
PACKAGE = "tracker.policy."


def imported_by(module: str) -> set[str]:
    """The modules of the policy that one of them imports by name."""
    tree = ast.parse((POLICY / f"{module}.py").read_text(encoding="utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {name.removeprefix(PACKAGE) for name in named if name.startswith(PACKAGE)}


def sources_of(module: str) -> list[str]:
    """A module and all that it rests on: for `decide`, every source that can change a decision or its words."""
    found, waiting = {module}, [module]
    while waiting:
        more = imported_by(waiting.pop()) - found
        found |= more
        waiting.extend(more)
    return sorted(found)


def fingerprint(modules: list[str]) -> str:
    sources = (f"{module}\n{(POLICY / f'{module}.py').read_text(encoding='utf-8')}" for module in modules)
    return hashlib.sha256("\0".join(sources).encode()).hexdigest()


def test_the_release_number_changes_with_the_sources_of_a_decision() -> None:
    now = fingerprint(sources_of("decide"))
    recorded = json.loads(RELEASES.read_text(encoding="utf-8"))
    assert recorded.get(RULES_RELEASE) == now, (
        "The sources that decisions are made from have changed. Raise RULES_RELEASE in tracker/policy/limits.py, "
        f'add its line to tests/policy/releases.json with the fingerprint that this test then shows (now "{now}"), '
        "make docs/policy.md anew, and tell of the change in docs/changelog.md."
    )


def test_everything_that_can_change_a_decision_is_fingerprinted() -> None:
    sources = sources_of("decide")
    assert {"decide", "facts", "footings", "limits", "records", "stops", "texts", "vocabulary", "weighing"} <= set(
        sources
    )
    # Who may do what, patterns, the catalogue and the reading of JSON text come before or after a decision.
    apart = {path.stem for path in POLICY.glob("*.py")} - set(sources)
    patterns = {path.stem for path in POLICY.glob("pattern*.py")} | {"new_findings"}
    before_or_after = {"answers", "catalogue", "entitlement", "json_text", "plain_words"}
    assert apart <= {"__init__"} | before_or_after | patterns


def test_no_two_releases_are_alike() -> None:
    recorded = json.loads(RELEASES.read_text(encoding="utf-8"))
    assert len(set(recorded.values())) == len(recorded)
    assert list(recorded)[-1] == RULES_RELEASE
