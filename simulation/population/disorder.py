"""Disorder at the start: as much as the declared rates of offences leave in the long run."""

import numpy as np

from coproduction.simulation.city import FloatArray
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_YEAR
from coproduction.simulation.rules.disorder import left_to_see
from coproduction.simulation.state import Cells, Neighbourhoods

NONE = 1e-9
"""Traces taken for usual where no offence leaves any, so that a spotless street looks spotless."""


def usual_disorder(cells: Cells, places: Neighbourhoods, p: Parameters) -> float:
    """Return the traces in an average inhabited cell after a month's end, above 0.

    The fixed point of four weeks' traces and four weeks' care at the residents' mean collective efficacy.
    """
    a_resident = sum(c.recorded_rate / c.reported_share * c.traces for c in p.crimes) / 100_000.0
    inhabited = max(int(np.count_nonzero(cells.homes)), 1)
    in_a_month = a_resident * float(cells.homes.sum()) / inhabited * WATCHES_PER_MONTH / WATCHES_PER_YEAR
    efficacy = float(np.average(places.efficacy, weights=places.residents))
    left = left_to_see(p.disorder.weeks, p.disorder.care * efficacy, 0.0)
    return max(in_a_month * left / (1.0 - left), NONE)


def strewn(cells: Cells, usual: float) -> FloatArray:
    """Return the traces at the start (C,): the usual ones, more where more people live."""
    mean = float(cells.homes[cells.homes > 0.0].mean()) if cells.homes.any() else 1.0
    traces: FloatArray = usual * cells.homes / mean
    return traces
