"""Carrying out a sweep: the runs that it asks for and that are not in its store, block by block.

The truth is on the disk: a worker writes its own block, and what is missing is handed out again, in this process, in
another, or the next time. Processes on one store agree on the blocks and take them by locks, so that none is run twice.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.execution import TaskFailure, TaskRunner
from coproduction.experiments.sweeps.block import (
    Asked,
    Block,
    BlockEnd,
    carry_out,
    failed_row,
)
from coproduction.experiments.sweeps.collecting import collect
from coproduction.experiments.sweeps.finished import Finished
from coproduction.experiments.sweeps.locks import Locks
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.records import Record
from coproduction.experiments.sweeps.shards import StoreError, write_block
from coproduction.experiments.sweeps.single_run import Simulate, simulate
from coproduction.experiments.sweeps.store import JOURNAL, LOCKS, Store
from coproduction.experiments.sweeps.tables import outcome_columns, shard_of

AT_ONCE = 256
"""Blocks in the journal at which they are collected while the sweep goes on."""
LOOK = 0.5
"""Seconds between two looks at what another process is doing."""
STARTING = 60.0
"""Seconds allowed beside the runs themselves, for a worker to start and to read its city."""


@dataclass(slots=True)
class Standing:
    """How far a sweep has come.

    planned  runs that this process is to see done, those already in the store included
    found    runs that were in the store
    repeated blocks that were handed out a second time, run by run
    sums     policy to (runs, sum) of the first main outcome, of the runs of this process
    """

    planned: int
    found: int = 0
    done: int = 0
    failed: int = 0
    repeated: int = 0
    cpu_seconds: float = 0.0
    sums: dict[str, tuple[int, float]] = field(default_factory=dict)

    def add(self, end: BlockEnd) -> None:
        """Count a finished block."""
        self.done += end.done
        self.failed += end.failed
        self.cpu_seconds += end.cpu_seconds
        for policy, (n, total) in end.sums.items():
            before = self.sums.get(policy, (0, 0.0))
            self.sums[policy] = before[0] + n, before[1] + total


Watch = Callable[[Standing], None]
"""Told after every block how far the sweep has come."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a sweep is carried out; none of it changes a result.

    runner    hands blocks to workers
    shard     (k, n): only every n-th block, from the k-th on, counted from 0
    timeout   most seconds that a run may take; None for no limit
    simulate  what carries out a run
    """

    runner: TaskRunner
    shard: tuple[int, int] = (0, 1)
    timeout: float | None = None
    simulate: Simulate = simulate

    def limit(self, block: Block) -> float:
        """Return the most seconds that a block may take."""
        return float("inf") if self.timeout is None else STARTING + self.timeout * len(block.runs)


@dataclass(slots=True)
class _Work:
    """One process at a sweep."""

    store: Store
    plan: Plan
    record: Record
    way: Way
    claims: Locks
    standing: Standing
    watch: Watch
    handed: Finished = field(default_factory=Finished)
    suspects: list[Block] = field(default_factory=list)
    elsewhere: list[range | Sequence[int]] = field(default_factory=list)

    def missing(self, numbers: Sequence[int]) -> list[Asked]:
        """Return the runs of those numbers that are not in the store."""
        runs = [self.plan.run(number) for number in numbers]
        addresses = [self.plan.address(run) for run in runs]
        # Two policies may be the same run at some point: whatever is handed out already is not handed out again.
        held = self.store.finished.holds(addresses) | self.handed.holds(addresses) | _again(addresses)
        return [
            Asked(address, self.plan.policies[run.policy].name, run.seed, run.values)
            for run, address, here in zip(runs, addresses, held, strict=True)
            if not here
        ]

    def blocks(self, pieces: Iterable[Sequence[int]]) -> Iterator[Block]:
        """Give the blocks that nobody has finished or is at work on, claiming each as it is given."""
        for numbers in pieces:
            asked = self.missing(numbers)
            self.standing.found += len(numbers) - len(asked)
            if asked and self.claims.take(numbers[0]):
                if self.store.refresh():  # another process has been at work
                    before, asked = asked, self.missing(numbers)
                    self.standing.found += len(before) - len(asked)
                if asked:
                    yield self._block(numbers[0], asked)
                else:
                    self.claims.give_back(numbers[0])
            elif asked:
                self.standing.found -= len(numbers) - len(asked)
                self.elsewhere.append(numbers)

    def _block(self, first: int, asked: Sequence[Asked]) -> Block:
        name = f"{self.plan.name}-{self.record.digest[:6]}-{first:09d}-{asked[0].run[:6]}"
        self.handed.add([run.run for run in asked])
        folder, file = str(self.store.folder.absolute()), self.record.file
        return Block(folder, file, self.record.version, name, tuple(asked), 1, self.way.simulate)

    def hand_out(self, blocks: Iterable[Block]) -> None:
        """Have blocks carried out; those without an answer become suspects."""
        for block, answer in self.way.runner.stream(carry_out, blocks, self.way.limit):
            if isinstance(answer, TaskFailure):
                self._note(block, answer)
            elif answer.stop:
                raise StoreError(answer.stop)
            else:
                self.standing.add(answer)
                self.store.note(block.name, [run.run for run in block.runs])
            self.watch(self.standing)
            if len(self.store.files(JOURNAL)) >= AT_ONCE:
                collect(self.store)

    def _note(self, block: Block, failure: TaskFailure) -> None:
        if block.attempt == 1:
            self.suspects.append(block)
            self.standing.repeated += 1
            return
        row = failed_row(block, self.record.model, failure.error)
        table = shard_of([row], [None], outcome_columns())
        write_block(table, block.file)
        self.standing.failed += 1

    def try_suspects_alone(self) -> None:
        """Carry out what was lost once more: run by run, with no other at the same time."""
        self.store.refresh()
        for suspect in self.suspects:
            held = self.store.finished.holds([run.run for run in suspect.runs])
            self.standing.done += int(held.sum())  # its worker died between writing the block and saying so
            for single, here in zip(suspect.alone(), held, strict=True):
                if not here:
                    self.hand_out([single])
        self.suspects.clear()

    def wait_for_others(self) -> None:
        """Wait for the blocks that other processes have claimed; take them over from one that died."""
        while self.elsewhere:
            self.store.refresh()
            pieces, self.elsewhere = self.elsewhere, []
            self.hand_out(self.blocks(pieces))
            self.try_suspects_alone()
            self.watch(self.standing)
            if self.elsewhere:
                time.sleep(LOOK)


def _again(addresses: Sequence[str]) -> NDArray[np.bool_]:
    """Say of each address whether it has come before."""
    first = np.unique(addresses, return_index=True)[1]
    again = np.ones(len(addresses), dtype=np.bool_)
    again[first] = False
    return again


def carry_out_plan(  # noqa: PLR0913, PLR0917 - the one place where all of it meets
    store: Store, plan: Plan, record: Record, way: Way, watch: Watch, numbers: Sequence[int] | None = None
) -> Standing:
    """Carry out what is missing of a plan; return how it stands.

    numbers  of the runs that are wanted; all if None

    Raises
    ------
    StoreError
        The store cannot be written. What was finished is kept.
    """
    wanted = range(len(plan)) if numbers is None else numbers
    pieces = list(_pieces(wanted, record.block_runs, way.shard))
    standing = Standing(planned=sum(map(len, pieces)))
    store.refresh()
    with Locks(store[LOCKS] / f"{record.name}-{record.digest}") as claims:
        work = _Work(store, plan, record, way, claims, standing, watch)
        try:
            work.hand_out(work.blocks(pieces))
            work.try_suspects_alone()
            work.wait_for_others()
        except KeyboardInterrupt:
            collect(store)
            raise
    collect(store)
    return standing


def _pieces(wanted: Sequence[int], size: int, shard: tuple[int, int]) -> Iterator[Sequence[int]]:
    """Cut the wanted runs into blocks, alike in every process; give those of this shard."""
    for index, first in enumerate(range(0, len(wanted), size)):
        if index % shard[1] == shard[0]:
            yield wanted[first : first + size]
