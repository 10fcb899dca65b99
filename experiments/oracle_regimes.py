"""O:short, long runs. What two years of drawn crime look like in the four published regimes (T3 to T6).

Short, D'Orsogna, Pasour, Tita, Brantingham, Bertozzi and Chayes (2008), on 128 x 128 sites that touch at opposite
edges, 73,000 watches of 1/100 day, through the engine and phases of every run. The bounds are those that the published
maps and their analysis set; where a bound has two sides, a row's prediction is its middle and its tolerance half its
width.
"""

from dataclasses import dataclass

import numpy as np

from coproduction.experiments.oracle_lattice import (
    FIXED,
    REGIMES,
    STEP,
    Regime,
    equilibrium,
    lattice,
)
from coproduction.experiments.oracle_rows import Row
from coproduction.simulation.city import FloatArray
from coproduction.simulation.engine import run_core
from coproduction.simulation.state import NOBODY

ORACLE = "O:short"
SIDE = 128
DAYS = 730
SETTLED = 300
"""Day from which a run counts: what the even start left behind has faded."""
LAST_YEAR = 365
APART = 100
"""Days between two maps that are compared with each other."""
EVERY = 10
"""Days between two maps that are kept."""
WAVELENGTH = 34.0
"""Sites from hotspot to hotspot in regime c: the published fastest-growing wave."""

UNBOUNDED = 100.0
"""An upper bound that no map of 16,384 sites comes near, where only the lower one is known."""

BALANCE = {"a": 0.01, "b": 0.02, "c": 0.01, "d": 0.02}
"""Share by which crimes and mean attractiveness may lie off their equilibrium (T3)."""
UNEVENNESS = {"a": (0.0, 0.15), "b": (0.30, 0.45), "c": (1.0, UNBOUNDED), "d": (1.0, UNBOUNDED)}
"""Coefficient of variation of attractiveness over sites (T4)."""
MEMORY = {"a": (-1.0, 0.08), "b": (-1.0, 0.08), "c": (0.80, 1.0), "d": (0.15, 0.45)}
"""Correlation of the map with itself a hundred days on (T4)."""
CONCENTRATION = (0.021, 0.060)
"""Share of sites with half of the last year's crime, regime c (T6)."""
NEAR_CHANCE = 0.02
"""How far that share may lie from one of independent offences in regime a (T6)."""


@dataclass(frozen=True, slots=True)
class Years:
    """A finished run: attractiveness (maps, C) every tenth day from ``SETTLED`` on, offences by site (C,)."""

    regime: Regime
    attraction: FloatArray
    settled_offences: FloatArray
    last_year: FloatArray


def two_years(regime: Regime, seed: int = 1) -> Years:
    """Run a regime for ``DAYS`` from its even equilibrium; minutes."""
    boost, standing = equilibrium(regime)
    n, watches, step = SIDE * SIDE, round(DAYS / STEP), round(EVERY / STEP)
    sites = lattice(regime, SIDE, capacity=int(3.0 * standing * n), watches=watches)
    start = np.random.default_rng(seed).poisson(standing, n)
    sites.state.offenders.position[: start.sum()] = np.repeat(np.arange(n), start)
    sites.state.cells.boost[0] = boost
    state, maps = sites.state, []
    for watch in range(0, watches, step):
        state = run_core(state, sites.numbers, seed, watch, watch + step)
        if (state.offenders.position != NOBODY).all():
            raise RuntimeError("the lattice has no room for further arrivals; raise its capacity")
        if watch + step >= SETTLED / STEP:
            maps.append(FIXED + state.cells.boost[0])
    at, cell = state.cases.watch[: state.cases.count[0]], state.cases.cell[: state.cases.count[0]]
    since = [
        np.bincount(cell[at >= day / STEP], minlength=n).astype(np.float64)
        for day in (SETTLED, DAYS - LAST_YEAR)
    ]
    return Years(regime, np.array(maps), since[0], since[1])


def balance_rows(name: str, years: Years) -> list[Row]:
    """Compare crimes and mean attractiveness with what arrivals and the boost's decay make them (T3)."""
    boost, _ = equilibrium(years.regime)
    crimes = float(years.settled_offences.mean()) / (DAYS - SETTLED)
    expected = (
        ("crimes per site and day", years.regime.arrivals, crimes),
        ("mean attractiveness", FIXED + boost, float(years.attraction.mean())),
    )
    return [
        Row(ORACLE, f"T3 {what}, regime {name}", value, measured, BALANCE[name] * value)
        for what, value, measured in expected
    ]


def unevenness(years: Years) -> float:
    """Return the coefficient of variation of attractiveness over sites, mean over the maps."""
    return float((years.attraction.std(axis=1) / years.attraction.mean(axis=1)).mean())


def memory(years: Years) -> float:
    """Return the correlation of a map with the one ``APART`` days on, mean over pairs of maps."""
    on = APART // EVERY
    pairs = zip(years.attraction[:-on], years.attraction[on:], strict=True)
    return float(np.mean([np.corrcoef(one, other)[0, 1] for one, other in pairs]))


def wavelength(years: Years) -> float:
    """Return the wavelength, sites, at which the structure factor of the maps, averaged over directions, peaks (T5)."""
    maps = years.attraction.reshape(-1, SIDE, SIDE)
    power = np.abs(np.fft.fft2(maps - maps.mean(axis=(1, 2), keepdims=True))) ** 2
    wave = np.fft.fftfreq(SIDE) * SIDE
    ring = np.rint(np.hypot(wave[:, None], wave[None, :])).astype(np.int64)
    inside = ring <= SIDE // 2
    size = np.bincount(ring[inside])
    around = np.bincount(ring[inside], weights=power.mean(axis=0)[inside]) / size
    return SIDE / float(1 + np.argmax(around[1:]))


def share_with_half(counts: FloatArray) -> float:
    """Return the smallest share of sites that holds half of the offences."""
    cumulative = np.cumsum(np.sort(counts)[::-1])
    return float(np.searchsorted(cumulative, cumulative[-1] / 2.0) + 1) / len(counts)


def share_by_chance(total: float, sites: int, draws: int = 20) -> float:
    """Return the same share if as many offences fell independently on sites, mean over draws."""
    generator = np.random.default_rng(1)
    return float(
        np.mean(
            [
                share_with_half(generator.poisson(total / sites, sites).astype(np.float64))
                for _ in range(draws)
            ]
        )
    )


def between(quantity: str, bounds: tuple[float, float], measured: float) -> Row:
    """Return a row that holds within two bounds."""
    low, high = bounds
    return Row(ORACLE, quantity, (low + high) / 2.0, measured, (high - low) / 2.0)


def regime_rows(name: str, seed: int = 1) -> list[Row]:
    """Return T3 to T6 of one regime; minutes."""
    years = two_years(REGIMES[name], seed)
    rows = [
        *balance_rows(name, years),
        between(f"T4 unevenness of attractiveness, regime {name}", UNEVENNESS[name], unevenness(years)),
        between(f"T4 correlation of the map {APART} days on, regime {name}", MEMORY[name], memory(years)),
    ]
    share = share_with_half(years.last_year)
    if name == "c":
        rows.append(
            Row(ORACLE, "T5 wavelength, sites, regime c", WAVELENGTH, wavelength(years), WAVELENGTH / 4.0)
        )
        rows.append(between("T6 sites with half of the crime, regime c", CONCENTRATION, share))
    if name == "a":
        chance = share_by_chance(years.last_year.sum(), SIDE * SIDE)
        rows.append(Row(ORACLE, "T6 sites with half of the crime, regime a", chance, share, NEAR_CHANCE))
    return rows


def long_rows() -> list[Row]:
    """Return T3 to T6 of all regimes; about ten minutes."""
    return [row for name in REGIMES for row in regime_rows(name)]
