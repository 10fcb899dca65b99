"""Tables of a comparison that are averages over replications: levels, series, quintiles, maps, ledger.

All are long tables, one row a number with its interval, so that a reader filters and pivots as needed.
Intervals are pointwise: of 100 weeks, some lie outside their own interval by chance.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coproduction.experiments.digest import FloatArray
from coproduction.experiments.equity_outcomes import EQUITY_INDICES
from coproduction.experiments.paired import Interval, mean_interval

if TYPE_CHECKING:
    from coproduction.experiments.replication import RunRecord

Records = dict[str, "dict[int, RunRecord]"]
"""Policy to seed to record; seeds in order, the baseline first, failed runs left out."""


def levels(records: Records, names: Sequence[str], confidence: float) -> pd.DataFrame:
    """Give every outcome's mean and interval; columns policy, outcome, mean, low, high, n."""
    tables = []
    for policy, runs in records.items():
        sample = np.array([[run.outcomes.get(name, np.nan) for name in names] for run in runs.values()])
        interval = mean_interval(sample.reshape(-1, len(names)), confidence)
        tables.append(_interval_table(interval, {"policy": policy, "outcome": list(names)}))
    return pd.concat(tables, ignore_index=True)


def series(records: Records, confidence: float) -> pd.DataFrame:
    """Give the mean of every weekly series.

    Columns policy, week, column, mean, low, high, n, and the paired difference from the baseline:
    difference, difference_low, difference_high.
    """
    return _table_means(records, "series", ("week", "column"), confidence)


def quintiles(records: Records, confidence: float) -> pd.DataFrame:
    """Give the means by income quintile, 1 the poorest.

    Columns policy, quintile, column, mean, low, high, n, difference, difference_low, difference_high.
    """
    return _table_means(records, "quintiles", ("quintile", "column"), confidence)


def neighbourhoods(records: Records, confidence: float) -> pd.DataFrame:
    """Give the means by neighbourhood.

    Columns policy, name, column, mean, low, high, n, difference, difference_low, difference_high.
    """
    return _table_means(records, "neighbourhoods", ("name", "column"), confidence)


def cells(records: Records) -> dict[str, dict[str, FloatArray]]:
    """Give the mean map of each policy: policy to name to an array (rows, columns), nan outside the city."""
    maps: dict[str, dict[str, FloatArray]] = {}
    for policy, runs in records.items():
        first = next(iter(runs.values()), None)
        names = [] if first is None else list(first.cells)
        maps[policy] = {
            name: mean_interval(np.stack([run.cells[name] for run in runs.values()]), 0.95).mean
            for name in names
        }
    return maps


def ledger(records: Records) -> pd.DataFrame:
    """Give the mean ledger; columns policy, payer, item, usd, hours (both for the measured period)."""
    tables = []
    for policy, runs in records.items():
        booked = [run.ledger[["payer", "item", "usd", "hours"]] for run in runs.values()]
        if booked:
            # An item that a run does not book counts as zero, so the divisor is the number of runs; hours that
            # no run knows stay unknown.
            total = (
                pd.concat(booked).groupby(["payer", "item"], sort=False)[["usd", "hours"]].sum(min_count=1)
            )
            mean = (total / len(booked)).reset_index()
            mean.insert(0, "policy", policy)
            tables.append(mean)
    return pd.concat(tables, ignore_index=True)


def equity(records: Records, confidence: float) -> pd.DataFrame:
    """Give the indices of inequality of true crime over neighbourhoods and of victimisation over quintiles.

    Columns policy, index, mean, low, high, n, difference, difference_low, difference_high.
    """
    tables = []
    seeds, values = _stacked(
        records, lambda run: np.array([index(run) for index in EQUITY_INDICES.values()], dtype=np.float64)
    )
    for policy in values:
        labels: dict[str, object] = {"policy": policy, "index": list(EQUITY_INDICES)}
        tables.append(_with_difference(policy, seeds, values, labels, confidence))
    return pd.concat(tables, ignore_index=True)


def _table_means(records: Records, part: str, keys: tuple[str, str], confidence: float) -> pd.DataFrame:
    """Average one table of the runs, entry by entry, over replications."""
    seeds, values = _stacked(records, lambda run: _numbers(getattr(run, part)).to_numpy(np.float64))
    first = next(run for runs in records.values() for run in runs.values())
    frame = _numbers(getattr(first, part))
    rows, columns = frame.index.tolist(), frame.columns.tolist()
    tables = []
    for policy in values:
        labels: dict[str, object] = {
            "policy": policy,
            keys[0]: [row for row in rows for _ in columns],
            keys[1]: columns * len(rows),
        }
        tables.append(_with_difference(policy, seeds, values, labels, confidence))
    return pd.concat(tables, ignore_index=True)


def _numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the numeric columns, with the week as index where it is a column."""
    keyed = table.set_index("week") if "week" in table.columns else table
    return keyed.select_dtypes("number")


def _stacked(
    records: Records, read: "Callable[[RunRecord], FloatArray]"
) -> tuple[dict[str, list[int]], dict[str, FloatArray]]:
    """Read an array off every run and stack them by policy, flat; policies without a good run are left out.

    What is infinite (a ratio to nothing) has no mean and no difference: it becomes nan.
    """
    seeds = {policy: list(runs) for policy, runs in records.items() if runs}
    values = {policy: np.stack([read(run).ravel() for run in records[policy].values()]) for policy in seeds}
    return seeds, {policy: np.where(np.isfinite(v), v, np.nan) for policy, v in values.items()}


def _with_difference(
    policy: str,
    seeds: dict[str, list[int]],
    values: dict[str, FloatArray],
    labels: dict[str, object],
    confidence: float,
) -> pd.DataFrame:
    """Give one policy's means and its paired differences from the baseline, the first policy."""
    baseline = next(iter(values))
    table = _interval_table(mean_interval(values[policy], confidence), labels)
    common = [seed for seed in seeds[policy] if seed in seeds[baseline]]
    here = values[policy][[seeds[policy].index(seed) for seed in common]]
    there = values[baseline][[seeds[baseline].index(seed) for seed in common]]
    difference = mean_interval(here - there, confidence)
    table["difference"] = difference.mean
    table["difference_low"] = difference.low
    table["difference_high"] = difference.high
    return table


def _interval_table(interval: Interval, labels: dict[str, object]) -> pd.DataFrame:
    table = pd.DataFrame(labels, index=range(interval.mean.size))
    table["mean"] = interval.mean
    table["low"] = interval.low
    table["high"] = interval.high
    table["n"] = interval.n
    return table
