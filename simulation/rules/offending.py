"""Offending: attempts of an offender, and what an offender learns from them."""

import math

from coproduction.simulation._compiled import rule

REACH = 4.0  # decay lengths beyond which a target's pull (under 2 %) is left out


@rule
def deterrence(certainty: float, weight: float) -> float:
    """Return the factor 0 to 1 by which perceived certainty (0 to 1) lowers the rate of attempts."""
    return math.exp(-weight * certainty)


@rule
def attempt_probability(per_watch: float, rhythm: float, deterred: float) -> float:
    """Return the probability of an attempt in this watch, 1 - exp(-rate).

    per_watch  attempts per average watch, undeterred
    rhythm     this time of day against the average one, mean 1
    deterred   factor of :func:`deterrence`
    """
    return 1.0 - math.exp(-per_watch * rhythm * deterred)


@rule
def personal_rhythm(of_all: float, of_speciality: float, specialisation: float) -> float:
    """Return an offender's attempts at this time of day against the average watch: those of all types and the own.

    of_all         attempts of all types now against the average watch, mean 1; of_speciality alike of the own type
    specialisation share of attempts that are of the own type, 0 to 1

    So that specialists bend neither the mix of types nor the rhythm of any.
    """
    return (1.0 - specialisation) * of_all + specialisation * of_speciality


@rule
def distance_pull(squared_distance: int, decay: float) -> float:
    """Return the pull of a target at a distance in cells against one at the doorstep, exp(-d / decay)."""
    return math.exp(-math.sqrt(squared_distance) / decay)


@rule
def reach_of(decay: float) -> int:
    """Return how far a journey goes at most, in rows and in columns of cells."""
    return int(REACH * decay) + 1


@rule
def learnt_certainty(certainty: float, caught: float, gain: float) -> float:
    """Return the perceived certainty after an experience; caught is 1 after an arrest, 0 after getting away."""
    return certainty + gain * (caught - certainty)
