"""Residents: drawn to the city's margins."""

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.city import City, FloatArray, IntArray
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.population.demography import Persons, draw_persons
from coproduction.simulation.population.protection import draw_protection
from coproduction.simulation.population.streams import Stream, stream
from coproduction.simulation.state import NOBODY, Flags, Residents

QUINTILES = 5


def draw_residents(city: City, n: int, p: Parameters, seed: int, random: np.random.Generator) -> Residents:
    """Draw residents: as many in each neighbourhood as the margin says, traits by income, group and sex."""
    where = np.repeat(np.arange(city.n_neighbourhoods), counts_to_margin(city.population_share, n))
    home = _cells_of(city, where, random)
    quintile = draw_quintiles(city, where, p.population.income_spread, random)
    persons = draw_persons(city, where, p.demography, stream(seed, Stream.DEMOGRAPHY))
    traits = draw_traits(quintile, persons, p, random)
    volunteer = (random.random(n) < p.population.volunteer_share).astype(np.int8)
    roster = np.zeros(n, np.int32)
    roster[: volunteer.sum()] = np.flatnonzero(volunteer)
    silence = draw_silence(quintile, traits["trust"], p, stream(seed, Stream.SILENCE))
    return Residents(
        home=home, day_cell=home[random.permutation(n)], neighbourhood=where.astype(np.int32), quintile=quintile,
        own_trust=traits["trust"].copy(), own_fear=traits["fear"].copy(), volunteer=volunteer,
        wants_to_join=np.zeros(n, np.int8), roster=roster, age=persons.age, sex=persons.sex, works=persons.works,
        group=persons.group, evidence=np.full(n, p.contact.prior_strength), told_trust=traits["trust"].copy(),
        perceived=np.ones(n), silence=silence, own_silence=silence.copy(), harm=np.zeros(n),
        harm_seen=np.zeros(n, np.int32),
        last_victimised=np.full(n, NOBODY, np.int32),
        asked=np.zeros(n, np.int8),
        protection=draw_protection(p.protection, quintile, traits, stream(seed, Stream.PROTECTION)),
        memberships=np.zeros(n, np.int64), offers=np.zeros(n, np.int64),
        belonged=np.zeros(n, np.int64), **traits,
    )  # fmt: skip


def draw_quintiles(city: City, where: IntArray, spread: float, random: np.random.Generator) -> Flags:
    """Draw incomes, log-normal around the neighbourhood's mean, and sort them into quintiles of the city."""
    n = len(where)
    income = city.income[where] * np.exp(spread * random.standard_normal(n) - spread * spread / 2.0)
    rank = np.argsort(np.argsort(income, kind="stable"), kind="stable")
    return (rank * QUINTILES // n).astype(np.int8)


def draw_traits(
    quintile: Flags, persons: Persons, p: Parameters, random: np.random.Generator
) -> dict[str, FloatArray]:
    """Draw the traits that lie between 0 and 1, beta-distributed around means by income, group and sex.

    Gaps between groups and sexes are laid around the mean of all, so that the declared mean stays the city's.
    """
    pop, d = p.population, p.demography
    rank = quintile / (QUINTILES - 1.0) - 0.5
    majority = persons.group.mean() - persons.group
    women = persons.sex - persons.sex.mean()
    means = {
        "social_capital": pop.social_capital
        + pop.social_capital_gradient * rank
        + d.social_capital_group * majority,
        "trust": pop.trust + d.trust_group * majority,
        "fear": pop.fear - pop.fear_gradient * rank + d.fear_sex * women,
        "self_efficacy": np.full(len(rank), pop.self_efficacy),
        "general_trust": d.general_trust + d.general_trust_income * rank + d.general_trust_group * majority,
    }
    return {name: _trait(mean, pop.trait_spread, random) for name, mean in means.items()}


def draw_silence(
    quintile: Flags, trust: FloatArray, p: Parameters, random: np.random.Generator
) -> FloatArray:
    """Draw the norm against telling the police: stronger among the poor and where trust in police is low."""
    pop = p.population
    rank = quintile / (QUINTILES - 1.0) - 0.5
    mean = pop.silence - pop.silence_gradient * rank - pop.silence_by_trust * (trust - trust.mean())
    return _trait(mean, pop.trait_spread, random)


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
