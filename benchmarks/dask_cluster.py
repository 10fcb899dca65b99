"""A Dask scheduler and workers of our own, each a process, so that what each of them computes can be told apart."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

WITHIN = 60.0
"""Seconds that a scheduler is given to start."""
QUIET = {
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__WORKER__MEMORY__MONITOR_INTERVAL": "2s",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}
"""What docs/sweeps.md advises: left alone, scheduler and workers look at themselves some hundred times a second."""


@dataclass(frozen=True)
class Cluster:
    """A scheduler and the nanny that started its workers."""

    address: str
    scheduler: int
    nanny: int

    def seconds(self) -> dict[str, float]:
        """Return CPU seconds so far: of the scheduler, and of the workers with their nanny."""
        import psutil  # what Dask needs anyway

        def taken(process: psutil.Process) -> float:
            times = process.cpu_times()
            return float(times.user + times.system)

        nanny = psutil.Process(self.nanny)
        workers = sum(taken(each) for each in [nanny, *nanny.children(recursive=True)])
        return {"scheduler": taken(psutil.Process(self.scheduler)), "workers": workers}


@contextmanager
def dask_cluster(workers: int) -> Iterator[Cluster]:
    """Give a cluster on this machine, one thread a worker, that looks at itself now and then only."""
    with TemporaryDirectory() as folder, (Path(folder) / "scheduler.log").open("w+") as log:
        scheduler = _begun(folder, log.fileno(), "dask_scheduler", "--port", "0", "--no-dashboard")
        try:
            address = _address(Path(folder) / "scheduler.log")
            many = ("--nworkers", str(workers), "--nthreads", "1", "--no-dashboard")
            nanny = _begun(folder, subprocess.DEVNULL, "dask_worker", address, *many)
            try:
                yield Cluster(address, scheduler.pid, nanny.pid)
            finally:
                nanny.terminate()
                nanny.wait()
        finally:
            scheduler.terminate()
            scheduler.wait()


def _begun(folder: str, log: int, what: str, *words: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"distributed.cli.{what}", *words]
    return subprocess.Popen(command, cwd=folder, stderr=log, stdout=log, env=os.environ | QUIET)


def _address(log: Path) -> str:
    end = time.monotonic() + WITHIN
    while time.monotonic() < end:
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", log.read_text()):
            return found[1]
        time.sleep(0.05)
    raise SystemExit("no Dask scheduler came up")
