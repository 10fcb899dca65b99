"""When to stop replicating.

The rule looks at the paired differences after ``minimum`` replications and again after every ``step`` more.
It stops at the second look in a row at which every interval is as narrow as asked, or at the ceiling.

Stopping when an interval happens to look narrow favours samples whose spread is underestimated, so that
plain t-intervals would cover less than they say (92 to 93 % instead of 95 % in simulation). Three things
mend that, and tests/statistical/test_stopping_rule.py measures that they do: a minimum that is not small,
two looks in a row instead of one, and intervals computed with tails of 4 % where 5 % is asked.

The promise of 93 % or more holds for paired differences with a skewness of up to 1. Beyond that every t-interval
of some twenty values covers less (about 90 % for exponential differences, skewness 2); the verdict gives the
sample's skewness beside each difference, so that it can be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coproduction.simulation.errors import DesignError

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]

DEFAULT_MINIMUM = 10
TAIL_FACTOR = 0.8
"""Share of the nominal tail that is used: a 95 % interval is computed as one of 96 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingRule:
    """How narrow the intervals are to be, and how many replications that may take.

    precision   half-width asked for, as a share of the outcome's baseline mean; above 0
    confidence  nominal, 0.5 to 0.999
    minimum     replications before the first look; at least 2
    step        replications between looks; at least 1
    ceiling     replications at which it ends in any case; at least the minimum
    """

    precision: float = 0.02
    confidence: float = 0.95
    minimum: int = DEFAULT_MINIMUM
    step: int = 2
    ceiling: int = 20

    def __post_init__(self) -> None:
        _check("precision", self.precision, (0.0001, 1.0), "0.02 asks for 2 % of the baseline's mean")
        _check("confidence", self.confidence, (0.5, 0.999), "0.95 is usual")
        _check("minimum", self.minimum, (2, 10_000), "two replications are the fewest that give an interval")
        _check("step", self.step, (1, 10_000), "2 is usual")
        _check("ceiling", self.ceiling, (self.minimum, 100_000), "raise it or lower the minimum")

    @property
    def interval_confidence(self) -> float:
        """Confidence at which intervals are computed, so that they cover what ``confidence`` says."""
        return 1 - TAIL_FACTOR * (1 - self.confidence)

    def looks(self) -> tuple[int, ...]:
        """Give the numbers of replications at which the rule looks, the ceiling last."""
        return (*range(self.minimum, self.ceiling, self.step), self.ceiling)

    def target(self, baseline_mean: ArrayLike, mean: ArrayLike) -> FloatArray:
        """Give the half-width asked for, in the outcome's unit.

        The precision times the size of the baseline's mean; of the policy's own mean where the baseline has
        none of it at all (hours of volunteers where there are no volunteers).
        """
        size = np.abs(np.asarray(baseline_mean, dtype=np.float64))
        size = np.where(size == 0, np.abs(np.asarray(mean, dtype=np.float64)), size)
        return np.asarray(self.precision * size, dtype=np.float64)

    def narrow_enough(self, baseline: ArrayLike, policy: ArrayLike) -> BoolArray:
        """Say of every column whether its paired difference is known as well as asked.

        baseline, policy   shape (replications, ...), the same seeds in the same order; nan where a run failed
        """
        from coproduction.experiments.paired import mean_interval

        first, second = np.asarray(baseline, dtype=np.float64), np.asarray(policy, dtype=np.float64)
        difference = mean_interval(second - first, self.interval_confidence)
        paired = np.isfinite(second - first)
        target = self.target(_mean_where(paired, first), _mean_where(paired, second))
        return np.asarray(difference.half_width <= target, dtype=np.bool_)

    @staticmethod
    def stops(narrow: Sequence[ArrayLike]) -> BoolArray:
        """Say whether to stop, given at each look so far whether everything was narrow enough."""
        last = np.asarray(narrow[-1], dtype=np.bool_)
        if len(narrow) < 2:
            return np.zeros_like(last)
        return np.asarray(last & np.asarray(narrow[-2], dtype=np.bool_), dtype=np.bool_)


def _mean_where(known: BoolArray, values: FloatArray) -> FloatArray:
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.asarray(total / np.maximum(known.sum(axis=0), 1), dtype=np.float64)


def _check(name: str, value: float, allowed: tuple[float, float], advice: str) -> None:
    low, high = allowed
    if not low <= value <= high:
        message = f"comparison: {name} must be between {low} and {high}; got {value}. {advice[0].upper()}{advice[1:]}."
        raise DesignError(message)
