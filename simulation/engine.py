"""Running a city from one watch to another; the engine that carries it out is handed in."""

from collections.abc import Callable
from typing import Any

import numpy as np

from coproduction.simulation.closing import take_closed
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.population.empty import (
    co_responders_needed,
    empty_calls,
    empty_cases,
    empty_co_responders,
    empty_officers,
    empty_programmes,
    posts_needed,
    room_for_open_cases,
)
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.schedule import CADENCES, advance, calls_lack_room, cases_lack_room, lacks_room
from coproduction.simulation.state import Calls, Cases, CoResponders, Officers, State, copied

Engine = Callable[[State, Numbers, int, int, int], State]
"""(state, numbers, seed, first watch, watch after the last) -> state; the state handed in may be changed."""


Taker = Callable[[Cases], None]
"""Takes closed case files as a run goes, in the order in which they are closed; they are its own."""


def run_core(  # noqa: PLR0913 - an engine's five, and one of its own
    state: State, numbers: Numbers, seed: int, first: int, last: int, *, closed: Taker | None = None
) -> State:
    """Run watches ``first`` to ``last - 1`` with the compiled kernels and return the state, changed in place.

    Files of cases and calls grow by doubling between watches, since kernels never allocate them. Where somebody takes
    closed case files, they are handed over when the file is full, and the state holds only the others in the end.
    """
    require_books(state, last)
    watch, packed = first, pack_numbers(numbers)
    if closed is not None and state.cases.count[0] == 0:
        state = state._replace(cases=empty_cases(room_for_open_cases(len(state.offenders.resident))))
    while watch < last:
        watch = advance(pack_state(state), packed, seed, (watch, last), CADENCES)
        if watch < last and closed is not None:
            closed(take_closed(state, watch))
        if watch < last and lacks_room(state):
            state = with_more_room(state)
    return state


def require_books(state: State, last: int) -> None:
    """Refuse to run on beyond the weeks that the books have room for; last is the watch after the last one to run.

    Kernels do not look where an array ends: they would write into other memory. Raises ``IndexError``, a mistake of the
    program, since whoever runs a city knows how long its run is.
    """
    weeks = len(state.books.weekly)
    if last > weeks * WATCHES_PER_WEEK:
        raise IndexError(f"the books hold {weeks} weeks; cannot run up to watch {last}")


def with_more_room(state: State) -> State:
    """Return the same state with room for twice as many cases, or calls, or both, where they lack it."""
    if cases_lack_room(state):
        state = with_room_for(state, 2 * len(state.cases.watch))
    if calls_lack_room(state):
        room = len(state.calls.second)
        state = state._replace(calls=_copied_into(empty_calls(2 * room, 0), state.calls, room))
    return state


def with_room_for(state: State, cases: int) -> State:
    """Return the same state with room for so many cases, or for as many as it had if those are more."""
    if cases <= len(state.cases.watch):
        return state
    used = int(state.cases.count[0])
    return state._replace(cases=_copied_into(empty_cases(cases), state.cases, used))


def _copied_into[G: (Cases, Calls)](larger: G, group: G, used: int) -> G:
    """Copy the rows that are used, and no others: memory that nobody has written to is not there yet."""
    for name in group._fields:
        old = getattr(group, name)[: max(used, _HEAD)]
        getattr(larger, name)[: len(old)] = old
    return larger


_HEAD = 8
"""More than the longest of the columns that are no rows: marks, and sizes of heaps."""


def branch(state: State, numbers: Numbers) -> State:
    """Return a copy of a state to go on under other levers and programmes, with posts for what they can pay.

    numbers  of the branch; everything but ``after`` and the programmes, of which none may have started, must equal
             what the state was run with
    """
    copy: State = copied(state)
    residents = len(state.residents.home)
    officers = posts_needed(residents, numbers) - len(state.officers.free_at)
    others = co_responders_needed(residents, numbers) - len(state.co_responders.free_at)
    return copy._replace(
        programmes=empty_programmes(len(copy.neighbourhoods.residents), numbers),
        officers=_appended(copy.officers, empty_officers(max(officers, 0))),
        co_responders=_appended(copy.co_responders, empty_co_responders(max(others, 0))),
    )


def _appended[G: (Officers, CoResponders)](group: G, new: G) -> G:
    longer: list[Any] = [np.concatenate(pair) for pair in zip(group, new, strict=True)]  # type: ignore[arg-type]
    return type(group)(*longer)
