"""Guardianship: what stands between an offender and a target (routine activity, collective efficacy)."""

import math

from coproduction.simulation._compiled import rule


@rule
def collective_efficacy(social_capital: float, self_efficacy: float, fear: float, cohesion: float,
                        withdrawal: float) -> float:  # fmt: skip
    """Return a neighbourhood's collective efficacy, 0 to 1, from the means of its residents, 0 to 1 each.

    Cohesion and the belief to be able to act (Sampson, Raudenbush and Earls 1997), less what fear keeps indoors.
    """
    together, able, outdoors = efficacy_terms(social_capital, self_efficacy, fear, cohesion, withdrawal)
    return (together + able) * outdoors


@rule
def efficacy_terms(social_capital: float, self_efficacy: float, fear: float, cohesion: float,
                   withdrawal: float) -> tuple[float, float, float]:  # fmt: skip
    """Return what collective efficacy is made of: cohesion, the belief to be able to act, and what fear leaves of both.

    The arguments are those of :func:`collective_efficacy`.
    """
    return cohesion * social_capital, (1.0 - cohesion) * self_efficacy, 1.0 - withdrawal * fear


@rule
def eyes_on_the_street(present: float, efficacy: float, weight: float) -> float:
    """Return the part of guardianship that residents give, weight times efficacy times ln(1 + present).

    present   residents expected in the cell, persons
    efficacy  collective efficacy of the neighbourhood, 0 to 1

    Logarithmic, since each further bystander adds less: in a crowd everybody waits for somebody else.
    """
    return weight * efficacy * math.log1p(present)


@rule
def remaining_patrol(stops: float, watches: int, memory: float) -> float:
    """Return what is left of the presence of earlier patrol stops after some watches, in stops."""
    return stops * math.exp(-watches / memory)


@rule
def bearing_guardianship(guardianship: float, guardable: float) -> float:
    """Return the guardianship of a cell that bears on an offence there; guardable is a share, 0 to 1.

    What happens behind closed doors is out of reach of eyes and patrol.
    """
    return guardable * guardianship


@rule
def stopped_probability(guardianship: float) -> float:
    """Return the probability that an attempt is prevented, 1 - exp(-g); g at least 0."""
    return 1.0 - math.exp(-guardianship)
