"""Ties between residents: a spatial, homophilous network, drawn once."""

import numpy as np

from coproduction.simulation.city import City, FloatArray, IntArray
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.state import Ints, Residents, Ties

_GROUP_LIKENESS = 2.0
"""Difference in quintiles that a difference in group counts like."""


def tie(city: City, people: Residents, p: Parameters, random: np.random.Generator) -> Ties:
    """Return the ties of all residents: symmetric, nobody with oneself, nobody twice."""
    n = len(people.home)
    bonds = bonding_pairs(city, people, p, random)
    bridges = bridging_pairs(people.general_trust * p.ties.bridging, random)
    bond_codes = np.unique(_codes(bonds, n))
    bridge_codes = np.setdiff1d(_codes(bridges, n), bond_codes)
    return listed(bond_codes, bridge_codes, n)


def bonding_pairs(city: City, people: Residents, p: Parameters, random: np.random.Generator) -> Ints:
    """Return pairs (2, pairs) of residents who live near and are alike.

    In each round the city is cut into squares, each square's residents line up by likeness blurred by chance, and
    neighbours in the line are tied: two ties a resident and round. Squares are shifted from round to round.
    """
    rounds, pairs = int(np.ceil(p.ties.bonding / 2.0)), []
    row, column = np.divmod(people.home.astype(np.int64), city.columns)
    for left in p.ties.bonding / 2.0 - np.arange(rounds):
        shift = random.integers(0, int(np.ceil(p.ties.reach)), 2)
        squares = 1 + int(city.columns // p.ties.reach) + 1
        square = ((row + shift[0]) // p.ties.reach) * squares + (column + shift[1]) // p.ties.reach
        order = np.lexsort((likeness(people, p.ties.homophily, random), square))
        near = square[order[1:]] == square[order[:-1]]
        kept = near & (random.random(len(near)) < left)
        pairs.append(np.stack([order[:-1][kept], order[1:][kept]]).astype(np.int32))
    return np.concatenate(pairs, axis=1) if pairs else np.zeros((2, 0), np.int32)


def likeness(people: Residents, homophily: float, random: np.random.Generator) -> FloatArray:
    """Return the place of each resident in the line: by quintile and group, blurred by chance."""
    place = people.quintile + _GROUP_LIKENESS * people.group
    blurred: FloatArray = homophily * place + (1.0 - homophily) * 6.0 * random.random(len(place))
    return blurred + 1e-6 * random.random(len(place))


def bridging_pairs(wanted: FloatArray, random: np.random.Generator) -> Ints:
    """Return pairs (2, pairs) of residents from anywhere; wanted is the mean number of each."""
    stubs = np.floor(wanted + random.random(len(wanted))).astype(np.int64)
    ends = random.permutation(np.repeat(np.arange(len(wanted), dtype=np.int32), stubs))
    half = len(ends) // 2
    return np.stack([ends[:half], ends[half : 2 * half]])


def _codes(pairs: Ints, n: int) -> IntArray:
    """Return each pair as one number, the lower resident first, without ties to oneself."""
    low, high = pairs.min(axis=0, initial=n), pairs.max(axis=0, initial=0)
    apart = low < high
    codes = low[apart].astype(np.int64)
    codes *= n
    codes += high[apart]
    return codes


def listed(bonds: IntArray, bridges: IntArray, n: int) -> Ties:
    """Return ties by resident from the codes of bonding and of bridging pairs; each row in order, bonding first."""
    ends = np.empty(
        2 * (len(bonds) + len(bridges)), np.int64
    )  # in place: a million residents have eight million ends
    filled = 0
    for kind, codes in enumerate((bonds, bridges)):
        one, other = np.divmod(codes, n)
        for owner, partner in ((one, other), (other, one)):
            part = ends[filled : filled + len(codes)]
            np.multiply(owner, 2 * n, out=part)
            part += partner
            part += kind * n
            filled += len(codes)
    ends.sort()
    owners = np.arange(n + 1, dtype=np.int64) * (2 * n)
    start = np.searchsorted(ends, owners).astype(np.int32)
    bonding_end = np.searchsorted(ends, owners[:-1] + n).astype(np.int32)
    np.remainder(ends, n, out=ends)
    return Ties(start, bonding_end, ends.astype(np.int32))
