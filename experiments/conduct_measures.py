"""How outcomes of police conduct are measured from a finished run: stops, force, complaints, and their disparities."""

import math

import numpy as np

from coproduction.experiments.observation import Floats, Observation
from coproduction.simulation.state import (
    BY_CALLS,
    BY_OFFICERS,
    COMPLAINTS,
    EXCESSIVE,
    FELT_UNFAIR,
    FORCE,
    SUSTAINED,
    Ints,
)

MINORITY = 1
GROUPS = ("majority", "minority")


def conduct(seen: Observation) -> dict[str, float]:
    """Stops of residents, how they went, who complained, what officers know of their beats."""
    total = encounters(seen).sum(axis=0)
    stops = total[BY_OFFICERS] + total[BY_CALLS]
    where = seen.state.neighbourhoods.residents
    return {
        "field_stops": seen.per_1000(stops),
        "stops_after_calls": _share(total[BY_CALLS], stops),
        "unfair_stops": _share(total[FELT_UNFAIR], stops),
        "force": seen.per_1000(total[FORCE]),
        "excessive_force": seen.per_1000(total[EXCESSIVE]),
        "complaints": seen.per_1000(total[COMPLAINTS]),
        "complaints_sustained": _share(total[SUSTAINED], total[COMPLAINTS]),
        "complaints_on_few": on_few(seen.state.officers.complaints),
        "local_knowledge": float(np.average(seen.state.beats.knowledge[seen.state.beats.of], weights=where)),
        "supervision": float(seen.state.officers.supervision.mean()),
        **disparities(seen),
    }


def disparities(seen: Observation) -> dict[str, float]:
    """Stops, force and complaints per resident of each group: minority less majority, nan where a group is nobody."""
    counts = encounters(seen)
    size = np.bincount(seen.state.residents.group, minlength=2)
    rate = counts / np.maximum(size, 1)[:, None] * 1000.0 / seen.years
    stops = rate[:, BY_OFFICERS] + rate[:, BY_CALLS]
    felt = np.array([_share(row[FELT_UNFAIR], row[BY_OFFICERS] + row[BY_CALLS]) for row in counts])
    known = bool((size > 0).all())
    gaps = {
        "stop_group_gap": stops,
        "force_group_gap": rate[:, FORCE],
        "complaint_group_gap": rate[:, COMPLAINTS],
        "unfair_group_gap": felt,
    }
    own, called = (_ratio(rate[:, kind]) for kind in (BY_OFFICERS, BY_CALLS))
    levels = {"stops": stops, "force": rate[:, FORCE], "complaints": rate[:, COMPLAINTS]}
    return {
        **{
            f"{group}_{name}": float(by[at]) for name, by in levels.items() for at, group in enumerate(GROUPS)
        },
        **{name: float(by[MINORITY] - by[0]) if known else math.nan for name, by in gaps.items()},
        "call_stop_inequality": called / own if own > 0.0 else math.nan,
    }


def on_few(complaints: Ints) -> float:
    """Return the share of complaints about the tenth of officers who have most, nan without any."""
    most = np.sort(complaints)[::-1][: math.ceil(len(complaints) / 10)]
    return _share(float(most.sum()), float(complaints.sum()))


def encounters(seen: Observation) -> Floats:
    """Return the counts of the measured period by the resident's group, shape (2, columns of ``ENCOUNTERS``)."""
    total: Floats = seen.state.books.encounters[seen.scenario.burn_in_weeks :].sum(axis=0).astype(np.float64)
    return total


def _ratio(by_group: Floats) -> float:
    """Return the minority's rate over the majority's, nan where that is 0."""
    return float(by_group[MINORITY] / by_group[0]) if by_group[0] > 0.0 else math.nan


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0.0 else math.nan
