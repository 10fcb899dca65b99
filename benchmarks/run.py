"""Speed and memory of both engines: resident-watches per CPU second, and what happened in them.

    python benchmarks/run.py [--sizes 10000,100000,1000000] [--agents 1000] [--weeks 26]

Every figure comes from a process of its own, with compiled kernels loaded before the clock starts. CPU seconds are
those of that process; machines are shared, so compare ratios of one run and not figures of two days. Large cities put
closed case files on disk as ``coproduce run`` does: the time for that is in, and the memory is that of the run.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SCENARIO = "coproduced"
"""The preset with everything on: boards, meetings, engagement, coordinators, volunteers."""

ACTIVITY = ("offences", "recorded", "calls", "contacts", "stops", "visits")

EVENTS = ("attempts", "calls", "contacts", "stops", "visits")
"""What is counted, with offences, as events a CPU second."""


def measure(engine: str, residents: int, weeks: int) -> dict[str, Any]:
    """Run one city and return its figures; cells, officers, offenders, volunteers grow with residents."""
    from coproduction.experiments.case_archive import archive_beside
    from coproduction.experiments.run import engine_named
    from coproduction.scenarios.scenario import load, replace
    from coproduction.simulation.engine import run_core
    from coproduction.simulation.population import populate
    from coproduction.simulation.state import WEEKLY, memory

    scenario = replace(load(SCENARIO), residents=residents, burn_in_weeks=4, measured_weeks=weeks)
    small = replace(scenario, residents=500)
    carry_out = engine_named(engine)
    warm = populate(small.city.city, small.residents, small.numbers, 1, small.watches)
    carry_out(warm, small.numbers, 1, 0, 84)
    clock = time.process_time()
    state = populate(scenario.city.city, residents, scenario.numbers, 1, scenario.watches)
    built = time.process_time() - clock
    clock = time.process_time()
    with archive_beside(Path(tempfile.gettempdir()) / "benchmark", scenario, engine) as archive:
        if archive is None:
            state = carry_out(state, scenario.numbers, 1, 0, scenario.watches)
        else:
            state = run_core(state, scenario.numbers, 1, 0, scenario.watches, closed=archive)
        seconds, peak = time.process_time() - clock, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        files = state.cases if archive is None else archive.with_those_of(state.cases)
    weekly = dict(zip(WEEKLY, state.books.weekly.sum(axis=0).tolist(), strict=True))
    cases = int(files.count[0])
    recorded = int((files.delay[:cases] >= 0).sum())
    events = cases + sum(weekly[name] for name in EVENTS)
    per_1000 = 1000.0 / residents * 1092.0 / scenario.watches
    return {
        "engine": engine,
        "residents": residents,
        "cells": scenario.city.n_cells,
        "offenders": len(state.offenders.resident),
        "posts": float(state.government.posts[0]),
        "volunteers": int(state.government.volunteers[0]),
        "watches": scenario.watches,
        "build_seconds": built,
        "seconds": seconds,
        "rate": residents * scenario.watches / seconds,
        "events_per_second": events / seconds,
        "bytes_per_resident": memory(state) / residents,
        "peak_megabytes": peak / 1024.0,
        "activity": {k: v * per_1000 for k, v in {**weekly, "offences": cases, "recorded": recorded}.items()},
    }


def in_own_process(engine: str, residents: int, weeks: int) -> dict[str, Any]:
    """Measure in a fresh process, so that peak memory is that of one city."""
    command = [sys.executable, __file__, "--one", engine, str(residents), str(weeks)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def table(rows: list[dict[str, Any]]) -> str:
    """Lay the figures out for people, in Markdown."""
    head = (
        "| engine | residents | million resident-watches per CPU second | thousand events per CPU second | CPU s | "
        "set-up CPU s | bytes per resident | peak MB | cells | offenders | officers | volunteers |"
    )
    lines = [head, "|---|" + "---:|" * 11]
    for r in rows:
        numbers = (
            f"{r['rate'] / 1e6:.2f}",
            f"{r['events_per_second'] / 1e3:,.0f}",
            f"{r['seconds']:.2f}",
            f"{r['build_seconds']:.2f}",
            f"{r['bytes_per_resident']:.0f}",
            f"{r['peak_megabytes']:.0f}",
            f"{r['cells']:,}",
            f"{r['offenders']:,}",
            f"{r['posts']:.1f}",
            f"{r['volunteers']:,}",
        )
        lines.append(f"| {r['engine']} | {r['residents']:,} | " + " | ".join(numbers) + " |")
    lines += ["", "Per 1,000 residents a year:", "", "| engine | residents | " + " | ".join(ACTIVITY) + " |"]
    lines.append("|---|---:|" + "---:|" * len(ACTIVITY))
    for r in rows:
        shown = " | ".join(f"{r['activity'][name]:,.1f}" for name in ACTIVITY)
        lines.append(f"| {r['engine']} | {r['residents']:,} | {shown} |")
    return "\n".join(lines)


def growth(rows: list[dict[str, Any]]) -> str:
    """Lay out what a resident-watch costs the core as the city grows, against the smallest city."""
    least = rows[0]["rate"]
    lines = ["| residents | nanoseconds per resident-watch | against the first |", "|---:|---:|---:|"]
    lines += [f"| {r['residents']:,} | {1e9 / r['rate']:.2f} | {least / r['rate']:.2f} |" for r in rows]
    return "\n".join(lines)


def machine() -> str:
    """Describe the machine in one line."""
    import numba
    import numpy as np

    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line
        ]
        model = names[0] if names else model
    return (
        f"{model}, {platform.system()}, Python {platform.python_version()}, numpy {np.__version__}, "
        f"numba {numba.__version__}"
    )


def main() -> None:
    """Measure all sizes and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="residents, core engine")
    parser.add_argument("--agents", default="1000", help="residents, agents engine")
    parser.add_argument("--weeks", type=int, default=26, help="measured weeks, after 4 of burn-in")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one[0], int(chosen.one[1]), int(chosen.one[2]))))
        return
    rows = [in_own_process("core", int(n), chosen.weeks) for n in chosen.sizes.split(",")]
    rows += [in_own_process("agents", int(n), chosen.weeks) for n in chosen.agents.split(",")]
    print(f"Scenario {SCENARIO}, {rows[0]['watches']} watches of 8 hours. {machine()}.\n")
    print(table(rows))
    print(f"\n{growth([r for r in rows if r['engine'] == 'core'])}")
    core, agents = rows[0]["rate"], rows[-1]["rate"]
    print(f"\nCore against agents: {core / agents:,.0f} times, the same bits.")


if __name__ == "__main__":
    main()
