"""Where the time of the core goes as a city grows: nanoseconds by phase and event, beside what memory allows.

    python benchmarks/phases.py [--sizes 10000,100000,1000000] [--weeks 26]

Each size is measured in a process of its own, with compiled kernels loaded before. Memory is asked twice in the same
process, over as many bytes as the state holds: a read that must wait for the one before it (a chain through random
places), and reads at random places that need not wait. A phase that touches a place of memory an event can be no faster
than the second, and is as slow as the first where it must know what it read before it goes on.
"""

import argparse
import json
import subprocess
import sys
import time
from typing import Any

import numpy as np

from coproduction.simulation._compiled import kernel
from coproduction.simulation.state import Floats, Ints

SCENARIO, READS = "coproduced", 2_000_000


@kernel
def lay_chain(onward: Ints) -> None:
    """Write a chain through all places, a power of two, that jumps about: a linear congruential generator."""
    for place in range(len(onward)):
        onward[place] = (1664525 * place + 1013904223) & (len(onward) - 1)


@kernel
def follow(onward: Ints, steps: int) -> int:
    place = 0
    for _ in range(steps):
        place = onward[place]
    return place


@kernel
def gather(values: Floats, places: Ints) -> float:
    total = 0.0
    for place in places:
        total += values[place]
    return total


def nanoseconds_of_memory(size: int) -> tuple[float, float]:
    """Return what a read that waits, and one that need not, take over so many bytes."""
    random, onward = np.random.default_rng(1), np.empty(1 << (size // 4).bit_length() - 1, np.int32)
    lay_chain(onward)
    values, places = np.ones(size // 8), random.integers(0, size // 8, READS).astype(np.int32)
    taken = []
    for work in (lambda: follow(onward, READS), lambda: gather(values, places)):
        work()
        clock = time.process_time()
        work()
        taken.append((time.process_time() - clock) / READS * 1e9)
    return taken[0], taken[1]


def measure(residents: int, weeks: int) -> dict[str, Any]:
    """Run one city phase by phase and return nanoseconds a resident-watch and an event of each."""
    from coproduction.experiments.profiling import Profiler
    from coproduction.experiments.run import start
    from coproduction.scenarios.scenario import load, replace
    from coproduction.simulation.state import memory

    scenario = replace(load(SCENARIO), residents=residents, burn_in_weeks=4, measured_weeks=weeks)
    small = replace(scenario, residents=500)
    Profiler()(start(small, 1), small.numbers, 1, 0, 84)
    profiler, state = Profiler(), start(scenario, 1)
    state = profiler(state, scenario.numbers, 1, 0, scenario.watches)
    profile, size = profiler.profile(), memory(state)
    del state
    waits, not_waits = nanoseconds_of_memory(size)
    resident_watches = residents * scenario.watches
    return {
        "residents": residents,
        "megabytes": size / 1e6,
        "waiting": waits,
        "not_waiting": not_waits,
        "phases": {
            phase.phase: (
                phase.seconds / resident_watches * 1e9,
                phase.seconds / phase.events * 1e9 if phase.events else 0.0,
                phase.unit,
            )
            for phase in profile.phases
        },
    }


def in_own_process(residents: int, weeks: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", str(residents), str(weeks)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def table(rows: list[dict[str, Any]]) -> str:
    """Lay the figures out in Markdown, the phase first that takes longest in the largest city."""
    sizes = [f"{row['residents']:,}" for row in rows]
    lines = [f"| phase | {' | '.join(sizes)} | per | {' | '.join(sizes)} |"]
    lines.append("|---|" + "---:|" * len(rows) + "---|" + "---:|" * len(rows))
    for name in sorted(rows[-1]["phases"], key=lambda phase: -rows[-1]["phases"][phase][0]):
        by_size = [row["phases"][name] for row in rows]
        watch = " | ".join(f"{each[0]:.2f}" for each in by_size)
        event = " | ".join(f"{each[1]:,.0f}" if each[2] else "" for each in by_size)
        lines.append(f"| {name} | {watch} | {by_size[0][2]} | {event} |")
    whole = " | ".join(f"{sum(each[0] for each in row['phases'].values()):.2f}" for row in rows)
    lines.append(f"| all | {whole} | | {' | '.join('' for _ in rows)} |")
    lines += [
        "",
        "| residents | state, MB | a read that waits, ns | one that need not, ns |",
        "|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row['residents']:,} | {row['megabytes']:,.0f} | {row['waiting']:.0f} | {row['not_waiting']:.1f} |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure all sizes and print the tables: nanoseconds a resident-watch, then an event."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10000,100000,1000000", help="residents")
    parser.add_argument("--weeks", type=int, default=26, help="measured weeks, after 4 of burn-in")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(int(chosen.one[0]), int(chosen.one[1]))))
        return
    rows = [in_own_process(int(n), chosen.weeks) for n in chosen.sizes.split(",")]
    print(
        "Nanoseconds a resident-watch by phase, and nanoseconds an event (or resident, or cell) gone through.\n"
    )
    print(table(rows))


if __name__ == "__main__":
    main()
