"""One line of the table of analytic checks: what a closed form predicts, what the model's own code gives."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STANDARD_ERRORS = 4.0
"""How far a simulated mean may lie from its closed form: one correct check in 16,000 would fail by chance."""


@dataclass(frozen=True, slots=True)
class Row:
    """A closed form against its measurement; tolerance is absolute, in the unit of both."""

    oracle: str
    quantity: str
    predicted: float
    measured: float
    tolerance: float

    @property
    def holds(self) -> bool:
        """True when the measurement lies within the tolerance; never for NaN."""
        return abs(self.measured - self.predicted) <= self.tolerance


def of_share(oracle: str, quantity: str, probability: float, counted: tuple[int, int]) -> Row:
    """Compare a share with its probability; counted is hits, independent trials."""
    hits, trials = counted
    error = math.sqrt(probability * (1.0 - probability) / trials)
    return Row(oracle, quantity, probability, hits / trials, STANDARD_ERRORS * error)


def of_mean(oracle: str, quantity: str, expected: float, sample: NDArray[np.float64]) -> Row:
    """Compare the mean of independent values with its expectation; the sample's spread gives the error."""
    error = float(sample.std(ddof=1)) / math.sqrt(len(sample))
    return Row(oracle, quantity, expected, float(sample.mean()), STANDARD_ERRORS * error)


def of_dispersion(
    oracle: str, quantity: str, expected: NDArray[np.float64], counts: NDArray[np.int64]
) -> Row:
    """Compare Pearson's sum of (count - expected)^2 / expected with the number of counts, both tails.

    That is the expectation for Poisson counts of these means, whose sum has the variance 2 n + sum of 1 / mean. Where
    nothing is expected nothing may be counted.
    """
    possible = expected > 0.0
    if counts[~possible].any():
        return Row(oracle, quantity, float(possible.sum()), math.inf, 0.0)
    counts, expected = counts[possible], expected[possible]
    pearson = float(((counts - expected) ** 2 / expected).sum())
    error = math.sqrt(2.0 * len(counts) + float((1.0 / expected).sum()))
    return Row(oracle, quantity, float(len(counts)), pearson, STANDARD_ERRORS * error)
