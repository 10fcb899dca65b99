"""A city in the middle of a run, at a watch or a phase within it: luck is addressable, so it can be run again."""

from typing import TYPE_CHECKING

from coproduction.experiments.run import start
from coproduction.simulation.engine import require_books, run_core, with_more_room
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.schedule import CADENCES, PHASES, advance
from coproduction.simulation.state import State

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario


def city_at(scenario: "Scenario", seed: int, watch: int) -> State:
    """Return the city before the first phase of a watch, as every run of the scenario with this seed comes by it."""
    return run_core(start(scenario, seed), scenario.numbers, seed, 0, watch)


def place_of(phase: str) -> int:
    """Return the place of a phase in ``PHASES``, by its name; there must be one."""
    return [each.name for each in PHASES].index(phase)


def through_phases(  # noqa: PLR0913, PLR0917 - a stretch of one watch
    state: State, numbers: Numbers, seed: int, watch: int, first: int, last: int
) -> State:
    """Carry out the phases ``first`` to ``last`` - 1 of one watch and no others; the state handed in is changed."""
    require_books(state, watch + 1)
    cadences = CADENCES.copy()
    cadences[:first] = watch + 2  # longer than the run so far: not due
    cadences[last:] = watch + 2
    while advance(pack_state(state), pack_numbers(numbers), seed, (watch, watch + 1), cadences) == watch:
        state = with_more_room(state)
    return state
