"""O:short. Repeat crime on the lattice, through the rules and phases that every run of the model uses."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from coproduction.experiments.oracle_lattice import (
    FIXED,
    REGIMES,
    Regime,
    equilibrium,
    growth_of_all_modes,
    lattice,
    published_matrix,
)
from coproduction.experiments.oracle_offending import places, places_row, year_without_guardians
from coproduction.experiments.oracle_rows import Row, of_dispersion
from coproduction.experiments.oracle_short import (
    GROWTH,
    MODES,
    NEAR_THRESHOLD,
    SIDE,
    counts_by_site,
    distance_from_fixed_point,
    drawn_against_expected,
    fastest_growth,
)

RowsOf = Callable[[str, str, int], list[Row]]


def wrong(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row.holds]


@pytest.mark.parametrize("name", REGIMES)
def test_expected_step_keeps_the_fixed_point(name: str) -> None:
    assert distance_from_fixed_point(REGIMES[name]) <= 1e-12


@pytest.mark.parametrize("name", REGIMES)
def test_only_the_fixed_point_is_kept(name: str) -> None:
    """Traps: arrivals per step are Gamma dt, and the number standing follows from A', not from A0."""
    regime = REGIMES[name]
    boost, standing = equilibrium(regime)
    sites, everywhere = lattice(regime, 16), np.ones(256)
    from_fixed_part_alone = regime.arrivals * 0.01 / (1.0 - math.exp(-FIXED * 0.01))
    _, after, _ = sites.expect(boost * everywhere, from_fixed_part_alone * everywhere)
    assert abs(after[0] - from_fixed_part_alone) > 1e-6
    _, _, boost_after = sites.expect(1.01 * boost * everywhere, standing * everywhere)
    assert boost_after[0] < 1.01 * boost


@pytest.mark.parametrize("name", REGIMES)
def test_published_matrix_has_the_tabulated_eigenvalues(name: str) -> None:
    for mode, growth in zip(MODES, GROWTH[name], strict=True):
        matrix = published_matrix(REGIMES[name], (2.0 * math.pi * mode / SIDE, 0.0))
        assert np.abs(np.linalg.eigvals(matrix)).max() == pytest.approx(growth, abs=6e-11)


@pytest.mark.parametrize("name", REGIMES)
def test_expected_step_lets_a_cosine_grow_as_published(name: str, rows_of: RowsOf) -> None:
    assert wrong(rows_of("O:short", f"T1 growth per step, regime {name}", len(MODES))) == []


@pytest.mark.parametrize("name", REGIMES)
def test_expected_step_lets_every_mode_grow_as_published(name: str) -> None:
    """All 4,096 modes of a smaller lattice, oblique ones included, not the tabulated ones alone."""
    side, regime = 64, REGIMES[name]
    angles = 2.0 * np.pi * np.arange(side) / side
    measured = growth_of_all_modes(lattice(regime, side), regime)
    for i, j in np.ndindex(side // 2 + 1, side // 2 + 1):
        matrix = published_matrix(regime, (float(angles[i]), float(angles[j])))
        assert measured[i, j] == pytest.approx(np.abs(np.linalg.eigvals(matrix)).max(), abs=1e-8)


def test_hotspots_set_in_between_eta_113_and_115() -> None:
    below, above = (fastest_growth(spread) for spread in NEAR_THRESHOLD)
    assert below > 1.0 + 1e-7
    assert above < 1.0 - 1e-7


def test_threshold_lies_near_that_of_the_continuum() -> None:
    """Continuum: eta* = (sqrt(3 rho) - 1)^2 / A', rates in units of omega; the lattice is 128 sites of finite step."""
    regime = REGIMES["a"]
    boost, _ = equilibrium(regime)
    total = (FIXED + boost) * 15.0
    critical = (math.sqrt(3.0 * boost * 15.0 / total) - 1.0) ** 2 / total
    assert NEAR_THRESHOLD[0] < critical < NEAR_THRESHOLD[1]


def test_mean_of_drawn_watches_is_the_expected_step(rows_of: RowsOf) -> None:
    """A thousand seeds of the whole schedule from one uneven state, site by site and in sum, within 4 errors."""
    drawn = [*rows_of("O:short", "of the site farthest off", 3), *rows_of("O:short", "of all sites", 3)]
    assert wrong(drawn) == []


def test_watches_in_a_row_are_expected_steps(rows_of: RowsOf) -> None:
    """What a watch leaves behind (boost, places, cleared counts) is what the next one starts from."""
    assert wrong(rows_of("O:short", "drawn less expected, sixth watch", 3)) == []


def test_drawn_sites_scatter_as_independent_ones() -> None:
    """The sum of squared deviations over sites, in standard errors, is neither too large nor too small."""
    expected, drawn = drawn_against_expected(seeds=400)
    for mean, draws in zip(expected[:2], drawn[:2], strict=True):
        z = (draws.mean(axis=0) - mean) / (draws.std(axis=0, ddof=1) / math.sqrt(len(draws)))
        p = stats.chi2.sf(float((z**2).sum()), len(mean))
        assert 1e-4 < p < 1.0 - 1e-4


def test_counts_are_poisson_without_boost(rows_of: RowsOf) -> None:
    counts = [*rows_of("O:short", "T7 offences in all", 5), *rows_of("O:short", "T7 dispersion by site", 5)]
    assert wrong(counts) == []


def test_counts_without_boost_follow_the_poisson_distribution() -> None:
    """Not in mean and variance alone: the share of sites with each count."""
    declared, counted = counts_by_site(seed=6)
    edges = np.array([14, 16, 18, 19, 20, 21, 22, 24, 26])
    probability = np.diff(stats.poisson.cdf(np.array([-1, *edges, np.inf]), declared[0]))
    observed = np.bincount(np.searchsorted(edges, counted), minlength=len(probability))
    assert stats.chisquare(observed, probability * len(counted)).pvalue > 1e-3


def test_counts_are_not_poisson_with_boost() -> None:
    declared, counted = counts_by_site(seed=1, boost=0.56)
    assert not of_dispersion("O:short", "with boost", declared, counted).holds


def test_counts_are_poisson_without_boost_in_the_awareness_space() -> None:
    """Offenders start from home; each cell's rate follows from homes, those present, distance and declared figures."""
    year = year_without_guardians(seed=2)
    row = places_row(year, "without boost")
    assert row.holds, row
    expected, counted = places(year)
    assert counted.sum() == year.cases.count[0]
    flat = np.repeat(expected.mean(axis=1), expected.shape[1])
    assert not of_dispersion("O:short", "all cells alike", flat, counted.ravel()).holds


def test_counts_are_not_poisson_with_boost_in_the_awareness_space() -> None:
    assert not places_row(year_without_guardians(seed=2, boost=True), "with boost").holds


@pytest.mark.parametrize("spread", [0.0, 0.5])
def test_matrix_and_step_agree_at_the_ends_of_the_range_of_eta(spread: float) -> None:
    regime = Regime(spread, 0.56, 0.019)
    measured = growth_of_all_modes(lattice(regime, 32), regime)
    angle = 2.0 * math.pi * 5 / 32
    expected = np.abs(np.linalg.eigvals(published_matrix(regime, (angle, 0.0)))).max()
    assert measured[0, 5] == pytest.approx(expected, abs=1e-8)
