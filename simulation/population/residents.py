"""Residents: drawn to the city's margins."""

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.state import Residents

QUINTILES = 5


def draw_residents(city: City, n: int, p: Parameters, random: np.random.Generator) -> Residents:
    """Draw residents to the city's margins; income is log-normal around the neighbourhood's mean."""
    where = np.repeat(np.arange(city.n_neighbourhoods), counts_to_margin(city.population_share, n))
    home = _cells_of(city, where, random)
    spread = p.population.income_spread
    income = city.income[where] * np.exp(spread * random.standard_normal(n) - spread * spread / 2.0)
    quintile = (np.argsort(np.argsort(income, kind="stable"), kind="stable") * QUINTILES // n).astype(np.int8)
    rank = quintile / (QUINTILES - 1.0) - 0.5
    pop = p.population
    capital = _trait(pop.social_capital + pop.social_capital_gradient * rank, pop.trait_spread, random)
    trust = _trait(np.full(n, pop.trust), pop.trait_spread, random)
    fear = _trait(pop.fear - pop.fear_gradient * rank, pop.trait_spread, random)
    efficacy = _trait(np.full(n, pop.self_efficacy), pop.trait_spread, random)
    day_cell = home[random.permutation(n)]
    volunteer = (random.random(n) < pop.volunteer_share).astype(np.int8)
    roster = np.zeros(n, np.int32)
    roster[: volunteer.sum()] = np.flatnonzero(volunteer)
    return Residents(
        home, day_cell, where.astype(np.int32), quintile, efficacy, capital, trust, trust.copy(), fear, fear.copy(),
        volunteer, np.zeros(n, np.int8), roster,
    )  # fmt: skip


def counts_to_margin(share: FloatArray, n: int) -> NDArray[np.int64]:
    """Return whole residents by neighbourhood that sum to ``n``, by largest remainders; ties to the first."""
    exact = share / share.sum() * n
    counts = np.floor(exact).astype(np.int64)
    missing = n - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:missing]] += 1
    return counts


def _cells_of(city: City, where: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int32]:
    """Draw a home cell, each cell of the neighbourhood being as likely."""
    order = np.argsort(city.neighbourhood, kind="stable")
    start = np.searchsorted(city.neighbourhood[order], np.arange(city.n_neighbourhoods + 1))
    size = np.diff(start)
    chosen = start[where] + (random.random(len(where)) * size[where]).astype(np.int64)
    return order[chosen].astype(np.int32)


def _trait(mean: FloatArray, spread: float, random: np.random.Generator) -> FloatArray:
    """Draw a trait in (0, 1): beta-distributed with these means, and this spread where the mean is one half."""
    mean = np.clip(mean, 0.02, 0.98)
    size = 0.25 / (spread * spread) - 1.0
    return random.beta(mean * size, (1.0 - mean) * size)
