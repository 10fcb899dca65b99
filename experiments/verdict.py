"""The verdict table: what each policy changes, by how much, how surely, and what it would take to know better."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coproduction.experiments.digest import FloatArray
from coproduction.experiments.paired import (
    adjusted_p,
    mean_interval,
    n_needed,
    p_value,
    skewness,
    variance_ratio,
)

if TYPE_CHECKING:
    from coproduction.experiments.averages import Records
    from coproduction.experiments.precision import StoppingRule
    from coproduction.simulation.outcomes import Outcome

COLUMNS = (
    "outcome", "label", "unit", "better", "main", "disparity", "policy", "baseline_mean", "mean", "difference", "low",
    "high", "half_width", "n", "finding", "distinguishable", "identical", "precise_enough", "target",
    "n_needed", "variance_ratio", "p_value", "adjusted_p", "skewness",
)  # fmt: skip


def verdict_table(records: "Records", outcomes: "Sequence[Outcome]", rule: "StoppingRule") -> pd.DataFrame:
    """Compare every policy with the baseline, the first, on the seeds that both came through.

    One row an outcome and policy, columns as in ``COLUMNS``: ``difference`` is policy minus baseline with
    its interval ``low`` to ``high``; ``target`` the half-width asked for; ``finding`` one of "better",
    "worse", "lower", "higher" (where neither is better), "not distinguishable" (the interval contains zero),
    "identical" (the same in every replication), "unknown" (fewer than two pairs). ``adjusted_p`` allows for
    there being as many tests as rows (false discovery rate).
    """
    baseline, *policies = records
    rows = [
        _row(outcome, policy, paired_values(records, baseline, policy, outcome.name), rule)
        for outcome in outcomes
        for policy in policies
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["adjusted_p"] = adjusted_p(table["p_value"].to_numpy(np.float64))
    return table


def paired_values(records: "Records", baseline: str, policy: str, outcome: str) -> FloatArray:
    """Give an outcome under baseline and policy, shape (2, pairs), where both runs gave a finite value."""
    first, second = records[baseline], records[policy]
    pairs = [
        (first[seed].outcomes.get(outcome, np.nan), second[seed].outcomes.get(outcome, np.nan))
        for seed in first
        if seed in second
    ]
    values = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    return np.asarray(values[:, np.isfinite(values).all(axis=0)], dtype=np.float64)


def finding(better: str, low: float, high: float) -> str:
    """Put an interval of the paired difference into a word."""
    if not (np.isfinite(low) and np.isfinite(high)):
        return "unknown"
    if low == high == 0:
        return "identical"
    if low <= 0 <= high:
        return "not distinguishable"
    direction = "lower" if high < 0 else "higher"
    if better not in {"lower", "higher"}:
        return direction
    return "better" if direction == better else "worse"


def _row(outcome: "Outcome", policy: str, values: FloatArray, rule: "StoppingRule") -> dict[str, object]:
    before, after = values
    difference = mean_interval(after - before, rule.interval_confidence)
    baseline_mean = float(mean_interval(before, rule.confidence).mean)
    mean = float(mean_interval(after, rule.confidence).mean)
    target = float(rule.target(baseline_mean, mean))
    word = finding(outcome.better, float(difference.low), float(difference.high))
    return {
        "outcome": outcome.name,
        "label": outcome.label,
        "unit": outcome.unit,
        "better": outcome.better,
        "main": outcome.main,
        "disparity": outcome.disparity,
        "policy": policy,
        "baseline_mean": baseline_mean,
        "mean": mean,
        "difference": float(difference.mean),
        "low": float(difference.low),
        "high": float(difference.high),
        "half_width": float(difference.half_width),
        "n": int(difference.n),
        "finding": word,
        "distinguishable": word in {"better", "worse", "lower", "higher"},
        "identical": word == "identical",
        "precise_enough": bool(difference.half_width <= target),
        "target": target,
        "n_needed": float(n_needed(difference.deviation, target, rule.interval_confidence)),
        "variance_ratio": float(variance_ratio(before, after)),
        "p_value": float(p_value(difference)),
        "skewness": skewness(after - before),
    }
