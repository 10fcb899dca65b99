"""Patrol by the crime map, and the crime that it keeps down, in expectation: one week without a draw.

The analytic checks hold this week against a linear delay equation, and the drawn phases against this week.
"""

import numpy as np

from coproduction.simulation._compiled import kernel
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.phases.change import plan_patrol
from coproduction.simulation.phases.offend import guardianship_against
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.guardianship import remaining_patrol, stopped_probability
from coproduction.simulation.state import Floats, State


@kernel
def expected_week(
    state: State, numbers: Numbers, stops: Floats, attempts: Floats, when: tuple[int, int]
) -> None:
    """Carry a city through a week in which stops and offences are as many as expected; all offences are recorded.

    state     packed; patrol, records, crime map and patrol plan are read and written
    stops     shape (21,), expected in each watch of the week
    attempts  shape (C,), a watch; below 1e8, but many, so that whole offences are fine enough
    when      type of crime that is attempted, week

    Exact when each stop prevents little: the mean of exp(-g) is then exp(-mean of g).
    """
    crime, week = when
    cells, memory = state.cells, numbers.parameters.guardianship.patrol_memory
    offences = np.zeros_like(attempts)
    for time in range(WATCHES_PER_WEEK):
        watch, below = week * WATCHES_PER_WEEK + time, 0.0
        for place in range(len(state.beats.cell)):
            cell, share = state.beats.cell[place], state.beats.plan[place] - below
            below = state.beats.plan[place]
            left = remaining_patrol(cells.patrol[cell], watch - cells.patrol_seen[cell], memory)
            cells.patrol[cell] = left + stops[time] * share
            cells.patrol_seen[cell] = watch
            stopped = stopped_probability(guardianship_against(state, numbers, crime, cell, watch))
            offences[cell] += attempts[cell] * (1.0 - stopped)
    for cell in range(len(attempts)):
        cells.recorded[cell] = int(offences[cell] + 0.5)
    plan_patrol(state, numbers, 0, week * WATCHES_PER_WEEK + WATCHES_PER_WEEK - 1)
