"""Statistics of maps of neighbourhoods, whose neighbours are alike: clustering, and correlation in spite of it.

Neighbourhoods that touch are no independent observations, so 49 of them say less than 49 strangers would. How much
less is put as an effective number: the interval of a correlation is that of a sample of so many independent places.
Only who touches whom is used, never a distance, so that cities whose coordinates are not to scale are served as well.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LARGEST_DEPENDENCE = 0.99


class Correlation(NamedTuple):
    """A rank correlation, -1 to 1, with its interval and the number of independent places it is worth.

    All are nan where one of the two maps is the same everywhere.
    """

    value: float
    low: float
    high: float
    effective_size: float


def touching_matrix(pairs: IntArray, n: int) -> FloatArray:
    """Return the symmetric 0-1 matrix (n, n) of who touches whom, from pairs of shape (n_pairs, 2)."""
    touching = np.zeros((n, n))
    touching[pairs[:, 0], pairs[:, 1]] = 1.0
    touching[pairs[:, 1], pairs[:, 0]] = 1.0
    return touching


def neighbour_shares(touching: FloatArray) -> FloatArray:
    """Return each neighbour's share in a neighbourhood's neighbours, shape (n, n); a row of zeros where it has none."""
    total = touching.sum(axis=1, keepdims=True)
    return np.asarray(touching / np.maximum(total, 1.0))


def morans_i(values: FloatArray, touching: FloatArray) -> float:
    """Return Moran's I, about -1 to 1: how much neighbours are alike, each neighbourhood's neighbours weighing one.

    Without clustering its expectation is -1 / (n - 1).
    """
    deviation = values - values.mean()
    shares = neighbour_shares(touching)
    scale = len(values) / shares.sum()
    return float(scale * (deviation @ shares @ deviation) / (deviation @ deviation))


def rank_correlation(
    x: FloatArray,
    y: FloatArray,
    touching: FloatArray,
    *,
    given: FloatArray | None = None,
    confidence: float = 0.95,
) -> Correlation:
    """Return Spearman's correlation of two maps (n,), or the partial one, with an interval that respects neighbours.

    given  a third map (n,): what both have to do with it is taken out of their ranks first

    The interval is Fisher's for ranks (Bonett and Wright 2000) at the effective size of the pair of maps. On simulated
    pairs of maps of Columbus, clustered a little or much, it holds the truth as often as it says; a test counts.
    """
    first, second = (_ranks(values, given) for values in (x, y))
    if min(np.ptp(first), np.ptp(second)) < 1e-9:
        return Correlation(math.nan, math.nan, math.nan, math.nan)
    value = float(np.corrcoef(first, second)[0, 1])
    size = effective_size(first, second, touching)
    low, high = fisher_interval(value, size - (0 if given is None else 1), confidence)
    return Correlation(value, low, high, size)


def _ranks(values: FloatArray, given: FloatArray | None) -> FloatArray:
    ranks = np.asarray(stats.rankdata(values), dtype=np.float64)
    if given is None:
        return ranks
    line = stats.linregress(stats.rankdata(given), ranks)
    return np.asarray(ranks - line.intercept - line.slope * stats.rankdata(given))


def fisher_interval(value: float, size: float, confidence: float) -> tuple[float, float]:
    """Return the interval of a rank correlation from so many independent pairs; all of -1 to 1 from three or fewer."""
    if size <= 3.0:
        return -1.0, 1.0
    middle = math.atanh(max(min(value, 1.0 - 1e-12), -1.0 + 1e-12))
    error = math.sqrt((1.0 + value * value / 2.0) / (size - 3.0))
    reach = float(stats.t.ppf(0.5 + confidence / 2.0, size - 2.0)) * error
    return math.tanh(middle - reach), math.tanh(middle + reach)


def effective_size(x: FloatArray, y: FloatArray, touching: FloatArray) -> float:
    """Return how many independent places two maps (n,) are worth to their correlation, at most n.

    Clifford, Richardson and Hémon (1989) in Dutilleul's form (1993): 1 + tr(S) tr(T) / tr(S T), where S and T are the
    centred covariances of the two maps, each from its own spatial autoregression.
    """
    n = len(x)
    shares = neighbour_shares(touching)
    centring = np.eye(n) - 1.0 / n
    s, t = (centring @ autoregressive_covariance(dependence(v, shares), shares) for v in (x, y))
    return min(1.0 + float(np.trace(s) * np.trace(t) / np.trace(s @ t)), float(n))


def autoregressive_covariance(rho: float, shares: FloatArray) -> FloatArray:
    """Return the covariance, up to its scale, of a map in which e = rho W e + independent luck."""
    spread = np.linalg.inv(np.eye(len(shares)) - rho * shares)
    return np.asarray(spread @ spread.T)


def dependence(values: FloatArray, shares: FloatArray) -> float:
    """Return the most likely rho, -0.99 to 0.99, of a spatial autoregression around a mean (Ord 1975)."""
    eigenvalues = np.linalg.eigvals(shares).real
    n = len(values)
    one = np.ones(n)

    def minus_log_likelihood(rho: float) -> float:
        filtered, constant = values - rho * (shares @ values), one - rho * (shares @ one)
        mean = (constant @ filtered) / (constant @ constant)
        left = filtered - mean * constant
        return float(n / 2.0 * np.log(left @ left) - np.log(1.0 - rho * eigenvalues).sum())

    bounds = (-LARGEST_DEPENDENCE, LARGEST_DEPENDENCE)
    return float(optimize.minimize_scalar(minus_log_likelihood, bounds=bounds, method="bounded").x)
