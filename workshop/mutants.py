"""`make mutants`: change the policy one place at a time, and see that the policy's tests notice every change.

Works on copies in a temporary folder, one for each of two processes. Each process loads the test tools and a corpus of
cases with their answers once; then, for each change, a forked child loads the changed policy and runs the fast proof
first (the corpus), then the tests closest to the changed module, then all others, and stops at the first failure. A
change that nothing noticed must be listed in `docs/mutants.md` with the reason why it changes nothing; the listed ones
are put to all but the slow proofs every time. `python -m workshop.mutants stops.py footings.py` tries only those modules.
"""

from __future__ import annotations

import gc
import importlib
import os
import re
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from workshop.mutations import Mutation, mutations_of
from workshop.place import ROOT

PROCESSES = 2
POLICY = Path("tracker/policy")
TESTS = Path("tests/policy")
LISTED = Path("docs/mutants.md")
COPIED = ("tracker", "tests/policy", "docs", "pyproject.toml")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "static", "node_modules", ".hypothesis")
OUTPUT = Path("output.txt")
SEED, CORPUS, FEW = 2026, 12_000, 300
NOT_ASKED = {"test_release.py"}  # it notices any change of the sources, whether it changes an answer or not
SLOW = {"test_decide_command.py", "test_statements.py", "test_two_readings.py", "test_weighing.py"}
ABOUT = {  # the tests that look most closely at a module, where they do not have its name
    "agreement": "test_footings_agreed",
    "authority": "test_footings_authorised",
    "missing": "test_footings",
    "records": "test_readings",
    "reading": "test_facts",
    "json_text": "test_facts",
    "texts": "test_periods",
    "plain_words": "test_catalogue",
    "weighing": "test_decision",
    "decide": "test_decision",
    "answers": "test_tellings",
    "entitlement": "test_who_may",
    "pattern_facts": "test_patterns",
    "pattern_rules": "test_patterns",
    "patterns_in_duties": "test_patterns",
    "patterns_in_practice": "test_patterns",
    "patterns_in_views": "test_patterns",
}
# No check's answer rests on a pattern.
OF_PATTERNS = {path.stem for path in (ROOT / POLICY).glob("pattern*.py")} | {"new_findings"}
BEFORE_THE_CORPUS = OF_PATTERNS | {
    "answers",
    "catalogue",
    "entitlement",
    "json_text",
    "limits",
    "plain_words",
    "reading",
    "vocabulary",
}
QUIETLY = f"-x -q --assert=plain -o faulthandler_timeout=0 -p no:cacheprovider -p no:xdist --confcutdir {TESTS} --rootdir .".split()
QUICK_SECONDS, WHOLE_SECONDS = 60, 400
SURVIVED, CORPUS_STAGE, CLOSEST, ANY_TEST, TOO_LONG = 0, 11, 12, 13, 14
STAGES = {
    CORPUS_STAGE: "the corpus",
    CLOSEST: "the tests closest to it",
    ANY_TEST: "another test or proof",
    TOO_LONG: "running too long",
}


@dataclass(frozen=True)
class Trial:
    """One change to one module, and whether it is listed as changing nothing."""

    module: str
    mutation: Mutation
    listed: bool


def main(words: Sequence[str]) -> int:
    """Exit 0: every change was noticed or is listed. 1: one was not, or the list is out of date. 2: cannot be run."""
    began = time.monotonic()
    listed = listed_mutants()
    trials = list(trials_for(words, listed))
    print(f"{len(trials)} changes to {POLICY}, {PROCESSES} processes", flush=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [copied(Path(folder) / str(number)) for number in range(PROCESSES)]
        if not passes_unchanged(copies[0]):
            print((copies[0] / OUTPUT).read_text(encoding="utf-8"), file=sys.stderr)
            print("The tests do not pass on the policy as it is.", file=sys.stderr)
            return 2
        results = run_all(trials, copies)
    return report(results, listed if not words else {}, time.monotonic() - began)


def trials_for(modules: Sequence[str], listed: dict[str, str]) -> Iterator[Trial]:
    """Every change to these modules (none named: all)."""
    for path in sorted((ROOT / POLICY).glob("*.py")):
        if not modules or path.name in modules:
            for mutation in mutations_of(path.read_text(encoding="utf-8"), path.name):
                yield Trial(path.name, mutation, mutation.key in listed)


def listed_mutants() -> dict[str, str]:
    """The rows of the list: the change between backticks, and why it changes nothing."""
    file = ROOT / LISTED
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", text, re.MULTILINE))


def copied(folder: Path) -> Path:
    """A copy of what the policy's tests need."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=NOT_COPIED)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return folder


def passes_unchanged(copy: Path) -> bool:
    """Whether everything passes before anything is changed; in a process of its own, so that nothing stays loaded."""
    with get_context("spawn").Pool(1, initializer=settle, initargs=(copy,)) as pool:
        return pool.apply(tried_in_child, ("", False)) == SURVIVED


def run_all(trials: Sequence[Trial], copies: Sequence[Path]) -> list[tuple[Trial, int]]:
    """Each trial with how it ended."""
    context = get_context("spawn")
    places = context.SimpleQueue()
    for copy in copies:
        places.put(copy)
    results = []
    with context.Pool(len(copies), initializer=settle_in_turn, initargs=(places,)) as pool:
        for number, result in enumerate(pool.imap_unordered(run_one, trials, chunksize=4), 1):
            results.append(result)
            trial, ended = result
            if ended == SURVIVED and not trial.listed:
                print(f"  not noticed, line {trial.mutation.line}: {trial.mutation.key}", flush=True)
            if number % 100 == 0:
                print(f"  {number} of {len(trials)}", flush=True)
    return results


def settle_in_turn(places: Any) -> None:
    """Make one of the copies this process's own."""
    settle(places.get())


def settle(copy: Path) -> None:
    """Live in a copy: its packages come first, and nothing compiled is kept, so that no stale policy is loaded."""
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(copy), str(copy / TESTS)]
    import hypothesis.strategies
    import pytest

    warmed.extend([pytest, hypothesis.strategies])
    corpus.extend(proofs_corpus().answered(SEED, CORPUS))
    gc.collect()
    gc.freeze()


def proofs_corpus() -> Any:
    """The proofs' own corpus, out of the copy; loading it loads nothing of the policy."""
    return importlib.import_module("proofs.corpus")


warmed: list[Any] = []
corpus: list[Any] = []


def run_one(trial: Trial) -> tuple[Trial, int]:
    """Write the change into this process's copy, try it in a child, and put the module back."""
    file = Path.cwd() / POLICY / trial.module
    before = file.read_text(encoding="utf-8")
    file.write_text(trial.mutation.source, encoding="utf-8")
    try:
        return trial, tried_in_child(Path(trial.module).stem, trial.listed)
    finally:
        file.write_text(before, encoding="utf-8")


def tried_in_child(module: str, listed: bool) -> int:
    """How a forked child ended that loaded the policy as it now stands. 0: nothing was noticed."""
    child = os.fork()
    if child == 0:
        with OUTPUT.open("w") as said:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
        try:
            code = verdict(module, listed)
        except BaseException:
            traceback.print_exc()
            code = CORPUS_STAGE
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else TOO_LONG


def verdict(module: str, listed: bool) -> int:
    """The first stage that notices, or 0."""
    limit_seconds(QUICK_SECONDS)
    closest = [path for path in tests() if path.name.startswith(ABOUT.get(module, f"test_{module}"))]
    if module in BEFORE_THE_CORPUS and pytest_fails(*closest):
        return CLOSEST
    if next(found_by_corpus(), None) is not None:
        return CORPUS_STAGE
    limit_seconds(WHOLE_SECONDS)
    if module not in BEFORE_THE_CORPUS and pytest_fails(*closest):
        return CLOSEST
    rest = [path for path in tests() if path not in closest and not (listed and path.name in SLOW)]
    return ANY_TEST if pytest_fails(*rest) else SURVIVED


def found_by_corpus() -> Iterator[Any]:
    """What the corpus finds: rules that read more than they declare, other words than recorded, other decisions."""
    declared, replays = (importlib.import_module(f"proofs.{name}") for name in ("declared", "replays"))
    yield from declared.undeclared(corpus[:FEW])
    yield from replays.differences(corpus[: replays.CASES], replays.recorded())
    yield from proofs_corpus().disagreements(corpus)


def tests() -> list[Path]:
    """The files of tests: examples, then proofs, the slow ones last."""
    asked = [path for path in TESTS.rglob("test_*.py") if path.name not in NOT_ASKED]
    return sorted(asked, key=lambda path: (path.name in SLOW, path.parent != TESTS, path.name))


def pytest_fails(*files: Path) -> bool:
    """Whether pytest notices anything in these files; it stops at the first."""
    return bool(files) and warmed[0].main([*QUIETLY, *map(str, files)]) != 0


def limit_seconds(seconds: int) -> None:
    """Seconds of processor time, not of the clock, so that a busy machine changes no result."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def report(results: Sequence[tuple[Trial, int]], listed: dict[str, str], seconds: float) -> int:
    """Say what happened; 1 where something must be done about it."""
    ended = Counter(STAGES.get(code, "nothing" if code == SURVIVED else "a crash") for _, code in results)
    unlisted = [trial.mutation for trial, code in results if code == SURVIVED and not trial.listed]
    survived = {trial.mutation.key for trial, code in results if code == SURVIVED}
    stale = [key for key in listed if key not in survived]
    print(f"\n{len(results)} changes in {seconds:.0f} s, noticed by:")
    for how, count in ended.most_common():
        print(f"{count:>7}  {how}")
    for mutation in sorted(unlisted, key=lambda each: each.key):
        print(f"NOT NOTICED, line {mutation.line}: {mutation.key}")
    for key in stale:
        print(f"LISTED IN {LISTED} BUT NO LONGER SO: {key}")
    print(f"{len(survived)} not noticed, {len(unlisted)} of them not listed; {len(stale)} listed that should not be")
    return 1 if unlisted or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
