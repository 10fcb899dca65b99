"""What it takes to begin: importing, compiling on a new machine, and loading what was compiled before.

    python benchmarks/starting.py [--runs 3]

Each figure is CPU seconds of a process of its own. The first has an empty cache, and so compiles every kernel that a
run or `coproduce demo` uses; the second finds what the first has left. What loading or compiling took is the first
smallest run less the second of the same process. Memory is the most that the process took by then, 300 residents
included.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

MEBIBYTE = 1024.0
"""KiB, in which Linux counts."""


def measure() -> dict[str, float]:
    """Import, run twice and return CPU seconds and memory of each step."""
    begun = time.process_time()
    from coproduction.experiments.run import simulate
    from coproduction.experiments.warm_up import smallest_scenario

    scenario = smallest_scenario()
    marks = [begun, time.process_time()]
    imported = _peak()
    for _ in range(2):
        simulate(scenario)
        marks.append(time.process_time())
    begin, first, second = (after - before for before, after in pairwise(marks))
    return {"importing": begin, "kernels": first - second, "imported_mib": imported, "begun_mib": _peak()}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


def in_own_process(cache: str) -> dict[str, float]:
    """Measure in a fresh process that keeps compiled kernels in a folder."""
    environment = {**os.environ, "XDG_CACHE_HOME": cache}
    environment.pop("NUMBA_CACHE_DIR", None)
    command = [sys.executable, __file__, "--one"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def cold_and_warm() -> dict[str, Any]:
    """Return the figures of a process that finds no kernels, of one that does, and the bytes that lie between."""
    with tempfile.TemporaryDirectory() as cache:
        cold, warm = in_own_process(cache), in_own_process(cache)
        size = sum(file.stat().st_size for file in Path(cache).rglob("*") if file.is_file())
    return {"cold": cold, "warm": warm, "megabytes": size / 1e6}


def table(runs: list[dict[str, Any]]) -> str:
    """Lay out the least of all runs in Markdown."""
    lines = [
        "| process | importing, CPU s | kernels, CPU s | MiB after importing | MiB after the first runs |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, words in (("cold", "compiles"), ("warm", "loads")):
        cells = [
            f"{min(run[name][key] for run in runs):,.{digits}f}"
            for key, digits in (("importing", 2), ("kernels", 2), ("imported_mib", 0), ("begun_mib", 0))
        ]
        lines.append(f"| {words} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Measure some times and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3, help="of each; the least is shown")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure()))
        return
    runs = [cold_and_warm() for _ in range(chosen.runs)]
    print(table(runs))
    print(f"\nCompiled kernels on disk: {runs[0]['megabytes']:.1f} MB.")


if __name__ == "__main__":
    main()
