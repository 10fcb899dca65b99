"""Ties by resident, made from who bonds with whom and from pairs who bridge."""

import numpy as np

from coproduction.simulation._compiled import kernel
from coproduction.simulation.state import NOBODY, Ints, Ties


def rows_of(bonds: Ints, bridges: Ints) -> Ties:
    """Return ties seen from both ends: each row in order, bonding ties first, none twice and none with oneself.

    bonds    shape (rounds, R), with whom each resident bonds, or NOBODY; either end may hold it
    bridges  shape (2, pairs), residents tied wherever they live; pairs who bond already are left out
    """
    n = bonds.shape[1]
    start, bonding_end = np.zeros(n + 1, np.int32), np.empty(n, np.int32)
    partner = np.empty(2 * (np.count_nonzero(bonds != NOBODY) + bridges.shape[1]), np.int32)
    _fill(bonds, bridges, (start, bonding_end, partner))
    # In place: a copy of eight million ends would be the largest thing that a set-up needs.
    partner.resize(int(start[-1]), refcheck=False)
    return Ties(start, bonding_end, partner)


@kernel
def _fill(bonds: Ints, bridges: Ints, rows: tuple[Ints, Ints, Ints]) -> None:
    """Write the rows: start, bonding_end and partner, which is longer than it need be."""
    start, bonding_end, partner = rows
    _count(bonds, bridges, start)
    at = start[:-1].copy()
    for line in range(bonds.shape[0]):
        for one in range(bonds.shape[1]):
            if bonds[line, one] != NOBODY:
                _put(one, bonds[line, one], at, partner)
    for one in range(len(at)):
        bonding_end[one] = at[one]
    for pair in range(bridges.shape[1]):
        if bridges[0, pair] != bridges[1, pair]:
            _put(bridges[0, pair], bridges[1, pair], at, partner)
    filled = 0
    for one in range(len(at)):
        first, middle = start[one], bonding_end[one]
        start[one] = filled
        filled = _move(partner, (first, middle), (filled, filled), filled)
        bonding_end[one] = filled
        filled = _move(partner, (middle, at[one]), (start[one], filled), filled)
    start[len(at)] = filled


@kernel
def _count(bonds: Ints, bridges: Ints, start: Ints) -> None:
    """Write where each row begins when every tie is counted, those that come twice as well."""
    for line in range(bonds.shape[0]):
        for one in range(bonds.shape[1]):
            if bonds[line, one] != NOBODY:
                start[one + 1] += 1
                start[bonds[line, one] + 1] += 1
    for pair in range(bridges.shape[1]):
        start[bridges[0, pair] + 1] += 1
        start[bridges[1, pair] + 1] += 1
    for one in range(len(start) - 1):
        start[one + 1] += start[one]


@kernel
def _put(one: int, other: int, at: Ints, partner: Ints) -> None:
    """Append each of two residents to the other's row."""
    partner[at[one]] = other
    partner[at[other]] = one
    at[one] += 1
    at[other] += 1


@kernel
def _move(partner: Ints, part: tuple[int, int], known: tuple[int, int], to: int) -> int:
    """Move a part of a row to the left in order, without doubles and without those in ``known``; return its new end."""
    first, last = part
    for place in range(first + 1, last):
        moved, free = partner[place], place
        while free > first and partner[free - 1] > moved:
            partner[free] = partner[free - 1]
            free -= 1
        partner[free] = moved
    end, seen = to, known[0]
    for place in range(first, last):
        one = partner[place]
        while seen < known[1] and partner[seen] < one:
            seen += 1
        if (seen == known[1] or partner[seen] != one) and (end == to or partner[end - 1] != one):
            partner[end] = one
            end += 1
    return end
