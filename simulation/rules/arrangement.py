"""Which policing arrangement is in force."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.policing import Policing


@rule
def policing_at(numbers: Numbers, watch: int) -> Policing:
    """Return the arrangement in force in a watch: the policy's from its start on."""
    if watch >= numbers.policy_start:
        return numbers.after
    return numbers.before
