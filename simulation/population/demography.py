"""Age, sex, work and group of residents."""

from dataclasses import dataclass

import numpy as np

from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.parameters.people import Demography
from coproduction.simulation.population.blocks import by_blocks, draws
from coproduction.simulation.population.ranking import highest
from coproduction.simulation.rules.presence import GROWN_UP, OLD
from coproduction.simulation.state import Flags, Ints

YOUNGEST, YOUNG_UNTIL, OLDEST = 12, 25, 95


@dataclass(frozen=True, slots=True)
class Persons:
    """Shape (R,) each: age in years; sex 1 female; works 1 with work or school; group 1 minority."""

    age: Flags
    sex: Flags
    works: Flags
    group: Flags


def draw_persons(city: City, where: Ints, d: Demography, random: np.random.Generator) -> Persons:
    """Draw age, sex, work and group; where is the neighbourhood of each resident."""
    n = len(where)
    age = draw_ages(n, d, random)
    sex, works = np.empty(n, np.int8), np.empty(n, np.int8)
    for part, u in draws(n, random):
        sex[part] = u < d.women_share
    for part, u in draws(n, random):
        years = age[part]
        works[part] = u < np.where(
            years >= OLD, d.working_old, np.where(years < GROWN_UP, 1.0, d.working_share)
        )
    return Persons(age, sex, works, draw_minority(city, where, d, random))


def draw_ages(n: int, d: Demography, random: np.random.Generator) -> Flags:
    """Draw ages in whole years: even below 65, and from there on thinning out."""
    age, stage = np.empty(n, np.int8), random.random(n)
    for part, v in draws(n, random):
        young = YOUNGEST + v * (YOUNG_UNTIL - YOUNGEST)
        middle = YOUNG_UNTIL + v * (OLD - YOUNG_UNTIL)
        old = OLD + (OLDEST - OLD) * (1.0 - np.sqrt(1.0 - v))
        u = stage[part]
        age[part] = np.where(u < d.young_share, young, np.where(u < 1.0 - d.old_share, middle, old))
    return age


def draw_minority(city: City, where: Ints, d: Demography, random: np.random.Generator) -> Flags:
    """Draw exactly the declared share into the minority, likelier in poorer neighbourhoods.

    Whoever has the highest log odds plus a logistic draw is in: a binary logit with the level set by the share.
    """
    log_income = np.log(city.income)
    standing = (log_income - log_income.mean()) / max(float(np.std(log_income)), 1e-9)

    def inclined(part: slice) -> FloatArray:
        u = np.clip(random.random(part.stop - part.start), 1e-12, 1.0 - 1e-12)
        odds: FloatArray = np.log(u / (1.0 - u)) - d.minority_gradient * standing[where[part]]
        return odds

    n = len(where)
    return highest(by_blocks(n, inclined), round(d.minority_share * n)).astype(np.int8)
