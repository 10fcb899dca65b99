"""Set-up alone: CPU seconds and memory to build a city with its residents and ties, and the bytes of its state.

    python benchmarks/set_up.py [--sizes 10000,100000,1000000] [--runs 3]

Every figure comes from a process of its own, with compiled kernels loaded before the clock starts: the least of some
runs, since machines are shared. Memory is what the process takes at its peak, and what it took before the city.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from typing import Any

SCENARIO = "coproduced"
WARM_RESIDENTS = 500
MEGABYTE = 1e6


def measure(residents: int) -> dict[str, Any]:
    """Build one city and return its figures; bytes by group as they are and as they were expected."""
    from coproduction.scenarios.scenario import load, replace
    from coproduction.simulation.population import populate
    from coproduction.simulation.population.size import expected_bytes
    from coproduction.simulation.state import memory

    scenario = replace(load(SCENARIO), residents=residents, burn_in_weeks=4, measured_weeks=26)
    numbers, watches = scenario.numbers, scenario.watches
    small = replace(scenario, residents=WARM_RESIDENTS)
    populate(small.city.city, WARM_RESIDENTS, numbers, 1, watches)
    before, clock = peak(), time.process_time()
    state = populate(scenario.city.city, residents, numbers, 1, watches)
    seconds = time.process_time() - clock
    expected = expected_bytes(scenario.city.city, residents, numbers, watches)
    return {
        "residents": residents,
        "seconds": seconds,
        "before": before,
        "peak": peak(),
        "groups": {name: memory(getattr(state, name)) for name in state._fields},
        "expected": sum(expected.values()),
    }


def peak() -> int:
    """Return the most memory that this process has taken so far, bytes; Linux counts in KiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def in_own_processes(residents: int, runs: int) -> dict[str, Any]:
    """Measure some times, each in a fresh process, and return the run of the least CPU seconds."""
    command = [sys.executable, __file__, "--one", str(residents)]
    told = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(runs)]
    figures: list[dict[str, Any]] = [json.loads(text.splitlines()[-1]) for text in told]
    return min(figures, key=lambda run: float(run["seconds"]))


def table(rows: list[dict[str, Any]]) -> str:
    """Lay the figures out for people, in Markdown."""
    head = (
        "| residents | set-up CPU s | microseconds per resident | process before, MB | at its peak, MB | state, MB "
        "| expected, MB |"
    )
    lines = [head, "|---:|---:|---:|---:|---:|---:|---:|"]
    for row in rows:
        sizes = (row["before"], row["peak"], sum(row["groups"].values()), row["expected"])
        shown = " | ".join(f"{size / MEGABYTE:,.0f}" for size in sizes)
        each = row["seconds"] / row["residents"] * 1e6
        lines.append(f"| {row['residents']:,} | {row['seconds']:.2f} | {each:.1f} | {shown} |")
    largest = rows[-1]
    lines += [
        "",
        f"Bytes of state per resident, of {largest['residents']:,}, where there is one or more:",
        "",
    ]
    lines += ["| group | bytes |", "|---|---:|"]
    each_group = sorted(largest["groups"].items(), key=lambda pair: -pair[1])
    lines += [
        f"| {name} | {size / largest['residents']:.1f} |"
        for name, size in each_group
        if size >= largest["residents"]
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure all sizes and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="residents")
    parser.add_argument("--runs", type=int, default=3, help="of each size; the quickest is shown")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one)))
        return
    print(f"Scenario {SCENARIO}, 630 watches of 8 hours; nothing is run.\n")
    print(table([in_own_processes(int(size), chosen.runs) for size in chosen.sizes.split(",")]))


if __name__ == "__main__":
    main()
