"""City government: whether it adopts a programme."""

import math

from coproduction.simulation.parameters.government import USUAL_POPULATION, Adoption, CityGovernment
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
