"""A run in a process of its own gives the same bits as one in this process, however many run beside it."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from coproduction.agents.city_model import run_agents
from coproduction.experiments.stages import through_phases
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
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


def test_no_run_goes_on_beyond_its_books(eventful: Numbers, settle: Callable[..., State]) -> None:
    """Kernels do not look where an array ends: a watch too many wrote into memory of others."""
    state = settle(eventful, 1)
    last = len(state.books.weekly) * WATCHES_PER_WEEK
    with pytest.raises(IndexError, match=f"cannot run up to watch {last + 1}"):
        run_core(state, eventful, 1, last, last + 1)
    with pytest.raises(IndexError):
        through_phases(state, eventful, 1, last, 0, 1)
