"""Every phase by itself: kernel, its branch in ``perform`` and the agents' method do the same to the same state.

The branches are plain Python here and call the compiled kernels. ``perform`` compiled as a whole is a program that
nothing but profiling needs, half a minute on a new machine: by night. Within a run it is part of what always runs.
"""

from collections.abc import Callable

import pytest

from coproduction.agents.city_model import CityModel
from coproduction.agents.mesa_bridge import Model
from coproduction.simulation.engine import run_core
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.schedule import PHASES, perform
from coproduction.simulation.state import State, copied, differences

LAST_OF_MONTH = 83  # an evening, and the end of a week and of a month: every phase is due


BRANCHES: Callable[..., None] = perform.__wrapped__  # type: ignore[attr-defined]


@pytest.mark.parametrize("setting", ["eventful", "on_lattice"])
@pytest.mark.parametrize(
    "branches", [BRANCHES, pytest.param(perform, marks=pytest.mark.nightly)], ids=["plain", "compiled"]
)
def test_each_phase_alone(
    setting: str,
    branches: Callable[..., None],
    request: pytest.FixtureRequest,
    settle: Callable[..., State],
) -> None:
    numbers: Numbers = request.getfixturevalue(setting)
    packed = pack_numbers(numbers)
    state = run_core(settle(numbers), numbers, 1, 0, LAST_OF_MONTH)
    idle = []
    for index, phase in enumerate(PHASES):
        by_index, by_agents, before = copied(state), copied(state), copied(state)
        phase.kernel(pack_state(state), packed, 1, LAST_OF_MONTH)
        branches(index, pack_state(by_index), packed, 1, LAST_OF_MONTH)
        getattr(CityModel(by_agents, numbers, 1, LAST_OF_MONTH), phase.name)()
        assert differences(state, by_index) == [], f"perform({index}) is not {phase.name}"
        assert differences(state, by_agents) == [], f"agents' {phase.name}"
        if not differences(before, state):
            idle.append(phase.name)
    assert idle == (["arrive"] if setting == "eventful" else [])


def test_phases_are_methods_of_the_city_and_not_of_mesa() -> None:
    for phase in PHASES:
        assert phase.kernel.__name__ == phase.name
        assert phase.name in vars(CityModel)
        assert not hasattr(Model, phase.name)


def test_a_phase_beyond_the_last_does_nothing(eventful: Numbers, settle: Callable[..., State]) -> None:
    state = settle(eventful)
    untouched = copied(state)
    BRANCHES(len(PHASES), pack_state(state), pack_numbers(eventful), 1, LAST_OF_MONTH)
    assert differences(state, untouched) == []
