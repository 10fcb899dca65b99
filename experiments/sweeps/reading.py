"""Reading a store back: the design of a sweep with what was found."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coproduction.experiments.sweeps.collecting import collect
from coproduction.experiments.sweeps.shards import StoreError, read_table
from coproduction.experiments.sweeps.store import DESIGN, OUTCOMES, RUNS, SWEEPS, Store, opened

if TYPE_CHECKING:
    import pandas as pd


def chosen_sweep(store: Store, sweep: str | None = None) -> str:
    """Return the name of a sweep in a store, of the only one if none is named.

    Raises
    ------
    StoreError
        There is none of that name, or none is named and there are several.
    """
    names = sorted(file.stem for file in store[SWEEPS].glob("*.json"))
    if not names:
        raise StoreError(f"{store.folder}: holds no sweep. Run one with --out {store.folder}.")
    chosen = names[0] if sweep is None and len(names) == 1 else sweep
    if chosen not in names:
        raise StoreError(f"{store.folder}: holds {', '.join(names)}; got {chosen}. Name one of them.")
    return chosen


def read_sweep(folder: str | Path, sweep: str | None = None) -> "pd.DataFrame":
    """Return a sweep as one table, a row a run that it asks for: its point, how it ended, every outcome.

    sweep  its name; may be left out where the store holds one only

    Raises
    ------
    StoreError
        There is no such store or sweep.
    """
    from coproduction.experiments.sweeps.tables import outcome_columns

    store = opened(folder, to_write=False)
    return results(store, chosen_sweep(store, sweep), outcome_columns())


def results(store: Store, sweep: str, outcomes: Sequence[str]) -> "pd.DataFrame":
    """Return the rows of a sweep's design in order, with status, stage, reason and some outcomes; nan where none."""
    collect(store)
    design = read_table(store[DESIGN] / f"{sweep}.parquet").to_pandas()
    ended = _joined(store, RUNS, ["run", "status", "stage", "reason", "cpu_seconds"])
    found = _joined(store, OUTCOMES, ["run", *outcomes])
    table = design.merge(ended, on="run", how="left").merge(found, on="run", how="left")
    whole: pd.DataFrame = table.fillna({"status": "missing", "stage": "", "reason": ""})
    return whole


def _joined(store: Store, table: str, columns: list[str]) -> "pd.DataFrame":
    import pandas as pd
    import pyarrow as pa

    parts = list(store.read(table, columns))
    if not parts:
        return pd.DataFrame(columns=columns, dtype=object)
    joined: pd.DataFrame = pa.concat_tables(parts).to_pandas()
    return joined
