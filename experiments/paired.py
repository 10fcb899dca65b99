"""Intervals for means and paired differences, over replications.

Two policies that meet the same luck differ less from each other than two independent runs do, so what is
judged is the difference within each seed. Everything is vectorised: axis 0 is the replication, the other
axes are whatever is compared (outcomes, weeks, quintiles, or simulated experiments in a test).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

SMALLEST_SAMPLE = 2
LARGEST_N_NEEDED = 1_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over replications with its t-interval; every array has the shape of one replication.

    n               replications with a finite value
    mean            nan where ``n`` is 0
    deviation       sample standard deviation, nan where ``n`` is below 2
    half_width      nan where ``n`` is below 2; 0 where all values are equal
    """

    n: IntArray
    mean: FloatArray
    deviation: FloatArray
    half_width: FloatArray

    @property
    def low(self) -> FloatArray:
        """Lower end."""
        return self.mean - self.half_width

    @property
    def high(self) -> FloatArray:
        """Upper end."""
        return self.mean + self.half_width


def mean_interval(sample: ArrayLike, confidence: float) -> Interval:
    """Give the mean over axis 0 and its two-sided t-interval; values that are not finite are left out."""
    values = np.asarray(sample, dtype=np.float64)
    finite = np.isfinite(values)
    n = np.asarray(finite.sum(axis=0), dtype=np.int64)
    mean = _where(n >= 1, np.where(finite, values, 0.0).sum(axis=0) / np.maximum(n, 1))
    deviation = _deviation(values, finite, n, mean)
    half_width = t_quantile(n, confidence) * deviation / np.sqrt(np.maximum(n, 1))
    return Interval(n=n, mean=mean, deviation=deviation, half_width=half_width)


def t_quantile(n: ArrayLike, confidence: float) -> FloatArray:
    """Give the quantile of Student's t with n - 1 degrees of freedom that a two-sided interval needs.

    Nan where n is below 2.
    """
    sizes = np.asarray(n, dtype=np.float64)
    # Sizes are few and entries many.
    different, place = np.unique(sizes, return_inverse=True)
    # What stats.t.ppf gives, without its checks, which take fifty times as long.
    quantiles = np.asarray(special.stdtrit(np.maximum(different - 1, 1), (1 + confidence) / 2))
    return _where(sizes >= SMALLEST_SAMPLE, quantiles[place].reshape(sizes.shape))


def n_needed(deviation: ArrayLike, target: ArrayLike, confidence: float) -> FloatArray:
    """Give the smallest n >= 2 whose t-interval is no wider than ``target`` to either side.

    The deviation is taken as known, so this is an estimate and not a promise. Infinite where the target is
    0 or more than a million replications would be needed, nan where the deviation is not known.
    """
    spread, goal = np.broadcast_arrays(
        np.asarray(deviation, dtype=np.float64), np.asarray(target, dtype=np.float64)
    )
    ratio = np.divide(spread, goal, out=np.full(spread.shape, np.inf), where=goal > 0)
    low = np.full(spread.shape, SMALLEST_SAMPLE, dtype=np.int64)
    high = np.full(spread.shape, LARGEST_N_NEEDED, dtype=np.int64)
    # The half-width falls with n, so that bisection finds the first n that is narrow enough.
    while np.any(low < high):
        middle = (low + high) // 2
        narrow = t_quantile(middle, confidence) * ratio <= np.sqrt(middle)
        high = np.where(narrow, middle, high)
        low = np.where(narrow, low, np.minimum(middle + 1, high))
    beyond = t_quantile(low, confidence) * ratio > np.sqrt(low)
    n = np.where(beyond, np.inf, low.astype(np.float64))
    n = np.where(spread == 0, float(SMALLEST_SAMPLE), n)
    return np.where(np.isfinite(spread) & np.isfinite(goal), n, np.nan)


def p_value(interval: Interval) -> FloatArray:
    """Two-sided p of the t-test that the mean is zero: 1 where all values are 0, 0 where all are equal."""
    n = np.maximum(interval.n, SMALLEST_SAMPLE).astype(np.float64)
    error = interval.deviation / np.sqrt(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(interval.mean) / error
    tail = np.where(interval.mean == 0, 1.0, 2 * stats.t.sf(t, n - 1))
    return _where(interval.n >= SMALLEST_SAMPLE, tail)


def adjusted_p(p: ArrayLike) -> FloatArray:
    """Adjust p values for there being several (Benjamini-Hochberg, false discovery rate); nan stays nan."""
    raw = np.asarray(p, dtype=np.float64)
    known = np.isfinite(raw)
    adjusted = np.full(raw.shape, np.nan)
    if known.any():
        adjusted[known] = stats.false_discovery_control(raw[known], method="bh")
    return adjusted


def variance_ratio(baseline: ArrayLike, policy: ArrayLike) -> FloatArray:
    """Give how many times more replications independent seeds would need for the same interval.

    (variance of baseline + variance of policy) / variance of the paired difference, over axis 0. Infinite
    where the differences are all equal, nan where nothing varies or fewer than two pairs are finite.
    """
    first, second = np.asarray(baseline, dtype=np.float64), np.asarray(policy, dtype=np.float64)
    pair = np.isfinite(first) & np.isfinite(second)
    first, second = np.where(pair, first, np.nan), np.where(pair, second, np.nan)
    apart = mean_interval(first, 0.95).deviation ** 2 + mean_interval(second, 0.95).deviation ** 2
    together = mean_interval(second - first, 0.95).deviation ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(apart / together, dtype=np.float64)


def skewness(differences: ArrayLike) -> float:
    """Sample skewness (adjusted) of the finite values; nan below three or where they differ by rounding only."""
    values = np.asarray(differences, dtype=np.float64)
    values = values[np.isfinite(values)]
    if values.size < 3 or np.ptp(values) <= 1e-12 * np.abs(values).max():
        return float("nan")
    return float(stats.skew(values / np.abs(values).max(), bias=False))


def _deviation(values: FloatArray, finite: NDArray[np.bool_], n: IntArray, mean: FloatArray) -> FloatArray:
    squares = np.where(finite, values - np.where(n >= 1, mean, 0.0), 0.0) ** 2
    deviation = np.sqrt(squares.sum(axis=0) / np.maximum(n - 1, 1))
    # Rounding of the mean must not make identical values look as if they varied.
    highest = np.where(finite, values, -np.inf).max(axis=0, initial=-np.inf)
    lowest = np.where(finite, values, np.inf).min(axis=0, initial=np.inf)
    return _where(n >= SMALLEST_SAMPLE, np.where(highest == lowest, 0.0, deviation))


def _where(known: ArrayLike, values: ArrayLike) -> FloatArray:
    return np.asarray(np.where(known, values, np.nan), dtype=np.float64)
