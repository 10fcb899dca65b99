"""The lattice of repeat crime in expectation: one step in which the production rules are summed instead of drawn.

The analytic checks hold this step against the published stability analysis, and the drawn phases against this step.
"""

import numpy as np

from coproduction.simulation._compiled import kernel
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.attractiveness import (
    attractiveness,
    burglary_probability,
    next_boost,
    spread_boost,
    step_probability,
)
from coproduction.simulation.state import Floats, State


@kernel
def expected_step(state: State, numbers: Numbers, standing: Floats) -> tuple[Floats, Floats, Floats]:
    """Return offences, offenders standing and boost (C,) expected after ``offend``, ``spread`` and ``arrive``.

    state     packed; its boost and fixed attractiveness of the first crime type are read, nothing is written
    standing  shape (C,), offenders expected in each cell before the step

    Exact when the boost is known and the offenders' places are random: all that they decide is linear in their number.
    """
    cells, setting = state.cells, numbers.parameters.setting
    attraction = np.empty_like(standing)
    for cell in range(len(standing)):
        attraction[cell] = attractiveness(cells.fixed[0, cell], cells.boost[0, cell])
    offences, after = np.empty_like(standing), np.full_like(standing, setting.arrivals * setting.step_days)
    for cell in range(len(standing)):
        offences[cell] = standing[cell] * burglary_probability(attraction[cell], setting.step_days)
        around = cells.neighbours[cell, : cells.n_neighbours[cell]]
        pull = np.sum(attraction[around])
        for other in around:
            after[other] += (standing[cell] - offences[cell]) * step_probability(attraction[other], pull)
    return offences, after, _expected_boost(state, numbers, offences)


@kernel
def _expected_boost(state: State, numbers: Numbers, offences: Floats) -> Floats:
    """Return the boost (C,) after a step with that many offences in each cell."""
    cells, p = state.cells, numbers.parameters
    boost = cells.boost[0]
    after: Floats = np.empty_like(boost)
    theta = p.crimes[0].boost * p.setting.fixed_attraction
    for cell in range(len(boost)):
        around = cells.neighbours[cell, : cells.n_neighbours[cell]]
        exchanged = spread_boost(boost[cell], np.sum(boost[around]), len(around), p.offending.boost_spread)
        after[cell] = next_boost(
            exchanged, offences[cell], p.offending.boost_decay, p.setting.step_days, theta
        )
    return after
