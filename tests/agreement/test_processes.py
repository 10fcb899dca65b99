"""A run in a process of its own gives the same bits as one in this process, however many run beside it."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from coproduction.agents.city_model import run_agents
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.state import State, copied, differences

SEEDS = (1, 2)


@pytest.mark.slow
def test_serial_and_parallel_are_equal(eventful: Numbers, settle: Callable[..., State]) -> None:
    starts = {seed: settle(eventful, seed) for seed in SEEDS}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        parallel = {
            (engine, seed): pool.submit(engine, starts[seed], eventful, seed, 0, 90)
            for engine in (run_core, run_agents)
            for seed in SEEDS
        }
        ends = {key: future.result() for key, future in parallel.items()}
    for seed in SEEDS:
        here = run_core(copied(starts[seed]), eventful, seed, 0, 90)
        for engine in (run_core, run_agents):
            assert differences(ends[engine, seed], here) == []
    assert differences(ends[run_core, 1], ends[run_core, 2])
