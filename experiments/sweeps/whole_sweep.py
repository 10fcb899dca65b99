"""A sweep from plan to store: begun or gone on with, carried out, replicated as far as asked."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from coproduction.experiments.execution import TaskRunner, task_runner
from coproduction.experiments.sweeps.carrying_out import Standing, Watch, Way, carry_out_plan
from coproduction.experiments.sweeps.collecting import collect, drop_failed
from coproduction.experiments.sweeps.crate import write_crate
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.records import begin, begun_with, write_design
from coproduction.experiments.sweeps.replicating import looks_of, unsettled
from coproduction.experiments.sweeps.single_run import Simulate, simulate
from coproduction.experiments.sweeps.store import Store, opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How a sweep is to be carried out; nothing of it changes a result.

    workers         processes; all cores if None
    dask            address of a Dask scheduler, in place of processes of this machine
    shard           (k, n): only every n-th block, from the k-th on, counted from 0
    timeout         most seconds that a run may take
    retry_failed    run failed runs again
    accept_changes  go on in a store that was begun with another version of the sweep or of the model
    block_runs      runs of a block; from a short run if None
    """

    workers: int | None = None
    dask: str | None = None
    shard: tuple[int, int] = (0, 1)
    timeout: float | None = None
    retry_failed: bool = False
    accept_changes: bool = False
    block_runs: int | None = None
    simulate: Simulate = simulate


@dataclass(frozen=True, slots=True)
class SweepEnd:
    """How a sweep ended.

    standing   of this process
    unsettled  futures at the ceiling whose differences are still wider than asked; 0 without a precision
    notices    sentences on damaged files
    """

    store: Store
    standing: Standing
    unsettled: int
    notices: tuple[str, ...]


def run_sweep(plan: Plan, folder: str | Path, choices: Choices, watch: Watch) -> SweepEnd:
    """Carry out a sweep in a folder, or what is missing of it there.

    Raises
    ------
    StoreError
        The folder holds something else, another version of the sweep, or cannot be written.
    """
    from coproduction.experiments.sweeps.forecast import block_runs_of

    store = opened(folder)
    size = choices.block_runs or begun_with(store, plan) or block_runs_of(plan)
    looks = looks_of(plan)
    shortest = replace(plan, replications=looks[0])
    record = begin(store, shortest, size, accept_changes=choices.accept_changes)
    collect(store)
    if choices.retry_failed:
        drop_failed(store)
    with _runner(choices) as runner:
        way = Way(runner, choices.shard, choices.timeout, choices.simulate)
        standing = carry_out_plan(store, shortest, record, way, watch)
        wanted = list(range(len(shortest))) if len(looks) > 1 else []
        wide = unsettled(store, plan, looks[:1])
        for count, (before, look) in enumerate(pairwise(looks), 2):
            if not wide:
                break
            longer = replace(plan, replications=look)
            more = _more(longer, before, wide)
            wanted += more
            write_design(store, longer, wanted)
            standing = carry_out_plan(store, longer, record, way, watch, more)
            wide = unsettled(store, plan, looks[:count])
    write_crate(store)
    return SweepEnd(store, standing, len(wide), tuple(store.notices))


def _more(longer: Plan, before: int, wide: Sequence[int]) -> list[int]:
    """Return the runs that a plan has beyond some replications, in some of its futures."""
    chosen = set(wide)
    numbers = range(before * longer.runs_a_replication, len(longer))
    return [number for number in numbers if longer.run(number).future in chosen]


def _runner(choices: Choices) -> AbstractContextManager[TaskRunner]:
    if choices.dask is not None:
        from coproduction.experiments.sweeps.on_dask import dask_runner

        return dask_runner(choices.dask)
    if choices.timeout is not None and choices.workers == 1:
        from coproduction.experiments.worker_processes import ProcessRunner

        return ProcessRunner(1)  # a run can be ended in another process only
    return task_runner(choices.workers)
