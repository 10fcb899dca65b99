"""A sweep that is killed anywhere goes on where it was, and ends with what it would have found anyhow."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from coproduction.experiments.sweeps.design_file import read_design
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.store import opened
from coproduction.experiments.sweeps.whole_sweep import SweepEnd
from coproduction.experiments.worker_processes import _interrupts_held

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for children in /proc")

SAMPLES, RUNS, BLOCK, WORKERS = 8, 64, 4, 2
HELD = RUNS - BLOCK * WORKERS
"""Runs after which a sweep that is to be killed waits for it."""
DRIVER = f"""
import sys
from coproduction.experiments.sweeps.design_file import read_design
from coproduction.experiments.sweeps.whole_sweep import Choices, run_sweep
import sweep_faults

if __name__ == "__main__":
    choices = Choices(workers=int(sys.argv[1]), block_runs={BLOCK}, simulate=sweep_faults.logged)
    run_sweep(read_design("small.toml"), "store", choices, lambda standing: None)
"""
Starter = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def unbroken(planned: Callable[..., Plan], carry_out: Callable[..., SweepEnd], tmp_path_factory: Any) -> Path:
    """Return the store of the same sweep that nothing has interrupted."""
    folder: Path = tmp_path_factory.mktemp("unbroken") / "store"
    carry_out(planned(samples=SAMPLES), folder)
    return folder


@pytest.fixture
def start(tmp_path: Path, design_file: Callable[..., Path], faults: Any) -> Iterator[Starter]:
    """Return a function that begins the sweep, or goes on with it, in a process of its own."""
    assert faults
    design_file(samples=SAMPLES)
    (tmp_path / "driver.py").write_text(DRIVER)
    begun: list[subprocess.Popen[str]] = []

    def begin(workers: int = WORKERS, most: int = 10 * RUNS) -> "subprocess.Popen[str]":
        command = [sys.executable, "driver.py", str(workers)]
        held = {**os.environ, "FAULT_MOST": str(most)}
        process = subprocess.Popen(command, cwd=tmp_path, env=held, stderr=subprocess.PIPE, text=True)
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def workers(pid: int) -> list[int]:
    """Return the worker processes of a sweep, without Python's own tracker of resources."""
    return [c for c in children(pid) if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()]


def finished(folder: Path) -> dict[str, str]:
    """Return the runs that are finished, by when they were begun."""
    found: dict[str, str] = {}
    for table, ending, read in (("journal", "arrow", pd.read_feather), ("runs", "parquet", pd.read_parquet)):
        for file in (folder / table).glob(f"*.{ending}"):
            if not file.name.startswith("."):
                rows = read(file, columns=["run", "started"])
                found |= dict(zip(rows["run"], rows["started"], strict=True))
    return found


def wait_until(happens: Callable[[], bool], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def kill_parent(process: "subprocess.Popen[str]") -> None:
    """Kill the parent, and see that its workers do not outlive it."""
    orphans = workers(process.pid)
    process.kill()
    process.wait()
    wait_until(lambda: not any(_is_alive(pid) for pid in orphans))


def _is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def interrupted_after(start: Starter, store: Path, blocks: int, pause: float) -> dict[str, str]:
    """Kill the parent some time after so many blocks are finished; return what was finished then."""
    process = start(most=HELD)
    wait_until(lambda: len(list((store / "journal").glob("*.arrow"))) >= blocks)
    time.sleep(pause)
    kill_parent(process)
    return finished(store)


def check_end(
    store: Path, unbroken: Path, before: dict[str, str], log: Path, same: Callable[[Path, Path], None]
) -> None:
    """Nothing that was finished was run again, at most a block a worker was, and all is as it would have been."""
    after = finished(store)
    assert {run: after[run] for run in before} == before
    times = Counter(log.read_text().split())
    assert set(times) == set(after)
    assert all(times[run] == 1 for run in before)
    assert sum(times.values()) - len(times) <= BLOCK * WORKERS
    same(unbroken, store)


def parent_killed(
    start: Starter,
    tmp_path: Path,
    unbroken: Path,
    same: Callable[[Path, Path], None],
    moment: tuple[int, float],
) -> None:
    store = tmp_path / "store"
    before = interrupted_after(start, store, *moment)
    assert 0 < len(before) < RUNS
    assert start().wait(timeout=300) == 0
    check_end(store, unbroken, before, tmp_path / "mark", same)


def worker_killed(
    start: Starter,
    tmp_path: Path,
    unbroken: Path,
    same: Callable[[Path, Path], None],
    moment: tuple[int, float],
) -> None:
    store = tmp_path / "store"
    process = start(most=HELD)
    wait_until(lambda: len(list((store / "journal").glob("*.arrow"))) >= moment[0])
    time.sleep(moment[1])
    before = finished(store)
    os.kill(workers(process.pid)[0], signal.SIGKILL)
    (tmp_path / "mark.go_on").touch()
    assert process.wait(timeout=300) == 0
    check_end(store, unbroken, before, tmp_path / "mark", same)


@pytest.mark.slow
def test_after_kill_9_of_the_parent_two_processes_go_on_and_share_the_work(
    start: Starter, tmp_path: Path, unbroken: Path, assert_equal_stores: Callable[[Path, Path], None]
) -> None:
    store = tmp_path / "store"
    before = interrupted_after(start, store, 3, 0.03)
    assert 0 < len(before) < RUNS
    both = [start(workers=1), start(workers=1)]
    assert [process.wait(timeout=300) for process in both] == [0, 0]
    check_end(store, unbroken, before, tmp_path / "mark", assert_equal_stores)


@pytest.mark.nightly
def test_kill_9_of_a_worker(
    start: Starter, tmp_path: Path, unbroken: Path, assert_equal_stores: Callable[[Path, Path], None]
) -> None:
    worker_killed(start, tmp_path, unbroken, assert_equal_stores, (3, 0.03))


def moments(seed: int) -> list[tuple[int, float]]:
    """Return twenty random moments: a number of finished blocks, and a pause after it."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    return [(luck.randint(1, RUNS // BLOCK - 6), luck.uniform(0, 0.1)) for _ in range(20)]


@pytest.mark.nightly
@pytest.mark.parametrize("moment", moments(1))
def test_kill_9_of_the_parent_at_random_moments(
    start: Starter,
    tmp_path: Path,
    unbroken: Path,
    assert_equal_stores: Callable[[Path, Path], None],
    moment: tuple[int, float],
) -> None:
    parent_killed(start, tmp_path, unbroken, assert_equal_stores, moment)


@pytest.mark.nightly
@pytest.mark.parametrize("moment", moments(2))
def test_kill_9_of_a_worker_at_random_moments(
    start: Starter,
    tmp_path: Path,
    unbroken: Path,
    assert_equal_stores: Callable[[Path, Path], None],
    moment: tuple[int, float],
) -> None:
    worker_killed(start, tmp_path, unbroken, assert_equal_stores, moment)


@pytest.mark.nightly
def test_one_process_takes_over_from_another_that_died(
    start: Starter, tmp_path: Path, unbroken: Path, assert_equal_stores: Callable[[Path, Path], None]
) -> None:
    first, second = start(), start()
    wait_until(lambda: len(list((tmp_path / "store" / "journal").glob("*.arrow"))) >= 3)
    kill_parent(first)
    assert second.wait(timeout=300) == 0
    assert_equal_stores(unbroken, tmp_path / "store")


def test_ctrl_c_while_a_worker_is_started_counts_afterwards() -> None:
    went_on = []

    def start() -> None:
        with _interrupts_held():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)
            went_on.append(True)

    with pytest.raises(KeyboardInterrupt):
        start()
    assert went_on
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_finished_and_the_same_command_goes_on(
    begin: Callable[..., "subprocess.Popen[str]"],
    design_file: Callable[..., Path],
    carry_out: Callable[..., SweepEnd],
    tmp_path: Path,
) -> None:
    """The store is begun here with its first block, which makes the command's blocks as small as that one."""
    runs, store = 8 * 32, tmp_path / "small-store"
    plan = read_design(design_file(samples=32))
    begun = carry_out(plan, store, shard=(0, runs // BLOCK)).standing.done
    assert begun == BLOCK
    process = begin("sweep", "small.toml", "--workers", 2, start_new_session=True)
    wait_until(lambda: len(list((store / "journal").glob("*.arrow"))) >= 2)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert "What was finished is kept in small-store; the same command goes on with it." in said
    assert "Traceback" not in said
    opened_store = opened(store, to_write=False)
    opened_store.refresh()
    kept = len(opened_store.finished)
    assert begun < kept < runs
    standing = carry_out(plan, store).standing
    assert (standing.found, standing.done) == (kept, runs - kept)
