"""O:short. Fixed point, growth, threshold, drawn against expected steps, and what is left without the boost."""

import math

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.oracle_lattice import (
    REGIMES,
    Lattice,
    Regime,
    equilibrium,
    growth_of_all_modes,
    growth_of_mode,
    lattice,
)
from coproduction.experiments.oracle_rows import STANDARD_ERRORS, Row, of_dispersion, of_mean
from coproduction.simulation.city import FloatArray
from coproduction.simulation.engine import run_core
from coproduction.simulation.state import NOBODY

Counts = NDArray[np.int64]

ORACLE = "O:short"
SIDE = 128
MODES = (2, 4, 6)

GROWTH = {
    "a": (0.9997885720, 0.9988757239, 0.9966953398),
    "b": (0.9997787369, 0.9988765951, 0.9967025103),
    "c": (1.0001652951, 1.0003918214, 1.0001881062),
    "d": (1.0001570668, 1.0003939175, 1.0001955342),
}
"""Growth per step of the cosines ``MODES`` along an axis of 128 sites, from the published matrix."""

NEAR_THRESHOLD = (0.113, 0.115)
"""Shares exchanged between neighbours, eta, just below and above the threshold of regimes a and c."""

DRAWN = Regime(spread=0.2, boost=0.56, arrivals=0.3)
DRAWN_SIDE, DRAWN_STEP, STANDING_PER_SITE = 16, 0.5, 3
"""A small lattice with a long step, so that every site sees offences, moves and arrivals in a thousand seeds."""


def distance_from_fixed_point(regime: Regime) -> float:
    """Return how far the expected step moves boost or offenders of the homogeneous equilibrium (T0)."""
    boost, standing = equilibrium(regime)
    everywhere = np.ones(SIDE * SIDE)
    _, standing_after, boost_after = lattice(regime, SIDE).expect(boost * everywhere, standing * everywhere)
    return float(max(np.abs(boost_after - boost).max(), np.abs(standing_after - standing).max()))


def growth_rows(name: str) -> list[Row]:
    """Compare measured growth with the table: of boost and offenders, whichever is farther off (T1)."""
    regime, rows = REGIMES[name], []
    sites = lattice(regime, SIDE)
    for mode, predicted in zip(MODES, GROWTH[name], strict=True):
        measured = max(growth_of_mode(sites, regime, mode), key=lambda growth: abs(growth - predicted))
        rows.append(Row(ORACLE, f"T1 growth per step, regime {name}, mode {mode}", predicted, measured, 1e-8))
    return rows


def fastest_growth(spread: float) -> float:
    """Return the growth per step of the fastest of all modes but the uniform one, regimes a and c but for eta (T2)."""
    regime = REGIMES["a"]._replace(spread=spread)
    growth = growth_of_all_modes(lattice(regime, SIDE), regime)
    return float(growth.ravel()[1:].max())


def threshold_rows() -> list[Row]:
    """Compare the sign of the fastest growth on either side of the threshold (T2)."""
    signs = [float(np.sign(fastest_growth(spread) - 1.0)) for spread in NEAR_THRESHOLD]
    return [
        Row(ORACLE, f"T2 sign of fastest growth less 1, eta = {spread:g}", predicted, sign, 0.0)
        for spread, predicted, sign in zip(NEAR_THRESHOLD, (1.0, -1.0), signs, strict=True)
    ]


def drawn_lattice() -> tuple[Lattice, FloatArray, Counts]:
    """Return a lattice with an uneven boost (C,) and the same number of offenders, by site, everywhere."""
    n = DRAWN_SIDE * DRAWN_SIDE
    sites = lattice(DRAWN, DRAWN_SIDE, capacity=4 * STANDING_PER_SITE * n, days=DRAWN_STEP)
    boost = np.random.default_rng(1).gamma(1.0, 0.2, n)
    return sites, boost, np.repeat(np.arange(n), STANDING_PER_SITE)


def drawn_against_expected(seeds: int = 1000) -> tuple[list[FloatArray], list[FloatArray]]:
    """Return offences, offenders and boost of one watch: expected (C,) each, and drawn (seeds, C) each."""
    lattice_of_offenders, boost, standing = drawn_lattice()
    counts = np.bincount(standing).astype(np.float64)
    expected = list(lattice_of_offenders.expect(boost, counts))
    draws = [lattice_of_offenders.draw(boost, standing, seed) for seed in range(seeds)]
    return expected, [np.array(column) for column in zip(*draws, strict=True)]


def surprises(seeds: int, watches: int = 6) -> list[FloatArray]:
    """Return drawn less expected offences, offenders and boost (seeds, C) each, of the last of some watches in a row.

    The expectation starts from what the watches before have drawn, so that its mean is zero after any number of them.
    """
    lattice_of_offenders, boost, standing = drawn_lattice()
    found = []
    for seed in range(1, seeds + 1):
        _, now, boost_now = lattice_of_offenders.draw(boost, standing, seed)
        for watch in range(1, watches - 1):
            _, now, boost_now = lattice_of_offenders.draw_next(seed, watch)
        expected = lattice_of_offenders.expect(boost_now, now)
        drawn = lattice_of_offenders.draw_next(seed, watches - 1)
        found.append([one - other for one, other in zip(drawn, expected, strict=True)])
    return [np.array(column) for column in zip(*found, strict=True)]


def surprise_rows(seeds: int = 500) -> list[Row]:
    """Compare the mean surprise of all sites with none, several watches after the prepared state."""
    names = ("offences", "offenders", "boost")
    sums = [column.sum(axis=1) for column in surprises(seeds)]
    return [
        of_mean(ORACLE, f"{name} drawn less expected, sixth watch", 0.0, column)
        for name, column in zip(names, sums, strict=True)
    ]


def drawn_rows(seeds: int = 1000) -> list[Row]:
    """Compare means over seeds with the expected step: the site farthest off, in standard errors, and the sum."""
    rows, names = [], ("offences", "offenders", "boost")
    for name, expected, drawn in zip(names, *drawn_against_expected(seeds), strict=True):
        error = drawn.std(axis=0, ddof=1) / math.sqrt(seeds)
        z = (drawn.mean(axis=0) - expected) / error
        farthest = float(z[np.argmax(np.abs(z))])
        quantity = f"drawn {name} of the site farthest off, standard errors"
        rows.append(Row(ORACLE, quantity, 0.0, farthest, STANDARD_ERRORS))
        rows.append(of_mean(ORACLE, f"drawn {name} of all sites", float(expected.sum()), drawn.sum(axis=1)))
    return rows


def counts_by_site(
    seed: int, boost: float = 0.0, side: int = 32, watches: int = 2000
) -> tuple[FloatArray, Counts]:
    """Return offences per site (C,), declared and counted, in a run of the whole schedule (T7).

    Offenders start Poisson at every site, arrive Poisson and act independently, so that without boost the counts are
    independent Poisson ones of mean Gamma times days exactly (displacement theorem), whatever the step.
    """
    regime, days, n = Regime(0.2, boost, 0.1), 0.1, side * side
    _, standing = equilibrium(regime._replace(boost=0.0), days)
    start = np.random.default_rng(seed).poisson(standing, n)
    sites = lattice(regime, side, capacity=int(2.0 * standing * n), watches=watches, days=days)
    sites.state.offenders.position[: start.sum()] = np.repeat(np.arange(n), start)
    state = run_core(sites.state, sites.numbers, seed, 0, watches)
    if (state.offenders.position != NOBODY).all():
        raise RuntimeError("the lattice has no room for further arrivals; raise its capacity")
    declared = np.full(n, regime.arrivals * days * watches)
    return declared, np.bincount(state.cases.cell[: state.cases.count[0]], minlength=n)


def switched_off_rows(seeds: int = 5) -> list[Row]:
    """Compare counts per site without boost with Poisson ones at the declared rate (T7)."""
    rows = []
    for seed in range(1, seeds + 1):
        declared, counted = counts_by_site(seed)
        total = float(declared.sum())
        quantity = f"T7 offences in all, seed {seed}"
        rows.append(Row(ORACLE, quantity, total, float(counted.sum()), STANDARD_ERRORS * math.sqrt(total)))
        rows.append(of_dispersion(ORACLE, f"T7 dispersion by site, seed {seed}", declared, counted))
    return rows


def short_rows() -> list[Row]:
    """Return the rows of O:short on the lattice."""
    fixed = [
        Row(
            ORACLE,
            f"T0 change of the fixed point, regime {name}",
            0.0,
            distance_from_fixed_point(regime),
            1e-12,
        )
        for name, regime in REGIMES.items()
    ]
    growth = [row for name in REGIMES for row in growth_rows(name)]
    return [*fixed, *growth, *threshold_rows(), *drawn_rows(), *surprise_rows(), *switched_off_rows()]
