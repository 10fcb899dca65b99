"""Quality of life of residents, of victims and of offenders: indices 0 to 1, each a weighted mean of its parts.

A part is 0 at its worst and 1 at its best. The weights are the parameters of table [quality], one a part, and are
brought to the sum of 1, so that only their proportions matter.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.measures_justice import CONVICTED, lives_of_offenders
from coproduction.experiments.observation import Observation
from coproduction.simulation.parameters.quality import Quality
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR
from coproduction.simulation.state import Fate

BROUGHT_TO_JUSTICE = (Fate.DIVERTED, Fate.CONFERENCED, *CONVICTED)
Values = NDArray[Any]
Parts = dict[str, Values]


def quality_of_life(seen: Observation) -> dict[str, float]:
    """Return the declared outcomes: the mean index of each kind of people, and the residents' gap by income."""
    weights = seen.scenario.parameters.quality
    by_quintile = residents_by_quintile(seen)
    return {
        "quality_residents": _mean(weighted("residents", residents(seen), weights)),
        "quality_victims": _mean(weighted("victims", victims(seen), weights)),
        "quality_offenders": _mean(weighted("offenders", offenders(seen), weights)),
        "quality_gap": float(by_quintile[0] - by_quintile[-1]),
    }


def weighted(people: str, parts: Parts, weights: Quality) -> Values:
    """Return the index of each person: the mean of the parts by their weights, nan where all weights are 0."""
    given = {name: float(getattr(weights, f"{people}_{name}")) for name in parts}
    whole = sum(given.values())
    if whole == 0.0:
        return np.full(len(next(iter(parts.values()))), np.nan)
    return np.asarray(sum(given[name] / whole * part for name, part in parts.items()))


def residents(seen: Observation) -> Parts:
    """Return the parts of every resident's index at the end of the run, shape (R,) each.

    calm      without fear
    unharmed  1 if not the victim of an offence in the last year, or since the start
    safe      perceived safety: 1 where no crime is perceived, one half at the city's usual level
    trust     in police
    cohesion  collective efficacy of the neighbourhood
    """
    people = seen.state.residents
    return {
        "calm": 1.0 - people.fear,
        "unharmed": 1.0 - _harmed_within_a_year(seen),
        "safe": 1.0 / (1.0 + people.perceived),
        "trust": people.trust,
        "cohesion": seen.state.neighbourhoods.efficacy[people.neighbourhood],
    }


def victims(seen: Observation) -> Parts:
    """Return the parts of the index of every offence with a victim, at the end of the run, one entry an offence each.

    recovery     1 less the psychological harm that is left in the victim
    answer       1 if police came
    justice      1 if the offence was brought to justice, before a court or otherwise
    restitution  what the offender has to pay, of what the offence cost
    """
    cases = seen.cases[seen.cases["victim"] >= 0]
    costs = np.array([c.unit_cost for c in seen.scenario.parameters.crimes])[cases["crime"].to_numpy()]
    paid = cases["restitution"].to_numpy() / np.maximum(costs, 1.0)
    return {
        "recovery": 1.0 - seen.harm_left[cases["victim"].to_numpy()],
        "answer": (cases["response"].to_numpy() >= 0).astype(float),
        "justice": cases["fate"].isin(BROUGHT_TO_JUSTICE).to_numpy().astype(float),
        "restitution": np.minimum(paid, 1.0),
    }


def offenders(seen: Observation) -> Parts:
    """Return the parts of every offender's index at the end of the run, shape (O,) each.

    life      at large, waiting for the court or held
    bonds     social capital
    efficacy  self-efficacy
    """
    careers, people = seen.state.offenders, seen.state.residents
    return {
        "life": lives_of_offenders(seen),
        "bonds": people.social_capital[careers.resident],
        "efficacy": people.self_efficacy[careers.resident],
    }


def residents_by_quintile(seen: Observation) -> Values:
    """Return the mean index of residents by income quintile, shape (5,)."""
    index = weighted("residents", residents(seen), seen.scenario.parameters.quality)
    total = np.bincount(seen.state.residents.quintile, weights=index, minlength=5)
    return np.asarray(total / seen.quintile_sizes)


def _harmed_within_a_year(seen: Observation) -> Values:
    cases = seen.all_cases
    recent = cases[(cases["watch"] >= seen.scenario.watches - WATCHES_PER_YEAR) & (cases["victim"] >= 0)]
    harmed = np.zeros(seen.scenario.residents)
    harmed[recent["victim"].to_numpy()] = 1.0
    return harmed


def _mean(values: Values) -> float:
    return float(values.mean()) if len(values) else float("nan")
