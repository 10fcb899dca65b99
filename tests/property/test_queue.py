"""No call is lost, none is doubled, and a unit serves one call at a time."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from coproduction.experiments.oracle_city import one_neighbourhood, unchanging
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Parameters, Policing
from coproduction.simulation.population import populate
from coproduction.simulation.queue import COMING, entry, pop, push, row_of, second_of
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_WEEK
from coproduction.simulation.state import BEGUN, CO_RESPONSES, DUTY, NOBODY, WAITED, Flags, State

WATCHES = 42


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 127), st.integers(0, 2**34 - 1), st.integers(0, 2**22 - 1))))
def test_a_heap_gives_back_what_was_put_in_smallest_first(parts: list[tuple[int, int, int]]) -> None:
    heap, sizes = np.zeros(len(parts) + 1, np.int64), np.zeros(5, np.int64)
    for part in parts:
        push(heap, sizes, COMING, entry(*part))
    back = [pop(heap, sizes, COMING) for _ in parts]
    assert back == [entry(*part) for part in sorted(parts)]
    assert [(second_of(key), row_of(key)) for key in back] == [part[1:] for part in sorted(parts)]
    assert sizes[COMING] == 0


@settings(max_examples=15, deadline=None)
@given(st.floats(0.0, 6.0), st.floats(0.0, 8.0), st.floats(20.0, 400.0), st.integers(0, 2**40))
def test_every_call_is_begun_once_or_waits(calls: float, others: float, budget: float, seed: int) -> None:
    p = Parameters()
    numbers = unchanging(
        p._replace(
            general_calls=p.general_calls._replace(calls=calls),
            crimes=tuple(c._replace(recorded_rate=20_000.0) for c in p.crimes),
        ),
        Policing(budget=budget, co_responders=others),
    )
    state = populate(one_neighbourhood(6, 6), 600, numbers, seed, WATCHES)
    made = 0
    for watch in range(WATCHES):
        filed = int(state.calls.marks[0])
        state = run_core(state, numbers, seed, watch, watch + 1)
        cases = state.cases
        new = slice(int(cases.marks[0]), int(cases.count[0]))
        told = sends_a_unit(cases.channel[new]) & (cases.delay[new] != NOBODY)
        made += int(state.neighbourhoods.calls.sum()) + int(told.sum())
        begun = int(state.books.queue[:, :, BEGUN].sum())
        assert begun + state.calls.marks[0] == made
        assert begun or not filed or not state.officers.on_duty.any()
        seconds_are_booked_once(state)
    every_offence_is_answered_or_waits(state)
    queue = state.books.queue.sum(axis=(0, 1))
    assert queue[WAITED] <= queue[BEGUN]
    assert state.books.weekly[:, CO_RESPONSES].sum() <= queue[BEGUN]


def sends_a_unit(channel: Flags) -> NDArray[np.bool_]:
    return np.array([kind.urgent > 0.0 for kind in Parameters().channels])[channel]


def seconds_are_booked_once(state: State) -> None:
    busy = state.officers.busy
    assert ((busy >= 0) & (busy <= SECONDS_PER_WATCH)).all()
    assert state.books.weekly[:, DUTY].sum() <= len(busy) * 5 * (WATCHES // WATCHES_PER_WEEK)


def every_offence_is_answered_or_waits(state: State) -> None:
    cases, n = state.cases, int(state.cases.count[0])
    open_calls = {int(case) for case in state.calls.case[: state.calls.marks[0]] if case != NOBODY}
    told = (cases.delay[:n] != NOBODY) & sends_a_unit(cases.channel[:n])
    unanswered = set(np.flatnonzero(told & (cases.response[:n] == NOBODY)).tolist())
    assert unanswered == open_calls
