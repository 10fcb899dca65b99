"""What a sweep costs beside its runs, whether cores are busy, and where a large one would meet its limit.

    .venv/bin/python -m benchmarks.sweeps overhead     # 10,000 short runs: CPU beside the runs, memory of the parent
    .venv/bin/python -m benchmarks.sweeps scaling      # the same work with one worker and with two
    .venv/bin/python -m benchmarks.sweeps snapshot     # 1,000 runs of 10,000 residents over 52 weeks from one burn-in
    .venv/bin/python -m benchmarks.sweeps scheduler    # 1,000 workers and 1,000,000 runs, simulated from the measured

Figures are in CPU seconds where they can be, since other work on the machine changes the clock and not these;
``--dask`` has the first two carried out by the workers of a Dask scheduler, both started for it.
"""

import argparse
import heapq
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.dask_cluster import Cluster, dask_cluster
from coproduction.experiments.execution import available_cores
from coproduction.experiments.sweeps.carrying_out import Standing
from coproduction.experiments.sweeps.design_file import plan_of
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.whole_sweep import Choices, run_sweep

SHORT = {"residents": 300, "burn_in_weeks": 1, "measured_weeks": 4}
PAGE = resource.getpagesize()
IDLE = 10.0
"""Seconds that a cluster without work is looked at."""


def planned(points: int, **changes: Any) -> Plan:
    """Return a plan of lever points on one policy; all runs of a seed share their beginning."""
    head = {"name": "bench", "policies": ["coproduced"], "design": "latin_hypercube", "lever_samples": points}
    levers = {"policy": {"boards": {"high": 0.5}, "coordinators": {"low": 0, "high": 5}, "hot_spots": {}}}
    return plan_of({"sweep": {**head, "samples": 1, **changes}, "levers": levers}, source="bench.toml")


@dataclass
class Watcher:
    """Looks at the parent's memory after every block."""

    resident: list[float] = field(default_factory=list)

    def __call__(self, _: Standing) -> None:
        """Note the resident memory, MB."""
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.resident.append(pages * PAGE / 1e6)


@dataclass(frozen=True)
class Measured:
    """One sweep: seconds on the clock and of computing, by whom; runs table; memory of the parent over time, MB."""

    wall: float
    parent: float
    workers: float
    runs: pd.DataFrame
    resident: list[float]
    bytes: int
    blocks: int

    @property
    def within(self) -> float:
        """CPU seconds within runs."""
        return float(self.runs["cpu_seconds"].sum())


def measured(plan: Plan, **choices: Any) -> Measured:
    """Carry out a plan in a new store."""
    with tempfile.TemporaryDirectory() as folder:
        store, watcher = Path(folder) / "store", Watcher()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall, cpu = time.monotonic(), time.process_time()
        run_sweep(plan, store, Choices(**choices), watcher)
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        children = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        runs = pd.read_parquet(store / "runs")
        size = sum(file.stat().st_size for file in store.rglob("*.parquet"))
    return Measured(wall, cpu, children, runs, watcher.resident, size, runs["block"].nunique())


def starting() -> float:
    """Return CPU seconds that a worker takes to start and to load what it needs, from a sweep of one run a worker."""
    found = measured(planned(available_cores(), **SHORT), workers=available_cores(), block_runs=1)
    return (found.workers - found.within) / available_cores()


def overhead(runs: int, *, dask: bool) -> None:
    """CPU beside the runs: of the parent, of workers less their start, of a scheduler where there is one."""
    workers = available_cores()
    found, beside = _on_dask(runs, workers) if dask else _local(runs, workers)
    busy = found.runs["wall_seconds"].sum() / (found.wall * workers)
    print(f"{runs:,} runs of 300 residents over 1 + 4 weeks, {found.blocks} blocks, {workers} workers")
    print(f"  within runs            {1000 * found.within / runs:8.3f} CPU ms a run")
    for who, seconds in beside.items():
        print(f"  beside, in the {who:<10}{1000 * seconds / runs:6.3f} CPU ms a run")
    print(f"  beside, in all         {1000 * sum(beside.values()) / runs:8.3f} CPU ms a run")
    print(f"  on the clock           {found.wall:8.1f} s; workers within a run {100 * busy:.1f} % of it")
    print(f"  disk                   {found.bytes / runs:8.0f} bytes a run")
    tenth = max(len(found.resident) // 10, 1)
    early, late = np.mean(found.resident[tenth : 2 * tenth]), np.mean(found.resident[-tenth:])
    print(f"  memory of the parent   {early:8.1f} MB after a tenth, {late:.1f} MB at the end")


def _local(runs: int, workers: int) -> tuple[Measured, dict[str, float]]:
    """Carry out short runs by worker processes; return what each kind of process took beside them, CPU seconds."""
    start = starting()
    found = measured(planned(runs, **SHORT), workers=workers)
    beside = max(found.workers - found.within - workers * start, 0.0)
    print(f"({start:.2f} CPU s to start a worker are left out)")
    return found, {"workers": beside, "parent": found.parent}


def _on_dask(runs: int, workers: int) -> tuple[Measured, dict[str, float]]:
    """The same on a cluster of Dask that has carried out a small sweep before, so that its workers have begun."""
    with dask_cluster(workers) as cluster:
        measured(planned(20 * workers, **SHORT), dask=cluster.address, block_runs=5)
        idle = _taken(cluster, lambda: time.sleep(IDLE))[1]
        found, took = _taken(cluster, lambda: measured(planned(runs, **SHORT), dask=cluster.address))
    print(f"(an idle cluster takes {1000 * sum(idle.values()) / IDLE:.0f} CPU ms a second as well)")
    beside = {"workers": took["workers"] - found.within, "scheduler": took["scheduler"]}
    return found, beside | {"parent": found.parent}


def _taken[T](cluster: Cluster, do: Callable[[], T]) -> tuple[T, dict[str, float]]:
    before = cluster.seconds()
    done = do()
    return done, {who: seconds - before[who] for who, seconds in cluster.seconds().items()}


def scaling(runs: int, *, dask: bool) -> None:
    """The same work with one worker process and with two."""
    plan = planned(runs, **{**SHORT, "residents": 2000})
    for workers in (1, 2):
        if dask:
            with dask_cluster(workers) as cluster:
                found = measured(plan, dask=cluster.address, timeout=3600.0)
        else:
            found = measured(plan, workers=workers, timeout=3600.0)
        busy = found.runs["wall_seconds"].sum() / found.wall
        print(
            f"  {workers} worker(s): {found.wall:6.1f} s on the clock, {busy:.2f} of them within a run at a time"
        )
        print(f"    {found.within:.1f} CPU s within runs")


def snapshot(runs: int) -> None:
    """Runs of 10,000 residents over 52 measured weeks from one burned-in city, written to a store."""
    plan = planned(runs, residents=10_000, burn_in_weeks=26, measured_weeks=52)
    found = measured(plan)
    total = found.parent + found.workers
    cores = available_cores()
    print(
        f"{runs:,} runs of 10,000 residents over 52 weeks from one burn-in of 26 weeks a worker, {found.blocks} blocks"
    )
    print(
        f"  on the clock {found.wall:.1f} s with {cores} workers; {total:.1f} CPU s, {1000 * total / runs:.0f} ms a run"
    )
    print(f"  {total:.1f} CPU s / {cores} cores = {total / cores:.1f} s where nothing else runs")


@dataclass(frozen=True)
class Service:
    """What one block costs whom, in seconds.

    driver  the parent: to make, to hand out, to take back and to collect
    block   a worker, mean; gamma-distributed with this coefficient of variation
    """

    driver: float
    block: float
    variation: float = 0.3


def simulated(service: Service, workers: int, blocks: int, seed: int = 1) -> tuple[float, float, float]:
    """Simulate one driver that hands blocks to workers; return the makespan, and how busy workers and driver are.

    A worker asks when it is idle and waits until the driver has time: a queue with one server and many customers.
    """
    luck = np.random.default_rng(seed)
    shape = service.variation**-2
    times = luck.gamma(shape, service.block / shape, blocks)
    idle = [0.0] * workers
    heapq.heapify(idle)
    driver = end = 0.0
    for seconds in times:
        driver = max(driver, heapq.heappop(idle)) + service.driver
        end = max(end, driver + seconds)
        heapq.heappush(idle, driver + seconds)
    return end, float(times.sum()) / (end * workers), blocks * service.driver / end


SECONDS_A_RUN = 0.11
"""CPU seconds of a run of 10,000 residents over 52 weeks from a snapshot, measured by ``snapshot``."""
HANDING = 0.002
"""Seconds of the driver to hand a block to another machine and to take its answer: a Dask task and a half."""


def scheduler(runs: int, workers: int) -> None:
    """Where 1,000 workers and 1,000,000 runs meet their limit, from service times measured here.

    What the driver takes for a run is the slope between a short sweep and a longer one, so that its start is left out.
    """
    sizes = 500, 2_500
    short, longer = (measured(planned(size, **SHORT), workers=2, block_runs=50) for size in sizes)
    a_run = (longer.parent - short.parent) / (sizes[1] - sizes[0])
    within = longer.within / sizes[1]
    beside = (longer.workers - longer.within - short.workers + short.within) / (sizes[1] - sizes[0])
    fixed = short.parent - sizes[0] * a_run
    print(f"measured: driver {1e6 * a_run:.0f} CPU us a run, and {fixed:.1f} s to begin and to end")
    print(f"  worker {1e3 * within:.1f} CPU ms a run within it, {1e6 * max(beside, 0):.0f} us beside it")
    for count in (1, 2):
        end, busy, _ = simulated(Service(50 * a_run, 50 * within), count, longer.blocks)
        print(
            f"  simulated, {sizes[1]:,} such runs, {count} workers: {end:.1f} s, workers {100 * busy:.1f} % busy"
        )
    for seconds in (2.0, 10.0):
        size = max(round(seconds / SECONDS_A_RUN), 1)
        for drivers in (1, 2, 4):
            service = Service(driver=size * a_run + HANDING, block=size * SECONDS_A_RUN)
            end, busy, driver = simulated(service, workers // drivers, runs // drivers // size)
            print(
                f"{workers:,} workers, {runs:,} runs, blocks of {seconds:g} s, {drivers} driver(s): {end / 60:.2f} min"
            )
            most = service.block / service.driver
            print(
                f"  workers {100 * busy:.0f} % busy, driver {100 * driver:.0f} %, enough for {most:,.0f} workers each"
            )


def main() -> None:
    """Run one of the measurements."""
    known: dict[str, Callable[[argparse.Namespace], None]] = {
        "overhead": lambda given: overhead(given.runs or 10_000, dask=given.dask),
        "scaling": lambda given: scaling(given.runs or 1_000, dask=given.dask),
        "snapshot": lambda given: snapshot(given.runs or 1_000),
        "scheduler": lambda given: scheduler(given.runs or 1_000_000, given.workers),
    }
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=known)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--workers", type=int, default=1_000, help="simulated workers")
    parser.add_argument("--dask", action="store_true")
    given = parser.parse_args()
    known[given.what](given)


if __name__ == "__main__":
    main()
