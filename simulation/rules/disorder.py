"""Disorder: traces of incivility, how they are cleared, and what they do to those who see them."""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK


@rule
def left_to_see(weeks: float, care: float, upkeep: float) -> float:
    """Return the share of traces left after four weeks, exp(-4 (1 + care + upkeep) / weeks).

    weeks   until 37 % are left where nobody takes care
    care    by residents, at least 0: a weight times collective efficacy
    upkeep  by programmes, at least 0
    """
    return math.exp(-(WATCHES_PER_MONTH / WATCHES_PER_WEEK) * (1.0 + care + upkeep) / weeks)


@rule
def disorder_seen(traces: float, usual: float) -> float:
    """Return how disordered a street looks, 0 (spotless) to 1, and one half with the usual traces.

    usual  of an average inhabited cell, above 0

    Saturating: on a street full of them one more is not noticed.
    """
    return traces / (traces + usual)


@rule
def unsettling(seen: float, weight: float) -> float:
    """Return what disorder adds to the level that fear settles at, or takes from it below the usual one half."""
    return weight * (seen - 0.5)


@rule
def disheartening(seen: float, weight: float) -> float:
    """Return the factor, 0 to 1, that disorder above the usual one half leaves of collective efficacy (Hipp 2016)."""
    return math.exp(-weight * max(seen - 0.5, 0.0))
