"""Residents: drawn to the city's margins."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.population.blocks import by_blocks, draws
from coproduction.simulation.population.demography import Persons, draw_persons
from coproduction.simulation.population.protection import draw_protection
from coproduction.simulation.population.ranking import highest
from coproduction.simulation.population.standing import draw_education, draw_owners
from coproduction.simulation.population.streams import Stream, stream
from coproduction.simulation.population.volunteers import enrol
from coproduction.simulation.state import NOBODY, Flags, Ints, Residents

QUINTILES = 5


def draw_residents(city: City, n: int, p: Parameters, seed: int, random: np.random.Generator) -> Residents:
    """Draw residents: as many in each neighbourhood as the margin says, traits by income, group and sex.

    They are numbered by home cell.
    """
    places = np.arange(city.n_neighbourhoods, dtype=np.int32)
    where = np.repeat(places, counts_to_margin(city.population_share, n))
    home = _cells_of(city, where, random)
    home.sort()  # whoever lives in a cell is at hand when somebody there is looked for
    where = city.neighbourhood.astype(np.int32)[home]
    quintile = draw_quintiles(city, where, p.population.income_spread, random)
    persons = draw_persons(city, where, p.demography, stream(seed, Stream.DEMOGRAPHY))
    traits = draw_traits(quintile, persons, p, random)
    standing = stream(seed, Stream.STANDING)
    education = draw_education(quintile, p.demography, standing)
    owner = draw_owners(quintile, p.demography, standing)
    silence = draw_silence(quintile, traits["trust"], p, stream(seed, Stream.SILENCE))
    day_cell = home.copy()
    random.shuffle(day_cell)
    people = Residents(
        home=home, day_cell=day_cell, neighbourhood=where, quintile=quintile,
        own_trust=traits["trust"].copy(), own_fear=traits["fear"].copy(), volunteer=np.zeros(n, np.int8),
        wants_to_join=np.zeros(n, np.int8), roster=np.zeros(n, np.int32), age=persons.age, sex=persons.sex,
        works=persons.works, group=persons.group, education=education, owner=owner,
        evidence=np.full(n, p.contact.prior_strength), told_trust=traits["trust"].copy(),
        perceived=np.ones(n), silence=silence, own_silence=silence.copy(),
        harm=np.zeros(n), harm_seen=np.zeros(n, np.int32),
        last_victimised=np.full(n, NOBODY, np.int32),
        asked=np.zeros(n, np.int8),
        protection=draw_protection(p.protection, (quintile, owner), traits, stream(seed, Stream.PROTECTION)),
        memberships=np.zeros(n, np.int64), offers=np.zeros(n, np.int64),
        belonged=np.zeros(n, np.int64), **traits,
    )  # fmt: skip
    enrol(people, p, stream(seed, Stream.VOLUNTEERS))
    return people


def draw_quintiles(city: City, where: Ints, spread: float, random: np.random.Generator) -> Flags:
    """Draw incomes, log-normal around the neighbourhood's mean, and sort them into quintiles of the city."""

    def incomes(part: slice) -> FloatArray:
        z = random.standard_normal(part.stop - part.start)
        drawn: FloatArray = city.income[where[part]] * np.exp(spread * z - spread * spread / 2.0)
        return drawn

    n, quintile = len(where), np.zeros(len(where), np.int8)
    income = by_blocks(n, incomes)
    for step in range(1, QUINTILES):
        quintile += highest(income, n - -(-step * n // QUINTILES))
    return quintile


def draw_traits(
    quintile: Flags, persons: Persons, p: Parameters, random: np.random.Generator
) -> dict[str, FloatArray]:
    """Draw the traits that lie between 0 and 1, beta-distributed around means by income, group and sex.

    Gaps between groups and sexes are laid around the mean of all, so that the declared mean stays the city's.
    """
    pop, d = p.population, p.demography
    minority, female = persons.group.mean(), persons.sex.mean()
    means: dict[str, Callable[[FloatArray, FloatArray, FloatArray], FloatArray]] = {
        "social_capital": lambda rank, majority, _: (
            pop.social_capital + pop.social_capital_gradient * rank + d.social_capital_group * majority
        ),
        "trust": lambda _, majority, __: pop.trust + d.trust_group * majority,
        "fear": lambda rank, _, women: pop.fear - pop.fear_gradient * rank + d.fear_sex * women,
        "self_efficacy": lambda rank, _, __: np.full(len(rank), pop.self_efficacy),
        "general_trust": lambda rank, majority, _: (
            d.general_trust + d.general_trust_income * rank + d.general_trust_group * majority
        ),
    }

    def drawn(mean: Callable[[FloatArray, FloatArray, FloatArray], FloatArray], part: slice) -> FloatArray:
        unlike = _rank(quintile[part]), minority - persons.group[part], persons.sex[part] - female
        return _trait(mean(*unlike), pop.trait_spread, random)

    return {name: by_blocks(len(quintile), partial(drawn, mean)) for name, mean in means.items()}


def _rank(quintile: Flags) -> FloatArray:
    """Return quintiles as -0.5 for the poorest to 0.5 for the richest."""
    rank: FloatArray = quintile / (QUINTILES - 1.0) - 0.5
    return rank


def draw_silence(
    quintile: Flags, trust: FloatArray, p: Parameters, random: np.random.Generator
) -> FloatArray:
    """Draw the norm against telling the police: stronger among the poor and where trust in police is low."""
    pop, usual = p.population, trust.mean()

    def drawn(part: slice) -> FloatArray:
        rank = _rank(quintile[part])
        mean = pop.silence - pop.silence_gradient * rank - pop.silence_by_trust * (trust[part] - usual)
        return _trait(mean, pop.trait_spread, random)

    return by_blocks(len(quintile), drawn)


def counts_to_margin(share: FloatArray, n: int) -> NDArray[np.int64]:
    """Return whole residents by neighbourhood that sum to ``n``, by largest remainders; ties to the first."""
    exact = share / share.sum() * n
    counts = np.floor(exact).astype(np.int64)
    missing = n - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:missing]] += 1
    return counts


def _cells_of(city: City, where: Ints, random: np.random.Generator) -> Ints:
    """Draw a home cell, each cell of the neighbourhood being as likely."""
    order = np.argsort(city.neighbourhood, kind="stable")
    start = np.searchsorted(city.neighbourhood[order], np.arange(city.n_neighbourhoods + 1))
    size, home = np.diff(start), np.empty(len(where), np.int32)
    for part, u in draws(len(where), random):
        place = where[part]
        home[part] = order[start[place] + (u * size[place]).astype(np.int64)]
    return home


def _trait(mean: FloatArray, spread: float, random: np.random.Generator) -> FloatArray:
    """Draw a trait in (0, 1): beta-distributed with these means, and this spread where the mean is one half."""
    mean = np.clip(mean, 0.02, 0.98)
    size = 0.25 / (spread * spread) - 1.0
    return random.beta(mean * size, (1.0 - mean) * size)
