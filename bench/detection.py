"""Years in a simulated council, played through the services: whether every planted pattern is found, and what else is.

`python -m bench.detection` plays twenty years in one town, each from a new seed; `--years 1 --size quarter` is a short look, and
`--town` and `--seeds` play what was printed before once more. It ends with 1 where anything was missed or found wrongly.
"""

import argparse
import multiprocessing
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.detection.by_hand import HANDED_IN
from tests.simulator.running import Run, Town, run, scratch
from tests.simulator.writing import QUARTER, YEAR, new_seed

YEARS = 20
MOST_HELD = 0.05
"""The share of ordinary assessments that may end in a hold."""

SIZES = {"year": YEAR, "quarter": QUARTER}


def main() -> int:
    """Plays, prints, and says whether all was as it should be."""
    asked = _arguments()
    seeds = asked.seeds or [new_seed() for _ in range(asked.years)]
    town_seed = asked.town or new_seed()
    with scratch() as folder:
        town = Town(folder, town_seed, SIZES[asked.size], HANDED_IN)
        print(f"town {town_seed} ({asked.size}); seeds {' '.join(map(str, seeds))}", flush=True)
        runs = []
        with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("fork")) as pool:
            for one in pool.map(partial(run, town=town), seeds):
                runs.append(one)
                print(line(one), flush=True)
    print(summary(runs))
    return 0 if is_as_it_should_be(runs) else 1


def line(one: Run) -> str:
    """One run in one line, and a line for everything that is not as it should be."""
    found = one.comparison
    head = (
        f"seed {one.seed}: {found.plants - len(found.missed)} of {found.plants} plants found, "
        f"{sum(found.findings.values())} findings, {len(found.wrong)} of them wrong, {len(found.touched)} near misses taken, "
        f"{found.held} of {found.assessments} assessments held, {one.cpu:.0f} s CPU; book {one.book}"
    )
    return "\n".join([head, *(f"  - {fault}" for fault in found.faults)])


def summary(runs: list[Run]) -> str:
    """Recall, precision and the share of ordinary assessments that end in a hold, over all runs."""
    each = [one.comparison for one in runs]
    plants, missed = sum(one.plants for one in each), sum(len(one.missed) for one in each)
    findings = sum((one.findings for one in each), Counter[str]())
    wrong, planted = sum(len(one.wrong) for one in each), sum(one.planted for one in each)
    total = sum(findings.values())
    unplanned = sum((one.unplanned for one in each), Counter[str]())
    return "\n".join(
        [
            f"{len(runs)} runs: recall {(plants - missed) / plants:.1%} ({plants - missed} of {plants} planted patterns)",
            f"precision {(total - wrong) / total:.1%} ({total - wrong} of {total} findings are so by the book); "
            f"{planted} are of something planted, {total - planted} of ordinary work",
            f"of ordinary work: {', '.join(f'{name} {number}' for name, number in sorted(unplanned.items())) or 'none'}",
            f"ordinary assessments that end in a hold: {share_held(runs):.1%} (allowed {MOST_HELD:.0%})",
        ]
    )


def share_held(runs: list[Run]) -> float:
    """What share of the ordinary assessments touched somebody who came to be held."""
    return sum(one.comparison.held for one in runs) / sum(one.comparison.assessments for one in runs)


def is_as_it_should_be(runs: list[Run]) -> bool:
    """Everything planted found, nothing wrong, no near miss taken, few held."""
    return not any(one.comparison.faults for one in runs) and share_held(runs) <= MOST_HELD


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--years", type=int, default=YEARS)
    asked.add_argument("--size", choices=sorted(SIZES), default="year")
    asked.add_argument("--town", type=int)
    asked.add_argument("--seeds", type=int, nargs="*")
    return asked.parse_args()


if __name__ == "__main__":
    sys.exit(main())
