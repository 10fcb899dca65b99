"""Which policing arrangement is in force."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.state import State


@rule
def policing_at(state: State, numbers: Numbers, watch: int) -> Policing:
    """Return the arrangement in force in a watch: the policy's from its start on, unless the city declined it."""
    if watch >= numbers.policy_start and state.government.declined[0] == 0:
        return numbers.after
    return numbers.before


@rule
def takes_up(u: float, chance: float) -> bool:
    """Say whether the city takes up the arrangement on offer, with this probability; u in [0, 1)."""
    return u < chance
