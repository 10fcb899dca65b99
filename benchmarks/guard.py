"""A guard against getting slower: time per resident-watch relative to a calibration kernel on the same machine.

    python benchmarks/guard.py [--renew]

Always reports; fails only when a resident-watch takes more than 1.5 times as many steps of the calibration kernel as
the figure in ``guard.json``. A step is a draw, a look at a random place of 8 MB and an exponential, which is what the
model does most; so the ratio says more of the code than of the machine. ``--renew`` writes the figure found, for a
commit that means it.
"""

import argparse
import json
import math
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from coproduction.experiments.run import start
from coproduction.scenarios.scenario import load, replace
from coproduction.simulation._compiled import kernel
from coproduction.simulation.draws import uniform
from coproduction.simulation.engine import run_core
from coproduction.simulation.state import Floats, copied

FIGURE = Path(__file__).parent / "guard.json"
SCENARIO, RESIDENTS, WEEKS, SEED = "coproduced", 100_000, 12, 1
BEYOND = 1.5
ROUNDS = 7
STEPS = 5_000_000
PLACES = 1 << 20


@kernel
def calibrate(places: Floats, steps: int, seed: int, watch: int) -> float:
    total = 0.0
    for step in range(steps):
        u = uniform(seed, 1, step, watch)
        total += math.exp(-u) * places[int(u * len(places))]
    return total


def seconds_of(work: Callable[[], object]) -> float:
    clock = time.process_time()
    work()
    return time.process_time() - clock


def steps_per_resident_watch() -> float:
    """Return the calibration steps that take as long as one resident-watch: the median of rounds, both in each."""
    scenario = replace(load(SCENARIO), residents=RESIDENTS, burn_in_weeks=0, measured_weeks=WEEKS)
    city, places = start(scenario, SEED), np.ones(PLACES)
    run_core(copied(city), scenario.numbers, SEED, 0, 84)
    calibrate(places, 1, SEED, 1)
    ratios = []
    for _ in range(ROUNDS):
        fresh = copied(city)
        step = seconds_of(lambda: calibrate(places, STEPS, SEED, 1)) / STEPS
        run = seconds_of(lambda state=fresh: run_core(state, scenario.numbers, SEED, 0, scenario.watches))  # type: ignore[misc]
        ratios.append(run / (RESIDENTS * scenario.watches) / step)
    return statistics.median(ratios)


def verdict(found: float, committed: float) -> str:
    """Say in one line how the figure found stands to the committed one."""
    return (
        f"A resident-watch takes as long as {found:.3f} calibration steps; committed {committed:.3f}, "
        f"{found / committed:.2f} times that, and {BEYOND} is too much."
    )


def main() -> int:
    """Report, and return 1 when the figure found is beyond what is allowed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--renew", action="store_true", help="write the figure found")
    renew = parser.parse_args().renew
    found = steps_per_resident_watch()
    if renew:
        FIGURE.write_text(json.dumps({"steps_per_resident_watch": round(found, 4)}) + "\n", encoding="utf-8")
    committed = float(json.loads(FIGURE.read_text(encoding="utf-8"))["steps_per_resident_watch"])
    print(verdict(found, committed))
    return 1 if found > BEYOND * committed else 0


if __name__ == "__main__":
    sys.exit(main())
