"""From the journal into the tables: a few large parts in place of a file for each block.

One process does it at a time. Outcomes are written first, then runs, then the journal's files go: whatever a crash
leaves is told apart and put right by the next to collect.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.sweeps.finished import Finished, packed
from coproduction.experiments.sweeps.locks import Locks
from coproduction.experiments.sweeps.shards import StoreError, read_table, write_table
from coproduction.experiments.sweeps.store import JOURNAL, LOCKS, OUTCOMES, RUNS, Store
from coproduction.experiments.sweeps.tables import DONE, outcome_columns, runs_schema

if TYPE_CHECKING:
    import pyarrow as pa

ABANDONED = 600.0
"""Seconds after which a file that is still being written is nobody's."""
ROWS = 20_000
"""Most rows of a part: some 25 MB in memory."""


def collect(store: Store, at_least: int = 1) -> None:
    """Move finished blocks into the tables, if there are at least so many and no other process is at it.

    Raises
    ------
    StoreError
        The store cannot be written.
    """
    store.refresh()
    if len(store.files(JOURNAL)) < at_least:
        return
    with _alone(store) as alone:
        if alone:
            known = _mended(store)
            for batch in _batches(store):
                _write_part(store, batch, known)


def drop_failed(store: Store) -> int:
    """Take failed runs out of the tables, so that they are run again; return how many there were."""
    import pyarrow.compute as pc

    collect(store)
    dropped = 0
    with _alone(store) as alone:
        if not alone:
            raise StoreError(f"{store.folder}: another process is at work on it. Wait until it has ended.")
        for file in store.files(RUNS):
            table = read_table(file)
            kept = table.filter(pc.equal(table.column("status"), DONE))
            if len(kept) < len(table):
                dropped += len(table) - len(kept)
                write_table(kept, file)
    store.forget()
    return dropped


@contextmanager
def _alone(store: Store) -> Iterator[bool]:
    with Locks(store[LOCKS] / "collect") as locks:
        yield locks.take(0)


def _mended(store: Store) -> Finished:
    """Remove what a crash has left half-done; return the runs that stand in parts."""
    known = Finished()
    known.update(table.column("run").to_pylist() for table in store.read(RUNS, ["run"]))
    for table in (JOURNAL, RUNS, OUTCOMES):
        for part in store[table].glob(".*.part"):  # of a process that died while it wrote
            if time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink(missing_ok=True)
    names = {file.name for file in store.files(RUNS)}
    for file in store.files(OUTCOMES):
        if file.name not in names:
            file.unlink()
    return known


def _batches(store: Store) -> "Iterator[dict[Path, pa.Table]]":
    """Give the journal's files with what is in them, in batches of at most ``ROWS`` rows."""
    batch: dict[Path, pa.Table] = {}
    for file in store.files(JOURNAL):
        table = read_table(file)
        if batch and sum(map(len, batch.values())) + len(table) > ROWS:
            yield batch
            batch = {}
        batch[file] = table
    if batch:
        yield batch


def _write_part(store: Store, batch: "dict[Path, pa.Table]", known: Finished) -> None:
    """Write a batch less what is known as a part of each table, and remove its files from the journal."""
    import pyarrow as pa
    import pyarrow.compute as pc

    tables = pa.concat_tables(batch.values())
    table = tables.filter(pa.array(_first_time(tables.column("run").to_pylist(), known)))
    addresses = table.column("run").to_pylist()
    if addresses:
        known.add(addresses)
        part = f"part-{hashlib.sha256(''.join(sorted(addresses)).encode()).hexdigest()[:16]}.parquet"
        done = table.filter(pc.equal(table.column("status"), DONE))
        write_table(done.select(["run", *outcome_columns()]), store[OUTCOMES] / part)
        write_table(table.select(runs_schema().names), store[RUNS] / part)
    for file in batch:
        file.unlink()


def _first_time(addresses: list[str], known: Finished) -> NDArray[np.bool_]:
    """Say of each run whether it stands neither in the tables nor further up."""
    first = np.zeros(len(addresses), dtype=np.bool_)
    first[np.unique(packed(addresses), return_index=True)[1]] = True
    return first & ~known.holds(addresses)
