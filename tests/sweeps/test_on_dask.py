"""Sweeps on a Dask cluster: the same store, whatever dies."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from coproduction.experiments.sweeps.design_file import read_design
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.reading import read_sweep
from coproduction.experiments.sweeps.shards import StoreError
from coproduction.experiments.sweeps.whole_sweep import SweepEnd

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc"),
    # Of Dask's own making: sockets that are closed by the collector when a cluster goes.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

SAMPLES, RUNS, BLOCK = 8, 64, 4
CarryOut = Callable[..., SweepEnd]
Equal = Callable[[Path, Path], None]


class Cluster:
    """A scheduler and a nanny with two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.begun: list[subprocess.Popen[str]] = []
        self.scheduler = self._begin("dask_scheduler", "--port", "0", "--no-dashboard")
        self.address = self._told(self.scheduler, r"Scheduler at:\s+(tcp://\S+)")
        workers = ("--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--death-timeout", "60")
        self.nanny = self._begin("dask_worker", self.address, *workers)

    def _begin(self, what: str, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", f"distributed.cli.{what}", *words]
        log = (self.folder / f"{what}.log").open("a")
        process = subprocess.Popen(command, cwd=self.folder, stderr=log, stdout=log, text=True)
        log.close()
        self.begun.append(process)
        return process

    def _told(self, process: "subprocess.Popen[str]", pattern: str) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            found = re.search(pattern, (self.folder / "dask_scheduler.log").read_text())
            if found:
                return found[1]
            time.sleep(0.05)
        raise AssertionError("no scheduler")

    def workers(self) -> list[int]:
        """Return the processes that carry out tasks: the nanny's spawned children."""
        threads = Path(f"/proc/{self.nanny.pid}/task").iterdir()
        children = [child for thread in threads for child in (thread / "children").read_text().split()]
        return [int(c) for c in children if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()]

    def end(self) -> None:
        """End everything that was begun."""
        with suppress(FileNotFoundError, ProcessLookupError):
            for worker in self.workers():
                os.kill(worker, signal.SIGKILL)
        for process in reversed(self.begun):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path, faults: Any) -> Iterator[Callable[[], Cluster]]:
    """Return a function that starts a cluster whose workers find the faults."""
    assert faults
    clusters: list[Cluster] = []

    def begin() -> Cluster:
        folder = tmp_path / f"cluster-{len(clusters)}"
        folder.mkdir()
        clusters.append(Cluster(folder))
        return clusters[-1]

    yield begin
    for each in clusters:
        each.end()


@pytest.fixture(scope="module")
def unbroken(
    planned: Callable[..., Plan], carry_out: CarryOut, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return the store of the same sweep, carried out in this process."""
    folder = tmp_path_factory.mktemp("unbroken") / "store"
    carry_out(planned(samples=SAMPLES), folder)
    return folder


@pytest.fixture
def plan(design_file: Callable[..., Path]) -> Plan:
    return read_design(design_file(samples=SAMPLES))


@pytest.mark.slow
def test_a_cluster_gives_the_same_store(
    cluster: Callable[[], Cluster],
    planned: Callable[..., Plan],
    carry_out: CarryOut,
    tmp_path: Path,
    whole: Path,
    assert_equal_stores: Equal,
) -> None:
    end = carry_out(planned(), tmp_path / "store", dask=cluster().address)
    assert (end.standing.done, end.standing.failed) == (32, 0)
    assert_equal_stores(whole, tmp_path / "store")


@pytest.mark.nightly
def test_a_run_that_kills_its_worker_is_a_row_on_a_cluster(
    cluster: Callable[[], Cluster],
    planned: Callable[..., Plan],
    carry_out: CarryOut,
    tmp_path: Path,
    faults: Any,
) -> None:
    """Dask tries a task on four workers before it gives up; the runs beside it are tried alone and come through."""
    plan = planned(samples=1, lever_samples=1)
    end = carry_out(plan, tmp_path / "store", dask=cluster().address, simulate=faults.kills_its_worker)
    assert (end.standing.done, end.standing.failed) == (3, 1)
    table = read_sweep(tmp_path / "store")
    failed = table[table["status"] == "failed"]
    assert failed[["policy", "seed", "stage"]].to_numpy().tolist() == [["coproduced", 2, "worker"]]


def moments(seed: int) -> list[tuple[int, float]]:
    """Return twenty random moments: a number of finished blocks, and a pause after it."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    return [(luck.randint(1, RUNS // BLOCK - 4), luck.uniform(0, 0.1)) for _ in range(20)]


def killer(cluster: Cluster, store: Path, whom: str, moment: tuple[int, float]) -> "subprocess.Popen[str]":
    """Begin a process that kills the scheduler or a worker at a moment, while this one carries out the sweep."""
    pid = f"{cluster.scheduler.pid}" if whom == "scheduler" else f"{cluster.nanny.pid}"
    code = f"""
import os, pathlib, signal, time
store = pathlib.Path({str(store)!r})
while len(list((store / "journal").glob("*.arrow"))) < {moment[0]}:
    time.sleep(0.01)
time.sleep({moment[1]})
pid = {pid}
if {whom == "worker"}:
    threads = pathlib.Path(f"/proc/{{pid}}/task").iterdir()
    children = [child for thread in threads for child in (thread / "children").read_text().split()]
    pid = next(int(c) for c in children if b"spawn_main" in pathlib.Path(f"/proc/{{c}}/cmdline").read_bytes())
os.kill(pid, signal.SIGKILL)
"""
    return subprocess.Popen([sys.executable, "-c", code], text=True)


@pytest.mark.nightly
@pytest.mark.parametrize("moment", moments(3))
def test_kill_9_of_a_dask_worker_at_random_moments(
    cluster: Callable[[], Cluster],
    plan: Plan,
    carry_out: CarryOut,
    tmp_path: Path,
    faults: Any,
    unbroken: Path,
    assert_equal_stores: Equal,
    moment: tuple[int, float],
) -> None:
    store, running = tmp_path / "store", cluster()
    kill = killer(running, store, "worker", moment)
    carry_out(plan, store, dask=running.address, simulate=faults.logged)
    assert kill.wait(timeout=60) == 0
    assert_equal_stores(unbroken, store)
    times = Counter((tmp_path / "mark").read_text().split())
    assert sum(times.values()) - RUNS <= 2 * BLOCK


@pytest.mark.nightly
@pytest.mark.parametrize("moment", moments(4))
def test_kill_9_of_the_dask_scheduler_at_random_moments(
    cluster: Callable[[], Cluster],
    plan: Plan,
    carry_out: CarryOut,
    tmp_path: Path,
    faults: Any,
    unbroken: Path,
    assert_equal_stores: Equal,
    moment: tuple[int, float],
) -> None:
    store, running = tmp_path / "store", cluster()
    kill = killer(running, store, "scheduler", moment)
    with pytest.raises(StoreError, match=r"the scheduler has gone\. What was finished is kept"):
        carry_out(plan, store, dask=running.address, simulate=faults.logged)
    assert kill.wait(timeout=60) == 0
    running.end()
    found = carry_out(plan, store, dask=cluster().address, simulate=faults.logged).standing.found
    assert found > 0
    assert_equal_stores(unbroken, store)
    times = Counter((tmp_path / "mark").read_text().split())
    assert sum(times.values()) - RUNS <= 2 * 2 * BLOCK  # what was under way, and what was handed out ahead
