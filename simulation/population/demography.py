"""Age, sex, work and group of residents."""

from dataclasses import dataclass

import numpy as np

from coproduction.simulation.city import City, IntArray
from coproduction.simulation.parameters.people import Demography
from coproduction.simulation.rules.presence import GROWN_UP, OLD
from coproduction.simulation.state import Flags

YOUNGEST, YOUNG_UNTIL, OLDEST = 12, 25, 95


@dataclass(frozen=True, slots=True)
class Persons:
    """Shape (R,) each: age in years; sex 1 female; works 1 with work or school; group 1 minority."""

    age: Flags
    sex: Flags
    works: Flags
    group: Flags


def draw_persons(city: City, where: IntArray, d: Demography, random: np.random.Generator) -> Persons:
    """Draw age, sex, work and group; where is the neighbourhood of each resident."""
    n = len(where)
    age = draw_ages(n, d, random)
    sex = random.random(n) < d.women_share
    share = np.where(age >= OLD, d.working_old, np.where(age < GROWN_UP, 1.0, d.working_share))
    works = random.random(n) < share
    group = draw_minority(city, where, d, random)
    return Persons(*(column.astype(np.int8) for column in (age, sex, works, group)))


def draw_ages(n: int, d: Demography, random: np.random.Generator) -> IntArray:
    """Draw ages in whole years: even below 65, and from there on thinning out."""
    u, v = random.random(n), random.random(n)
    young = YOUNGEST + v * (YOUNG_UNTIL - YOUNGEST)
    middle = YOUNG_UNTIL + v * (OLD - YOUNG_UNTIL)
    old = OLD + (OLDEST - OLD) * (1.0 - np.sqrt(1.0 - v))
    years = np.where(u < d.young_share, young, np.where(u < 1.0 - d.old_share, middle, old))
    return years.astype(np.int64)


def draw_minority(city: City, where: IntArray, d: Demography, random: np.random.Generator) -> IntArray:
    """Draw exactly the declared share into the minority, likelier in poorer neighbourhoods.

    Whoever has the highest log odds plus a logistic draw is in: a binary logit with the level set by the share.
    """
    log_income = np.log(city.income)
    standing = (log_income - log_income.mean()) / max(float(np.std(log_income)), 1e-9)
    u = np.clip(random.random(len(where)), 1e-12, 1.0 - 1e-12)
    inclined = np.log(u / (1.0 - u)) - d.minority_gradient * standing[where]
    group = np.zeros(len(where), np.int64)
    group[np.argsort(-inclined, kind="stable")[: round(d.minority_share * len(where))]] = 1
    return group
