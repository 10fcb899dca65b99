"""Repeat and near-repeat crime (Short, D'Orsogna, Pasour, Tita, Brantingham, Bertozzi and Chayes 2008).

Attractiveness A = A0 + B: an offence leaves a boost B behind, which decays and spreads to neighbours.
"""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.state import Floats


@rule
def attractiveness(fixed: float, boost: float) -> float:
    """Return A = A0 + B, per day (on the lattice) or relative to A0 (in the awareness space)."""
    return fixed + boost


@rule
def target_weight(exposed: float, fixed: float, boost: float) -> float:
    """Return the weight of a cell as a target at the doorstep: those exposed times attractiveness."""
    return exposed * attractiveness(fixed, boost)


@rule
def weigh_cells(weights: Floats, exposed: Floats, fixed: Floats, boost: Floats) -> None:
    """Write :func:`target_weight` of each cell in a row of the grid.

    Shape (n,) each, side by side in memory: only so does the processor read many at once.
    """
    for place in range(len(weights)):
        weights[place] = target_weight(exposed[place], fixed[place], boost[place])


@rule
def burglary_probability(attraction: float, days: float) -> float:
    """Return the probability that an offender in the cell offends within the step, 1 - exp(-A dt)."""
    return 1.0 - math.exp(-attraction * days)


@rule
def step_probability(attraction: float, all_around: float) -> float:
    """Return the probability to walk to one neighbour, its A over the sum of A of all neighbours."""
    return attraction / all_around


@rule
def spread_boost(boost: float, around: float, neighbours: int, share: float) -> float:
    """Return the boost after neighbours exchanged a share of it: (1 - eta) B + (eta / z) times their sum.

    A cell on the edge of the city has fewer than four neighbours; dividing by their number keeps an even boost even.
    """
    if neighbours == 0:
        return boost
    return (1.0 - share) * boost + share / neighbours * around


@rule
def next_boost(spread: float, offences: float, decay: float, days: float, boost_per_offence: float) -> float:
    """Return B(t + dt) = spread (1 - omega dt) + theta E.

    spread             what :func:`spread_boost` returns for this step
    offences           number in the cell in this step (its expectation in the mean field)
    decay              omega, per day; days is the step dt
    boost_per_offence  theta, in the unit of A
    """
    return boosted(decayed_boost(spread, decay, days), offences, boost_per_offence)


@rule
def decayed_boost(spread: float, decay: float, days: float) -> float:
    """Return what is left of a boost after a step, its first term."""
    return spread * (1.0 - decay * days)


@rule
def boosted(boost: float, offences: float, boost_per_offence: float) -> float:
    """Return a boost with what this step's offences add, its second term."""
    return boost + boost_per_offence * offences
