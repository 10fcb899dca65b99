"""Facts of police conduct: stops of residents, force, complaints."""

import math

from coproduction.experiments.conduct_measures import MINORITY, encounters
from coproduction.experiments.facts.measure import Measure, change, per_cent
from coproduction.experiments.measures import outcomes
from coproduction.experiments.observation import Observation
from coproduction.simulation.state import BY_CALLS, BY_OFFICERS, EXCESSIVE, FORCE_COMPLAINTS


def stops_where_walked(without: Observation, treated: Observation) -> float:
    """Return the change of stops of residents who live where a programme ran, per cent."""
    places = treated.state.programmes.targets.any(axis=0)
    before, after = (float(seen.state.neighbourhoods.questioned[places].sum()) for seen in (without, treated))
    return change(before, after)


def force_complaints_per_100_officers(seen: Observation) -> float:
    """Return complaints about force per 100 full-time officers paid and year."""
    return per_cent(encounters(seen)[:, FORCE_COMPLAINTS].sum(), seen.state.government.posts[0]) / seen.years


def excessive_by_group(seen: Observation) -> float:
    """Return the share of stops with excessive force, of the minority against the majority."""
    counts = encounters(seen)
    shares = [per_cent(row[EXCESSIVE], row[BY_OFFICERS] + row[BY_CALLS]) for row in counts]
    return shares[MINORITY] / shares[0] if shares[0] > 0.0 else math.nan


MEASURES = {
    "T2-08": Measure(
        "stops of residents who live where foot patrol walks", stops_where_walked, ("city", "foot_patrol")
    ),
    "T9-03": Measure(
        "minority to majority in stops after calls, over that in officers' own, without discrimination",
        lambda seen: outcomes(seen)["call_stop_inequality"],
    ),
    "T11-04": Measure("complaints about force per 100 full-time officers", force_complaints_per_100_officers),
    "T11-05": Measure(
        "excessive force per stop, minority to majority, without discrimination", excessive_by_group
    ),
}
