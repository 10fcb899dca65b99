"""The one function that a worker executes: a block of runs, written to the journal as a whole.

A block is worth some seconds, so that what it costs to hand it out and to write it is small beside it. Runs with the
same beginning stand next to each other, and go on from one burn-in; the last one is kept from block to block.
"""

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from platform import node
from typing import TYPE_CHECKING

from coproduction.experiments.sweeps.identity import model_of
from coproduction.experiments.sweeps.places import Place, place_of, with_values
from coproduction.experiments.sweeps.records import Record, read_record
from coproduction.experiments.sweeps.shards import BLOCK, StoreError, read_table, write_block, write_table
from coproduction.experiments.sweeps.single_run import Simulate, snapshot_of
from coproduction.experiments.sweeps.tables import DONE, FAILED, Row, outcome_columns, shard_of

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.scenarios.scenario import Scenario

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A run that a block is to carry out.

    run      content address
    policy   name of the policy's scenario
    values   in the order of the sweep's names
    """

    run: str
    policy: str
    seed: int
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The task: runs of one sweep.

    store     folder
    sweep     file of the sweep's record, in ``sweeps/``
    version   of the record
    name      of the block, also of its file in the journal
    attempt   1 for the first
    simulate  what carries out a run, found by its name in the worker
    """

    store: str
    sweep: str
    version: str
    name: str
    runs: tuple[Asked, ...]
    attempt: int
    simulate: Simulate

    @property
    def file(self) -> Path:
        """Where it is written when it is finished."""
        return Path(self.store) / "journal" / f"{self.name}{BLOCK}"

    def alone(self) -> "list[Block]":
        """Return a block for each run, to be tried once more."""
        return [
            replace(self, name=f"{self.name}-{run.run[:12]}", runs=(run,), attempt=self.attempt + 1)
            for run in self.runs
        ]


@dataclass(frozen=True, slots=True)
class BlockEnd:
    """What became of a block.

    done, failed  runs
    sums          policy to (runs, sum) of the first main outcome, for those who watch
    stop          why the whole sweep must stop; empty if it need not
    """

    done: int
    failed: int
    cpu_seconds: float
    sums: dict[str, tuple[int, float]]
    stop: str = ""


def carry_out(block: Block) -> BlockEnd:
    """Run a block and write it to the journal, whole or not at all; one that stands there is not run again."""
    try:
        written = block.file
        if written.exists():  # a cluster hands out again what was finished on a worker that died
            return _found(written)
        return _carried_out(block)
    except StoreError as error:
        return BlockEnd(0, 0, 0.0, {}, stop=str(error))


def _carried_out(block: Block) -> BlockEnd:
    record, scenarios, places = _context(block.store, block.sweep, block.version)
    rows: list[Row] = []
    found: list[Mapping[str, float] | None] = []
    cases: list[pd.DataFrame] = []
    for asked in block.runs:
        scenario = with_values(scenarios[asked.policy], places, asked.values)
        row, outcomes, files = _run(block, asked, scenario, record)
        rows.append(row)
        found.append(outcomes)
        if files is not None and record.cases:
            cases.append(files.assign(run=asked.run))
    if cases:
        _write_cases(Path(block.store) / "cases" / f"{block.name}.parquet", cases)
    write_block(shard_of(rows, found, outcome_columns()), block.file)
    return _ended(block, rows, found)


@lru_cache(maxsize=4)
def _context(store: str, sweep: str, version: str) -> "tuple[Record, dict[str, Scenario], tuple[Place, ...]]":
    """Read what all blocks of a sweep share, once a process: cities are not sent with each block."""
    record = read_record(Path(store) / "sweeps" / sweep)
    if record.version != version:
        raise StoreError(
            f"{store}: the sweep {record.name} was changed by another process. Run the command again."
        )
    here = model_of(record.engine)
    if here != record.model:
        raise StoreError(
            f"{store}: the worker on {node()} has another version of the model, {here}, than the sweep was begun with, "
            f"{record.model}. Install the same version there, and the same numba and NumPy."
        )
    scenarios = record.scenarios()
    first = next(iter(scenarios.values()))
    return record, scenarios, tuple(place_of(sweep, first, name) for name in record.names)


def _run(
    block: Block, asked: Asked, scenario: "Scenario", record: Record
) -> "tuple[Row, Mapping[str, float] | None, pd.DataFrame | None]":
    started, wall, cpu = datetime.now(UTC), time.monotonic(), time.process_time()
    stage, reason, outcomes, cases = "burn_in", "", None, None
    try:
        snapshot = snapshot_of(scenario, asked.seed, record.engine)
        stage = "run"
        outcomes, cases = block.simulate(scenario, asked.seed, record.engine, snapshot)
    except MemoryError:
        if block.attempt == 1:
            raise  # it may go well alone
        reason = "MemoryError: this run takes more memory than there is"
    except Exception as error:  # noqa: BLE001 - a failed run is a row of the results
        reason = f"{type(error).__name__}: {error}; {_last_lines(error)}"[:LONGEST_REASON]
    row = Row(
        run=asked.run,
        model=record.model,
        status=FAILED if reason else DONE,
        stage=stage if reason else "",
        reason=reason,
        cpu_seconds=time.process_time() - cpu,
        wall_seconds=time.monotonic() - wall,
        started=started.isoformat(timespec="milliseconds"),
        host=node(),
        attempts=block.attempt,
        block=block.name,
    )
    return row, outcomes, cases


def _write_cases(file: Path, cases: "list[pd.DataFrame]") -> None:
    import pandas as pd
    import pyarrow as pa

    table = pd.concat([each.astype({"type": str}) for each in cases], ignore_index=True)
    write_table(pa.Table.from_pandas(table, preserve_index=False), file)


def _ended(block: Block, rows: list[Row], found: list[Mapping[str, float] | None]) -> BlockEnd:
    first = outcome_columns()[0]
    sums: dict[str, tuple[int, float]] = {}
    for asked, outcomes in zip(block.runs, found, strict=True):
        if outcomes is not None:
            n, total = sums.get(asked.policy, (0, 0.0))
            sums[asked.policy] = n + 1, total + float(outcomes.get(first, 0.0))
    failed = sum(row.status == FAILED for row in rows)
    return BlockEnd(len(rows) - failed, failed, sum(row.cpu_seconds for row in rows), sums)


def _found(file: Path) -> BlockEnd:
    ends = read_table(file, ["status"]).column("status").to_pylist()
    return BlockEnd(ends.count(DONE), ends.count(FAILED), 0.0, {})


def failed_row(block: Block, model: str, reason: str) -> Row:
    """Return the row of a run whose worker did not come back."""
    return Row(
        run=block.runs[0].run,
        model=model,
        status=FAILED,
        stage="worker",
        reason=reason,
        cpu_seconds=0.0,
        wall_seconds=0.0,
        started=datetime.now(UTC).isoformat(timespec="milliseconds"),
        host=node(),
        attempts=block.attempt,
        block=block.name,
    )


def _last_lines(error: Exception) -> str:
    """Say where it happened: file and line of the innermost frame."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
