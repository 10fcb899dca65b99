"""Education and tenure of residents."""

import numpy as np

from coproduction.simulation.city import FloatArray
from coproduction.simulation.parameters.people import Demography
from coproduction.simulation.population.blocks import by_blocks
from coproduction.simulation.population.ranking import highest
from coproduction.simulation.state import Flags

HIGHEST_QUINTILE = 4.0


def draw_education(quintile: Flags, d: Demography, random: np.random.Generator) -> Flags:
    """Draw education (R,), 0 no diploma to 3 a degree: step by step, each a logit with income, its level exact.

    Of those who took a step the likeliest by income and a logistic draw take the next (Mare 1980).
    """
    education = np.zeros(len(quintile), np.int8)
    for share in (d.diploma_share, d.college_share, d.degree_share):
        took = np.flatnonzero(education == education.max())
        inclined = _inclined(quintile[took], d.education_income, random)
        education[took[highest(inclined, round(share * len(took)))]] += 1
    return education


def draw_owners(quintile: Flags, d: Demography, random: np.random.Generator) -> Flags:
    """Draw who owns the home (R,): exactly the declared share, a logit with income."""
    inclined = _inclined(quintile, d.owner_income, random)
    return highest(inclined, round(d.owner_share * len(quintile))).astype(np.int8)


def _inclined(quintile: Flags, weight: float, random: np.random.Generator) -> FloatArray:
    """Return log odds by income, from the poorest to the richest quintile, plus a logistic draw."""

    def drawn(part: slice) -> FloatArray:
        u = np.clip(random.random(part.stop - part.start), 1e-12, 1.0 - 1e-12)
        odds: FloatArray = np.log(u / (1.0 - u)) + weight * quintile[part] / HIGHEST_QUINTILE
        return odds

    return by_blocks(len(quintile), drawn)
