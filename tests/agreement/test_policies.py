"""Policies meet the same luck: one without effect changes no bit, and none changes what was before it."""

from collections.abc import Callable

import numpy as np
import pytest

from coproduction.agents.city_model import CityModel, run_agents
from coproduction.simulation.decisions import Decision
from coproduction.simulation.engine import Engine, run_core
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import lever_declarations
from coproduction.simulation.state import State, copied, differences

NEVER = 10**6
ENGINES = (run_core, run_agents)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_policy_without_effect_changes_no_bit(
    engine: Engine, eventful: Numbers, settle: Callable[..., State]
) -> None:
    without = eventful._replace(after=eventful.before)
    never = without._replace(policy_start=NEVER)
    start = settle(without)
    one, other = (engine(copied(start), numbers, 1, 0, 90) for numbers in (without, never))
    assert differences(one, other) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_policy_changes_nothing_before_it_starts(
    engine: Engine, eventful: Numbers, settle: Callable[..., State]
) -> None:
    never = eventful._replace(policy_start=NEVER)
    start = settle(eventful)
    with_policy, without = copied(start), copied(start)
    with_policy = engine(with_policy, eventful, 1, 0, 50)
    without = engine(without, never, 1, 0, 50)
    assert differences(with_policy, without) == []
    with_policy = engine(with_policy, eventful, 1, 50, 51)
    without = engine(without, never, 1, 50, 51)
    assert "state.government.posts" in differences(with_policy, without)


class Noting(CityModel):
    """A city that notes every draw."""

    def luck(self, decision: Decision, entity: int, watch: int, partner: int = 0) -> float:
        drawn = super().luck(decision, entity, watch, partner)
        self.__dict__.setdefault("noted", {})[decision, entity, watch, partner] = drawn
        return drawn


def noted(start: State, numbers: Numbers) -> dict[tuple[Decision, int, int, int], float]:
    model = Noting(copied(start), numbers, 1)
    while model.watch < 90:
        model.step()
    found: dict[tuple[Decision, int, int, int], float] = model.__dict__["noted"]
    return found


@pytest.mark.parametrize("pathway", ["deterrence", "contact"])
def test_cutting_a_pathway_changes_no_draw(
    eventful: Numbers, settle: Callable[..., State], pathway: str
) -> None:
    open_ = np.array([0.0 if row.pathway == pathway else 1.0 for row in lever_declarations()])
    cut = eventful._replace(programmes=eventful.programmes._replace(switches=open_))
    start = settle(eventful, residents=400)
    in_full, less = noted(start, eventful), noted(start, cut)
    shared = in_full.keys() & less.keys()
    assert len(shared) > 1000
    assert {key for key in shared if in_full[key] != less[key]} == set()
    assert any(decision is Decision.FOOT_CELL for decision, *_ in in_full)
    walked = any(decision is Decision.FOOT_CELL for decision, *_ in less)
    assert walked == (pathway != "deterrence")


@pytest.mark.parametrize("engine", ENGINES)
def test_an_arrangement_that_the_city_declines_changes_nothing_but_that(
    engine: Engine, eventful: Numbers, settle: Callable[..., State]
) -> None:
    declined = eventful._replace(contracting=0.0)
    never = eventful._replace(after=eventful.before)
    start = settle(eventful)
    one, other = (engine(copied(start), numbers, 1, 0, 90) for numbers in (declined, never))
    assert differences(one, other) == ["state.government.declined"]
