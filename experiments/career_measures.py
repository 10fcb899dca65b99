"""How outcomes about offending careers are measured: how active, how old, in what, from where, and who gives up."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.observation import Observation
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR
from coproduction.simulation.rules.careers import LAST_TARGET, LEISURE, social_causes
from coproduction.simulation.state import ACTIVE, DESISTED, POTENTIAL


def offenders(seen: Observation) -> dict[str, float]:
    """Offending careers: how many offences, by how few, who is held."""
    careers = seen.state.offenders
    begun = careers.career != POTENTIAL
    count = np.bincount(seen.cases["offender"], minlength=len(careers.resident))[begun]
    top = np.sort(count)[::-1][: max(len(count) // 10, 1)].sum()
    cell, home = seen.cases["cell"].to_numpy(), careers.home[seen.cases["offender"].to_numpy()]
    columns = seen.scenario.city.city.columns
    journey = np.hypot(cell // columns - home // columns, cell % columns - home % columns)
    return {
        "top_tenth_share": float(top / count.sum()) if count.sum() else math.nan,
        "offences_per_offender": float(count.mean() / seen.years),
        "in_custody": float((careers.free_from > seen.scenario.watches)[begun].mean()),
        "certainty_dispersion": float(careers.certainty[begun].std()),
        "journey_cells": float(journey.mean()) if len(journey) else math.nan,
    }


def stages(seen: Observation) -> dict[str, float]:
    """Careers by stage at the end of the run, and what tells those who gave up from those who go on."""
    careers, residents, p = seen.state.offenders, seen.state.residents, seen.scenario.parameters.careers
    active, over = careers.career == ACTIVE, careers.career == DESISTED
    begun = active | over
    who, watches = careers.resident, seen.scenario.watches
    ages = residents.age[who[active]] + watches // WATCHES_PER_YEAR
    return {
        "active_offenders": 1000.0 * float(active.sum()) / seen.scenario.residents,
        "desisted": float(over.sum() / max(begun.sum(), 1)),
        "active_age": float(ages.mean()) if active.any() else math.nan,
        "social_causes": float(social_causes(p.social_causes, p.social_trend, watches)),
        "certainty": float(careers.certainty[begun].mean()),
        "desisters_capital": _lead(residents.social_capital[who], over, active),
        "desisters_efficacy": _lead(residents.self_efficacy[who], over, active),
        "desisters_helped": _lead(careers.resettled, over, active),
    }


def anchors(seen: Observation) -> dict[str, float]:
    """Where offences start from, how special they are, and how much of their pace is that of a fresh release."""
    cases, careers = seen.cases, seen.state.offenders
    who = cases["offender"].to_numpy()
    pace = cases["rate"].to_numpy() / np.maximum(careers.rate[who], 1e-300)
    shares = {
        "speciality_share": cases["crime"].to_numpy() == careers.speciality[who],
        "from_leisure": cases["anchor"].to_numpy() == LEISURE,
        "from_last_target": cases["anchor"].to_numpy() == LAST_TARGET,
        "rate_after_release": pace,
    }
    return {name: float(values.mean()) if len(values) else math.nan for name, values in shares.items()}


def _lead(values: NDArray[Any], over: NDArray[np.bool_], active: NDArray[np.bool_]) -> float:
    if not over.any() or not active.any():
        return math.nan
    return float(values[over].mean() - values[active].mean())
