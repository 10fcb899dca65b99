"""How outcomes about streets and those who look after them are measured: disorder, nonprofits, bystanders, tenure."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.observation import Observation
from coproduction.experiments.resident_measures import gap
from coproduction.simulation.parameters.crimes import HOMES
from coproduction.simulation.rules.intervention import WORSENED
from coproduction.simulation.rules.protection import LOCKS, TECHNOLOGY
from coproduction.simulation.state import ACTIVE, DESISTED

Values = NDArray[Any]


def standing(seen: Observation) -> dict[str, float]:
    """Education and tenure, and what goes with them, at the end of the run."""
    r = seen.state.residents
    schooled, owned = (seen.mean_by_quintile(column) for column in (r.education, r.owner))
    return {
        "mean_education": float(r.education.mean()),
        "education_gap": float(schooled[0] - schooled[-1]),
        "owners": float(r.owner.mean()),
        "owner_gap": float(owned[0] - owned[-1]),
        "locks_owner_gap": lead(r.protection & LOCKS != 0, r.owner),
        "technology_owner_gap": lead(r.protection & TECHNOLOGY != 0, r.owner),
        "volunteer_education_lead": lead(r.education, r.volunteer),
        "volunteer_owner_lead": lead(r.owner, r.volunteer),
    }


def streets(seen: Observation) -> dict[str, float]:
    """Disorder, and fear where there is more of it."""
    look = seen.by_quintile("disorder")
    weights = seen.quintile_sizes / seen.quintile_sizes.sum()
    cells = seen.state.cells
    traces = cells.disorder[seen.state.residents.home]
    return {
        "disorder": float(look @ weights),
        "disorder_gap": float(look[0] - look[-1]),
        "traces": float(cells.disorder[cells.homes > 0.0].mean()),
        "fear_by_disorder": lead(seen.state.residents.fear, (traces > np.median(traces)).astype(np.int8)),
        "arrangement_taken_up": _taken_up(seen),
    }


def _taken_up(seen: Observation) -> float:
    """Return 1 if the city took up the policy's arrangement, 0 if it declined, nan where that was not left to it."""
    if seen.scenario.government.decides == 0.0:
        return math.nan
    return 1.0 - float(seen.state.government.declined[0])


def nonprofits(seen: Observation) -> dict[str, float]:
    """Nonprofits, and careers where there are more of them, at the end of the run."""
    places, offenders = seen.state.neighbourhoods, seen.state.offenders
    many = (places.organisations > np.median(places.organisations)).astype(np.int8)
    home = seen.state.residents.neighbourhood[offenders.resident]
    begun = np.isin(offenders.career, (ACTIVE, DESISTED))
    return {
        "organisations_spread": float(places.organisations.std() / max(places.organisations.mean(), 1e-12)),
        "active_by_organisations": lead(offenders.career[begun] == ACTIVE, many[home][begun]),
    }


def bystanders(seen: Observation) -> dict[str, float]:
    """Who steps in, how often, and how that ends."""
    met = np.array([c.exposure != HOMES for c in seen.scenario.parameters.crimes])
    cases = seen.cases[met[seen.cases["crime"].to_numpy()] & (seen.cases["witnesses"].to_numpy() > 0)]
    stepped = cases[cases["intervener"] >= 0]
    who, r = stepped["intervener"].to_numpy(), seen.state.residents
    some = len(stepped) > 0
    return {
        "interventions": len(stepped) / len(cases) if len(cases) else math.nan,
        "interventions_harm": float((stepped["intervention"] == WORSENED).mean()) if some else math.nan,
        "intervener_efficacy_lead": _lead_of(r.self_efficacy, who) if some else math.nan,
        "intervener_fear_lead": _lead_of(r.fear, who) if some else math.nan,
    }


def lead(values: Values, among: Values) -> float:
    """Return the mean of those flagged less that of the others, nan where either is nobody."""
    return -gap(values, among)


def _lead_of(values: Values, who: Values) -> float:
    return float(values[who].mean() - values.mean())
