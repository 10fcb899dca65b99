"""Ties between residents: a spatial, homophilous network, drawn once."""

import numpy as np

from coproduction.simulation._compiled import kernel
from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.population.blocks import blocks, draws
from coproduction.simulation.population.listing import by_group
from coproduction.simulation.population.tie_rows import rows_of
from coproduction.simulation.state import NOBODY, Ints, Residents, Ties

_GROUP_LIKENESS = 2.0
"""Difference in quintiles that a difference in group counts like."""


def tie(city: City, people: Residents, p: Parameters, random: np.random.Generator) -> Ties:
    """Return the ties of all residents: symmetric, nobody with oneself, nobody twice."""
    bonds = bonding_lines(city, people, p, random)
    bridges = bridging_pairs(people.general_trust, p.ties.bridging, random)
    return rows_of(bonds, bridges)


def bonding_lines(city: City, people: Residents, p: Parameters, random: np.random.Generator) -> Ints:
    """Return with whom each resident bonds in each round, NOBODY if with nobody, shape (rounds, R); each bond once.

    In each round the city is cut into squares, each square's residents line up by likeness blurred by chance, and
    neighbours in the line are tied: two ties a resident and round. Squares are shifted from round to round.
    """
    n, rounds = len(people.home), int(np.ceil(p.ties.bonding / 2.0))
    bonds = np.full((rounds, n), NOBODY, np.int32)
    for bond, left in zip(bonds, p.ties.bonding / 2.0 - np.arange(rounds), strict=True):
        square = squares(city, p.ties.reach, random)[people.home]
        order = np.argsort(likeness(people, p.ties.homophily, random), kind="stable").astype(np.int32)
        line = by_group(square, order, int(square.max()) + 1)[1]
        for part, u in draws(n - 1, random):
            _bond(line[part.start : part.stop + 1], square, u < left, bond)
    return bonds


def squares(city: City, reach: float, random: np.random.Generator) -> Ints:
    """Return the square of each cell (C,), of a grid of squares with that side that is shifted by chance."""
    row, column = np.divmod(np.arange(city.n_cells), city.columns)
    down, right = random.integers(0, int(np.ceil(reach)), 2)
    across = 1 + int(city.columns // reach) + 1
    square: Ints = (((row + down) // reach) * across + (column + right) // reach).astype(np.int32)
    return square


@kernel
def _bond(line: Ints, square: Ints, kept: FloatArray, bond: Ints) -> None:
    """Tie neighbours in a line who are of one square, where ``kept``, one shorter than the line, says so."""
    for place in range(len(kept)):
        one, other = line[place], line[place + 1]
        if kept[place] and square[one] == square[other]:
            bond[one] = other


def likeness(people: Residents, homophily: float, random: np.random.Generator) -> FloatArray:
    """Return the place of each resident in the line: by quintile and group, blurred by chance."""
    n = len(people.home)
    place = random.random(n)
    for part in blocks(n):
        place[part] *= (1.0 - homophily) * 6.0
        place[part] += homophily * (people.quintile[part] + _GROUP_LIKENESS * people.group[part])
    for part, u in draws(n, random):
        place[part] += 1e-6 * u
    return place


def bridging_pairs(trust: FloatArray, bridging: float, random: np.random.Generator) -> Ints:
    """Return pairs (2, pairs) of residents from anywhere; the mean number of each is trust times ``bridging``."""
    stubs = np.empty(len(trust), np.int64)
    for part, u in draws(len(trust), random):
        stubs[part] = np.floor(trust[part] * bridging + u)
    ends = np.repeat(np.arange(len(trust), dtype=np.int32), stubs)
    random.shuffle(ends)
    half = len(ends) // 2
    return ends[: 2 * half].reshape(2, half)
