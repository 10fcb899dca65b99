"""Clustering and correlation of maps: against kept libraries, closed forms, and simulated maps of Columbus."""

import warnings

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from coproduction.experiments.spatial_statistics import (
    Correlation,
    dependence,
    effective_size,
    fisher_interval,
    morans_i,
    neighbour_shares,
    rank_correlation,
    touching_matrix,
)
from coproduction.scenarios.cities import load_city

Array = NDArray[np.float64]

TRIALS = 300
LEAST_COVERAGE = 0.91
# Autoregression of the simulated maps: none, as observed crime in Columbus, as smooth as the model's own map.
CLUSTERINGS = (0.0, 0.7, 0.85)


@pytest.fixture(scope="module")
def touching() -> Array:
    """Who touches whom among the 49 neighbourhoods of Columbus."""
    city = load_city("columbus", cells=200)
    return touching_matrix(city.neighbours, city.city.n_neighbourhoods)


def clustered_maps(touching: Array, rho: float, mixing: Array, rng: np.random.Generator) -> Array:
    """Maps, one a row, each clustered by a spatial autoregression; ``mixing`` correlates them at every place."""
    n = len(touching)
    spread = np.linalg.inv(np.eye(n) - rho * neighbour_shares(touching))
    return np.asarray(mixing @ (spread @ rng.standard_normal((n, len(mixing)))).T)


def of_ranks(correlation: float) -> float:
    """Spearman's correlation of two normal variables of that correlation (Pearson 1907)."""
    return float(6.0 / np.pi * np.arcsin(correlation / 2.0))


def holds(found: Correlation, truth: float) -> bool:
    return found.low <= truth <= found.high


def naive_interval(x: Array, y: Array) -> Correlation:
    """The usual interval, which takes neighbours for strangers."""
    value = float(stats.spearmanr(x, y).statistic)
    return Correlation(value, *fisher_interval(value, len(x), 0.95), len(x))


@pytest.mark.parametrize("correlation", [0.0, 0.7])
@pytest.mark.parametrize("rho", CLUSTERINGS)
def test_the_interval_holds_the_truth_however_clustered_the_maps_are(
    touching: Array, rho: float, correlation: float
) -> None:
    rng = np.random.default_rng(1)
    mixing = np.array([[1.0, 0.0], [correlation, np.sqrt(1.0 - correlation**2)]])
    pairs = [clustered_maps(touching, rho, mixing, rng) for _ in range(TRIALS)]
    truth = of_ranks(correlation)
    covered = np.mean([holds(rank_correlation(x, y, touching), truth) for x, y in pairs])
    assert covered >= LEAST_COVERAGE


def test_the_usual_interval_does_not(touching: Array) -> None:
    rng = np.random.default_rng(1)
    pairs = [clustered_maps(touching, 0.85, np.eye(2), rng) for _ in range(TRIALS)]
    assert np.mean([holds(naive_interval(x, y), 0.0) for x, y in pairs]) < 0.8


@pytest.mark.parametrize("rho", CLUSTERINGS)
def test_the_interval_of_a_partial_correlation_holds_the_truth(touching: Array, rho: float) -> None:
    """Two maps that have much to do with a third, as model and observed crime have with income."""
    rng = np.random.default_rng(2)
    given_first, given_second, left = -0.9, -0.74, 0.3
    both = given_first * given_second + left * np.sqrt((1 - given_first**2) * (1 - given_second**2))
    table = np.array([[1.0, given_first, given_second], [given_first, 1.0, both], [given_second, both, 1.0]])
    a, b, c = of_ranks(both), of_ranks(given_first), of_ranks(given_second)
    truth = (a - b * c) / np.sqrt((1.0 - b * b) * (1.0 - c * c))
    triples = [clustered_maps(touching, rho, np.linalg.cholesky(table), rng) for _ in range(TRIALS)]
    covered = np.mean([holds(rank_correlation(x, y, touching, given=z), truth) for z, x, y in triples])
    assert covered >= LEAST_COVERAGE


def test_the_correlation_is_spearmans_and_the_partial_one_its_closed_form(touching: Array) -> None:
    x, y, z = clustered_maps(
        touching, 0.6, np.array([[1.0, 0, 0], [0.5, 0.8, 0], [-0.6, 0.1, 0.7]]), np.random.default_rng(3)
    )
    a, b, c = (stats.spearmanr(*pair).statistic for pair in ((x, y), (x, z), (y, z)))
    assert rank_correlation(x, y, touching).value == pytest.approx(a, abs=1e-12)
    partial = (a - b * c) / np.sqrt((1.0 - b * b) * (1.0 - c * c))
    assert rank_correlation(x, y, touching, given=z).value == pytest.approx(partial, abs=1e-12)


def test_places_that_touch_nobody_are_all_independent() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.standard_normal((2, 30))
    assert effective_size(x, y, np.zeros((30, 30))) == pytest.approx(30.0)


def test_clustering_makes_places_count_for_less(touching: Array) -> None:
    rng = np.random.default_rng(5)

    def mean_size(rho: float) -> float:
        pairs = [clustered_maps(touching, rho, np.eye(2), rng) for _ in range(40)]
        return float(np.mean([effective_size(x, y, touching) for x, y in pairs]))

    assert mean_size(0.85) < 0.5 * mean_size(0.0)


def test_the_autoregression_finds_its_own_parameter(touching: Array) -> None:
    rng = np.random.default_rng(6)
    shares = neighbour_shares(touching)
    found = [dependence(clustered_maps(touching, 0.6, np.eye(1), rng)[0], shares) for _ in range(200)]
    assert np.mean(found) == pytest.approx(0.6, abs=0.1)


def test_a_map_that_is_the_same_everywhere_has_no_correlation(touching: Array) -> None:
    flat = np.ones(len(touching))
    assert all(np.isnan(rank_correlation(flat, np.arange(len(touching), dtype=float), touching)))


def test_few_places_say_nothing() -> None:
    assert fisher_interval(0.5, 3.0, 0.95) == (-1.0, 1.0)


def test_morans_i_is_that_of_the_kept_library(touching: Array) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import esda
        from libpysal import graph
    city = load_city("columbus", cells=200)
    assert city.observed is not None
    pairs = np.argwhere(touching > 0)
    weights = graph.Graph.from_arrays(pairs[:, 0], pairs[:, 1], np.ones(len(pairs)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = esda.Moran(city.observed, weights, transformation="r", permutations=0).I
    assert morans_i(city.observed, touching) == pytest.approx(expected, rel=1e-12)
