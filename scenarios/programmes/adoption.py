"""City government: whether it contracts police out, and whether it adopts a programme."""

import math

from coproduction.simulation.parameters.government import (
    USUAL_POPULATION,
    Adoption,
    CityGovernment,
    Contracting,
)
from coproduction.simulation.rules.logistic import from_log_odds, log_odds


def adoption_terms(
    city: CityGovernment, a: Adoption
) -> tuple[float, float, float, float, float, float, float, float]:
    """Return the terms of adopting a programme that needs residents, in log odds.

    In order: usual, contracting, size, property crime, ideology, unions, problem-solving, shortage. What the city can
    afford is no term: surveys of cities find no consistent relation (Musso and others 2019).
    """
    return (
        log_odds(a.usual),
        a.contracted * city.contracted,
        a.size * math.log(city.population / USUAL_POPULATION),
        a.property_crime * math.log(city.property_crime),
        a.conservative * (city.conservative - 0.5),
        a.bargaining * (city.bargaining - 0.5),
        a.problem_solving * (city.problem_solving - 0.5),
        a.deficiency * (city.deficiency - 0.5),
    )


def adoption_probability(city: CityGovernment, a: Adoption) -> float:
    """Return the probability that a city adopts a programme; the terms are those of :func:`adoption_terms`."""
    total = 0.0
    for term in adoption_terms(city, a):
        total += term
    return from_log_odds(total)


def contracting_terms(city: CityGovernment, c: Contracting) -> tuple[float, float, float, float, float]:
    """Return the terms of taking up a contract on offer, in log odds: usual, size, property crime, unions, shortage.

    Cities that contract are smaller and have less crime than those with departments (Nelligan and Bourns 2011).
    """
    return (
        log_odds(c.usual),
        c.size * math.log(city.population / USUAL_POPULATION),
        c.property_crime * math.log(city.property_crime),
        c.bargaining * (city.bargaining - 0.5),
        c.deficiency * (city.deficiency - 0.5),
    )


def contracting_probability(city: CityGovernment, c: Contracting) -> float:
    """Return the probability that a city contracts out when it may; the terms are those of :func:`contracting_terms`.

    1 where the policy is not left to the city.
    """
    if city.decides == 0.0:
        return 1.0
    total = 0.0
    for term in contracting_terms(city, c):
        total += term
    return from_log_odds(total)
