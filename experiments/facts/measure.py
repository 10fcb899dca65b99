"""What a measure of a fact is, and the arithmetic that several of them share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coproduction.experiments.observation import Observation

Values = NDArray[Any]
PER_CENT = 100.0


@dataclass(frozen=True, slots=True)
class Measure:
    """How one fact is measured in the model.

    how   what is counted, in words
    of    takes the runs named in ``runs``, in that order, and gives the value in the fact's unit, nan where there was
          nothing to measure
    runs  names in ``runs.RUNS``
    band  (low, high, reason) where the fact gives no band of its own and a quarter either way says nothing
    """

    how: str
    of: Callable[..., float]
    runs: tuple[str, ...] = ("city",)
    band: tuple[float, float, str] | None = None


def per_cent(part: float, whole: float) -> float:
    """Return a part in per cent of the whole, nan of nothing."""
    return PER_CENT * float(part) / float(whole) if whole else float("nan")


def change(before: float, after: float) -> float:
    """Return the change in per cent of what was before, nan where nothing was."""
    return per_cent(after - before, before)


def odds_ratio(one: float, other: float) -> float:
    """Return the odds of a share ``other`` against those of a share ``one``, nan at 0 or 1."""
    if not (0.0 < one < 1.0 and 0.0 < other < 1.0):
        return float("nan")
    return (other / (1.0 - other)) / (one / (1.0 - one))


def of_types(cases: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Return the case files of some types of crime."""
    return cases[cases["type"].isin(names)]


def share_of_busiest(counts: Values, share: float) -> float:
    """Return what the busiest share of people or places account for, per cent of the whole."""
    ordered = np.sort(counts)[::-1]
    return per_cent(ordered[: max(round(share * len(ordered)), 1)].sum(), ordered.sum())


def share_holding_half(counts: Values) -> float:
    """Return the smallest share of places that hold half of what is counted, per cent of places."""
    ordered = np.cumsum(np.sort(counts)[::-1])
    if not ordered[-1]:
        return float("nan")
    return per_cent(np.searchsorted(ordered, ordered[-1] / 2.0) + 1, len(ordered))


def hot_cells(seen: Observation, share: float) -> Values:
    """Return the share of the city's cells with most recorded offences before the policy started, as flags."""
    before = seen.all_cases[seen.all_cases["watch"] < seen.scenario.policy_start_watch]
    inside = seen.state.cells.neighbourhood >= 0
    counts = np.bincount(before.loc[before["recorded"], "cell"], minlength=len(inside))
    order = np.lexsort((np.arange(len(inside)), -counts, ~inside))
    hot = np.zeros(len(inside), bool)
    hot[order[: max(round(share * inside.sum()), 1)]] = True
    return hot
