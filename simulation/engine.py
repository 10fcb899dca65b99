"""Running a city from one watch to another; the engine that carries it out is handed in."""

from collections.abc import Callable
from typing import Any

import numpy as np

from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.population.empty import (
    empty_cases,
    empty_officers,
    empty_programmes,
    posts_needed,
)
from coproduction.simulation.schedule import CADENCES, advance
from coproduction.simulation.state import Cases, Officers, State, copied

Engine = Callable[[State, Numbers, int, int, int], State]
"""(state, numbers, seed, first watch, watch after the last) -> state; the state handed in may be changed."""


def run_core(state: State, numbers: Numbers, seed: int, first: int, last: int) -> State:
    """Run watches ``first`` to ``last - 1`` with the compiled kernels and return the state, changed in place.

    Case files grow by doubling between watches, since kernels never allocate them.
    """
    watch, packed = first, pack_numbers(numbers)
    while watch < last:
        watch = advance(pack_state(state), packed, seed, (watch, last), CADENCES)
        if watch < last:
            state = state._replace(cases=with_more_room(state.cases))
    return state


def with_more_room(cases: Cases) -> Cases:
    """Return the same case files with twice the capacity."""
    larger = empty_cases(2 * len(cases.watch))
    for name in Cases._fields:
        old = getattr(cases, name)
        getattr(larger, name)[: len(old)] = old
    return larger


def branch(state: State, numbers: Numbers) -> State:
    """Return a copy of a state to go on under other levers and programmes, with the officers' posts they can pay.

    numbers  of the branch; everything but ``after`` and the programmes, of which none may have started, must equal
             what the state was run with
    """
    copy: State = copied(state)
    copy = copy._replace(programmes=empty_programmes(len(copy.neighbourhoods.residents), numbers))
    missing = posts_needed(len(state.residents.home), numbers) - len(state.officers.free_at)
    if missing <= 0:
        return copy
    new = empty_officers(missing)
    longer: list[Any] = [np.concatenate(pair) for pair in zip(copy.officers, new, strict=True)]  # type: ignore[arg-type]
    return copy._replace(officers=Officers(*longer))
