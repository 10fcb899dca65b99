"""Policies meet the same luck: one without effect changes no bit, and none changes what was before it."""

from collections.abc import Callable

import pytest

from coproduction.agents.city_model import run_agents
from coproduction.simulation.engine import Engine, run_core
from coproduction.simulation.parameters import Numbers
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
